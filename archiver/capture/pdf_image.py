"""Inside the child: the image of a scanned PDF page becomes a file of its own.

JPEG, JPEG 2000 and fax streams come out bit for bit; JBIG2 and deflated pixels, which have no
usual file of their own, as lossless TIFF of the same pixels.
"""

from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import PdfImage, Stream
from pikepdf.models.image import UnsupportedImageTypeError
from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from archiver.capture.formats import EXTENSIONS, JP2, JPEG, TIFF, media_type_of
from archiver.capture.lossless import save_lossless
from archiver.capture.page_image import Bounds, Sheet, bounded_dpi, decoded
from archiver.capture.scan import Scan

# What the decoded file must look like for the colour space the PDF gives it.
_MODES: Final = {"grey": ("1", "L"), "rgb": ("RGB",), "own": ("1", "L", "RGB"), "indexed": ("P",)}
_ENCODED: Final = {"/DCTDecode": JPEG, "/JPXDecode": JP2, "/CCITTFaxDecode": TIFF}
_FAX: Final = "/CCITTFaxDecode"
_JBIG2: Final = "/JBIG2Decode"


class NotTaken(Exception):
    """The image means something else in the PDF than it would in a file of its own."""


def take_out(scan: Scan, source: str, number: int, count: int, bounds: Bounds) -> Sheet:
    """The scan as a sheet. Raises NotTaken, and DamagedFile where it cannot be decoded."""
    space = _space(scan.image)
    filters = [str(f) for f in PdfImage(scan.image).filters]
    last = filters[-1] if filters else ""
    if last in _ENCODED:
        master, media_type, image = _encoded(scan.image, last, number, bounds)
    else:
        pixels = _bilevel(source, number) if last == _JBIG2 else _pixels(scan.image)
        master, media_type, image = f"{number}.tif", TIFF, pixels
        save_lossless(pixels, master, bounded_dpi(scan.dpi))
    stated_size = (int(scan.image.Width), int(scan.image.Height))
    if image.size != stated_size or image.mode not in _MODES[space]:
        raise NotTaken
    return Sheet(master, media_type, image, bounded_dpi(scan.dpi), scan.turn_deg, count)


def _space(image: Stream) -> str:
    """`grey`, `rgb`, `indexed`, or `own` (JPEG 2000 brings its own). Raises NotTaken."""
    masked = {"/Mask", "/SMask", "/SMaskInData", "/Alternates"} & set(image.keys())
    if masked or image.get("/ImageMask") or int(image.get("/BitsPerComponent", 8)) == 16:
        raise NotTaken
    space = _family(image.get("/ColorSpace"))
    is_fax = _FAX in str(image.get("/Filter"))
    if space == "indexed" and is_fax:
        raise NotTaken  # the palette would be lost
    _check_decode(image, space, may_invert=is_fax)
    _check_parameters(image.get("/DecodeParms"))
    return space


def _family(space: Any) -> str:
    name = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
    if space is None:
        return "own"
    if name == "/Indexed":
        if _family(space[1]) not in ("grey", "rgb"):
            raise NotTaken
        return "indexed"
    if name == "/ICCBased":
        name = {1: "/DeviceGray", 3: "/DeviceRGB"}.get(int(space[1].N), "")
    if name in ("/DeviceGray", "/CalGray", "/G"):
        return "grey"
    if name in ("/DeviceRGB", "/CalRGB", "/RGB"):
        return "rgb"
    raise NotTaken


def _check_decode(image: Stream, space: str, *, may_invert: bool) -> None:
    decode = [float(n) for n in image.get("/Decode", [])]
    plain = space != "indexed" and decode == [0, 1] * (len(decode) // 2)
    if decode and not plain and not (may_invert and decode == [1, 0]):
        raise NotTaken


def _check_parameters(parameters: Any) -> None:
    for one in parameters if isinstance(parameters, pikepdf.Array) else [parameters]:
        if isinstance(one, pikepdf.Dictionary) and (
            "/ColorTransform" in one or one.get("/EncodedByteAlign", False)
        ):
            raise NotTaken


def _encoded(image: Stream, last: str, number: int, bounds: Bounds) -> tuple[str, str, Image.Image]:
    media_type = _ENCODED[last]
    master = f"{number}{EXTENSIONS[media_type]}"
    with Path(master).open("wb") as file:
        try:
            extension = PdfImage(image).extract_to(stream=file)
        except (UnsupportedImageTypeError, NotImplementedError) as error:
            raise NotTaken from error
    with Path(master).open("rb") as file:
        # A bare JPEG 2000 codestream is no JP2 file.
        if extension != EXTENSIONS[media_type] or media_type_of(file.read(16)) != media_type:
            raise NotTaken
    return master, media_type, decoded(master, media_type, bounds)


def _pixels(image: Stream) -> Image.Image:
    try:
        pixels = PdfImage(image).as_pil_image()
        profile = PdfImage(image).icc
    except (UnsupportedImageTypeError, NotImplementedError, ValueError) as error:
        raise NotTaken from error
    if profile is not None:
        pixels.info["icc_profile"] = profile.tobytes()
    return pixels


def _bilevel(source: str, number: int) -> Image.Image:
    """JBIG2 is decoded by pdfium: poppler 22.12 garbles regions that are coded as MMR."""
    try:
        with PdfDocument(source) as pdf:
            images = list(pdf[number - 1].get_objects([FPDF_PAGEOBJ_IMAGE], max_depth=6))
            if len(images) != 1:
                raise NotTaken
            grey: Image.Image = images[0].get_bitmap().to_pil().convert("L")
    except PdfiumError as error:
        raise NotTaken from error
    return grey.convert("1", dither=Image.Dither.NONE)

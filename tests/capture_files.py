"""Files to import, good and bad, made on the spot."""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops, ImageDraw

from archiver.capture.cell import Cell
from archiver.capture.delivered import Delivered
from archiver.capture.intake import Intake
from archiver.settings import Limits

LIMITS = Limits(
    file_megabytes=20, pages_per_file=5, megapixels=4, seconds_per_file=30, memory_megabytes=1500
)
SIZE = (413, 585)  # A4 at 50 dpi
A4_POINTS = (595.2, 841.92)
# Contents are written as for A4 and drawn at a quarter, on small pages that are drawn quickly.
PAGE_POINTS = (148.8, 210.48)
QUARTER = b"0.25 0 0 0.25 0 0 cm "
FULL_PAGE = b"q 595.2 0 0 841.92 0 0 cm /Im0 Do Q"


def drawn(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Something that no turn, flip or inversion leaves the same."""
    page = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(page)
    for row in range(20, size[1] - 20, 16):
        draw.line((20, row, size[0] - 20 - row // 3, row), fill=(20, 30, 40), width=3)
    draw.rectangle((size[0] // 2, 10, size[0] - 10, 60), fill=(190, 20, 30))
    if mode in ("RGBA", "LA"):
        page.putalpha(Image.linear_gradient("L").resize(size))
    return page.convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()


def jpeg(mode: str = "RGB", **options: object) -> bytes:
    return encoded(drawn(mode), "JPEG", quality=90, **options)


@contextmanager
def opened_intake(limits: Limits, cell: Cell | None = None) -> Iterator[Intake]:
    """An intake for many tests: its process runs before the first of them begins."""
    with Intake(limits, cell) as intake, TemporaryDirectory() as folder:
        unpacked(intake, jpeg(), Path(folder))
        yield intake


def unpacked(intake: Intake, data: bytes, folder: Path, name: str = "file") -> list[Delivered]:
    """What `intake` makes of a file with these bytes; its pages lie in `folder`/out."""
    (folder / "out").mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return list(intake.unpack(folder / name, folder / "out"))


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "out").iterdir())


def fax_stream(image: Image.Image) -> bytes:
    """The bare G4 stream of a black and white image, its ink as black runs."""
    # Pillow writes ones, which are white, as the black runs of the fax codes.
    data = encoded(ImageChops.invert(image), "TIFF", compression="group4", strip_size=1 << 30)
    tags = Image.open(io.BytesIO(data)).tag_v2  # type: ignore[attr-defined]
    assert len(tags[273]) == 1
    return data[tags[273][0] : tags[273][0] + tags[279][0]]


def jbig2_stream(image: Image.Image) -> bytes:
    """One immediate generic region, coded as MMR (ITU-T T.88, 7.2 to 7.4)."""
    width, height = image.size
    page_info = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + fax_stream(image)
    segments = ((0, 48, page_info), (1, 38, region))
    heads = [struct.pack(">IBBBI", n, kind, 0, 1, len(data)) for n, kind, data in segments]
    return b"".join(head + data for head, (_, _, data) in zip(heads, segments, strict=True))


def image_entry(data: bytes, filters: str, **entries: object) -> dict[str, object]:
    """An image XObject for `pdf`, colour at `SIZE` unless told otherwise."""
    width, height = SIZE
    return {
        "Width": width,
        "Height": height,
        "ColorSpace": Name.DeviceRGB,
        "BitsPerComponent": 8,
        **({"Filter": Name(filters)} if filters else {}),
        **entries,
        "data": data,
    }


def jpeg_entry(**entries: object) -> dict[str, object]:
    return image_entry(jpeg(), "/DCTDecode", **entries)


def deflated_entry(mode: str = "L", **entries: object) -> dict[str, object]:
    space = Name.DeviceGray if mode in ("L", "1") else Name.DeviceRGB
    pixels = zlib.compress(drawn(mode).tobytes())
    return image_entry(pixels, "/FlateDecode", **{"ColorSpace": space, **entries})


def one_page(
    pdf: Pdf, image: dict[str, object], content: bytes = FULL_PAGE, **entries: object
) -> pikepdf.Page:
    """Append a page that shows `image` as /Im0, by `content`."""
    fields = {name: value for name, value in image.items() if name != "data"}
    data = image["data"]
    assert isinstance(data, bytes)
    stream = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, **fields)
    page = pdf.add_blank_page(page_size=PAGE_POINTS)
    page.Resources = Dictionary(XObject=Dictionary(Im0=stream))
    page.Contents = Stream(pdf, QUARTER + content)
    for name, value in entries.items():
        page[f"/{name}"] = value
    return page


def pdf_bytes(pdf: Pdf, **options: object) -> bytes:
    file = io.BytesIO()
    pdf.save(file, **options)  # type: ignore[arg-type]
    return file.getvalue()


def scanned_pdf(*images: dict[str, object]) -> bytes:
    pdf = Pdf.new()
    for image in images:
        one_page(pdf, image)
    return pdf_bytes(pdf)


def bare_tiff(pages: list[Image.Image], order: str, orientations: list[int]) -> bytes:
    """Uncompressed grey pages in two strips each, in either byte order."""
    out = bytearray((b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8))
    for number, (page, orientation) in enumerate(zip(pages, orientations, strict=True)):
        pixels, half = page.tobytes(), page.height // 2
        cut = half * page.width
        directory = len(out)
        room = 2 + 9 * 12 + 4
        lists, data = directory + room, directory + room + 16
        following = data + len(pixels) + len(pixels) % 2
        last = number == len(pages) - 1
        fields = [
            (256, 4, 1, page.width),
            (257, 4, 1, page.height),
            (258, 4, 1, 8),
            (259, 4, 1, 1),
            (262, 4, 1, 1),
            (273, 4, 2, lists),
            (274, 4, 1, orientation),
            (278, 4, 1, half),
            (279, 4, 2, lists + 8),
        ]
        out += struct.pack(order + "H", len(fields))
        out += b"".join(struct.pack(order + "HHII", *field) for field in fields)
        out += struct.pack(order + "I", 0 if last else following)
        out += struct.pack(order + "4I", data, data + cut, cut, len(pixels) - cut)
        out += pixels + b"\x00" * (len(pixels) % 2)
    return bytes(out)

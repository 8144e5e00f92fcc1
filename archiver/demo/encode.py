"""The files a scanner or a copier delivers: JPEG, TIFF, PNG, JPEG 2000, PDF of scans."""

import struct
from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf
from PIL import Image

from archiver.demo.lettering import DPI
from archiver.demo.paper import Picture

QUALITY: Final = 88


def write(path: Path, pages: list[Picture]) -> None:
    """`pages` in the format that the name's ending says; whole under its name or not there."""
    images = [Image.fromarray(page) for page in pages]
    half_written = path.with_name(f".{path.name}.part")
    half_written.write_bytes(_ENCODERS[path.suffix](images))
    half_written.replace(path)


def _jpeg(images: list[Image.Image]) -> bytes:
    out = BytesIO()
    images[0].save(out, "JPEG", quality=QUALITY, dpi=(DPI, DPI))
    return out.getvalue()


def _png(images: list[Image.Image]) -> bytes:
    out = BytesIO()
    images[0].save(out, "PNG", compress_level=1, dpi=(DPI, DPI))
    return out.getvalue()


def _tiff(images: list[Image.Image]) -> bytes:
    """Grey pages with LZW; colour ones as JPEG in TIFF, as feeders deliver them."""
    out = BytesIO()
    first, *others = images
    how = (
        {"compression": "tiff_lzw"}
        if first.mode == "L"
        else {"compression": "jpeg", "quality": QUALITY}
    )
    first.save(out, "TIFF", save_all=True, append_images=others, dpi=(DPI, DPI), **how)
    return out.getvalue()


def _jp2(images: list[Image.Image]) -> bytes:
    out = BytesIO()
    images[0].save(out, "JPEG2000", quality_mode="rates", quality_layers=[14], irreversible=True)
    return _with_resolution(out.getvalue())


def _with_resolution(jp2: bytes) -> bytes:
    """Pillow writes no resolution; a capture-resolution box goes to the end of the header box.

    Source: ISO/IEC 15444-1, I.5.3.7: numerator and denominator a direction, in points a metre.
    """
    start = jp2.index(b"jp2h") - 4
    length = int.from_bytes(jp2[start : start + 4])
    per_metre = struct.pack(">HHHHBB", round(DPI / 0.0254), 1, round(DPI / 0.0254), 1, 0, 0)
    box = struct.pack(">I4sI4s", 26, b"res ", 18, b"resc") + per_metre
    header = (length + len(box)).to_bytes(4) + jp2[start + 4 : start + length] + box
    return jp2[:start] + header + jp2[start + length :]


def _pdf(images: list[Image.Image]) -> bytes:
    """One embedded JPEG a page, nothing else, as copiers make it."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        for image in images:
            _add_scan(pdf, image)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _add_scan(pdf: pikepdf.Pdf, image: Image.Image) -> None:
    width, height = (side * 72 / DPI for side in image.size)
    space = pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray
    scan = pikepdf.Stream(
        pdf, _jpeg([image]), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
        Width=image.width, Height=image.height, ColorSpace=space, BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=(width, height))
    name = page.add_resource(scan, pikepdf.Name.XObject, pikepdf.Name.Scan)
    page.contents_add(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm {name} Do Q".encode())


_ENCODERS: Final = {".jpg": _jpeg, ".png": _png, ".tif": _tiff, ".jp2": _jp2, ".pdf": _pdf}

"""Inside the child: the copies people look at, an access JPEG and a thumbnail."""

from pathlib import Path
from typing import Final

from PIL import Image

ACCESS_LONG_PX: Final = 2400
THUMBNAIL_HEIGHT_PX: Final = 320
_THUMBNAIL_WIDTH_PX: Final = 1280  # of a strip wider than any page
_QUALITY: Final = 80


def write_copies(image: Image.Image, number: int, folder: Path = Path()) -> tuple[str, str]:
    """Write both in `folder` and return their names. Grey stays grey."""
    access_name, thumbnail_name = f"{number}-access.jpg", f"{number}-thumbnail.jpg"
    access = _within(viewable(image), ACCESS_LONG_PX, ACCESS_LONG_PX)
    access.save(folder / access_name, "JPEG", quality=_QUALITY)
    thumbnail = _within(access, _THUMBNAIL_WIDTH_PX, THUMBNAIL_HEIGHT_PX)
    thumbnail.save(folder / thumbnail_name, "JPEG", quality=_QUALITY)
    return access_name, thumbnail_name


def _within(image: Image.Image, width_px: int, height_px: int) -> Image.Image:
    scale = min(width_px / image.width, height_px / image.height)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def viewable(image: Image.Image) -> Image.Image:
    """`image` as 8-bit grey (`L`) or colour (`RGB`), on white where it is transparent."""
    if image.mode in ("L", "RGB"):
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode == "P" and _is_grey(image):
        return image.convert("L")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    low, high = (float(value) for value in image.convert("F").getextrema())  # type: ignore[arg-type]
    scale = 255 / (high - low) if high > low else 0
    return image.convert("F").point(lambda value: value * scale + (-low * scale)).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    grey = image.mode == "LA" or (image.mode == "P" and _is_grey(image))
    page = Image.new("RGBA", image.size, "white")
    page.alpha_composite(image.convert("RGBA"))
    return page.convert("L" if grey else "RGB")


def _is_grey(image: Image.Image) -> bool:
    palette = image.getpalette() or []
    return palette[0::3] == palette[1::3] == palette[2::3]

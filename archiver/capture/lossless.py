"""Inside the child: pixels that come without a file of their own, stored without loss."""

from pathlib import Path

from PIL import Image


def save_lossless(image: Image.Image, path: str | Path, dpi: int = 0) -> None:
    """As TIFF: G4 for black and white, LZW otherwise."""
    compression = "group4" if image.mode == "1" else "tiff_lzw"
    resolution = (dpi, dpi) if dpi else image.info.get("dpi", (300, 300))
    icc_profile = image.info.get("icc_profile")
    image.save(path, "TIFF", compression=compression, dpi=resolution, icc_profile=icc_profile)

"""Slips as a scanner gives them: printed, worn, skewed, upside down, at the resolution in use."""

import subprocess
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from archiver.capture.separators import Grey
from archiver.capture.slip import Slip
from archiver.demo.wear import fold, scan, skew, uneven_light
from archiver.workflow.slips import print_slips
from archiver.workflow.station import Station


def printed(station: Station, folder: Path, *slips: Slip) -> list[Grey]:
    """Each slip as it comes out of the printer, at 300 dpi."""
    pdf = folder / "slips.pdf"
    list(print_slips(station, slips, pdf))
    command = ["pdftoppm", "-r", "300", "-gray", pdf, folder / "printed"]
    subprocess.run(command, check=True, timeout=120)
    found = sorted(folder.glob("printed-*.pgm"))
    return [np.asarray(Image.open(path), np.uint8) for path in found]


def worn(
    page: Grey, *, dpi: int = 300, skew_deg: float = 0.0, turn_deg: int = 0, dark: bool = False
) -> Grey:
    rng = np.random.default_rng(round(7 * skew_deg) + dpi + turn_deg)
    sheet = np.clip(page.astype(np.int16) * 0.85 + 25, 0, 255).astype(np.uint8)  # toner on paper
    if dpi != 300:
        sheet = np.asarray(
            cv2.resize(sheet, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
        )
    fold(sheet, 0.45)
    sheet = skew(sheet, skew_deg)
    if dark:
        sheet = uneven_light(sheet)
    return scan(rng, sheet, turn_deg)


def save(path: Path, *pages: Grey, dpi: int = 300) -> Path:
    """The pages as one file; its name tells the format."""
    first, *others = [Image.fromarray(page) for page in pages]
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(path, dpi=(dpi, dpi), **more)
    return path

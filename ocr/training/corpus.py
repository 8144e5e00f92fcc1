"""A folder of line images with their texts beside them, as operators' corrections leave it.

`name.png` (or .jpg, .tif) and `name.txt`, UTF-8, one line in reading order.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from ocr.errors import OcrError
from ocr.imaging.arrays import Gray, Size, resize, uint8
from ocr.training.pixels import scaled

IMAGES = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
TALLEST_PX = 60  # taller lines are reduced: Tesseract reads large letters worse
BORDER_PX = 20
HELD_BACK_OF = 5


class BadCorpus(OcrError):
    """A folder of lines is empty, or one of them cannot be used."""


@dataclass(frozen=True, slots=True)
class TrueLine:
    image: Path
    text: str

    def pixels(self) -> Gray:
        """The crop as it lies in the folder. Raises BadCorpus."""
        # by its bytes: OpenCV opens no file with an Arabic name on every system
        data = np.frombuffer(self.image.read_bytes(), np.uint8)
        pixels = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE) if len(data) else None
        if pixels is None:
            raise BadCorpus(f"{self.image.name} is no image")
        return uint8(pixels)

    @property
    def is_held_back(self) -> bool:
        """One of five, by its name: the same ones whenever lines are added."""
        name = hashlib.sha256(self.image.stem.encode()).digest()
        return name[0] % HELD_BACK_OF == 0


def lines(folder: Path) -> list[TrueLine]:
    """All lines that have a text, by name. Raises BadCorpus for a folder without any."""
    found = [TrueLine(path, text) for path, text in _pairs(folder) if text]
    if not found:
        raise BadCorpus(f"{folder} holds no line image with a text beside it")
    return found


def _pairs(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.iterdir()):
        truth = path.with_suffix(".txt")
        if path.suffix.lower() in IMAGES and truth.is_file():
            yield path, truth.read_text("utf-8").strip()


def for_reading(line: Gray) -> Gray:
    """As Tesseract reads a crop best: not tall, with a white border."""
    height, width = line.shape
    if height > TALLEST_PX:
        line = resize(line, Size(max(1, round(width * TALLEST_PX / height)), TALLEST_PX))
    sides = (BORDER_PX,) * 4
    return uint8(cv2.copyMakeBorder(line, *sides, cv2.BORDER_CONSTANT, value=255))


def for_training(line: Gray, chance: np.random.Generator) -> Gray:
    """As Tesseract's line finder hands it to the network: cut to the ink, small margins."""
    threshold, _ = cv2.threshold(line, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    rows = np.flatnonzero((line <= threshold).any(axis=1))
    if not len(rows):
        return scaled(line)
    above, below = (int(px) for px in chance.integers(2, 9, 2))
    cut = line[max(0, rows[0] - above) : rows[-1] + 1 + below]
    return scaled(uint8(cut))

"""How well and how fast a folder of pages or lines with known text is read."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from ocr.engine import Engine
from ocr.imaging.stored import read_pixels
from ocr.lines import read_line
from ocr.reading import read_page
from ocr.recipe import Recipe
from ocr.score import Score, score

IMAGES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"}


@dataclass(frozen=True, slots=True)
class Item:
    """One image that was read: against its truth, and in how many seconds."""

    name: str
    score: Score
    seconds: float


def images_with_truth(folder: Path) -> list[Path]:
    """Images that have a text file of the same name beside them, by name. Raises OSError."""
    found = (path for path in folder.iterdir() if path.suffix.lower() in IMAGES)
    return sorted(path for path in found if path.with_suffix(".txt").is_file())


def measure(
    images: list[Path], language: str, engine: Engine, recipe: Recipe, *, lines: bool
) -> Iterator[Item]:
    """Read each image and hold it against its text. lines: each is a crop of one line.

    Raises EngineMissing, EngineFailed, EngineTimeout; OSError for what is no image,
    UnicodeDecodeError for a truth that is not UTF-8.
    """
    for path in images:
        started = time.perf_counter()
        pixels = read_pixels(path)
        if lines:
            text = read_line(pixels, language, engine).text
        else:
            text = read_page(pixels, _stated_dpi(path), language, engine, recipe).text.text
        seconds = time.perf_counter() - started
        yield Item(path.stem, score(text, path.with_suffix(".txt").read_text("utf-8")), seconds)


def summary(items: list[Item]) -> dict[str, float | int]:
    """Rates in percent, pooled over all items; one object, as `archiver ocr score` prints it."""
    whole = sum((item.score for item in items), Score())
    return {
        "cer": round(100 * whole.cer, 2),
        "wer": round(100 * whole.wer, 2),
        "strict_cer": round(100 * whole.strict_cer, 2),
        "number_recall": round(100 * whole.number_recall, 2),
        "items": len(items),
        "seconds_per_item": round(sum(i.seconds for i in items) / max(1, len(items)), 3),
    }


def _stated_dpi(path: Path) -> int:
    with Image.open(path) as image:
        return round(float(image.info.get("dpi", (0, 0))[0]))

"""Rendered pages as the reader reads them, kept in a folder: ALTO and truth, page by page.

Reading is the slow part. What is in the folder is not read again, so a run can be broken off.
"""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import cv2

from ocr import alto
from ocr.page import PageText
from ocr.probability.training.pages import Sheets, sheets
from ocr.reading import read_page
from ocr.recipe import PRINT
from ocr.tesseract import Tesseract, TesseractSettings


@dataclass(frozen=True, slots=True)
class Press:
    """All that a process needs to make and read pages; picklable."""

    folder: Path
    tessdata: Path
    fonts: tuple[Path, ...]
    texts: tuple[str, ...]
    seed: int


def read_pages(press: Press, count: int, workers: int) -> Iterator[int]:
    """Make, read and keep pages 0 to `count`; the number of each as it is done."""
    press.folder.mkdir(parents=True, exist_ok=True)
    wanted = [n for n in range(count) if not _paths(press.folder, n)[1].exists()]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, spawn, _start, (press,)) as pool:
        for done in as_completed([pool.submit(_read, number) for number in wanted]):
            yield done.result()


def kept(folder: Path) -> Iterator[tuple[PageText, str]]:
    """Every page of the folder with its truth, in order."""
    for record in sorted(folder.glob("*.xml")):
        yield alto.read(record.read_bytes()), record.with_suffix(".txt").read_text("utf-8")


_at_work: list[tuple[Press, Sheets, Tesseract]] = []


def _start(press: Press) -> None:
    from ocr.training import word_lists  # noqa: PLC0415 - the extra; fitting needs none of it

    cv2.setNumThreads(1)
    made = sheets(word_lists.full(None), list(press.texts), list(press.fonts), press.seed)
    _at_work.append((press, made, Tesseract(TesseractSettings(press.tessdata))))


def _read(number: int) -> int:
    press, made, reader = _at_work[0]
    page = made.page(number)
    found = read_page(page.image, page.dpi, "ara", reader, PRINT)
    truth, record = _paths(press.folder, number)
    truth.write_text("\n".join(page.lines), "utf-8")
    record.write_bytes(alto.write(found.text, image_name=record.stem, steps=found.steps))
    return number


def _paths(folder: Path, number: int) -> tuple[Path, Path]:
    """Of the truth and, written after it, the record."""
    return folder / f"{number:05}.txt", folder / f"{number:05}.xml"

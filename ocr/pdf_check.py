"""What readers get out of a PDF again: the two extractors that nearly everybody uses.

The order in which lines that stand side by side come out (columns, notes in the margin) is the
extractor's own affair; that each line comes out whole, in its own order, is ours.
"""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from ocr.errors import EngineFailed, EngineMissing, EngineTimeout
from ocr.page import PageText
from ocr.score import fewest_edits_within, fold

Extractor = Literal["poppler", "pdfium"]
EXTRACTORS: Final[tuple[Extractor, ...]] = ("poppler", "pdfium")
"""Evince and Okular search and select what poppler says; Chrome and Edge what PDFium says."""

MOST_LOST: Final = 0.02  # of a page's letters
TIMEOUT_S: Final = 120
_RUN: Final = re.compile(r"[0-9]+")
_AROUND_JOINT: Final = re.compile(r"(?<=[0-9]) ?([.,/:٫٬-]) ?(?=[0-9])")
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,/:٫٬-][0-9]+)*")


@dataclass(frozen=True, slots=True)
class PageCheck:
    """What one extractor made of one page.

    page: from 1. lost: letters of its lines, of `letters`, that did not come out, or not in
    their place in the line. numbers: those that came out otherwise, as they should be read.
    """

    page: int
    extractor: Extractor
    letters: int
    lost: int
    numbers: tuple[str, ...]

    @property
    def is_faithful(self) -> bool:
        """One letter is forgiven on a page however short."""
        return not self.numbers and self.lost <= max(1, MOST_LOST * self.letters)


def check_pages(
    pdf: Path, texts: Iterable[PageText | None], timeout_s: float = TIMEOUT_S
) -> Iterator[PageCheck]:
    """Every page by every extractor, against the text that its layer was made of.

    Raises EngineMissing, EngineFailed (also where the number of pages differs), EngineTimeout.
    """
    with ThreadPoolExecutor(len(EXTRACTORS)) as side_by_side:
        found = list(side_by_side.map(lambda one: extracted(pdf, one, timeout_s), EXTRACTORS))
    count = 0
    for count, text in enumerate(texts, 1):
        for extractor, pages in zip(EXTRACTORS, found, strict=True):
            if count > len(pages):
                raise EngineFailed(f"{extractor} sees {len(pages)} pages only")
            yield _compared(count, extractor, text, pages[count - 1])
    if any(len(pages) != count for pages in found):
        raise EngineFailed("the PDF has more pages than it was made of")


def extracted(pdf: Path, extractor: Extractor, timeout_s: float = TIMEOUT_S) -> list[str]:
    """The text of each page, by an extractor in a limited process of its own.

    Raises EngineMissing, EngineFailed, EngineTimeout.
    """
    if extractor == "poppler" and shutil.which("pdftotext") is None:
        raise EngineMissing("pdftotext is not installed")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ocr.pdf_reader", extractor, str(pdf.absolute())],
            capture_output=True,
            timeout=timeout_s,
            check=True,
            cwd=Path(__file__).parents[1],
        )
    except subprocess.TimeoutExpired as error:
        raise EngineTimeout(f"{extractor} took longer than {timeout_s:g} seconds") from error
    except subprocess.CalledProcessError as error:
        detail = error.stderr.decode(errors="replace")[-300:]
        raise EngineFailed(f"{extractor} ended with {error.returncode}: {detail}") from error
    return done.stdout.decode("utf-8", errors="replace").split("\f")[:-1]


def _compared(page: int, extractor: Extractor, text: PageText | None, found: str) -> PageCheck:
    lines = [fold(line.text) for line in text.lines] if text is not None else []
    came = fold(found)
    lost = sum(0 if line in came else fewest_edits_within(line, came) for line in lines)
    return PageCheck(page, extractor, sum(map(len, lines)), lost, changed_numbers(lines, came))


def changed_numbers(lines: list[str], found: str) -> tuple[str, ...]:
    """The numbers of the folded `lines` that are not in the folded `found` as they should be.

    A number is taken with what joins it (17/10/2024, 45 - 47); runs of one line that change
    places, as letter-spaced digits do, are two numbers changed.
    """
    due = [_AROUND_JOINT.sub(r"\1", line) for line in lines]
    came = _AROUND_JOINT.sub(r"\1", found)
    missing = []
    for number in sorted({number for line in due for number in _NUMBER.findall(line)}):
        # Sought, not split again: the end of a line and the head of the next may seem to be one.
        alone = re.compile(rf"(?<![0-9]){re.escape(number)}(?![0-9])")
        if len(alone.findall(came)) < sum(len(alone.findall(line)) for line in due):
            missing.append(number)
    return tuple(missing) or _swapped(lines, found)


def _swapped(lines: list[str], found: str) -> tuple[str, ...]:
    due = Counter(pair for line in lines for pair in pairwise(_RUN.findall(line)))
    came = Counter(pairwise(_RUN.findall(found)))
    return tuple(
        f"{one} {other}"
        for (one, other), count in due.items()
        if came[one, other] < count and came[other, one] > due[other, one]
    )

"""What else a doubtful number may be: the second reader's word on it, for a person to pick.

Read from the access copy when somebody looks at the number: nothing of it is kept.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import cv2

from archiver.model.casefile import Page
from archiver.settings import resource
from archiver.workflow.measuring import picture_of
from archiver.workflow.station import Station
from ocr.errors import OcrError
from ocr.imaging.arrays import uint8
from ocr.imaging.orientation import turn
from ocr.numbers.compare import check_word
from ocr.numbers.reader import DigitReader
from ocr.numbers.runs import fixed_order, runs
from ocr.page import PageText

MOST: Final = 4
_RUN: Final = re.compile(r"[0-9٠-٩]+")


def of_word(station: Station, page: Page, text: PageText, word: int) -> tuple[str, ...]:
    """The word as it stands, then what the second reader takes it for, likeliest first; empty
    where that is nothing else, or the word is no number by itself.

    word: from 0, among all of `text`. 1 to 2 ms beside the decoding of the page's copy, some 20.
    """
    picture = picture_of(station, page.access)
    if picture is None or not _RUN.search(text.words[word].text):
        return ()
    places = [(n, m) for n, line in enumerate(text.lines) for m in range(len(line.words))]
    upright = turn(picture, page.turn_deg)
    image = uint8(cv2.resize(upright, (text.width_px, text.height_px)))
    try:
        check = check_word(image, text, *places[word], _reader())
    except OcrError:  # no second reader, no second opinion: the word can be typed as ever
        return ()
    if check is None or check.words > 1:
        return ()
    return offered(check.first, (check.second, *check.alternatives))


def offered(first: str, others: Sequence[str]) -> tuple[str, ...]:
    """`first`, and it with the digits of each of `others` that can stand in their places.

    Readings come from the left of the paper: runs that nothing keeps in that order are left out.
    """
    ours = runs(first)
    if len(ours) > 1 and not fixed_order(first):
        return ()
    found = [first]
    for other in others:
        theirs = _RUN.findall(other)
        if len(theirs) == len(ours):
            between = _RUN.split(first)
            found.append("".join(map("".join, zip(between, (*theirs, ""), strict=True))))
    different = tuple(dict.fromkeys(found))
    return different[:MOST] if len(different) > 1 else ()


@cache
def _reader() -> DigitReader:
    return DigitReader(resource("digits/digits.onnx"))

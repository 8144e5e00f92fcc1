"""The measuring of numbers: a benchmark that counts wrong proves nothing."""

import pytest

from benchmarks.number_pages import QUALITIES, Printed, number_pages
from benchmarks.number_reading import counted, outcomes, row, wilson
from ocr.numbers.calibration import Evidence
from ocr.numbers.compare import Flag, NumberCheck
from ocr.numbers.runs import runs
from ocr.page import Box

PRINTED = (Printed("١٢٣", (100, 100, 160, 130)), Printed("٤٥", (300, 100, 340, 130)))


def check(text: str, x: int, width: int, flags: tuple[Flag, ...] = ()) -> NumberCheck:
    box = Box(x, 100, width, 30)
    known = Evidence(True, 0.9, 0.9, False)
    return NumberCheck(0, 0, 1, box, text, text, (), True, known, flags, 0.99)


def test_a_wrong_number_that_passes_is_counted_as_wrong() -> None:
    counts = counted(*outcomes(PRINTED, (check("١٢٣", 100, 60), check("٤٦", 300, 40))))
    assert (counts["right"], counts["wrong"], counts["flagged"], counts["missed"]) == (1, 1, 0, 0)


def test_a_number_in_two_pieces_is_judged_as_a_whole() -> None:
    halves = (check("١", 100, 15), check("٢٣", 118, 42), check("٤٥", 300, 40, ("disagree",)))
    counts = counted(*outcomes(PRINTED, halves))
    assert (counts["wrong"], counts["flagged"]) == (1, 1)


def test_a_number_nobody_read_is_missed_and_one_nobody_printed_is_invented() -> None:
    counts = counted(*outcomes(PRINTED, (check("١٢٣", 100, 60), check("٧", 700, 20))))
    assert (counts["missed"], counts["invented"]) == (1, 1)
    assert row("all", counts)["passed_right"] == 50.0  # what was invented passed too


def test_the_interval_is_wilsons() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, table I
    assert wilson(0, 0) == (0.0, 1.0)


def test_pages_are_made_again_from_their_seed() -> None:
    one, other = (next(number_pages(1, seed=3)) for _ in range(2))
    assert (one.image == other.image).all() and one.printed == other.printed
    assert len(one.printed) > 15 and all(runs(number.text) for number in one.printed)


def test_pages_come_in_every_quality() -> None:
    pages = list(number_pages(100, seed=5))
    assert {page.quality for page in pages} == {quality.name for quality in QUALITIES}
    for page in pages:
        height, width = page.image.shape
        for number in page.printed:
            left, top, right, bottom = number.box
            assert 0 <= left < right <= width and 0 <= top < bottom <= height
            ink = page.image[int(top) : int(bottom), int(left) : int(right)]
            assert ink.mean() < page.image.mean()

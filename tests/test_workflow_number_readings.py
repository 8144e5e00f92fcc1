"""What a doubtful number may be else: read from the paper again, fitted into the word."""

from dataclasses import replace

import pytest

from archiver.workflow import number_readings, queries
from archiver.workflow.number_readings import offered
from archiver.workflow.station import Station
from ocr.page import PageText
from tests.papers import CASE


def misread(text: PageText, number: int, words: str) -> PageText:
    """`text` with other words in the place of one."""
    known = iter(range(len(text.words)))
    lines = tuple(
        replace(line, words=tuple(replace(word, text=words) if next(known) == number else word
                                  for word in line.words))
        for line in text.lines
    )  # fmt: skip
    return replace(text, lines=lines)


def test_a_misread_number_is_offered_as_the_paper_has_it(read_station: Station) -> None:
    case = queries.find_case(read_station, CASE)
    page = queries.case_view(read_station, case.id).pages[0]
    text = queries.page_text(read_station, page)
    assert text is not None
    number, word = next((n, w.text) for n, w in enumerate(text.words) if w.text.isdecimal())
    wrong = word[:-1] + ("٧" if word[-1] != "٧" else "٤")
    found = number_readings.of_word(read_station, page, misread(text, number, wrong), number)
    assert found[:2] == (wrong, word)
    assert number_readings.of_word(read_station, page, text, number)[:1] in ((), (word,))
    letters = next(n for n, w in enumerate(text.words) if w.text.isalpha())
    assert number_readings.of_word(read_station, page, text, letters) == ()


@pytest.mark.parametrize(
    ("first", "others", "told"),
    [
        ("(٢٠٢٤)", ["٢٠٢٣", "٢٠٢٥"], ("(٢٠٢٤)", "(٢٠٢٣)", "(٢٠٢٥)")),
        ("٢٠٢٤", ["٢٠٢٤"], ()),
        ("٩٣/٢٠٢٤", ["٩٨/٢٠٢٤"], ("٩٣/٢٠٢٤", "٩٨/٢٠٢٤")),
        ("٤٥-٤٧", ["٤٧-٤٦"], ()),  # a dash leaves it open which comes first
        ("٢٠٢٤", ["٢/٤"], ()),
        ("١", ["٢", "٣", "٤", "٥"], ("١", "٢", "٣", "٤")),
    ],
)
def test_digits_are_fitted_into_the_word(
    first: str, others: list[str], told: tuple[str, ...]
) -> None:
    assert offered(first, others) == told

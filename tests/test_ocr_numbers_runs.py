"""Which words of a page are numbers, and when two readings say the same."""

import pytest

from ocr.numbers.compare import agrees, goes_on, is_reversed
from ocr.numbers.plausible import is_implausible, only_reversed
from ocr.numbers.runs import digit_height_px, fixed_order, numbers, runs
from ocr.page import Box, Line, PageText, Word


def word(text: str, x: int, width: int = 20, height: int = 30) -> Word:
    return Word(text, Box(x, 100, width, height), 0.9, "ltr")


def page(*words: Word) -> PageText:
    line = Line(words, Box(0, 90, 1000, 50), "rtl")
    return PageText(1000, 400, 300, (line,), "test", "ara")


def test_words_without_digits_are_no_numbers() -> None:
    found = list(numbers(page(word("الطعن", 900), word("رقم", 800), word("(١٢٣٤)", 600, 120))))
    assert [(n.line, n.word, n.text) for n in found] == [(0, 2, "(١٢٣٤)")]
    assert not found[0].letter_spaced


def test_spaced_digits_read_from_the_left_whatever_order_they_came_in() -> None:
    spaced = [word("٨", 560), word("٩", 525), word("٩", 490), word("١", 455)]
    (number,) = numbers(page(word("سنة", 700), *spaced))
    assert (number.text, number.letter_spaced, number.word) == ("١٩٩٨", True, 1)
    assert number.box == Box(455, 100, 125, 30)


def test_a_spaced_number_broken_into_longer_pieces_is_joined() -> None:
    (number,) = numbers(page(word("٦١", 520, 50), word("٩", 485), word("١", 450)))
    assert number.text == "١٩٦١"


def test_numbers_in_a_row_stay_apart() -> None:
    row = page(word("٢٥", 700, 45), word("١٣", 640, 45), word("٧", 300), word("٨", 200))
    assert [n.text for n in numbers(row)] == ["٢٥", "١٣", "٧", "٨"]


@pytest.mark.parametrize(
    ("second_x", "texts", "doubtful"),
    [(470, ["٤٤"], [False]), (455, ["٤٤"], [True]), (440, ["٤", "٤"], [False, False])],
)
def test_a_pair_of_digits_further_apart_may_be_a_list(
    second_x: int, texts: list[str], doubtful: list[bool]
) -> None:
    found = list(numbers(page(word("٤", 500), word("٤", second_x))))
    assert [n.text for n in found] == texts
    assert [n.doubtful for n in found] == doubtful


def test_the_height_of_a_digit_is_that_of_whole_numbers() -> None:
    text = page(word("المحكمة", 800, 150, 48), word("١٩٩٨", 600, 90, 28), word("٠", 300, 8, 9))
    assert digit_height_px(text) == 28


def test_a_page_without_numbers_has_a_height_from_its_lines() -> None:
    assert digit_height_px(page(word("نقض", 500))) == pytest.approx(30)


def test_digit_sets_are_compared_as_one() -> None:
    assert runs("٢٣/۵/1998") == ("23", "5", "1998")
    assert agrees("(١٢٣)", "[123]")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("٢٨-٥-١٩٩٠", "١٩٩٠-٥-٢٨", True),  # on paper a dash turns Arabic digits round
        ("٢٨/٥/١٩٩٠", "١٩٩٠/٥/٢٨", False),  # a stroke does not
        ("٣١ر٢٥", "٢٥٫٣١", False),  # so the first reader's order is wrong
        ("٦٦/أ", "٦٦/", True),
        ("١٩٩٨", "٨٩٩١", False),
        ("12", "1 2", False),
        ("١٢٣", "", False),
    ],
)
def test_when_two_readings_agree(first: str, second: str, same: bool) -> None:
    assert agrees(first, second) is same


@pytest.mark.parametrize(
    ("first", "second", "more"),
    [
        ("53", ":53", True),
        ("٣", "٣/", True),
        ("53", ": 53", True),
        ("٥:", "٥:", False),
        ("٦٦/أ", "/٦٦", False),
        ("٥", "٥ ", False),
        ("٢/٣", "٢/٣", False),
    ],
)
def test_a_number_that_goes_on_is_known(first: str, second: str, more: bool) -> None:
    assert goes_on(first, second) is more


def test_only_signs_that_belong_to_numbers_fix_the_order() -> None:
    assert fixed_order("٣/١٢/١٩٥٥") and fixed_order("12:30") and fixed_order("7")
    assert not fixed_order("55-78") and not fixed_order("٥ ٧")


@pytest.mark.parametrize(
    ("first", "second"),
    [("1998", "8991"), ("١٢/٣٤", "٤٣/٢١"), ("٢٨/٥/١٩٩٠", "١٩٩٠/٥/٢٨"), ("12/34", "21/43")],
)
def test_what_is_reversed_is_known(first: str, second: str) -> None:
    assert is_reversed(first, second)


def test_a_palindrome_is_not_reversed() -> None:
    assert not is_reversed("1331", "١٣٣١")


@pytest.mark.parametrize(
    ("before", "text"),
    [("سنة", "8991"), ("لسنة", "٩٧٩١"), ("جلسة", "38/5/1990"), ("في", "1/13/1990")],
)
def test_years_and_dates_that_never_were(before: str, text: str) -> None:
    assert is_implausible(before, text)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("سنة", "1998"),
        ("سنة", "١٣٦٧"),
        ("لسنة", "56"),  # judicial years have two digits
        ("رقم", "8991"),  # any number will do
        ("جلسة", "(21/12/1998)"),
        ("جلسة", "1998/12/21"),
        ("ص", "1-2"),
    ],
)
def test_what_may_well_be(before: str, text: str) -> None:
    assert not is_implausible(before, text)


def test_a_year_that_only_makes_sense_reversed() -> None:
    assert only_reversed("سنة", "8991")
    assert not only_reversed("سنة", "8998")
    assert not only_reversed("سنة", "1998")

"""Two readings of a number decide whether somebody must look at it."""

from ocr.doubt import is_doubtful
from ocr.numbers.compare import check_numbers
from ocr.numbers.reader import DigitReader
from ocr.numbers.weigh import weighed
from tests.numbers_drawn import MODEL, Sheet

READER = DigitReader(MODEL)


def test_a_number_that_the_second_reading_denies_is_doubted() -> None:
    sheet = Sheet().write("لسنة", "لسنة").write("٣٤٥٦", "٣٤٩٦", confidence=0.99)
    text = weighed(sheet.text, check_numbers(sheet.page, sheet.text, READER))
    word, number = text.words
    assert word.probability is None  # no number: left to others
    assert number.text == "٣٤٩٦"
    assert is_doubtful(number)


def test_a_reversed_number_is_doubted() -> None:
    sheet = Sheet().write("١٩٩٨", "٨٩٩١", confidence=0.99)
    (number,) = weighed(sheet.text, check_numbers(sheet.page, sheet.text, READER)).words
    assert is_doubtful(number)


def test_a_number_read_twice_alike_is_believed() -> None:
    sheet = Sheet().write("٣٤٥٦", "٣٤٥٦", confidence=0.97)
    (number,) = weighed(sheet.text, check_numbers(sheet.page, sheet.text, READER)).words
    assert not is_doubtful(number)
    assert number.probability is not None
    assert number.probability > 0.95

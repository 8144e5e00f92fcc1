"""The second reader on real pixels, with the model that ships."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from ocr.errors import EngineMissing
from ocr.numbers.alphabet import SYMBOLS
from ocr.numbers.compare import NumberCheck, check_numbers
from ocr.numbers.reader import DigitReader
from tests.numbers_drawn import MODEL, ROOT, Sheet, crop

FACES = ("Amiri-Regular", "NotoNaskhArabic-Regular", "ScheherazadeNew-Regular")


@pytest.fixture(scope="module")
def reader() -> DigitReader:
    return DigitReader(MODEL)


def only(checks: tuple[NumberCheck, ...]) -> NumberCheck:
    (check,) = checks
    return check


@pytest.mark.parametrize("number", ["٣٤٥٦", "١٩٩٨", "٢٧٠", "1234", "5678", "٩٠١/٢٣", "29/8/2017"])
def test_reads_both_digit_sets_as_printed(reader: DigitReader, number: str) -> None:
    found = reader.read(crop(number))
    assert found.text == number
    assert found.confidence > 0.5


def test_reads_nearly_every_clean_number(reader: DigitReader) -> None:
    rng = np.random.default_rng(7)
    numbers = ["".join(rng.choice(list("٠١٢٣٤٥٦٧٨٩"), 4)) for _ in range(60)]
    fonts = [ROOT / "fonts" / f"{face}.ttf" for face in FACES]
    wrong = [
        (number, found)
        for place, number in enumerate(numbers)
        if (found := reader.read(crop(number, fonts[place % 3])).text) != number
    ]
    assert len(wrong) <= 2, wrong


def test_an_empty_crop_holds_no_number(reader: DigitReader) -> None:
    found = reader.read(np.full((40, 90), 230, np.uint8))
    assert (found.text, found.confidence) == ("", 0.0)


def test_a_reader_travels_to_another_process(reader: DigitReader) -> None:
    reader.read(crop("12"))  # loaded, and yet light
    sent = pickle.dumps(reader)
    assert len(sent) < 500
    assert pickle.loads(sent).read(crop("1234")).text == "1234"  # noqa: S301 - our own bytes


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="cannot be read"):
        DigitReader(tmp_path / "none.onnx").read(crop("1"))


@pytest.mark.parametrize("keep", [0, 100, 20_000])
def test_a_model_cut_short_is_said(tmp_path: Path, keep: int) -> None:
    cut = tmp_path / "cut.onnx"
    cut.write_bytes(MODEL.read_bytes()[:keep])
    with pytest.raises(EngineMissing):
        DigitReader(cut).read(crop("1"))


def test_a_model_for_other_symbols_is_refused(tmp_path: Path) -> None:
    other = SYMBOLS.encode()[::-1]  # as long, so that the file stays whole
    strange = tmp_path / "strange.onnx"
    whole = MODEL.read_bytes()
    assert SYMBOLS.encode() in whole
    strange.write_bytes(whole.replace(SYMBOLS.encode(), b"9" * len(other)))
    with pytest.raises(EngineMissing, match="alphabet"):
        DigitReader(strange).read(crop("1"))


def test_a_number_read_right_passes(reader: DigitReader) -> None:
    sheet = Sheet().write("الطعن").write("رقم").write("١٢٣٤").write("لسنة").write("٥٦")
    first, second = check_numbers(sheet.page, sheet.text, reader)
    assert (first.line, first.word, first.first, first.second) == (0, 2, "١٢٣٤", "١٢٣٤")
    assert first.agree and not first.needs_review, first
    assert second.word == 4 and second.agree
    assert first.probability > 0.98
    assert first.box == sheet.words[2].box


def test_one_wrong_digit_is_flagged(reader: DigitReader) -> None:
    sheet = Sheet().write("رقم").write("١٢٣٤", read="١٢٧٤")
    check = only(check_numbers(sheet.page, sheet.text, reader))
    assert check.flags == ("disagree",)
    assert check.needs_review
    assert check.probability < 0.6
    assert check.second == "١٢٣٤"


def test_a_reversed_number_is_known_as_such(reader: DigitReader) -> None:
    sheet = Sheet().write("سنة").write("١٩٩٨", read="٨٩٩١")
    check = only(check_numbers(sheet.page, sheet.text, reader))
    assert check.flags == ("disagree", "reversed", "implausible")


def test_a_digit_that_the_first_reader_cut_off_is_seen(reader: DigitReader) -> None:
    sheet = Sheet().write("مبلغ").write("٤٤٣٨٢", read="٤٤٣٨")
    whole = sheet.words[1]
    box = whole.box
    short = type(box)(box.x, box.y, round(box.width * 0.78), box.height)
    sheet.words[1] = type(whole)("٤٤٣٨", short, 0.9, "ltr")
    check = only(check_numbers(sheet.page, sheet.text, reader))
    assert check.second == "٤٤٣٨٢"
    assert "disagree" in check.flags


def test_spaced_digits_are_read_as_one_number(reader: DigitReader) -> None:
    sheet = Sheet()
    for digit in "١٦٩١":  # written from the right: ١٩٦١ on paper
        sheet.write(digit)
        sheet.x += 7
    check = only(check_numbers(sheet.page, sheet.text, reader))
    assert (check.first, check.words, check.agree) == ("١٩٦١", 4, True)
    assert "letter-spaced" in check.flags


def test_a_date_with_dashes_agrees_either_way_round(reader: DigitReader) -> None:
    sheet = Sheet().write("جلسة").write("٢٨-٥-١٩٩٧")  # dashes turn it round on paper
    assert only(check_numbers(sheet.page, sheet.text, reader)).agree


def test_letters_taken_for_a_number_do_not_pass(reader: DigitReader) -> None:
    sheet = Sheet().write("رقم").write("١٢٣").write("من").write("المحكمة", read="٤٥")
    checks = check_numbers(sheet.page, sheet.text, reader)
    assert [check.needs_review for check in checks] == [False, True]


def test_a_number_at_the_edge_of_the_page_is_read(reader: DigitReader) -> None:
    sheet = Sheet(x=1238).write("٥٦٧٨")
    page = sheet.page[sheet.words[0].box.y :]
    word = sheet.words[0]
    box = type(word.box)(word.box.x, 0, word.box.width, word.box.height)
    sheet.words[0] = type(word)(word.text, box, 0.9, "ltr")
    assert only(check_numbers(page, sheet.text, reader)).agree


def test_a_page_without_numbers_costs_nothing(tmp_path: Path) -> None:
    sheet = Sheet().write("باسم").write("الشعب")
    assert check_numbers(sheet.page, sheet.text, DigitReader(tmp_path / "never opened")) == ()


def test_checks_can_be_sent_between_processes(reader: DigitReader) -> None:
    sheet = Sheet().write("ص").write("٣٦٩")
    checks = check_numbers(sheet.page, sheet.text, reader)
    assert pickle.loads(pickle.dumps(checks)) == checks  # noqa: S301 - our own bytes

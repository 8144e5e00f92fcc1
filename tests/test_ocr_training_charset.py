"""Letters and their order on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.training import bidi, charset, traineddata
from ocr.training.charset import BLANK, SPACE, Charset
from ocr.training.traineddata import BadModel
from tests.training_lines import MODEL

COMPONENTS = traineddata.read(MODEL)
OURS = charset.parse(COMPONENTS["lstm-unicharset"])
BASE = Charset(OURS.rows[:85])

ORDERS = [
    ("قال", "لاق"),
    ("رقم 123", "123 مقر"),
    ("لسنة ٥٦ ق", "ق ٥٦ ةنسل"),
    ("(١٢)", ")١٢("),
    ("12/5/1950", "12/5/1950"),
    ("١٢/٥/١٩٥٠", "١٢/٥/١٩٥٠"),
    ("٢٠-١١-١٩٥٢", "١٩٥٢-١١-٢٠"),
    ("20-11-1952", "20-11-1952"),
    ("س 20-11", "11-20 س"),
    ("١٢ - ١٣", "١٣ - ١٢"),
    ("50%", "50%"),
    ("س 50%", "%50 س"),
    ("٥٠٪", "٪٥٠"),
    ("١٢٫٥", "١٢٫٥"),
    ("1,234", "1,234"),
    ("بَ", "\u064eب"),
    ("من (Cour de cassation) عام", "ماع )Cour de cassation( نم"),
]


@pytest.mark.parametrize(("text", "shown"), ORDERS)
def test_letters_stand_as_on_paper(text: str, shown: str) -> None:
    assert bidi.visual(text) == shown


@given(st.text("ابجد ٠١٢012.,/-()«»%٪:،abc\u064e\u0651"))
def test_no_letter_is_lost_or_made(text: str) -> None:
    assert sorted(bidi.visual(text)) == sorted(text)


def test_the_shipped_character_set_is_the_extended_base() -> None:
    assert charset.extend(OURS) == OURS
    assert [row.split(" ")[0] for row in charset.extend(BASE).rows] == [
        row.split(" ")[0] for row in OURS.rows
    ]


def test_it_is_written_as_tesseract_wrote_it() -> None:
    assert OURS.unicharset() == COMPONENTS["lstm-unicharset"]
    assert OURS.recoder() == COMPONENTS["lstm-recoder"]


def test_digits_and_brackets_get_the_directions_that_tesseract_needs() -> None:
    fields = {row.split(" ")[0]: row.split(" ") for row in charset.extend(BASE).rows}
    assert {fields[digit][5] for digit in "٠١٢٣٤٥٦٧٨٩"} == {"2"}
    assert {fields[sign][5] for sign in "-()[]«»"} == {"1"}


def test_targets_spell_the_line_as_on_paper() -> None:
    targets = OURS.encode("الطعن رقم ١٢٣٤ لسنة ٥٦ ق")
    assert targets is not None
    assert OURS.decode(targets) == "ق ٥٦ ةنسل ١٢٣٤ مقر نعطلا"
    assert BLANK not in targets
    assert targets.count(SPACE) == 5


def test_a_letter_nobody_taught_cannot_be_a_target() -> None:
    assert OURS.encode("القاهرة é") is None
    assert BASE.encode("٢") is None


def test_the_same_letter_in_another_code_is_the_same_target() -> None:
    assert OURS.encode("ي–ك\u200f") == OURS.encode("ی-ک")


@pytest.mark.parametrize("data", [b"", b"3\nNULL 0\n", b"\xff\xfe", b"x\n"])
def test_a_broken_character_set_is_refused(data: bytes) -> None:
    with pytest.raises(BadModel):
        charset.parse(data)

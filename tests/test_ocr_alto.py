"""ALTO carries everything a PageText holds, both ways."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ocr import alto
from ocr.page import Box, Line, PageText, Word
from ocr.steps import CORRECT, Step
from tests.schemas import assert_valid, needs

letters = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
boxes = st.builds(Box, *(st.integers(0, 20_000),) * 4)
directions = st.sampled_from(["rtl", "ltr"])
reviews = st.sampled_from(["", "checked", "illegible"])
words = st.builds(
    Word, st.text(letters, min_size=1), boxes, st.floats(0, 1), directions, reviews,
    st.none() | st.floats(0, 1),
)  # fmt: skip
lines = st.builds(Line, st.lists(words, min_size=1, max_size=4).map(tuple), boxes, directions)
pages = st.builds(
    PageText,
    width_px=st.integers(1, 20_000),
    height_px=st.integers(1, 20_000),
    dpi=st.integers(1, 1200),
    lines=st.lists(lines, max_size=4).map(tuple),
    engine=st.sampled_from(["tesseract 5.3.0 station_ara"]),
    language=st.sampled_from(["ara", "fra", "ita", "eng"]),
)
figures = st.dictionaries(st.text(letters), st.integers() | st.booleans() | st.text(letters))
steps = st.lists(st.builds(Step, st.text(letters, min_size=1), figures), max_size=3).map(tuple)

WORD = Word("الطعن", Box(80, 10, 40, 12), 0.93, "rtl")
NUMBER = Word("٩٩٠٠١", Box(20, 10, 40, 12), 0.5, "ltr", probability=0.42)
LINE = Line((WORD, NUMBER), Box(20, 10, 100, 12), "rtl")
LOOKED_AT = replace(
    LINE, words=(replace(WORD, review="checked"), replace(NUMBER, review="illegible"))
)
PAGE = PageText(200, 300, 200, (LINE,), "tesseract 5.3.0 station_ara", "ara")


@given(pages, steps)
def test_what_is_written_is_read(text: PageText, done: tuple[Step, ...]) -> None:
    data = alto.write(text, image_name="صفحة.jpg", steps=done)
    assert alto.read(data) == text
    assert alto.steps(data) == done


def test_the_words_stand_in_logical_order() -> None:
    root = etree.fromstring(alto.write(PAGE, image_name="page.jpg"))
    strings = root.findall(".//{*}String")
    assert [string.get("CONTENT") for string in strings] == ["الطعن", "٩٩٠٠١"]
    assert [string.get("WC") for string in strings] == ["0.93", "0.5"]
    assert root.find(".//{*}TextLine").get("BASEDIRECTION") == "rtl"  # type: ignore[union-attr]
    assert root.find(".//{*}fileName").text == "page.jpg"  # type: ignore[union-attr]


def test_equal_pages_give_equal_bytes() -> None:
    assert alto.write(PAGE, image_name="a") == alto.write(replace(PAGE), image_name="a")


@pytest.mark.parametrize(
    "data",
    [b"", b"<alto", b"<alto/>", alto.write(PAGE, image_name="a").replace(b'WC="', b'WC="x')],
    ids=["empty", "cut", "foreign", "no number"],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(alto.AltoUnreadable):
        alto.read(data)


def test_a_line_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="line_0"):
        alto.write(replace(PAGE, lines=(replace(LINE, words=()),)), image_name="a")


@needs("alto-4-4")
@pytest.mark.parametrize(
    "text",
    [PAGE, replace(PAGE, lines=()), replace(PAGE, lines=(LOOKED_AT,))],
    ids=["words", "no words", "corrected"],
)
def test_the_schema_accepts_it(text: PageText) -> None:
    done = (Step("deskew", {"skew_deg": 1.5}), Step(CORRECT, {"revisions": 2}))
    data = alto.write(text, image_name="a", steps=done)
    assert_valid("alto-4-4", data)

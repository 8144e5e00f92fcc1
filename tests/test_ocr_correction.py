"""Corrections go to their place on the paper, whichever reading of the page they are put on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr import correction
from ocr.correction import Anchor
from ocr.page import Box, Line, PageText, Word
from ocr.tsv import around

HEAD = ("محكمة", "النقض")
BODY = ("في", "الطعن", "المقيد", "برقم", "٩٩٠٠١")


def line(words: tuple[str, ...], top: int) -> Line:
    """Words of 100 px with gaps of 20, from the right."""
    made = tuple(
        Word(text, Box(880 - 120 * n, top, 100, 40), 0.5, "rtl") for n, text in enumerate(words)
    )
    return Line(made, around([word.box for word in made]), "rtl")


PAGE = PageText(1000, 600, 200, (line(HEAD, 100), line(BODY, 200)), "reader 1", "ara")


def at(row: int, first: int, last: int | None = None) -> Anchor:
    words = PAGE.lines[row].words[first : last or first + 1]
    text = " ".join(word.text for word in words)
    return Anchor(around([word.box for word in words]), text, row, first)


def texts(page: PageText | None) -> list[str]:
    assert page is not None
    return [row.text for row in page.lines]


def test_a_word_is_corrected_where_it_stands() -> None:
    after = correction.rewritten(PAGE, at(1, 3), "رقم")
    assert texts(after) == ["محكمة النقض", "في الطعن المقيد رقم ٩٩٠٠١"]
    assert after is not None
    word = after.lines[1].words[3]
    assert (word.confidence, word.review, word.box) == (1.0, "checked", at(1, 3).box)
    assert after.lines[1].words[2] == PAGE.lines[1].words[2]


def test_a_word_becomes_two_that_share_its_place_from_the_right() -> None:
    after = correction.rewritten(PAGE, at(1, 1), "ال طعن")
    assert after is not None
    first, second = after.lines[1].words[1:3]
    assert (first.text, second.text) == ("ال", "طعن")
    assert first.box.x == second.box.x + second.box.width
    assert around([first.box, second.box]) == at(1, 1).box
    assert (first.box.width, second.box.width) == (40, 60)


def test_a_line_is_tied_to_its_boxes_again() -> None:
    whole = at(1, 0, 5)
    after = correction.rewritten(PAGE, whole, "وفي الطعن المقيد بجدول المحكمة برقم ٩٩٠٠١ لسنة ٩٣")
    assert after is not None
    boxes = {word.text: word.box for word in after.lines[1].words}
    assert boxes["الطعن"] == at(1, 1).box
    assert boxes["وفي"] == at(1, 0).box
    shared = [boxes[text] for text in ("المقيد", "بجدول", "المحكمة")]
    assert around(shared) == at(1, 2).box
    assert around([boxes[text] for text in ("٩٩٠٠١", "لسنة", "٩٣")]) == at(1, 4).box
    assert [word.direction for word in after.lines[1].words[-3:]] == ["ltr", "rtl", "ltr"]


def test_words_may_begin_before_the_first_and_go_away() -> None:
    after = correction.rewritten(PAGE, at(1, 0, 5), "حيث إنه في الطعن برقم ٩٩٠٠١")
    assert texts(after)[1] == "حيث إنه في الطعن برقم ٩٩٠٠١"
    gone = correction.rewritten(PAGE, at(0, 0, 2), "")
    assert texts(gone) == [PAGE.lines[1].text]
    assert gone is not None
    assert correction.rewritten(gone, at(0, 0, 2), "") == gone


def test_an_illegible_word_keeps_its_reading_as_a_guess() -> None:
    after = correction.illegible(PAGE, at(1, 4))
    assert after is not None
    word = after.lines[1].words[4]
    assert (word.text, word.review, word.confidence) == ("٩٩٠٠١", "illegible", 0.0)


def test_another_reading_of_the_page_takes_the_same_correction() -> None:
    """Boxes a little off, the word broken in two, a line more above."""
    shifted = [
        replace(word, box=Box(word.box.x + 6, word.box.y - 3, word.box.width - 4, 44))
        for word in PAGE.lines[1].words
    ]
    two = [
        Word("٩٩٠", Box(452, 197, 50, 44), 0.3, "ltr"),
        Word("١", Box(405, 197, 40, 44), 0.3, "ltr"),
    ]
    other = replace(
        PAGE,
        lines=(
            line(("سطر",), 20),
            PAGE.lines[0],
            replace(PAGE.lines[1], words=(*shifted[:4], *two)),
        ),
    )
    after = correction.rewritten(other, at(1, 4), "٩٩٠٠١")
    assert texts(after)[2] == PAGE.lines[1].text


def test_what_stands_elsewhere_is_left_alone() -> None:
    moved = replace(PAGE, lines=(line(BODY, 400),))
    assert correction.rewritten(moved, at(1, 3), "رقم") is None
    assert correction.illegible(moved, at(0, 0)) is None


def test_words_with_the_same_box_are_told_apart_by_their_text() -> None:
    """As Tesseract gives them now and then."""
    one_box = Box(100, 300, 500, 40)
    same = tuple(Word(text, one_box, 0.5, "rtl") for text in ("في", "يوم", "في"))
    page = replace(PAGE, lines=(Line(same, one_box, "rtl"),))
    for word, wanted in ((0, "X يوم في"), (1, "في X في"), (2, "في يوم X")):
        where = Anchor(one_box, same[word].text, 0, word)
        assert texts(correction.rewritten(page, where, "X")) == [wanted]


def test_a_part_read_again_stays_in_its_line_or_brings_its_own() -> None:
    part = Box(390, 190, 240, 60)  # the last two words of the body
    latin = Line((Word("No.", Box(520, 200, 90, 40), 0.9, "ltr"),), Box(520, 200, 90, 40), "ltr")
    assert correction.inside(PAGE, part)[0] == 1
    assert texts(correction.read_again(PAGE, part, [latin]))[1] == "في الطعن المقيد No."
    whole = Box(0, 180, 1000, 80)
    assert texts(correction.read_again(PAGE, whole, [latin, latin])) == [
        "محكمة النقض", "No.", "No.",
    ]  # fmt: skip
    between = Box(0, 145, 1000, 40)
    assert texts(correction.read_again(PAGE, between, [latin]))[1] == "No."


word = st.sampled_from(BODY) | st.text("ابتثجح٠١٢", min_size=1, max_size=5)
words = st.lists(word, min_size=1, max_size=9)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=9), st.sampled_from(["rtl", "ltr"]))
def test_a_split_fills_its_box(lengths: list[int], of: str) -> None:
    box = Box(50, 10, 300, 20)
    cut = correction.split(box, lengths, of)  # type: ignore[arg-type]
    assert around(cut) == box
    assert sum(part.width for part in cut) == box.width
    assert [part.x for part in cut] == sorted((p.x for p in cut), reverse=of == "rtl")


@given(words)
def test_a_corrected_line_says_what_was_typed_inside_its_old_place(typed: list[str]) -> None:
    after = correction.rewritten(PAGE, at(1, 0, 5), " ".join(typed))
    assert after is not None
    assert [word.text for word in after.lines[1].words] == typed
    inside = around([word.box for word in after.lines[1].words])
    assert around([inside, at(1, 0, 5).box]) == at(1, 0, 5).box
    again = correction.rewritten(after, replace(at(1, 0, 5), box=inside), " ".join(typed))
    assert texts(again) == texts(after)


@pytest.mark.parametrize("width", [1, 2, 5])
def test_a_box_narrower_than_its_words_still_gives_each_a_box(width: int) -> None:
    cut = correction.split(Box(10, 10, width, 20), [3, 3, 3, 3], "rtl")
    assert len(cut) == 4
    assert all(part.width >= 1 and 10 <= part.x <= 10 + width for part in cut)

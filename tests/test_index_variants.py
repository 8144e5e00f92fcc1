"""How a misread word is found by the word that was written, and a real one left alone."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysed
from index.arabic import rasm, terms
from index.match import Match
from index.page import IndexedPage
from index.query import parse
from index.tantivy_engine import TantivyEngine
from index.variants import (
    digit_apart,
    edited,
    likely_numbers,
    near_numbers,
    redotted,
    variant_terms,
    variants,
)
from index.word import is_unknown, name_of, run_together, word_of

_PAGES = {
    1: "أقيمت الدعوى بطلب التعويض عن الاضرار",
    2: "أقيمت الدعوى بطلب التعوبص عن الاضرار",  # two dots
    3: "أقيمت الدعوى بطلب بالتعويضات عن الاضرار",
    4: "أقيمت الدعوى بطلب التعو يض عن الاضرار",  # split
    5: "أقيمت الدعوى بطلبالتعويض عن الاضرار",  # run together
    6: "أقيمت الدعوى بطلب التعمويض عن الاضرار",  # a letter more
    7: "قال الراوي حكى الناس",
    8: "قال القاضي حكم المحكمة",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    made = TantivyEngine.create(Path(tmp_path_factory.mktemp("index")) / "index")
    made.add(IndexedPage(page, page, text) for page, text in _PAGES.items())
    made.add([IndexedPage(9, 9, "ورقة", parties=("محمود حسن السنوسى", "ليلي غنيم"))])
    made.commit()
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            "التعويض",
            {
                1: Match.EXACT,
                2: Match.SHAPE,
                3: Match.STEM,
                4: Match.SHAPE,
                5: Match.SHAPE,
                6: Match.SHAPE,
            },
        ),
        ("حكم", {8: Match.EXACT}),
        ("حكى", {7: Match.EXACT}),
        ("خصم:(محمود حسن السنوسي)", {9: Match.EXACT}),
        ("خصم:(محمود حسين السبوسي)", {9: Match.SHAPE}),
        ("خصم:(محمود حسن الجندي)", {9: Match.MOST}),
        ("الدعوى عن المحكمة", {}),  # a particle does not count: all but one of two is one
        ("الدعوى بطلب المحكمة", {**dict.fromkeys(range(1, 7), Match.MOST)}),
    ],
)
def test_what_is_found_and_why(engine: TantivyEngine, query: str, found: dict[int, Match]) -> None:
    hits = engine.search(parse(query)).hits
    assert {hit.page_id: hit.why[-1] for hit in hits} == found


def test_exact_finds_no_misreading(engine: TantivyEngine) -> None:
    assert [hit.page_id for hit in engine.search(parse("التعويض"), exact=True).hits] == [1]


def test_what_is_refused_is_refused_as_it_stands_only(engine: TantivyEngine) -> None:
    hits = engine.search(parse("الدعوى -التعويض")).hits
    assert {hit.page_id for hit in hits} == {2, 4, 5, 6}


@pytest.mark.parametrize(
    ("word", "unknown"),
    [("المحكمة", False), ("التعوبص", True), ("والمتعاقدين", False), ("123", False), ("abc", True)],
)
def test_unknown_words(word: str, unknown: bool) -> None:
    assert is_unknown(terms(word)[0]) is unknown


def test_known_words_have_no_variants() -> None:
    assert list(variants([*map(word_of, terms("حكمت المحكمة بقبول الطعن شكلا"))])) == []


def test_variants_stand_for_their_words() -> None:
    found = list(variants([*map(word_of, ["بطلب", "التعو", "يض"])]))
    assert ("+النعوٮص".replace("ن", "ٮ"), 1, 3) in found
    assert all(0 <= first < end <= 3 for _, first, end in found)


@given(st.lists(st.text("حكمتبنيء1", min_size=1, max_size=8), max_size=6))
def test_neighbours_run_together_have_their_shape(written: list[str]) -> None:
    found = {(term, at) for term, at, end in variants([*map(name_of, written)]) if end - at == 2}
    pairs = [(at, one + other) for at, (one, other) in enumerate(pairwise(written))]
    assert found == {
        ("+" + rasm(both), at) for at, both in pairs if both.isalpha() and len(both) <= 14
    }
    each = {term for term, _, _ in variants([*map(name_of, written)])}
    assert set(variant_terms([*map(name_of, written)]).split()) == each


def test_words_run_together() -> None:
    assert run_together(terms("بطلبالتعويض")[0]) == ("بطلب", "التعويض")
    assert run_together("ظظغغ") == ()


def test_a_letter_apart() -> None:
    near = set(edited("حكم"))
    assert {"حكمت", "كم", "حلم", "حمك"} <= near
    assert "حكم" not in near
    assert set(redotted("حق")) == {"جق", "خق", "حف"}


@pytest.mark.parametrize(
    ("read", "asked"),
    [("1532/90", "15321/90"), ("12345/6", "12345/56"), ("12/56", "13/56"), ("112/56", "12/56")],
)
def test_a_digit_apart(read: str, asked: str) -> None:
    assert set(near_numbers([read])) & set(digit_apart(asked))
    assert not set(near_numbers([read])) & set(digit_apart("77/33"))


def test_a_number_whose_words_are_misread_is_likely() -> None:
    assert list(likely_numbers("الطعن رقم ٢٠١٨٢ لرة ٢٣ ف")) == ["20182/23"]


def test_no_term_holds_a_space() -> None:
    page = IndexedPage(1, 2, _PAGES[2], ("12/56",), parties=("علي حسن",), lot="دفعة 7")
    found = analysed(page).terms
    assert found["lot"] == "دفعه_7"
    assert set(found["near_number"].split()) == {"12/56", "-2/56", "-1/56", "-12/6", "-12/5"}
    assert "!التعوبص" in found["variant"].split()

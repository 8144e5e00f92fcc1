"""Folding with its offsets, stems and shapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.arabic import fold, fold_text, light_stem, rasm, terms, tokens
from index.arabic_fold import fold_letter

_LETTERS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.sampled_from("\u200e\u200f\u202b\u2067\u00ad أإآٱلله/ 0123٤٥۶\n"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("إأآٱا", "ااااا"),
        ("مُحَكَّمَةٌ", "محكمه"),
        ("محكمــة النقــض", "محكمه النقض"),
        ("علي على", "علي علي"),
        ("مسئول مسؤول", "مسيول مسوول"),
        ("ﻻ ﷲ ﻣﺤﻜﻤﺔ", "لا الله محكمه"),
        ("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "0123456789 0123456789"),
        ("\u200f٩٣\u200e", "93"),
        ("کتاب یوم", "كتاب يوم"),
        ("Été Mixte", "ete mixte"),
        ("ا\u0654", "ا"),
        ("بﹰت", "بت"),
    ],
)
def test_spellings_of_one_word_fold_to_one(written: str, folded: str) -> None:
    assert fold_text(written) == folded


@given(_LETTERS)
def test_fold_maps_every_letter_back(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    for index, letter in enumerate(folded.text):
        start, end = folded.origin(index, index + 1)
        assert letter in fold_text(text[start:end])


@given(_LETTERS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_text(text)
    assert fold_text(once) == once


@given(_LETTERS)
def test_tokens_stand_where_they_say(text: str) -> None:
    found = tokens(text)
    assert [token.term for token in found] == terms(text)
    for token in found:
        assert token.term in fold_text(text[token.start : token.end])
        assert not any(letter.isspace() for letter in token.term)


@given(st.text(st.sampled_from("أإآةىئمحكنقضء ًِّـ،؛.«»(٣7a_…—\u200f\n"), max_size=60))
def test_usual_text_is_folded_like_any_other(text: str) -> None:
    assert fold_text(text) == "".join(map(fold_letter, text))
    assert terms(text) == [token.term for token in tokens(text)]


def test_marks_belong_to_their_word() -> None:
    text = "طُعن «بالنَّقضِ»"
    assert [text[token.start : token.end] for token in tokens(text)] == ["طُعن", "بالنَّقضِ"]


@pytest.mark.parametrize(
    ("word", "stem"),
    [  # words and stems of Lucene's TestArabicStemFilter
        ("الحسن", "حسن"),
        ("والحسن", "حسن"),
        ("بالحسن", "حسن"),
        ("كالحسن", "حسن"),
        ("فالحسن", "حسن"),
        ("للاخر", "اخر"),
        ("وحسن", "حسن"),
        ("زوجها", "زوج"),
        ("ساهدان", "ساهد"),
        ("ساهدات", "ساهد"),
        ("ساهدون", "ساهد"),
        ("ساهدين", "ساهد"),
        ("ساهديه", "ساهد"),
        ("ساهدية", "ساهد"),
        ("ساهده", "ساهد"),
        ("ساهدة", "ساهد"),
        ("ساهدي", "ساهد"),
        ("وساهدون", "ساهد"),
        ("ساهدهات", "ساهد"),
        ("الو", "الو"),
        ("English", "English"),
    ],
)
def test_light_stem_is_lucenes(word: str, stem: str) -> None:
    assert light_stem(word) == stem


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("حكم", "خكم", True),
        ("تعويض", "ٮعوٮض", True),
        ("نقض", "بقص", True),
        ("حق", "حف", False),
        ("بين", "بيت", False),
        ("1234", "1235", False),
    ],
)
def test_rasm_forgets_dots_only(one: str, other: str, same: bool) -> None:
    assert (rasm(one) == rasm(other)) is same

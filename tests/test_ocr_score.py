"""Scores against figures worked out by hand, and edits against the plain algorithm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.score import edits, fold, pooled, score


def slow_edits(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


@given(st.text("ابجد1", max_size=90), st.text("ابجد1", max_size=90))
def test_edits(one: str, other: str) -> None:
    assert edits(one, other) == slow_edits(one, other)


def test_folding() -> None:
    assert fold("\u200fمُحَمَّــد  ١٩٩٨\n") == "محمد 1998"
    assert fold("کلی ۱۲") == "كلي 12"


def test_a_reversed_number_is_a_lost_number() -> None:
    found = score("سنة 8991 في 56", "سنة ١٩٩٨ في ٥٦")
    assert (found.numbers_found, found.numbers) == (1, 2)
    assert found.char_errors == 2


def test_punctuation_is_no_word() -> None:
    assert score("قال : نعم", "قال: نعم.").word_errors == 0


def test_edits_are_pooled() -> None:
    whole = pooled([("ab", "abcd"), ("xxxxxx", "xxxxxx")])
    assert whole.cer == pytest.approx(0.2)

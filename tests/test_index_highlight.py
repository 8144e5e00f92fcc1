"""Which words a query meant, on the page and in a snippet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.highlight import match_spans, matching_words, snippet
from index.query import parse
from index.tree import Word

_TEXT = "في الطعن رقم ٩٩٠٠١ لسنة ٩٣ ق أقيم الطَّعن عن التعويضات وعقد التوريد"
_WORDS = _TEXT.split()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("99001/93", [3, 4, 5]),
        ("الطعن رقم ٩٩٠٠١ لسنة ٩٣", [3, 4, 5]),
        ("99002/93", []),
        ("الطعن", [1, 8]),
        ("تعويض", [10]),
        ("تعويض توريد", [10, 12]),
        ('"عن التعويضات"', [9, 10]),
        ('"التعويضات عن"', []),
        ("التعوي*", [10]),
        ("الثوريد", [12]),
        ("التورد", []),  # a word of its own
        ("التوريد -الطعن", [12]),
        ("kind:judgment", []),
        ("توريد في", [12]),  # a lone particle tells nothing
        ("في الطعن", [0, 1, 8]),
        ("في", [0]),
    ],
)
def test_words_to_box(query: str, words: list[int]) -> None:
    assert list(matching_words(_WORDS, parse(query))) == words


def test_exact_marks_only_the_word_as_typed() -> None:
    assert matching_words(_WORDS, parse("تعويض"), exact=True) == ()
    assert matching_words(_WORDS, parse("الطعن"), exact=True) == (1, 8)


def test_a_number_that_is_one_word_of_a_list() -> None:
    words = ["الطعنان", "رقما", "12", "و13", "لسنة", "50", "ق"]
    assert matching_words(words, parse("12/50")) == (2,)
    assert matching_words(words, parse("13/50")) == (3, 4, 5)


def test_snippet_holds_most_matches() -> None:
    text = "عقد " + "كلام " * 100 + "\nفسخ عقد البيع " + "كلام " * 100
    piece = snippet(text, parse("فسخ عقد"), width=60)
    assert [piece.text[a:b] for a, b in piece.spans] == ["فسخ", "عقد"]
    assert "\n" not in piece.text
    assert text[piece.start :].replace("\n", " ").startswith(piece.text)
    assert len(piece.text) <= 60


def test_snippet_without_a_match_is_the_beginning() -> None:
    piece = snippet("أول الصفحة ثم بقية", parse("غيره"), width=12)
    assert (piece.text, piece.spans, piece.start) == ("أول الصفحة", (), 0)


@given(st.text(st.sampled_from("عقد بيع طعنٌ\n"), max_size=120), st.integers(8, 60))
def test_snippet_spans_are_matches(text: str, width: int) -> None:
    piece = snippet(text, Word("عقد"), width)
    for start, end in piece.spans:
        assert (piece.start + start, piece.start + end) in match_spans(text, Word("عقد"))

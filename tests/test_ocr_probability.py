"""The lexicon, what speaks for a word, and the probability that comes of it."""

import json
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.settings import resource
from index import arabic_lexicon as lexicon
from index import arabic_table as table
from index.arabic import fold_text
from index.arabic_lexicon import Lexicon, letters
from index.arabic_table import TableUnreadable
from ocr.doubt import is_doubtful, sureness
from ocr.page import Box, Line, PageText, Review, Word
from ocr.probability import evidence, judge
from ocr.probability.evidence import NAMES
from ocr.probability.judge import CurvesUnreadable, Judge
from ocr.probability.measure import calibration_error, caught

FOLDER = resource("lexicon")
ARABIC = st.text(st.characters(min_codepoint=0x0621, max_codepoint=0x0652), max_size=12)
MILLION_BYTES = 1_000_000


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return lexicon.read(FOLDER)


@pytest.fixture(scope="module")
def of() -> Judge:
    return judge.read(FOLDER)


def page(*lines: list[tuple[str, float]], language: str = "ara") -> PageText:
    box = Box(0, 0, 40, 12)
    made = (Line(tuple(Word(t, box, c, "rtl") for t, c in line), box, "rtl") for line in lines)
    return PageText(200, 300, 200, tuple(made), "a reader", language)


def chances(of: Judge, text: PageText) -> list[float]:
    found = [word.probability for word in of.judged(text).words]
    return [chance for chance in found if chance is not None]


# --- the tables ---------------------------------------------------------------------------------


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 255)))
def test_a_table_gives_back_its_numbers(
    tmp_path_factory: pytest.TempPathFactory, numbers: dict[str, int]
) -> None:
    path = tmp_path_factory.mktemp("table") / "t.bin"
    path.write_bytes(table.pack(numbers))
    made = table.read(path)
    assert all(made.number(word) >= number for word, number in numbers.items())


def test_a_word_never_put_in_has_no_number(tmp_path: Path) -> None:
    (tmp_path / "t.bin").write_bytes(table.pack({"حكم": 3, "طعن": 5}))
    made = table.read(tmp_path / "t.bin")
    assert [made.number(word) for word in ("حكم", "طعن", "نقض", "")] == [3, 5, 0, 0]


@pytest.mark.parametrize("data", [b"", b"words 1\nabc", b"words 2\n", table.pack({"a": 1})[:-1]])
def test_other_bytes_are_no_table(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "t.bin").write_bytes(data)
    with pytest.raises(TableUnreadable):
        table.read(tmp_path / "t.bin")


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match=r"stems\.bin"):
        lexicon.read(tmp_path)


def test_the_lexicon_is_small_and_quick() -> None:
    assert sum((FOLDER / name).stat().st_size for name in judge.FILES) < 2 * MILLION_BYTES
    times = []
    for _ in range(3):
        begun = time.process_time()
        judge.read(FOLDER)
        times.append(time.process_time() - begun)
    assert min(times) < 0.05


# --- words --------------------------------------------------------------------------------------


@given(ARABIC)
def test_words_fold_as_the_index_folds_them(word: str) -> None:
    assert letters(word) == "".join(re.findall("[\u0621-\u064a]", fold_text(word)))


@pytest.mark.parametrize(
    "word",
    ["المحكمة", "وبالمحكمة", "بصحيفتهم", "فقالوا", "سيحكمون", "للطاعن", "نقضت", "قضائية", "في"],
)
def test_words_with_attached_letters_are_known(known: Lexicon, word: str) -> None:
    assert known.standing(letters(word)).known


@pytest.mark.parametrize("word", ["كثيدة", "التاحمة", "ةالمحك", "ظظغغ"])
def test_misread_words_are_not_known(known: Lexicon, word: str) -> None:
    assert not known.standing(letters(word)).known


def test_common_words_stand_above_rare_ones(known: Lexicon) -> None:
    often, seldom, never = (known.standing(letters(w)) for w in ("من", "المنقول", "ظظغغ"))
    assert often.frequency > seldom.frequency > never.frequency == 0


# --- evidence and probability -------------------------------------------------------------------


def test_every_word_has_a_figure_for_every_name(known: Lexicon) -> None:
    text = page([("محكمة", 0.9), ("12/4", 0.8)], [("-", 0.0), ("abc", 1.0)])
    figures = evidence.of_page(text, known)
    assert [len(each) for each in figures] == [len(NAMES)] * 4
    digits = [each[NAMES.index("digits")] for each in figures]
    assert digits == [0, 1, 0, 0]
    assert [each[NAMES.index("latin")] for each in figures] == [0, 0, 0, 1]


def test_a_word_of_the_language_is_likelier_than_one_that_is_none(of: Judge) -> None:
    good, bad = chances(of, page([("المحكمة", 0.85), ("المحكنة", 0.85)]))
    assert good > bad


def test_what_the_reader_doubts_is_less_likely(of: Judge) -> None:
    sure, unsure = chances(of, page([("المحكمة", 0.93), ("المحكمة", 0.4)]))
    assert sure > 0.9 > unsure


def test_an_unsure_page_makes_its_words_less_likely(of: Judge) -> None:
    (first, *_) = chances(of, page([("الطعن", 0.8), ("رقم", 0.95), ("لسنة", 0.95)]))
    (other, *_) = chances(of, page([("الطعن", 0.8), ("رقم", 0.3), ("لسنة", 0.3)]))
    assert first > other


@given(st.lists(st.lists(st.tuples(ARABIC, st.floats(0, 1)), min_size=1, max_size=4), max_size=3))
def test_only_the_probability_is_added(lines: list[list[tuple[str, float]]]) -> None:
    text = page(*lines)
    found = judge.read(FOLDER).judged(text)
    assert found.text == text.text
    assert [word.confidence for word in found.words] == [word.confidence for word in text.words]
    for word in found.words:
        assert word.probability is not None
        assert 0.01 <= word.probability <= 0.99


def test_other_languages_are_judged_without_the_arabic_lexicon(of: Judge) -> None:
    lexical = [of.other[NAMES.index(name)] for name in evidence.LEXICAL]
    assert lexical == [0.0] * len(lexical)
    sure, unsure = chances(of, page([("Cour", 0.93), ("mixle", 0.3)], language="fra"))
    assert sure > unsure


@pytest.mark.parametrize("text", ["", "{}", '{"curves": {"arabic": {}, "other": {}}}'])
def test_curves_for_other_evidence_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / judge.CURVES).write_text(text)
    with pytest.raises(CurvesUnreadable):
        judge.read(tmp_path)


def test_the_shipped_curves_say_what_they_were_fitted_to() -> None:
    fitted = json.loads((FOLDER / judge.CURVES).read_text())["fitted"]
    assert fitted["caught_percent"] > fitted["caught_by_confidence_percent"]
    assert fitted["words"] > 10_000


# --- measures -----------------------------------------------------------------------------------


def test_the_share_caught_is_that_of_the_least_sure() -> None:
    sureness = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    right = [False, True, True, True, True, False, True, True, True, False]
    assert caught(sureness, right) == pytest.approx(1 / 3)
    assert caught(sureness, right, reviewed=0.6) == pytest.approx(2 / 3)


def test_words_of_equal_sureness_count_by_their_share() -> None:
    assert caught([0.5] * 10, [False, *[True] * 9]) == pytest.approx(0.2)
    assert caught([0.5] * 10, [True] * 10) == 1


def test_promises_are_held_against_what_was_kept() -> None:
    right = [True] * 9 + [False]
    assert calibration_error([0.9] * 10, right) == pytest.approx(0.0)
    assert calibration_error([0.4] * 10, right) == pytest.approx(0.5)


# --- which words somebody should look at --------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "probability", "review", "doubtful"),
    [
        (0.95, 0.5, "", True),
        (0.3, 0.95, "", False),
        (0.3, None, "", True),
        (0.7, None, "", False),
        (0.3, 0.2, "checked", False),
        (0.0, 0.2, "illegible", False),
    ],
)
def test_words_are_doubted_by_their_probability(
    confidence: float, probability: float | None, review: Review, doubtful: bool
) -> None:
    word = Word("الطعن", Box(0, 0, 9, 9), confidence, "rtl", review, probability)
    assert is_doubtful(word) is doubtful


def test_the_sureness_shown_is_the_probability_where_there_is_one() -> None:
    word = Word("الطعن", Box(0, 0, 9, 9), 0.95, "rtl")
    assert sureness(word) == 0.95
    assert sureness(replace(word, probability=0.4)) == 0.4

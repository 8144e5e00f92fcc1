"""Labels, tables, pages and curves: from a known truth to a judge."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from archiver.settings import resource
from index import arabic_lexicon as lexicon
from index import arabic_table as table
from index.arabic_lexicon import NOUN, PARTICLE, VERB
from ocr import alto
from ocr.page import Box, Line, PageText, Word
from ocr.probability import judge
from ocr.probability.training import fit, tables
from ocr.probability.training.__main__ import main
from ocr.probability.training.labels import right_words
from ocr.probability.training.pages import LINES, sheets
from ocr.training import vocabulary

BOX = Box(0, 0, 40, 12)
TEXTS = ["حكمت المحكمة بقبول الطعن شكلا وفي الموضوع برفضه", "والزمت الطاعن المصروفات"]


def page(*words: str, confidence: float = 0.9) -> PageText:
    line = Line(tuple(Word(word, BOX, confidence, "rtl") for word in words), BOX, "rtl")
    return PageText(200, 300, 200, (line,), "a reader", "ara")


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("حكمت المحكمة برفضه", [True, True, True]),
        ("حكمت المحكنة برفضه", [True, False, True]),
        ("حكمت المح كمة برفضه", [True, False, False, True]),
        ("حكمتالمحكمة برفضه", [False, True]),
        ("حكمت ، المحكمة برفضه", [True, None, True, True]),
        ("حُكِمت المحكمــة، (برفضه)", [True, True, True]),
        ("برفضه حكمت المحكمة", [False, True, True]),
        ("شيء حكمت المحكمة برفضه", [False, True, True, True]),
    ],
)
def test_words_are_right_where_they_stand(read: str, right: list[bool | None]) -> None:
    assert list(right_words(page(*read.split()), "حكمت المحكمة برفضه")) == right


def test_numbers_are_right_in_either_digits() -> None:
    assert right_words(page("رقم", "٩٩٠٠١", "١٢/٤/٢٠٢٣"), "رقم 99001 12/4/2023") == (True,) * 3
    assert right_words(page("رقم", "٩٩٠١"), "رقم 99001") == (True, False)


def test_a_hunspell_dictionary_becomes_stems_of_three_kinds(tmp_path: Path) -> None:
    (tmp_path / "ar.aff").write_text("FLAG long\nAF 2\nAF PaPbCx # 1\nAF ADACAB # 2\n", "utf-8")
    (tmp_path / "ar.dic").write_text("3\nيحكم/1\tpo:verb\nمحكمة/2\nإلى\n", "utf-8")
    found = tables.kinds(tmp_path, ["الهيئة العامة للسلع"])
    assert found["يحكم"] == VERB
    assert found["محكمه"] == NOUN
    assert found["الي"] == PARTICLE
    assert found["الهييه"] == NOUN


def test_spellings_of_a_word_share_its_frequency() -> None:
    found = tables.bands({"إلى": 1e-3, "الى": 1e-3, "نادر": 1e-8, "abc": 0.1})
    assert set(found) == {"الي"}
    assert found["الي"] == 1 + round(20 * np.log10(2e-3 * 1e9))


def test_a_rendered_page_is_the_same_again_and_holds_its_lines() -> None:
    made = sheets(vocabulary.from_texts(TEXTS), TEXTS, [resource("fonts")], 5)
    one, same, other = made.page(3), made.page(3), made.page(4)
    assert np.array_equal(one.image, same.image)
    assert one.lines == same.lines != other.lines
    assert len(one.lines) == LINES
    assert one.image.std() > 1


def test_a_curve_finds_the_odds_that_made_the_examples() -> None:
    dice = np.random.default_rng(1)
    figures = np.column_stack([np.ones(4000), dice.normal(0, 2, 4000), dice.normal(5, 1, 4000)])
    promised = 1 / (1 + np.exp(-(1.0 + 0.8 * figures[:, 1] - 0.3 * figures[:, 2])))
    found = fit.curve(figures, dice.random(4000) < promised)
    assert found == pytest.approx((1.0, 0.8, -0.3), abs=0.4)


def test_readings_in_a_folder_become_a_judge(tmp_path: Path) -> None:
    readings, into = tmp_path / "readings", tmp_path / "lexicon"
    readings.mkdir()
    into.mkdir()
    for name in (lexicon.STEMS, lexicon.FREQUENCIES):
        shutil.copy(resource("lexicon") / name, into / name)
    chance = np.random.default_rng(2)
    for number in range(20):
        words = [word for text in TEXTS for word in text.split()]
        wrong = chance.random(len(words)) < 0.2
        read = [
            Word(word[1:] if bad else word, BOX, 0.4 if bad else 0.9, "rtl")
            for word, bad in zip(words, wrong, strict=True)
        ]
        text = PageText(200, 300, 200, (Line(tuple(read), BOX, "rtl"),), "a reader", "ara")
        (readings / f"{number:02}.xml").write_bytes(alto.write(text, image_name="page"))
        (readings / f"{number:02}.txt").write_text("\n".join(TEXTS), "utf-8")
    main(["fit", str(readings), "--into", str(into)])
    figures = json.loads((into / judge.CURVES).read_text())["fitted"]
    assert figures["pages"] == 20
    assert figures["caught_percent"] > 90
    found = judge.read(into).judged(page("حكمت", "المحكمة", confidence=0.9))
    assert all(word.probability and word.probability > 0.9 for word in found.words)


def test_a_page_mostly_lost_teaches_nothing() -> None:
    known = lexicon.Lexicon(table.table([], b""), table.table([], b""))
    lost = (page("غير", "هذا", "كله"), "حكمت المحكمة برفضه")
    assert fit.examples([lost], known).right == ()

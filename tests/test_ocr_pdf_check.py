"""The check finds what a text layer loses, and faults of the extractors have names."""

import io
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ocr import textlayer
from ocr.errors import EngineFailed, EngineMissing, EngineTimeout
from ocr.page import Box, Line, PageText, Word
from ocr.pdf import PdfPage, write_pdf
from ocr.pdf_check import PageCheck, changed_numbers, check_pages, extracted
from ocr.score import edits, fewest_edits_within

WORDS = ("في", "الطعن", "رقم", "٩٩٠٠١", "لسنة", "٩٣", "جلسة", "17/10/2024")


def text_of(*words: str) -> PageText:
    right, made = 1500, []
    for word in words:
        width = 25 * len(word)
        direction = "ltr" if word[0].isdigit() else "rtl"
        made.append(Word(word, Box(right - width, 100, width, 60), 0.9, direction))  # type: ignore[arg-type]
        right -= width + 20
    line = Line(tuple(made), Box(right, 100, 1500 - right, 60), "rtl")
    return PageText(1654, 2339, 200, (line,) if words else (), "hand", "ara")


def bound(tmp_path: Path, *texts: PageText | None) -> Path:
    file = io.BytesIO()
    Image.new("L", (165, 234), 255).save(file, "JPEG")
    out = tmp_path / "out.pdf"
    pages = [PdfPage(file.getvalue(), 1654, 2339, 0, 200, text) for text in texts]
    write_pdf(pages, out, title="t", language="ar")
    return out


def failed(pdf: Path, *texts: PageText | None) -> list[PageCheck]:
    return [check for check in check_pages(pdf, texts) if not check.is_faithful]


def test_a_faithful_pdf_passes(tmp_path: Path) -> None:
    text = text_of(*WORDS)
    assert failed(bound(tmp_path, text, None, text), text, None, text) == []


@pytest.mark.parametrize(
    ("word", "instead"), [("٩٩٠٠١", "١٠٠٩٩"), ("17/10/2024", "2024/10/17"), ("٩٣", "")]
)
def test_a_number_that_changes_is_found(tmp_path: Path, word: str, instead: str) -> None:
    truth = text_of(*WORDS)
    written = text_of(*(w for w in (instead if w == word else w for w in WORDS) if w))
    found = failed(bound(tmp_path, truth, written), truth, truth)
    folded = word.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
    assert {(c.page, c.extractor, c.numbers) for c in found} == {
        (2, "poppler", (folded,)),
        (2, "pdfium", (folded,)),
    }


def test_letters_that_are_lost_are_counted(tmp_path: Path) -> None:
    truth = text_of(*WORDS)
    found = failed(bound(tmp_path, text_of(*WORDS[1:])), truth)
    assert {(check.lost, check.numbers) for check in found} == {(3, ())}  # في and its space


def test_a_page_without_its_layer_fails(tmp_path: Path) -> None:
    truth = text_of(*WORDS)
    for check in failed(bound(tmp_path, None), truth):
        assert check.lost == check.letters


def test_a_page_too_few_or_too_many_fails(tmp_path: Path) -> None:
    text = text_of(*WORDS)
    pdf = bound(tmp_path, text, text)
    for texts in ([text], [text] * 3):
        with pytest.raises(EngineFailed, match="pages"):
            list(check_pages(pdf, texts))


@pytest.mark.parametrize(
    ("line", "found", "changed"),
    [
        ("سنة 1998", "سنة 1998", ()),
        ("سنة 1998", "سنة 8991", ("1998",)),
        ("بتاريخ 12 / 4 / 2023", "بتاريخ 12/4/2023", ()),
        ("بتاريخ 12 / 4 / 2023", "بتاريخ 2023 / 4 / 12", ("12/4/2023",)),
        ("ص 45 - 47", "ص 47 - 45", ("45-47",)),
        ("رقم 1 9 3 5", "رقم 5 3 9 1", ("1 9", "9 3", "3 5")),
        ("انتهى 1961", "انتهى 1961 - 2 الباب", ()),
        ("12 12", "12", ("12",)),
        ("2/ 1", "5- 2/ 1", ()),
    ],
)
def test_which_numbers_changed(line: str, found: str, changed: tuple[str, ...]) -> None:
    assert changed_numbers([line], found) == changed


def test_lines_may_come_in_another_order() -> None:
    assert changed_numbers(["صفحة 12", "سنة 1998"], "سنة 1998 صفحة 12") == ()


def test_the_nearest_stretch_is_found() -> None:
    assert fewest_edits_within("abcd", "xxabcdyy") == 0
    assert fewest_edits_within("abcd", "xxabdyy") == 1
    assert fewest_edits_within("abcd", "") == edits("abcd", "") == 4
    assert fewest_edits_within("", "xyz") == 0


def piled(lines: int) -> PageText:
    """A page whose lines all claim one place."""
    line = text_of("حكم", "محكمة", "النقض", "برقم", "٩٩٠٠١").lines[0]
    return replace(text_of(), lines=(line,) * lines)


def test_plain_lines_save_a_page_whose_places_defeat_an_extractor(tmp_path: Path) -> None:
    text = piled(20)
    assert failed(bound(tmp_path, text), text) != []
    plain = textlayer.plain(text)
    assert plain.text == text.text
    assert failed(bound(tmp_path, plain), text) == []


@pytest.mark.parametrize(
    "words",
    [
        ("قضت", "Cour", "de", "cassation", "بتاريخ", "12", "mars", "1936"),
        ("باب",),
        ("الأرقام", "12", "34", "56", "و", "١٢", "٣٤"),
        ("(١)", "مُحَمَّدٌ", ":", "نعم", "؟"),
    ],
    ids=" ".join,
)
def test_plain_lines_come_out_as_they_went_in(tmp_path: Path, words: tuple[str, ...]) -> None:
    made = text_of(*words)
    line = replace(
        made.lines[0],
        words=tuple(
            replace(w, direction="ltr") if w.text.isascii() else w for w in made.lines[0].words
        ),
    )
    arabic = text_of("وحيث", "إن", "الوقائع", "تتحصل", "في", "أن", "المطعون", "ضدها").lines[0]
    text = textlayer.plain(replace(made, lines=(arabic, line, arabic, arabic)))
    assert failed(bound(tmp_path, text), text) == []


# --- faults of the extractors ---------------------------------------------------------------------


def pdftotext(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Another program in the place of poppler's."""
    program = tmp_path / "bin" / "pdftotext"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)


def test_an_extractor_that_crashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = bound(tmp_path, None)
    pdftotext(tmp_path, monkeypatch, "echo broken >&2; kill -SEGV $$")
    with pytest.raises(EngineFailed, match="-11"):
        extracted(pdf, "poppler")


def test_an_extractor_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = bound(tmp_path, None)
    pdftotext(tmp_path, monkeypatch, "exec sleep 60")
    with pytest.raises(EngineTimeout, match="poppler"):
        extracted(pdf, "poppler", timeout_s=0.5)


def test_an_extractor_that_prints_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of(*WORDS)
    pdf = bound(tmp_path, text)
    pdftotext(tmp_path, monkeypatch, r"printf '\377\376\f'")
    assert [check.extractor for check in failed(pdf, text)] == ["poppler"]


def test_an_extractor_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = bound(tmp_path, None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineMissing, match="pdftotext"):
        extracted(pdf, "poppler")


def test_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "no.pdf"
    path.write_bytes(b"no PDF")
    with pytest.raises(EngineFailed):
        extracted(path, "pdfium")

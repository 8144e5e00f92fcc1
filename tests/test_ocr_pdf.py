"""The PDF gives back the picture bit for bit and the words in logical order."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from ocr.errors import OcrError
from ocr.imaging.orientation import Turn
from ocr.page import Box, Line, PageText, Word
from ocr.pdf import PdfPage, write_pdf
from ocr.pdf_check import check_pages, extracted
from ocr.reading import read_page
from ocr.recipe import PRINT
from ocr.score import fold
from ocr.tesseract import Tesseract, TesseractSettings
from tests.ocr_pages import DPI, LINES, TESSDATA, page

HEIGHT = 60


def line(*words: str, top: int = 100, gap: int = 20) -> Line:
    """Words set from the right edge of an A4 page at 200 dpi leftwards, 25 pixels a letter."""
    right, made = 1500, []
    for text in words:
        width = 25 * len(text)
        direction = "rtl" if any("\u0621" <= letter <= "\u064a" for letter in text) else "ltr"
        made.append(Word(text, Box(right - width, top, width, HEIGHT), 0.9, direction))  # type: ignore[arg-type]
        right -= width + gap
    return Line(tuple(made), Box(right, top, 1500 - right, HEIGHT), "rtl")


def text_of(*lines: Line) -> PageText:
    return PageText(1654, 2339, DPI, lines, "hand", "ara")


def jpeg(mode: str = "L", size_px: tuple[int, int] = (1654, 2339)) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size_px, 0).save(file, "JPEG")
    return file.getvalue()


def poppler_text(pdf: Path) -> str:
    return "\n".join(extracted(pdf, "poppler"))


def pdfium_text(pdf: Path) -> str:
    return "\n".join(extracted(pdf, "pdfium"))


def bound(tmp_path: Path, *texts: PageText | None) -> Path:
    out = tmp_path / "out.pdf"
    pages = [PdfPage(jpeg(), 1654, 2339, 0, DPI, text) for text in texts]
    write_pdf(pages, out, title="ملف الطعن", language="ar")
    return out


SENTENCES = [
    ("في", "الطعن", "رقم", "٩٩٠٠١", "لسنة", "٩٣", "ق"),
    ("جلسة", "١٧/١٠/٢٠٢٤", "الموافق", "17/10/2024", "م"),
    ("سنة", "1998"),
    ("المادة", "(254)", "من", "القانون،", "(أ)", "و[٣]", "«نص»"),
    ("الأرقام", "12", "34", "56", "و", "١٢", "٣٤"),
    ("بتاريخ", "١٢", "/", "٤", "/", "٢٠٢٣", "أودعت"),
    ("السيد", "/", "أمجد", "-", "المحامي."),
    ("مبلغ", "1,250.75", "جنيه", "بنسبة", "٥٠٪"),
    ("(١)", "مُحَمَّدٌ", ":", "نعم", "؟"),
    ("1998",),
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=" ".join)
def test_a_line_comes_out_as_it_went_in(tmp_path: Path, sentence: tuple[str, ...]) -> None:
    pdf = bound(tmp_path, text_of(line(*sentence)))
    assert fold(poppler_text(pdf)) == fold(" ".join(sentence))
    assert fold(pdfium_text(pdf)) == fold(" ".join(sentence))


def test_columns_of_a_table_stay_in_order(tmp_path: Path) -> None:
    rows = [
        line("المبلغ", f"{year}", "جنيه", top=top, gap=200)
        for year, top in ((1998, 300), (2024, 420))
    ]
    pdf = bound(tmp_path, text_of(*rows))
    assert fold(poppler_text(pdf)) == fold(pdfium_text(pdf)) == "المبلغ 1998 جنيه المبلغ 2024 جنيه"


def test_boxes_that_overlap_do_not_join_words(tmp_path: Path) -> None:
    pdf = bound(tmp_path, text_of(line("حكم", "محكمة", "الاستئناف", "في", "الدعوى", gap=-8)))
    for text in (poppler_text(pdf), pdfium_text(pdf)):
        assert fold(text) == "حكم محكمة الاستئناف في الدعوى"


@pytest.mark.parametrize(
    "words",
    [
        ("قضت", "Cour", "de", "cassation", "بتاريخ", "في", "مصر"),
        ("بتاريخ", "12", "mars", "1936", "في", "مصر"),
        ("قانون", "Art.", "5", "(bis),", "no.", "12", "من", "القانون"),
        ("رقم", "1", "9", "3", "5", "من"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("printed", ["as read", "in the order of the line"])
def test_phrases_of_the_other_script_in_an_arabic_line(
    tmp_path: Path, words: tuple[str, ...], printed: str
) -> None:
    plain = line("وحيث", "إن", "الوقائع", "تتحصل", "في", "أن", "المطعون", "ضدها", top=300)
    mixed = line(*words)
    if printed == "as read":  # the phrase stands from left to right on the paper
        inner = [n for n, word in enumerate(mixed.words) if word.direction == "ltr"]
        turned = list(mixed.words)
        for number, other in zip(inner, reversed(inner), strict=True):
            turned[number] = replace(mixed.words[number], box=mixed.words[other].box)
        mixed = replace(mixed, words=tuple(turned))
    pdf = bound(tmp_path, text_of(mixed, plain))
    assert fold(mixed.text) in fold(poppler_text(pdf))
    assert fold(mixed.text) in fold(pdfium_text(pdf))


@pytest.mark.parametrize(
    "words",
    [
        ("le", "mot", "قضت", "المحكمة", "في", "est"),
        ("du", "12", "mars", "١٩٣٦", "قضت", "المحكمة", "(1936)"),
        ("(no", "12)", "قضت", "(bis),", "x"),
    ],
    ids=" ".join,
)
def test_arabic_words_in_a_french_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    def french(*words: str, top: int) -> Line:
        right = line(*words, top=top)
        boxes = sorted((word.box for word in right.words), key=lambda box: box.x)
        made = (replace(w, box=box) for w, box in zip(right.words, boxes, strict=True))
        return replace(right, words=tuple(made), direction="ltr")

    mixed = french(*words, top=300)
    whole = french("Attendu", "que", "la", "demande", "est", "recevable", top=100)
    pdf = bound(tmp_path, text_of(whole, mixed))
    assert fold(mixed.text) in fold(poppler_text(pdf))
    assert fold(mixed.text) in fold(pdfium_text(pdf))


ARABIC_LINE = line("وحيث", "إن", "الوقائع", "تتحصل", "في", "أن", "المطعون", "ضدها", top=300)
FRENCH_LINE = line("Attendu", "que", "la", "demande", "est", "recevable", "forme", top=300)


def as_ltr(made: Line) -> Line:
    boxes = sorted((word.box for word in made.words), key=lambda box: box.x)
    words = (replace(word, box=box) for word, box in zip(made.words, boxes, strict=True))
    return replace(made, words=tuple(words), direction="ltr")


@pytest.mark.parametrize(
    ("made", "others"),
    [
        (as_ltr(line("[1]", "Cass.", "civ.", "12", "mars", "1936", "(Bull.", "254)")), ARABIC_LINE),
        (as_ltr(line("Cour", "de", "cassation,", "النقض", "no.", "12", "!")), ARABIC_LINE),
        (line("الطعن", "رقم", "12", "لسنة", "93", "(ق)"), as_ltr(FRENCH_LINE)),
        (line("قضت", "Cour", "de", "cassation", "في", "مصر"), as_ltr(FRENCH_LINE)),
    ],
    ids=lambda made: made.text,
)
def test_a_line_on_a_page_of_the_other_direction(tmp_path: Path, made: Line, others: Line) -> None:
    lower = replace(
        others,
        words=tuple(replace(w, box=replace(w.box, y=500)) for w in others.words),
    )
    pdf = bound(tmp_path, text_of(made, others, lower))
    assert fold(made.text) in fold(poppler_text(pdf))
    assert fold(made.text) in fold(pdfium_text(pdf))


def test_a_torn_line_read_twice(tmp_path: Path) -> None:
    torn = line("حكم", "محكمة", "الاستئناف", "في", "الدعوى")
    debris = line("م", "محكة", "الا", "ى", top=113, gap=60)
    pdf = bound(tmp_path, text_of(torn, debris))
    for text in (poppler_text(pdf), pdfium_text(pdf)):
        assert fold(text) == fold(f"{torn.text} {debris.text}")


def test_boxes_that_contradict_the_order_of_words(tmp_path: Path) -> None:
    sentence = line("فلوس", "فى", "ظرف", ".")
    first, second, third, last = sentence.words
    wide = replace(third, box=replace(third.box, width=third.box.width + 200))
    pdf = bound(tmp_path, text_of(replace(sentence, words=(first, second, wide, last))))
    for text in (poppler_text(pdf), pdfium_text(pdf)):
        assert fold(text) == "فلوس فى ظرف ."


def test_french_lines(tmp_path: Path) -> None:
    words = [
        Word(t, Box(100 + 170 * n, 100, 150, 50), 0.9, "ltr")
        for n, t in enumerate(("Tribunal", "d'Alexandrie,", "1936", "(no", "12)"))
    ]
    text = PageText(
        1654, 2339, DPI, (Line(tuple(words), Box(100, 100, 850, 50), "ltr"),), "hand", "fra"
    )
    pdf = bound(tmp_path, text)
    assert (
        fold(poppler_text(pdf)) == fold(pdfium_text(pdf)) == "Tribunal d'Alexandrie, 1936 (no 12)"
    )


def test_a_page_that_was_read(tmp_path: Path) -> None:
    engine = Tesseract(TesseractSettings(TESSDATA))
    text = read_page(page(LINES * 1), DPI, "ara", engine, PRINT).text
    out = tmp_path / "read.pdf"
    picture = jpeg("L", (1640, 1100))
    write_pdf([PdfPage(picture, 1640, 1100, 0, DPI, text)] * 2, out, title="t", language="ar")
    checks = list(check_pages(out, [text, text]))
    assert [(c.page, c.extractor) for c in checks] == [
        (1, "poppler"), (1, "pdfium"), (2, "poppler"), (2, "pdfium")
    ]  # fmt: skip
    assert all(check.is_faithful and check.letters > 200 for check in checks)


@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_the_picture_is_whole_and_upright(tmp_path: Path, turn_deg: Turn) -> None:
    upright = Image.fromarray(page()).resize((820, 550))
    delivered = upright.rotate(turn_deg, expand=True)
    file = io.BytesIO()
    delivered.save(file, "JPEG", quality=90)
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(file.getvalue())
    out = tmp_path / "out.pdf"
    write_pdf([PdfPage(scan, *delivered.size, turn_deg, 100, None)], out, title="t", language="ar")
    with pikepdf.open(out) as pdf:
        image = pdf.pages[0].Resources.XObject.P
        assert image.read_raw_bytes() == file.getvalue()
        assert "/Rotate" not in pdf.pages[0].obj
    shown = rendered(out, 100)[:550, :820]
    assert np.abs(shown.astype(int) - np.asarray(upright)).mean() < 6


def rendered(pdf: Path, dpi: int) -> np.ndarray:
    with pypdfium2.PdfDocument(pdf) as document:
        return np.asarray(document[0].render(scale=dpi / 72).to_pil().convert("L"))


def test_the_words_are_invisible(tmp_path: Path) -> None:
    assert rendered(bound(tmp_path, text_of(line(*SENTENCES[0]))), 50).max() < 10


def test_a_hit_is_marked_where_the_word_is(tmp_path: Path) -> None:
    sentence = line(*SENTENCES[0], top=700)
    pdf = bound(tmp_path, text_of(sentence))
    word = sentence.words[3]
    with pypdfium2.PdfDocument(pdf) as document:
        text_page = document[0].get_textpage()
        place, count = text_page.search(word.text).get_next()
        assert text_page.count_rects(place, count) == 1
        left, bottom, right, top = text_page.get_rect(0)
        text_page.close()
    to_px = DPI / 72
    assert left * to_px == pytest.approx(word.box.x, abs=4)
    assert right * to_px == pytest.approx(word.box.x + word.box.width, abs=4)
    assert 2339 - top * to_px == pytest.approx(word.box.y, abs=4)
    assert 2339 - bottom * to_px == pytest.approx(word.box.y + HEIGHT, abs=4)


def test_title_language_and_archival_claims(tmp_path: Path) -> None:
    with pikepdf.open(bound(tmp_path, text_of(line("نص")))) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        assert str(pdf.docinfo.Title) == "ملف الطعن"
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3


def test_equal_pages_give_equal_bytes(tmp_path: Path) -> None:
    first = bound(tmp_path, text_of(line("نص"))).read_bytes()
    assert bound(tmp_path, text_of(line("نص"))).read_bytes() == first


def test_a_picture_that_is_none_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"before")
    with pytest.raises(OcrError):
        write_pdf([PdfPage(b"no jpeg", 10, 10, 0, 72, None)], out, title="t", language="ar")
    assert out.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [out]

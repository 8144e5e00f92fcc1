"""Export, and the gate that every PDF has to pass before it is sealed or leaves."""

import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from archiver.errors import ArchiverError, PagesUnread, ToolMissing
from archiver.model.casefile import CaseState
from archiver.model.identity import CaseKey
from archiver.workflow import queries
from archiver.workflow.checking import check
from archiver.workflow.correcting import NoSuchPage
from archiver.workflow.exporting import FileThere, NeverExported, UnknownExport, export
from archiver.workflow.importing import import_files
from archiver.workflow.sealing import seal
from archiver.workflow.searchable import (
    NoReasonGiven,
    PageInPlainLines,
    PageWithoutWords,
    PdfChangesNumbers,
    PdfLosesText,
    PdfUncheckable,
    Waiver,
    searchable_pdf,
)
from archiver.workflow.station import Station
from ocr import alto, textlayer
from ocr.page import Line, PageText, Word
from ocr.pdf_check import check_pages
from tests.command_line import answer, archiver
from tests.papers import CASE, CHECKER, JUDGMENT, OPERATOR, drawn, finish

SLUG = "civil-99001-93"


def case_id(station: Station) -> int:
    return queries.find_case(station, CASE).id


def exported(station: Station, form: str, folder: Path) -> list[Path]:
    changed, _ = finish(export(station, OPERATOR, case_id(station), form=form, folder=folder))
    assert sorted(folder.iterdir()) == sorted(Path(str(f)) for f in changed.facts["files"])  # type: ignore[attr-defined]
    return sorted(folder.iterdir())


def texts(station: Station) -> list[PageText | None]:
    view = queries.case_view(station, case_id(station))
    return [queries.page_text(station, page) for page in view.pages]


def test_the_pdf_gives_back_its_text(read_station: Station, tmp_path: Path) -> None:
    (pdf,) = exported(read_station, "pdf", tmp_path / "out")
    assert pdf.name == f"{SLUG}.pdf"
    assert all(check.is_faithful for check in check_pages(pdf, texts(read_station)))


def test_plain_text_and_hocr_hold_every_word(read_station: Station, tmp_path: Path) -> None:
    (plain,) = exported(read_station, "txt", tmp_path / "txt")
    (hocr,) = exported(read_station, "hocr", tmp_path / "hocr")
    read = [text for text in texts(read_station) if text is not None]
    assert plain.read_text("utf-8") == "".join(f"{text.text}\n\f" for text in read)
    words = [w.text for w in etree.parse(hocr).iterfind(".//{*}span[@class='ocrx_word']")]
    assert words == [word.text for text in read for word in text.words]


def test_alto_is_the_record_itself(read_station: Station, tmp_path: Path) -> None:
    first, second = exported(read_station, "alto", tmp_path / "out")
    assert [first.name, second.name] == [f"{SLUG}-0001.alto.xml", f"{SLUG}-0002.alto.xml"]
    assert [alto.read(path.read_bytes()) for path in (first, second)] == texts(read_station)


def test_who_exported_what_is_on_record(read_station: Station, tmp_path: Path) -> None:
    exported(read_station, "txt", tmp_path / "out")
    event = queries.case_view(read_station, case_id(read_station)).events[-1]
    assert (event.verb, event.person, event.role) == ("export", OPERATOR.person, OPERATOR.role)
    detail = json.loads(event.detail)
    assert detail == {
        "format": "txt", "files": [f"{SLUG}.txt"], "folder": str(tmp_path / "out")
    }  # fmt: skip


def refused(
    station: Station, folder: Path, kind: type[ArchiverError], form: str = "txt"
) -> ArchiverError:
    """Nothing is written and nothing recorded."""
    before = sorted(folder.iterdir()) if folder.exists() else []
    events = len(queries.case_view(station, case_id(station)).events)
    with pytest.raises(kind) as caught:
        finish(export(station, OPERATOR, case_id(station), form=form, folder=folder))
    assert (sorted(folder.iterdir()) if folder.exists() else []) == before
    assert len(queries.case_view(station, case_id(station)).events) == events
    assert list(station.incoming.iterdir()) == []
    return caught.value


@pytest.mark.parametrize("form", ["pdf", "txt", "hocr", "alto"])
def test_deliberations_are_never_exported(read_station: Station, tmp_path: Path, form: str) -> None:
    with read_station.database.transaction() as connection:
        connection.execute("UPDATE case_file SET access = 'deliberation'")
    error = refused(read_station, tmp_path / "out", NeverExported, form)
    assert "never exported" in str(error)


def test_a_file_that_is_there_is_not_overwritten(read_station: Station, tmp_path: Path) -> None:
    (plain,) = exported(read_station, "txt", tmp_path / "out")
    plain.write_text("mine")
    refused(read_station, tmp_path / "out", FileThere)
    assert plain.read_text() == "mine"


def test_unread_pages_and_unknown_formats_are_refused(
    read_station: Station, tmp_path: Path
) -> None:
    refused(read_station, tmp_path / "out", UnknownExport, "docx")
    late = tmp_path / "late.png"
    drawn((*JUDGMENT, "ملحق")).save(late)
    finish(import_files(read_station, OPERATOR, [late], key=CaseKey.parse(CASE)))
    refused(read_station, tmp_path / "out", PagesUnread)


def test_black_and_white_masters_go_in_as_g4(station: Station, tmp_path: Path) -> None:
    scan = tmp_path / "black.tif"
    page = drawn(JUDGMENT).convert("1", dither=Image.Dither.NONE)
    page.save(scan, compression="group4", dpi=(105, 105))
    finish(import_files(station, OPERATOR, [scan], key=CaseKey.parse(CASE)))
    out = tmp_path / "out.pdf"
    list(searchable_pdf(station, queries.case_view(station, case_id(station)), out))
    with pikepdf.open(out) as pdf:
        image = pdf.pages[0].Resources.XObject.P
        assert isinstance(image, pikepdf.Stream)
        assert image.Filter == "/CCITTFaxDecode"
        assert pikepdf.PdfImage(image).as_pil_image().convert("1").tobytes() == page.tobytes()
        assert [float(side) for side in pdf.pages[0].MediaBox[2:]] == pytest.approx(
            [side * 72 / 105 for side in page.size], abs=0.01
        )


# --- the gate -------------------------------------------------------------------------------------


def accepted(station: Station) -> Station:
    finish(check(station, CHECKER, case_id(station), accept=True))
    return station


def not_sealed(station: Station, kind: type[ArchiverError]) -> ArchiverError:
    with pytest.raises(kind) as caught:
        finish(seal(station, OPERATOR, case_id(station)))
    view = queries.case_view(station, case_id(station))
    assert view.case.state is CaseState.ACCEPTED
    assert view.seals == ()
    assert list(station.sealed.iterdir()) == list(station.incoming.iterdir()) == []
    assert view.events[-1].verb == "accept"
    return caught.value


Layer = Callable[[Word, Line], str]


def faulty(monkeypatch: pytest.MonkeyPatch, fault: Callable[[str, Word], str]) -> None:
    """A layer that writes something else, however the page is laid out."""
    sound: Layer = textlayer.visual
    monkeypatch.setattr(textlayer, "visual", lambda word, line: fault(sound(word, line), word))


def test_a_pdf_that_reverses_numbers_is_not_sealed(
    read_station: Station, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    accepted(read_station)
    faulty(monkeypatch, lambda shown, word: shown[::-1] if word.text.isdigit() else shown)
    error = not_sealed(read_station, PdfChangesNumbers)
    assert error.facts["page"] == 1
    assert "99001" in str(error.facts["numbers"])
    assert "99001" in str(error)
    assert refused(read_station, tmp_path / "out", PdfChangesNumbers, "pdf").way_out()


def test_a_pdf_that_loses_letters_is_not_sealed(
    read_station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(read_station)
    faulty(monkeypatch, lambda shown, word: shown if word.text.isdigit() else shown[:-1] + "\u200f")
    error = not_sealed(read_station, PdfLosesText)
    assert type(error) is PdfLosesText
    assert float(error.facts["percent"]) > 2
    assert error.facts["extractor"] == "poppler"


def test_an_extractor_that_fails_stops_the_sealing(
    read_station: Station, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    accepted(read_station)
    program = tmp_path / "bin" / "pdftotext"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nkill -SEGV $$\n")
    program.chmod(0o755)
    with monkeypatch.context() as here:
        here.setenv("PATH", str(program.parent), prepend=os.pathsep)
        not_sealed(read_station, PdfUncheckable)
        here.setenv("PATH", str(tmp_path))
        not_sealed(read_station, ToolMissing)
    finish(seal(read_station, OPERATOR, case_id(read_station)))


def test_a_page_whose_places_defeat_an_extractor_is_sealed_in_plain_lines(
    read_station: Station,
) -> None:
    accepted(read_station)
    page = queries.case_view(read_station, case_id(read_station)).pages[1]
    text = queries.page_text(read_station, page)
    assert text is not None
    piled = replace(text, lines=text.lines[:1] * 20)
    key = read_station.blobs.put_bytes(alto.write(piled, image_name="x"))
    with read_station.database.transaction() as connection:
        connection.execute("UPDATE page SET alto = ? WHERE id = ?", (key, page.id))
        connection.execute(
            "INSERT INTO blob VALUES (?, ?, ?)",
            (key, read_station.blobs.path(key).stat().st_size, "application/alto+xml"),
        )
    _, notices = finish(seal(read_station, OPERATOR, case_id(read_station)))
    assert [(type(n.error), n.error.facts) for n in notices] == [(PageInPlainLines, {"page": 2})]


def test_a_page_that_no_layout_gives_back_leaves_with_a_reason_and_without_its_words(
    read_station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(read_station)
    id_ = case_id(read_station)
    faulty(monkeypatch, lambda shown, word: shown[::-1] if word.text.isdigit() else shown)
    wrong = frozenset({1})
    with pytest.raises(NoReasonGiven):
        finish(seal(read_station, OPERATOR, id_, waiver=Waiver(wrong, " ")))
    with pytest.raises(NoSuchPage):
        finish(seal(read_station, OPERATOR, id_, waiver=Waiver(frozenset({99}), "x")))
    every = frozenset(range(1, len(queries.case_view(read_station, id_).pages) + 1))
    changed, notices = finish(seal(read_station, OPERATOR, id_, waiver=Waiver(every, "a table")))
    left_out = [n.error for n in notices if isinstance(n.error, PageWithoutWords)]
    assert left_out
    assert {error.facts["reason"] for error in left_out} == {"a table"}
    events = [e for e in queries.case_view(read_station, id_).events if e.verb == "leave text out"]
    assert len(events) == len(left_out)
    assert "a table" in events[0].detail
    with zipfile.ZipFile(str(changed.facts["package"])) as package:
        (pdf_name,) = [name for name in package.namelist() if name.endswith(".pdf")]
        (premis,) = [name for name in package.namelist() if name.endswith("premis.xml")]
        assert "leave text out" in package.read(premis).decode()
        with pypdfium2.PdfDocument(package.read(pdf_name)) as pdf:
            number = int(left_out[0].facts["page"]) - 1
            assert pdf[number].get_textpage().get_text_range() == ""


# --- the command line -----------------------------------------------------------------------------


def test_the_verb_answers_in_json(read_archive: Path, tmp_path: Path) -> None:
    words = ("export", CASE, "--format", "hocr", "--out", tmp_path / "out", "--as", "mona")
    done = archiver(*words, "--archive", read_archive, "--json")
    assert done.returncode == 0, done.stderr
    told = answer(done)
    assert told["files"] == [str(tmp_path / "out" / f"{SLUG}.hocr")]
    assert (told["verb"], told["format"], told["by"], told["pages"]) == (
        "export",
        "hocr",
        "mona",
        2,
    )
    again = archiver(*words, "--archive", read_archive, "--json")
    assert again.returncode == 2
    assert answer(again)["error"]["code"] == "FileThere"

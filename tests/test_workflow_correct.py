"""Correct: revisions that nothing loses, and only what follows them is made anew."""

import errno
import json
import shutil
import zipfile
from pathlib import Path

import cv2
import pypdfium2
import pytest

from archiver import app
from archiver.errors import DiskFull, FolderNotEmpty
from archiver.model.casefile import CaseState, Page
from archiver.model.changes import Changed
from archiver.model.revision import RevisionKind
from archiver.store import audit, cases, pages, revisions
from archiver.workflow import correcting, queries, revising
from archiver.workflow.checking import check
from archiver.workflow.correcting import (
    CaseSealed,
    Edit,
    NoSuchPage,
    NoSuchWords,
    NothingTakenBack,
    NothingToUndo,
    NotOneLine,
    NotTheNewest,
    TextChanged,
    correct,
    history,
    redo,
    undo,
)
from archiver.workflow.processing import CorrectionsLoose, process
from archiver.workflow.rereading import NothingThere, PartTooSmall, reread_page, reread_part
from archiver.workflow.sealing import seal
from archiver.workflow.search import search
from archiver.workflow.station import Station
from archiver.workflow.training_lines import write_training_lines
from archiver.workflow.verifying import verify
from ocr import alto
from ocr.page import Box, PageText
from tests.papers import CASE, CHECKER, JUDGMENT, OPERATOR, finish

TEXT, ACCEPT, ILLEGIBLE = RevisionKind.TEXT, RevisionKind.ACCEPT, RevisionKind.ILLEGIBLE
RARE = "القسطنطينية"


def first(station: Station) -> Page:
    case = queries.find_case(station, CASE)
    return queries.case_view(station, case.id).pages[0]


def words(station: Station) -> PageText:
    read = queries.page_text(station, first(station))
    assert read is not None
    return read


def say(station: Station, *edits: Edit) -> Changed:
    return finish(correct(station, OPERATOR, first(station).id, edits))[0]


def text_of_pdf(package: Path) -> str:
    with zipfile.ZipFile(package) as zipped:
        name = next(name for name in zipped.namelist() if name.endswith(".pdf"))
        document = pypdfium2.PdfDocument(zipped.read(name))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def blobs_on_disk(station: Station) -> set[str]:
    return set(station.blobs.keys())


# --- one word, one line -------------------------------------------------------------------------


def test_a_word_is_corrected_recorded_and_found(read_station: Station) -> None:
    before, files = first(read_station), blobs_on_disk(read_station)
    old = words(read_station).lines[1].words[2]
    changed = say(read_station, Edit(TEXT, 2, 3, RARE, before=old.text))
    after = first(read_station)
    word = words(read_station).lines[1].words[2]
    assert (word.text, word.box, word.review, word.confidence) == (RARE, old.box, "checked", 1.0)
    assert after.text.splitlines()[1].split()[2] == RARE
    assert after.confidence > before.confidence - 1e-9
    assert [hit.page.id for hit in search(read_station, RARE).hits] == [after.id]
    assert search(read_station, RARE).hits[0].words == (len(JUDGMENT[0].split()) + 2,)
    assert changed.facts["revisions"][0]["before"] == old.text  # type: ignore[index]
    event = list(audit.events(read_station.database.connection, after.case_id))[-1]
    assert (event.verb, event.person, event.page_id) == ("correct", OPERATOR.person, after.id)
    assert json.loads(event.detail)["after"] == RARE
    assert before.alto in blobs_on_disk(read_station)  # what the reader found stays
    assert blobs_on_disk(read_station) - files == {after.alto}


def test_the_record_of_the_last_correction_replaces_the_one_before(read_station: Station) -> None:
    files = blobs_on_disk(read_station)
    stale = first(read_station)
    for text in ("أول", "ثان", "ثالث"):
        say(read_station, Edit(TEXT, 1, 1, text))
        assert blobs_on_disk(read_station) - files == {first(read_station).alto}
        read = queries.page_text(read_station, stale)  # a window that has not looked again
        assert read is not None
        stale = first(read_station)
    done = [step.name for step in alto.steps(read_station.blobs.path(stale.alto).read_bytes())]
    assert done[-1] == "correct"
    assert done.count("correct") == 1
    assert finish(verify(read_station))[0].facts["problems"] == []
    read_station.blobs.path(stale.alto).chmod(0o644)
    read_station.blobs.path(stale.alto).write_bytes(b"altered")
    assert finish(verify(read_station))[0].facts["problems"] == [stale.alto]


def test_a_line_is_replaced_and_its_words_keep_their_place(read_station: Station) -> None:
    line = words(read_station).lines[1]
    text = "وقد " + line.text.replace("علنية", "سرية جدا")
    say(read_station, Edit(TEXT, 2, None, text))
    after = words(read_station).lines[1]
    assert after.text == text
    assert after.words[-1].box == line.words[-1].box
    assert {word.review for word in after.words} == {"checked"}
    assert after.box == line.box


def test_several_edits_stand_or_fall_together(read_station: Station) -> None:
    before = first(read_station)
    with pytest.raises(NoSuchWords):
        say(read_station, Edit(TEXT, 1, 1, "أول"), Edit(TEXT, 1, 99, "لا"))
    assert first(read_station) == before
    say(read_station, Edit(TEXT, 1, 1, "كلمتان هنا"), Edit(ACCEPT, 1, 3), Edit(ILLEGIBLE, 2, 1))
    line = words(read_station).lines[0]
    assert line.text.startswith("كلمتان هنا ")
    assert line.words[2].review == "checked"
    assert words(read_station).lines[1].words[0].review == "illegible"
    assert len(history(read_station, first(read_station))) == 3


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (Edit(TEXT, 0, 1, "x"), NoSuchWords),
        (Edit(TEXT, 9, None, "x"), NoSuchWords),
        (Edit(ACCEPT, 1, 0), NoSuchWords),
        (Edit(TEXT, 1, 1, "a\nb"), NotOneLine),
        (Edit(TEXT, 1, 1, "a\x00"), NotOneLine),
        (Edit(TEXT, 1, 1, "x", before="ليست هنا"), TextChanged),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    read_station: Station, edit: Edit, error: type[Exception]
) -> None:
    before = first(read_station)
    with pytest.raises(error):
        say(read_station, edit)
    assert first(read_station) == before
    assert history(read_station, before) == ()


def test_typed_text_is_kept_plain(read_station: Station) -> None:
    say(read_station, Edit(TEXT, 1, 1, " \u200fأ\u200fو  ب "))
    assert words(read_station).lines[0].text.startswith("أو ب ")


# --- taking back --------------------------------------------------------------------------------


def test_undo_goes_back_step_by_step_and_forgets_nothing(read_station: Station) -> None:
    read = first(read_station)
    say(read_station, Edit(TEXT, 1, 1, "واحد اثنان"))
    say(read_station, Edit(TEXT, 1, 3, "ثالث"))
    middle = "واحد اثنان " + " ".join(read.text.splitlines()[0].split()[1:])
    finish(undo(read_station, OPERATOR, read.id))
    assert first(read_station).text.splitlines()[0] == middle
    finish(undo(read_station, CHECKER, read.id))
    assert first(read_station).text == read.text
    assert first(read_station).alto == read.alto
    with pytest.raises(NothingToUndo):
        finish(undo(read_station, OPERATOR, read.id))
    past = history(read_station, read)
    assert [p.undone for p in past] == [True, True, False, False]
    assert [p.revision.undoes for p in past] == [None, None, 2, 1]
    assert past[3].revision.person == CHECKER.person
    assert search(read_station, "ثالث").total == 0


def test_redo_makes_a_correction_again_as_a_row_of_its_own(read_station: Station) -> None:
    read = first(read_station)
    say(read_station, Edit(TEXT, 1, 1, RARE))
    once = first(read_station)
    say(read_station, Edit(ILLEGIBLE, 1, 2))
    twice = first(read_station)
    finish(undo(read_station, OPERATOR, read.id))
    finish(undo(read_station, OPERATOR, read.id))
    finish(redo(read_station, CHECKER, read.id))
    assert first(read_station).text == once.text
    assert search(read_station, RARE).total == 1
    finish(redo(read_station, CHECKER, read.id))
    assert first(read_station).text == twice.text
    with pytest.raises(NothingTakenBack):
        finish(redo(read_station, CHECKER, read.id))
    finish(undo(read_station, OPERATOR, read.id))  # and back once more
    assert first(read_station).text == once.text
    say(read_station, Edit(ACCEPT, 1, 3))
    with pytest.raises(NothingTakenBack):
        finish(redo(read_station, CHECKER, read.id))
    past = history(read_station, read)
    assert [p.undone for p in past] == [False, True, *[False] * 6]
    assert [n for n, p in enumerate(past) if p.again] == [4, 5]
    verbs = [event.verb for event in audit.events(read_station.database.connection)]
    assert verbs[-3:] == ["make again", "take back", "correct"]


def test_a_correction_and_its_event_stand_or_fall_together(
    read_station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when the revision and its event are written but not the words."""
    before, files = first(read_station), blobs_on_disk(read_station)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(revising, "settle", full)
        with pytest.raises(DiskFull):
            say(read_station, Edit(TEXT, 1, 1, RARE))
    assert first(read_station) == before
    assert history(read_station, before) == ()
    assert blobs_on_disk(read_station) == files
    assert audit.first_broken(read_station.database.connection) is None
    verbs = [event.verb for event in audit.events(read_station.database.connection)]
    assert "correct" not in verbs
    say(read_station, Edit(TEXT, 1, 1, RARE))
    assert RARE in first(read_station).text


# --- who may, and when --------------------------------------------------------------------------


def test_an_accepted_file_is_checked_again_and_a_sealed_one_refuses(read_station: Station) -> None:
    case = queries.find_case(read_station, CASE)
    finish(check(read_station, CHECKER, case.id, accept=True))
    assert say(read_station, Edit(TEXT, 1, 1, RARE)).facts["check_again"]
    assert queries.find_case(read_station, CASE).state is CaseState.OPEN
    finish(check(read_station, CHECKER, case.id, accept=True))
    sealed, _ = finish(seal(read_station, OPERATOR, case.id))
    assert RARE in text_of_pdf(Path(str(sealed.facts["package"])))
    before = first(read_station)
    for act in (
        correct(read_station, OPERATOR, before.id, [Edit(TEXT, 1, 1, "x")]),
        undo(read_station, OPERATOR, before.id),
        reread_page(read_station, OPERATOR, before.id, "fra"),
        reread_part(read_station, OPERATOR, before.id, "fra", Box(0, 0, 99, 99)),
    ):
        with pytest.raises(CaseSealed, match="sealed") as refused:
            finish(act)
        assert "new version" in refused.value.way_out()
    assert first(read_station) == before


# --- reading again ------------------------------------------------------------------------------


def forget_readings(station: Station) -> None:
    """As if a new model had come: every page waits, and nothing is known of it."""
    with station.database.transaction() as connection:
        connection.execute("DELETE FROM reading")
        connection.execute("UPDATE page SET state = 'waiting'")


def test_reading_again_loses_no_correction(read_station: Station) -> None:
    say(read_station, Edit(TEXT, 2, 3, RARE), Edit(ACCEPT, 1, 1), Edit(ILLEGIBLE, 1, 2))
    corrected = first(read_station)
    forget_readings(read_station)
    _, notices = finish(process(read_station, OPERATOR))
    after = first(read_station)
    assert notices == []
    assert (after.text, after.loose, after.alto) == (corrected.text, 0, corrected.alto)
    assert search(read_station, RARE).total == 1
    finish(undo(read_station, OPERATOR, after.id))
    assert words(read_station).lines[0].words[1].review == ""


def test_a_correction_without_a_place_is_kept_and_shown(read_station: Station) -> None:
    """The next reading finds the line elsewhere."""
    page = first(read_station)
    say(read_station, Edit(TEXT, 1, None, "سطر"), Edit(TEXT, 2, 3, RARE))
    found = pages.machine_reading(read_station.database.connection, page.id)
    assert found is not None
    text = alto.read(read_station.blobs.path(found.alto).read_bytes())
    (moved,) = [
        PageText(text.width_px, text.height_px, text.dpi, text.lines[1:], text.engine, "ara")
    ]
    record = alto.write(moved, image_name=page.master)
    values = {name: getattr(found, name) for name in type(found).__dataclass_fields__}
    values |= {"alto": read_station.blobs.put_bytes(record), "stage_key": "k" * 64}
    with read_station.database.transaction() as connection:
        settled = revising.keep(read_station, connection, page.id, type(found)(**values))
    revising.drop(read_station, settled)
    assert first(read_station).loose == settled.loose == 1
    assert RARE in first(read_station).text
    assert [p.loose for p in history(read_station, page)] == [True, False]
    assert "2" in str(CorrectionsLoose(count=2))
    with pytest.raises(NotTheNewest):
        finish(undo(read_station, OPERATOR, page.id, number=99))
    lost = history(read_station, page)[0].revision.id
    finish(undo(read_station, OPERATOR, page.id, number=lost))
    assert first(read_station).loose == 0
    assert RARE in first(read_station).text
    say(read_station, Edit(ACCEPT, 1, 1))
    with pytest.raises(NotTheNewest):
        finish(undo(read_station, OPERATOR, page.id, number=lost + 1))


def test_a_page_is_read_in_another_language_and_back(read_station: Station) -> None:
    page = first(read_station)
    say(read_station, Edit(TEXT, 1, None, JUDGMENT[0]))
    arabic = first(read_station)
    finish(reread_page(read_station, OPERATOR, page.id, "eng"))
    english = first(read_station)
    assert english.language == "eng"
    assert english.text != arabic.text
    changed, _ = finish(reread_page(read_station, OPERATOR, page.id, "ara"))
    assert (changed.verb, changed.facts["page"]) == ("reread", 1)
    assert first(read_station).text == arabic.text


def test_a_part_is_read_in_another_language_as_a_revision(read_station: Station) -> None:
    page, before = first(read_station), words(read_station)
    box = before.lines[1].box
    part = Box(box.x - 10, box.y - 10, box.width + 20, box.height + 20)
    changed, _ = finish(reread_part(read_station, OPERATOR, page.id, "eng", part))
    after = words(read_station)
    assert changed.facts["revisions"][0]["kind"] == "reread"  # type: ignore[index]
    assert after.lines[0] == before.lines[0]
    assert all(part.y - 5 <= word.box.y for word in after.words[len(before.lines[0].words) :])
    assert after.text != before.text
    forget_readings(read_station)
    finish(process(read_station, OPERATOR))
    assert words(read_station).text == after.text
    finish(undo(read_station, OPERATOR, page.id))
    assert words(read_station).text == before.text
    assert finish(verify(read_station))[0].facts["problems"] == []


def test_a_part_off_the_page_or_without_print_is_refused(read_station: Station) -> None:
    page = first(read_station)
    for part in (Box(0, 0, 4, 40), Box(600, 0, 400, 40), Box(-5, 0, 60, 60)):
        with pytest.raises(PartTooSmall):
            finish(reread_part(read_station, OPERATOR, page.id, "eng", part))
    with pytest.raises(NothingThere):
        finish(reread_part(read_station, OPERATOR, page.id, "eng", Box(10, 340, 300, 60)))
    assert history(read_station, page) == ()
    with pytest.raises(NoSuchPage):
        correcting.page_at(read_station, queries.find_case(read_station, CASE), 3)


# --- lessons ------------------------------------------------------------------------------------


def test_corrected_lines_become_crops_with_their_text(
    read_station: Station, tmp_path: Path
) -> None:
    say(
        read_station, Edit(TEXT, 1, None, JUDGMENT[0]), Edit(ILLEGIBLE, 2, 1), Edit(TEXT, 2, 2, "x")
    )
    changed, _ = finish(write_training_lines(read_station, OPERATOR, tmp_path / "lines"))
    (image,) = (tmp_path / "lines").glob("*.png")
    assert image.with_suffix(".txt").read_text("utf-8") == JUDGMENT[0] + "\n"
    pixels, box = cv2.imread(str(image), cv2.IMREAD_GRAYSCALE), words(read_station).lines[0].box
    assert pixels is not None
    assert pixels.min() < 60
    assert box.height <= pixels.shape[0] <= 1.3 * box.height
    assert box.width <= pixels.shape[1] <= box.width + box.height
    assert changed.facts["lines"] == 1
    with pytest.raises(FolderNotEmpty):
        finish(write_training_lines(read_station, OPERATOR, tmp_path / "lines"))
    again, _ = finish(write_training_lines(read_station, OPERATOR, tmp_path / "again"))
    assert {p.name for p in (tmp_path / "again").iterdir()} == {
        p.name for p in (tmp_path / "lines").iterdir()
    }
    assert again.facts["held_back"] == changed.facts["held_back"]


@pytest.mark.parametrize("access", ["deliberation", "sensitive", "state_secret", "embargo"])
def test_no_line_leaves_a_case_that_is_not_open(
    read_station: Station, tmp_path: Path, access: str
) -> None:
    say(read_station, Edit(TEXT, 1, None, JUDGMENT[0]))
    with read_station.database.transaction() as connection:
        connection.execute("UPDATE case_file SET access = ?", (access,))
    changed, _ = finish(write_training_lines(read_station, OPERATOR, tmp_path / "lines"))
    assert (changed.facts["lines"], changed.facts["pages_withheld"]) == (0, 1)
    assert list((tmp_path / "lines").iterdir()) == []


# --- kept for good ------------------------------------------------------------------------------


def test_corrections_survive_a_restart_and_the_loss_of_the_index(read_archive: Path) -> None:
    with app.open_station(read_archive) as station:
        say(station, Edit(TEXT, 2, 3, RARE))
    shutil.rmtree(read_archive / "index")
    with app.open_station(read_archive) as station:
        assert RARE in first(station).text
        finish(process(station, OPERATOR))
        assert search(station, RARE).total == 1
        known = revisions.revised_pages(station.database.connection)
        assert known == (first(station).id,)
        assert cases.by_id(station.database.connection, first(station).case_id) is not None

"""Process: read by the real Tesseract once, kept, indexed, found; and what goes wrong."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import (
    BadQuery,
    IndexBusyElsewhere,
    IndexLost,
    PageKillsWorker,
    PageUnreadable,
    ToolMissing,
    from_record,
)
from archiver.model.casefile import Page, PageState
from archiver.model.changes import Progress, Step
from archiver.model.identity import CaseKey
from archiver.store import pages
from archiver.store.pages import Reading
from archiver.workflow import queries
from archiver.workflow.importing import import_files
from archiver.workflow.processing import process
from archiver.workflow.search import search
from archiver.workflow.station import Readers, ReadingPlan, Station
from tests import faulty_readers
from tests.faulty_readers import BUG, KILLS, NO_TOOL, SMUDGED
from tests.papers import CASE, JUDGMENT, OPERATOR, RECEIPT, drawn, finish, save

WORDS = "جلسة علنية"


def found(station: Station, query: str) -> set[tuple[str, int]]:
    return {(hit.case.reference, hit.page.position) for hit in search(station, query).hits}


def pages_of(station: Station, case: str = CASE) -> tuple[Page, ...]:
    return queries.case_view(station, queries.find_case(station, case).id).pages


def with_faults(station: Station, tmp_path: Path, *dpis: int) -> list[Page]:
    """Waiting pages, each of which the faulty readers treat as its resolution says."""
    for number, dpi in enumerate(dpis):
        image = drawn((str(number),), (dpi * 4, dpi * 6))
        image.save(tmp_path / f"{number}.png", dpi=(dpi, dpi))
    files = [tmp_path / f"{number}.png" for number in range(len(dpis))]
    finish(import_files(station, OPERATOR, files, key=CaseKey.parse(CASE)))
    station.plan = ReadingPlan(2, lambda: faulty_readers.READERS)
    waiting = pages_of(station)
    assert [page.dpi for page in waiting] == list(dpis)
    return list(waiting)


# --- what was read ------------------------------------------------------------------------------


def test_pages_are_read_by_tesseract(read_station: Station) -> None:
    first, second = pages_of(read_station)
    assert first.state is second.state is PageState.READ
    assert "صدر هذا الحكم" in first.text
    assert "٩٩٠٠١" in first.text
    assert "99001" in second.text
    text = queries.page_text(read_station, first)
    assert text is not None
    assert text.text == first.text
    assert all(word.probability is not None for word in text.words)
    assert 0.5 < first.confidence <= 1


@pytest.mark.parametrize("number", ["99001/93", "٩٩٠٠١/٩٣", "٩٩٠٠١ لسنة ٩٣", "99001 لسنة 93 ق"])
def test_a_case_is_found_by_its_number_in_either_digits(read_station: Station, number: str) -> None:
    assert found(read_station, number) == {(CASE, 1), (CASE, 2)}


def test_a_page_is_found_by_its_words(read_station: Station) -> None:
    assert found(read_station, f'"{WORDS}"') == {(CASE, 1)}
    assert found(read_station, "الكفالة") == {(CASE, 2)}
    assert found(read_station, "غائب") == set()
    (hit,) = search(read_station, "الكفالة").hits
    assert "الكفالة" in [hit.page.text.split()[place] for place in hit.words]


@pytest.mark.parametrize("query", ['"محكمة', "(محكمة", "", "colour:red"])
def test_a_search_that_cannot_be_read_says_where(read_station: Station, query: str) -> None:
    with pytest.raises(BadQuery, match="place"):
        search(read_station, query)


def test_a_second_process_has_nothing_to_do(read_station: Station) -> None:
    changed, notices = finish(process(read_station, OPERATOR))
    assert (changed.facts["pages"], changed.facts["indexed"], notices) == (0, 0, [])


# --- the stage key ------------------------------------------------------------------------------


def no_readers() -> Readers:
    def read(_job: object) -> Reading:
        raise AssertionError("nothing had to be read")

    return Readers(read, faulty_readers.make_pool, version[0])


version: list[str] = []


def test_a_page_that_was_read_in_one_case_is_not_read_again_in_another(
    read_station: Station, read_once: Path
) -> None:
    version[:] = [read_station.plan.load().stage_version]
    read_station.plan = ReadingPlan(1, no_readers)
    scan = read_once.parent / "حكم.jpg"
    finish(import_files(read_station, OPERATOR, [scan], key=CaseKey.parse("99002/93")))
    changed, _ = finish(process(read_station, OPERATOR))
    assert (changed.facts["read"], changed.facts["indexed"]) == (1, 1)
    (page,) = pages_of(read_station, "99002/93")
    first = pages_of(read_station)[0]
    assert (page.text, page.alto) == (first.text, first.alto)
    assert found(read_station, f'"{WORDS}"') == {(CASE, 1), ("99002/93", 1)}


def test_another_version_of_the_stage_reads_the_page_anew(
    read_station: Station, read_once: Path
) -> None:
    read_station.plan = ReadingPlan(2, lambda: faulty_readers.READERS)
    scan = read_once.parent / "حكم.jpg"
    finish(import_files(read_station, OPERATOR, [scan], key=CaseKey.parse("99002/93")))
    finish(process(read_station, OPERATOR))
    (page,) = pages_of(read_station, "99002/93")
    assert page.text == "محكمة 105"


def test_the_same_page_twice_in_one_go_is_read_once(station: Station, tmp_path: Path) -> None:
    with_faults(station, tmp_path, 100)
    finish(import_files(station, OPERATOR, [tmp_path / "0.png"], key=CaseKey.parse("5/60")))
    calls: list[str] = []

    def pool() -> object:
        calls.append("pool")
        return faulty_readers.make_pool()

    readers = replace(faulty_readers.READERS, make_executor=pool)  # type: ignore[arg-type]
    station.plan = ReadingPlan(2, lambda: readers)
    changed, _ = finish(process(station, OPERATOR))
    assert (changed.facts["read"], calls) == (2, ["pool"])
    assert station.database.connection.execute("SELECT count(*) FROM reading").fetchone()[0] == 1
    assert pages_of(station)[0].text == pages_of(station, "5/60")[0].text != ""


# --- pages that cannot be read ------------------------------------------------------------------


def test_a_page_that_kills_its_reader_is_set_aside_and_the_rest_goes_on(
    station: Station, tmp_path: Path
) -> None:
    with_faults(station, tmp_path, 120, KILLS, 130, SMUDGED, 140)
    changed, notices = finish(process(station, OPERATOR))
    assert (changed.facts["read"], changed.facts["failed"]) == (3, 2)
    assert {type(notice.error) for notice in notices} == {PageKillsWorker, PageUnreadable}
    states = [page.state for page in pages_of(station)]
    assert [state is PageState.FAILED for state in states] == [False, True, False, True, False]
    assert pages_of(station)[1].error_code == "PageKillsWorker"
    assert found(station, "محكمة") == {(CASE, 1), (CASE, 3), (CASE, 5)}
    report = queries.status(station)
    assert (report.waiting, report.failed, report.unindexed) == (0, 2, 0)


def test_a_page_that_failed_is_tried_again_when_asked(station: Station, tmp_path: Path) -> None:
    with_faults(station, tmp_path, SMUDGED)
    finish(process(station, OPERATOR))
    assert finish(process(station, OPERATOR))[0].facts["pages"] == 0
    changed, _ = finish(process(station, OPERATOR, again=True))
    assert (changed.facts["pages"], changed.facts["failed"]) == (1, 1)
    (page,) = pages_of(station)
    error = from_record(page.error_code, {"detail": "smudged"})
    assert str(error) == str(PageUnreadable(detail="smudged"))


@pytest.mark.logs_errors
def test_a_bug_that_one_page_brings_to_light_stops_no_other(
    station: Station, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with_faults(station, tmp_path, 120, BUG, 130)
    changed, _ = finish(process(station, OPERATOR))
    assert (changed.facts["read"], changed.facts["failed"]) == (2, 1)
    assert "ZeroDivisionError" in caplog.text  # with its trace: somebody must mend it


def test_a_missing_tool_stops_the_work_and_blames_no_page(station: Station, tmp_path: Path) -> None:
    with_faults(station, tmp_path, NO_TOOL, NO_TOOL)
    with pytest.raises(ToolMissing):
        finish(process(station, OPERATOR))
    assert {page.state for page in pages_of(station)} == {PageState.WAITING}


def test_a_lost_master_is_told_with_its_page(station: Station, tmp_path: Path) -> None:
    finish(
        import_files(
            station, OPERATOR, [save(tmp_path / "a.jpg", JUDGMENT)], key=CaseKey.parse(CASE)
        )
    )
    (page,) = pages_of(station)
    station.blobs.path(page.master).unlink()
    _, notices = finish(process(station, OPERATOR))
    assert isinstance(notices[0].error, PageUnreadable)
    assert "a.jpg" in notices[0].subject


def test_cancel_finishes_the_pages_at_hand(station: Station, tmp_path: Path) -> None:
    with_faults(station, tmp_path, *range(200, 212))
    cancel = threading.Event()

    def cancelled() -> Iterator[Step]:
        for step in process(station, OPERATOR, cancel=cancel):
            if isinstance(step, Progress) and step.done == 1:
                cancel.set()
            yield step

    changed, _ = finish(cancelled())
    assert changed.facts["read"] in range(1, 5)
    report = queries.status(station)
    assert report.waiting == changed.facts["left"] == 12 - len(changed.pages)
    assert report.unindexed == 0
    finish(process(station, OPERATOR))
    assert queries.status(station).waiting == 0


# --- the index is disposable --------------------------------------------------------------------


def spoil(root: Path, how: str) -> None:
    (index,) = (root / "index").iterdir()
    if how == "deleted":
        shutil.rmtree(root / "index")
    elif how == "a file in its place":
        shutil.rmtree(root / "index")
        (root / "index").write_bytes(b"")
    elif how == "of another version":
        (index / "index.json").write_text('{"version": "older"}')
    elif how == "a file cut short":
        file = max(index.glob("*.term"))
        file.write_bytes(file.read_bytes()[:5])
    elif how == "a file gone":
        max(index.glob("*.pos")).unlink()
    elif how == "emptied":
        for file in index.iterdir():
            file.unlink()


@pytest.mark.parametrize(
    "how",
    [
        "deleted", "a file in its place", "of another version", "a file cut short",
        "a file gone", "emptied",
    ],
)  # fmt: skip
def test_a_lost_index_is_told_and_built_again(read_archive: Path, how: str) -> None:
    spoil(read_archive, how)
    with app.open_station(read_archive, write=False) as reader:
        with pytest.raises(IndexLost) as lost:
            search(reader, WORDS)
        assert "index rebuild" in lost.value.way_out()
    with app.open_station(read_archive) as station:
        changed, _ = finish(process(station, OPERATOR))
        assert changed.facts["indexed"] == 2
        assert found(station, f'"{WORDS}"') == {(CASE, 1)}
        assert found(station, CASE) == {(CASE, 1), (CASE, 2)}


def test_an_older_index_put_back_is_brought_up_to_date(read_archive: Path, tmp_path: Path) -> None:
    shutil.copytree(read_archive / "index", tmp_path / "backup")
    with app.open_station(read_archive) as station:
        file = save(tmp_path / "late.jpg", RECEIPT[:2])
        finish(import_files(station, OPERATOR, [file], key=CaseKey.parse("5/60")))
        finish(process(station, OPERATOR))
        assert ("5/60", 1) in found(station, "الكفالة")
    shutil.rmtree(read_archive / "index")
    shutil.copytree(tmp_path / "backup", read_archive / "index")
    with app.open_station(read_archive) as station:
        finish(process(station, OPERATOR))
        assert found(station, "الكفالة") == {(CASE, 2), ("5/60", 1)}


def test_pages_the_books_forgot_to_mark_are_indexed_once(read_station: Station) -> None:
    """As after a kill between the index's commit and the note of it."""
    with read_station.database.transaction() as connection:
        pages.mark_unindexed(connection, [1, 2])
    assert finish(process(read_station, OPERATOR))[0].facts["indexed"] == 2
    assert search(read_station, CASE).total == 2


def test_an_index_that_another_process_writes_is_no_damage(read_station: Station) -> None:
    other = read_station.engines.open("tantivy", read_station.index_folder(2))
    other.add([])
    with read_station.database.transaction() as connection:
        pages.mark_unindexed(connection, [1, 2])
    with pytest.raises(IndexBusyElsewhere):
        finish(process(read_station, OPERATOR))
    other.close()
    assert finish(process(read_station, OPERATOR))[0].facts["indexed"] == 2

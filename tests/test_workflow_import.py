"""Import: every good format, whole or not at all, each file once."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from archiver import app
from archiver.capture import snapshot
from archiver.errors import (
    AlreadyImported,
    FileMissing,
    HostileName,
    InputError,
    UnknownSeries,
    WrongState,
)
from archiver.model.actor import Actor
from archiver.model.casefile import CaseState, PageState
from archiver.model.changes import Changed, Notice
from archiver.model.identity import CaseKey
from archiver.store import audit
from archiver.workflow import importing, queries
from archiver.workflow.checking import check
from archiver.workflow.destination import UnknownKind, WhichCase
from archiver.workflow.importing import import_files
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from archiver.workflow.verifying import verify
from tests.papers import CASE, CHECKER, JUDGMENT, OPERATOR, RECEIPT, bind, finish, save, without

KEY = CaseKey.parse(CASE)


def take(station: Station, *files: Path, key: CaseKey = KEY) -> tuple[Changed, list[Notice]]:
    return finish(import_files(station, OPERATOR, files, key=key))


def view(station: Station, case: str = CASE) -> queries.CaseView:
    return queries.case_view(station, queries.find_case(station, case).id)


def nothing_taken(station: Station) -> bool:
    return not queries.list_cases(station) and not list(station.incoming.iterdir())


def test_every_format_comes_in_with_its_pages_in_order(station: Station, tmp_path: Path) -> None:
    files = [
        save(tmp_path / "غلاف.jpg", JUDGMENT),
        save(tmp_path / "b.png", RECEIPT),
        save(tmp_path / "c.jp2", JUDGMENT),
        bind(tmp_path / "d.tif", JUDGMENT, RECEIPT),
        bind(tmp_path / "e.pdf", RECEIPT, JUDGMENT),
    ]
    changed, notices = take(station, *files)
    assert notices == []
    found = view(station)
    assert changed.facts == {"case": CASE, "files": 5, "pages": 7, "refused": []}
    assert changed.pages == tuple(page.id for page in found.pages)
    assert [(p.position, p.source_name, p.source_page) for p in found.pages] == [
        (1, "غلاف.jpg", 1), (2, "b.png", 1), (3, "c.jp2", 1), (4, "d.tif", 1), (5, "d.tif", 2),
        (6, "e.pdf", 1), (7, "e.pdf", 2),
    ]  # fmt: skip
    assert [document.title for document in found.documents] == ["غلاف", "b", "c", "d", "e"]
    assert {page.state for page in found.pages} == {PageState.WAITING}
    assert list(station.incoming.iterdir()) == []


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.jp2"])
def test_the_master_is_the_file_bit_for_bit(station: Station, tmp_path: Path, name: str) -> None:
    path = save(tmp_path / name, JUDGMENT)
    take(station, path)
    (page,) = view(station).pages
    assert station.blobs.path(page.master).read_bytes() == path.read_bytes()
    assert (page.width_px, page.height_px) == (620, 440)
    for key in (page.master, page.access, page.thumbnail):
        assert station.blobs.is_sound(key)


def test_an_import_is_in_the_audit_log(station: Station, tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", JUDGMENT)
    take(station, path)
    event = view(station).events[-1]
    assert (event.person, event.role, event.station) == ("منى", "operator", "محطة ١")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert json.loads(event.detail) == {"masters": [digest], "name": "a.jpg", "sha256": digest}
    assert audit.first_broken(station.database.connection) is None


def test_the_same_bytes_are_taken_once_into_a_case_file(station: Station, tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", JUDGMENT)
    (tmp_path / "b.jpg").write_bytes(path.read_bytes())
    _, notices = take(station, path, tmp_path / "b.jpg", path)
    assert [type(notice.error) for notice in notices] == [AlreadyImported, AlreadyImported]
    assert "b.jpg" in str(notices[0].error)
    assert len(view(station).pages) == 1
    _, notices = take(station, path, key=CaseKey.parse("99002/93"))
    assert notices == []
    assert view(station, "99002/93").pages[0].master == view(station).pages[0].master


def test_a_heritage_item_is_known_by_its_reference(archive: Path, tmp_path: Path) -> None:
    without(archive, "target", "condition")
    path = save(tmp_path / "a.jpg", JUDGMENT)
    with app.open_station(archive) as station:
        steps = import_files(
            station, OPERATOR, [path], key=None, reference="H-7", profile="heritage_item"
        )
        finish(steps)
        case = queries.find_case(station, "H-7")
    assert (case.keys, case.reference, case.profile) == ((), "H-7", "heritage_item")


def test_series_count_their_own_numbers(station: Station, tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", JUDGMENT)
    take(station, path)
    take(station, path, key=CaseKey.parse(CASE, "criminal"))
    assert len(queries.list_cases(station)) == 2
    assert queries.find_case(station, CASE, "criminal") != queries.find_case(station, CASE)


@pytest.mark.parametrize("text", ["٩٩٠٠١/٩٣", "الطعن رقم ٩٩٠٠١ لسنة ٩٣ القضائية", " 99001 / 93 "])
def test_a_case_is_found_by_its_number_however_it_is_written(
    station: Station, tmp_path: Path, text: str
) -> None:
    take(station, save(tmp_path / "a.jpg", JUDGMENT))
    assert queries.find_case(station, text).keys == (KEY,)


def test_what_cannot_be_meant_is_refused_before_anything_is_read(station: Station) -> None:
    lost = [Path("lost.jpg")]
    wrong = CaseKey("nowhere", 1, 1)
    for steps, error in (
        (import_files(station, OPERATOR, lost, key=wrong), UnknownSeries),
        (import_files(station, OPERATOR, lost, key=KEY, kind="letter"), UnknownKind),
        (import_files(station, OPERATOR, lost, key=None), WhichCase),
        (import_files(station, OPERATOR, lost, key=KEY, reference="H-1"), WhichCase),
    ):
        with pytest.raises(error):
            next(steps)
    assert nothing_taken(station)


def test_a_refused_file_leaves_no_case_file_behind(station: Station, tmp_path: Path) -> None:
    changed, notices = take(station, tmp_path / "lost.jpg")
    assert isinstance(notices[0].error, FileMissing)
    assert changed.cases == ()
    assert nothing_taken(station)


@pytest.mark.timeout(20)
def test_a_pipe_keeps_nobody_waiting(station: Station, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    _, notices = take(station, tmp_path / "pipe.jpg", tmp_path, Path("/dev/zero"))
    assert [type(notice.error) for notice in notices] == [FileMissing] * 3
    assert nothing_taken(station)


def test_a_hostile_name_is_told_with_its_hidden_letters_written_out(
    station: Station, tmp_path: Path
) -> None:
    path = save(tmp_path / "a.jpg", JUDGMENT)
    take(station, path)
    hostile = tmp_path / "\u202egpj.exe"  # the same bytes: the name counts first
    hostile.write_bytes(path.read_bytes())
    _, notices = take(station, hostile, tmp_path / "\u202elost")
    assert [type(notice.error) for notice in notices] == [HostileName, HostileName]
    assert all("\u202e" not in str(n.error) and "\\u202e" in str(n.error) for n in notices)


def test_a_file_that_changes_while_it_is_taken_is_recorded_as_it_was_taken(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scanner software that still writes: between the first look and the copy."""
    path = save(tmp_path / "a.jpg", JUDGMENT)
    later = save(tmp_path / "later.jpg", RECEIPT).read_bytes()
    looked = snapshot.sha256_of

    def look_then_change(file: Path, most_megabytes: int) -> str:
        digest = looked(file, most_megabytes)
        path.write_bytes(later)
        return digest

    monkeypatch.setattr(importing, "sha256_of", look_then_change)
    take(station, path)
    detail = json.loads(view(station).events[-1].detail)
    assert detail["sha256"] == hashlib.sha256(later).hexdigest() == detail["masters"][0]


def test_an_import_reopens_a_checked_case_file(read_station: Station, tmp_path: Path) -> None:
    case = queries.find_case(read_station, CASE)
    finish(check(read_station, CHECKER, case.id, accept=True))
    take(read_station, save(tmp_path / "late.jpg", (*JUDGMENT, "ملحق")))
    assert queries.case_by_id(read_station, case.id).state is CaseState.OPEN


def test_a_sealed_case_file_takes_nothing_more(read_station: Station, tmp_path: Path) -> None:
    case = queries.find_case(read_station, CASE)
    finish(check(read_station, CHECKER, case.id, accept=True))
    finish(seal(read_station, OPERATOR, case.id))
    with pytest.raises(WrongState):
        take(read_station, save(tmp_path / "late.jpg", (*JUDGMENT, "ملحق")))
    assert len(view(read_station).pages) == 2
    assert finish(verify(read_station))[0].facts["problems"] == []


def test_a_broken_off_import_keeps_what_was_told_as_done(station: Station, tmp_path: Path) -> None:
    files = [save(tmp_path / f"{n}.jpg", (*JUDGMENT, str(n))) for n in range(3)]
    steps = import_files(station, OPERATOR, files, key=KEY)
    next(steps)
    next(steps)  # "[1/3] Taking 1.jpg": the first is done
    steps.close()  # type: ignore[attr-defined]
    assert [page.source_name for page in view(station).pages] == ["0.jpg"]
    _, notices = take(station, *files)
    assert [type(notice.error) for notice in notices] == [AlreadyImported]
    assert [page.source_name for page in view(station).pages] == ["0.jpg", "1.jpg", "2.jpg"]


def test_every_refusal_names_the_file_and_a_way_out(station: Station, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "letter.pdf").write_text("Dear Sir")
    cut = save(tmp_path / "cut.jpg", JUDGMENT)
    cut.write_bytes(cut.read_bytes()[:4000])
    names = ["empty.pdf", "letter.pdf", "cut.jpg", "lost.tif"]
    _, notices = take(station, *[tmp_path / name for name in names])
    assert [notice.subject for notice in notices] == names
    for notice in notices:
        assert isinstance(notice.error, InputError)
        assert notice.subject in str(notice.error)
        assert notice.error.way_out()


def test_the_person_is_kept_with_the_page(station: Station, tmp_path: Path) -> None:
    other = Actor("هدى", "operator", "محطة ١", "")
    finish(import_files(station, other, [save(tmp_path / "a.jpg", JUDGMENT)], key=KEY))
    take(station, save(tmp_path / "b.jpg", RECEIPT))
    case = queries.find_case(station, CASE)
    rows = station.database.connection.execute(
        "SELECT imported_by FROM page WHERE case_id = ? ORDER BY position", (case.id,)
    )
    assert [person for (person,) in rows] == ["هدى", "منى"]

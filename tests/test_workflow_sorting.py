"""Slips among the pages begin case files and documents; what is not sure is flagged."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archiver.capture.separators import Grey
from archiver.capture.slip import Slip
from archiver.model.changes import Changed
from archiver.model.identity import CaseKey
from archiver.store import separators
from archiver.workflow import desk, lots
from archiver.workflow.account import SlipUnsettled, account_of, check_paper
from archiver.workflow.came import from_file
from archiver.workflow.destination import Destination
from archiver.workflow.importing import import_files
from archiver.workflow.page_checks import complaints_of, told
from archiver.workflow.queries import case_by_id, case_view, find_case
from archiver.workflow.settling import NoSuchSlip, settle
from archiver.workflow.settling import slips as listed
from archiver.workflow.station import Station
from tests.papers import JUDGMENT, OPERATOR, RECEIPT, drawn, finish
from tests.slips_worn import printed, save, worn

FIRST, SECOND = Slip(CaseKey("civil", 1, 93), kind="cover"), Slip(CaseKey("criminal", 2, 93))
PATCH, DEFENCE = Slip(), Slip(kind="defence_memo")


@pytest.fixture
def sheets(station: Station, tmp_path: Path) -> dict[Slip, Grey]:
    slips = (FIRST, SECOND, PATCH, DEFENCE)
    found = printed(station, tmp_path, *slips)
    return {slip: worn(page, skew_deg=1.5) for slip, page in zip(slips, found, strict=True)}


def paper(*lines: str) -> Grey:
    page = Image.new("L", (2480, 3508), 245)
    page.paste(drawn(lines), (900, 400))
    return np.asarray(page, np.uint8)


def unreadable(sheet: Grey) -> Grey:
    found = sheet.copy()
    found[1250:2800, 200:2400] = 250
    return found


def batch(station: Station, path: Path, *pages: Grey, stream: str = "s") -> Changed:
    steps = import_files(station, OPERATOR, [save(path, *pages)], stream=stream)
    changed, refused = finish(steps)
    assert not refused
    return changed


def shape(station: Station, case: str, series: str = "civil") -> list[tuple[str, int]]:
    """(kind, pages) of each document."""
    view = case_view(station, find_case(station, case, series).id)
    return [(d.kind, sum(p.document_id == d.id for p in view.pages)) for d in view.documents]


def test_a_batch_becomes_case_files_and_documents(
    station: Station, tmp_path: Path, sheets: dict[Slip, Grey]
) -> None:
    changed = batch(
        station, tmp_path / "a.tif",
        sheets[FIRST], paper("غلاف"), paper(*JUDGMENT), sheets[PATCH], paper(*RECEIPT),
        sheets[DEFENCE], paper("مذكرة"), paper("تابع"), sheets[SECOND], paper(*JUDGMENT),
    )  # fmt: skip
    assert changed.facts["pages"] == 6 and len(changed.cases) == 2
    first = [("cover", 2), ("unsorted", 1), ("defence_memo", 2)]
    assert shape(station, "1/93") == first
    assert shape(station, "2/93", "criminal") == [("unsorted", 1)]
    assert [s.kind for s in listed(station)] == ["slip", "patch", "patch", "slip"]
    again, refused = finish(import_files(station, OPERATOR, [tmp_path / "a.tif"], stream="another"))
    assert not again.pages and [notice.error.code for notice in refused] == ["AlreadyImported"]


def test_a_stream_goes_on_over_files_and_restarts(
    station: Station, tmp_path: Path, sheets: dict[Slip, Grey]
) -> None:
    batch(station, tmp_path / "1.png", sheets[FIRST])
    batch(station, tmp_path / "2.png", paper("غلاف"))
    batch(station, tmp_path / "3.png", paper("تابع"))
    batch(station, tmp_path / "4.png", sheets[PATCH])
    batch(station, tmp_path / "5.png", paper(*RECEIPT))
    assert shape(station, "1/93") == [("cover", 2), ("unsorted", 1)]


def test_the_back_of_a_slip_is_no_page(
    station: Station, tmp_path: Path, sheets: dict[Slip, Grey]
) -> None:
    white = paper()
    batch(station, tmp_path / "a.tif", sheets[FIRST], white, paper("غلاف"), white)
    assert shape(station, "1/93") == [("cover", 2)]  # a blank back of a page stays one
    assert [s.kind for s in listed(station)] == ["slip", "back"]


def test_what_comes_before_any_slip_needs_a_case_file(
    station: Station, tmp_path: Path, sheets: dict[Slip, Grey]
) -> None:
    path = save(tmp_path / "a.tif", paper("صفحة"), sheets[FIRST], paper("غلاف"))
    _changed, refused = finish(import_files(station, OPERATOR, [path], stream="s"))
    assert [notice.error.code for notice in refused] == ["NoCaseOpen"]
    assert not listed(station)  # a file comes in whole or not at all
    finish(import_files(station, OPERATOR, [path], stream="s", key=CaseKey("civil", 9, 93)))
    assert shape(station, "9/93") == [("unsorted", 1)]
    assert shape(station, "1/93") == [("cover", 1)]


def test_after_an_unreadable_slip_all_is_flagged_until_somebody_looks(
    station: Station, tmp_path: Path, sheets: dict[Slip, Grey]
) -> None:
    batch(
        station, tmp_path / "a.tif", sheets[FIRST], paper("غلاف"), unreadable(sheets[SECOND]),
        paper(*JUDGMENT), sheets[PATCH], paper(*RECEIPT),
    )  # fmt: skip
    case = find_case(station, "1/93")
    pages = case_view(station, case.id).pages
    flags = complaints_of(station, case.id)
    assert [[c.name for c in flags[page.id] if "slip" in c.name] for page in pages[1:]] == [
        ["unreadable_slip"], ["after_unreadable_slip"], ["after_unreadable_slip"],
    ]  # fmt: skip
    assert not any("slip" in c.name for c in flags.get(pages[0].id, ()))
    assert told(flags[pages[1].id][-1]) == "slip that could not be read: number 2"
    with pytest.raises(SlipUnsettled):
        check_paper(station, case)
    (slip,) = listed(station, unread=True)
    finish(settle(station, OPERATOR, slip.id, "slip"))
    assert not separators.flagged(station.database.connection, case.id)
    account = account_of(station, case.id)
    assert (account.images, account.rejects) == (3, 0)  # the slip is no paper of the case file
    check_paper(station, case)
    with pytest.raises(NoSuchSlip):
        finish(settle(station, OPERATOR, slip.id, "page"))


def test_pages_behind_an_unreadable_slip_go_where_it_says(
    station: Station, tmp_path: Path, sheets: dict[Slip, Grey]
) -> None:
    batch(
        station, tmp_path / "a.tif", sheets[FIRST], paper("غلاف"), unreadable(sheets[SECOND]),
        paper(*JUDGMENT), paper(*RECEIPT),
    )  # fmt: skip
    (slip,) = listed(station, unread=True)
    case = find_case(station, "1/93")
    again = from_file(station, save(tmp_path / "again.tif", paper("من جديد")))
    finish(desk.rescan(station, OPERATOR, case.id, 3, again, "folded"))
    last = case_view(station, case.id).pages[3]
    flags = complaints_of(station, case.id)[case_view(station, case.id).pages[2].id]
    assert "after_unreadable_slip" in [check.name for check in flags]  # a new image as the old one
    there = Destination(CaseKey("criminal", 2, 93))
    changed, _refused = finish(settle(station, OPERATOR, slip.id, "slip", into=there))
    assert changed.facts["moved"] == 2
    moved = case_view(station, find_case(station, "2/93", "criminal").id).pages
    assert [page.master for page in moved] == [again.pages[0].master, last.master]
    assert shape(station, "1/93") == [("cover", 1)]
    assert shape(station, "2/93", "criminal") == [("unsorted", 2)]
    for case in changed.cases:
        account = account_of(station, case)
        assert account.rejects == 0
    with pytest.raises(NoSuchSlip):
        finish(settle(station, OPERATOR, slip.id, "slip", into=there))


def test_a_slip_of_another_lot_is_not_followed(station: Station, tmp_path: Path) -> None:
    for name in ("118/2026", "119/2026"):
        finish(lots.open_lot(station, OPERATOR, name))
    slip = Slip(CaseKey("civil", 1, 93), lot="118/2026")
    (sheet,) = printed(station, tmp_path, slip)
    one, other = (lots.find_lot(station, name) for name in ("118/2026", "119/2026"))
    key = CaseKey("civil", 9, 93)
    path = save(tmp_path / "a.tif", sheet, paper(*JUDGMENT))
    finish(import_files(station, OPERATOR, [path], key=key, stream="s", lot=other))
    assert [(s.kind, s.why) for s in listed(station)] == [("unreadable", "lot")]
    path = save(tmp_path / "b.tif", sheet, paper(*RECEIPT))
    finish(import_files(station, OPERATOR, [path], stream="t"))
    assert shape(station, "1/93") == [("unsorted", 1)]
    view = lots.lot_view(station, one)
    assert [case.reference for case in view.undeclared] == ["1/93"]


def test_an_import_may_name_its_lot(station: Station, tmp_path: Path) -> None:
    finish(lots.open_lot(station, OPERATOR, "118/2026"))
    lot = lots.find_lot(station, "118/2026")
    path = save(tmp_path / "a.png", paper(*JUDGMENT))
    changed, _refused = finish(
        import_files(station, OPERATOR, [path], key=CaseKey("civil", 9, 93), lot=lot)
    )
    assert lots.lot_view(station, lot).undeclared == (case_by_id(station, changed.cases[0]),)

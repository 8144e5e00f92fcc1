"""A page scanned straight into its place, anew or missed; nothing that came is lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from archiver.capture import escl
from archiver.errors import NoPaper, StorageFailed
from archiver.model.identity import CaseKey
from archiver.model.scanning import Source
from archiver.store import quick_masters
from archiver.workflow import desk, placing, queries
from archiver.workflow.arranging import undo
from archiver.workflow.importing import import_files
from archiver.workflow.scanned import take_up, waiting
from archiver.workflow.station import Station
from tests.papers import CASE, JUDGMENT, OPERATOR, RECEIPT, finish, save
from tests.scanners import DUPLEX, sheets
from tests.servers.escl import EsclServer, scanner

PAPER = sheets(2)


@pytest.fixture
def two(station: Station, tmp_path: Path) -> Station:
    """A case file of two pages."""
    files = [save(tmp_path / "a.png", JUDGMENT), save(tmp_path / "b.png", RECEIPT)]
    finish(import_files(station, OPERATOR, files, key=CaseKey.parse(CASE)))
    return station


def masters(station: Station) -> list[bytes]:
    pages = queries.case_view(station, 1).pages
    return [station.blobs.path(page.master).read_bytes() for page in pages]


def rescan(station: Station, server: EsclServer, reason: str = "folded"):
    device = escl.PREFIX + server.url
    return placing.rescan(station, OPERATOR, 1, 1, reason, device=device, settings=DUPLEX)


def test_one_face_of_the_feeder_takes_the_place_of_a_page(two: Station) -> None:
    first, second = masters(two)
    with scanner(PAPER) as server:
        with pytest.raises(desk.PageReasonMissing):
            finish(rescan(two, server, ""))
        assert server.given == 0
        changed, problems = finish(rescan(two, server))
    assert (changed.facts["page"], problems) == (1, [])
    assert masters(two) == [PAPER[0][0], second]
    assert waiting(two) == {}
    (old,) = queries.pages_aside(two, 1)
    assert (old.aside, old.aside_reason) == ("replaced", "folded")
    finish(undo(two, OPERATOR, 1))
    assert masters(two) == [first, second]


def test_a_sheet_that_was_missed_goes_between_two_pages(two: Station) -> None:
    first, second = masters(two)
    with scanner(PAPER[:1]) as server:
        device = escl.PREFIX + server.url
        changed, _ = finish(
            placing.insert(two, OPERATOR, 1, device=device, settings=DUPLEX, after=1)
        )
        with pytest.raises(NoPaper):
            finish(placing.insert(two, OPERATOR, 1, device=device, settings=DUPLEX, after=1))
    assert changed.facts["pages"] == 2
    assert masters(two) == [first, *PAPER[0], second]
    assert waiting(two) == {}
    assert quick_masters.waiting(two.database.connection) == ()  # the scanner's own JPEGs


def test_a_scan_that_found_no_place_is_taken_in_by_the_next_command(
    two: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageFailed(path=two.root, detail="EIO")

    one = replace(DUPLEX, source=Source.FLATBED)
    with scanner(PAPER) as server, monkeypatch.context() as patch:
        patch.setattr(desk, "insert", full)
        with pytest.raises(StorageFailed):
            device = escl.PREFIX + server.url
            finish(placing.insert(two, OPERATOR, 1, device=device, settings=one, before=1))
    assert list(waiting(two).values()) == [1]
    list(take_up(two))
    assert masters(two)[2:] == [PAPER[0][0]]
    assert waiting(two) == {}

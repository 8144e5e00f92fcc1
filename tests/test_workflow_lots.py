"""Lots and the account of the paper: declared = images + blank backs + rejects, or no seal."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archiver.model.changes import Step
from archiver.model.identity import CaseKey
from archiver.model.lot import Account
from archiver.workflow import lots
from archiver.workflow.account import (
    NotDeclared,
    PaperMissing,
    PaperTooMuch,
    account_of,
    check_paper,
)
from archiver.workflow.importing import import_files
from archiver.workflow.lots import (
    BadLot,
    DeclaredBefore,
    LotClosed,
    LotDoesNotClose,
    LotThere,
    NoSuchLot,
    SheetsWrong,
)
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station
from tests.command_line import answer, archiver
from tests.papers import CASE, JUDGMENT, OPERATOR, RECEIPT, bind, finish

KEY = CaseKey.parse(CASE)


def test_lots_are_numbered_by_year_and_may_be_named(station: Station) -> None:
    first = opened(station, box="7")
    named = opened(station, "118/2025")
    assert (first["lot"].split("/")[0], named["lot"]) == ("1", "118/2025")
    assert opened(station)["lot"].startswith("2/")
    assert opened(station, "١١٩/٢٠٢٥")["lot"] == "119/2025"
    with pytest.raises(LotThere):
        opened(station, "118/2025")
    with pytest.raises(NoSuchLot):
        lots.find_lot(station, "4/2025")
    with pytest.raises(BadLot):
        lots.find_lot(station, "box 7")


def test_a_declaration_waits_for_its_case_file(station: Station, tmp_path: Path) -> None:
    opened(station, "118/2026")
    declared(station, sheets=2, faces=3)
    view = shown(station)
    assert (view.rows[0].case, view.account) == (None, Account(2, 3, 0, 0, 0))
    case_id = taken(station, bind(tmp_path / "a.tif", JUDGMENT, RECEIPT))
    row = shown(station).rows[0]
    assert row.case and row.case.id == case_id
    assert (row.account.images, row.account.missing, row.account.missing_sheets) == (2, 1, 1)
    with pytest.raises(PaperMissing) as error:
        check_paper(station, case_by_id(station, case_id))
    assert error.value.facts == {"case": CASE, "sheets": 1}
    with pytest.raises(LotDoesNotClose):
        finish(lots.close_lot(station, OPERATOR, lots.find_lot(station, "118/2026")))


def test_another_count_wants_a_reason_and_the_first_stays(station: Station, tmp_path: Path) -> None:
    opened(station, "118/2026")
    case_id = taken(station, bind(tmp_path / "a.tif", JUDGMENT, RECEIPT))
    declared(station, sheets=1, faces=1)
    with pytest.raises(PaperTooMuch):
        check_paper(station, case_by_id(station, case_id))
    with pytest.raises(DeclaredBefore):
        declared(station, sheets=1, faces=2)
    declared(station, sheets=1, reason="both sides")  # a sheet has two faces unless said
    assert account_of(station, case_id) == Account(1, 2, 2, 0, 0)
    check_paper(station, case_by_id(station, case_id))
    rows = station.database.connection.execute("SELECT sheets, faces, reason FROM declaration")
    assert [tuple(row) for row in rows] == [(1, 1, ""), (1, 2, "both sides")]
    assert shown(station).rows[0].declared.times == 2


def test_a_lot_that_closes_takes_nothing_in(station: Station, tmp_path: Path) -> None:
    opened(station, "118/2026")
    declared(station, sheets=1, faces=1)
    taken(station, bind(tmp_path / "a.tif", JUDGMENT))
    lot = lots.find_lot(station, "118/2026")
    finish(lots.close_lot(station, OPERATOR, lot))
    with pytest.raises(LotClosed):
        declared(station, sheets=3, reason="late")
    with pytest.raises(LotClosed):
        lots.open_lot_named(station, "118/2026")
    assert opened(station, "118/2026")["again"] is True


def test_what_blank_backs_and_rejects_count_for(station: Station, tmp_path: Path) -> None:
    opened(station, "118/2026")
    declared(station, sheets=2, faces=3)
    case_id = taken(station, bind(tmp_path / "a.tif", JUDGMENT, RECEIPT, JUDGMENT))
    mark = "UPDATE page SET {} WHERE position = {} OR position = -{}"
    with station.database.transaction() as connection:
        connection.execute(mark.format("blank = 1", 2, 2))
        connection.execute(
            "UPDATE page SET aside = 'rejected', aside_reason = 'x', position = -id"
            " WHERE position = 3"
        )
    assert account_of(station, case_id) == Account(2, 3, 1, 1, 1)
    with station.database.transaction() as connection:
        connection.execute("UPDATE page SET aside_reason = 'slip' WHERE aside = 'rejected'")
    assert account_of(station, case_id).missing == 1  # a slip is no paper of the case file


def test_a_site_may_want_every_case_file_declared(station: Station, tmp_path: Path) -> None:
    case_id = taken(station, bind(tmp_path / "a.tif", JUDGMENT))
    case = case_by_id(station, case_id)
    check_paper(station, case)
    strict = replace(station.settings.capture, declared=True)
    station.settings = replace(station.settings, capture=strict)
    with pytest.raises(NotDeclared):
        check_paper(station, case)


@pytest.mark.parametrize(("sheets", "faces"), [(3, 7), (3, 2), (-1, None)])
def test_faces_fit_the_sheets(station: Station, sheets: int, faces: int | None) -> None:
    opened(station, "118/2026")
    with pytest.raises(SheetsWrong):
        declared(station, sheets=sheets, faces=faces)


def test_the_verbs(archive: Path) -> None:
    here = ("--archive", archive, "--json")
    assert answer(archiver("lot", "open", "118/2026", "--box", "7", *here))["box"] == "7"
    said = archiver("lot", "declare", "118/2026", "--case", CASE, "--sheets", "10", *here)
    assert answer(said)["faces"] == 20
    found = answer(archiver("lot", "show", "118/2026", *here))
    assert found["account"]["missing"] == 20
    assert found["cases"][0] | {"sheets": 10, "here": False} == found["cases"][0]
    assert answer(archiver("lot", "list", *here))["lots"][0]["lot"] == "118/2026"
    refused = archiver("lot", "close", "118/2026", "--archive", archive, "--lang", "ar")
    assert refused.returncode == 2 and "الدفعة" in refused.stderr


def opened(station: Station, name: str = "", **words: str) -> dict[str, Any]:
    return dict(finish(lots.open_lot(station, OPERATOR, name, **words))[0].facts)


def declared(station: Station, **words: object) -> None:
    lot = lots.find_lot(station, "118/2026")
    steps: Iterator[Step] = lots.declare(station, OPERATOR, lot, key=KEY, **words)  # type: ignore[arg-type]
    finish(steps)


def shown(station: Station) -> lots.LotView:
    return lots.lot_view(station, lots.find_lot(station, "118/2026"))


def taken(station: Station, path: Path) -> int:
    changed, refused = finish(import_files(station, OPERATOR, [path], key=KEY))
    assert not refused
    return changed.cases[0]

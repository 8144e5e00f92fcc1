"""Lots: open, declare what is in them, close; and how each one's account of the paper stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.errors import RequestRefused, UnknownSeries
from archiver.i18n import N_, _, digits, isolate, ngettext
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, CaseState
from archiver.model.changes import Changed, Step
from archiver.model.identity import CaseKey
from archiver.model.lot import Account, Declared, Lot
from archiver.store import audit, cases, lots
from archiver.workflow import vocabulary
from archiver.workflow.correcting import CaseSealed
from archiver.workflow.destination import WhichCase
from archiver.workflow.faults import storage_faults
from archiver.workflow.queries import case_by_id
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from ocr.digits import fold_digits

_NAME = re.compile(r"\s*([0-9]{1,5})\s*(?:/\s*([0-9]{4})\s*)?")


class NoSuchLot(RequestRefused):
    what = N_("There is no lot {lot} in this archive.")
    advice = N_("“archiver lot list” lists the lots.")


class BadLot(RequestRefused):
    what = N_("{text} is not the number of a lot.")
    advice = N_("Write its number and year, such as 118/2026.")


class LotThere(RequestRefused):
    what = N_("Lot {lot} is open already; nothing was changed.")
    advice = N_("“archiver lot show {lot}” tells what is in it.")


class LotClosed(RequestRefused):
    what = N_("Lot {lot} is closed; nothing comes into it any more.")
    advice = N_("“archiver lot open {lot}” opens it again.")


class LotDoesNotClose(RequestRefused):
    what = N_(
        "Lot {lot} cannot be closed yet: case files whose paper is not accounted for: {count}."
    )
    advice = N_("“archiver lot show {lot}” names them. Scan what is missing, or declare anew.")


class SheetsWrong(RequestRefused):
    what = N_("{sheets} sheets do not have {faces} faces.")
    advice = N_("A sheet has one face or two, and a lot holds no fewer than none.")


class DeclaredBefore(RequestRefused):
    what = N_("{case} was declared before, with {sheets} sheets.")
    advice = N_("Say why it is declared anew: --reason WORDS.")


@dataclass(frozen=True, slots=True)
class LotRow:
    """One case file of a lot. case: None while nothing of it has come in."""

    declared: Declared
    case: CaseFile | None
    account: Account


@dataclass(frozen=True, slots=True)
class LotView:
    lot: Lot
    rows: tuple[LotRow, ...]  # as they were declared; those that were withdrawn are left out
    undeclared: tuple[CaseFile, ...]  # they have pages in the lot that nobody declared

    @property
    def account(self) -> Account:
        """Of the whole lot."""
        return Account.total(row.account for row in self.rows)

    @property
    def open_rows(self) -> tuple[LotRow, ...]:
        return tuple(row for row in self.rows if not row.account.closes)


@guarded(Right.TAKE_IN)
def open_lot(
    station: Station,
    actor: Actor,
    name: str = "",
    *,
    company: str = "",
    box: str = "",
    shelf: str = "",
    note: str = "",
) -> Iterator[Step]:
    """A new lot, the next of this year where no `name` is given; a closed one is opened again.

    Raises BadLot, LotThere, DiskFull, StorageFailed.
    """
    year = int(audit.now()[:4])
    number, year = _numbers(name) if name else (0, year)
    with storage_faults(station.root), station.database.transaction() as connection:
        known = lots.by_number(connection, number, year)
        if known and known.is_open:
            raise LotThere(lot=known.name)
        if known:
            lots.set_closed(connection, known.id, "", "")
        made = known or lots.add(
            connection, actor.person, year=year, number=number, box=box, shelf=shelf, note=note,
            company=company or actor.company,
        )  # fmt: skip
        audit.append(connection, actor, "open lot", lot=made.name, again=bool(known), box=made.box,
                     shelf=made.shelf, company=made.company, note=made.note)  # fmt: skip
    words = _("Lot {lot} is open again.") if known else _("Lot {lot} is open.")
    facts: dict[str, object] = {"lot": made.name, "box": made.box, "shelf": made.shelf,
                                "company": made.company, "again": bool(known)}  # fmt: skip
    yield Changed("lot open", facts=facts, sentence=words.format(lot=_shown(made)))


@guarded(Right.TAKE_IN)
def declare(
    station: Station,
    actor: Actor,
    lot: Lot,
    *,
    key: CaseKey | None = None,
    item: str = "",
    sheets: int,
    faces: int | None = None,
    reason: str = "",
) -> Iterator[Step]:
    """Say how many sheets of a case file are in a lot, and how many faces are to be scanned.

    faces: as many as the sheets, up to twice as many; else what the settings say of a sheet. No
    sheets: the case file is not in the lot. What was declared before stays on record.
    Raises LotClosed, WhichCase, UnknownSeries, SheetsWrong, DeclaredBefore, CaseSealed, DiskFull,
    StorageFailed.
    """
    counted = sheets * station.settings.capture.faces_per_sheet if faces is None else faces
    if sheets < 0 or not sheets <= counted <= 2 * sheets:
        raise SheetsWrong(sheets=sheets, faces=counted)
    if not lot.is_open:
        raise LotClosed(lot=lot.name)
    case = _case_of(station, key, item)
    reference = key.canonical if key else item
    with storage_faults(station.root), station.database.transaction() as connection:
        before = _before(lots.declared(connection, lot.id), key, item)
        if before and not reason.strip():
            raise DeclaredBefore(case=reference, sheets=before.sheets)
        case_id = case.id if case else None
        lots.declare(connection, actor.person, lot.id, key=key, reference=reference,
                     case_id=case_id, sheets=sheets, faces=counted, reason=reason)  # fmt: skip
        audit.append(connection, actor, "declare", case_id=case_id, lot=lot.name, case=reference,
                     series=key.series if key else "", reason=reason,
                     before=[before.sheets, before.faces] if before else [],
                     after=[sheets, counted])  # fmt: skip
    facts: dict[str, object] = {"lot": lot.name, "case": reference, "sheets": sheets,
                                "faces": counted, "changed": bool(before)}  # fmt: skip
    words = ngettext("{case}: {count} sheet is declared in lot {lot}.",
                     "{case}: {count} sheets are declared in lot {lot}.", sheets)  # fmt: skip
    sentence = words.format(case=isolate(digits(reference)), count=digits(sheets), lot=_shown(lot))
    yield Changed("lot declare", (case.id,) if case else (), facts=facts, sentence=sentence)


@guarded(Right.TAKE_IN)
def close_lot(station: Station, actor: Actor, lot: Lot) -> Iterator[Step]:
    """Nothing comes into the lot any more. Raises LotClosed, LotDoesNotClose, DiskFull."""
    if not lot.is_open:
        raise LotClosed(lot=lot.name)
    with storage_faults(station.root), station.database.transaction() as connection:
        view = lot_view(station, lot)
        left = len(view.open_rows) + len(view.undeclared)
        if left:
            raise LotDoesNotClose(lot=lot.name, count=left)
        lots.set_closed(connection, lot.id, audit.now(), actor.person)
        told = account_facts(view.account)
        audit.append(connection, actor, "close lot", lot=lot.name, account=told)
    facts: dict[str, object] = {"lot": lot.name, **told}
    yield Changed("lot close", facts=facts, sentence=_("Lot {lot} is closed; its paper is"
                  " accounted for.").format(lot=_shown(lot)))  # fmt: skip


def all_lots(station: Station) -> tuple[LotView, ...]:
    """The newest first."""
    return tuple(lot_view(station, lot) for lot in lots.all_lots(station.database.connection))


def open_lots(station: Station) -> tuple[Lot, ...]:
    """Those that pages may come into, the newest first."""
    return tuple(lot for lot in lots.all_lots(station.database.connection) if lot.is_open)


def lot_view(station: Station, lot: Lot) -> LotView:
    connection = station.database.connection
    rows = []
    for row in lots.declared(connection, lot.id):
        account = lots.account_in_lot(connection, row)
        if not row.sheets and not account.found:
            continue
        rows.append(LotRow(row, case_by_id(station, row.case_id) if row.case_id else None, account))
    others = lots.undeclared(connection, lot.id)
    return LotView(lot, tuple(rows), tuple(case_by_id(station, case_id) for case_id in others))


def find_lot(station: Station, name: str) -> Lot:
    """The lot that people call 118/2026, or 118 of this year. Raises BadLot, NoSuchLot."""
    number, year = _numbers(name)
    found = lots.by_number(station.database.connection, number, year)
    if found is None:
        raise NoSuchLot(lot=f"{number}/{year}")
    return found


def open_lot_named(station: Station, name: str) -> Lot:
    """The same, where pages may come in. Raises LotClosed, too."""
    found = find_lot(station, name)
    if not found.is_open:
        raise LotClosed(lot=found.name)
    return found


def account_facts(account: Account) -> dict[str, object]:
    """The account as it goes into JSON and the audit log."""
    return {
        "sheets": account.sheets, "faces": account.faces, "images": account.images,
        "blanks": account.blanks, "rejects": account.rejects, "missing": account.missing,
        "closes": account.closes,
    }  # fmt: skip


def _numbers(name: str) -> tuple[int, int]:
    found = _NAME.fullmatch(fold_digits(name))
    if found is None or not int(found[1]):
        raise BadLot(text=name[:40])
    return int(found[1]), int(found[2] or audit.now()[:4])


def _case_of(station: Station, key: CaseKey | None, item: str) -> CaseFile | None:
    if bool(key) == bool(item):
        raise WhichCase
    series = vocabulary.items("docket_series")
    if key and key.series not in series:
        raise UnknownSeries(series=key.series, known=", ".join(series))
    connection = station.database.connection
    case = cases.by_key(connection, key) if key else cases.by_reference(connection, item)
    if case and case.state is CaseState.SEALED:
        raise CaseSealed(case=case.reference)
    return case


def _before(known: tuple[Declared, ...], key: CaseKey | None, item: str) -> Declared | None:
    wanted = (key.series, key.canonical) if key else ("", item)
    return next((row for row in known if (row.series, row.reference) == wanted), None)


def _shown(lot: Lot) -> str:
    return isolate(digits(lot.name))

"""What waits for a person: their next jobs in order, what went wrong, and what they did."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from archiver.errors import ArchiverError, PackageRefused, from_record
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, CaseState, CaseSummary, Page
from archiver.model.delivery import Delivery, DeliveryState
from archiver.model.lot import Account, Declared, Lot
from archiver.model.role import Role
from archiver.store import deliveries, keyings, lots, pages, target_cards, work
from archiver.workflow.key_readings import differing, to_key, to_settle
from archiver.workflow.lot_samples import LotSample, lot_samples, page_list, sample_of, waits
from archiver.workflow.queries import case_by_id, list_cases
from archiver.workflow.rights import roles_of
from archiver.workflow.station import Station

DAYS: Final = 6
SHOWN: Final = 3  # pages of the next case file
MOST_SHEETS: Final = 50  # that are counted
LOW_DAYS: Final = 10  # of the disk, at the pace of the last days
_TAKEN_IN: Final = ("import", "capture")
_TOUCHED: Final = (*_TAKEN_IN, "read", "correct", "describe", "accept", "reject")
_WAITS: Final = ("", DeliveryState.SEALED, DeliveryState.HASHED, DeliveryState.HELD)


class JobKind(StrEnum):
    """In the order in which they come up."""

    SENT_BACK = "sent_back"  # a checker returned it
    SET_ASIDE = "set_aside"  # pages that could not be read
    SCAN = "scan"  # declared in an open lot, and no page of it is there
    READ = "read"
    DESCRIBE = "describe"
    SETTLE = "settle"  # two readings differ
    KEY = "key"  # a second time, blind
    SAMPLE = "sample"  # of a lot
    CHECK = "check"
    SEAL = "seal"
    SEND = "send"
    COLLECT = "collect"


_DUTIES: Final[dict[str, tuple[JobKind, ...]]] = {
    Role.OPERATOR: (JobKind.SENT_BACK, JobKind.SET_ASIDE, JobKind.SCAN, JobKind.READ, JobKind.KEY,
                    JobKind.SEAL, JobKind.SEND, JobKind.COLLECT),
    Role.INDEXER: (JobKind.DESCRIBE, JobKind.KEY),
    Role.CHECKER: (JobKind.SAMPLE, JobKind.CHECK),
    Role.IT: (JobKind.SEND, JobKind.COLLECT),
    Role.SUPERVISOR: tuple(JobKind),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """The same thing to be done for several case files or lots, the first of them next.

    sheets: how many case files there are to key, at most `MOST_SHEETS`; which they are is not told.
    paper: what is declared and waits for the scanner.
    """

    kind: JobKind
    cases: tuple[CaseSummary, ...] = ()
    lots: tuple[LotSample, ...] = ()
    sheets: int = 0
    paper: tuple[Declared, ...] = ()

    @property
    def pages(self) -> int:
        """Of all of them, that the job is about."""
        if self.kind is JobKind.READ:
            return sum(row.pages - row.read - row.failed for row in self.cases)
        if self.kind is JobKind.SET_ASIDE:
            return sum(row.failed for row in self.cases)
        return sum(row.pages for row in self.cases)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A delivery that a person has to look at."""

    case: CaseFile
    delivery: Delivery
    error: ArchiverError


@dataclass(frozen=True, slots=True)
class LotDay:
    """A lot that is open, or that a checker sent back."""

    lot: Lot
    account: Account
    failed: bool
    pages: tuple[tuple[CaseFile, str], ...]  # that its sample found wanting, in words


@dataclass(frozen=True, slots=True)
class CardDay:
    """The colour card of today, where there are any."""

    measured: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class Today:
    jobs: tuple[Job, ...]
    lots: tuple[LotDay, ...]
    card: CardDay | None
    next_pages: tuple[Page, ...]  # the first of the next case file
    troubles: tuple[Trouble, ...]
    disk_days: float | None  # how long the room on the disk lasts; None where it is long
    free_bytes: int
    done: tuple[tuple[date, int], ...]  # pages that this person worked on, the oldest day first


def today(station: Station, actor: Actor) -> Today:
    """Reads the log of the last days: not for the event loop."""
    rows = list_cases(station)
    since = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    first = since - timedelta(days=DAYS - 1)
    done = work.done(station.database.connection, first.astimezone(UTC).isoformat(), _TOUCHED)
    waiting = jobs(station, actor, rows)
    connection = station.database.connection
    first_case = waiting[0].cases[0].case.id if waiting and waiting[0].cases else 0
    shown = pages.of_case(connection, first_case) if first_case else ()
    return Today(
        jobs=waiting,
        lots=tuple(_lots(station)),
        card=_card(station, rows),
        next_pages=shown[:SHOWN],
        troubles=tuple(_troubles(station)),
        disk_days=_disk_days(station, done),
        free_bytes=station.blobs.free_bytes(),
        done=_pages(done, actor.person, first.date()),
    )


def jobs(station: Station, actor: Actor, rows: Iterable[CaseSummary]) -> tuple[Job, ...]:
    """What `actor` can do next, by their roles; who was given none does everything."""
    connection = station.database.connection
    roles = roles_of(station, actor.person) or (Role.SUPERVISOR,)
    duties = {kind for role in roles for kind in _DUTIES.get(role, ())}
    own, bare = work.imported(connection, actor.person), work.undescribed(connection)
    unsettled = _to_settle(station, actor) if JobKind.SETTLE in duties else frozenset()
    found: dict[JobKind, list[CaseSummary]] = defaultdict(list)
    for row in rows:
        told = [JobKind.SETTLE] if row.case.id in unsettled else []
        kind = next((k for k in (*told, *_kinds(row, own, bare)) if k in duties), None)
        if kind:
            found[kind].append(row)
    made = [Job(kind, cases=tuple(rows)) for kind, rows in found.items()]
    if JobKind.SAMPLE in duties:
        made.append(Job(JobKind.SAMPLE, lots=_to_sample(station)))
    if JobKind.SCAN in duties:
        made.append(Job(JobKind.SCAN, paper=_awaited(station, rows)))
    if JobKind.KEY in duties:
        made.append(Job(JobKind.KEY, sheets=_to_key(station, actor)))
    order = tuple(JobKind)
    there = [job for job in made if job.cases or job.lots or job.sheets or job.paper]
    return tuple(sorted(there, key=lambda job: order.index(job.kind)))


def _to_settle(station: Station, actor: Actor) -> frozenset[int]:
    """Case files with readings that differ, none of them by this person."""
    return frozenset(
        case.id
        for case in to_settle(station)
        if all(
            actor.person != reader
            for item in differing(station, case.id)
            for reader, _value in item.readings
        )
    )


def _awaited(station: Station, rows: Iterable[CaseSummary]) -> tuple[Declared, ...]:
    """What open lots declare of case files that have no page yet."""
    begun = {row.case.id for row in rows if row.pages}
    connection = station.database.connection
    opened = (lot for lot in lots.all_lots(connection) if lot.is_open)
    told = (row for lot in opened for row in lots.declared(connection, lot.id))
    return tuple(row for row in told if row.sheets and row.case_id not in begun)


def _to_key(station: Station, actor: Actor) -> int:
    """Only where the site reads twice: where it has to, or has done so."""
    keyed = keyings.keyed_cases(station.database.connection)
    if not (station.settings.keying.required or keyed):
        return 0
    return sum(1 for _case in islice(to_key(station, actor), MOST_SHEETS))


def _to_sample(station: Station) -> tuple[LotSample, ...]:
    return tuple(row for row in lot_samples(station) if waits(station, row))


def _lots(station: Station) -> Iterable[LotDay]:
    for row in lot_samples(station):
        if row.lot.is_open or row.failed:
            back = page_list(sample_of(station, row.lot)) if row.failed else {}
            named = tuple((case_by_id(station, case), told) for case, told in back.items())
            yield LotDay(row.lot, _account(station, row.lot), row.failed, named)


def _account(station: Station, lot: Lot) -> Account:
    connection = station.database.connection
    declared = lots.declared(connection, lot.id)
    return Account.total(lots.account_in_lot(connection, row) for row in declared)


def _card(station: Station, rows: Iterable[CaseSummary]) -> CardDay | None:
    """None where no card was ever measured and none is wanted."""
    found = target_cards.newest(station.database.connection, 1)
    heritage = any(not row.case.keys for row in rows)
    if not found and not (heritage and station.settings.heritage.target_required):
        return None
    now = datetime.now().astimezone().date()
    today = bool(found) and datetime.fromisoformat(found[0].at).astimezone().date() == now
    return CardDay(today, today and found[0].passed)


def _kinds(row: CaseSummary, own: frozenset[int], bare: frozenset[int]) -> Iterable[JobKind]:
    """What can be done for a case file now, the most urgent first."""
    if row.case.state is CaseState.SEALED:
        if row.delivery in _WAITS:
            yield JobKind.SEND
        elif row.delivery == DeliveryState.COMMITTED:
            yield JobKind.COLLECT
        return
    if row.case.state is CaseState.ACCEPTED:
        yield JobKind.SEAL
        return
    if row.case.state is CaseState.REJECTED:
        yield JobKind.SENT_BACK
    if row.failed:
        yield JobKind.SET_ASIDE
    elif row.read < row.pages:
        yield JobKind.READ
    elif row.pages:
        if row.case.id in bare:
            yield JobKind.DESCRIBE
        if row.case.id not in own:
            yield JobKind.CHECK


def _troubles(station: Station) -> Iterable[Trouble]:
    """Of the newest package of each case file: refused by the centre, or held."""
    newest = {seal.case_id: (seal, sent) for seal, sent in
              deliveries.deliveries(station.database.connection)}  # fmt: skip
    for seal, sent in newest.values():
        if sent.error_code:
            error = from_record(sent.error_code, json.loads(sent.error_facts or "{}"))
        elif sent.state is DeliveryState.REFUSED:
            reason = json.loads(sent.receipt)["receipt"].get("reason", "")
            error = PackageRefused(name=seal.name, detail=reason)
        else:
            continue
        yield Trouble(case_by_id(station, seal.case_id), sent, error)


def _pages(done: Iterable[work.Done], person: str, first: date) -> tuple[tuple[date, int], ...]:
    """Each page or case file counts once a day, however often it was touched."""
    most: dict[tuple[date, int | None], int] = defaultdict(int)
    for row in done:
        if row.person == person:
            day = local_hour(row.hour).date()
            count = row.pages or row.held
            most[day, row.case_id] = max(most[day, row.case_id], count)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    return tuple((d, sum(n for (day, _), n in most.items() if day == d)) for d in days)


def local_hour(hour: str) -> datetime:
    """The beginning of an hour of the log, in local time."""
    return datetime.fromisoformat(f"{hour}:00+00:00").astimezone()


def _disk_days(station: Station, done: Iterable[work.Done]) -> float | None:
    """The room over what came in a day; None where it lasts longer than `LOW_DAYS`."""
    (pages, size) = station.database.connection.execute(
        "SELECT (SELECT count(*) FROM page), (SELECT coalesce(sum(size), 0) FROM blob)"
    ).fetchone()
    came = sum(row.pages for row in done if row.verb in _TAKEN_IN)
    if not (pages and came):
        return None
    left = station.blobs.free_bytes() / (size / pages * came / DAYS)
    return left if left < LOW_DAYS else None

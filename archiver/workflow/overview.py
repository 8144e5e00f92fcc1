"""How the work goes: pages an hour by stage and person, defects, accuracy, backlog and forecast.

Everything is counted from the audit log and the rows when somebody asks; nothing is kept for it.
"""

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from archiver.i18n import _, digits, isolate
from archiver.store import samples, work
from archiver.store.work import Done
from archiver.workflow import key_report
from archiver.workflow.key_report import Share
from archiver.workflow.lot_samples import lot_samples, page_list, sample_of
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station
from archiver.workflow.today import local_hour

PACE_DAYS: Final = 10  # days of work that the forecast rests on
GOAL: Final = 0.9995  # of critical fields that were read right
_Z: Final = 1.959964  # 95 %
_NO_DEFECT: Final = ("slip", "nothing_lost", "original", "not_of_file")


class Stage(StrEnum):
    SCAN = "scan"
    READ = "read"
    CORRECT = "correct"
    DESCRIBE = "describe"
    CHECK = "check"


_STAGES: Final = {
    "import": Stage.SCAN,
    "capture": Stage.SCAN,
    "read": Stage.READ,
    "correct": Stage.CORRECT,
    "describe": Stage.DESCRIBE,
    "arrange": Stage.DESCRIBE,
    "accept": Stage.CHECK,
    "reject": Stage.CHECK,
}
_CAME: Final = ("import", "capture")


@dataclass(frozen=True, slots=True)
class PersonRow:
    name: str
    pages: Mapping[Stage, int]
    judged: int  # case files they took in that a checker judged
    sent_back: int  # of these
    keyed: Share  # critical fields they read, and read right


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the backlog is done at the pace of the last days of work; days counted as they come."""

    pages_a_day: float
    done_on: date
    earliest: date
    latest: date | None  # None: at the slowest likely pace never


@dataclass(frozen=True, slots=True)
class Overview:
    first: date
    last: date
    worked_days: int
    hours: Mapping[Stage, Mapping[int, float]]  # hour of the clock -> pages in it, a worked day
    scanned_a_day: float
    accuracy: Share  # critical fields on which two readings agreed
    defects: tuple[tuple[str, int], ...]  # code and how many images, most first
    images: int  # that are in the numbering
    people: tuple[PersonRow, ...]
    backlog: tuple[tuple[date, int], ...]  # pages not sealed yet, at the end of each day
    forecast: Forecast | None
    sent_back: tuple[tuple[str, str], ...] = ()  # lots whose newest sample failed, and its pages


def overview(station: Station, days: int) -> Overview:
    """Of the last `days` days, today among them; 0: of all. Not for the event loop."""
    connection = station.database.connection
    today = datetime.now().astimezone().date()
    ever = work.done(connection, "", (*_CAME, "seal"))
    begun = local_hour(ever[0].hour).date() if ever else today
    first = max(begun, today - timedelta(days=days - 1)) if days else begun
    done = work.done(connection, _utc(first), tuple(_STAGES))
    worked = {local_hour(row.hour).date() for row in done}
    backlog = _backlog(ever, today)
    scanned = sum(row.pages for row in done if row.verb in _CAME)
    (images,) = connection.execute("SELECT count(*) FROM page WHERE position > 0").fetchone()
    report = key_report.report(station)
    return Overview(
        first=first,
        last=today,
        worked_days=len(worked),
        hours=_hours(done, len(worked)),
        scanned_a_day=scanned / len(worked) if worked else 0.0,
        accuracy=_sum(report.agreement.values()),
        defects=_defects(Counter(work.asides(connection)) + Counter(samples.defects(connection))),
        images=images,
        people=_people(station, done, report),
        backlog=tuple((day, count) for day, count in backlog if day >= first),
        forecast=_forecast(ever, backlog, today),
        sent_back=tuple(_sent_back(station)),
    )


def _utc(day: date) -> str:
    return datetime.combine(day, time()).astimezone().astimezone(UTC).isoformat()


def _pages(done: Iterable[Done]) -> Iterable[tuple[Done, Stage, int]]:
    """How many pages each row stands for: a case file that is described or checked counts with all
    its pages, and once a day for each person."""
    seen: set[tuple[object, ...]] = set()
    for row in done:
        stage = _STAGES[row.verb]
        if stage not in (Stage.DESCRIBE, Stage.CHECK):
            yield row, stage, row.pages
            continue
        once = (stage, row.person, row.case_id, local_hour(row.hour).date())
        if once not in seen:
            seen.add(once)
            yield row, stage, row.held


def _sent_back(station: Station) -> Iterator[tuple[str, str]]:
    for row in lot_samples(station):
        if row.failed:
            pages = page_list(sample_of(station, row.lot))
            told = [f"{isolate(digits(case_by_id(station, case).reference))} {words}"
                    for case, words in pages.items()]  # fmt: skip
            yield row.lot.name, _(", ").join(told)


def _hours(done: Iterable[Done], days: int) -> dict[Stage, dict[int, float]]:
    sums: dict[Stage, Counter[int]] = {stage: Counter() for stage in Stage}
    for row, stage, pages in _pages(done):
        sums[stage][local_hour(row.hour).hour] += pages
    return {
        stage: {hour: count / days for hour, count in sorted(counted.items())}
        for stage, counted in sums.items()
    }


def _people(
    station: Station, done: Iterable[Done], report: key_report.KeyingReport
) -> tuple[PersonRow, ...]:
    pages: dict[str, Counter[Stage]] = defaultdict(Counter)
    rows = tuple(done)
    for row, stage, count in _pages(rows):
        if stage is not Stage.READ:  # that is the machine's
            pages[row.person][stage] += count
    judged, back = _judged(station, rows)
    keyed: dict[str, Share] = defaultdict(Share)
    for (who, _part), share in report.readers.items():
        keyed[who] = _sum((keyed[who], share))
    return tuple(
        PersonRow(name, pages[name], judged[name], back[name], keyed[name])
        for name in sorted(pages)
    )


def _judged(station: Station, done: Iterable[Done]) -> tuple[Counter[str], Counter[str]]:
    """How many case files of each importer a checker judged, and sent back."""
    judged, back = Counter[str](), Counter[str]()
    importers = work.importers(station.database.connection)
    for row in done:
        if row.verb in ("accept", "reject"):
            for name in importers.get(row.case_id or 0, ()):
                judged[name] += 1
                back[name] += row.verb == "reject"
    return judged, back


def _sum(shares: Iterable[Share]) -> Share:
    found = tuple(shares)
    return Share(sum(s.right for s in found), sum(s.count for s in found))


def _defects(reasons: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    found = [(code, count) for code, count in reasons.items() if code not in _NO_DEFECT]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0])))


def _backlog(ever: Iterable[Done], today: date) -> list[tuple[date, int]]:
    """Day by day from the first: pages that came less pages that were sealed for the first time."""
    change: Counter[date] = Counter()
    sealed: set[int | None] = set()
    for row in ever:
        day = local_hour(row.hour).date()
        if row.verb in _CAME:
            change[day] += row.pages
        elif row.case_id not in sealed:
            sealed.add(row.case_id)
            change[day] -= row.held
    found, left = [], 0
    day = min(change, default=today)
    while day <= today:
        left = max(0, left + change[day])
        found.append((day, left))
        day += timedelta(days=1)
    return found


def _forecast(
    ever: Iterable[Done], backlog: list[tuple[date, int]], today: date
) -> Forecast | None:
    """From the mean of the days on which something was sealed, and its standard error (95 %); a
    week has as many of them as the span they lie in had."""
    sealed: Counter[date] = Counter()
    for row in ever:
        if row.verb == "seal":
            sealed[local_hour(row.hour).date()] += row.held
    left = backlog[-1][1] if backlog else 0
    if not sealed or not left:
        return None
    days = sorted(sealed)[-PACE_DAYS:]
    span = (today - days[0]).days + 1
    pace = sum(sealed[day] for day in days) / span
    counts = [sealed[day] for day in days]
    error = _Z * statistics.stdev(counts) / math.sqrt(len(days)) if len(days) > 1 else 0.0
    doubt = error * len(days) / span
    slow = pace - doubt
    return Forecast(
        pages_a_day=pace,
        done_on=_after(today, left, pace),
        earliest=_after(today, left, pace + doubt),
        latest=_after(today, left, slow) if slow > 0 else None,
    )


def _after(today: date, pages: int, pace: float) -> date:
    return today + timedelta(days=min(math.ceil(pages / pace), 36_500))

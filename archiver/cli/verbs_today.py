"""Verbs on the work itself: today, overview."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from archiver.cli.group import Call, verb
from archiver.errors import ArchiverError
from archiver.i18n import N_, _, digits, isolate, ngettext
from archiver.workflow.overview import Overview, overview
from archiver.workflow.overview_table import heads, rows, write_table
from archiver.workflow.page_reasons import reason_word
from archiver.workflow.today import Job, JobKind, LotDay, today

_JOBS = {
    JobKind.SENT_BACK: N_("Sent back by a checker"),
    JobKind.SET_ASIDE: N_("Pages set aside"),
    JobKind.SCAN: N_("Declared, to be scanned"),
    JobKind.READ: N_("Pages to be read"),
    JobKind.DESCRIBE: N_("To be described"),
    JobKind.SETTLE: N_("Readings that differ"),
    JobKind.KEY: N_("To be keyed a second time"),
    JobKind.SAMPLE: N_("Lots to be checked by a sample"),
    JobKind.CHECK: N_("To be checked"),
    JobKind.SEAL: N_("To be sealed"),
    JobKind.SEND: N_("To be sent"),
    JobKind.COLLECT: N_("Receipts to be collected"),
}


@verb(
    "today",
    _("What comes next for a person, what went wrong, and what they did."),
    "  archiver today --as mona\n  archiver today --as sami --json",
)
def today_verb(call: Call) -> None:
    with call.station(write=False) as station:
        found = today(station, call.actor(station))
    heads = (_("Next"), _("Case files"), _("Pages"), _("First"))
    call.voice.table(
        heads,
        ((_(_JOBS[job.kind]), len(job.cases or job.paper) or job.sheets, job.pages, _first(job))
         for job in found.jobs),
    )  # fmt: skip
    for lot in found.lots:
        call.voice.say(_lot_sentence(lot))
    if found.card and not found.card.passed:
        call.voice.say(_("Today's colour card did not pass.") if found.card.measured else
                       _("No colour card was measured today."))  # fmt: skip
    for trouble in found.troubles:
        _alert(call, trouble.case.reference, trouble.error)
    if found.disk_days is not None:
        words = _("The disk is full in about {days} days at this pace.")
        call.voice.say(words.format(days=digits(int(found.disk_days))))
    call.voice.result(
        {
            "verb": "today",
            "jobs": [
                {
                    "job": job.kind.value,
                    "cases": [row.case.reference for row in job.cases],
                    "pages": job.pages,
                    "lots": [row.lot.name for row in job.lots],
                    "sheets": job.sheets,
                    "declared": [row.reference for row in job.paper],
                }
                for job in found.jobs
            ],
            "troubles": [
                {"case": t.case.reference, "target": t.delivery.target, "code": t.error.code,
                 "message": str(t.error), "advice": t.error.way_out()}
                for t in found.troubles
            ],
            "lots": [
                {"lot": row.lot.name, "open": row.lot.is_open, "failed": row.failed,
                 **asdict(row.account), "missing": row.account.missing,
                 "pages": {case.reference: told for case, told in row.pages}}
                for row in found.lots
            ],
            "target_card": {"measured": found.card.measured, "passed": found.card.passed}
            if found.card
            else None,
            "disk_days": found.disk_days,
            "pages_done": {day.isoformat(): count for day, count in found.done},
        },
        "" if found.jobs else _("Nothing waits for you."),
    )  # fmt: skip


def _first(job: Job) -> str:
    """The case file or lot that comes first; what is keyed blind is not named."""
    if job.cases:
        return job.cases[0].case.reference
    if job.paper:
        return job.paper[0].reference
    return job.lots[0].lot.name if job.lots else "–"


def _lot_sentence(found: LotDay) -> str:
    lot, missing = isolate(digits(found.lot.name)), found.account.missing_sheets
    if found.failed:
        told = [f"{isolate(digits(case.reference))} {pages}" for case, pages in found.pages]
        return _("Lot {lot} went back: {pages}.").format(lot=lot, pages=_(", ").join(told) or "–")
    if missing:
        words = ngettext("Lot {lot} is open; {count} declared sheet has no image yet.",
                         "Lot {lot} is open; {count} declared sheets have no image yet.",
                         missing)  # fmt: skip
        return words.format(lot=lot, count=digits(missing))
    return _("Lot {lot} is open.").format(lot=lot)


def _alert(call: Call, case: str, error: ArchiverError) -> None:
    call.voice.say(f"! {digits(case)}: {error} {error.way_out()}")


@verb(
    "overview",
    _("How the work goes: pages by stage and person, defects, backlog and forecast."),
    "  archiver overview\n  archiver overview --days 30 --csv work.csv\n  archiver overview --json",
)
@click.option(
    "--days", type=click.IntRange(0), default=7, show_default=True,
    help=_("Of how many days, today among them; 0 for all."),
)  # fmt: skip
@click.option(
    "--csv", "table", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help=_("Write what each person did as a table."),
)  # fmt: skip
def overview_verb(call: Call, days: int, table: Path | None) -> None:
    with call.station(write=False) as station:
        found = overview(station, days)
    if table:
        write_table(found, table)
    call.voice.table(heads(), rows(found))
    call.voice.say()
    for sentence in _sentences(found):
        call.voice.say(sentence)
    call.voice.result({"verb": "overview", **_facts(found)})


def _sentences(found: Overview) -> Iterator[str]:
    yield _("Scanned a day: {pages} pages.").format(pages=digits(round(found.scanned_a_day)))
    if found.accuracy.count:
        share = digits(f"{found.accuracy.rate:.2%}")
        yield _("Critical fields on which two readings agree: {share}.").format(share=share)
    if found.defects:
        told = _(", ").join(f"{reason_word(code)}: {digits(n)}" for code, n in found.defects)
        yield _("Images rejected: {defects}.").format(defects=told)
    for lot, pages in found.sent_back:
        told = _("Lot {lot} went back: {pages}.")
        yield told.format(lot=isolate(digits(lot)), pages=pages or "–")
    left = found.backlog[-1][1] if found.backlog else 0
    words = _("Pages not sealed yet: {left}.").format(left=digits(left))
    if found.forecast:
        day = digits(found.forecast.done_on.isoformat())
        words += " " + _("At the pace of the last days they are done on {day}.").format(day=day)
    yield words


def _facts(found: Overview) -> dict[str, object]:
    ahead = found.forecast
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "worked_days": found.worked_days,
        "pages_an_hour": {stage.value: dict(by_hour) for stage, by_hour in found.hours.items()},
        "scanned_a_day": round(found.scanned_a_day, 1),
        "fields": {"agreed": found.accuracy.right, "count": found.accuracy.count},
        "defects": dict(found.defects),
        "images": found.images,
        "sent_back": dict(found.sent_back),
        "people": [
            {
                "name": row.name,
                "pages": {stage.value: count for stage, count in row.pages.items()},
                "judged": row.judged,
                "sent_back": row.sent_back,
                "keyed": {"right": row.keyed.right, "count": row.keyed.count},
            }
            for row in found.people
        ],
        "backlog": {day.isoformat(): count for day, count in found.backlog},
        "forecast": {
            "pages_a_day": round(ahead.pages_a_day, 1),
            "done_on": ahead.done_on.isoformat(),
            "earliest": ahead.earliest.isoformat(),
            "latest": ahead.latest.isoformat() if ahead.latest else None,
        }
        if ahead
        else None,
    }

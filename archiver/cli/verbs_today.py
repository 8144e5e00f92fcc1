"""Verbs on the work itself: today, overview."""

from archiver.cli.group import Call, verb
from archiver.errors import ArchiverError
from archiver.i18n import N_, _, digits
from archiver.workflow.today import JobKind, today

_JOBS = {
    JobKind.SENT_BACK: N_("Sent back by a checker"),
    JobKind.SET_ASIDE: N_("Pages set aside"),
    JobKind.READ: N_("Pages to be read"),
    JobKind.DESCRIBE: N_("To be described"),
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
        (
            (_(_JOBS[job.kind]), len(job.cases), job.pages, job.cases[0].case.reference)
            for job in found.jobs
        ),
    )
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
                }
                for job in found.jobs
            ],
            "troubles": [
                {"case": t.case.reference, "target": t.delivery.target, "code": t.error.code,
                 "message": str(t.error), "advice": t.error.way_out()}
                for t in found.troubles
            ],
            "disk_days": found.disk_days,
            "pages_done": {day.isoformat(): count for day, count in found.done},
        },
        "" if found.jobs else _("Nothing waits for you."),
    )  # fmt: skip


def _alert(call: Call, case: str, error: ArchiverError) -> None:
    call.voice.say(f"! {digits(case)}: {error} {error.way_out()}")

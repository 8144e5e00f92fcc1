"""How the jobs of the day are worded, signed and opened."""

from typing import Final

from archiver.i18n import digits, isolate
from archiver.workflow.today import Job, JobKind
from ui import counts
from ui.acts import CAPTURE, CASES, DELIVERY, DESCRIBE, KEYING, SAMPLE
from ui.steps import Sign
from ui.theme import Shape
from ui.words import case_words, translate

SCREEN_OF: Final = {
    JobKind.SENT_BACK: CASES,
    JobKind.SET_ASIDE: CASES,
    JobKind.SCAN: CAPTURE,
    JobKind.READ: CASES,
    JobKind.DESCRIBE: DESCRIBE,
    JobKind.SETTLE: DESCRIBE,
    JobKind.KEY: KEYING,
    JobKind.SAMPLE: SAMPLE,
    JobKind.CHECK: CASES,
    JobKind.SEAL: CASES,
    JobKind.SEND: DELIVERY,
    JobKind.COLLECT: DELIVERY,
}
ICON_OF: Final = {
    JobKind.SENT_BACK: "folders",
    JobKind.SET_ASIDE: "files",
    JobKind.SCAN: "scan",
    JobKind.READ: "text-aa",
    JobKind.DESCRIBE: "list-checks",
    JobKind.SETTLE: "list-checks",
    JobKind.KEY: "list-checks",
    JobKind.SAMPLE: "check-square",
    JobKind.CHECK: "check-square",
    JobKind.SEAL: "folders",
    JobKind.SEND: "paper-plane-tilt",
    JobKind.COLLECT: "paper-plane-tilt",
}
_SHAPES: Final = {JobKind.SENT_BACK: Shape.WRONG, JobKind.SET_ASIDE: Shape.DOUBTFUL}


def title(kind: JobKind) -> str:
    return {
        JobKind.SENT_BACK: translate("Jobs", "Sent back by a checker"),
        JobKind.SET_ASIDE: translate("Jobs", "Pages set aside"),
        JobKind.SCAN: translate("Jobs", "Declared, to be scanned"),
        JobKind.READ: translate("Jobs", "Pages to be read"),
        JobKind.DESCRIBE: translate("Jobs", "Case files to be described"),
        JobKind.SETTLE: translate("Jobs", "Readings that differ"),
        JobKind.KEY: translate("Jobs", "Numbers to be keyed a second time"),
        JobKind.SAMPLE: translate("Jobs", "Samples to be checked"),
        JobKind.CHECK: translate("Jobs", "Case files to be checked"),
        JobKind.SEAL: translate("Jobs", "Checked, to be sealed"),
        JobKind.SEND: translate("Jobs", "Sealed, to be sent"),
        JobKind.COLLECT: translate("Jobs", "Receipts to be collected"),
    }[kind]


def sentence(kind: JobKind) -> str:
    """What there is to do, for the one that comes next."""
    return {
        JobKind.SENT_BACK: translate("Jobs", "A checker found something. The reason is beside it."),
        JobKind.SET_ASIDE: translate("Jobs", "Some pages stopped the reader. Look and try again."),
        JobKind.SCAN: translate("Jobs", "Its lot is open. Lay its paper into the feeder."),
        JobKind.READ: translate("Jobs", "Its pages are kept and wait to be read."),
        JobKind.DESCRIBE: translate("Jobs", "All pages are read. The fields are proposed."),
        JobKind.SETTLE: translate("Jobs", "Two people read something else. Decide by the paper."),
        JobKind.KEY: translate("Jobs", "Type it from the paper; no other reading is shown."),
        JobKind.SAMPLE: translate("Jobs", "Look at the images that were drawn, one by one."),
        JobKind.CHECK: translate("Jobs", "Somebody else took it in. Look through it and decide."),
        JobKind.SEAL: translate("Jobs", "It was checked. Sealing makes a signed package of it."),
        JobKind.SEND: translate("Jobs", "The package is ready for the information centre."),
        JobKind.COLLECT: translate("Jobs", "The package is there; the signed receipt is awaited."),
    }[kind]


def about(job: Job) -> str:
    """Which case file or lot comes next, in one line; nothing of what is keyed blind."""
    if job.cases:
        return case_words(job.cases[0].case)
    if job.paper:
        return isolate(digits(job.paper[0].reference))
    named = translate("Jobs", "Lot %1")
    return named.replace("%1", isolate(digits(job.lots[0].lot.name))) if job.lots else ""


def sign(job: Job) -> Sign:
    """How much of it waits."""
    if job.lots:
        return Sign(Shape.WAITING, counts.lots(len(job.lots)))
    if job.paper:
        return Sign(Shape.WAITING, counts.case_files(len(job.paper)))
    if job.sheets:
        return Sign(Shape.WAITING, counts.case_files(job.sheets))
    of_pages = job.kind in (JobKind.SET_ASIDE, JobKind.READ)
    words = counts.pages(job.pages) if of_pages else counts.case_files(len(job.cases))
    return Sign(_SHAPES.get(job.kind, Shape.WAITING), words)

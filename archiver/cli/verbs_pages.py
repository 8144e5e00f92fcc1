"""The page desk: pages (what was checked on them), and page (what a person does with them)."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from archiver.cli.group import Call, lang_option, series_option, station_command, verb
from archiver.cli.scanner_options import Scanner, scanner_options, stopping
from archiver.cli.verbs_arrange import Pages
from archiver.i18n import _, digits, isolate
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, Page
from archiver.model.changes import Step
from archiver.model.checks import PageCheck
from archiver.workflow import arranging, desk, placing, queries
from archiver.workflow.came import from_file
from archiver.workflow.cropping import Margins, crop
from archiver.workflow.page_checks import checks_of, told
from archiver.workflow.page_reasons import REASONS, reason_word
from archiver.workflow.station import Station

Act = Callable[[Station, Actor, int], Iterator[Step]]


# --- what is there ------------------------------------------------------------------------------


@verb(
    "pages",
    _("Show the pages of a case file with what was checked on them."),
    "  archiver pages 99001/93\n"
    "  archiver pages 99001/93 --flagged\n"
    "  archiver pages 99001/93 --aside --json",
)
@click.argument("case_text", metavar="CASE")
@series_option
@click.option("--flagged", is_flag=True, help=_("Only pages that need a look."))
@click.option("--aside", is_flag=True, help=_("The images kept out of the numbering, and why."))
def pages_verb(call: Call, case_text: str, series: str, flagged: bool, aside: bool) -> None:
    with call.station(write=False) as station:
        case = queries.find_case(station, case_text, series)
        if aside:
            _show_aside(call, station, case)
        else:
            _show_pages(call, station, case, flagged=flagged)


def _show_pages(call: Call, station: Station, case: CaseFile, *, flagged: bool) -> None:
    checked = checks_of(station, case.id)
    there = queries.case_view(station, case.id).pages
    need = [page for page in there if any(c.needs_a_look for c in checked[page.id])]
    shown = need if flagged else there
    rows = [(page.position, _said(page), _complaints(checked[page.id], page)) for page in shown]
    call.voice.table((_("Page"), "", _("Checks")), rows)
    words = _("{case}: {need} of {count} pages need a look.")
    call.voice.result(
        {
            "verb": "pages",
            "case": case.reference,
            "pages": [_record(page, checked[page.id]) for page in shown],
            "flagged": len(need),
        },
        words.format(
            case=isolate(digits(case.reference)), need=digits(len(need)), count=digits(len(there))
        ),
    )


def _said(page: Page) -> str:
    parts = [_("blank")] if page.blank else []
    parts += [_("half of an image")] if page.cut else []
    parts += [_("turned {deg}°").format(deg=digits(page.turn_deg))] if page.turn_deg else []
    return " · ".join(parts + json.loads(page.marks))


def _complaints(checked: tuple[PageCheck, ...], page: Page) -> str:
    need = [told(check) for check in checked if check.needs_a_look]
    if any(check.accepted for check in checked):
        need.append(_("accepted: {reason}").format(reason=reason_word(page.accepted_reason)))
    return " · ".join(need)


def _record(page: Page, checked: tuple[PageCheck, ...]) -> dict[str, object]:
    return {
        "number": page.position,
        "image": page.id,
        "blank": page.blank,
        "turn_deg": page.turn_deg,
        "cut": page.cut,
        "marks": json.loads(page.marks),
        "needs_a_look": any(check.needs_a_look for check in checked),
        "accepted_reason": page.accepted_reason,
        "checks": [check.record() for check in checked],
    }


def _show_aside(call: Call, station: Station, case: CaseFile) -> None:
    kept = queries.pages_aside(station, case.id)
    rows = [
        (page.id, _ASIDE[page.aside](), reason_word(page.aside_reason),
         f"{isolate(page.source_name)} {digits(page.source_page)}")
        for page in kept
    ]  # fmt: skip
    call.voice.table((_("Image"), _("Why"), _("Reason"), _("Source")), rows)
    facts = [
        {"image": p.id, "aside": p.aside, "reason": p.aside_reason, "source": p.source_name,
         "source_page": p.source_page, "master": p.master}
        for p in kept
    ]  # fmt: skip
    call.voice.result({"verb": "pages", "case": case.reference, "aside": facts})


_ASIDE: dict[str, Callable[[], str]] = {
    "rejected": lambda: _("rejected"),
    "replaced": lambda: _("replaced by a new image"),
    "split": lambda: _("a part of it is the page"),
    "joined": lambda: _("joined with its other half"),
    "unplaced": lambda: _("taken back"),
}


# --- what a person does -------------------------------------------------------------------------


@station_command.group("page", help=_("What a person does with a page; each act can be undone."))
@lang_option
def page_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


_SIDE = click.FloatRange(0, 90)


def _of_page(name: str, summary: str, examples: str) -> Callable[..., Any]:
    """A verb `page NAME CASE PAGE …`."""

    def make(function: Callable[..., None]) -> click.Command:
        function = click.argument("number", metavar="PAGE", type=int)(function)
        function = click.argument("case_text", metavar="CASE")(series_option(function))
        return verb(name, summary, examples, group=page_group)(function)

    return make


def _refuse_both(file: Path | None, scanner: Scanner) -> None:
    if bool(file) == bool(scanner.device):
        raise click.UsageError(_("Say either a file or --device NAME."))


def _do(call: Call, case_text: str, series: str, act: Act) -> None:
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text, series)
        call.voice.done(call.voice.follow(act(station, call.actor(station), case.id)))


_reason_option = click.option(
    "--reason",
    default="",
    metavar="WORDS",
    help=_("Why: a few words, or one of {known}.").format(known=", ".join(REASONS)),
)
_file_argument = click.argument("file", type=click.Path(path_type=Path), required=False)
_before_option = click.option("--before", type=int, default=0, help=_("Before this page."))
_after_option = click.option("--after", type=int, default=0, help=_("Behind this page."))


@_of_page(
    "rescan",
    _("Put a new image in the place of a page; the old one is kept with the reason."),
    "  archiver page rescan 99001/93 9 again.tif --reason folded\n"
    "  archiver page rescan 99001/93 9 --device front-desk --source flatbed --reason folded",
)
@_file_argument
@scanner_options
@_reason_option
def rescan(
    call: Call,
    case_text: str,
    series: str,
    number: int,
    file: Path | None,
    scanner: Scanner,
    reason: str,
) -> None:
    def act(station: Station, actor: Actor, case_id: int) -> Iterator[Step]:
        if file:
            return desk.rescan(station, actor, case_id, number, from_file(station, file), reason)
        return placing.rescan(
            station, actor, case_id, number, reason, device=scanner.device,
            settings=scanner.settings(station),
        )  # fmt: skip

    _refuse_both(file, scanner)
    _do(call, case_text, series, act)


@verb(
    "insert",
    _("Put the pages of a file, or of a scan, before or behind a page."),
    "  archiver page insert 99001/93 forgotten.tif --after 4\n"
    "  archiver page insert 99001/93 --device front-desk --after 4",
    group=page_group,
)
@click.argument("case_text", metavar="CASE")
@_file_argument
@scanner_options
@series_option
@_before_option
@_after_option
def insert(
    call: Call,
    case_text: str,
    series: str,
    file: Path | None,
    scanner: Scanner,
    before: int,
    after: int,
) -> None:
    def act(station: Station, actor: Actor, case_id: int) -> Iterator[Step]:
        if file:
            came = from_file(station, file)
            yield from desk.insert(station, actor, case_id, came, before=before, after=after)
            return
        with stopping() as stop:
            yield from placing.insert(
                station, actor, case_id, device=scanner.device, settings=scanner.settings(station),
                before=before, after=after, stop=stop,
            )  # fmt: skip

    _refuse_both(file, scanner)
    _do(call, case_text, series, act)


@_of_page(
    "turn",
    _("Turn a page clockwise; it is read so from then on."),
    "  archiver page turn 99001/93 7\n  archiver page turn 99001/93 7 --by 180",
)
@click.option("--by", "by_deg", type=int, default=90, show_default=True, help=_("Degrees."))
def turn(call: Call, case_text: str, series: str, number: int, by_deg: int) -> None:
    _do(call, case_text, series, lambda station, actor, case_id: desk.turn(
        station, actor, case_id, number, by_deg))  # fmt: skip


@_of_page(
    "split",
    _("Make two pages of an image of two; in Arabic the right one comes first."),
    "  archiver page split 99001/93 3\n  archiver page split 99001/93 3 --at 48.5",
)
@click.option(
    "--at", type=click.FloatRange(1, 99), help=_("Where the fold is, in percent from the left.")
)
def split(call: Call, case_text: str, series: str, number: int, at: float | None) -> None:
    share = at / 100 if at is not None else None
    _do(call, case_text, series, lambda station, actor, case_id: desk.split(
        station, actor, case_id, number, at=share))  # fmt: skip


@_of_page(
    "join",
    _("Make one page of the halves of an image again, or of what was cropped."),
    "  archiver page join 99001/93 3",
)
def join(call: Call, case_text: str, series: str, number: int) -> None:
    _do(call, case_text, series, lambda station, actor, case_id: desk.join(
        station, actor, case_id, number))  # fmt: skip


@_of_page(
    "crop",
    _("Leave margins of a page out; the whole image is kept, “page join” brings it back."),
    "  archiver page crop 99001/93 3 --left 5\n"
    "  archiver page crop 99001/93 3 --left 5 --right 4 --top 2.5 --foot 3",
)
@click.option("--left", type=_SIDE, default=0.0, help=_("In percent of the page as it is seen."))
@click.option("--top", type=_SIDE, default=0.0, help=_("The same at the head."))
@click.option("--right", type=_SIDE, default=0.0, help=_("The same on the right."))
@click.option("--foot", type=_SIDE, default=0.0, help=_("The same at the foot."))
def crop_verb(call: Call, case_text: str, series: str, number: int, **percent: float) -> None:
    margins = Margins(**{side: share / 100 for side, share in percent.items()})
    _do(call, case_text, series, lambda station, actor, case_id: crop(
        station, actor, case_id, number, margins))  # fmt: skip


@verb(
    "move",
    _("Move pages before another page, or to the end of a document."),
    "  archiver page move 99001/93 7-9 --before 3\n  archiver page move 99001/93 7 --to 2",
    group=page_group,
)
@click.argument("case_text", metavar="CASE")
@click.argument("numbers", metavar="PAGES", type=Pages())
@series_option
@_before_option
@click.option("--to", type=int, default=0, metavar="DOC", help=_("To the end of this document."))
def move(
    call: Call, case_text: str, numbers: tuple[int, int], series: str, before: int, to: int
) -> None:
    if bool(before) == bool(to):
        raise click.UsageError(_("Say either --before PAGE or --to DOC."))
    _do(call, case_text, series, lambda station, actor, case_id: arranging.move(
        station, actor, case_id, *numbers, to=to, before=before))  # fmt: skip


@_of_page(
    "mark",
    _("Say what else is on a page: stamp, signature, damaged; no words take all marks away."),
    "  archiver page mark 99001/93 4 stamp,signature",
)
@click.argument("marks", default="")
def mark(call: Call, case_text: str, series: str, number: int, marks: str) -> None:
    words = tuple(filter(None, (word.strip() for word in re.split("[,،]", marks))))
    _do(call, case_text, series, lambda station, actor, case_id: arranging.describe_page(
        station, actor, case_id, number, marks=words))  # fmt: skip


@_of_page(
    "blank",
    _("Say that a page is blank, or with --no that it is not."),
    "  archiver page blank 99001/93 5\n  archiver page blank 99001/93 5 --no",
)
@click.option("--no", "written", is_flag=True, help=_("Something is on it."))
def blank(call: Call, case_text: str, series: str, number: int, written: bool) -> None:
    _do(call, case_text, series, lambda station, actor, case_id: arranging.describe_page(
        station, actor, case_id, number, blank=not written))  # fmt: skip


@_of_page(
    "reject",
    _("Take a page out of the numbering, with a reason; its image is kept."),
    "  archiver page reject 99001/93 6 --reason duplicate",
)
@_reason_option
def reject(call: Call, case_text: str, series: str, number: int, reason: str) -> None:
    _do(call, case_text, series, lambda station, actor, case_id: desk.reject(
        station, actor, case_id, number, reason))  # fmt: skip


@_of_page(
    "accept",
    _("Let what the checks complain of on a page stand, with a reason."),
    "  archiver page accept 99001/93 9 --reason nothing_lost",
)
@_reason_option
def accept(call: Call, case_text: str, series: str, number: int, reason: str) -> None:
    _do(call, case_text, series, lambda station, actor, case_id: desk.accept(
        station, actor, case_id, number, reason))  # fmt: skip


@verb(
    "put-back",
    _("Bring an image that is kept aside back into the numbering."),
    "  archiver pages 99001/93 --aside\n  archiver page put-back 99001/93 17 --after 5",
    group=page_group,
)
@click.argument("case_text", metavar="CASE")
@click.argument("image", type=int)
@series_option
@_before_option
@_after_option
def put_back(call: Call, case_text: str, image: int, series: str, before: int, after: int) -> None:
    _do(call, case_text, series, lambda station, actor, case_id: desk.put_back(
        station, actor, case_id, image, before=before, after=after))  # fmt: skip


@verb(
    "undo",
    _("Take the newest act on the pages and documents of a case file back."),
    "  archiver page undo 99001/93",
    group=page_group,
)
@click.argument("case_text", metavar="CASE")
@series_option
def undo(call: Call, case_text: str, series: str) -> None:
    _do(call, case_text, series, arranging.undo)


@verb(
    "redo",
    _("Make the act again that was taken back last, if none was made since."),
    "  archiver page redo 99001/93",
    group=page_group,
)
@click.argument("case_text", metavar="CASE")
@series_option
def redo(call: Call, case_text: str, series: str) -> None:
    _do(call, case_text, series, arranging.redo)

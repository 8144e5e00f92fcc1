"""Verbs on the words of a page: correct, reread, training-lines."""

from collections.abc import Iterator
from pathlib import Path

import click

from archiver.cli.group import Call, series_option, verb
from archiver.i18n import _
from archiver.model.casefile import CaseFile, Page
from archiver.model.changes import Step
from archiver.model.revision import Revision, RevisionKind
from archiver.workflow import correcting, queries
from archiver.workflow.correcting import Edit, Past
from archiver.workflow.rereading import LANGUAGES, reread_page, reread_part
from archiver.workflow.station import Station
from archiver.workflow.training_lines import write_training_lines
from ocr.page import Box, Word


@verb(
    "correct",
    _("Correct a line or a word of a page, take a correction back, or list them."),
    "  archiver correct 99001/93 2 12 --text 'في الطعن المقيد برقم ٩٩٠٠١' --as mona\n"
    "  archiver correct 99001/93 2 12 --word 5 --text ٩٩٠٠١\n"
    "  archiver correct 99001/93 2 12 --word 5 --accept\n"
    "  archiver correct 99001/93 2 --undo\n"
    "  archiver correct 99001/93 2 --redo\n"
    "  archiver correct 99001/93 2 --list",
)
@click.argument("case_text", metavar="CASE")
@click.argument("position", metavar="PAGE", type=int)
@click.argument("line", required=False, type=int)
@series_option
@click.option("--word", type=int, metavar="N", help=_("Only this word of the line, from 1."))
@click.option("--text", metavar="TEXT", help=_("What stands on the paper; '' takes it out."))
@click.option("--accept", is_flag=True, help=_("The reading is right as it is."))
@click.option("--illegible", is_flag=True, help=_("Nobody can read it."))
@click.option("--undo", is_flag=True, help=_("Take the newest correction of the page back."))
@click.option("--redo", is_flag=True, help=_("Make again what was taken back last."))
@click.option("--number", type=int, metavar="N", help=_("With --undo: this one, by the list."))
@click.option("--list", "listed", is_flag=True, help=_("Show the lines and all corrections."))
def correct(
    call: Call,
    case_text: str,
    position: int,
    line: int | None,
    series: str,
    word: int | None,
    text: str | None,
    accept: bool,
    illegible: bool,
    undo: bool,
    redo: bool,
    number: int | None,
    listed: bool,
) -> None:
    if [text is not None, accept, illegible, undo, redo, listed].count(True) != 1:
        wrong = _("Say one of --text TEXT, --accept, --illegible, --undo, --redo and --list.")
        raise click.UsageError(wrong)
    if (line is None) != (undo or redo or listed):
        raise click.UsageError(_("Name a line to correct; none with --undo, --redo and --list."))
    with call.station(write=not listed) as station:
        case = queries.find_case(station, case_text, series)
        page = correcting.page_at(station, case, position)
        if listed:
            _list(call, station, case, page)
            return
        actor = call.actor(station)
        if undo:
            steps = correcting.undo(station, actor, page.id, number=number)
        elif redo:
            steps = correcting.redo(station, actor, page.id)
        else:
            kind = RevisionKind.ACCEPT if accept else RevisionKind.ILLEGIBLE
            kind = kind if text is None else RevisionKind.TEXT
            edit = Edit(kind, line or 0, word, text or "")
            steps = correcting.correct(station, actor, page.id, [edit])
        call.voice.done(call.voice.follow(steps))


def _list(call: Call, station: Station, case: CaseFile, page: Page) -> None:
    read = queries.page_text(station, page)
    lines = read.lines if read else ()
    past = correcting.history(station, page)
    call.voice.table((_("Line"), _("Text")), ((n, line.text) for n, line in enumerate(lines, 1)))
    if past:
        call.voice.say()
        heads = (
            _("No."),
            _("Line"),
            _("Word"),
            _("What"),
            _("Before"),
            _("After"),
            _("Who"),
            _("State"),
        )
        call.voice.table(heads, (_row(entry) for entry in past))
    call.voice.result(
        {
            "verb": "correct",
            "case": case.reference,
            "page": page.position,
            "lines": [[_word(word) for word in line.words] for line in lines],
            "revisions": [
                {
                    **correcting.facts(p.revision),
                    "undone": p.undone,
                    "look_again": p.loose,
                    "again": p.again,
                }
                for p in past
            ],
        }
    )


def _word(word: Word) -> dict[str, object]:
    return {"text": word.text, "confidence": round(word.confidence, 3), "review": word.review}


def _row(past: Past) -> tuple[object, ...]:
    of: Revision = past.revision
    kinds = {
        RevisionKind.TEXT: _("corrected"),
        RevisionKind.ACCEPT: _("accepted"),
        RevisionKind.ILLEGIBLE: _("illegible"),
        RevisionKind.REREAD: _("read again"),
        RevisionKind.UNDO: _("taken back"),
    }
    state = _("taken back") if past.undone else _("look again") if past.loose else ""
    what = _("made again") if past.again else kinds[of.kind]
    return of.id, of.line, of.word or "", what, of.before, of.after, of.person, state


class _Part(click.ParamType[Box]):
    name = "x,y,w,h"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Box:
        try:
            x, y, width, height = (int(figure) for figure in str(value).split(","))
        except ValueError:
            self.fail(_("four whole numbers with commas between them are wanted"), param, ctx)
        return Box(x, y, width, height)


@verb(
    "reread",
    _("Read a page, or a part of it, again: in another language, or with today's models."),
    "  archiver reread H-0001 2 --language fra\n"
    "  archiver reread 99001/93 4 --language eng --box 300,1200,900,60",
)
@click.argument("case_text", metavar="CASE")
@click.argument("position", metavar="PAGE", type=int)
@series_option
@click.option(
    "--language", type=click.Choice(LANGUAGES), help=_("The language of the print; else as it is.")
)
@click.option("--box", "part", type=_Part(), help=_("Only this part: pixels of the upright page."))
def reread(
    call: Call, case_text: str, position: int, series: str, language: str | None, part: Box | None
) -> None:
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text, series)
        page = correcting.page_at(station, case, position)
        actor, spoken = call.actor(station), language or page.language
        steps: Iterator[Step] = (
            reread_part(station, actor, page.id, spoken, part)
            if part
            else reread_page(station, actor, page.id, spoken)
        )
        changed = call.voice.follow(steps)
    call.voice.done(changed)
    if changed.facts.get("failed"):
        raise SystemExit(5)


@verb(
    "training-lines",
    _("Write the corrected lines as crops with their texts, to train the reader on."),
    "  archiver training-lines ~/lines\n  archiver training-lines ~/lines --case 99001/93",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--case", "case_text", metavar="CASE", help=_("Only this case file."))
@series_option
def training_lines(call: Call, folder: Path, case_text: str | None, series: str) -> None:
    with call.station(write=True) as station:
        case_id = queries.find_case(station, case_text, series).id if case_text else None
        steps = write_training_lines(station, call.actor(station), folder, case_id=case_id)
        call.voice.done(call.voice.follow(steps))

"""The verb that arranges a case file: documents, and the pages in them."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import click

from archiver.cli.group import Call, series_option, verb
from archiver.i18n import _, digits, isolate
from archiver.model.actor import Actor
from archiver.model.arrangement import COPIES, SIDES, Act
from archiver.model.casefile import CaseFile, Page
from archiver.model.changes import Step
from archiver.model.taking_back import chains
from archiver.workflow import arranging, queries
from archiver.workflow.document_proposals import accept_proposals, proposed
from archiver.workflow.queries import CaseView
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import label, state_word

Asked = Callable[[Station, Actor, int], Iterator[Step]]


class _Numbered(click.ParamType[tuple[int, str]]):
    """`N=WORDS`: what is said of number N."""

    name = "N=WORDS"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, str]:
        number, sign, words = str(value).partition("=")
        if not sign or not number.strip().isdecimal():
            self.fail(_("{value} is not of the form 2=words.").format(value=value), param, ctx)
        return int(number), words


class Pages(click.ParamType[tuple[int, int]]):
    """`7` or `7-9`, in either digits."""

    name = "FROM-TO"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", str(value).replace("–", "-").strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if first > last:
            self.fail(_("{value} is not of the form 7 or 7-9.").format(value=value), param, ctx)
        return first, last


@verb(
    "arrange",
    _("Arrange a case file in documents: split, merge, move, name; each act can be taken back."),
    "  archiver arrange 99001/93\n"
    "  archiver arrange 99001/93 --accept-proposals --as mona\n"
    "  archiver arrange 99001/93 --split 5\n"
    "  archiver arrange 99001/93 --merge 3\n"
    "  archiver arrange 99001/93 --move 7-9 --to 3\n"
    "  archiver arrange 99001/93 --place 4=2\n"
    "  archiver arrange 99001/93 --kind 2=judgment\n"
    "  archiver arrange 99001/93 --undo\n"
    "  archiver arrange 99001/93 --redo",
)
@click.argument("case_text", metavar="CASE")
@series_option
@click.option("--split", type=int, metavar="PAGE", help=_("This page begins a new document."))
@click.option("--merge", type=int, metavar="DOC", help=_("Join it with the document before it."))
@click.option("--move", type=Pages(), help=_("Move these pages, with --to or --before."))
@click.option("--to", type=int, metavar="DOC", help=_("With --move: to the end of this document."))
@click.option("--before", type=int, metavar="PAGE", help=_("With --move: before this page."))
@click.option("--place", type=_Numbered(), metavar="DOC=N", help=_("The document becomes the Nth."))
@click.option("--kind", type=_Numbered(), metavar="DOC=KIND", help=_("Its kind (a code)."))
@click.option("--title", type=_Numbered(), metavar="DOC=TEXT", help=_("Its title."))
@click.option("--date", type=_Numbered(), metavar="DOC=TEXT", help=_("Its date, as written."))
@click.option(
    "--copy",
    type=_Numbered(),
    metavar="DOC=WORD",
    help=_("What it is: {words}.").format(words=", ".join(filter(None, COPIES))),
)
@click.option("--folios", type=_Numbered(), metavar="DOC=TEXT", help=_("Numbers of its sheets."))
@click.option(
    "--side",
    type=_Numbered(),
    metavar="PAGE=WORD",
    help=_("The side of its sheet: {words}.").format(words=", ".join(filter(None, SIDES))),
)
@click.option("--blank", type=_Numbered(), metavar="PAGE=yes|no", help=_("Whether it is blank."))
@click.option("--marks", type=_Numbered(), metavar="PAGE=A,B", help=_("What else is on the page."))
@click.option("--proposals", is_flag=True, help=_("Show the documents that the text suggests."))
@click.option("--accept-proposals", is_flag=True, help=_("Arrange it as the text suggests."))
@click.option("--undo", is_flag=True, help=_("Take the newest act back."))
@click.option("--redo", is_flag=True, help=_("Make again what was taken back last."))
@click.option("--history", "past", is_flag=True, help=_("Show what was done, by whom."))
def arrange_verb(call: Call, case_text: str, series: str, **asked: Any) -> None:
    act = _act(asked)
    shown = act is None
    with call.station(write=not shown) as station:
        case = queries.find_case(station, case_text, series)
        if act:
            call.voice.done(call.voice.follow(act(station, call.actor(station), case.id)))
        elif asked["past"]:
            _history(call, station, case)
        else:
            _tree(call, station, case, asked["proposals"])


def _act(asked: dict[str, Any]) -> Asked | None:
    """The one act that was asked for; None where something is only to be shown."""
    silent = ("to", "before")
    given = [name for name, value in asked.items() if value not in (None, False)]
    named = [name for name in given if name not in silent]
    if len(named) > 1:
        raise click.UsageError(_("Ask for one thing at a time."))
    moving = [asked[name] for name in silent if asked[name] is not None]
    if len(moving) != (named == ["move"]):
        raise click.UsageError(_("Say --move with either --to DOC or --before PAGE."))
    if not named or named[0] in ("proposals", "past"):
        return None
    return _made(named[0], asked[named[0]], asked)


def _made(name: str, said: Any, asked: dict[str, Any]) -> Asked:
    of_document = ("kind", "title", "date", "copy", "folios")
    if name in of_document:
        words = {name: said[1]}
        return partial(arranging.describe_document, document=said[0], **words)
    if name in ("side", "blank", "marks"):
        return partial(arranging.describe_page, page=said[0], **_of_page(name, said[1]))
    if name == "move":
        to, before = asked["to"] or 0, asked["before"] or 0
        return partial(arranging.move, first=said[0], last=said[1], to=to, before=before)
    if name == "place" and not said[1].strip().isdecimal():
        raise click.UsageError(_("Say the new number: --place 4=2."))
    simple: dict[str, Callable[[], Asked]] = {
        "split": lambda: partial(arranging.split, page=said),
        "merge": lambda: partial(arranging.merge, document=said),
        "place": lambda: partial(arranging.place, document=said[0], at=int(said[1])),
        "undo": lambda: arranging.undo,
        "redo": lambda: arranging.redo,
        "accept_proposals": lambda: accept_proposals,
    }
    return simple[name]()


def _of_page(name: str, words: str) -> dict[str, Any]:
    if name == "marks":
        return {"marks": re.split("[,،]", words)}
    if name == "blank":
        if words not in ("yes", "no"):
            raise click.UsageError(_("Say --blank PAGE=yes or PAGE=no."))
        return {"blank": words == "yes"}
    return {"side": words}


def _tree(call: Call, station: Station, case: CaseFile, suggested: bool) -> None:
    view = queries.case_view(station, case.id)
    if suggested:
        view = _as_proposed(station, view)
    call.voice.say(f"{digits(case.reference)}  {case.title}  [{state_word(case.state)}]")
    for document in view.documents:
        of = [page for page in view.pages if page.document_id == document.id]
        parts = (label("document_kind", document.kind), document.title, document.date,
                 label("original_or_copy", document.copy), document.folios)  # fmt: skip
        call.voice.say(f"{digits(document.position):>4}  " + " · ".join(filter(None, parts)))
        for page in of:
            call.voice.say(f"        {_page_line(page)}")
    call.voice.result({"verb": "arrange", "case": case.reference, **_record(view, suggested)})


def _as_proposed(station: Station, view: CaseView) -> CaseView:
    """The view as it would be once the proposals are accepted."""
    wanted = proposed(station, view.case.id)
    places = {page: n for n, page in enumerate(wanted.pages, 1)}
    made, of = [], {}
    for n, placed in enumerate(wanted.documents, 1):
        made.append(replace(view.documents[0], id=-n, position=n, kind=placed.kind,
                            title=placed.title, date=placed.date, copy=placed.copy,
                            folios=placed.folios))  # fmt: skip
        of.update(dict.fromkeys(placed.pages, -n))
    pages = [replace(p, position=places[p.id], document_id=of[p.id]) for p in view.pages]
    return replace(
        view, documents=tuple(made), pages=tuple(sorted(pages, key=lambda p: p.position))
    )


def _page_line(page: Page) -> str:
    place = _("page {number}").format(number=digits(page.position))
    side = label("page_side", page.side)
    marks = ", ".join(json.loads(page.marks))
    source = f"{isolate(page.source_name)} {digits(page.source_page)}"
    return " · ".join(filter(None, (place, side, _("blank") if page.blank else "", marks, source)))


def _record(view: CaseView, suggested: bool) -> dict[str, object]:
    return {
        "proposed": suggested,
        "documents": [
            {
                "number": d.position,
                "kind": d.kind,
                "title": d.title,
                "date": d.date,
                "copy": d.copy,
                "folios": d.folios,
                "pages": [
                    {
                        "number": p.position,
                        "side": p.side,
                        "blank": p.blank,
                        "marks": json.loads(p.marks),
                        "source": p.source_name,
                        "source_page": p.source_page,
                    }
                    for p in view.pages
                    if p.document_id == d.id
                ],
            }
            for d in view.documents
        ],
    }


def _history(call: Call, station: Station, case: CaseFile) -> None:
    acts = arranging.history(station, case.id)
    undone = {chain.act for chain in chains((act.id, act.undoes) for act in acts)
              if not chain.stands}  # fmt: skip
    rows = [_past(act, act.id in undone) for act in acts]
    call.voice.table((_("Number"), _("At"), _("Person"), _("Act"), ""), rows)
    facts = [
        {
            "number": act.id,
            "at": act.at,
            "person": act.person,
            "act": act.act,
            "undoes": act.undoes,
            "undone": act.id in undone,
        }
        for act in acts
    ]
    call.voice.result({"verb": "arrange", "case": case.reference, "acts": facts})


def _past(act: Act, undone: bool) -> tuple[object, ...]:
    at = act.at[:16].replace("T", " ")
    return act.id, at, act.person, act.act, _("taken back") if undone else ""

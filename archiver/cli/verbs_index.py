"""Verbs on the search index: index status, index rebuild, index verify."""

import click

from archiver.cli.group import Call, lang_option, station_command, verb
from archiver.i18n import _, digits
from archiver.workflow import index_check, rebuilding
from archiver.workflow.indexing import index_state


@station_command.group("index", help=_("The search index: status, rebuild, verify."))
@lang_option
def index_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


@verb(
    "status",
    _("Show which engine answers, and what waits."),
    "  archiver index status\n  archiver index status --json",
    group=index_group,
)
def index_status(call: Call) -> None:
    with call.station(write=False) as station:
        state = index_state(station)
    rows = (
        (_("Engine"), state.engine or "–"),
        (_("Engine wanted"), state.wanted),
        (_("Usable"), _("yes") if state.usable else _("no")),
        (_("Pages in it"), digits(state.pages)),
        (_("Pages that wait"), digits(state.waiting)),
        (_("A new one is being made"), state.building or _("no")),
    )
    call.voice.table(("", ""), rows)
    call.voice.result(
        {
            "verb": "index",
            "act": "status",
            "engine": state.engine,
            "wanted": state.wanted,
            "usable": state.usable,
            "pages": state.pages,
            "waiting": state.waiting,
            "building": state.building,
        },
        state.advice(),
    )


@verb(
    "rebuild",
    _("Make the search index anew while the old one answers; goes on where it was stopped."),
    "  archiver index rebuild\n  archiver index rebuild --engine whoosh",
    group=index_group,
)
@click.option("--engine", default="", metavar="NAME", help=_("From now on: tantivy or whoosh."))
def index_rebuild(call: Call, engine: str) -> None:
    with call.station(write=True) as station:
        steps = rebuilding.rebuild(station, call.actor(station), engine=engine)
        call.voice.done(call.voice.follow(steps))


@verb(
    "verify",
    _("Compare the search index with the archive: missing, stale and foreign pages."),
    "  archiver index verify\n  archiver index verify --mend",
    group=index_group,
)
@click.option("--mend", is_flag=True, help=_("Mend what is found."))
def index_verify(call: Call, mend: bool) -> None:
    with call.station(write=mend) as station:
        steps = index_check.verify_index(station, call.actor(station), mend=mend)
        changed = call.voice.follow(steps)
    call.voice.done(changed)
    facts = changed.facts
    if any(facts[kind] for kind in ("missing", "stale", "extra")) and not mend:
        raise SystemExit(7)

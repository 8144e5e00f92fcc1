"""The group that all verbs join, and what they share: options, the archive, errors in words."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from archiver import __version__, app
from archiver.cli.voice import Voice
from archiver.errors import ArchiverError
from archiver.i18n import LANGUAGES, _
from archiver.model.actor import Actor
from archiver.model.identity import DEFAULT_SERIES
from archiver.workflow.faults import storage_faults
from archiver.workflow.station import Station

# In the order of a page's path. A verb's module is imported when the verb is wanted: a search
# need not wait for what seals and scans.
_HOMES: Final = {
    "demo": "demo",
    "init": "archive",
    "lot": "lot",
    "slip": "slip",
    "watch": "watch",
    "import": "intake",
    "devices": "capture",
    "capture": "capture",
    "compact": "capture",
    "process": "intake",
    "show": "case",
    "pages": "pages",
    "page": "pages",
    "target-card": "target_card",
    "condition": "target_card",
    "arrange": "arrange",
    "keying": "keying",
    "case-list": "case_list",
    "carry": "case_list",
    "describe": "describe",
    "fields": "describe",
    "validate": "describe",
    "correct": "text",
    "reread": "text",
    "training-lines": "text",
    "check": "case",
    "sample": "sample",
    "search": "search",
    "similar": "search",
    "suggest": "search",
    "searches": "search",
    "index": "index",
    "export": "export",
    "export metadata": "describe",
    "seal": "delivery",
    "send": "outbox",
    "pause": "outbox",
    "resume": "outbox",
    "priority": "outbox",
    "collect": "delivery",
    "receive": "delivery",
    "key": "delivery",
    "target": "delivery",
    "person": "person",
    "today": "today",
    "overview": "today",
    "status": "archive",
    "ocr": "ocr",
    "reopen": "safekeeping",
    "purge": "safekeeping",
    "backup": "safekeeping",
    "restore": "safekeeping",
    "handover": "handover",
    "delivery-report": "handover",
    "audit": "audit",
    "verify": "examine",
    "doctor": "examine",
}


class _Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _HOMES:
            import_module(f"archiver.cli.verbs_{_HOMES[cmd_name]}")
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A verb may be two words: `export metadata` beside `export CASE`."""
        two = " ".join(args[:2])
        if two in _HOMES:
            return two, self.get_command(ctx, two), args[2:]
        return super().resolve_command(ctx, args)


lang_option = click.option(
    "--lang", type=click.Choice(LANGUAGES), help=_("The language of the answer.")
)


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Take court files from paper to the information centre."),
    epilog=_("Each verb has its own --help with examples."),
)
@lang_option
@click.version_option(__version__, prog_name="archiver")
def station_command(lang: str | None) -> None:
    """Joined by the verbs of the `verbs_…` modules."""
    del lang  # main has seen to it


series_option = click.option(
    "--series", default=DEFAULT_SERIES, show_default=True, help=_("The docket series.")
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a verb: where, by whom, and how to answer."""

    voice: Voice
    archive: Path
    person: str | None

    def station(self, *, write: bool) -> Station:
        return app.open_station(self.archive, write=write, holder=self.person or "")

    def actor(self, station: Station, role: str = "operator") -> Actor:
        return app.actor(station, self.person, role)


def verb(
    name: str, summary: str, examples: str, *, group: click.Group = station_command
) -> Callable[[Callable[..., None]], click.Command]:
    """Make `f(call, …)` a verb, with the options that every verb has."""

    def make(function: Callable[..., None]) -> click.Command:
        @functools.wraps(function)
        def run(
            as_json: bool, archive: Path, person: str | None, lang: str | None, **words: Any
        ) -> None:
            del lang  # main has seen to it
            voice = Voice(as_json=as_json)
            try:
                with storage_faults(archive):
                    function(Call(voice, archive, person), **words)
            except ArchiverError as error:
                voice.fail(error)
                raise SystemExit(error.exit_code) from error

        epilog = "\b\n" + _("Examples:") + "\n" + examples
        return group.command(name, help=summary, epilog=epilog)(_with_options(run))

    return make


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option("--json", "as_json", is_flag=True, help=_("Answer with one JSON object.")),
        click.option(
            "--archive",
            type=click.Path(path_type=Path, file_okay=False),
            envvar="ARCHIVER_ARCHIVE",
            default=Path(),
            metavar="DIR",
            help=_("The archive to work in (ARCHIVER_ARCHIVE, else this folder)."),
        ),
        click.option(
            "--as", "person", metavar="PERSON", help=_("Who does it (else the system user).")
        ),
        lang_option,
    )
    for option in reversed(options):
        function = option(function)
    return function

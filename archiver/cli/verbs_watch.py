"""The verb that takes in what scanner software puts into a folder: watch."""

import json
import signal
import time
from pathlib import Path

import click

from archiver.cli.group import Call, series_option, verb
from archiver.errors import ArchiveBusy, ArchiverError, EnvironmentProblem
from archiver.i18n import _, digits, ngettext
from archiver.model.changes import Changed
from archiver.workflow import watching
from archiver.workflow.lots import open_lot_named
from archiver.workflow.watching import FolderGone, Watch

_PAUSE_SECONDS = 5.0  # before the next try where the disk is full or gone


@verb(
    "watch",
    _("Take in the files that come into a folder, once they are complete; Ctrl-C ends it."),
    "  archiver watch /scans\n"
    "  archiver watch /scans --by slip --lot 118/2026\n"
    "  archiver watch /media/disk --once --json",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--once", is_flag=True, help=_("What is complete now; then end."))
@click.option(
    "--by",
    type=click.Choice(("subfolder", "slip")),
    default="subfolder",
    show_default=True,
    help=_("Each subfolder is a case file (99001-93), or slips begin them."),
)
@series_option
@click.option("--lot", "lot_name", metavar="LOT", help=_("The lot that the paper belongs to."))
@click.option(
    "--language",
    type=click.Choice(("ara", "fra", "ita", "eng")),
    default="ara",
    show_default=True,
    help=_("The language of the print."),
)
@click.option(
    "--quiet",
    "quiet_seconds",
    type=click.FloatRange(0.0),
    default=2.0,
    show_default=True,
    help=_("A file is complete when it has not changed for so many seconds."),
)
def watch_verb(
    call: Call,
    folder: Path,
    once: bool,
    by: watching.By,
    series: str,
    lot_name: str | None,
    language: str,
    quiet_seconds: float,
) -> None:  # fmt: skip
    watch = Watch(folder, by, series, quiet_seconds)
    rounds = _Rounds(call, watch, lot_name, language)
    if once:
        watch.look()
        time.sleep(quiet_seconds)
        rounds.take(always=True)
        if watch.waiting:
            call.voice.say(_not_complete(watch.waiting))
        if call.voice.notices:
            raise SystemExit(3)
        return
    for number in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C and a service manager alike
        signal.signal(number, signal.default_int_handler)
    try:
        rounds.go_on()
    except KeyboardInterrupt:
        call.voice.say(_("Watching has ended; what was acknowledged is safe."))


class _Rounds:
    """Look, take, rest. The archive is open only while something is taken, so others may work."""

    def __init__(self, call: Call, watch: Watch, lot_name: str | None, language: str) -> None:
        self._call, self._watch = call, watch
        self._lot_name, self._language = lot_name, language
        self._told: set[str] = set()

    def go_on(self) -> None:
        while True:
            try:
                self.take()
                self._told.discard(FolderGone.__name__)
                time.sleep(min(1.0, max(0.1, self._watch.quiet_seconds / 2)))
            except (FolderGone, EnvironmentProblem) as error:
                self._tell_once(error)
                time.sleep(_PAUSE_SECONDS)

    def take(self, *, always: bool = False) -> None:
        """One round. always: say so even where nothing was there."""
        ready = self._watch.look()
        for notice in watching.left_alone(self._watch):
            self._tell_once(notice.error)
        if not ready and not always:
            return
        with self._call.station(write=True) as station:
            lot = open_lot_named(station, self._lot_name) if self._lot_name else None
            steps = watching.take(
                station, self._call.actor(station), self._watch, ready, lot=lot,
                language=self._language,
            )  # fmt: skip
            self._say(self._call.voice.follow(steps), whole=always)

    def _say(self, changed: Changed, *, whole: bool) -> None:
        """In JSON one line a round, else its sentence."""
        voice = self._call.voice
        if whole or not voice.as_json:
            voice.done(changed)
            return
        line = {"verb": "watch", **changed.facts, "notices": voice.notices}
        print(json.dumps(line, ensure_ascii=False), flush=True)
        voice.notices = []

    def _tell_once(self, error: ArchiverError) -> None:
        """A trouble that stays is told once; an archive in use is none."""
        name = f"{error.code} {error.facts.get('name', '')}".strip()
        if name not in self._told and not isinstance(error, ArchiveBusy):
            self._told.add(name)
            self._call.voice.tell(error)


def _not_complete(count: int) -> str:
    words = ngettext("{count} file is still being written.", "{count} files are still being"
                     " written.", count)  # fmt: skip
    return words.format(count=digits(count))

"""What every verb that scans is told: with which scanner, how, and when to stop."""

import functools
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FrameType
from typing import Any

import click

from archiver.i18n import _
from archiver.model.scanning import LARGEST, PAPER_MM, Mode, ScanSettings, Source
from archiver.workflow.capturing import settings_for
from archiver.workflow.station import Station


@dataclass(frozen=True, slots=True)
class Scanner:
    """A scanner as it was named; "" where nobody did."""

    device: str
    source: str | None
    dpi: int | None
    mode: str | None
    paper: str | None
    options: tuple[str, ...]

    def settings(self, station: Station) -> ScanSettings:
        """What the site says of it, but what was said here."""
        known = settings_for(station, self.device)
        return replace(
            known,
            source=Source(self.source or known.source),
            dpi=self.dpi or known.dpi,
            mode=Mode(self.mode or known.mode),
            paper=self.paper or known.paper,
            options={**known.options, **_options(self.options)},
        )


_NAMES = tuple(Scanner.__dataclass_fields__)


def scanner_options(function: Callable[..., None]) -> Callable[..., None]:
    """Hands `scanner` to the verb."""

    @functools.wraps(function)
    def run(*args: Any, **words: Any) -> None:
        scanner = Scanner(**{name: words.pop(name) for name in _NAMES})
        function(*args, scanner=scanner, **words)

    made: Callable[..., None] = run
    for option in reversed(_choices()):
        made = option(made)
    return made


def _choices() -> tuple[Callable[..., Any], ...]:
    sources, modes = ([each.value for each in kind] for kind in (Source, Mode))
    return (
        click.option(
            "--device",
            metavar="NAME",
            default="",
            help=_(
                "A scanner of “archiver devices”. What is not said here, [scanners] in station.toml"
                " says for it; else feeder, 300 dpi, colour, A4."
            ),
        ),
        click.option(
            "--source", type=click.Choice(sources), help=_("Glass, feeder, or both faces.")
        ),
        click.option("--dpi", type=click.IntRange(50, 2400), help=_("Dots per inch.")),
        click.option(
            "--mode", type=click.Choice(modes), help=_("Colour, grey, or black and white.")
        ),
        click.option(
            "--paper", type=click.Choice([*PAPER_MM, LARGEST]), help=_("The size of the paper.")
        ),
        click.option(
            "--option",
            "options",
            multiple=True,
            metavar="NAME=VALUE",
            help=_("An option of the driver."),
        ),
    )


def _options(words: tuple[str, ...]) -> dict[str, str | int | float | bool]:
    """`NAME=VALUE` each; what reads as a number or a yes is one."""
    found: dict[str, str | int | float | bool] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise click.BadParameter(word, param_hint="--option")
        found[name] = _plain(value)
    return found


def _plain(value: str) -> str | int | float | bool:
    if value in ("yes", "no"):
        return value == "yes"
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            continue
    return value


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Ctrl-C, or a service manager's SIGTERM, ends the feed behind the sheet that is under way; a
    second one ends the program, and the next command takes in what came."""
    stop = threading.Event()

    def wish(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {each: signal.signal(each, wish) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

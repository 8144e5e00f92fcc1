"""Pictures of the window for docs/screens: `python -m tests.screens ARCHIVE [FOLDER [PICTURE…]]`.

Every screen in Arabic and English, light and dark; PICTURE is `text`, `text-ar` or `text-ar-dark`.
ARCHIVE is the demo's (`archiver demo DIR` makes DIR/archive) and is copied first. The Text screen
shows more of itself on a case file that is not sealed: there it accepts a few words first. The
Capture screen scans small sheets from the tests' scanner into the first case file that is open.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageColor
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from archiver import app
from archiver.capture import escl
from archiver.model.casefile import CaseState
from archiver.settings import read_settings
from archiver.workflow.station import Station
from tests.scanners import DPI, sheets
from tests.servers.escl import EsclServer, scanner
from ui.acts import (
    CAPTURE,
    CASES,
    DELIVERY,
    DESCRIBE,
    OVERVIEW,
    PAGES,
    SEARCH,
    SETTINGS,
    TEXT,
    TODAY,
)
from ui.session import Session
from ui.start import set_up
from ui.theme import DARK, LIGHT, Tokens
from ui.window import Window

SIZE_PX = (1440, 900)
SETTLE_MS = 1500
PERSON = "منى"
QUERY = "القصور في التسبيب"
LEFT = 3  # doubts that are not accepted for the picture
MINUTES = "minutes"  # the document on the Text screen


def prepare(window: Window, name: str) -> None:
    """Bring the screen `name` to a state worth showing."""
    window.session.show_case(window.session.cases[0].case.id)
    if name == TEXT:
        rows = window.screens[CASES].strip.pages.rows
        page = next((r.page for r in rows if r.document.kind == MINUTES), rows[0].page)
        window.session.open_page(page.case_id, page.id)
        settle(window)
    window.open(name)
    if name == TEXT:
        review(window)
    if name == CAPTURE:
        scan(window)
    if name == PAGES:
        await_recipe(window)
    if name == SEARCH:
        window.screens[SEARCH].line.setText(QUERY)
        window.screens[SEARCH].search()
    settle(window)


def review(window: Window) -> None:
    """Accept the first doubts, as far as there are any and they may be, and go to the next."""
    screen = window.screens[TEXT]
    screen.step_doubt(1)
    while len(screen.pane.doubts()) > LEFT and not screen.bench.reading.isReadOnly():
        screen.accept()


def scan(window: Window) -> None:
    """Into the first case file that takes pages."""
    cases = [row.case for row in window.session.cases if row.case.state is not CaseState.SEALED]
    if cases:
        window.session.show_case(cases[0].id)
    while not window.deck.actions["scan"].isEnabled():
        wait(100)
    window.deck.do("scan")
    while window.session.bridge.busy:
        wait(100)


def await_recipe(window: Window) -> None:
    """Until the page stands there as the reader gets it; a blank one never does."""
    for _ in range(100):
        if not window.screens[PAGES].after.empty:
            return
        wait(100)


def settle(window: Window) -> None:
    """Until every answer and picture that was asked for is there."""
    wait(SETTLE_MS)
    while window.session.images.busy:
        wait(100)
    wait(100)


def wait(milliseconds: int) -> None:
    """On the event loop, which lets other threads run Python; QTest.qWait does not."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def shots(wanted: tuple[str, ...]) -> Iterator[tuple[str, str, bool, str]]:
    """(screen, language, dark, name of the picture)"""
    for screen in (
        TODAY, CASES, CAPTURE, PAGES, TEXT, DESCRIBE, SEARCH, DELIVERY, OVERVIEW, SETTINGS
    ):  # fmt: skip
        for language in ("ar", "en"):
            for dark in (False, True):
                name = f"{screen}-{language}{'-dark' if dark else ''}"
                if not wanted or {screen, f"{screen}-{language}", name} & {*wanted}:
                    yield screen, language, dark, name


def shoot(
    application: QApplication, station: Station, folder: Path, wanted: tuple[str, ...]
) -> Iterator[Path]:
    for screen, language, dark, name in shots(wanted):
        set_up(application, language, dark=dark)
        window = Window(Session(station, app.actor(station, PERSON)))
        window.resize(*SIZE_PX)
        window.show()
        with scanner(sheets(2)) as paper:
            use(station, paper)
            prepare(window, screen)
        file = folder / f"{name}.png"
        window.grab().save(str(file))
        window.close()
        shrink(file)
        yield file


def use(station: Station, paper: EsclServer) -> None:
    """That scanner, and no other one."""
    told = (station.root / "station.toml").read_text("utf-8").split("\n[scanners.desk]")[0]
    told += (
        f'\n[scanners.desk]\ndevice = "{escl.PREFIX}{paper.url}"\nsource = "duplex"\n'
        f'dpi = {DPI}\nmode = "colour"\npaper = "a5"\n'
    )
    (station.root / "station.toml").write_text(told, "utf-8")
    station.settings = read_settings(station.root)


def shrink(file: Path) -> None:
    """The colours of the picture and those of the design: a sign may be the only red there."""
    known = sorted({colour for of in (LIGHT, DARK) for colour in colours(of)})
    with Image.open(file) as opened:
        picture = opened.convert("RGB")
    free = 256 - len(known)
    own = (picture.quantize(free).getpalette() or [])[: 3 * free]
    palette = Image.new("P", (1, 1))
    palette.putpalette(own + [part for colour in known for part in ImageColor.getrgb(colour)])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(file, optimize=True)


def colours(of: Tokens) -> Iterator[str]:
    for name in ("window", "surface", "accent", "selection", "spine", "spine_ink", "found"):
        yield getattr(of, name)
    for tone in of.tones.values():
        yield tone.ink
        yield tone.tint


def main(archive: str, folder: str = "docs/screens", *wanted: str) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    Path(folder).mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        copy = shutil.copytree(archive, Path(name) / "archive")
        with app.open_station(copy) as station:
            for file in shoot(application, station, Path(folder), wanted):
                print(file, file.stat().st_size)


if __name__ == "__main__":
    main(*sys.argv[1:])

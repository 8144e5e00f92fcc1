"""Pictures of the window for docs/screens: `python -m tests.screens ARCHIVE [FOLDER [SCREEN…]]`.

ARCHIVE is the demo's (`archiver demo DIR` makes DIR/archive). The Text screen shows more of itself
on a case file that is not sealed: there it accepts a few words first.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageColor
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from archiver import app
from archiver.workflow.station import Station
from ui.acts import (
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


def shots() -> Iterator[tuple[str, str, bool]]:
    """(screen, language, dark)"""
    for name in (
        TODAY, CASES, PAGES, TEXT, DESCRIBE, SEARCH, DELIVERY, OVERVIEW, SETTINGS
    ):  # fmt: skip
        yield name, "ar", False
    yield TEXT, "ar", True
    yield CASES, "en", False


def shoot(
    application: QApplication, station: Station, folder: Path, wanted: tuple[str, ...]
) -> Iterator[Path]:
    for name, language, dark in shots():
        if wanted and name not in wanted:
            continue
        set_up(application, language, dark=dark)
        window = Window(Session(station, app.actor(station, PERSON)))
        window.resize(*SIZE_PX)
        window.show()
        prepare(window, name)
        file = folder / f"{name}-{language}{'-dark' if dark else ''}.png"
        window.grab().save(str(file))
        window.close()
        shrink(file)
        yield file


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
    with app.open_station(Path(archive)) as station:
        for file in shoot(application, station, Path(folder), wanted):
            print(file, file.stat().st_size)


if __name__ == "__main__":
    main(*sys.argv[1:])

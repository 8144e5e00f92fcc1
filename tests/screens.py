"""Pictures of the window for docs/screens: `python -m tests.screens ARCHIVE [FOLDER [PICTURE…]]`.

Every screen in Arabic and English, light and dark; PICTURE is `text` for all four, `text-ar` or
`text-ar-dark` for one.
ARCHIVE is made where there is none (`tests/screen_archive.py`, some minutes), and every picture has
a copy of it. SIZE=1366x768 in the environment makes the window as large as that.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageColor
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication

from archiver import app, i18n
from archiver.capture import escl
from archiver.model.casefile import Page
from archiver.settings import read_settings
from archiver.workflow.journey import CASE
from archiver.workflow.people import add_person
from archiver.workflow.queries import blob_path
from archiver.workflow.station import Station
from tests.papers import finish
from tests.screen_archive import CHECKER, OPERATOR, SECOND, TO_SCAN, made
from tests.servers.escl import Faults, Sheet, scanner
from ui.acts import (
    CAPTURE,
    CASES,
    DELIVERY,
    DESCRIBE,
    KEYING,
    OVERVIEW,
    PAGES,
    SAMPLE,
    SCREENS,
    SEARCH,
    TEXT,
)
from ui.look import Look, keep_look
from ui.session import Session
from ui.start import set_up
from ui.theme import DARK, LIGHT, Tokens, tokens
from ui.window import Window

SIGN_IN: Final = "sign-in"
SETTLE_MS = 1200
PEOPLE: Final = {SAMPLE: CHECKER.person, KEYING: SECOND.person}
QUERY = "القصور في التسبيب"
ACCEPTED = 2  # doubts of the page
MINUTES = "minutes"  # the document on the Text screen
SCAN_DPI, SCAN_PX = 150, (1240, 1754)
SHEETS = 9  # of ten that are declared


def prepare(window: Window, name: str) -> None:
    """Bring the screen `name` to a state worth showing."""
    show_case(window, str(CASE))
    if name == SIGN_IN:
        return
    if name == TEXT:
        rows = window.screens[CASES].strip.pages.rows
        page = next((r.page for r in rows if r.document.kind == MINUTES), rows[0].page)
        window.session.open_page(page.case_id, page.id)
        settle(window)
    window.open(name)
    SCENES.get(name, settle)(window)
    settle(window)


def show_case(window: Window, reference: str) -> None:
    known = [row.case.id for row in window.session.cases if row.case.reference == reference]
    window.session.show_case(known[0] if known else window.session.cases[0].case.id)


def review(window: Window) -> None:
    """Accept the first doubts, as far as they may be, and go to the next."""
    screen = window.screens[TEXT]
    screen.step_doubt(1)
    for _ in range(0 if screen.bench.reading.isReadOnly() else ACCEPTED):
        screen.accept()


def scan(window: Window) -> None:
    """The sheets of the demo, one blank back among them, into a case file that was declared."""
    screen, station = window.screens[CAPTURE], window.session.station
    with scanner(sheets(station, window.session.view.pages), Faults()) as paper:
        use(station, paper.url)
        screen.look_for_scanners()
        into = screen.card.into
        known = [getattr(into.itemData(n), "reference", "") for n in range(into.count())]
        into.setCurrentIndex(known.index(str(TO_SCAN)) if str(TO_SCAN) in known else 0)
        screen.card.sheets.setValue(SHEETS)
        while not window.deck.actions["scan"].isEnabled():
            wait(100)
        window.deck.do("scan")
        while window.session.bridge.busy:
            wait(100)


def sheets(station: Station, pages: tuple[Page, ...]) -> list[Sheet]:
    return [(face(blob_path(station, page.access)), face(None)) for page in pages[:SHEETS]]


def face(path: Path | None) -> bytes:
    """As a small scanner gives it; None: a blank back."""
    made_bytes, blank = BytesIO(), Image.new("RGB", SCAN_PX, (250, 248, 240))
    image = Image.open(path).convert("RGB").resize(SCAN_PX) if path else blank
    image.save(made_bytes, "JPEG", quality=88, dpi=(SCAN_DPI, SCAN_DPI))
    return made_bytes.getvalue()


def use(station: Station, url: str) -> None:
    """That scanner, and no other one."""
    told = (station.root / "station.toml").read_text("utf-8").split("\n[scanners.desk]")[0]
    told += (
        f'\n[scanners.desk]\ndevice = "{escl.PREFIX}{url}"\nsource = "duplex"\n'
        f'dpi = {SCAN_DPI}\nmode = "colour"\npaper = "a4"\n'
    )
    (station.root / "station.toml").write_text(told, "utf-8")
    station.settings = read_settings(station.root)


def await_recipe(window: Window) -> None:
    """Until the page stands there as the reader gets it; a blank one never does."""
    for _ in range(100):
        if not window.screens[PAGES].after.empty:
            return
        wait(100)


def ask(window: Window) -> None:
    screen = window.screens[SEARCH]
    screen.line.setText(QUERY)
    screen.search()
    for _ in range(600):
        if screen.hits.rowCount():
            return
        wait(100)


def judged(window: Window) -> None:
    settle(window)
    window.screens[SAMPLE].next_unjudged()


SCENES: Final[dict[str, Callable[[Window], None]]] = {
    TEXT: review,
    CAPTURE: scan,
    PAGES: await_recipe,
    SEARCH: ask,
    DELIVERY: lambda window: window.screens[DELIVERY].next_problem(),
    SAMPLE: judged,
    DESCRIBE: lambda window: window.screens[DESCRIBE].form.step(1, problems=True),
    OVERVIEW: lambda window: choose(window.screens[OVERVIEW].group.button(30)),
}


def choose(button: QAbstractButton) -> None:
    button.setFocus()
    button.click()


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
    for dark in (False, True):
        for language in ("ar", "en"):
            for screen in (*SCREENS, SIGN_IN):
                name = f"{screen}-{language}{'-dark' if dark else ''}"
                if not wanted or {screen, name} & {*wanted}:
                    yield screen, language, dark, name


def shoot(
    application: QApplication, archive: Path, folder: Path, wanted: tuple[str, ...]
) -> Iterator[Path]:
    for screen, language, dark, name in shots(wanted):
        set_up(application, language, dark=dark)
        with tempfile.TemporaryDirectory() as place:
            copy = copied(archive, Path(place) / "archive")
            with app.open_station(copy) as station:
                file = picture(station, screen, folder / f"{name}.png")
        shrink(file)
        yield file


def picture(station: Station, screen: str, file: Path) -> Path:
    if screen == SIGN_IN:
        finish(
            add_person(station, OPERATOR, OPERATOR.person, ["supervisor"], "نخلة طويلة في الواحة")
        )
    session = Session(station, app.actor(station, PEOPLE.get(screen, OPERATOR.person)))
    light = "dark" if tokens(QApplication.palette()).dark else "light"
    keep_look(session.memory, session.actor.person, Look(i18n.language(), light=light))
    window = Window(session)
    wide, high = os.environ.get("SIZE", "1440x900").split("x")
    window.resize(int(wide), int(high))
    window.show()
    prepare(window, screen)
    window.grab().save(str(file))
    window.session.bridge.wait()
    window.close()
    window.deleteLater()  # its timers ask an archive that is gone
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return file


def copied(archive: Path, copy: Path) -> Path:
    """The blobs are the same files: nothing ever writes into one."""
    shutil.copytree(archive, copy, ignore=shutil.ignore_patterns("blobs"))
    shutil.copytree(archive / "blobs", copy / "blobs", copy_function=os.link)
    settings = copy / "station.toml"  # its folder here is nobody's business
    told = settings.read_text("utf-8").replace(str(archive.absolute().parent), "/srv/centre")
    settings.write_text(told, "utf-8")
    return copy


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
    root = Path(archive)
    if not root.exists():
        made(root)
    Path(folder).mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    for file in shoot(application, root, Path(folder), wanted):
        print(file, file.stat().st_size)


if __name__ == "__main__":
    main(*sys.argv[1:])

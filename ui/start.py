"""Start the window: the archive, the person, the language and the light."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from platformdirs import user_data_path
from PySide6.QtCore import QLibraryInfo, QLocale, QSize, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from archiver import app
from archiver.errors import ArchiveBusy, ArchiverError
from archiver.i18n import LANGUAGES, set_language
from archiver.model.actor import Actor
from archiver.settings import FILE_NAME, resource
from archiver.workflow.station import Station
from ui.fonts import font, load_fonts
from ui.look import SIZES, Look, look_of
from ui.memory import LAST, Memory, memory_path
from ui.rooms import Behind
from ui.session import Session
from ui.theme import DARK, LIGHT
from ui.tidying import Tidying
from ui.window import Window, dress

WIDE = QSize(1440, 900)
BEHIND_MS = 500  # by then Today stands, also where the machine is busy
ANEW = 77  # the exit code that asks for a new process
LOCALES = {"ar": "ar_EG", "en": "en_GB"}
PLAIN = "ar_AE"  # Arabic with the digits 0-9


def usual_archive() -> Path:
    """ARCHIVER_ARCHIVE, else this folder if it is an archive, else the demo's."""
    named = os.environ.get("ARCHIVER_ARCHIVE")
    if named or Path(FILE_NAME).is_file():
        return Path(named or ".")
    data = user_data_path("archiving-station")
    return Path(os.environ.get("ARCHIVER_DEMO_DIR", data / "demo")) / "archive"


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="archiving-station")
    parser.add_argument("--archive", type=Path, default=usual_archive())
    parser.add_argument("--as", dest="person", default=None)
    parser.add_argument("--lang", choices=LANGUAGES, default=None)
    parser.add_argument("--dark", action="store_true")
    return parser.parse_args(argv)


def set_up(
    application: QApplication, language: str, *, dark: bool = False, digits: str = "arabic"
) -> None:
    """Language, direction, digits, fonts and colours of the whole application."""
    set_language(language, plain_digits=digits == "plain")
    QLocale.setDefault(
        QLocale(PLAIN if (language, digits) == ("ar", "plain") else LOCALES[language])
    )
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt), (f"ui_{language}", str(resource("locale")))):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
    rtl = language == "ar"
    application.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    )
    application.setStyle("Fusion")
    load_fonts()
    application.setFont(font(14))
    dress(DARK if dark else LIGHT)


def open_archive(root: Path) -> tuple[Station, ArchiverError | None]:
    """The archive to work in; only to read in, and why, while another process writes."""
    try:
        return app.open_station(root), None
    except ArchiveBusy as error:
        return app.open_station(root, write=False), error


def show(window: Window) -> None:
    """At its designed size; as large as the display allows where that is smaller."""
    room = window.screen().availableSize()
    if room.width() > WIDE.width() and room.height() > WIDE.height():
        window.show()
    else:
        window.showMaximized()


class Opening:
    """Keeps the window that is open, and puts another one in its place."""

    def __init__(self, application: QApplication, station: Station, memory: Memory) -> None:
        self.application, self.station, self.memory = application, station, memory
        self.window: Window | None = None
        self.size = 0  # percent; another one needs a new process

    def open(self, actor: Actor, look: Look, *, signed_in: bool = False) -> Window:
        self.size = look.size
        set_up(self.application, look.language, dark=look.tokens is DARK, digits=look.digits)
        window = Window(Session(self.station, actor, memory=self.memory), signed_in=signed_in)
        window.again.connect(self._again)
        self.window = window
        return window

    def _again(self, look: Look) -> None:
        """The same person goes on at the same place; the old window closes behind the new one."""
        old = self.window
        if look.size != self.size:
            self.application.exit(ANEW)
            return
        new = self.open(old.session.actor, look, signed_in=not old.locked)
        new.setGeometry(old.geometry())
        screen = old.screen_name
        show(new)
        old.close()
        new.open(screen)
        old.deleteLater()


def start(argv: Sequence[str]) -> int:
    given = arguments(argv)
    memory = Memory(memory_path(given.archive))
    look = first_look(given, memory)
    if look.size != SIZES[0]:
        os.environ["QT_SCALE_FACTOR"] = str(look.size / 100)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    set_language(look.language)
    try:
        station, busy = open_archive(given.archive)
    except ArchiverError as error:
        print(f"{error} {error.way_out()}", file=sys.stderr)
        return error.exit_code
    with station:
        opening = Opening(application, station, memory)
        window = opening.open(app.actor(station, given.person), look)
        window.resize(WIDE)
        if busy:
            window.refuse(busy)
        show(window)
        tidying, behind = Tidying(application), Behind()
        QTimer.singleShot(BEHIND_MS, behind.start)
        code = application.exec()
        behind.stop()
        tidying.stop()
        if code == ANEW:
            opening.window.close()
    if code == ANEW:
        os.environ.pop("QT_SCALE_FACTOR", None)
        os.execv(sys.executable, [sys.executable, "-m", "ui.main", *argv])  # noqa: S606
    return code


def first_look(given: argparse.Namespace, memory: Memory) -> Look:
    """What was asked for, else what the person chose, else Arabic and light."""
    look = look_of(memory, given.person or LAST, Look(os.environ.get("ARCHIVER_LANG", "ar")))
    return replace(
        look,
        language=given.lang or look.language,
        light="dark" if given.dark else look.light,
    )

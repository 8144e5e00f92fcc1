"""Start the window: the archive, the person, the language and the light."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_data_path
from PySide6.QtCore import QLibraryInfo, QLocale, QSize, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from archiver import app
from archiver.errors import ArchiveBusy, ArchiverError
from archiver.i18n import LANGUAGES, set_language
from archiver.settings import FILE_NAME, resource
from archiver.workflow.station import Station
from ui.fonts import font, load_fonts
from ui.session import Session
from ui.theme import DARK, LIGHT
from ui.window import Window, dress

WIDE = QSize(1440, 900)
LOCALES = {"ar": "ar_EG", "en": "en_GB"}


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
    parser.add_argument("--lang", choices=LANGUAGES, default=os.environ.get("ARCHIVER_LANG", "ar"))
    parser.add_argument("--dark", action="store_true")
    return parser.parse_args(argv)


def set_up(application: QApplication, language: str, *, dark: bool = False) -> None:
    """Language, direction, digits, fonts and colours of the whole application."""
    set_language(language)
    QLocale.setDefault(QLocale(LOCALES[language]))
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


def start(argv: Sequence[str]) -> int:
    given = arguments(argv)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    set_up(application, given.lang, dark=given.dark)
    try:
        station, busy = open_archive(given.archive)
    except ArchiverError as error:
        print(f"{error} {error.way_out()}", file=sys.stderr)
        return error.exit_code
    with station:
        window = Window(Session(station, app.actor(station, given.person)))
        window.resize(WIDE)
        if busy:
            window.refuse(busy)
        show(window)
        return application.exec()

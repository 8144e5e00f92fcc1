"""Scanning from the window: the verb, and the pictures of pages that are not in the archive yet."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

from archiver.model.casefile import Page
from archiver.model.changes import Step
from archiver.model.scanning import ScanSettings
from archiver.workflow import capturing, placing
from archiver.workflow.destination import Destination
from ui.session import Session
from ui.words import translate

LARGE_PX, SMALL_PX = 1400, 220


@dataclass(frozen=True, slots=True)
class Plan:
    """One feed, as it is asked for."""

    device: str
    settings: ScanSettings
    into: Destination | None  # None: the slips among the paper say it
    sheets: int = 0
    lot: int = 0  # id; 0: the one that the case file was declared in


def scan(session: Session, plan: Plan) -> bool:
    """Stopped, the feed ends behind the sheet that is under way."""

    def steps(cancel: threading.Event) -> Iterator[Step]:
        return capturing.capture(
            session.station,
            session.actor,
            device=plan.device,
            settings=plan.settings,
            into=plan.into,
            sheets=plan.sheets,
            lot=plan.lot,
            stop=cancel,
        )

    return session.bridge.run(translate("Verbs", "Scanning"), steps)


def scan_again(session: Session, page: Page, reason: str, plan: Plan) -> bool:
    """One face, in the place of `page`, whose image is kept."""

    def steps(_cancel: threading.Event) -> Iterator[Step]:
        return placing.rescan(
            session.station, session.actor, page.case_id, page.position, reason,
            device=plan.device, settings=plan.settings,
        )  # fmt: skip

    return session.bridge.run(translate("Verbs", "Scanning"), steps, stoppable=False)


def scan_behind(session: Session, page: Page, plan: Plan) -> bool:
    """What lies in the scanner, behind `page`."""

    def steps(cancel: threading.Event) -> Iterator[Step]:
        return placing.insert(
            session.station, session.actor, page.case_id,
            device=plan.device, settings=plan.settings, after=page.position, stop=cancel,
        )  # fmt: skip

    return session.bridge.run(translate("Verbs", "Scanning"), steps)


class _Decode(QRunnable):
    def __init__(self, asker: "Arrivals", number: int, path: Path, fit_px: int) -> None:
        super().__init__()
        self._asker, self._number, self._path, self._fit_px = asker, number, path, fit_px

    def run(self) -> None:
        reader = QImageReader(str(self._path))
        size, room = reader.size(), QSize(self._fit_px, self._fit_px)
        if size.isValid() and max(size.width(), size.height()) > self._fit_px:
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        # A file that went into the archive meanwhile gives a null image: its page is shown.
        self._asker.decoded.emit(self._number, self._fit_px, reader.read())


class Arrivals(QObject):
    """`decoded` tells number, fit and picture; the scanner never waits for it."""

    decoded = Signal(int, int, QImage)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def show(self, number: int, path: Path, fit_px: int) -> None:
        self._pool.start(_Decode(self, number, path, fit_px), int(fit_px == SMALL_PX))

    def stop(self) -> None:
        self._pool.clear()
        self._pool.waitForDone()

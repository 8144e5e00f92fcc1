"""Scanning from the window: the verb, and the pictures of pages that are not in the archive yet."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from archiver.model.casefile import CaseFile, CaseState, Page
from archiver.model.changes import Step
from archiver.model.identity import CaseKey
from archiver.model.lot import Declared, Lot
from archiver.model.scanning import ScanSettings
from archiver.workflow import capturing, placing
from archiver.workflow.capturing import settings_for
from archiver.workflow.destination import Destination
from archiver.workflow.lots import lot_view
from archiver.workflow.queries import blob_path
from archiver.workflow.station import Station
from ui.crew import Crew
from ui.memory import LAST
from ui.models.captured import CapturedRow
from ui.session import Session
from ui.words import translate

LARGE_PX, SMALL_PX = 1400, 220
OPEN_CASE, BY_SLIPS = "open", "slips"  # beside what was declared
SCANNER: Final = "scanner"  # what the window remembers
HERITAGE: Final = "heritage_item"  # the profile of what was declared without a number


@dataclass(frozen=True, slots=True)
class Plan:
    """One feed, as it is asked for."""

    device: str
    settings: ScanSettings
    into: Destination | None  # None: the slips among the paper say it
    sheets: int = 0
    lot: int = 0  # id; 0: the one that the case file was declared in


def unscanned(station: Station, lots: Sequence[Lot]) -> tuple[Declared, ...]:
    """What was declared in these lots and whose paper is not all here."""
    rows = (row for lot in lots for row in lot_view(station, lot).rows)
    return tuple(row.declared for row in rows if row.account.missing > 0)


def destination(
    case: CaseFile | None, choice: Declared | str | None, kind: str
) -> Destination | None:
    """Where a feed goes: into what was declared, else the open case file; None: slips say it."""
    if isinstance(choice, Declared):
        key = CaseKey.parse(choice.reference, choice.series) if choice.series else None
        if key:
            return Destination(key, kind=kind)
        return Destination(None, choice.reference, kind=kind, profile=HERITAGE)
    if choice == BY_SLIPS or case is None or case.state is CaseState.SEALED:
        return None
    return replace(Destination.of(case), kind=kind)


def scanner_at_hand(session: Session) -> Plan | None:
    """The one that was used last at this machine, else the first that station.toml names."""
    named = session.station.settings.scanners
    device = session.memory.get(LAST, SCANNER) or next(iter(named), "")
    if not device:
        return None
    known = settings_for(session.station, device)
    return Plan(device, replace(known, options=dict(known.options)), None)


def inserted(station: Station, pages: Sequence[Page], last: int) -> list[CapturedRow]:
    """Rows of pages that came between others; last: the highest number there is."""
    return [
        CapturedRow(number, -number, False, blob_path(station, page.access),
                    blob_path(station, page.thumbnail), page, inserted=True)
        for number, page in enumerate(pages, last + 1)
    ]  # fmt: skip


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


def scan_between(session: Session, page: Page, plan: Plan, *, before: bool) -> bool:
    """What lies in the scanner, before or behind `page`."""
    place = {"before" if before else "after": page.position}

    def steps(cancel: threading.Event) -> Iterator[Step]:
        return placing.insert(
            session.station, session.actor, page.case_id,
            device=plan.device, settings=plan.settings, stop=cancel, **place,
        )  # fmt: skip

    return session.bridge.run(translate("Verbs", "Scanning"), steps)


class Arrivals(QObject):
    """`decoded` tells number, fit and picture; the scanner never waits for it."""

    decoded = Signal(int, int, QImage)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._crew = Crew("pictures that arrive")

    def show(self, number: int, path: Path, fit_px: int) -> None:
        self._crew.do(partial(self._decode, number, path, fit_px), int(fit_px == SMALL_PX))

    def _decode(self, number: int, path: Path, fit_px: int) -> None:
        reader = QImageReader(str(path))
        size, room = reader.size(), QSize(fit_px, fit_px)
        if size.isValid() and max(size.width(), size.height()) > fit_px:
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        # A file that went into the archive meanwhile gives a null image: its page is shown.
        self.decoded.emit(number, fit_px, reader.read())

    def stop(self) -> None:
        self._crew.stop()

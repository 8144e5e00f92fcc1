"""Which scanners there are, on the card of the Capture screen: named by the site, or answering."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from archiver.errors import ArchiverError
from archiver.model.scanning import ScanSettings
from archiver.workflow.capturing import Found, devices, settings_for
from ui.ask import Ask
from ui.session import Session
from ui.theme import Shape
from ui.widgets.scanner_card import ScannerCard
from ui.words import translate


class Scanners(QObject):
    """`told` when the card says something else of them."""

    told = Signal()

    def __init__(self, session: Session, card: ScannerCard) -> None:
        super().__init__(card)
        self._session, self._card, self._asker = session, card, Ask(self)
        self.looked = False
        self._asker.answered.connect(self._found)
        self._asker.failed.connect(self._not_found)

    def look(self) -> None:
        self.looked = True
        station = self._session.station
        self._card.show_devices(tuple(station.settings.scanners), ())
        self._card.tell(Shape.CURRENT, translate("Capture", "Looking for scanners"))
        self._asker.ask(lambda: devices(station))

    def stop(self) -> None:
        self._asker.stop()

    def _found(self, found: Found) -> None:
        named = self._session.station.settings.scanners
        known = {scanner.device for scanner in named.values()}
        fresh = [device for device in found.devices if device.name not in known]
        self._card.show_devices(tuple(named), fresh)
        self.ready()

    def _not_found(self, error: ArchiverError) -> None:
        self._card.tell(Shape.DOUBTFUL, str(error), error.way_out())
        self.told.emit()

    def ready(self) -> None:
        if self._card.device.count():
            self._card.tell(Shape.OK, translate("Capture", "The scanner is ready"))
        else:
            none = translate("Capture", "No scanner answers")
            on = translate("Capture", "Is it on, and on the same network? Then look again.")
            self._card.tell(Shape.WAITING, none, on)
        self.told.emit()

    def use_settings(self, *, begun: bool) -> None:
        """What the site says of the chosen one; of another one, only before a feed has `begun`."""
        name = self._card.device.currentData()
        named = name in self._session.station.settings.scanners
        if named or not begun:
            known = settings_for(self._session.station, name or "")
            self._card.use(known if named else replace(known, source=ScanSettings().source))

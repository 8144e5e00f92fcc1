"""Scanners through SANE. To be imported in the scanner's own process only.

python-sane gives statuses as English messages; SANE's own words (`sane_strstatus`) are not
translated, so they are told apart here, in this one place.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, NoReturn

import _sane
import sane

from archiver.capture import sane_options as options
from archiver.capture.scanner import Scanned
from archiver.errors import (
    ArchiverError,
    CoverOpen,
    NoPaper,
    NoScanner,
    PaperJam,
    ScannerBusy,
    ScannerFault,
    ScannerGone,
    ScannerRefuses,
    ShortPage,
)
from archiver.model.scanning import Capabilities, Device, ScanSettings, Source

PREFIX: Final = "sane:"
# sane.h, SANE 1.2: what each status is called there.
_CONDITIONS: Final[dict[str, type[ArchiverError]]] = {
    "Document feeder out of documents": NoPaper,
    "Document feeder jammed": PaperJam,
    "Scanner cover is open": CoverOpen,
    "Device busy": ScannerBusy,
    "Error during device I/O": ScannerGone,
}
_PAUSE_SECONDS: Final = 0.3  # before an empty feeder is asked again
_CANCELLED: Final = frozenset({"Operation was canceled", "Operation was cancelled"})


class SaneDriver:
    def __init__(self) -> None:
        sane.init()

    def devices(self) -> list[Device]:
        return [Device(PREFIX + name, *words) for name, *words in sane.get_devices()]

    def open(self, name: str) -> "SaneScanner":
        try:
            return SaneScanner(name, sane.open(name.removeprefix(PREFIX)))
        except _sane.error as error:
            if str(error) in ("Invalid argument", "Error during device I/O"):
                raise NoScanner(device=name) from error
            _raise(error, name)


class SaneScanner:
    def __init__(self, name: str, opened: Any) -> None:
        self._name = name
        self._opened = opened

    def capabilities(self) -> Capabilities:
        return options.capabilities(self._opened)

    def images(self, settings: ScanSettings) -> Iterator[Scanned]:
        try:
            options.apply(self._opened, settings)
        except (_sane.error, AttributeError, TypeError, options.NotOffered) as error:
            raise ScannerRefuses(device=self._name, detail=error) from error
        dpi = options.dpi(self._opened, settings.dpi)
        feeds = settings.source is not Source.FLATBED
        count = 0
        while (image := self._next(count + 1, dpi, feeds)) is not None:
            yield image
            count += 1
            if not feeds:
                return
        if not count:
            raise NoPaper(device=self._name)

    def _next(self, number: int, dpi: int, feeds: bool) -> Scanned | None:
        """None where there is no more. An empty feeder is asked twice: some say so too early."""
        with suppress(NoPaper):
            return self._image(number, dpi, feeds)
        self._opened.cancel()
        time.sleep(_PAUSE_SECONDS)
        try:
            return self._image(number, dpi, feeds)
        except NoPaper:
            return None

    def _image(self, number: int, dpi: int, feeds: bool) -> Scanned:
        """A cancelled one comes short and without an error: so its rows are counted."""
        try:
            self._opened.start()
            promised = max(0, self._opened.get_parameters()[2][1])
            bilevel = options.is_bilevel(self._opened)
            data, width, height, channels, _ = self._opened.dev.snap(feeds, False)
        except _sane.error as error:
            _raise(error, self._name, number)
        if height < promised:
            raise ShortPage(device=self._name, page=number, rows=height, expected=promised)
        return Scanned(data, width, height, channels, dpi, bilevel=bilevel, rows_promised=promised)

    def close(self) -> None:
        """May never come back: SANE's own `test` locks itself out when it is cancelled right behind
        an error. Whoever calls has said before what there was to say, and has an alarm clock."""
        self._opened.cancel()
        self._opened.close()


def _raise(error: Exception, name: str, page: int = 0) -> NoReturn:
    said = str(error)
    if said in _CANCELLED and page:
        raise ShortPage(device=name, page=page, rows=0, expected=0) from error
    kind = _CONDITIONS.get(said, ScannerFault)
    raise kind(device=name, detail=said) from error

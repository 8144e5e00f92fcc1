"""Network scanners by eSCL (AirScan) over plain HTTP: for machines without SANE.

Source: Mopria Alliance, eSCL Technical Specification 2.97. The scanner's JPEG is the master, bit
for bit. A page counts when its body came whole and ends as a JPEG ends.
"""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from typing import Final
from urllib.parse import urljoin, urlsplit

from PIL import Image

from archiver.capture import escl_words as words
from archiver.capture.scanner import Scanned
from archiver.capture.single import jpeg_has_end
from archiver.errors import (
    NoPaper,
    NoScanner,
    PageDamaged,
    ScannerBusy,
    ScannerFault,
    ScannerGone,
    ScannerRefuses,
)
from archiver.model.scanning import Capabilities, Device, ScanSettings, Source

PREFIX: Final = "escl:"
_LINES: Final = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
_ANSWER_SECONDS: Final = 30  # without a byte; the watchdog outside knows the whole page
_LOOK_SECONDS: Final = 5  # the same where somebody only looks who is there
_ASKED_AT_ONCE: Final = 8
_MOST_BYTES: Final = 300_000_000
_MOST_MEGAPIXELS: Final = 200
_PATIENCE_SECONDS: Final = 10.0  # with a scanner that says busy, or no page although one is there
_PAUSE_SECONDS: Final = 0.25


class EsclDriver:
    """Knows what is named: `escl:http://HOST:PORT/eSCL/`. `escl_seek` finds names."""

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        self._names = names

    def devices(self) -> list[Device]:
        """Those of the named ones that answer, in their order; all are asked at once."""
        with ThreadPoolExecutor(_ASKED_AT_ONCE) as crowd:
            return [device for device in crowd.map(_answering, self._names) if device]

    def open(self, name: str) -> "EsclScanner":
        scanner = EsclScanner(name)
        scanner.capabilities()
        return scanner


def _answering(name: str) -> Device | None:
    try:
        scanner = EsclScanner(name, _LOOK_SECONDS)
        return words.device(name, scanner.asked("ScannerCapabilities"))
    except (NoScanner, ScannerGone, ScannerFault):
        return None


class EsclScanner:
    def __init__(self, name: str, answer_seconds: float = _ANSWER_SECONDS) -> None:
        self._name = name
        self._answer_seconds = answer_seconds
        self._root = name.removeprefix(PREFIX).rstrip("/") + "/"
        self._job = ""
        if urlsplit(self._root).scheme not in _LINES or not urlsplit(self._root).netloc:
            raise NoScanner(device=name)

    def capabilities(self) -> Capabilities:
        return words.capabilities(self.asked("ScannerCapabilities"))

    def asked(self, what: str) -> bytes:
        """Raises NoScanner where nobody answers, ScannerFault where the answer is none."""
        try:
            status, body, _ = self._call("GET", self._root + what)
        except ScannerGone as error:
            raise NoScanner(device=self._name) from error
        if status != http.client.OK:
            raise ScannerFault(device=self._name, detail=f"HTTP {status}", safe=0)
        return body

    def images(self, settings: ScanSettings) -> Iterator[Scanned]:
        can = self.capabilities()
        request = words.request(settings, can)
        if request is None:
            detail = f"{settings.source.value}, {settings.mode.value}, {settings.dpi} dpi"
            raise ScannerRefuses(device=self._name, detail=detail)
        self._job = self._begun(request)
        count = 0
        while (data := self._next(count)) is not None:
            count += 1
            yield self._page(data, count, settings.dpi)
            if settings.source is Source.FLATBED:
                return
        if not count:
            raise NoPaper(device=self._name)

    def close(self) -> None:
        """The job ends with us, finished or not."""
        if self._job:
            with suppress(ScannerGone):
                self._call("DELETE", self._job)
            self._job = ""

    def _begun(self, request: bytes) -> str:
        """The address of the job."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            status, _, location = self._call("POST", self._root + "ScanJobs", request)
            if status == http.client.CREATED and location:
                # On the scanner we asked, whatever host it names.
                return urljoin(self._root, urlsplit(location).path).rstrip("/")
            self._raise_condition()
            if status != http.client.SERVICE_UNAVAILABLE:
                raise ScannerRefuses(device=self._name, detail=f"HTTP {status}")
            if time.monotonic() > deadline:
                raise ScannerBusy(device=self._name)
            time.sleep(_PAUSE_SECONDS)

    def _next(self, count: int) -> bytes | None:
        """The next page; None where there is no more. A 404 is believed only with the status."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            status, body, _ = self._call("GET", self._job + "/NextDocument")
            if status == http.client.OK:
                return body
            found = words.status(self.asked("ScannerStatus"), self._job)
            if problem := words.condition(found, self._name):
                raise problem
            if status in (http.client.NOT_FOUND, http.client.GONE) and not found.may_come:
                return None
            if time.monotonic() > deadline:
                if status == http.client.SERVICE_UNAVAILABLE:
                    raise ScannerBusy(device=self._name)
                if count == 0:
                    return None
                raise ScannerFault(device=self._name, detail=f"HTTP {status}, {found.feeder}")
            time.sleep(_PAUSE_SECONDS)

    def _raise_condition(self) -> None:
        found = words.status(self.asked("ScannerStatus"), self._job)
        if problem := words.condition(found, self._name):
            raise problem

    def _page(self, data: bytes, number: int, dpi: int) -> Scanned:
        try:
            with Image.open(BytesIO(data), formats=["JPEG"]) as image:
                width, height = image.size
                channels = 1 if image.mode == "L" else 3
        except (OSError, SyntaxError, ValueError) as error:
            raise PageDamaged(device=self._name, page=number) from error
        if not jpeg_has_end(data) or width * height > _MOST_MEGAPIXELS * 1_000_000:
            raise PageDamaged(device=self._name, page=number)
        return Scanned(data, width, height, channels, dpi, encoded=True)

    def _call(self, how: str, url: str, body: bytes | None = None) -> tuple[int, bytes, str]:
        """Status, body and the Location it names. Raises ScannerGone for every broken line."""
        parts = urlsplit(url)
        line = _LINES[parts.scheme](parts.netloc, timeout=self._answer_seconds)
        try:
            line.request(how, parts.path, body, {"Content-Type": "text/xml"} if body else {})
            answer = line.getresponse()
            content = answer.read(_MOST_BYTES)
            if answer.length:  # it broke off; read(n) does not tell
                raise ScannerGone(device=self._name, detail=f"{answer.length} bytes are missing")
            return answer.status, content, answer.getheader("Location") or ""
        except (OSError, http.client.HTTPException) as error:
            raise ScannerGone(
                device=self._name, detail=str(error) or type(error).__name__
            ) from error
        finally:
            line.close()

"""A network scanner (eSCL) that behaves, or misbehaves as real ones do.

Its sheets are JPEGs, (front, back); a feed takes them out of the tray, a flatbed scan shows the
first that was in it. `served` counts the images whose last byte went out.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Sheet = tuple[bytes, bytes]
NAMESPACES = (
    'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
    ' xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
)
DPIS = (100, 150, 200, 300, 600)


@dataclass
class Faults:
    """Page numbers count the images of one job, from 1; 0 means never."""

    busy: int = 0  # so many jobs are refused with 503 first
    jam_before: int = 0
    cover_open_before: int = 0
    cut_in: int = 0  # the line breaks in the middle of this page
    silent_before: int = 0  # no answer any more
    early_404_before: tuple[int, ...] = ()  # of all jobs; each once, as if no page were left
    same_from: int = 0  # this page again and again
    fronts_only: bool = False  # asked for both faces, gives one
    page_seconds: float = 0.0  # what the paper takes
    body_seconds: float = 0.0  # what the body takes, in ten pieces


@dataclass
class Job:
    images: list[bytes]
    faces: int = 0  # of a sheet; 0 from the flatbed
    given: int = 0
    stuck: str = ""


class EsclServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, sheets: Sequence[Sheet], faults: Faults, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.tray = list(sheets)
        self.glass = sheets[0][0] if sheets else b""
        self.faults = faults
        self.jobs: dict[str, Job] = {}
        self.early = set(faults.early_404_before)
        self.given = 0
        self.served = 0
        self.over = threading.Event()
        self._begun = 0
        self._one = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/eSCL/"

    def begin(self, request: str) -> str | None:
        """The name of a new job; None while it is busy."""
        with self._one:
            if self.faults.busy:
                self.faults.busy -= 1
                return None
            duplex = "Duplex>true" in request and not self.faults.fronts_only
            faces = 0 if "Platen" in request else 2 if duplex else 1
            images = [face for sheet in self.tray for face in sheet[:faces]]
            self._begun += 1
            name = f"job-{self._begun}"
            self.jobs[name] = Job(images if faces else [self.glass], faces)
            return name

    def next_image(self, job: Job) -> bytes | int:
        """The image that comes now, or the HTTP status in its place."""
        number, faults = job.given + 1, self.faults
        if number in (faults.jam_before, faults.cover_open_before):
            job.stuck = "Jam" if number == faults.jam_before else "DoorOpen"
            return 409
        if self.given + 1 in self.early:
            self.early.remove(self.given + 1)
            return 404
        if number == faults.silent_before:
            self.over.wait(60)
            return 503
        if number > len(job.images) and not faults.same_from:
            return 404
        again = faults.same_from and number > faults.same_from
        return job.images[(faults.same_from if again else number) - 1]

    def pass_on(self, job: Job) -> None:
        """The next image is on its way: nobody gets it twice."""
        with self._one:
            job.given += 1
            self.given += 1
            if job.faces and job.given % job.faces == 0:
                del self.tray[:1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what the tests are for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: EsclServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _send(self, status: int, body: bytes = b"", kind: str = "text/xml", **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        pieces = 10 if self.server.faults.body_seconds and body else 1
        step = len(body) // pieces + 1
        for at in range(0, len(body), step):
            self.wfile.write(body[at : at + step])
            if pieces > 1:
                time.sleep(self.server.faults.body_seconds / pieces)

    def do_GET(self) -> None:
        if self.path.endswith("/ScannerCapabilities"):
            self._send(200, _capabilities().encode())
        elif self.path.endswith("/ScannerStatus"):
            self._send(200, _status(self.server).encode())
        elif self.path.endswith("/NextDocument"):
            self._next_document(self.server.jobs.get(self.path.split("/")[-2]))
        else:
            self._send(404)

    def _next_document(self, job: Job | None) -> None:
        if job is None:
            self._send(404)
            return
        found = self.server.next_image(job)
        if isinstance(found, int):
            self._send(found)
            return
        time.sleep(self.server.faults.page_seconds)
        if job.given + 1 == self.server.faults.cut_in:
            self.send_response(200)
            self.send_header("Content-Type", "image/jpeg")
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found[: len(found) // 2])
            self.close_connection = True
            return
        self.server.pass_on(job)
        self._send(200, found, "image/jpeg")
        self.server.served += 1

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        name = self.server.begin(request)
        if name is None:
            self._send(503)
        else:
            self._send(201, Location=f"{self.server.url}ScanJobs/{name}")

    def do_DELETE(self) -> None:
        self.server.jobs.pop(self.path.rstrip("/").split("/")[-1], None)
        self._send(200)


def _capabilities() -> str:
    dpis = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution>"
        f"<scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
        for dpi in DPIS
    )
    inputs = (
        "<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth>"
        "<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>4200</scan:MaxHeight>"
        "<scan:MaxScanRegions>1</scan:MaxScanRegions><scan:SettingProfiles><scan:SettingProfile>"
        "<scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode>"
        "<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats>"
        "<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>"
        "<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>"
        f"<scan:SupportedResolutions><scan:DiscreteResolutions>{dpis}</scan:DiscreteResolutions>"
        "</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
    )
    return (
        f'<?xml version="1.0"?><scan:ScannerCapabilities {NAMESPACES}>'
        "<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Test Scanner</pwg:MakeAndModel>"
        f"<scan:Platen><scan:PlatenInputCaps>{inputs}</scan:PlatenInputCaps></scan:Platen>"
        f"<scan:Adf><scan:AdfSimplexInputCaps>{inputs}</scan:AdfSimplexInputCaps>"
        f"<scan:AdfDuplexInputCaps>{inputs}</scan:AdfDuplexInputCaps>"
        "<scan:FeederCapacity>50</scan:FeederCapacity><scan:AdfOptions>"
        "<scan:AdfOption>DetectPaperLoaded</scan:AdfOption><scan:AdfOption>Duplex</scan:AdfOption>"
        "</scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>"
    )


def _status(server: EsclServer) -> str:
    jobs = list(server.jobs.items())
    stuck = next((job.stuck for _, job in jobs if job.stuck), "")
    feeder = stuck or ("Loaded" if server.tray else "Empty")
    infos = "".join(
        f"<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/{name}</pwg:JobUri><pwg:JobState>"
        f"{'Completed' if job.given >= len(job.images) else 'Processing'}</pwg:JobState>"
        "</scan:JobInfo>"
        for name, job in jobs
    )
    return (
        f'<?xml version="1.0"?><scan:ScannerStatus {NAMESPACES}><pwg:Version>2.63</pwg:Version>'
        f"<pwg:State>Idle</pwg:State><scan:AdfState>ScannerAdf{feeder}</scan:AdfState>"
        f"<scan:Jobs>{infos}</scan:Jobs></scan:ScannerStatus>"
    )


@contextmanager
def scanner(sheets: Sequence[Sheet], faults: Faults | None = None) -> Iterator[EsclServer]:
    """The scanner, answering on a free port until the block ends."""
    server = EsclServer(sheets, faults or Faults())
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def sane_settings(folder: Path, url: str) -> Path:
    """A SANE_CONFIG_DIR in which only this scanner is known, through the airscan driver."""
    folder.mkdir(exist_ok=True)
    (folder / "dll.conf").write_text("airscan\n")
    (folder / "airscan.conf").write_text(
        f'[devices]\n"Test Scanner" = {url}, eSCL\n[options]\ndiscovery = disable\n'
    )
    return folder


AIRSCAN = "sane:airscan:e0:Test Scanner"


def main() -> None:
    """`python -m tests.servers.escl SHEETS_FOLDER SHEETS [JSON_FAULTS]`: in a process of its own.

    The folder has JPEGs; every two, by name, are a sheet, over and over. Prints its address.
    """
    faces = [path.read_bytes() for path in sorted(Path(sys.argv[1]).glob("*.jpg"))]
    pairs = list(zip(faces[::2], faces[1::2], strict=True))
    sheets = [pairs[number % len(pairs)] for number in range(int(sys.argv[2]))]
    faults = Faults(**json.loads(sys.argv[3])) if len(sys.argv) > 3 else Faults()
    server = EsclServer(sheets, faults)
    print(server.url, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()

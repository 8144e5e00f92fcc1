"""Paper for the test scanner, and a feed of it into an archive."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image

from archiver.errors import ArchiverError
from archiver.model.changes import Arrived, Changed, Notice, Step, Taken
from archiver.model.identity import CaseKey
from archiver.model.scanning import Mode, ScanSettings, Source
from archiver.workflow import capturing, queries
from archiver.workflow.destination import Destination
from archiver.workflow.station import Station
from tests.papers import CASE, OPERATOR, drawn
from tests.servers.escl import Sheet

DPI = 100
A5_PX = (583, 827)
DUPLEX = ScanSettings(Source.DUPLEX, DPI, Mode.COLOUR, "a5")
INTO = Destination(CaseKey.parse(CASE))
IMPATIENT = "\n[capture]\nopen_seconds = 60\nfirst_page_seconds = 60\npage_seconds = 6\n"


def sheets(count: int) -> list[Sheet]:
    """A5 sheets; every face says its own number."""
    return [(face(2 * n + 1), face(2 * n + 2)) for n in range(count)]


def face(number: int) -> bytes:
    made = BytesIO()
    page = drawn([f"صفحة {number}", "محكمة النقض"], A5_PX).convert("RGB")
    page.save(made, "JPEG", quality=85, dpi=(DPI, DPI))
    return made.getvalue()


def pixels(file: bytes | Path) -> bytes:
    with Image.open(BytesIO(file) if isinstance(file, bytes) else file) as image:
        return image.convert("RGB").tobytes()


class Told:
    """What a feed told, sorted by kind; `raised` where it ended in an error."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.arrived: list[Arrived] = []
        self.taken: list[Taken] = []
        self.problems: list[str] = []
        self.changed: Changed | None = None
        self.raised: ArchiverError | None = None
        try:
            for step in steps:
                self._note(step)
        except ArchiverError as error:
            self.raised = error

    def _note(self, step: Step) -> None:
        match step:
            case Arrived():
                assert step.image.exists(), "told before it was on the disk"
                assert step.thumbnail.exists()
                self.arrived.append(step)
            case Taken():
                self.taken.append(step)
            case Notice():
                self.problems.append(step.error.code)
            case Changed():
                self.changed = step


def feed(station: Station, device: str, settings: ScanSettings = DUPLEX, counted: int = 0) -> Told:
    steps = capturing.capture(
        station, OPERATOR, device=device, settings=settings, into=INTO, sheets=counted
    )
    return Told(steps)


def masters(station: Station) -> list[Path]:
    view = queries.case_view(station, queries.find_case(station, CASE).id)
    return [station.blobs.path(page.master) for page in view.pages]

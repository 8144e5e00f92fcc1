"""Paper in, pages out: a scanner feeds, each page is on the disk before anybody sees it.

The scanner's process writes into the spool and says so; from there the pages go into the archive
in their order (`scanned`), while the feed goes on. Whatever ends the feed is told as a notice,
and every page it gave is there.
"""

import threading
import time
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any, Final

from archiver.capture.scanner_link import Patience, ScannerLink, reported
from archiver.capture.spool import REST_SECONDS, begin
from archiver.errors import (
    ArchiverError,
    RequestRefused,
    ScannerProblem,
)
from archiver.i18n import N_, _, digits, ngettext
from archiver.model.actor import Actor
from archiver.model.changes import Arrived, Changed, Notice, Progress, Step, Taken
from archiver.model.scanning import (
    LARGEST,
    PAPER_MM,
    Capabilities,
    Device,
    Mode,
    ScanSettings,
    Source,
)
from archiver.settings import CaptureSettings
from archiver.workflow.destination import Destination, WhichCase
from archiver.workflow.faults import storage_faults
from archiver.workflow.rights import Right, guarded
from archiver.workflow.scanned import Taking, as_called, record_of, take_up
from archiver.workflow.station import Station

_PAUSE_SECONDS: Final = 0.1  # how soon a wish to stop is noticed


class NoSuchPaper(RequestRefused):
    what = N_("{paper} is no size of paper this station knows.")
    advice = N_("The sizes are: {known}.")


class NoDevice(RequestRefused):
    what = N_("It is not said with which scanner.")
    advice = N_("“archiver devices” lists them: --device NAME.")


@dataclass(frozen=True, slots=True)
class Found:
    """What answers, and what stands in the way of more."""

    devices: tuple[Device, ...]
    missing: str = ""  # why SANE is not there


def devices(station: Station, *, seek: bool = False) -> Found:
    """The scanners that answer: SANE's, and eSCL ones that station.toml names. seek: and those
    that the network has; where SANE is not there they are sought anyhow.

    Raises ScannerSilent, DriverStopped.
    """
    named = [found.device for found in station.settings.scanners.values()]
    names = [name for name in named if name.startswith("escl:")]
    request = {"do": "devices", "named": names, "seek": seek}
    seen: list[Device] = []
    missing = ""
    with ScannerLink(request, _patience(station.settings.capture)) as link:
        while (answer := _heard(link)) is not None:
            seen += [Device(**device) for device in answer.get("devices", ())]
            missing = str(answer["missing"]["detail"]) if "missing" in answer else missing
    return Found(tuple(seen), missing)


def capabilities(station: Station, device: str) -> Capabilities:
    """What a scanner can. Raises NoScanner and the other ScannerProblems, ToolMissing."""
    request = {"do": "capabilities", "device": device_named(station, device)}
    with ScannerLink(request, _patience(station.settings.capture)) as link:
        while (answer := _heard(link)) is not None:
            if "opened" in answer:
                can = dict(answer["opened"])
                return Capabilities(
                    **{
                        **can,
                        "sources": tuple(Source(word) for word in can["sources"]),
                        "modes": tuple(Mode(word) for word in can["modes"]),
                        "dpis": tuple(can["dpis"]),
                        "options": tuple(can["options"]),
                    }
                )
    raise ScannerProblem(device=device)


def device_named(station: Station, name: str) -> str:
    """The driver's name for a scanner that station.toml may have a name for."""
    known = station.settings.scanners.get(name)
    return known.device if known else name


def settings_for(station: Station, name: str) -> ScanSettings:
    """How the site uses a scanner: what nobody says otherwise."""
    known = station.settings.scanners.get(name)
    if known is None:
        return ScanSettings()
    return ScanSettings(
        Source(known.source), known.dpi, Mode(known.mode), known.paper, known.options
    )


@dataclass(slots=True)
class Run:
    """One feed, from the first wish to the last page in the archive."""

    taking: Taking
    link: ScannerLink
    stop: threading.Event
    takes: bool = True  # pages go into the archive by themselves
    # Number and SHA-256 of pages whose copies are there.
    ready: deque[tuple[int, str]] = field(default_factory=deque)
    taken: Future[list[Step]] | None = None  # on its way
    came: int = 0
    rested_at: float = 0.0  # no page came for so long that the scanner must be at the next sheet
    told: bool = False
    problem: ArchiverError | None = None

    def steps(self) -> Iterator[Step]:
        """Until its process has ended. Older pages are taken in while the scanner draws the next
        sheet, by a thread of their own: whoever watches the paper does not wait for that."""
        with ThreadPoolExecutor(1) as behind:
            while not self.link.ended:
                yield from self._next(behind)
            if self.taken is not None:
                yield from self.taken.result()

    def _next(self, behind: ThreadPoolExecutor) -> Iterator[Step]:
        try:
            answer = self.link.answer(_PAUSE_SECONDS)
        except ScannerProblem as error:
            yield from self._ended_by(error)
            return
        if self.stop.is_set() and not self.told:
            self.link.stop()
            self.told = True
        if answer is not None:
            yield from self._heard(answer)
        if self.taken is not None and self.taken.done():
            steps, self.taken = self.taken.result(), None
            yield from steps
        if self.taken is None and self.ready and time.monotonic() >= self.rested_at:
            self.taken = behind.submit(self._take_next)

    def _heard(self, answer: dict[str, Any]) -> Iterator[Step]:
        if "page" in answer:
            self.came = answer["page"]
            self.rested_at = time.monotonic() + REST_SECONDS
            yield self._arrived(answer)
        elif "copied" in answer and self.takes:
            self.ready.append((answer["copied"], answer["sha256"]))
        elif problem := reported(answer):
            yield from self._ended_by(problem)
        elif "opened" in answer:
            yield Progress(0, 0, _("The scanner is ready"))

    def _ended_by(self, problem: ArchiverError) -> Iterator[Notice]:
        self.problem = as_called(self.taking.station, problem)
        if self.came:  # else it is raised
            yield Notice(problem)

    def _arrived(self, answer: dict[str, Any]) -> Arrived:
        session, number = self.taking.session, answer["page"]
        return Arrived(
            number,
            0,
            _("Page {number} is on the disk").format(number=digits(number)),
            session=session.name,
            number=number,
            sheet=answer["sheet"],
            face=answer["face"],
            image=session.folder / answer["file"],
            thumbnail=session.copy(number, "thumbnail"),
            width_px=answer["width_px"],
            height_px=answer["height_px"],
            own_ms=answer["own_ms"],
            own_cpu_ms=answer["own_cpu_ms"],
        )

    def _take_next(self) -> list[Step]:
        """Strictly in order: what comes behind a page without copies waits for the end."""
        number, sha256 = self.ready.popleft()
        if number != len(self.taking.done) + 1:
            return []
        path = next(path for found, path in self.taking.session.pages() if found == number)
        return list(self.taking.take(number, path, sha256))

    @property
    def ending(self) -> str:
        if self.problem is not None:
            return self.problem.code
        return "stopped" if self.told else "done"


@guarded(Right.TAKE_IN)
def capture(
    station: Station,
    actor: Actor,
    *,
    device: str,
    settings: ScanSettings,
    into: Destination | None,
    sheets: int = 0,
    lot: int = 0,
    separators: bool = True,
    stop: threading.Event | None = None,
) -> Iterator[Step]:
    """Scan what lies in `device` into a case file.

    into: None where slips among the paper say it. separators: slips and patch sheets are followed.
    sheets: how many were counted, 0 where nobody did; what differs is told. lot: id of an open
    lot. stop: set, it ends the feed behind the sheet that is under way. Pages that come are told
    as `Arrived`, those that are in the archive as `Taken`; jams and all else that ends a feed as
    `Notice`. Raises what stood in the way before the first page, what `Destination.check` raises,
    DiskFull, StorageFailed.
    """
    if into is not None:
        into.check(station)
    elif not separators:
        raise WhichCase
    name = usable(station, device, settings)
    yield from take_up(station)
    with storage_faults(station.root), ExitStack() as undo:
        record = record_of(
            actor, name, settings, into, sheets=sheets, lot=lot, separators=separators
        )
        taking = undo.enter_context(closing(Taking.of(station, begin(station.root, record))))
        run = yield from fed(taking, stop or threading.Event())
        yield from taking.rest()
        if run.problem is not None and not taking.done:
            taking.session.remove()
            raise run.problem
        if not run.told and run.problem is None:  # else the problem says what is missing
            yield from taking.doubts()
        taking.finish(run.ending)
    yield _changed(run)


def usable(station: Station, device: str, settings: ScanSettings) -> str:
    """The driver's name for the scanner. Raises NoSuchPaper, NoDevice."""
    if settings.paper not in (*PAPER_MM, LARGEST):
        raise NoSuchPaper(paper=settings.paper, known=", ".join((*PAPER_MM, LARGEST)))
    name = device_named(station, device)
    if not name:
        raise NoDevice
    return name


def fed(
    taking: Taking, stop: threading.Event, *, takes: bool = True, most: int = 0
) -> Generator[Step, None, Run]:
    """Scan into the session, as it says. takes: and into the archive. most: images; 0: all."""
    request = {
        "do": "capture",
        "device": taking.record["device"],
        "session": str(taking.session.folder.resolve()),
        "settings": taking.record["settings"],
        "most": most,
    }
    with ScannerLink(request, _patience(taking.station.settings.capture)) as link:
        run = Run(taking, link, stop, takes)
        yield from run.steps()
    return run


def resume(station: Station, *, into: Destination | None = None) -> Iterator[Step]:
    """Take in what is left in the spool; no scanner is asked. Each session knows its person.

    into: for pages that came before any slip, where nobody had named a case file.
    """
    if into is not None:
        into.check(station)
    taken: list[int] = []
    for step in take_up(station, into):
        if isinstance(step, Taken) and step.page:
            taken.append(step.page)
        yield step
    page_ids = tuple(taken)
    yield Changed(
        "capture", pages=page_ids, facts={"pages": len(page_ids)}, sentence=_summary(len(page_ids))
    )


def _changed(run: Run) -> Changed:
    taking = run.taking
    waiting = len(taking.session.pages()) if taking.session.folder.exists() else 0
    return Changed(
        "capture",
        cases=tuple(sorted(taking.case_ids)),
        pages=tuple(taking.page_ids),
        facts={
            "case": taking.into.name if taking.into else "",
            "session": taking.session.name,
            "pages": len(taking.page_ids),
            "separators": len(taking.done) - len(taking.page_ids),
            "waiting": waiting,
            "ending": run.ending,
        },
        sentence=_summary(len(taking.page_ids), waiting),
    )


def _summary(count: int, waiting: int = 0) -> str:
    words = ngettext("{count} page was scanned and is safe.", "{count} pages were scanned and are"
                     " safe.", count)  # fmt: skip
    told = words.format(count=digits(count))
    if waiting:
        more = ngettext("{count} image is safe, too, and waits.", "{count} images are safe, too,"
                        " and wait.", waiting)  # fmt: skip
        told += " " + more.format(count=digits(waiting))
    return told


def _heard(link: ScannerLink) -> dict[str, Any] | None:
    """The next answer; None at its end. Raises what it reports."""
    while not link.ended:
        answer = link.answer(_PAUSE_SECONDS)
        if answer is not None:
            if problem := reported(answer):
                raise problem
            return answer
    return None


def _patience(settings: CaptureSettings) -> Patience:
    return Patience(settings.open_seconds, settings.first_page_seconds, settings.page_seconds)

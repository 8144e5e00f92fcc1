"""Real drivers on a test scanner: every page in order and once, and every condition by its name."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from archiver import app
from archiver.capture import escl
from archiver.capture.separators import Grey
from archiver.capture.slip import Slip
from archiver.capture.spool import begin
from archiver.errors import NoScanner, ScannerBusy
from archiver.model.changes import Notice, Step
from archiver.model.identity import CaseKey
from archiver.model.scanning import Mode, ScanSettings, Source
from archiver.store import audit
from archiver.workflow import capturing, queries
from archiver.workflow.destination import Destination
from archiver.workflow.scanned import Taking, record_of, waiting
from archiver.workflow.settling import slips
from archiver.workflow.station import Station
from tests.command_line import PROGRAM, answer, archiver, environment
from tests.papers import CASE, OPERATOR, finish
from tests.scanners import DPI, DUPLEX, IMPATIENT, INTO, Told, feed, masters, pixels, sheets
from tests.servers.escl import AIRSCAN, EsclServer, Faults, sane_settings, scanner
from tests.slips_worn import printed, worn


@pytest.fixture
def impatient(archive: Path) -> Iterator[Station]:
    with (archive / "station.toml").open("a") as settings:
        settings.write(IMPATIENT)
    with app.open_station(archive) as opened:
        yield opened


@pytest.fixture(params=["sane", "escl"])
def device(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[EsclServer], str]:
    """The name of the test scanner, by either way to it."""

    def name(server: EsclServer) -> str:
        monkeypatch.setenv("SANE_CONFIG_DIR", str(sane_settings(tmp_path / "sane", server.url)))
        return AIRSCAN if request.param == "sane" else escl.PREFIX + server.url

    return name


def test_every_face_is_there_once_and_in_order(
    station: Station, device: Callable[[EsclServer], str]
) -> None:
    paper = sheets(2)
    with scanner(paper) as server:
        name = device(server)
        told = feed(station, name, counted=2)
    assert (told.problems, told.raised) == ([], None)
    assert told.changed is not None
    assert told.changed.facts["pages"] == 4
    assert [(a.number, a.sheet, a.face) for a in told.arrived] == [
        (1, 1, "front"),
        (2, 1, "back"),
        (3, 2, "front"),
        (4, 2, "back"),
    ]
    faces = [each for sheet in paper for each in sheet]
    if name == AIRSCAN:
        assert [pixels(path) for path in masters(station)] == [pixels(each) for each in faces]
    else:  # bit for bit
        assert [path.read_bytes() for path in masters(station)] == faces
    view = queries.case_view(station, queries.find_case(station, CASE).id)
    assert [page.side for page in view.pages] == ["recto", "verso"] * 2
    assert {(page.dpi, page.source_page > 0) for page in view.pages} == {(DPI, True)}
    assert len(view.documents) == 1
    events = [row for row in audit.events(station.database.connection) if row.verb == "capture"]
    assert [json.loads(row.detail)["number"] for row in events] == [1, 2, 3, 4]
    assert {row.person for row in events} == {OPERATOR.person}
    assert list((station.root / "capturing").iterdir()) == []


@pytest.mark.parametrize(
    ("faults", "problem", "pages"),
    [
        (Faults(jam_before=3), "PaperJam", 2),
        (Faults(cover_open_before=3), "CoverOpen", 2),
        (Faults(cut_in=3), "ScannerGone", 2),
        (Faults(same_from=1), "SamePageAgain", 3),
    ],
)
def test_what_ends_a_feed_has_a_name_and_costs_no_page(
    station: Station,
    device: Callable[[EsclServer], str],
    faults: Faults,
    problem: str,
    pages: int,
) -> None:
    with scanner(sheets(2), faults) as server:
        told = feed(station, device(server))
    # The airscan driver has no word for an open cover behind the first page.
    assert told.problems[0] in ({problem, "ScannerGone"} if problem == "CoverOpen" else {problem})
    assert told.changed is not None
    assert told.changed.facts["ending"] == told.problems[0]
    assert len(told.arrived) == len(told.taken) == len(masters(station)) == pages


def test_a_scanner_that_falls_silent_is_given_up(
    impatient: Station, device: Callable[[EsclServer], str]
) -> None:
    with scanner(sheets(2), Faults(silent_before=3)) as server:
        told = feed(impatient, device(server))
    assert told.problems == ["ScannerSilent"]
    assert len(told.arrived) == len(masters(impatient)) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "faults", [Faults(early_404_before=(1, 3)), Faults(busy=1), Faults(body_seconds=0.3)]
)
def test_what_a_scanner_recovers_from_is_borne(
    station: Station, device: Callable[[EsclServer], str], faults: Faults
) -> None:
    with scanner(sheets(2), faults) as server:
        told = feed(station, device(server), counted=2)
    assert (told.problems, told.raised) == ([], None)
    assert len(masters(station)) == 4


def test_a_driver_that_loses_the_backs_is_found_out(station: Station) -> None:
    with scanner(sheets(2), Faults(fronts_only=True)) as server:
        told = feed(station, escl.PREFIX + server.url, counted=2)
    assert told.problems == ["DuplexLost"]


def test_sheets_that_were_counted_and_did_not_come_are_missed(station: Station) -> None:
    with scanner(sheets(1)) as server:
        told = feed(station, escl.PREFIX + server.url, counted=3)
    assert told.problems == ["SheetsMissing"]


def test_an_empty_feeder_is_told_and_leaves_nothing_behind(
    station: Station, device: Callable[[EsclServer], str]
) -> None:
    with scanner([]) as server:
        told = feed(station, device(server))
    assert told.raised is not None
    assert told.raised.code == "NoPaper"
    assert list((station.root / "capturing").iterdir()) == []


def test_a_scanner_that_stays_busy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escl, "_PATIENCE_SECONDS", 0.3)
    with scanner(sheets(1), Faults(busy=99)) as server:
        opened = escl.EsclDriver().open(escl.PREFIX + server.url)
        with closing(opened), pytest.raises(ScannerBusy):
            next(opened.images(DUPLEX))


def test_the_glass_gives_one_page(station: Station, device: Callable[[EsclServer], str]) -> None:
    with scanner(sheets(2)) as server:
        told = feed(station, device(server), replace(DUPLEX, source=Source.FLATBED))
    assert (told.problems, len(told.arrived)) == ([], 1)


def test_a_wish_to_stop_ends_the_feed_behind_the_sheet(station: Station) -> None:
    """The back of a sheet that is under way still comes."""

    stop = Event()
    with scanner(sheets(9), Faults(page_seconds=0.15)) as server:
        steps = capturing.capture(
            station,
            OPERATOR,
            device=escl.PREFIX + server.url,
            settings=DUPLEX,
            into=INTO,
            stop=stop,
        )
        told = Told(_stopping_at(steps, stop, 3))
    assert told.changed is not None
    assert told.changed.facts["ending"] == "stopped"
    assert told.problems == []
    assert 4 <= len(told.arrived) < 18
    assert len(told.arrived) % 2 == 0


def _stopping_at(steps: Iterator[Step], stop: Event, number: int) -> Iterator[Step]:
    for step in steps:
        if getattr(step, "number", 0) == number:
            stop.set()
        yield step


# --- the command line -----------------------------------------------------------------------------


@pytest.mark.slow
def test_devices_and_capture_work_without_a_window(archive: Path, tmp_path: Path) -> None:
    with scanner(sheets(1)) as server:
        sane = str(sane_settings(tmp_path / "sane", server.url))
        name = escl.PREFIX + server.url
        with (archive / "station.toml").open("a") as settings:
            settings.write(
                f'\n[scanners.desk]\ndevice = "{name}"\nsource = "duplex"\ndpi = {DPI}\n'
                'paper = "a5"\n'
            )
        here = ["--archive", archive, "--json"]
        found = answer(archiver("devices", *here, SANE_CONFIG_DIR=sane))["devices"]
        assert [(each["name"], each["here"]) for each in found] == [(AIRSCAN, ""), (name, "desk")]
        done = archiver("capture", "--device", "desk", "--case", CASE, "--sheets", "1", *here)
        assert (done.returncode, answer(done)["pages"]) == (0, 2)
    gone = archiver("capture", "--device", "desk", "--case", CASE, *here)
    assert (gone.returncode, answer(gone)["error"]["code"]) == (7, "NoScanner")


def test_a_service_manager_stops_a_feed_behind_the_sheet(archive: Path) -> None:
    with scanner(sheets(20), Faults(page_seconds=0.1)) as server:
        command = [
            *PROGRAM, "capture", "--device", escl.PREFIX + server.url, "--source", "duplex",
            "--dpi", str(DPI), "--paper", "a5", "--case", CASE, "--archive", str(archive), "--json",
        ]  # fmt: skip
        feeding = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment()
        )
        while server.given < 3 and feeding.poll() is None:
            time.sleep(0.01)
        feeding.send_signal(signal.SIGTERM)
        said = json.loads(feeding.communicate(timeout=120)[0])
    assert (feeding.returncode, said["ending"]) == (0, "stopped")
    assert said["pages"] % 2 == 0
    assert 4 <= said["pages"] < 40


def test_what_a_scanner_can_is_told(station: Station, device: Callable[[EsclServer], str]) -> None:
    with scanner([]) as server:
        can = capturing.capabilities(station, device(server))
    assert can.sources == tuple(Source)
    assert (can.modes, can.dpis) == ((Mode.COLOUR, Mode.GREY), (100, 150, 200, 300, 600))
    assert (round(can.width_mm), round(can.height_mm)) == (216, 356)


def test_a_name_that_is_none_is_refused() -> None:
    for name in ("escl:ftp://x/", "escl:"):
        with pytest.raises(NoScanner):
            escl.EsclDriver().open(name)


@pytest.mark.slow
def test_slips_among_the_paper_begin_their_case_files(station: Station, tmp_path: Path) -> None:
    """What came before the first one waits until somebody says where it belongs, and is sorted
    then: the sheet that begins a document among it is no page."""
    wanted = [Slip(CaseKey("civil", 99001, 93)), Slip(CaseKey("civil", 99002, 93))]
    wanted += [Slip(kind="judgment")]
    first, second, kind = [
        jpeg(worn(page, dpi=200)) for page in printed(station, tmp_path, *wanted)
    ]
    page = [front for front, _ in sheets(4)]
    paper = [page[0], kind, page[3], first, page[1], second, page[2]]
    with scanner([(front, front) for front in paper]) as server:
        settings = ScanSettings(Source.FEEDER, 200, Mode.COLOUR, "a4")
        told = Told(
            capturing.capture(
                station,
                OPERATOR,
                device=escl.PREFIX + server.url,
                settings=settings,
                into=None,
            )
        )
    assert told.problems == ["NoCaseOpen"]
    assert told.changed is not None
    assert {name: told.changed.facts[name] for name in ("pages", "separators", "waiting")} == {
        "pages": 2,
        "separators": 2,
        "waiting": 3,
    }
    home = Destination(CaseKey("civil", 99003, 93))
    changed, _ = finish(capturing.resume(station, into=home))
    assert changed.facts["pages"] == 2
    for number, faces in ((99003, (page[0], page[3])), (99001, page[1:2]), (99002, page[2:3])):
        case = queries.find_case(station, f"{number}/93")
        view = queries.case_view(station, case.id)
        kept = [station.blobs.path(found.master).read_bytes() for found in view.pages]
        assert kept == list(faces)
        assert len({found.document_id for found in view.pages}) == len(faces)
    assert waiting(station) == {}


def test_a_slip_that_pages_have_overtaken_is_flagged(station: Station, tmp_path: Path) -> None:
    (slip,) = printed(station, tmp_path, Slip(kind="judgment"))
    (first, _), (last, _) = sheets(2)
    settings = ScanSettings(Source.FEEDER, 200, Mode.COLOUR, "a4")
    record = record_of(OPERATOR, "desk", settings, INTO, sheets=0, lot=0, separators=True)
    session = begin(station.root, record)
    for number, face in enumerate((first, jpeg(worn(slip, dpi=200)), last), 1):
        with session.page_written(number, ".jpg", face):
            pass
    paths = dict(session.pages())
    with closing(Taking.of(station, session)) as taking:
        for number in (1, 3, 2):
            assert not [
                step for step in taking.take(number, paths[number]) if isinstance(step, Notice)
            ]
    (flagged,) = slips(station, unread=True)
    case = queries.find_case(station, CASE)
    pages = queries.case_view(station, case.id).pages
    assert (flagged.why, len(pages)) == ("late", 3)
    assert flagged.page_id in [page.id for page in pages]


def jpeg(page: Grey) -> bytes:
    made = BytesIO()
    Image.fromarray(page).save(made, "JPEG", quality=85, dpi=(200, 200))
    return made.getvalue()

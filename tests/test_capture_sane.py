"""SANE's own test driver: every status by its name, every mode as it is, and the archive's form."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from archiver.capture import scanner_link
from archiver.model.scanning import Mode, ScanSettings, Source
from archiver.store import audit
from archiver.workflow.archive_form import compact
from archiver.workflow.station import Station
from archiver.workflow.verifying import verify
from tests.papers import OPERATOR, finish
from tests.scanners import DPI, feed, masters, pixels

TEST = "sane:test:0"


@pytest.fixture
def sane_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dll.conf").write_text("test\n")
    (tmp_path / "test.conf").write_text("number_of_devices 1\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))


FEED = ScanSettings(Source.FEEDER, DPI, Mode.GREY, "a5", {"test-picture": "Grid"})


@pytest.mark.usefixtures("sane_test")
@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("JAMMED", "PaperJam"),
        ("COVER_OPEN", "CoverOpen"),
        ("IO_ERROR", "ScannerGone"),
        ("DEVICE_BUSY", "ScannerBusy"),
        ("CANCELLED", "ShortPage"),
        ("NO_MEM", "ScannerFault"),
    ],
)
def test_every_status_of_sane_has_its_words(station: Station, status: str, code: str) -> None:
    """An empty feeder is asked again, which this driver may not live through: see the scanners."""
    options = {**FEED.options, "read-return-value": f"SANE_STATUS_{status}"}
    told = feed(station, TEST, replace(FEED, options=options))
    assert told.raised is not None
    assert told.raised.code == code


@pytest.mark.usefixtures("sane_test")
def test_a_driver_that_gives_one_picture_for_ever_is_stopped(station: Station) -> None:
    told = feed(station, TEST, FEED)
    assert told.problems == ["SamePageAgain"]


@pytest.mark.usefixtures("sane_test")
@pytest.mark.parametrize(
    ("mode", "shown", "picture"),
    [(Mode.COLOUR, "RGB", "Color pattern"), (Mode.GREY, "L", "Grid"), (Mode.LINEART, "1", "Grid")],
)
def test_every_mode_comes_as_it_is(station: Station, mode: Mode, shown: str, picture: str) -> None:
    settings = ScanSettings(Source.FLATBED, DPI, mode, "a5", {"test-picture": picture})
    told = feed(station, TEST, settings)
    assert (told.problems, told.raised) == ([], None)
    (path,) = masters(station)
    with Image.open(path, formats=["TIFF"]) as image:
        assert (image.mode, round(image.info["dpi"][0])) == (shown, DPI)
        assert len(set(image.convert("L").tobytes())) > 1


@pytest.mark.usefixtures("sane_test")
@pytest.mark.parametrize(
    "settings",
    [
        replace(FEED, source=Source.DUPLEX),
        replace(FEED, options={"no-such-option": 1}),
        replace(FEED, dpi=2400),
    ],
)
def test_what_a_scanner_cannot_do_is_refused(station: Station, settings: ScanSettings) -> None:
    told = feed(station, TEST, settings)
    assert told.raised is not None
    assert told.raised.code == "ScannerRefuses"


def test_a_driver_that_never_comes_back_from_its_end_is_no_news(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the test driver itself does now and then, right behind a status that ends a feed."""
    said = json.dumps({"error": "PaperJam", "facts": {"device": TEST, "safe": 0}})
    program = f"import time; print({said!r}, flush=True); time.sleep(60)"
    monkeypatch.setattr(scanner_link, "_PROGRAM", (sys.executable, "-c", program))
    with scanner_link.ScannerLink({"device": TEST}, scanner_link.Patience(30, 30, 0.2)) as link:
        heard = [link.answer(30), link.answer(30)]
        assert link.ended
    assert heard == [json.loads(said), None]


@pytest.mark.usefixtures("sane_test")
@pytest.mark.parametrize(
    ("mode", "compression"), [(Mode.COLOUR, "tiff_lzw"), (Mode.LINEART, "group4")]
)
def test_a_captured_page_gets_small_and_keeps_every_pixel(
    station: Station, mode: Mode, compression: str
) -> None:
    settings = ScanSettings(Source.FLATBED, DPI, mode, "a5", {"test-picture": "Grid"})
    feed(station, TEST, settings)
    (quick,) = masters(station)
    before, size = pixels(quick), quick.stat().st_size
    changed, problems = finish(compact(station, OPERATOR))
    assert (changed.facts["pages"], problems) == (1, [])
    (small,) = masters(station)
    assert not quick.exists()
    assert small.stat().st_size < size / 2
    with Image.open(small) as image:
        assert image.info["compression"] == compression
        assert round(image.info["dpi"][0]) == DPI
    assert pixels(small) == before
    event = [row for row in audit.events(station.database.connection) if row.verb == "compact"]
    assert json.loads(event[0].detail)["delivered"] == quick.name
    assert finish(verify(station))[0].facts["problems"] == []
    assert finish(compact(station, OPERATOR))[0].facts["pages"] == 0

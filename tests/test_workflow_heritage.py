"""Before heritage images come in: the item's condition, and a colour card that passes today."""

import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archiver import app
from archiver.capture.colour import srgb
from archiver.capture.slip import Slip
from archiver.capture.target_card import REFERENCE
from archiver.demo.card import card, photographed
from archiver.errors import RawPhotograph
from archiver.model.changes import Notice
from archiver.model.identity import CaseKey
from archiver.store import audit
from archiver.workflow import desk, queries, todays_card
from archiver.workflow.arranging import NoSuchWord
from archiver.workflow.came import from_file
from archiver.workflow.destination import Destination
from archiver.workflow.heritage import ConditionUnknown, ConservationFirst, conditions
from archiver.workflow.importing import import_files
from archiver.workflow.noting_condition import note_condition
from archiver.workflow.settling import SLIP, settle, slips
from archiver.workflow.sorting import ItemNotReady
from archiver.workflow.station import Station
from archiver.workflow.target_cards import NoCardThere, measure
from archiver.workflow.todays_card import CardFailed, CardNotMeasured
from tests.command_line import answer, archiver
from tests.papers import JUDGMENT, OPERATOR, finish, save, without
from tests.slips_worn import printed, worn
from tests.slips_worn import save as save_pages


def photograph(path: Path, shift: float = 0.0, blur_px: float = 0.5) -> Path:
    colours = REFERENCE.copy()
    colours[:, 0] -= shift
    Image.fromarray(photographed(card(srgb(colours)), blur_px=blur_px)).save(path, dpi=(300, 300))
    return path


def taken(station: Station, file: Path, item: str = "H-0001") -> list[Notice]:
    steps = import_files(station, OPERATOR, [file], key=None, reference=item,
                         profile="heritage_item")  # fmt: skip
    return finish(steps)[1]


@pytest.fixture
def leaf(tmp_path: Path) -> Path:
    return save(tmp_path / "leaf.tif", JUDGMENT)


def test_a_critical_item_is_not_scanned(archive: Path, leaf: Path) -> None:
    without(archive, "target", "condition")  # not even where nothing is asked for
    with app.open_station(archive) as station:
        finish(note_condition(station, OPERATOR, "H-0001", ["critical", "mould"]))
        with pytest.raises(ConservationFirst):
            taken(station, leaf)
        finish(note_condition(station, OPERATOR, "H-0001", ["fair"]))
        assert not taken(station, leaf)
        view = queries.case_view(station, 1)
        assert conditions(station, view.case) == ("fair",)
        events = audit.events(station.database.connection, 1)
        assert [event.verb for event in events][:2] == ["begin", "describe"]
        with pytest.raises(NoSuchWord):
            finish(note_condition(station, OPERATOR, "H-0001", ["rotten"]))


def test_both_are_asked_for_where_nobody_says_otherwise(station: Station, leaf: Path) -> None:
    with pytest.raises(ConditionUnknown) as refused:
        taken(station, leaf)
    assert "condition_required = false" in refused.value.way_out()
    finish(note_condition(station, OPERATOR, "H-0001", ["good"]))
    with pytest.raises(CardNotMeasured) as refused:
        taken(station, leaf)
    assert "target_required = false" in refused.value.way_out()


def test_a_command_can_be_copied_from_a_message(station: Station, leaf: Path) -> None:
    """Nothing invisible stands in it; and a reference that was copied elsewhere is the same one."""
    with pytest.raises(ConditionUnknown) as refused:
        taken(station, leaf)
    assert "“archiver condition H-0001 fair,damp”" in refused.value.way_out()
    assert "\u2068H-0001\u2069" in str(refused.value)
    finish(note_condition(station, OPERATOR, "\u2068H-0001\u2069", ["good"]))
    assert queries.find_case(station, "\u200fH-0001\u2069").reference == "H-0001"


def test_the_condition_comes_before_the_images(archive: Path, leaf: Path) -> None:
    without(archive, "target")
    with app.open_station(archive) as station:
        with pytest.raises(ConditionUnknown):
            taken(station, leaf)
        finish(note_condition(station, OPERATOR, "H-0001", ["good"], title="سجل"))
        assert not taken(station, leaf)
        assert queries.find_case(station, "H-0001").title == "سجل"


def test_no_images_before_todays_card_passes(archive: Path, tmp_path: Path, leaf: Path) -> None:
    without(archive, "condition")
    with app.open_station(archive) as station:
        with pytest.raises(CardNotMeasured):
            taken(station, leaf)
        dark = photograph(tmp_path / "dark.tif", shift=14)
        done = finish(measure(station, OPERATOR, dark, device="stand"))[0]
        assert not done.facts["passed"] and "grey_step" in done.facts["faults"]
        with pytest.raises(CardFailed) as refused:
            taken(station, leaf)
        assert "colour difference" in str(refused.value)
        good = photograph(tmp_path / "good.tif")
        assert finish(measure(station, OPERATOR, good))[0].facts["passed"]
        assert not taken(station, leaf)
        with_case = save(tmp_path / "again.tif", ("صورة أخرى",))
        finish(measure(station, OPERATOR, dark))
        with pytest.raises(CardFailed):  # the newest counts, for another image as well
            finish(desk.rescan(station, OPERATOR, 1, 1, from_file(station, with_case), "dark"))
        assert [c.passed for c in todays_card.trend(station)] == [False, True, False]


def test_yesterdays_card_does_not_count(
    archive: Path, tmp_path: Path, leaf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(archive, "condition")
    with app.open_station(archive) as station:
        monkeypatch.setattr("archiver.store.target_cards.now", lambda: "2026-01-02T10:00:00+00:00")
        assert finish(measure(station, OPERATOR, photograph(tmp_path / "c.png")))[0].facts["passed"]
        with pytest.raises(CardNotMeasured):
            taken(station, leaf)


def test_a_photograph_without_a_card(station: Station, leaf: Path) -> None:
    with pytest.raises(NoCardThere):
        finish(measure(station, OPERATOR, leaf))


def test_a_slip_of_an_item_that_is_not_ready_is_not_followed(
    station: Station, tmp_path: Path
) -> None:
    """Its pages are flagged where they came in, and go to the item once it is ready."""
    item, case = Slip(item="H-0001"), Slip(CaseKey("civil", 1, 93))
    first, second = [worn(page) for page in printed(station, tmp_path, item, case)]
    leaf = np.full_like(first, 245)
    leaf[400:900:40, 300:2000] = 20
    alone = save_pages(tmp_path / "alone.tif", first, leaf)
    (notice,) = finish(import_files(station, OPERATOR, [alone], stream="a"))[1]
    assert isinstance(notice.error, ItemNotReady) and "H-0001" in str(notice.error)
    among = save_pages(tmp_path / "among.tif", second, leaf, first, np.flipud(leaf))
    assert not finish(import_files(station, OPERATOR, [among], stream="b"))[1]
    (unread,) = slips(station, unread=True)
    assert unread.why == "unready"
    into = Destination(None, "H-0001", profile="heritage_item")
    with pytest.raises(ConditionUnknown):
        finish(settle(station, OPERATOR, unread.id, SLIP, into=into))
    finish(note_condition(station, OPERATOR, "H-0001", ["good"]))
    finish(measure(station, OPERATOR, photograph(tmp_path / "c.png")))
    finish(settle(station, OPERATOR, unread.id, SLIP, into=into))
    for reference in ("1/93", "H-0001"):
        view = queries.case_view(station, queries.find_case(station, reference).id)
        assert len(view.pages) == 1
    assert not finish(import_files(station, OPERATOR, [alone], stream="a"))[1]


def test_an_ordinary_case_file_asks_for_neither(archive: Path, leaf: Path) -> None:
    done = archiver("import", leaf, "--case", "99001/93", "--archive", archive)
    assert done.returncode == 0


def test_a_raw_photograph_is_refused_in_words(archive: Path, tmp_path: Path) -> None:
    """The smallest DNG: one tiny page, and the tag that makes it one."""
    entries = [(256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
               (273, 4, 1, 8), (277, 3, 1, 1), (278, 3, 1, 1), (279, 4, 1, 1),
               (50706, 1, 4, 0x00000401)]  # fmt: skip
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0" + struct.pack("<I", 10) + b"\x80\0" + struct.pack("<H", len(entries))
    (tmp_path / "photo.dng").write_bytes(head + table + b"\0\0\0\0")
    without(archive, "target", "condition")
    with app.open_station(archive) as station:
        (notice,) = taken(station, tmp_path / "photo.dng")
    assert isinstance(notice.error, RawPhotograph)
    assert "photo.dng" in str(notice.error)


def test_the_card_by_commands(archive: Path, tmp_path: Path) -> None:
    good = photograph(tmp_path / "good.png")
    white = tmp_path / "white.png"
    Image.new("L", (300, 200), 230).save(white)

    def run(*words: str | Path):
        return archiver(*words, "--archive", archive, ARCHIVER_LANG="ar")

    told = run("target-card", "measure", good, "--white", white, "--device", "حامل ١")
    assert told.returncode == 0 and "بطاقة" in told.stdout
    assert run("target-card", "measure", photograph(tmp_path / "d.png", 20)).returncode == 5
    cards = answer(run("target-card", "list", "--json"))["cards"]
    assert [card["passed"] for card in cards] == [False, True]
    assert cards[1]["figures"]["uneven_percent"] == 0
    assert "حامل ١" in run("target-card", "list").stdout
    assert run("condition", "H-0007", "fair,damp").returncode == 0
    assert run("condition", "H-0007", "rotten").returncode == 2

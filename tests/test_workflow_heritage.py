"""Before heritage images come in: the item's condition, and a colour card that passes today."""

import struct
from pathlib import Path

import pytest
from PIL import Image

from archiver import app
from archiver.capture.target_card import REFERENCE
from archiver.errors import RawPhotograph
from archiver.model.changes import Notice
from archiver.store import audit
from archiver.workflow import desk, queries, todays_card
from archiver.workflow.arranging import NoSuchWord
from archiver.workflow.came import from_file
from archiver.workflow.heritage import ConditionUnknown, ConservationFirst, conditions
from archiver.workflow.importing import import_files
from archiver.workflow.noting_condition import note_condition
from archiver.workflow.station import Station
from archiver.workflow.target_cards import NoCardThere, measure
from archiver.workflow.todays_card import CardFailed, CardNotMeasured
from tests.command_line import answer, archiver
from tests.papers import JUDGMENT, OPERATOR, finish, save
from tests.test_capture_target_card import card, photographed


def photograph(path: Path, shift: float = 0.0, blur_px: float = 0.5) -> Path:
    colours = REFERENCE.copy()
    colours[:, 0] -= shift
    Image.fromarray(photographed(card(colours), blur_px=blur_px)).save(path, dpi=(300, 300))
    return path


def taken(station: Station, file: Path, item: str = "H-0001") -> list[Notice]:
    steps = import_files(station, OPERATOR, [file], key=None, reference=item,
                         profile="heritage_item")  # fmt: skip
    return finish(steps)[1]


def asks(archive: Path, *lines: str) -> None:
    with (archive / "station.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[heritage]\n" + "\n".join(lines) + "\n")


@pytest.fixture
def leaf(tmp_path: Path) -> Path:
    return save(tmp_path / "leaf.tif", JUDGMENT)


def test_a_critical_item_is_not_scanned(station: Station, leaf: Path) -> None:
    finish(note_condition(station, OPERATOR, "H-0001", ["critical", "mould"]))
    with pytest.raises(ConservationFirst):
        taken(station, leaf)
    finish(note_condition(station, OPERATOR, "H-0001", ["fair"]))
    assert not taken(station, leaf)
    view = queries.case_view(station, 1)
    assert conditions(station, view.case) == ("fair",)
    assert [event.verb for event in audit.events(station.database.connection, 1)][:2] == [
        "begin",
        "describe",
    ]
    with pytest.raises(NoSuchWord):
        finish(note_condition(station, OPERATOR, "H-0001", ["rotten"]))


def test_the_condition_comes_before_the_images(archive: Path, leaf: Path) -> None:
    asks(archive, "condition_required = true")
    with app.open_station(archive) as station:
        with pytest.raises(ConditionUnknown):
            taken(station, leaf)
        finish(note_condition(station, OPERATOR, "H-0001", ["good"], title="سجل"))
        assert not taken(station, leaf)
        assert queries.find_case(station, "H-0001").title == "سجل"


def test_no_images_before_todays_card_passes(archive: Path, tmp_path: Path, leaf: Path) -> None:
    asks(archive, "target_required = true")
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
    asks(archive, "target_required = true")
    with app.open_station(archive) as station:
        monkeypatch.setattr("archiver.store.target_cards.now", lambda: "2026-01-02T10:00:00+00:00")
        assert finish(measure(station, OPERATOR, photograph(tmp_path / "c.png")))[0].facts["passed"]
        with pytest.raises(CardNotMeasured):
            taken(station, leaf)


def test_a_photograph_without_a_card(station: Station, leaf: Path) -> None:
    with pytest.raises(NoCardThere):
        finish(measure(station, OPERATOR, leaf))


def test_an_ordinary_case_file_asks_for_neither(archive: Path, leaf: Path) -> None:
    asks(archive, "target_required = true", "condition_required = true")
    done = archiver("import", leaf, "--case", "99001/93", "--archive", archive)
    assert done.returncode == 0


def test_a_raw_photograph_is_refused_in_words(station: Station, tmp_path: Path) -> None:
    """The smallest DNG: one tiny page, and the tag that makes it one."""
    entries = [(256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
               (273, 4, 1, 8), (277, 3, 1, 1), (278, 3, 1, 1), (279, 4, 1, 1),
               (50706, 1, 4, 0x00000401)]  # fmt: skip
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0" + struct.pack("<I", 10) + b"\x80\0" + struct.pack("<H", len(entries))
    (tmp_path / "photo.dng").write_bytes(head + table + b"\0\0\0\0")
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

"""A lot is checked by a sample that anybody can draw again; what fails goes back with its pages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from archiver.errors import NotAllowed, OwnWork
from archiver.model.casefile import CaseState
from archiver.model.identity import CaseKey
from archiver.model.lot import Lot
from archiver.model.sample import DRAWN, FLAGGED
from archiver.settings import SampleSettings
from archiver.store import audit, lots, samples
from archiver.workflow import queries, sampling
from archiver.workflow.checking import check
from archiver.workflow.importing import import_files
from archiver.workflow.lot_samples import (
    NoSample,
    SampleFailed,
    SampleNotDone,
    SampleWanted,
    check_sample,
    lot_samples,
    sample_of,
    waits,
)
from archiver.workflow.lots import find_lot, open_lot
from archiver.workflow.overview import overview
from archiver.workflow.people import add_person
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from tests.command_line import answer, archiver
from tests.papers import CHECKER, OPERATOR, finish


@pytest.fixture
def lot(station: Station, tmp_path: Path) -> Iterator[Lot]:
    """Two case files of twelve images each."""
    for number in (7, 8):
        images = [Image.new("L", (240, 340), 200 + n) for n in range(12)]
        path = tmp_path / f"{number}.tif"
        images[0].save(path, save_all=True, append_images=images[1:], dpi=(30, 30))
        finish(import_files(station, OPERATOR, [path], key=CaseKey("civil", number, 93)))
    finish(open_lot(station, OPERATOR))
    found = find_lot(station, "1")
    ids = [p.id for case in (1, 2) for p in queries.case_view(station, case).pages]
    with station.database.transaction() as connection:
        lots.put_into(connection, found.id, ids)
        connection.execute("DELETE FROM page_check")  # nothing is flagged
    yield found


@pytest.fixture
def unflagged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grey squares are no good pages; here only the drawing counts."""
    monkeypatch.setattr(sampling, "_flagged", lambda *_: set())


def judge_all(station: Station, lot: Lot, defects: dict[int, str]) -> None:
    for image in sample_of(station, lot).images:
        said = defects.get(image.number, "")
        finish(sampling.judge(station, CHECKER, lot, image.number, said))


def test_the_seed_draws_the_same_images_again(station: Station, lot: Lot, unflagged: None) -> None:
    head = audit.head(station.database.connection).hash
    changed, _ = finish(sampling.draw(station, CHECKER, lot))
    assert changed.facts == {
        "act": "draw", "lot": lot.name, "seed": head[:16], "images": 24, "drawn": 5, "flagged": 0,
    }  # fmt: skip
    view = sample_of(station, lot)
    images = samples.lot_pages(station.database.connection, lot.id)
    again = set(sampling.drawn_pages(station, view.sample.seed, reversed(images)))
    assert again == {image.page_id for image in view.images}
    assert again != set(sampling.drawn_pages(station, "another", images))
    with pytest.raises(sampling.SampleOpen):
        finish(sampling.draw(station, CHECKER, lot))


def test_each_profile_has_its_share(station: Station) -> None:
    rules = {"heritage_item": SampleSettings(percent=100)}
    station.settings = replace(station.settings, samples_of=rules)
    images = [(n, f"u{n}", 1, "case_file") for n in range(200)]
    images += [(n, f"u{n}", 2, "heritage_item") for n in range(200, 230)]
    drawn = list(sampling.drawn_pages(station, "seed", images))
    assert sum(n < 200 for n in drawn) == 20
    assert sum(n >= 200 for n in drawn) == 30


def test_what_is_flagged_is_looked_at_but_not_counted(station: Station, lot: Lot) -> None:
    with station.database.transaction() as connection:
        connection.execute("INSERT INTO page_check SELECT id, 1, '{}' FROM page WHERE position = 3")
    flagged = sampling._flagged(station, {1, 2})
    finish(sampling.draw(station, CHECKER, lot))
    view = sample_of(station, lot)
    assert {image.page_id for image in view.images if image.why == FLAGGED} <= flagged
    assert view.drawn == 5
    assert all(image.why in (DRAWN, FLAGGED) for image in view.images)


def test_a_lot_with_too_many_defects_goes_back_with_its_pages(
    station: Station, lot: Lot, unflagged: None
) -> None:
    finish(sampling.draw(station, CHECKER, lot))
    with pytest.raises(sampling.SampleUnfinished):
        finish(sampling.close(station, CHECKER, lot))
    judge_all(station, lot, {2: "dark"})
    bad = sample_of(station, lot).images[1]
    changed, _ = finish(sampling.close(station, CHECKER, lot))
    assert (changed.facts["outcome"], changed.facts["defects"]) == ("failed", 1)
    assert changed.facts["pages"] == {str(bad.case_id): f"p. {bad.position}: too dark"}
    assert {row.case.state for row in queries.list_cases(station)} == {CaseState.REJECTED}
    reasons = [e.detail for e in audit.events(station.database.connection) if e.verb == "reject"]
    assert any(f"p. {bad.position}: too dark" in detail for detail in reasons)
    assert dict(overview(station, 7).defects) == {"dark": 1}
    finish(sampling.draw(station, CHECKER, lot))  # mended, it is drawn anew
    assert sample_of(station, lot).sample.id == 2


def test_a_lot_within_the_limit_passes(station: Station, lot: Lot, unflagged: None) -> None:
    station.settings = replace(station.settings, samples=SampleSettings(defects_per_mille=200))
    finish(sampling.draw(station, CHECKER, lot))
    judge_all(station, lot, {1: "dark"})
    finish(sampling.judge(station, CHECKER, lot, 1, "skewed"))
    finish(sampling.judge(station, CHECKER, lot, 2, "cut"))
    finish(sampling.judge(station, CHECKER, lot, 2))  # a second look: it is good
    bad = sample_of(station, lot).images[0]
    changed, _ = finish(sampling.close(station, CHECKER, lot))
    assert changed.facts["outcome"] == "passed"
    states = {row.case.id: row.case.state for row in queries.list_cases(station)}
    assert states.pop(bad.case_id) is CaseState.REJECTED
    assert set(states.values()) == {CaseState.OPEN}
    with pytest.raises(NoSample):
        finish(sampling.judge(station, CHECKER, lot, 1))


def test_nobody_judges_their_own_images(station: Station, lot: Lot, unflagged: None) -> None:
    finish(sampling.draw(station, CHECKER, lot))
    with pytest.raises(OwnWork):
        finish(sampling.judge(station, OPERATOR, lot, 1))
    with pytest.raises(sampling.NotInSample):
        finish(sampling.judge(station, CHECKER, lot, 99))
    with pytest.raises(sampling.NoSuchDefect):
        finish(sampling.judge(station, CHECKER, lot, 1, "ugly"))
    hala = replace(OPERATOR, person="هالة")
    finish(add_person(station, hala, "هالة", ["supervisor"], "نخلة طويلة في الواحة"))
    with pytest.raises(NotAllowed):
        finish(sampling.judge(station, CHECKER, lot, 1))


def test_an_empty_lot_has_nothing_to_draw(station: Station) -> None:
    finish(open_lot(station, OPERATOR))
    with pytest.raises(sampling.NothingToDraw):
        finish(sampling.draw(station, CHECKER, find_lot(station, "1")))
    with pytest.raises(NoSample):
        sample_of(station, find_lot(station, "1"))


@pytest.mark.slow
def test_the_verbs(station: Station, lot: Lot) -> None:
    root = station.root
    station.close()
    here = ("--archive", root, "--as", CHECKER.person)
    drawn = answer(archiver("sample", "draw", lot.name, "--json", *here))
    assert drawn["drawn"] == 5
    judged = archiver("sample", "judge", lot.name, "1", "--defect", "dark", "--lang", "ar", *here)
    assert "معتمة" in judged.stdout
    shown = answer(archiver("sample", "show", lot.name, "--json", *here))
    assert shown["images"][0]["defect"] == "dark"
    assert Path(shown["images"][0]["image"]).is_file()
    refused = archiver("sample", "close", lot.name, "--json", *here)
    assert answer(refused)["error"]["code"] == "SampleUnfinished"


def test_nothing_of_a_lot_is_sealed_before_its_sample_passed(read_station: Station) -> None:
    station = read_station
    finish(open_lot(station, OPERATOR))
    lot, case = find_lot(station, "1"), queries.case_by_id(station, 1)
    with station.database.transaction() as connection:
        lots.put_into(connection, lot.id, [p.id for p in queries.case_view(station, 1).pages])
        connection.execute("DELETE FROM page_check")
    finish(check(station, CHECKER, 1, accept=True))
    check_sample(station, case)  # nobody asked for one
    station.settings = replace(station.settings, samples=SampleSettings(required=True))
    with pytest.raises(SampleWanted):
        finish(seal(station, OPERATOR, 1))
    (row,) = lot_samples(station)
    assert (row.images, row.sent_back, row.sample) == (2, 0, None)
    assert not waits(station, row)  # pages still come in

    finish(sampling.draw(station, CHECKER, lot))
    with pytest.raises(SampleNotDone) as refused:
        finish(seal(station, OPERATOR, 1))
    assert refused.value.facts["left"] == 2
    assert waits(station, lot_samples(station)[0])
    judge_all(station, lot, {1: "text"})
    finish(sampling.close(station, CHECKER, lot))
    finish(check(station, CHECKER, 1, accept=True))
    with pytest.raises(SampleFailed):
        finish(seal(station, OPERATOR, 1))
    assert waits(station, lot_samples(station)[0])  # mended and accepted: it is drawn anew
    finish(sampling.draw(station, CHECKER, lot))
    judge_all(station, lot, {})
    finish(sampling.close(station, CHECKER, lot))
    check_sample(station, case)

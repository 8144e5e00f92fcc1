"""The page desk: images change places, none is lost, and every act is taken back as it was made."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from archiver import app
from archiver.errors import AlreadyImported
from archiver.model.casefile import CaseState, Page
from archiver.model.changes import Changed, Step
from archiver.model.identity import CaseKey
from archiver.package.verify import verify_bag
from archiver.settings import Identity
from archiver.store import pages
from archiver.store.keys import SigningKey
from archiver.workflow import arranging, desk, queries
from archiver.workflow.arrangement import NoPageThere
from archiver.workflow.arranging import undo
from archiver.workflow.came import from_file
from archiver.workflow.checking import check
from archiver.workflow.correcting import CaseSealed
from archiver.workflow.cropping import CropTooMuch, Margins, crop
from archiver.workflow.importing import import_files
from archiver.workflow.index_check import verify_index
from archiver.workflow.page_checks import checks_of, complaints_of
from archiver.workflow.processing import process
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.search import search
from archiver.workflow.station import Station
from archiver.workflow.taking_in import take_in
from archiver.workflow.verifying import verify
from tests.papers import (
    CASE,
    CHECKER,
    JUDGMENT,
    OPERATOR,
    bind,
    drawn,
    finish,
    let_seal_undescribed,
    save,
)

WORDS = ("أول", "ثان", "ثالث")
NEW = ("صورة أخرى للصفحة", "كلمة فريدة زبرجد")


@pytest.fixture(scope="module")
def bound_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one file of three pages, read; each page has a word of its own."""
    folder = tmp_path_factory.mktemp("desk")
    root = folder / "archive"
    app.init_archive(root, OPERATOR, Identity(OPERATOR.station, OPERATOR.company))
    let_seal_undescribed(root)
    file = bind(folder / "ملف.tif", *((JUDGMENT[0], f"هذه الصفحة {word}") for word in WORDS))
    with app.open_station(root) as opened:
        finish(import_files(opened, OPERATOR, [file], key=CaseKey.parse(CASE)))
        finish(process(opened, OPERATOR))
    return root


@pytest.fixture
def bound(bound_once: Path, tmp_path: Path) -> Iterator[Station]:
    root = Path(shutil.copytree(bound_once, tmp_path / "archive"))
    with app.open_station(root) as opened:
        yield opened


def do(station: Station, act: Callable[..., Iterator[Step]], *words: object, **more: object):
    return finish(act(station, OPERATOR, 1, *words, **more))[0]


def there(station: Station) -> tuple[Page, ...]:
    found = queries.case_view(station, 1).pages
    assert [page.position for page in found] == list(range(1, len(found) + 1))
    return found


def ids(station: Station) -> list[int]:
    return [page.id for page in there(station)]


def aside(station: Station) -> dict[int, tuple[str, str]]:
    kept = queries.pages_aside(station, 1)
    assert all(page.position == -page.id for page in kept)
    return {page.id: (page.aside, page.aside_reason) for page in kept}


def agrees(station: Station) -> None:
    """The index has the pages of the numbering, and nothing else."""
    facts = finish(verify_index(station, OPERATOR))[0].facts
    assert (facts["missing"], facts["stale"], facts["extra"]) == (0, 0, 0)


def test_reject_and_back(bound: Station) -> None:
    before = ids(bound)
    done = do(bound, desk.reject, 2, "duplicate")
    assert done.facts["image"] == before[1] and done.facts["reason"] == "duplicate"
    assert ids(bound) == [before[0], before[2]]
    assert aside(bound) == {before[1]: ("rejected", "duplicate")}
    assert search(bound, "ثان").total == 0
    agrees(bound)
    do(bound, undo)
    assert ids(bound) == before and not aside(bound)
    assert search(bound, "ثان").total == 1
    agrees(bound)


def test_reject_wants_a_reason_and_a_page(bound: Station) -> None:
    with pytest.raises(desk.PageReasonMissing):
        do(bound, desk.reject, 2, " ")
    with pytest.raises(NoPageThere):
        do(bound, desk.reject, 4, "duplicate")


def test_a_rescan_keeps_the_slot_the_side_and_the_old_image(bound: Station, tmp_path: Path) -> None:
    before = ids(bound)
    do(bound, arranging.describe_page, 2, side="verso", marks=("stamp",))
    came = from_file(bound, save(tmp_path / "again.jpg", NEW))
    do(bound, desk.rescan, 2, came, "folded")
    new = there(bound)[1]
    assert new.id not in before and new.instead_of == before[1]
    assert (new.side, new.marks, new.document_id) == (
        "verso",
        '["stamp"]',
        there(bound)[0].document_id,
    )
    assert aside(bound) == {before[1]: ("replaced", "folded")}
    assert checks_of(bound, 1)[new.id]
    finish(process(bound, OPERATOR))
    assert search(bound, "زبرجد").total == 1 and search(bound, "ثان").total == 0
    agrees(bound)
    assert bound.blobs.path(pages.by_id(bound.database.connection, before[1]).master).exists()
    told = [json.loads(event.detail) for event in queries.case_view(bound, 1).events]
    (event,) = [facts for facts in told if facts.get("act") == "rescan"]
    assert event["reason"] == "folded" and event["masters"] == [new.master]


def test_undo_of_a_rescan_survives_a_restart_and_is_done_again(
    bound: Station, tmp_path: Path
) -> None:
    before = ids(bound)
    file = save(tmp_path / "again.jpg", NEW)
    do(bound, desk.rescan, 2, from_file(bound, file), "dark")
    new = ids(bound)[1]
    root = bound.root
    bound.close()
    with app.open_station(root) as again:
        do(again, undo)
        assert ids(again) == before
        assert aside(again) == {new: ("unplaced", "")}
        do(again, desk.rescan, 2, from_file(again, file), "dark")  # the image is there already
        assert ids(again)[1] == new
        with pytest.raises(AlreadyImported):
            do(again, desk.rescan, 1, from_file(again, file), "dark")


def test_insert_before_and_after_and_undo(bound: Station, tmp_path: Path) -> None:
    before = ids(bound)
    two = bind(tmp_path / "two.tif", NEW, ("شيء آخر",))
    do(bound, desk.insert, from_file(bound, two), before=2)
    one = save(tmp_path / "one.png", ("آخر الصفحات",))
    do(bound, desk.insert, from_file(bound, one), after=5)
    now = ids(bound)
    assert [now[0], now[3], now[4]] == before and len(now) == 6
    assert [page.source_name for page in there(bound)][5] == "one.png"
    with pytest.raises(desk.NoPlaceGiven):
        do(bound, desk.insert, from_file(bound, one))
    do(bound, undo)
    do(bound, undo)
    assert ids(bound) == before
    assert len(aside(bound)) == 3


def test_a_person_turns_and_the_reader_obeys(bound: Station) -> None:
    page = there(bound)[0]
    do(bound, desk.turn, 1, 180)
    assert there(bound)[0].turn_deg == 180
    finish(process(bound, OPERATOR))
    turned = there(bound)[0]
    assert (turned.turn_deg, turned.said_turn, turned.state) == (180, 180, "read")
    assert turned.text != page.text
    do(bound, undo)
    finish(process(bound, OPERATOR))
    assert (there(bound)[0].turn_deg, there(bound)[0].text) == (page.turn_deg, page.text)
    with pytest.raises(desk.NoQuarterTurn):
        do(bound, desk.turn, 1, 45)


@pytest.fixture
def book(station: Station, tmp_path: Path) -> Station:
    """An open book: الأول on its right leaf, الثاني on the left."""
    leaf = (620, 860)
    whole = Image.new("L", (1240, 860), 245)
    for x, word in ((620, "الأول"), (0, "الثاني")):
        whole.paste(
            drawn([f"الوجه {word} من الكتاب"] + ["سطر من الكلام المفيد هنا"] * 9, leaf), (x, 0)
        )
    whole.save(tmp_path / "book.tif", dpi=(105, 105))
    finish(import_files(station, OPERATOR, [tmp_path / "book.tif"], key=CaseKey.parse(CASE)))
    return station


def test_a_book_is_split_right_leaf_first_read_and_joined(book: Station) -> None:
    whole = there(book)[0]
    assert [c.name for c in complaints_of(book, 1)[whole.id] if c.name == "spread"]
    do(book, desk.split, 1)
    right, left = there(book)
    assert right.master == left.master == whole.master
    assert (right.cut, left.cut) == (f"{right.cut.split()[0]} 0 {right.width_px} 860",
                                     f"0 0 {left.width_px} 860")  # fmt: skip
    assert 560 < left.width_px < 690 and right.width_px + left.width_px == 1240
    finish(process(book, OPERATOR))
    assert "الأول" in there(book)[0].text and "الأول" not in there(book)[1].text
    assert "الثاني" in there(book)[1].text
    with Image.open(book.blobs.path(there(book)[0].access)) as picture:
        assert picture.size == (right.width_px, 860)
    with pytest.raises(desk.IsHalf):
        do(book, desk.split, 1)
    do(book, desk.join, 2)
    assert ids(book) == [whole.id]
    with pytest.raises(desk.NoHalf):
        do(book, desk.join, 1)
    do(book, undo)
    do(book, undo)
    assert ids(book) == [whole.id] and len(aside(book)) == 2
    agrees(book)


@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_a_page_is_cropped_as_it_is_seen_and_made_whole_again(
    station: Station, tmp_path: Path, turn_deg: int
) -> None:
    whole = Image.new("L", (400, 300), 250)
    whole.paste(30, (0, 0, 40, 300))  # a bed on the left
    whole.rotate(turn_deg, expand=True).save(tmp_path / "b.png", dpi=(105, 105))
    finish(import_files(station, OPERATOR, [tmp_path / "b.png"], key=CaseKey.parse(CASE)))
    if turn_deg:
        do(station, desk.turn, 1, turn_deg)
    before = ids(station)
    do(station, crop, 1, Margins(left=0.1, foot=0.2))
    do(station, crop, 1, Margins(right=0.25))  # of what is left
    (page,) = there(station)
    with Image.open(station.blobs.path(page.access)) as picture:
        seen = picture.rotate(-turn_deg, expand=True)
        assert seen.size == (270, 240)
        assert min(seen.convert("L").tobytes()) > 200
    with pytest.raises(desk.IsHalf):
        do(station, desk.split, 1)
    do(station, desk.join, 1)
    do(station, desk.join, 1)
    assert ids(station) == before
    do(station, undo)
    assert there(station)[0].cut
    with pytest.raises(CropTooMuch):
        do(station, crop, 1, Margins(left=0.5, right=0.45))
    agrees(station)


def test_the_centre_has_the_halves_and_the_master_once(book: Station, tmp_path: Path) -> None:
    do(book, desk.split, 1)
    finish(process(book, OPERATOR))
    finish(check(book, CHECKER, 1, accept=True))
    package = Path(str(finish(seal(book, OPERATOR, 1))[0].facts["package"]))
    assert not finish(verify(book))[1]
    report = verify_bag(package, SigningKey.load(book.keys / STATION_KEY).public)
    assert sum(name.endswith(".tif") for name in report.files) == 1
    root = tmp_path / "centre"
    app.init_archive(root, OPERATOR, Identity("المركز", ""))
    with app.open_station(root) as centre:
        assert take_in(centre, OPERATOR, package, report)
        for mine, theirs in zip(there(centre), there(book), strict=True):
            assert (mine.cut, mine.text, mine.width_px) == (
                theirs.cut,
                theirs.text,
                theirs.width_px,
            )
            with Image.open(centre.blobs.path(mine.access)) as picture:
                assert picture.size == (mine.width_px, mine.height_px)


@pytest.mark.parametrize("turn_deg", [90, 180, 270])
def test_a_book_that_lies_sideways_is_cut_as_it_is_seen(
    station: Station, tmp_path: Path, turn_deg: int
) -> None:
    whole = Image.new("L", (400, 300), 250)
    whole.paste(30, (250, 40, 350, 140))  # on the right leaf
    whole.rotate(turn_deg, expand=True).save(tmp_path / "b.png", dpi=(105, 105))
    finish(import_files(station, OPERATOR, [tmp_path / "b.png"], key=CaseKey.parse(CASE)))
    do(station, desk.turn, 1, turn_deg)
    do(station, desk.split, 1, at=0.5)
    darkest = [_darkest(station.blobs.path(page.access)) for page in there(station)]
    assert darkest[0] < 60 and darkest[1] > 200
    assert {page.turn_deg for page in there(station)} == {turn_deg}


def _darkest(path: Path) -> int:
    with Image.open(path) as picture:
        return int(picture.convert("L").getextrema()[0])


def test_process_splits_only_where_the_site_says_so(book: Station) -> None:
    finish(process(book, OPERATOR))
    assert len(there(book)) == 1
    root = book.root
    book.close()
    with (root / "station.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[checks.case_file]\nsplit_spreads = true\n")
    with app.open_station(root) as again:
        do(again, desk.turn, 1, 90)
        do(again, undo)  # it waits to be read again
        finish(process(again, OPERATOR))
        assert [page.state for page in there(again)] == ["read", "read"]
        do(again, desk.join, 1)
        do(again, desk.turn, 1, 180)
        do(again, desk.turn, 1, 180)
        finish(process(again, OPERATOR))
        assert len(there(again)) == 1  # a person joined them


def test_undo_of_an_older_act_leaves_no_page_without_a_document(bound: Station) -> None:
    """Pages that a scanner put behind others since stay with them."""
    do(bound, arranging.split, 2)
    before = there(bound)
    with bound.database.transaction() as connection:
        page, key = before[0], before[0].master
        new = pages.NewPage(
            key, page.media_type, page.access, page.thumbnail, (1, 1, 1), 9, 9, 300, 0, 9
        )
        source = pages.add_source(connection, 1, "x", "scanner", 1)
        number = pages.add(connection, new, case_id=1, document_id=before[2].document_id,
                           source_id=source, language="ara", person="p")  # fmt: skip
    do(bound, undo)
    assert ids(bound) == [*(page.id for page in before), number]
    assert len({page.document_id for page in there(bound)}) == 1


def test_an_image_comes_back_after_other_acts(bound: Station) -> None:
    first, second, third = ids(bound)
    do(bound, desk.reject, 1, "duplicate")
    do(bound, desk.reject, 1, "duplicate")
    do(bound, desk.put_back, first, after=1)
    assert ids(bound) == [third, first]
    with pytest.raises(desk.NotAside):
        do(bound, desk.put_back, first, after=1)
    assert second in aside(bound)


def test_what_is_aside_does_not_leave_the_station(bound: Station, tmp_path: Path) -> None:
    rejected = there(bound)[1]
    do(bound, desk.reject, 2, "not_of_file")
    finish(check(bound, CHECKER, 1, accept=True))
    done = finish(seal(bound, OPERATOR, 1))[0]
    package = Path(str(done.facts["package"])).read_bytes()
    assert rejected.uid.encode() not in package
    with pytest.raises(CaseSealed):
        do(bound, desk.reject, 1, "duplicate")
    assert not finish(verify(bound))[1]


def test_an_act_on_a_checked_case_file_wants_another_check(bound: Station) -> None:
    finish(check(bound, CHECKER, 1, accept=True))
    changed: Changed = do(bound, desk.turn, 1, 90)
    assert changed.facts["check_again"]
    assert queries.case_by_id(bound, 1).state is CaseState.OPEN

"""What every engine must do, run on the default one with real folders and real processes."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engine import Engine, IndexedPage, Match
from index.errors import IndexBusy, IndexDamaged, IndexOutdated
from index.folder import put_in_place
from index.query import parse
from index.tantivy_engine import TantivyEngine

_CONTEXT = multiprocessing.get_context("spawn")

_PAGES = (
    IndexedPage(
        1,
        10,
        "محكمــة النقــض. صحيفة طعن بالنقض، والدفاع الجوهري أغفله الحكم",
        keys=("99001/93", "99002/93"),
        series="civil",
        kind="appeal_statement",
        title="شركة الواحة الافتراضية",
        access="court_internal",
    ),
    IndexedPage(
        2,
        10,
        "الوقائع: طلب التعويضات عن عقد التوريد في القاهرة",
        keys=("99001/93",),
        series="civil",
        kind="judgment",
        access="court_internal",
        year=2024,
    ),
    IndexedPage(
        3,
        11,
        "يراجع الطعن رقم ٩٩٠٠١ لسنة ٩٣ ق، وعقد الإيجار، والجوهري من الدفاع",
        keys=("5/40",),
        series="criminal",
        kind="judgment",
        access="restricted",
    ),
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[TantivyEngine]:
    made = TantivyEngine.create(tmp_path / "index")
    made.add(_PAGES)
    made.commit()
    yield made
    made.close()


def _ids(engine: Engine, query: str, **how: object) -> list[int]:
    return [hit.page_id for hit in engine.search(parse(query), **how).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("99001/93", [1, 2, 3]),
        ("٩٩٠٠١/٩٣", [1, 2, 3]),
        ("الطعن رقم 99001 لسنة 93 ق", [1, 2, 3]),
        ("99002/93", [1]),
        ("قضية:99001/93", [1, 2]),
        ("99003/93", []),
        ("محكمة النقض", [1]),
        ("النقض محكمه", [1]),
        ('"الدفاع الجوهري"', []),
        ('"والدفاع الجوهري"', [1]),
        ('"الجوهري والدفاع"', []),
        ("التعويض*", [2]),
        ("عقد -إيجار", [2]),
        ("عقد -kind:judgment", []),
        ("توريد OR إيجار", [2, 3]),
        ("عقد series:criminal", [3]),
        ("kind:judgment", [2, 3]),
        ("سنة:93", [1, 2]),
        ("سنة:2024", [2]),
        ("عنوان:الواحه", [1]),
        ("-عقد", [1]),
    ],
)
def test_finds(engine: TantivyEngine, query: str, pages: list[int]) -> None:
    found = engine.search(parse(query))
    assert sorted(hit.page_id for hit in found.hits) == pages
    assert found.total == len(pages)


@pytest.mark.parametrize(
    ("query", "page", "why"),
    [
        ("99001/93", 1, (Match.OWN_NUMBER,)),
        ("99001/93", 3, (Match.NAMED_NUMBER,)),
        ("99001/93 ايجار", 3, (Match.NAMED_NUMBER, Match.STEM)),
        ("القاهر", 2, (Match.STEM,)),
        ("القاهرة", 2, (Match.EXACT,)),
        ("تعويض", 2, (Match.STEM,)),
        ("الفاهرة", 2, (Match.SIMILAR,)),
        ("التوربد", 2, (Match.SIMILAR,)),
        ("kind:judgment", 2, ()),
    ],
)
def test_says_why(engine: TantivyEngine, query: str, page: int, why: tuple[Match, ...]) -> None:
    hits = {hit.page_id: hit for hit in engine.search(parse(query)).hits}
    assert hits[page].why == why
    assert hits[page].case_id == _PAGES[page - 1].case_id


def test_own_pages_stand_before_those_that_name_the_case(engine: TantivyEngine) -> None:
    assert _ids(engine, "99001/93")[2] == 3


def test_the_word_as_typed_stands_before_other_forms(engine: TantivyEngine) -> None:
    engine.add([IndexedPage(20, 1, "كلام " * 50 + "إيجار"), IndexedPage(21, 1, "الايجار")])
    engine.commit()
    assert _ids(engine, "إيجار") == [20, *sorted({3, 21}, key=_ids(engine, "إيجار").index)]
    assert _ids(engine, "إيجار", exact=True) == [20]


def test_levels_filter_hits_and_counts(engine: TantivyEngine) -> None:
    seen = frozenset({"court_internal"})
    found = engine.search(parse("99001/93"), levels=seen)
    assert (found.total, {hit.page_id for hit in found.hits}) == (2, {1, 2})
    assert engine.count(levels=seen) == 2
    assert engine.count() == 3
    assert engine.search(parse("99001/93"), levels=frozenset()).total == 0


def test_pages_of_hits(engine: TantivyEngine) -> None:
    whole = _ids(engine, "99001/93")
    assert _ids(engine, "99001/93", limit=2) == whole[:2]
    assert _ids(engine, "99001/93", limit=2, offset=2) == whole[2:]
    assert engine.search(parse("99001/93"), limit=0).total == 3


def test_adding_again_replaces(engine: TantivyEngine) -> None:
    engine.add([IndexedPage(2, 10, "نص جديد"), IndexedPage(2, 10, "نص أجد")])
    engine.commit()
    assert _ids(engine, "التوريد") == []
    assert _ids(engine, "أجد") == [2]
    assert engine.count() == 3


def test_deleted_pages_are_gone(engine: TantivyEngine) -> None:
    engine.delete([1, 99])
    engine.commit()
    assert _ids(engine, "99001/93") == [2, 3]
    assert engine.count() == 2


def test_what_is_not_committed_is_not_seen(engine: TantivyEngine) -> None:
    engine.add([IndexedPage(4, 1, "زيادة")])
    assert _ids(engine, "زيادة") == []
    engine.close()
    assert TantivyEngine(engine.folder).count() == 3


def _search_elsewhere(folder: Path, query: str) -> list[int]:
    return _ids(TantivyEngine(folder), query)


def _add_elsewhere(folder: Path, page: IndexedPage) -> None:
    other = TantivyEngine(folder)
    other.add([page])
    other.commit()


def _die_while_writing(folder: Path) -> None:
    other = TantivyEngine(folder)
    other.add([IndexedPage(100, 1, "أول")])
    other.commit()
    other.add(IndexedPage(page, 1, "ثان " * 500) for page in range(101, 200))
    os.kill(os.getpid(), signal.SIGKILL)


def test_another_process_reads_and_writes(engine: TantivyEngine) -> None:
    with _CONTEXT.Pool(1) as pool:
        assert pool.apply(_search_elsewhere, (engine.folder, "99002/93")) == [1]
        pool.apply(_add_elsewhere, (engine.folder, IndexedPage(7, 1, "من غيرنا")))
    assert _ids(engine, "غيرنا") == [7]


def test_only_one_writes(engine: TantivyEngine) -> None:
    other = TantivyEngine(engine.folder)
    engine.add([IndexedPage(5, 1, "أنا")])
    with pytest.raises(IndexBusy):
        other.add([IndexedPage(6, 1, "وأنا")])
    engine.commit()
    other.add([IndexedPage(6, 1, "وأنا")])
    other.commit()
    assert engine.count() == 5


def test_a_killed_writer_loses_nothing_committed(engine: TantivyEngine) -> None:
    process = _CONTEXT.Process(target=_die_while_writing, args=(engine.folder,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    again = TantivyEngine(engine.folder)
    assert again.count() == 4
    again.add([IndexedPage(101, 1, "بعده")])
    again.commit()
    assert _ids(again, "بعده") == [101]


def test_a_folder_that_is_gone(tmp_path: Path, engine: TantivyEngine) -> None:
    with pytest.raises(IndexDamaged):
        TantivyEngine(tmp_path / "nowhere")
    engine.folder.rename(tmp_path / "moved")
    with pytest.raises(IndexDamaged):
        engine.search(parse("عقد"))
    with pytest.raises(IndexDamaged):
        engine.add(_PAGES)


def test_an_index_of_another_version(engine: TantivyEngine) -> None:
    (engine.folder / "index.json").write_text('{"version": "of old"}')
    with pytest.raises(IndexOutdated):
        TantivyEngine(engine.folder)


@pytest.mark.parametrize("name", ["index.json", "meta.json", "*.term", "*.fast"])
@pytest.mark.parametrize("harm", ["cut", "removed"])
def test_a_harmed_file_is_damage(engine: TantivyEngine, name: str, harm: str) -> None:
    for path in engine.folder.glob(name):
        if harm == "removed":
            path.unlink()
        else:
            os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(IndexDamaged):
        TantivyEngine(engine.folder).search(parse("عقد"))


def test_a_new_index_takes_the_place_of_the_old(tmp_path: Path, engine: TantivyEngine) -> None:
    building = tmp_path / "building"
    fresh = TantivyEngine.create(building)
    fresh.add([IndexedPage(9, 9, "وحيد")])
    fresh.commit()
    assert _ids(engine, "99002/93") == [1]
    put_in_place(building, engine.folder)
    assert _ids(TantivyEngine(engine.folder), "وحيد") == [9]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index"]
    assert TantivyEngine.create(engine.folder).count() == 0

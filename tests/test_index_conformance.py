"""What every engine must do, run on all of them with real folders and real processes."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engine import FACETS, Count, Engine, Sort, Suggestion
from index.entry import entry, stamp
from index.errors import IndexBusy, IndexDamaged, IndexOutdated
from index.folder import put_in_place
from index.match import Match
from index.page import IndexedPage
from index.query import parse
from tests.index_engines import KINDS, PAGES, Kind

_CONTEXT = multiprocessing.get_context("spawn")
_SEEN = frozenset({"court_internal"})


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(kind: Kind, folder: Path) -> Iterator[Engine]:
    made = kind.create(folder)
    made.add(PAGES)
    made.commit()
    yield made
    made.close()


def _ids(engine: Engine, query: str, **how: object) -> list[int]:
    found = engine.search(parse(query), **how)  # type: ignore[arg-type]
    return [hit.page_id for hit in found.hits]


def _why(engine: Engine, query: str) -> dict[int, tuple[Match, ...]]:
    return {hit.page_id: hit.why for hit in engine.search(parse(query)).hits}


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("99001/93", [1, 2, 3]),
        ("٩٩٠٠١/٩٣", [1, 2, 3]),
        ("الطعن رقم 99001 لسنة 93 ق", [1, 2, 3]),
        ("98002/92", [1]),
        ("قضية:99001/93", [1, 2]),
        ("12345/67", []),
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
def test_finds(engine: Engine, query: str, pages: list[int]) -> None:
    found = engine.search(parse(query))
    assert sorted(hit.page_id for hit in found.hits[: found.sure]) == pages
    assert found.sure == len(pages)


@pytest.mark.parametrize(
    ("query", "page", "why"),
    [
        ("99001/93", 1, (Match.OWN_NUMBER,)),
        ("99001/93", 3, (Match.NAMED_NUMBER,)),
        ("99001/93 ايجار", 3, (Match.NAMED_NUMBER, Match.STEM)),
        ("القاهر", 2, (Match.STEM,)),
        ("القاهرة", 2, (Match.EXACT,)),
        ("تعويض", 2, (Match.STEM,)),
        ("kind:judgment", 2, ()),
    ],
)
def test_says_why(engine: Engine, query: str, page: int, why: tuple[Match, ...]) -> None:
    hits = {hit.page_id: hit for hit in engine.search(parse(query)).hits}
    assert hits[page].why == why
    assert hits[page].case_id == PAGES[page - 1].case_id


def test_misread_words_come_second(engine: Engine) -> None:
    engine.add([IndexedPage(30, 3, "الفاهرةق مدينة"), IndexedPage(31, 3, "القاهرة مدينة قديمة")])
    engine.commit()
    found = engine.search(parse("القاهرة مدينة"))
    assert [hit.page_id for hit in found.hits] == [31, 30]
    assert (found.total, found.sure) == (2, 1)
    assert found.hits[1].why == (Match.SIMILAR,)
    for sort in Sort:
        assert _ids(engine, "القاهرة مدينة", sort=sort) == [31, 30]
    assert _ids(engine, "القاهرة مدينة", offset=1) == [30]
    assert _ids(engine, "القاهرة مدينة", exact=True) == [31]


def test_own_pages_stand_before_those_that_name_the_case(engine: Engine) -> None:
    assert _ids(engine, "99001/93")[2] == 3


def test_the_word_as_typed_stands_before_other_forms(engine: Engine) -> None:
    engine.add([IndexedPage(20, 1, "كلام " * 50 + "إيجار"), IndexedPage(21, 1, "الايجار")])
    engine.commit()
    found = _ids(engine, "إيجار")
    assert found[0] == 20
    assert sorted(found) == [3, 20, 21]
    assert _ids(engine, "إيجار", exact=True) == [20]


def test_levels_filter_hits_and_counts(engine: Engine) -> None:
    found = engine.search(parse("99001/93"), levels=_SEEN, facets=FACETS)
    assert (found.total, found.sure, {hit.page_id for hit in found.hits}) == (2, 2, {1, 2})
    assert engine.count(levels=_SEEN) == 2
    assert engine.count() == 3
    assert engine.search(parse("99001/93"), levels=frozenset()).total == 0
    assert "criminal" not in {count.value for count in found.facets["series"]}
    assert "40" not in {count.value for count in found.facets["year"]}


def test_what_may_not_be_seen_is_told_nowhere(engine: Engine) -> None:
    """By nothing that the engine tells can a page of another level be noticed."""
    sensitive = IndexedPage(
        40, 12, PAGES[2].text, keys=("6/41",), access="sensitive", parties=("الورداني",),
        kind="receipt", lot="L-9", subjects=("إيجار",), dates=("1999",), position=1,
    )  # fmt: skip
    asked = ["99001/93", "عقد", "محمود*", "-شيء", "kind:judgment", '"عقد الايجار"', "سنة:41"]
    before = [engine.search(parse(q), levels=_SEEN, facets=FACETS) for q in asked]
    typed = ["محمود", "الورد", "6/4", "5/4", "ايجار", "99"]
    suggested = [engine.suggest(word, levels=_SEEN) for word in typed]
    similar = engine.similar(PAGES[1], levels=_SEEN)
    engine.add([sensitive])
    engine.commit()
    after = [engine.search(parse(q), levels=_SEEN, facets=FACETS) for q in asked]
    for one, other in zip(before, after, strict=True):
        assert (one.total, one.sure, one.facets) == (other.total, other.sure, other.facets)
        assert [hit.page_id for hit in one.hits] == [hit.page_id for hit in other.hits]
    assert [engine.suggest(word, levels=_SEEN) for word in typed] == suggested
    assert engine.similar(PAGES[1], levels=_SEEN).total == similar.total
    assert not {3, 40} & {hit.page_id for hit in engine.similar(PAGES[1], levels=_SEEN).hits}


def test_facets_count_all_hits(engine: Engine) -> None:
    found = engine.search(parse("99001/93"), limit=1, facets=FACETS)
    assert found.facets["kind"] == (Count("judgment", 2), Count("appeal_statement", 1))
    assert found.facets["year"][0] == Count("93", 2)
    assert set(found.facets["year"]) == {
        Count("93", 2), Count("92", 1), Count("2024", 1), Count("40", 1)
    }  # fmt: skip
    assert found.facets["lot"] == (Count("L-7", 1),)
    assert set(found.facets["checked"]) == {Count("no", 2), Count("yes", 1)}
    assert found.facets["station"] == ()
    assert engine.search(parse("99001/93")).facets == {}


def test_sorting(engine: Engine) -> None:
    engine.add([IndexedPage(50, 9, "عقد بلا رقم")])
    engine.commit()
    assert _ids(engine, "kind:judgment OR عقد OR صحيفة", sort=Sort.DATE) == [2, 3, 1, 50]
    assert _ids(engine, "kind:judgment OR عقد OR صحيفة", sort=Sort.CASE) == [3, 1, 2, 50]
    assert _ids(engine, "kind:judgment OR عقد", sort=Sort.CASE, offset=1, limit=1) == [2]


def test_suggestions(engine: Engine) -> None:
    assert engine.suggest("٩٩") == [Suggestion("case", "99001/93", 1)]
    assert engine.suggest("محمود") == [
        Suggestion("party", "محمود الخفي", 1),
        Suggestion("party", "محمود السيد الورداني", 1),
    ]
    assert engine.suggest("الواحه الا") == [Suggestion("party", "شركة الواحة الافتراضية", 1)]
    assert engine.suggest("عقد") == [Suggestion("subject", "عقد التوريد", 1)]
    assert engine.suggest("محمود", limit=1) == [Suggestion("party", "محمود الخفي", 1)]
    assert engine.suggest("محمود", levels=_SEEN) == [Suggestion("party", "محمود السيد الورداني", 1)]
    assert engine.suggest("م") == []
    assert engine.suggest(" ") == []
    engine.delete([3])
    engine.commit()
    assert engine.suggest("الخفي") == []


def test_similar_pages_are_of_other_case_files(engine: Engine) -> None:
    text = "تأسيس الحكم على أقوال الشهود في واقعة تزوير المحرر العرفي والتوكيل الرسمي"
    engine.add(
        [IndexedPage(60 + n, 60 + n, f"{text} صفحة {n}", access="court_internal") for n in range(3)]
    )
    engine.add([IndexedPage(70, 60, f"{text} أيضا"), IndexedPage(71, 71, "لا شيء من ذلك كله")])
    engine.commit()
    found = engine.similar(IndexedPage(60, 60, f"{text} صفحة 0"))
    assert {hit.page_id for hit in found.hits} == {61, 62}
    assert found.total == 2
    assert engine.similar(IndexedPage(80, 80, "")).total == 0
    assert engine.similar(IndexedPage(60, 60, text), levels=frozenset()).total == 0


def test_pages_of_hits(engine: Engine) -> None:
    whole = _ids(engine, "99001/93")
    assert _ids(engine, "99001/93", limit=2) == whole[:2]
    assert _ids(engine, "99001/93", limit=2, offset=2) == whole[2:]
    assert _ids(engine, "99001/93", offset=9) == []
    assert sorted(_ids(engine, "99001/93", limit=2**40)) == [1, 2, 3]
    assert engine.search(parse("99001/93"), limit=0).total == 3


def test_adding_again_replaces(engine: Engine) -> None:
    engine.add([IndexedPage(2, 10, "نص جديد"), IndexedPage(2, 10, "نص أجد")])
    engine.commit()
    assert _ids(engine, "التوريد") == []
    assert _ids(engine, "أجد") == [2]
    assert engine.count() == 3


def test_an_analysed_page_is_as_good(engine: Engine) -> None:
    page = IndexedPage(4, 1, "نص محلل من قبل")
    engine.add([entry(page)], new=True)
    engine.commit(more=True)
    assert _ids(engine, '"محلل من قبل"') == [4]
    engine.commit()


def test_deleted_pages_are_gone(engine: Engine) -> None:
    engine.delete([1, 99])
    engine.commit()
    assert _ids(engine, "99001/93") == [2, 3]
    assert engine.count() == 2


def test_held_pages_and_their_stamps(engine: Engine) -> None:
    assert engine.held(1, 3) == {page.page_id: stamp(page) for page in PAGES}
    assert engine.held(2, 2) == {2: stamp(PAGES[1])}
    assert engine.held(4, 2**40) == {}
    changed = IndexedPage(2, 10, PAGES[1].text, access="public")
    engine.add([changed])
    engine.commit()
    assert engine.held(2, 2) == {2: stamp(changed)} != {2: stamp(PAGES[1])}


def test_what_is_not_committed_is_not_seen(kind: Kind, engine: Engine, folder: Path) -> None:
    engine.add([IndexedPage(4, 1, "زيادة")])
    assert _ids(engine, "زيادة") == []
    engine.close()
    assert kind.open(folder).count() == 3


def test_searches_of_several_threads(engine: Engine) -> None:
    engine.add(IndexedPage(100 + n, n, f"كلمة رقم{n} " * 3) for n in range(200))
    engine.commit()
    wrong: list[object] = []

    def ask(thread: int) -> None:
        for n in range(thread, 200, 4):
            found = _ids(engine, f"رقم{n}", exact=True)
            if found != [100 + n]:
                wrong.append((n, found))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def _search_elsewhere(kind: str, folder: Path, query: str) -> list[int]:
    return _ids(KINDS[kind].open(folder), query)


def _add_elsewhere(kind: str, folder: Path, page: IndexedPage) -> None:
    other = KINDS[kind].open(folder)
    other.add([page])
    other.commit()


def _die_while_writing(kind: str, folder: Path) -> None:
    other = KINDS[kind].open(folder)
    other.add([IndexedPage(100, 1, "أول")])
    other.commit()
    other.add(IndexedPage(page, 1, "ثان " * 500) for page in range(101, 200))
    os.kill(os.getpid(), signal.SIGKILL)


def test_another_process_reads_and_writes(kind: Kind, engine: Engine, folder: Path) -> None:
    with _CONTEXT.Pool(1) as pool:
        assert pool.apply(_search_elsewhere, (kind.name, folder, "98002/92")) == [1]
        pool.apply(_add_elsewhere, (kind.name, folder, IndexedPage(7, 1, "من غيرنا")))
    assert _ids(engine, "غيرنا") == [7]


def test_only_one_writes(kind: Kind, engine: Engine, folder: Path) -> None:
    other = kind.open(folder)
    engine.add([IndexedPage(5, 1, "أنا")])
    with pytest.raises(IndexBusy):
        other.add([IndexedPage(6, 1, "وأنا")])
    engine.commit(more=True)
    with pytest.raises(IndexBusy):
        other.add([IndexedPage(6, 1, "وأنا")])
    engine.commit()
    other.add([IndexedPage(6, 1, "وأنا")])
    other.commit()
    assert engine.count() == 5


def test_a_killed_writer_loses_nothing_committed(kind: Kind, engine: Engine, folder: Path) -> None:
    process = _CONTEXT.Process(target=_die_while_writing, args=(kind.name, folder))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    again = kind.open(folder)
    assert again.count() == 4
    again.add([IndexedPage(101, 1, "بعده")])
    again.commit()
    assert _ids(again, "بعده") == [101]


def test_a_folder_that_is_gone(kind: Kind, tmp_path: Path, engine: Engine, folder: Path) -> None:
    with pytest.raises(IndexDamaged):
        kind.open(tmp_path / "nowhere")
    folder.rename(tmp_path / "moved")
    with pytest.raises(IndexDamaged):
        engine.search(parse("عقد"))
    with pytest.raises(IndexDamaged):
        engine.add(PAGES)


def test_an_index_of_another_version(kind: Kind, engine: Engine, folder: Path) -> None:
    (folder / "index.json").write_text('{"version": "of old"}')
    with pytest.raises(IndexOutdated):
        kind.open(folder)


def test_a_new_index_takes_the_place_of_the_old(
    kind: Kind, tmp_path: Path, engine: Engine, folder: Path
) -> None:
    building = tmp_path / "building"
    fresh = kind.create(building)
    fresh.add([IndexedPage(9, 9, "وحيد")])
    fresh.commit()
    assert _ids(engine, "98002/92") == [1]
    put_in_place(building, folder)
    assert _ids(kind.open(folder), "وحيد") == [9]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index"]
    assert kind.create(folder).count() == 0

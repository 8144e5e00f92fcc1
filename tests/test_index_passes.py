"""Passes over a tantivy index: shared by two threads or page by page, the hits are the same."""

import pytest

from index import tantivy_passes
from index.engine import Hits, Sort
from index.page import IndexedPage
from index.query import parse
from index.tantivy_engine import TantivyEngine

PAGES = 90
WORDS = ("تعويض", "التعويض", "تعويص", "وتعويض", "تعويضات")  # as typed, misread, other forms


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    made = TantivyEngine.create(tmp_path_factory.mktemp("passes") / "index")
    for first in range(0, PAGES, 30):  # a segment each
        made.add(
            IndexedPage(n + 1, n, f"من الحكم {'من الدفاع ' * (n % 3)} {WORDS[n % 5]} عقد", year=n)
            for n in range(first, first + 30)
        )
        made.commit()
    return made


def found(engine: TantivyEngine, query: str, **how: object) -> Hits:
    return engine.search(parse(query), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ['"من الدفاع"', '"من الدفاع" عقد', '"الحكم من الدفاع"'])
def test_halves_make_the_whole(
    engine: TantivyEngine, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = found(engine, query, limit=PAGES)
    monkeypatch.setattr(tantivy_passes, "_COMMON", 0)
    assert whole.total == whole.sure == 60
    assert found(engine, query, limit=PAGES) == whole
    assert found(engine, query, limit=7).hits == whole.hits[:7]


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.CASE])
def test_page_by_page_as_all_at_once(engine: TantivyEngine, sort: Sort) -> None:
    whole = found(engine, "تعويض", limit=PAGES, sort=sort)
    assert whole.total == PAGES
    assert 0 < whole.sure < PAGES
    assert [hit.why for hit in whole.hits] != [whole.hits[0].why] * PAGES
    parts = [found(engine, "تعويض", limit=25, offset=at, sort=sort) for at in range(0, PAGES, 25)]
    assert [hit for part in parts for hit in part.hits] == list(whole.hits)
    assert {(part.total, part.sure) for part in parts} == {(whole.total, whole.sure)}

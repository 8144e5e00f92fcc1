"""A search narrowed by facets is one text, understood in both languages."""

import pytest

from archiver import app
from archiver.errors import BadQuery
from archiver.i18n import set_language
from archiver.model.actor import Actor
from archiver.settings import Identity
from archiver.workflow.indexing import index_pending
from archiver.workflow.narrowing import counted_beside, narrowed
from archiver.workflow.search import codes, search, words_on
from index.query import parse
from index.tree import And, Field, Or
from tests.searched import fill

CHOICES = (
    ("kind", "judgment"),
    ("kind", "contested_judgment"),
    ("circuit", "civil_commercial"),
    ("series", "civil"),
    ("year", "93"),
    ("checked", "yes"),
    ("checked", "no"),
    ("lot", "7"),
)


@pytest.mark.parametrize("spoken", ["ar", "en"])
@pytest.mark.parametrize(("facet", "value"), CHOICES)
def test_what_is_chosen_is_what_is_asked(spoken: str, facet: str, value: str) -> None:
    set_language(spoken)
    asked = narrowed("عقد", {facet: {value}})
    set_language("en")
    assert parse(asked, codes()).parts[1] == Field(facet, value)


def test_alternatives_stay_together() -> None:
    asked = parse(
        narrowed("بيع أو إيجار", {"kind": {"cover", "judgment"}, "year": {"93"}}), codes()
    )
    assert isinstance(asked, And)
    words, kinds, year = asked.parts
    assert isinstance(words, Or)
    assert {part.value for part in kinds.parts} == {"cover", "judgment"}
    assert year == Field("year", "93")
    assert narrowed("بيع", {"kind": set()}) == "بيع"
    with pytest.raises(BadQuery):
        narrowed('"بيع', {"year": {"93"}})


def test_the_counts_beside_a_choice_tell_what_else_there_is(tmp_path: object) -> None:
    root = tmp_path / "archive"
    app.init_archive(root, Actor("mona", "operator", "s", "c"), Identity())
    with app.open_station(root) as station:
        fill(station, 20)
        with station.database.transaction() as connection:
            connection.execute("UPDATE document SET kind = 'cover' WHERE id = 2")
        index_pending(station)
        choice = {"kind": {"cover"}}
        result = search(station, narrowed("عقد", choice), facets=("kind",))
        assert {v.value: v.pages for v in result.facets["kind"]} == {"cover": 10}
        beside = counted_beside(station, "عقد", choice)
        assert {v.value: v.pages for v in beside["kind"]} == {"cover": 10, "judgment": 10}
        page = result.hits[0].page
        assert words_on(page, "عقد") == result.hits[0].words
        assert words_on(page, "لايوجد", exact=True) == ()

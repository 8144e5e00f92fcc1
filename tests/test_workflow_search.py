"""Search as people have it: who sees what, counts, tables, kept searches, and the verbs."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import BadQuery, NoSuchSearch
from archiver.i18n import set_language
from archiver.model.actor import Actor
from archiver.model.description import NewValue, Subject
from archiver.settings import Identity
from archiver.store import fields, pages
from archiver.workflow.access import levels_seen
from archiver.workflow.exporting import FileThere
from archiver.workflow.hit_lists import citation, export_hits
from archiver.workflow.indexed_pages import indexed_pages
from archiver.workflow.indexing import index_pending
from archiver.workflow.narrowing import finding
from archiver.workflow.people import add_person
from archiver.workflow.saving_searches import (
    forget_search,
    save_search,
    saved_search,
    searches_of,
)
from archiver.workflow.search import hit_boxes, search, similar, suggest
from archiver.workflow.station import Station
from index.engine import FACETS
from tests.command_line import answer, archiver
from tests.papers import finish
from tests.searched import fill

ACTOR = Actor("mona", "operator", "s", "c")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    app.init_archive(tmp_path / "archive", ACTOR, Identity())
    with (tmp_path / "archive" / "station.toml").open("a") as file:
        file.write("[access]\nguest = []\n")
    return tmp_path / "archive"


@pytest.fixture
def station(root: Path) -> Iterator[Station]:
    with app.open_station(root) as opened:
        fill(opened, 40)
        sami = replace(ACTOR, person="sami")
        finish(add_person(opened, sami, "sami", ["security_officer"]))
        finish(add_person(opened, sami, "nobody", ["guest"]))
        with opened.database.transaction() as connection:
            connection.execute("UPDATE case_file SET access = 'sensitive' WHERE id = 2")
            connection.execute("UPDATE case_file SET access = 'deliberation' WHERE id = 3")
            connection.execute("UPDATE case_file SET state = 'accepted' WHERE id = 4")
            for case in (1, 2):
                _say(connection, case)
        index_pending(opened)
        yield opened


def _say(connection: object, case: int) -> None:
    names = {1: "شركة الواحة الافتراضية", 2: "الورداني"}
    said = {
        "party": {"name": names[case], "role": "appellant"},
        "bench": {"name_as_written": "المستشار محمود", "name_sort": "محمود", "role": "president"},
        "circuit": "civil_commercial",
        "hearing_date": {"edtf": "1951-12-04", "calendar": "gregorian", "written": "٤/١٢/١٩٥١"},
        "subject_heading": {"heading": "تعويض", "sub": "أدبي"},
        "box_barcode": "B-9",
    }
    for field, value in said.items():
        fields.say(connection, Subject(case), field, [NewValue(value)], "mona")  # type: ignore[arg-type]


def test_the_levels_of_roles(station: Station) -> None:
    operator = levels_seen(station, "mona")
    assert operator is not None
    assert "court_internal" in operator
    assert not operator & {"sensitive", "deliberation", "state_secret", "circuit_only"}
    assert levels_seen(station, "sami") is None
    assert levels_seen(station, "nobody") == frozenset()


def test_what_is_known_of_the_file_is_found(station: Station) -> None:
    (told,) = indexed_pages(station, pages.by_ids(station.database.connection, [1]))
    assert told.parties == ("شركة الواحة الافتراضية",)
    assert told.judges == ("المستشار محمود",)
    assert (told.dates, told.box, told.circuit) == (("1951-12-04",), "B-9", "civil_commercial")
    assert told.subjects == ("تعويض أدبي",)
    counted = search(station, "عقد", facets=FACETS, limit=1).facets
    assert {value.value: value.pages for value in counted["checked"]} == {"no": 30, "yes": 10}
    assert counted["circuit"][0].value == "civil_commercial"
    assert counted["circuit"][0].word != "civil_commercial"
    assert counted["year"][0].pages == 40


def test_nothing_leaks(station: Station) -> None:
    levels = levels_seen(station, "mona")
    found = search(station, "عقد", levels=levels, facets=FACETS, limit=100)
    assert (found.total, found.sure, len(found.hits)) == (20, 20, 20)
    assert {hit.case.access for hit in found.hits} == {"court_internal"}
    assert sum(value.pages for value in found.facets["kind"]) == 20
    assert [s.text for s in suggest(station, "الو", levels=levels)] == ["شركة الواحة الافتراضية"]
    assert len(suggest(station, "الو")) == 2
    (party,) = suggest(station, "الو", levels=levels)
    assert finding(party) == 'party:"شركة الواحة الافتراضية"'
    assert search(station, finding(party), levels=levels).total > 0
    page = pages.by_id(station.database.connection, 1)
    assert page is not None
    alike = similar(station, page, levels=levels, limit=100)
    assert {hit.case.access for hit in alike.hits} <= {"court_internal"}
    assert alike.total < similar(station, page, limit=100).total
    assert search(station, "عقد", levels=levels_seen(station, "nobody")).total == 0


def test_hits_as_a_table(station: Station, tmp_path: Path) -> None:
    with station.database.transaction() as connection:
        connection.execute("UPDATE page SET text = '=HYPERLINK(1) عقد', indexed = 0 WHERE id = 1")
    index_pending(station)
    out = tmp_path / "found.csv"
    changed, _ = finish(export_hits(station, ACTOR, out, "عقد"))
    assert (changed.facts["hits"], changed.facts["total"]) == (20, 20)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 21
    assert rows[1][0].startswith("Appeal 1 of year 90 J (")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert any(row[-1].startswith("'=HYPERLINK") for row in rows)
    with pytest.raises(FileThere):
        finish(export_hits(station, ACTOR, out, "عقد"))
    everything, _ = finish(
        export_hits(station, Actor("sami", "security_officer", "s", "c"), tmp_path / "b.csv", "عقد")
    )
    assert everything.facts["hits"] == 30  # without what is never exported
    (logged,) = station.database.connection.execute(
        "SELECT count(*) FROM event WHERE verb = 'export hits'"
    ).fetchone()
    assert logged == 2
    with pytest.raises(BadQuery):
        finish(export_hits(station, ACTOR, tmp_path / "bad.csv", '"عقد'))
    assert not (tmp_path / "bad.csv").exists()


def test_a_citation_in_both_languages(station: Station) -> None:
    (hit,) = search(station, "رقم7").hits
    assert citation(hit).startswith("Appeal 1 of year 90 J (")
    set_language("ar")
    assert "الطعن رقم" in citation(hit)
    assert hit_boxes(station, hit) == ()  # without a record of its words there are no places


def test_kept_searches(station: Station) -> None:
    finish(save_search(station, ACTOR, "بيع", "عقد البيع", sort="date", exact=True))
    finish(save_search(station, ACTOR, "آخر", "سنة:90"))
    finish(save_search(station, ACTOR, "بيع", "عقد", sort="case"))
    kept = saved_search(station, "mona", "بيع")
    assert (kept.query, kept.sort, kept.exact) == ("عقد", "case", False)
    assert [each.name for each in searches_of(station, "mona")] == ["آخر", "بيع"]
    assert searches_of(station, "sami") == ()
    with pytest.raises(BadQuery):
        finish(save_search(station, ACTOR, "خطأ", '"عقد'))
    finish(forget_search(station, ACTOR, "بيع"))
    with pytest.raises(NoSuchSearch):
        finish(forget_search(station, ACTOR, "بيع"))
    verbs = [row[0] for row in station.database.connection.execute("SELECT verb FROM event")]
    assert verbs.count("search saved") == 3
    assert verbs.count("search forgotten") == 1


@pytest.mark.slow
def test_the_verbs(root: Path, station: Station, tmp_path: Path) -> None:
    station.close()

    def call(*words: str | Path, code: int = 0) -> dict[str, object]:
        done = archiver(*words, "--archive", root, "--as", "mona", "--json")
        assert done.returncode == code, done.stdout + done.stderr
        return answer(done)

    found = call("search", "عقد", "--counts", "--sort", "case", "--limit", "2", "--boxes")
    assert (found["total"], found["sure"]) == (20, 20)
    assert json.dumps(found["counts"])
    assert call("search", "عقد", "--save", "mine")["total"] == 20
    assert call("search", "--saved", "mine")["total"] == 20
    assert call("searches")["searches"] == [
        {"name": "mine", "query": "عقد", "sort": "relevance", "exact": False}
    ]
    assert call("suggest", "الو")["suggestions"] == [
        {"kind": "party", "text": "شركة الواحة الافتراضية", "case_files": 1}
    ]
    assert call("search", "عقد", "--csv", tmp_path / "a.csv")["hits"] == 20
    assert call("similar", "1/90", "3")["total"]
    assert call("index", "status")["usable"] is True
    assert call("index", "verify")["missing"] == 0
    assert call("index", "rebuild", "--engine", "whoosh")["total"] == 40
    assert call("index", "status")["engine"] == "whoosh"
    assert call("search", "عقد")["total"] == 20
    assert call("search", "--saved", "gone", code=2)["error"]
    told = archiver("search", "عقد", "--counts", "--archive", root, "--lang", "en", "--as", "mona")
    assert "Year: 90 (20)" in told.stdout

"""The form as a query: what stands, the words for it, proposals, carried values, remarks."""

import pytest

from archiver.metadata.values import ValueRefused
from archiver.model.description import FieldProposal, ValueSource
from archiver.model.keying import ItemState
from archiver.store import fields
from archiver.workflow import queries
from archiver.workflow.describe_form import (
    FormRow,
    accepting,
    form,
    remarks_while_typing,
    retold,
    suggestions,
)
from archiver.workflow.describing import describe, field_values, typed
from archiver.workflow.effort import effort_of, keep_effort
from archiver.workflow.station import Station
from ocr.page import Box
from tests.papers import OPERATOR, finish

SAID = (
    ("circuit", "الدائرة المدنية"),
    ("hearing_date", "٢١/١١/٢٠٢٤"),
    ("bench", "أمجد مثال"),
    ("bench", "حاتم عينة"),
    ("party", "name=شركة الواحة; role=appellant"),
    ("clerk", "عادل قيد الجلسات"),
    ("to_page", "٨٢٥"),
)


def rows(station: Station, field: str) -> list[FormRow]:
    return [row for row in form(station, 1) if row.field.id == field]


def values(station: Station, field: str) -> list[object]:
    return [v.value for v in field_values(station, 1) if v.field == field]


def propose(station: Station, *found: tuple[str, object, float]) -> None:
    page = queries.case_view(station, 1).pages[0].id
    made = [FieldProposal(0, 1, page, 1, name, place, value, "", probability, "r", (1,), (0,),
                          (Box(1, 2, 3, 4),))
            for place, (name, value, probability) in enumerate(found, 1)]  # fmt: skip
    with station.database.transaction() as connection:
        fields.replace_proposals(connection, 1, made, "now")


def test_every_value_can_be_typed_again_from_its_own_words(read_station: Station) -> None:
    """Whatever the type: the words of a row, said again, leave the value as it is."""
    finish(describe(read_station, OPERATOR, 1, typed(read_station, 1, SAID)))
    for row in form(read_station, 1):
        if not row.words:
            continue
        before = values(read_station, row.field.id)
        finish(describe(read_station, OPERATOR, 1,
                        retold(read_station, 1, row.field.id, row.place, row.words)))  # fmt: skip
        assert values(read_station, row.field.id) == before, row.field.id
    assert len(rows(read_station, "bench")) == 2
    assert rows(read_station, "case_key")[0].reading is ItemState.WAITING


def test_a_value_among_several_is_changed_or_taken_out(read_station: Station) -> None:
    finish(describe(read_station, OPERATOR, 1, typed(read_station, 1, SAID)))
    change = retold(read_station, 1, "bench", 1, "سامح نموذج")
    finish(describe(read_station, OPERATOR, 1, change))
    names = [value["name_as_written"] for value in values(read_station, "bench")]
    assert names == ["سامح نموذج", "حاتم عينة"]
    finish(describe(read_station, OPERATOR, 1, retold(read_station, 1, "bench", 1, "")))
    assert [v["name_as_written"] for v in values(read_station, "bench")] == ["حاتم عينة"]
    finish(describe(read_station, OPERATOR, 1, retold(read_station, 1, "bench", 2, "رابع")))
    assert len(values(read_station, "bench")) == 2
    with pytest.raises(ValueRefused):
        retold(read_station, 1, "hearing_date", 1, "٣١/٢/٢٠٢٤")


def test_proposals_stand_in_empty_rows_the_likeliest_first(read_station: Station) -> None:
    names = [("bench", {"name_as_written": name}, 0.8) for name in ("أ", "ب")]
    propose(read_station, ("circuit", "criminal", 0.4), ("circuit", "civil", 0.9), *names)
    (circuit,) = rows(read_station, "circuit")
    assert circuit.source is None
    assert circuit.proposal is not None
    assert circuit.proposal.value == "civil"
    assert "ivil" in circuit.proposed
    bench = rows(read_station, "bench")
    assert [row.proposed for row in bench] == ["أ", "ب"]
    for row in bench:
        finish(describe(read_station, OPERATOR, 1, accepting(read_station, 1, row)))
    assert [v["name_as_written"] for v in values(read_station, "bench")] == ["أ", "ب"]
    assert {row.source for row in rows(read_station, "bench")} == {ValueSource.PROPOSAL}
    assert accepting(read_station, 1, rows(read_station, "clerk")[0]) == ()


def test_proposals_wait_behind_the_values_of_their_field(read_station: Station) -> None:
    """Each is taken after the answer of the one before, as a calm hand does."""
    propose(read_station, *[("bench", {"name_as_written": name}, 0.8) for name in "أبجد"])
    finish(describe(read_station, OPERATOR, 1,
                    accepting(read_station, 1, rows(read_station, "bench")[0])))  # fmt: skip
    assert [(r.source is None, r.proposed) for r in rows(read_station, "bench")] == [
        (False, "أ"), (True, "ب"), (True, "ج"), (True, "د"),
    ]  # fmt: skip
    finish(describe(read_station, OPERATOR, 1, retold(read_station, 1, "bench", 2, "باء")))
    assert [r.proposed for r in rows(read_station, "bench")] == ["أ", "", "ج", "د"]
    finish(describe(read_station, OPERATOR, 1,
                    accepting(read_station, 1, rows(read_station, "bench")[3])))  # fmt: skip
    assert [r.proposed for r in rows(read_station, "bench")] == ["أ", "", "د", "ج"]
    said = [v["name_as_written"] for v in values(read_station, "bench")]
    assert said == ["أ", "باء", "د"]


def test_what_is_typed_is_judged_before_it_is_kept(read_station: Station) -> None:
    (wrong,) = remarks_while_typing(read_station, 1, "hearing_date", ["٣١/٢/٢٠٢٤"])
    assert wrong.blocks
    assert wrong.wrong
    assert remarks_while_typing(read_station, 1, "hearing_date", ["٢١/١١/٢٠٢٤"]) == ()
    assert values(read_station, "hearing_date") == []


def test_the_list_of_a_field_by_typing(read_station: Station) -> None:
    circuit = rows(read_station, "circuit")[0].field
    assert len(suggestions(read_station, circuit, "")) > 5
    assert all("جنائي" in word or "riminal" in word
               for word in suggestions(read_station, circuit, "جنائي"))  # fmt: skip
    assert suggestions(read_station, rows(read_station, "clerk")[0].field, "") == ()


def test_effort_adds_up(read_station: Station) -> None:
    for _ in range(2):
        changed, _notices = finish(keep_effort(read_station, OPERATOR, 1, 2.5, 7))
    assert changed.facts["keystrokes"] == 7
    assert effort_of(read_station, 1) == (5.0, 14)

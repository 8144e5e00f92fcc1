"""Describe: every value is a row that stays, with who said it and where it came from."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archiver import app
from archiver.demo.description import DESCRIPTIONS
from archiver.metadata.values import ValueRefused
from archiver.model.casefile import CaseState
from archiver.model.changes import Changed
from archiver.model.description import FieldProposal, ValueSource
from archiver.model.identity import CaseKey
from archiver.model.revision import RevisionKind
from archiver.store import audit, cases, fields, pages
from archiver.workflow import describing, queries
from archiver.workflow.arrangement import NoSuchDocument
from archiver.workflow.correcting import CaseSealed, Edit, NothingTakenBack, correct
from archiver.workflow.describing import (
    KeptElsewhere,
    NoSuchField,
    NoSuchSubject,
    NothingDescribed,
    NothingToAccept,
    WrongCount,
    accept,
    describe,
    field_values,
    redo,
    typed,
    undo,
)
from archiver.workflow.importing import import_files
from archiver.workflow.own_rows import KeyTaken
from archiver.workflow.processing import process
from archiver.workflow.proposing import is_fresh, propose, state_of
from archiver.workflow.station import Station
from archiver.workflow.validating import complaints, complaints_while_typing
from ocr.page import Box
from tests.papers import CASE, CHECKER, JUDGMENT, OPERATOR, finish, save


@pytest.fixture(scope="module")
def unread_once(grown: Callable[..., Path]) -> Path:
    def work(station: Station, folder: Path) -> None:
        page = save(folder / "page.png", JUDGMENT)
        finish(import_files(station, OPERATOR, [page], key=CaseKey.parse(CASE)))

    return grown(work)


@pytest.fixture
def archive(unread_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(unread_once, tmp_path / "archive"))


@pytest.fixture
def case_id(station: Station) -> int:
    """A case file whose one page nobody has read yet: fields do not wait for readers."""
    return queries.find_case(station, CASE).id


def say(station: Station, case_id: int, *said: tuple[str, str]) -> Changed:
    return finish(describe(station, OPERATOR, case_id, typed(station, case_id, said)))[0]


def values(station: Station, case_id: int, field: str) -> list[object]:
    return [v.value for v in field_values(station, case_id) if v.field == field]


def test_values_stand_with_person_words_and_event(station: Station, case_id: int) -> None:
    say(station, case_id, ("circuit", "الدائرة المدنية"), ("hearing_date", "٢١ / ١١ / ٢٠٢٤"))
    found = {v.field: v for v in field_values(station, case_id)}
    assert found["circuit"].value == "civil"
    assert found["circuit"].as_written == "الدائرة المدنية"
    assert found["hearing_date"].value["edtf"] == "2024-11-21"
    assert (found["circuit"].person, found["circuit"].source) == ("منى", ValueSource.TYPED)
    assert found["redaction_state"].value == "none"  # what counts where nothing was said
    events = [e for e in audit.events(station.database.connection, case_id) if e.verb == "describe"]
    assert [json.loads(e.detail)["field"] for e in events] == ["circuit", "hearing_date"]
    assert json.loads(events[0].detail)["after"] == ["civil"]
    assert audit.first_broken(station.database.connection) is None


def test_a_field_with_several_values_keeps_their_order(station: Station, case_id: int) -> None:
    names = ["presiding: أمجد مثال", "member: حاتم عينة", "وائل اختبار"]
    say(station, case_id, *(("bench", name) for name in names))
    assert values(station, case_id, "bench") == [
        {"name_as_written": "أمجد مثال", "role": "presiding"},
        {"name_as_written": "حاتم عينة", "role": "member"},
        {"name_as_written": "وائل اختبار"},
    ]
    say(station, case_id, ("bench", ""))
    assert values(station, case_id, "bench") == []
    acts = describing.history(station, case_id, "bench")
    assert [len(act.values) for act in acts] == [3, 0]


def test_all_fields_of_one_act_stand_or_fall_together(station: Station, case_id: int) -> None:
    with pytest.raises(ValueRefused):
        say(station, case_id, ("circuit", "civil"), ("case_status", "نعم بالطبع"))
    assert values(station, case_id, "circuit") == []
    changes = [*typed(station, case_id, [("circuit", "civil")])]
    taken = cases.add(station.database.connection, profile="case_file",
                      keys=[CaseKey("civil", 5, 60)], reference="5/60", title="أخرى")  # fmt: skip
    changes += typed(station, case_id, [("case_key", "5/60")])
    with pytest.raises(KeyTaken, match="أخرى"):
        finish(describe(station, OPERATOR, case_id, changes))
    assert values(station, case_id, "circuit") == []
    assert queries.case_by_id(station, taken.id).reference == "5/60"


def test_undo_goes_back_act_by_act_and_says_so(station: Station, case_id: int) -> None:
    say(station, case_id, ("circuit", "civil"))
    say(station, case_id, ("circuit", "labour"))
    finish(undo(station, CHECKER, case_id))
    assert values(station, case_id, "circuit") == ["civil"]
    finish(undo(station, CHECKER, case_id))
    assert values(station, case_id, "circuit") == []
    with pytest.raises(NothingDescribed):
        finish(undo(station, CHECKER, case_id))
    acts = describing.history(station, case_id)
    assert [act.undoes for act in acts] == [None, None, acts[1].id, acts[0].id]
    assert acts[-1].person == CHECKER.person
    verbs = [e.verb for e in audit.events(station.database.connection, case_id)]
    assert verbs[-4:] == ["describe", "describe", "take back", "take back"]


def test_redo_says_again_what_was_taken_back(station: Station, case_id: int) -> None:
    say(station, case_id, ("circuit", "civil"))
    say(station, case_id, ("title", "عنوان"))
    for _ in range(2):
        finish(undo(station, CHECKER, case_id))
    assert values(station, case_id, "circuit") == []
    for _ in range(2):
        finish(redo(station, CHECKER, case_id))
    assert values(station, case_id, "circuit") == ["civil"]
    assert queries.case_by_id(station, case_id).title == "عنوان"
    with pytest.raises(NothingTakenBack):
        finish(redo(station, CHECKER, case_id))
    finish(undo(station, CHECKER, case_id))
    assert queries.case_by_id(station, case_id).title != "عنوان"
    say(station, case_id, ("circuit", "labour"))
    with pytest.raises(NothingTakenBack):
        finish(redo(station, CHECKER, case_id))
    verbs = [e.verb for e in audit.events(station.database.connection, case_id)]
    assert verbs[-4:] == ["make again", "make again", "take back", "describe"]


def test_key_title_and_access_are_the_case_files_own_rows(station: Station, case_id: int) -> None:
    say(station, case_id, ("case_key", "criminal:٧/٦٠"), ("title", "عنوان"),
        ("access_level", "سرية المداولة"))  # fmt: skip
    case = queries.case_by_id(station, case_id)
    assert case.keys == (CaseKey("criminal", 7, 60),)
    assert (case.reference, case.title, case.access) == ("7/60", "عنوان", "deliberation")
    assert queries.find_case(station, "7/60", "criminal").id == case_id
    for _time in range(3):
        finish(undo(station, OPERATOR, case_id))
    case = queries.case_by_id(station, case_id)
    assert case.keys == (CaseKey.parse(CASE),)
    assert (case.reference, case.title, case.access) == (CASE, "", "court_internal")
    with pytest.raises(NothingDescribed):
        finish(undo(station, OPERATOR, case_id))


def test_a_joined_file_has_several_keys(station: Station, case_id: int) -> None:
    say(station, case_id, ("case_key", CASE), ("case_key", "99002/93"))
    case = queries.case_by_id(station, case_id)
    assert [key.canonical for key in case.keys] == [CASE, "99002/93"]
    assert queries.find_case(station, "99002/93").id == case_id
    with pytest.raises(WrongCount):
        say(station, case_id, ("case_key", ""))


def test_what_was_accepted_is_checked_again_and_what_is_sealed_stays(
    station: Station, case_id: int
) -> None:
    cases.set_state(station.database.connection, case_id, CaseState.ACCEPTED)
    changed = say(station, case_id, ("circuit", "civil"))
    assert changed.facts["check_again"] is True
    assert queries.case_by_id(station, case_id).state is CaseState.OPEN
    cases.set_state(station.database.connection, case_id, CaseState.SEALED)
    for steps in (
        describe(station, OPERATOR, case_id, typed(station, case_id, [("circuit", "labour")])),
        undo(station, OPERATOR, case_id),
        accept(station, OPERATOR, case_id),
    ):
        with pytest.raises(CaseSealed):
            finish(steps)
    assert values(station, case_id, "circuit") == ["civil"]


@pytest.mark.parametrize(
    ("field", "words", "error"),
    [
        ("colour", "red", NoSuchField),
        ("doc_kind", "judgment", KeptElsewhere),
        ("page_no", "3", KeptElsewhere),
        ("to_year", "سبعة عشر", ValueRefused),
        ("hearing_date", "31/2/2024", ValueRefused),
        ("hearing_date", "قريبا", ValueRefused),
        ("case_key", "99001", ValueRefused),
        ("case_key", "999999/93", ValueRefused),
        ("circuit_day", "day=thu; month=2", ValueRefused),
        ("principle", "x" * 100_000, ValueRefused),
        ("lower_case", "8888\u202e/139", ValueRefused),
        ("title", "أ\u2067ب", ValueRefused),
        ("title", "a\x00b", ValueRefused),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    station: Station, case_id: int, field: str, words: str, error: type[Exception]
) -> None:
    before = field_values(station, case_id)
    with pytest.raises(error) as told:
        say(station, case_id, (field, words))
    assert len(str(told.value)) < 400
    assert field_values(station, case_id) == before
    assert describing.history(station, case_id) == ()


# --- proposals ----------------------------------------------------------------------------------


def put(station: Station, case_id: int, *made: tuple[str, object, float]) -> None:
    """Proposals as a rule would make them."""
    page = pages.of_case(station.database.connection, case_id)[0]
    places: dict[str, int] = {}
    rows = []
    for field, value, probability in made:
        places[field] = places.get(field, 0) + 1
        box = Box(1, 2, 3, 4)
        rows.append(FieldProposal(0, case_id, page.id, 1, field, places[field], value, "كما ورد",
                                  probability, "a rule", (1,), (4, 5), (box,)))  # fmt: skip
    with station.database.transaction() as connection:
        fields.replace_proposals(connection, case_id, rows, state_of(station, case_id))


def test_accepting_takes_the_likely_and_leaves_what_stands(station: Station, case_id: int) -> None:
    say(station, case_id, ("disposition", "dismiss"))
    bench = [("bench", {"name_as_written": name}, 0.9) for name in "أب"]
    put(station, case_id, ("circuit", "civil", 0.6), ("circuit", "labour", 0.8),
        ("disposition", "quash_remit", 0.9), ("clerk", {"name_as_written": "عادل"}, 0.3),
        *bench)  # fmt: skip
    finish(accept(station, OPERATOR, case_id))
    found = {(v.field, v.position): v for v in field_values(station, case_id)}
    assert found["circuit", 1].value == "labour"
    assert found["circuit", 1].source is ValueSource.PROPOSAL
    assert found["disposition", 1].value == "dismiss"
    assert [found["bench", n].value["name_as_written"] for n in (1, 2)] == ["أ", "ب"]
    assert ("clerk", 1) not in found
    taken = fields.proposal(station.database.connection, found["circuit", 1].proposal_id or 0)
    assert taken is not None
    assert (taken.rule, taken.words, taken.boxes) == ("a rule", (4, 5), (Box(1, 2, 3, 4),))
    with pytest.raises(NothingToAccept):
        finish(accept(station, OPERATOR, case_id))


def test_one_proposal_is_accepted_by_its_number(station: Station, case_id: int) -> None:
    put(station, case_id, ("clerk", {"name_as_written": "عادل"}, 0.3), ("circuit", "civil", 0.9))
    number = describing.proposals(station, case_id)[1].id
    finish(accept(station, OPERATOR, case_id, numbers=[number]))
    assert values(station, case_id, "clerk") == [{"name_as_written": "عادل"}]
    assert values(station, case_id, "circuit") == []


def test_what_a_value_rests_on_outlives_new_proposals(station: Station, case_id: int) -> None:
    put(station, case_id, ("circuit", "civil", 0.9), ("disposition", "dismiss", 0.9))
    finish(accept(station, OPERATOR, case_id, only=["circuit"]))
    put(station, case_id, ("circuit", "labour", 0.7))
    assert [p.value for p in describing.proposals(station, case_id)] == ["labour"]
    kept = next(v for v in field_values(station, case_id) if v.field == "circuit")
    taken = fields.proposal(station.database.connection, kept.proposal_id or 0)
    assert taken is not None
    assert taken.value == "civil"


# --- what reading and typing bring --------------------------------------------------------------


def test_reading_proposes_and_a_correction_makes_it_stale(read_station: Station) -> None:
    case = queries.find_case(read_station, CASE)
    found = [p for p in describing.proposals(read_station, case.id) if p.field == "case_key"]
    assert found[0].value == {"series": "civil", "number": 99001, "judicial_year": 93}
    assert found[0].pages == (1, 2)
    page = queries.case_view(read_station, case.id).pages[found[0].page - 1]
    text = queries.page_text(read_station, page)
    assert text is not None
    assert [text.words[n].box for n in found[0].words] == list(found[0].boxes)
    events = list(audit.events(read_station.database.connection, case.id))
    assert [e.verb for e in events].count("propose") == 1

    finish(propose(read_station, OPERATOR, case.id))  # nothing changed: nothing is done
    assert len(list(audit.events(read_station.database.connection, case.id))) == len(events)
    line = next(n for n, line in enumerate(text.lines, 1) if found[0].as_written in line.text)
    edit = Edit(RevisionKind.TEXT, line, None, "الطعن رقم ٤٤٤٤ لسنة ٩٣ القضائية")
    finish(correct(read_station, OPERATOR, page.id, [edit]))
    assert not is_fresh(read_station, case.id)
    finish(propose(read_station, OPERATOR, case.id))
    assert is_fresh(read_station, case.id)
    fresh = [p.value["number"] for p in describing.proposals(read_station, case.id)
             if p.field == "case_key"]  # fmt: skip
    assert 4444 in fresh


def test_a_number_is_held_against_the_others_while_it_is_typed(
    station: Station, case_id: int
) -> None:
    twin = cases.add(station.database.connection, profile="case_file",
                     keys=[CaseKey("civil", 5, 60), CaseKey("civil", 6, 60)], reference="5/60",
                     title="أخرى")  # fmt: skip

    def rules(*words: str, field: str = "case_key") -> list[str]:
        found = complaints_while_typing(station, case_id, field, words)
        return [type(c).__name__ if isinstance(c, ValueRefused) else c.finding.rule for c in found]

    assert rules("7/60") == []
    assert rules("5/60") == ["key_taken"]
    assert rules("6/60") == ["key_joined"]
    assert rules("criminal:5/60") == ["key_elsewhere"]
    assert rules("5/") == ["ValueRefused"]
    assert rules("50", field="to_year") == []
    assert describing.history(station, case_id) == ()
    assert queries.case_by_id(station, twin.id).reference == "5/60"


def test_a_field_of_a_document_is_said_of_that_document(station: Station, case_id: int) -> None:
    changes = typed(station, case_id, [("submitted_by", "حليم تجريب")], document=1)
    finish(describe(station, OPERATOR, case_id, changes))
    (value,) = [v for v in field_values(station, case_id) if v.field == "submitted_by"]
    assert value.subject.document_id == queries.case_view(station, case_id).documents[0].id
    with pytest.raises(NoSuchDocument):
        typed(station, case_id, [("submitted_by", "x")], document=9)
    with pytest.raises(NoSuchSubject):
        say(station, case_id, ("submitted_by", "x"))


@pytest.fixture
def empty(archive_once: Path, tmp_path: Path) -> Iterator[Station]:
    with app.open_station(Path(shutil.copytree(archive_once, tmp_path / "empty"))) as opened:
        yield opened


def test_the_demonstration_is_described_without_a_complaint(empty: Station) -> None:
    for bundle, profile in (("case", "case_file"), ("heritage", "heritage_item")):
        keys = [CaseKey("civil", 99001, 93)] if bundle == "case" else []
        case = cases.add(empty.database.connection, profile=profile, keys=keys,
                         reference=bundle, title="عنوان")  # fmt: skip
        wanted = [pair for pair in DESCRIPTIONS[bundle] if pair[0] != "extent"]
        say(empty, case.id, *wanted)
        left = {c.finding.fields[0] for c in complaints(empty, case.id)}
        assert left == {"extent"}


def test_a_site_s_own_mistake_does_not_hold_up_reading(
    read_station: Station, tmp_path: Path
) -> None:
    words = read_station.root / "vocabularies"
    words.mkdir()
    (words / "docket_series.json").write_text("{", "utf-8")
    page = save(tmp_path / "more.png", JUDGMENT)
    finish(import_files(read_station, OPERATOR, [page], key=CaseKey.parse(CASE)))
    changed, notices = finish(process(read_station, OPERATOR))
    assert changed.facts["read"] == 1
    assert [notice.error.code for notice in notices] == ["VocabularyWrong"]

"""Two readings of the number, the year and the series: blind, compared, settled, measured."""

import dataclasses
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import NotAllowed, OwnWork, SettingGone, SettingsWrong
from archiver.metadata.values import ValueRefused
from archiver.model.actor import Actor
from archiver.model.description import FieldProposal, NewValue
from archiver.model.identity import CaseKey
from archiver.model.keying import MACHINE, BlindSheet, Item, ItemState
from archiver.store import audit, fields
from archiver.workflow import keying, queries
from archiver.workflow.checking import check
from archiver.workflow.describing import Change, describe, redo, undo
from archiver.workflow.importing import import_files
from archiver.workflow.key_readings import status, to_settle
from archiver.workflow.key_report import Share, report
from archiver.workflow.keying import (
    CriticalUnread,
    KeyedAlready,
    NoSuchSheet,
    NothingKeyed,
    NothingToKey,
    NothingToSettle,
)
from archiver.workflow.people import add_person
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from tests.papers import CASE, CHECKER, OPERATOR, finish, save

SALMA, NADER, HUDA = (Actor(name, "operator", "s", "c") for name in ("سلمى", "نادر", "هدى"))
NUMBER, YEAR, SERIES = (Item("case_key", part) for part in ("number", "judicial_year", "series"))


@pytest.fixture(scope="module")
def taken_in_once(grown: Callable[..., Path]) -> Path:
    def work(station: Station, folder: Path) -> None:
        for number in (99001, 99002):
            file = save(folder / f"{number}.png", (f"الطعن رقم {number} لسنة 93 ق",))
            finish(import_files(station, OPERATOR, [file], key=CaseKey("civil", number, 93)))

    return grown(work)


@pytest.fixture
def archive(taken_in_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(taken_in_once, tmp_path / "archive"))


@pytest.fixture
def court(station: Station) -> Station:
    """Two case files of one unread page each, taken in by the operator."""
    return station


def typed(station: Station, case_id: int, *numbers: str, series: str = "civil"):
    case = queries.case_by_id(station, case_id)
    return keying.typed_values(station, case, [("case_key", n) for n in numbers], series)


def key(station: Station, who: Actor, case_id: int, *numbers: str, **more: object):
    return finish(keying.key(station, who, case_id, typed(station, case_id, *numbers), **more))[0]


def settle(station: Station, who: Actor, case_id: int, *numbers: str):
    return finish(keying.settle(station, who, case_id, typed(station, case_id, *numbers)))[0]


def states(station: Station, case_id: int) -> set[ItemState]:
    return {item.state for item in status(station, queries.case_by_id(station, case_id))}


# --- blind --------------------------------------------------------------------------------------


def everything_in(value: object) -> Iterator[object]:
    if dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from everything_in(getattr(value, each.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from everything_in(part)
    else:
        yield value


def test_the_second_keyer_sees_no_reading_and_no_proposal(read_station: Station) -> None:
    sheet = keying.next_sheet(read_station, SALMA)
    assert isinstance(sheet, BlindSheet)
    seen = [str(part) for part in everything_in(sheet)]
    case = queries.find_case(read_station, CASE)
    assert case.uid.startswith(sheet.handle)
    assert not any("99001" in part or part == "93" or case.reference in part for part in seen)
    assert sheet.fields == ("case_key",)
    assert [place.position for place in sheet.look_at] == [1, 2]
    for place in sheet.look_at:
        assert place.box is not None
        assert place.box[2] > 2 * place.box[3] > 0  # a strip of the page around the number
    assert keying.find_sheet(read_station, sheet.handle) == sheet


def test_a_page_without_a_number_is_shown_whole(court: Station) -> None:
    (place,) = keying.next_sheet(court, SALMA).look_at
    assert place.box is None


def test_two_that_agree_and_two_that_do_not(court: Station) -> None:
    assert states(court, 1) == {ItemState.WAITING}
    changed = key(court, SALMA, 1, "٩٩٠٠١ لسنة ٩٣")
    assert "99001" not in json.dumps(changed.facts) + changed.sentence
    assert states(court, 1) == {ItemState.AGREED}
    key(court, SALMA, 2, "99003/93")
    found = {item.item: item for item in status(court, queries.case_by_id(court, 2))}
    assert found[NUMBER].state is ItemState.DIFFERS
    assert dict(found[NUMBER].readings) == {OPERATOR.person: "99002", SALMA.person: "99003"}
    assert (found[YEAR].state, found[YEAR].value) == (ItemState.AGREED, "93")
    assert found[SERIES].value == "civil"
    assert [case.id for case in to_settle(court)] == [2]
    with pytest.raises(NothingToKey):
        keying.next_sheet(court, SALMA)


def test_nobody_reads_the_same_paper_twice(court: Station) -> None:
    with pytest.raises(NothingToKey):
        keying.next_sheet(court, OPERATOR)
    with pytest.raises(OwnWork) as refused:
        key(court, OPERATOR, 1, CASE)
    assert "99001" not in str(refused.value)
    key(court, SALMA, 1, CASE)
    with pytest.raises(KeyedAlready):
        key(court, SALMA, 1, CASE)
    value = NewValue({"series": "civil", "number": 99012, "judicial_year": 93})
    finish(describe(court, NADER, 2, [Change("case_key", (value,))]))
    with pytest.raises(KeyedAlready):
        key(court, NADER, 2, CASE)


def test_what_is_typed_while_describing_is_a_reading(court: Station) -> None:
    value = NewValue({"series": "civil", "number": 99012, "judicial_year": 93})
    finish(describe(court, NADER, 2, [Change("case_key", (value,))]))
    found = {item.item: item for item in status(court, queries.case_by_id(court, 2))}
    assert dict(found[NUMBER].readings) == {OPERATOR.person: "99002", NADER.person: "99012"}
    assert found[NUMBER].state is ItemState.DIFFERS
    for act, readers in ((undo, {OPERATOR.person}), (redo, {OPERATOR.person, NADER.person})):
        finish(act(court, SALMA, 2))  # taken back it is none; made again it is still who typed it
        found = {item.item: item for item in status(court, queries.case_by_id(court, 2))}
        assert {reader for reader, _ in found[NUMBER].readings} == readers


def test_joined_appeals_are_compared_place_by_place(court: Station) -> None:
    key(court, SALMA, 1, "99001/93", "8/94")
    found = {item.item: item.state for item in status(court, queries.case_by_id(court, 1))}
    assert found[NUMBER] is ItemState.AGREED
    assert found[Item("case_key", "number", 2)] is ItemState.DIFFERS
    settle(court, NADER, 1, "99001/93", "8/94")
    assert queries.case_by_id(court, 1).keys[1] == CaseKey("civil", 8, 94)
    assert states(court, 1) == {ItemState.SETTLED}


# --- the third look -----------------------------------------------------------------------------


def test_a_third_person_settles_and_the_case_follows(court: Station) -> None:
    with pytest.raises(NothingToSettle):
        settle(court, NADER, 2, "99002/93")
    key(court, SALMA, 2, "99003/93")
    for reader in (SALMA, OPERATOR):
        with pytest.raises(OwnWork):
            settle(court, reader, 2, "99003/93")
    settle(court, NADER, 2, "99003/93")
    case = queries.case_by_id(court, 2)
    assert (case.keys[0].number, case.reference) == (99003, "99003/93")
    assert states(court, 2) == {ItemState.SETTLED}
    verbs = [event.verb for event in audit.events(court.database.connection, 2)]
    assert verbs[-3:] == ["key", "describe", "settle"]
    assert audit.first_broken(court.database.connection) is None
    with pytest.raises(NothingToSettle):
        settle(court, HUDA, 2, "99002/93")


def test_a_reading_after_the_third_look_opens_it_again(court: Station) -> None:
    key(court, SALMA, 2, "99003/93")
    settle(court, NADER, 2, "99003/93")
    key(court, HUDA, 2, "99004/93")
    assert ItemState.DIFFERS in states(court, 2)


def test_supervisors_settle_where_people_sign_in(court: Station) -> None:
    finish(add_person(court, HUDA, HUDA.person, ["supervisor"], "نخلة طويلة في الواحة"))
    for reader in (SALMA, NADER):
        finish(add_person(court, HUDA, reader.person, ["operator"]))
    key(court, SALMA, 2, "99003/93")
    with pytest.raises(NotAllowed):
        settle(court, NADER, 2, "99003/93")
    settle(court, HUDA, 2, "99003/93")


def test_supervisors_are_no_setting_any_more(station: Station) -> None:
    root = station.root
    station.close()
    with (root / "station.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[keying]\nsupervisors = "هدى"\n')
    with pytest.raises(SettingGone) as refused:
        app.open_station(root)
    assert "archiver person roles NAME supervisor" in refused.value.way_out()


# --- what the site says -------------------------------------------------------------------------


def test_sealing_waits_for_two_readings_where_the_site_says_so(read_station: Station) -> None:
    rules = replace(read_station.settings.keying, required=True)
    read_station.settings = replace(read_station.settings, keying=rules)
    finish(check(read_station, CHECKER, 1, accept=True))
    with pytest.raises(CriticalUnread) as refused:
        finish(seal(read_station, OPERATOR, 1))
    assert "Number" in str(refused.value)
    key(read_station, SALMA, 1, CASE)
    finish(seal(read_station, OPERATOR, 1))


def test_settings_are_read_and_mistakes_named(archive: Path) -> None:
    file = archive / "station.toml"
    text = file.read_text("utf-8")
    file.write_text(text + "\n[keying]\nmachine_counts = true\nrequired = false\n", "utf-8")
    with app.open_station(archive) as opened:
        assert opened.settings.keying.machine_counts
        assert not opened.settings.keying.required
    file.write_text(text + "\n[keying]\nmachine_counts = 1\n", "utf-8")
    with pytest.raises(SettingsWrong, match="machine_counts"):
        app.open_station(archive)


# --- what is refused ----------------------------------------------------------------------------


def test_bad_input_is_refused_in_words(court: Station) -> None:
    for words in ("", "x" * 100_000, "99001/93\u202e", "99001", "0/93"):
        with pytest.raises((ValueRefused, NothingKeyed)) as refused:
            typed(court, 1, words)
        assert str(refused.value)
    with pytest.raises(NothingKeyed):
        typed(court, 1)
    for handle in ("", "zz", "%", "0" * 32):
        with pytest.raises(NoSuchSheet):
            keying.find_sheet(court, handle)


# --- live accuracy ------------------------------------------------------------------------------


def test_the_report_counts_agreement_readers_and_effort(court: Station) -> None:
    key(court, SALMA, 1, CASE, seconds=4.0, keystrokes=9)
    key(court, SALMA, 2, "99003/93", seconds=6.0, keystrokes=11)
    part = ("case_key", "number")
    made = report(court)
    assert (made.agreement[part].right, made.agreement[part].count) == (1, 2)
    assert made.agreement[("case_key", "judicial_year")].rate == 1.0
    assert (made.waiting, made.differing) == (0, 1)
    settle(court, NADER, 2, "99002/93")
    made = report(court)
    assert made.differing == 0
    assert (made.readers[(SALMA.person, part)].right, made.readers[(OPERATOR.person, part)].right) \
        == (1, 2)  # fmt: skip
    assert made.effort[0] == (SALMA.person, "key", 2, 10.0, 20)


def test_wilsons_interval_is_the_published_one() -> None:
    low, high = Share(81, 263).interval  # Newcombe 1998, table I
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(10, 10).interval[1] == pytest.approx(1.0)


def test_the_machine_counts_only_where_the_site_says_so(read_station: Station) -> None:
    page = queries.case_view(read_station, 1).pages[0]
    value = {"series": "civil", "number": 99001, "judicial_year": 93}
    with read_station.database.transaction() as connection:
        found = FieldProposal(0, 1, page.id, 1, "case_key", 1, value, "", 0.99, "r", (1,), (), ())
        fields.replace_proposals(connection, 1, [found], "now")
    assert states(read_station, 1) == {ItemState.WAITING}
    rules = replace(read_station.settings.keying, machine_counts=True)
    read_station.settings = replace(read_station.settings, keying=rules)
    assert states(read_station, 1) == {ItemState.AGREED}
    with pytest.raises(NothingToKey):
        keying.next_sheet(read_station, SALMA)
    key(read_station, SALMA, 1, "99007/93")
    assert ItemState.DIFFERS in states(read_station, 1)
    settle(read_station, NADER, 1, CASE)
    assert report(read_station).readers[(MACHINE, ("case_key", "number"))].rate == 1.0

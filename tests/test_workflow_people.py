"""Who works here: the first in charge, roles, passwords; only a checker checks."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import ArchiverError, NotAllowed, OwnWork
from archiver.model.actor import Actor
from archiver.store import audit, people
from archiver.workflow.access import levels_seen
from archiver.workflow.checking import check
from archiver.workflow.people import (
    TRIES,
    FirstInCharge,
    LastInCharge,
    NoSuchPerson,
    NoSuchRole,
    PasswordShort,
    PersonExists,
    SignInPaused,
    SignInRefused,
    add_person,
    clean_name,
    give_roles,
    people_of,
    remove_person,
    set_password,
    sign_in,
)
from archiver.workflow.rights import roles_of, signs_in
from archiver.workflow.station import Station
from tests.command_line import answer, archiver
from tests.papers import OPERATOR, finish

HALA = replace(OPERATOR, person="هالة")
WORDS = "نخلة طويلة في الواحة"


@pytest.fixture(scope="module")
def staffed_once(grown: Callable[..., Path]) -> Path:
    def work(station: Station, _: Path) -> None:
        finish(add_person(station, HALA, "هالة", ["supervisor"], WORDS))
        finish(add_person(station, HALA, "منى", ["operator", "indexer"], WORDS))

    return grown(work)


@pytest.fixture
def staffed(staffed_once: Path, tmp_path: Path) -> Iterator[Station]:
    """Hala is in charge; Mona scans and signs in."""
    with app.open_station(Path(shutil.copytree(staffed_once, tmp_path / "staffed"))) as opened:
        yield opened


def test_the_first_one_is_in_charge(station: Station) -> None:
    with pytest.raises(FirstInCharge):
        finish(add_person(station, OPERATOR, "منى", ["operator"]))
    finish(add_person(station, OPERATOR, "هالة", ["supervisor"]))
    assert roles_of(station, "هالة") == ("supervisor",)
    assert not signs_in(station)
    event = list(audit.events(station.database.connection))[-1]
    assert (event.verb, event.person) == ("add person", OPERATOR.person)


def test_only_who_is_in_charge_adds_people_and_gives_roles(staffed: Station) -> None:
    mona = app.actor(staffed, "منى")
    for steps in (
        add_person(staffed, mona, "سامي", ["checker"]),
        give_roles(staffed, mona, "منى", ["supervisor"]),
        remove_person(staffed, mona, "هالة"),
        set_password(staffed, mona, "هالة", WORDS),
    ):
        with pytest.raises(NotAllowed):
            finish(steps)
    finish(give_roles(staffed, HALA, "منى", ["checker"]))
    event = list(audit.events(staffed.database.connection))[-1]
    assert (event.verb, event.person, event.role) == ("give roles", "هالة", "supervisor")
    assert app.actor(staffed, "منى").role == "checker"
    assert app.actor(staffed, "منى", "checker").role == "checker"


def test_an_officer_is_made_by_an_officer(staffed: Station) -> None:
    finish(add_person(staffed, HALA, "نادية", ["security_officer"]))
    with pytest.raises(NotAllowed):
        finish(give_roles(staffed, HALA, "هالة", ["supervisor", "security_officer"]))
    with pytest.raises(NotAllowed):
        finish(set_password(staffed, HALA, "نادية", WORDS))
    nadia = replace(HALA, person="نادية")
    finish(give_roles(staffed, nadia, "هالة", ["supervisor", "security_officer"]))
    assert levels_seen(staffed, "هالة") is None


def test_somebody_stays_in_charge(staffed: Station) -> None:
    for steps in (give_roles(staffed, HALA, "هالة", ["checker"]),
                  remove_person(staffed, HALA, "هالة")):  # fmt: skip
        with pytest.raises(LastInCharge):
            finish(steps)


@pytest.mark.parametrize(
    ("name", "roles", "password", "error"),
    [
        ("منى", ["operator"], "", PersonExists),
        ("سامي", ["king"], "", NoSuchRole),
        ("سامي", ["checker"], "قصير", PasswordShort),
        (" \u200f ", ["checker"], "", NoSuchPerson),
    ],
)
def test_what_cannot_be_added(
    staffed: Station, name: str, roles: list[str], password: str, error: type[ArchiverError]
) -> None:
    before = people_of(staffed)
    with pytest.raises(error):
        finish(add_person(staffed, HALA, name, roles, password))
    assert people_of(staffed) == before


def test_a_name_of_somebody_who_left_is_never_given_again(staffed: Station) -> None:
    finish(remove_person(staffed, HALA, "منى"))
    assert [person.name for person in people_of(staffed)] == ["هالة"]
    assert roles_of(staffed, "منى") == ()
    with pytest.raises(PersonExists):
        finish(add_person(staffed, HALA, "منى", ["operator"]))
    with pytest.raises(SignInRefused):
        sign_in(staffed, "منى", WORDS)


def test_signing_in(staffed: Station) -> None:
    assert clean_name("  منى \u200f") == "منى"
    assert sign_in(staffed, " منى ", WORDS) == Actor(
        "منى", "operator", OPERATOR.station, OPERATOR.company
    )
    kept = people.by_name(staffed.database.connection, "منى")
    assert kept
    assert kept.password.startswith("$argon2id$")
    for name, password in (("منى", WORDS + "x"), ("منى", ""), ("سامي", WORDS)):
        with pytest.raises(SignInRefused):
            sign_in(staffed, name, password)
    verbs = [event.verb for event in audit.events(staffed.database.connection)][-3:]
    assert verbs == ["sign in", "sign in refused", "sign in refused"]
    finish(set_password(staffed, app.actor(staffed, "منى"), "منى", "كلمات أخرى"))
    assert sign_in(staffed, "منى", "كلمات أخرى")


def test_guessing_is_slowed_down(staffed: Station) -> None:
    with staffed.database.transaction() as connection:
        for _ in range(TRIES):
            people.note_failure(connection, "منى")
    with pytest.raises(SignInPaused) as caught:
        sign_in(staffed, "منى", WORDS)
    assert 0 < int(caught.value.facts["seconds"]) <= 61
    with staffed.database.transaction() as connection:
        connection.execute("UPDATE person SET failed_at = '2026-01-01T00:00:00+00:00'")
    assert sign_in(staffed, "منى", WORDS).person == "منى"


def test_where_people_sign_in_a_checker_checks(read_station: Station) -> None:
    finish(add_person(read_station, HALA, "هالة", ["supervisor"], WORDS))
    finish(add_person(read_station, HALA, "سامي", ["indexer"]))
    with pytest.raises(NotAllowed):
        finish(check(read_station, app.actor(read_station, "سامي"), 1, accept=True))
    finish(give_roles(read_station, HALA, "سامي", ["indexer", "checker"]))
    finish(add_person(read_station, HALA, OPERATOR.person, ["operator", "checker"]))
    with pytest.raises(OwnWork):
        finish(check(read_station, OPERATOR, 1, accept=True))
    finish(check(read_station, app.actor(read_station, "سامي"), 1, accept=True))
    event = list(audit.events(read_station.database.connection, 1))[-1]
    assert (event.verb, event.person, event.role) == ("accept", "سامي", "checker")


@pytest.mark.slow
def test_the_verbs_in_both_languages(archive: Path, tmp_path: Path) -> None:
    here, words = ("--archive", archive), tmp_path / "words"
    words.write_text(WORDS + "\n", "utf-8")
    added = archiver("person", "add", "هالة", "--role", "supervisor", "--password-file", words,
                     "--json", *here)  # fmt: skip
    assert answer(added)["roles"] == ["supervisor"]
    refused = archiver("person", "add", "x", "--role", "it", "--no-password", "--as", "منى",
                       "--lang", "ar", *here)  # fmt: skip
    assert refused.returncode == 2
    assert "مشرف" in refused.stderr
    archiver("person", "add", "منى", "--role", "operator", "--no-password", "--as", "هالة", *here)
    archiver("person", "roles", "منى", "indexer", "checker", "--as", "هالة", *here)
    archiver("person", "password", "منى", "--password-file", words, "--as", "منى", *here)
    listed = answer(archiver("person", "list", "--json", *here))["people"]
    assert listed == [
        {"name": "منى", "roles": ["indexer", "checker"], "signs_in": True},
        {"name": "هالة", "roles": ["supervisor"], "signs_in": True},
    ]
    assert "فاحص" in archiver("person", "list", "--lang", "ar", *here).stdout
    gone = archiver("person", "remove", "منى", "--as", "هالة", "--json", *here)
    assert answer(gone)["person"] == "منى"

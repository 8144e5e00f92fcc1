"""Every verb asks who may do it, in one place; an archive without passwords goes on as it is."""

import inspect
import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from archiver import workflow
from archiver.errors import NotAllowed
from archiver.model.actor import Actor
from archiver.model.role import Role
from archiver.store.audit import events
from archiver.workflow.lots import find_lot, open_lot
from archiver.workflow.people import add_person, give_roles
from archiver.workflow.rights import GUARDED, Right, roles_with
from archiver.workflow.station import Station
from tests.papers import OPERATOR, finish

WORDS = "نخلة طويلة في الواحة"
ASK_THEMSELVES = {  # what is denied even where nobody signs in, or is one's own
    "auditing.export_log", "purging.purge", "two_people.propose_key", "two_people.confirm_key",
    "people.add_person", "people.give_roles", "people.set_password", "people.remove_person",
}  # fmt: skip
EVERYBODYS = {  # what a person keeps for themselves; what they find is filtered by their roles
    "saving_searches.save_search", "saving_searches.forget_search", "hit_lists.export_hits",
    "effort.keep_effort",
}  # fmt: skip
PARTS_OF_VERBS = {"archive_form.reach", "proposing.propose_for", "spreads.split_spreads",
                  "correcting.record"}  # fmt: skip


def verbs() -> dict[str, Callable[..., Any]]:
    """Every public function of workflow that acts as somebody and tells its steps."""
    found = {}
    for module in pkgutil.iter_modules(workflow.__path__):
        home = import_module(f"archiver.workflow.{module.name}")
        for name, verb in inspect.getmembers(home, inspect.isfunction):
            if verb.__module__ != home.__name__ or name.startswith("_"):
                continue
            told = inspect.signature(verb)
            acts = [*told.parameters][:2] == ["station", "actor"]
            if acts and "Changed" in str(told.return_annotation):
                found[f"{module.name}.{name}"] = verb
    return found


def test_every_verb_asks_or_is_named_here() -> None:
    known = verbs()
    assert len(known) > 50
    free = ASK_THEMSELVES | EVERYBODYS | PARTS_OF_VERBS
    assert known.keys() - GUARDED.keys() == free & known.keys()
    assert free <= known.keys()
    assert not GUARDED.keys() & free


@pytest.fixture
def staffed(station: Station) -> Station:
    finish(add_person(station, OPERATOR, "هالة", [Role.SUPERVISOR], WORDS))
    return station


@pytest.mark.parametrize("role", list(Role))
def test_a_role_does_its_own_verbs_and_no_others(staffed: Station, role: Role) -> None:
    """What passes the guard is not run: it is the guard that is asked."""
    hala = Actor("هالة", "supervisor", "s", "c")
    finish(add_person(staffed, hala, "ندى", [role]))
    nada = Actor("ندى", "", "s", "c")
    for name, right in GUARDED.items():
        module, verb = name.split(".")
        act = getattr(import_module(f"archiver.workflow.{module}"), verb)
        wanted = [p for p in [*inspect.signature(act).parameters.values()][2:]
                  if p.default is p.empty and p.kind is not p.KEYWORD_ONLY]  # fmt: skip
        words = {p.name: None for p in inspect.signature(act).parameters.values()
                 if p.default is p.empty and p.kind is p.KEYWORD_ONLY}  # fmt: skip
        if role in roles_with(right):
            continue
        with pytest.raises(NotAllowed) as refused:
            made = act(staffed, nada, *[None] * len(wanted), **words)
            next(iter(made))
        assert str(roles_with(right)[0]) in str(refused.value), name


def test_the_event_says_the_role_that_gave_the_right(staffed: Station) -> None:
    hala = Actor("هالة", "supervisor", "s", "c")
    finish(add_person(staffed, hala, "ندى", [Role.LIBRARIAN, Role.OPERATOR]))
    finish(open_lot(staffed, Actor("ندى", "librarian", "s", "c")))
    (event,) = [e for e in events(staffed.database.connection) if e.verb == "open lot"]
    assert (event.person, event.role) == ("ندى", "operator")
    finish(give_roles(staffed, hala, "ندى", [Role.LIBRARIAN]))
    with pytest.raises(NotAllowed):
        finish(open_lot(staffed, Actor("ندى", "operator", "s", "c")))


def test_without_passwords_everybody_works(station: Station) -> None:
    finish(open_lot(station, Actor("أحد", "librarian", "s", "c")))
    assert find_lot(station, "1").opened_by == "أحد"


def test_every_right_is_somebodys() -> None:
    assert {Right(right) for right in GUARDED.values()} <= set(Right)
    assert all(roles_with(right) for right in Right)
    assert {role for right in Right for role in roles_with(right)} == set(Role)

"""Who works here: people are named, given roles and passwords, and sign in at the window."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, isolate
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Step
from archiver.model.role import Role
from archiver.store import audit, people
from archiver.store.passwords import hashed, is_right
from archiver.store.people import Person
from archiver.workflow.faults import storage_faults
from archiver.workflow.rights import Right, allowed, role_name, roles_with
from archiver.workflow.station import Station

LEAST_LETTERS: Final = 8
TRIES: Final = 5  # wrong passwords in a row before there is a pause
PAUSE_SECONDS: Final = 60


class NoSuchPerson(RequestRefused):
    what = N_("Nobody named {person} works here.")
    advice = N_("“archiver person list” names everybody.")


class PersonExists(RequestRefused):
    what = N_("The name {person} is taken; every act under it is theirs for good.")
    advice = N_("Add another name, or change the roles: “archiver person roles”.")


class NoSuchRole(RequestRefused):
    what = N_("There is no role {role}.")
    advice = N_("The roles are: {known}.")


class PasswordShort(RequestRefused):
    what = N_("The password is shorter than {least} letters.")
    advice = N_("Several words are easy to remember and hard to guess.")


class LastInCharge(RequestRefused):
    what = N_("{person} is the last who may add people and give roles.")
    advice = N_("Make somebody else supervisor or security officer first.")


class FirstInCharge(RequestRefused):
    what = N_("The first person here has to be a supervisor or a security officer.")
    advice = N_("They add the others and give them their roles: --role supervisor.")


class SignInRefused(RequestRefused):
    what = N_("The name or the password is not right.")
    advice = N_("Look at the keyboard's language, then type both again.")
    retry = True


class SignInPaused(RequestRefused):
    what = N_("Too many wrong passwords for {person}.")
    advice = N_("Wait {seconds} seconds, or ask a supervisor for a new password.")
    retry = True


def people_of(station: Station) -> tuple[Person, ...]:
    """Who works here now, by name."""
    everybody = people.every(station.database.connection)
    return tuple(person for person in everybody if not person.gone)


def clean_name(name: str) -> str:
    """As it is kept: composed, single blanks, no signs that cannot be seen."""
    seen = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf")
    return " ".join(seen.split())


def add_person(
    station: Station, actor: Actor, name: str, roles: Sequence[str], password: str = ""
) -> Iterator[Step]:
    """Name somebody; without a password they cannot sign in at the window.

    The first one is in charge, and anybody may add them. Raises NotAllowed, PersonExists,
    NoSuchRole, FirstInCharge, PasswordShort.
    """
    who, name, given = _in_charge(station, actor, roles), clean_name(name), _known(station, roles)
    if not name:
        raise NoSuchPerson(person=name)
    if people.by_name(station.database.connection, name):
        raise PersonExists(person=name)
    kept = _kept(password) if password else ""
    with storage_faults(station.root), station.database.transaction() as connection:
        people.add(connection, name, given, kept)
        audit.append(connection, who, "add person", name=name, roles=given, signs_in=bool(kept))
    yield _changed(name, given, _("{person} works here from now on: {roles}."))


def give_roles(station: Station, actor: Actor, name: str, roles: Sequence[str]) -> Iterator[Step]:
    """Raises NotAllowed, NoSuchPerson, NoSuchRole, LastInCharge."""
    person = _person(station, name)
    changed = set(person.roles) ^ set(roles)
    who, given = _in_charge(station, actor, changed), _known(station, roles)
    if not _charged(given):
        _not_last(station, person)
    with storage_faults(station.root), station.database.transaction() as connection:
        people.set_roles(connection, person.name, given)
        audit.append(connection, who, "give roles", name=person.name, before=person.roles,
                     after=given)  # fmt: skip
    yield _changed(person.name, given, _("{person} is from now on: {roles}."))


def set_password(station: Station, actor: Actor, name: str, password: str) -> Iterator[Step]:
    """One's own, or as somebody in charge anybody's. Raises NotAllowed, NoSuchPerson,
    PasswordShort."""
    person = _person(station, name)
    own = person.name == actor.person
    who = actor if own else _in_charge(station, actor, person.roles)
    kept = _kept(password)
    with storage_faults(station.root), station.database.transaction() as connection:
        people.set_password(connection, person.name, kept)
        audit.append(connection, who, "password", name=person.name)
    yield _changed(person.name, person.roles, _("{person} signs in with the new password."))


def remove_person(station: Station, actor: Actor, name: str) -> Iterator[Step]:
    """They work here no more; what they did keeps their name. Raises NotAllowed, NoSuchPerson,
    LastInCharge."""
    person = _person(station, name)
    who = _in_charge(station, actor, person.roles)
    _not_last(station, person)
    with storage_faults(station.root), station.database.transaction() as connection:
        people.set_gone(connection, person.name)
        audit.append(connection, who, "remove person", name=person.name, roles=person.roles)
    yield _changed(person.name, (), _("{person} works here no more."))


def sign_in(station: Station, name: str, password: str) -> Actor:
    """The person, in their first role; an event of its own where this process may write.

    Takes a tenth of a second: not for the event loop. Raises SignInRefused, SignInPaused.
    """
    here, name = station.settings.station, clean_name(name)
    person = people.by_name(station.database.connection, name)
    if person:
        _pause(person)
    right = is_right(person.password if person else "", password)
    actor = Actor(name, person.roles[0] if person else "", here.name, here.company)
    if person and station.lock:
        with storage_faults(station.root), station.database.transaction() as connection:
            (people.forget_failures if right else people.note_failure)(connection, name)
            audit.append(connection, actor, "sign in" if right else "sign in refused")
    if not right:
        raise SignInRefused
    return actor


def _pause(person: Person) -> None:
    if person.failures < TRIES:
        return
    passed = (datetime.now(UTC) - datetime.fromisoformat(person.failed_at)).total_seconds()
    if 0 <= passed < PAUSE_SECONDS:
        raise SignInPaused(person=person.name, seconds=round(PAUSE_SECONDS - passed) + 1)


def _person(station: Station, name: str) -> Person:
    found = people.by_name(station.database.connection, clean_name(name))
    if found is None or found.gone:
        raise NoSuchPerson(person=name)
    return found


def _known(station: Station, roles: Sequence[str]) -> tuple[str, ...]:
    """Each once, in the order given. A site's own roles stand in [access] of station.toml."""
    known = tuple(dict.fromkeys((*Role, *station.settings.access)))
    for role in roles:
        if role not in known:
            raise NoSuchRole(role=role, known=_(", ").join(known))
    if not roles:
        raise NoSuchRole(role="–", known=_(", ").join(known))
    return tuple(dict.fromkeys(str(role) for role in roles))


def _charged(roles: Sequence[str]) -> bool:
    return any(role in roles for role in roles_with(Right.PEOPLE))


def _in_charge(station: Station, actor: Actor, touched: Sequence[str] | set[str]) -> Actor:
    """Who adds people; only a security officer makes or unmakes one, as soon as there is one."""
    everybody = people_of(station)
    if not any(_charged(person.roles) for person in everybody):
        if not _charged(tuple(touched)):
            raise FirstInCharge
        return actor
    officers = [p for p in everybody if Role.SECURITY_OFFICER in p.roles]
    reserved = Role.SECURITY_OFFICER in touched and bool(officers)
    return allowed(station, actor, Right.AUDIT_EXPORT if reserved else Right.PEOPLE)


def _not_last(station: Station, person: Person) -> None:
    others = (p for p in people_of(station) if p.name != person.name and _charged(p.roles))
    if _charged(person.roles) and next(others, None) is None:
        raise LastInCharge(person=person.name)


def _kept(password: str) -> str:
    if len(password) < LEAST_LETTERS:
        raise PasswordShort(least=LEAST_LETTERS)
    return hashed(password)


def _changed(name: str, roles: Sequence[str], sentence: str) -> Changed:
    words = _(", ").join(map(role_name, roles))
    return Changed(
        "person",
        facts={"person": name, "roles": list(roles)},
        sentence=sentence.format(person=isolate(name), roles=words),
    )

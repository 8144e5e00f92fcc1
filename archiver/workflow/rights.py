"""Who may do what: by the roles that `archiver person` gave.

On the command line the station takes the name given with --as: the login of the machine is what
guards it. At the window people sign in (`workflow/people.py`). What changes or removes evidence
is denied by default; work is open to everybody where nobody has to sign in.
"""

from enum import StrEnum
from typing import Final

from archiver.errors import NotAllowed
from archiver.i18n import N_, _
from archiver.model.actor import Actor
from archiver.model.role import Role
from archiver.store import people
from archiver.workflow.station import Station


class Right(StrEnum):
    PURGE = "purge"
    CENTRE_KEY = "centre_key"
    AUDIT_EXPORT = "audit_export"
    PEOPLE = "people"
    CHECK = "check"


_ROLES: Final = {
    Right.PURGE: (Role.SECURITY_OFFICER, Role.SUPERVISOR),
    Right.CENTRE_KEY: (Role.SECURITY_OFFICER, Role.IT),
    Right.AUDIT_EXPORT: (Role.SECURITY_OFFICER,),
    Right.PEOPLE: (Role.SECURITY_OFFICER, Role.SUPERVISOR),
    Right.CHECK: (Role.CHECKER, Role.SUPERVISOR),
}
_WORDS: Final = {
    Role.OPERATOR: N_("operator"),
    Role.INDEXER: N_("indexer"),
    Role.CHECKER: N_("checker"),
    Role.LIBRARIAN: N_("librarian"),
    Role.IT: N_("IT staff"),
    Role.SECURITY_OFFICER: N_("security officer"),
    Role.SUPERVISOR: N_("supervisor"),
}


def roles_of(station: Station, person: str) -> tuple[str, ...]:
    """The first is the one they work in; none where nobody gave them any."""
    found = people.by_name(station.database.connection, person)
    return found.roles if found and not found.gone else ()


def roles_with(right: Right) -> tuple[Role, ...]:
    return _ROLES[right]


def allowed(station: Station, actor: Actor, right: Right) -> Actor:
    """`actor` in the role that gives the right. Raises NotAllowed."""
    roles = roles_of(station, actor.person)
    for role in _ROLES[right]:
        if role in roles:
            return Actor(actor.person, role, actor.station, actor.company)
    needed = _(" or ").join(role_word(role) for role in _ROLES[right])
    raise NotAllowed(person=actor.person, role=needed)


def at_work(station: Station, actor: Actor, right: Right) -> Actor:
    """As `allowed`; where nobody has to sign in everybody does all work, in their own role."""
    return allowed(station, actor, right) if signs_in(station) else actor


def signs_in(station: Station) -> bool:
    """Whether people sign in here: somebody has a password."""
    return any(person.password for person in people.every(station.database.connection))


def role_word(role: str) -> str:
    return f"{role_name(role)} ({role})"


def role_name(role: str) -> str:
    return _(_WORDS[Role(role)]) if role in _WORDS else role

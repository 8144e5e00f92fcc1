"""Who may do what: by the roles that `archiver person` gave.

On the command line the station takes the name given with --as: the login of the machine is what
guards it. At the window people sign in (`workflow/people.py`). What changes or removes evidence
is denied by default; work is open to everybody where nobody has to sign in.
"""

import inspect
from collections.abc import Callable, Generator
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

from archiver.errors import NotAllowed
from archiver.i18n import N_, _
from archiver.model.actor import Actor
from archiver.model.role import Role
from archiver.store import people
from archiver.workflow.station import Station

_Said = ParamSpec("_Said")
_Made = TypeVar("_Made")


class Right(StrEnum):
    PURGE = "purge"
    CENTRE_KEY = "centre_key"
    AUDIT_EXPORT = "audit_export"
    PEOPLE = "people"
    TAKE_IN = "take_in"  # images, lots, slips, the colour card, the condition of an item
    READ = "read"
    PAGES = "pages"  # images and documents: turn, reject, scan anew, arrange
    CORRECT = "correct"
    DESCRIBE = "describe"
    KEY = "key"  # the second time, blind
    SETTLE = "settle"  # where two readings differ
    CHECK = "check"
    SEAL = "seal"
    REOPEN = "reopen"
    DELIVER = "deliver"
    TARGETS = "targets"
    COPIES = "copies"  # for use outside
    UPKEEP = "upkeep"  # backups, the index, lines that teach the reader


_DESK: Final = (Role.OPERATOR, Role.INDEXER, Role.SUPERVISOR)
_ROLES: Final = {
    Right.PURGE: (Role.SECURITY_OFFICER, Role.SUPERVISOR),
    Right.CENTRE_KEY: (Role.SECURITY_OFFICER, Role.IT),
    Right.AUDIT_EXPORT: (Role.SECURITY_OFFICER,),
    Right.PEOPLE: (Role.SECURITY_OFFICER, Role.SUPERVISOR),
    Right.TAKE_IN: (Role.OPERATOR, Role.SUPERVISOR),
    Right.READ: _DESK,
    Right.PAGES: _DESK,
    Right.CORRECT: _DESK,
    Right.DESCRIBE: (Role.INDEXER, Role.SUPERVISOR),
    Right.KEY: _DESK,
    Right.SETTLE: (Role.SUPERVISOR,),
    Right.CHECK: (Role.CHECKER, Role.SUPERVISOR),
    Right.SEAL: (Role.OPERATOR, Role.SUPERVISOR),
    Right.REOPEN: (Role.SUPERVISOR,),
    Right.DELIVER: (Role.OPERATOR, Role.IT, Role.SUPERVISOR),
    Right.TARGETS: (Role.IT, Role.SECURITY_OFFICER, Role.SUPERVISOR),
    Right.COPIES: (Role.LIBRARIAN, Role.SUPERVISOR),
    Right.UPKEEP: (Role.IT, Role.SUPERVISOR),
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
GUARDED: Final[dict[str, Right]] = {}  # every verb that `guarded` marks: `module.function`


def guarded(
    right: Right,
) -> Callable[
    [Callable[Concatenate[Station, Actor, _Said], _Made]],
    Callable[Concatenate[Station, Actor, _Said], _Made],
]:
    """Mark a verb that only some roles may do: the actor goes on in the role that gives the right.

    A generator raises NotAllowed at its first step, as it does nothing before.
    """

    def mark(
        verb: Callable[Concatenate[Station, Actor, _Said], _Made],
    ) -> Callable[Concatenate[Station, Actor, _Said], _Made]:
        GUARDED[f"{verb.__module__.rpartition('.')[2]}.{verb.__name__}"] = right

        @wraps(verb)
        def steps(
            station: Station, actor: Actor, *said: Any, **words: Any
        ) -> Generator[Any, Any, Any]:
            who = at_work(station, actor, right)
            return (yield from cast("Any", verb)(station, who, *said, **words))

        @wraps(verb)
        def act(station: Station, actor: Actor, *said: Any, **words: Any) -> Any:
            return verb(station, at_work(station, actor, right), *said, **words)

        made = steps if inspect.isgeneratorfunction(verb) else act
        return cast("Callable[Concatenate[Station, Actor, _Said], _Made]", made)

    return mark


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

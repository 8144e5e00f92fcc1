"""Who may do what changes or removes evidence.

The station takes the name given with --as: the login of the machine is what guards it. Rights
are denied by default; `[people]` in station.toml names people and their roles.
"""

from enum import StrEnum
from typing import Final

from archiver.errors import NotAllowed
from archiver.i18n import _
from archiver.model.actor import Actor
from archiver.workflow.station import Station


class Right(StrEnum):
    PURGE = "purge"
    CENTRE_KEY = "centre_key"
    AUDIT_EXPORT = "audit_export"


_ROLES: Final = {
    Right.PURGE: ("security_officer", "archivist"),
    Right.CENTRE_KEY: ("security_officer", "it"),
    Right.AUDIT_EXPORT: ("security_officer",),
}


def allowed(station: Station, actor: Actor, right: Right) -> Actor:
    """`actor` in the role that gives the right. Raises NotAllowed."""
    roles = station.settings.people.get(actor.person, ())
    for role in _ROLES[right]:
        if role in roles:
            return Actor(actor.person, role, actor.station, actor.company)
    needed = _(" or ").join(role_word(role) for role in _ROLES[right])
    raise NotAllowed(person=actor.person, role=needed)


def role_word(role: str) -> str:
    words = {
        "security_officer": _("security officer"),
        "archivist": _("archivist"),
        "it": _("IT staff"),
    }
    return f"{words.get(role, role)} ({role})"

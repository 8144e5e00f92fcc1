"""Which access levels a person sees: by the roles they have, from a table of roles and levels.

What nobody was given a right to see is found by nobody. `[access]` in station.toml replaces the
levels of the roles that it names; `["*"]` stands for all levels.
"""

from typing import Final

from archiver.model.role import Role
from archiver.workflow.rights import roles_of
from archiver.workflow.station import Station

EVERY: Final = "*"
DEFAULT_ROLE: Final = Role.OPERATOR  # of whoever was given none

_OPEN: Final = ("public", "court_internal", "parties")
_DEFAULTS: Final[dict[str, tuple[str, ...]]] = {
    Role.OPERATOR: (*_OPEN, "personal"),
    Role.INDEXER: (*_OPEN, "personal"),
    Role.CHECKER: (*_OPEN, "personal", "circuit_only", "sensitive"),
    Role.LIBRARIAN: _OPEN,
    Role.IT: ("public",),
    Role.SECURITY_OFFICER: (EVERY,),
    Role.SUPERVISOR: (*_OPEN, "personal", "circuit_only", "sensitive", "embargo"),
}


def levels_seen(station: Station, person: str) -> frozenset[str] | None:
    """The access levels that `person` may see, count and be suggested from; None for all."""
    roles = roles_of(station, person) or (DEFAULT_ROLE,)
    table = {**_DEFAULTS, **station.settings.access}
    levels = {level for role in roles for level in table.get(role, ())}
    return None if EVERY in levels else frozenset(levels)

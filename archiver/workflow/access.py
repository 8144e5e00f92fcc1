"""Which access levels a person sees: by the roles they have, from a table of roles and levels.

What nobody was given a right to see is found by nobody. `[access]` in station.toml replaces the
levels of the roles that it names; `["*"]` stands for all levels.
"""

from typing import Final

from archiver.workflow.station import Station

EVERY: Final = "*"
DEFAULT_ROLE: Final = "operator"  # of whoever is not named in [people]

_OPEN: Final = ("public", "court_internal", "parties")
_DEFAULTS: Final = {
    "operator": (*_OPEN, "personal"),
    "checker": (*_OPEN, "personal", "circuit_only", "sensitive"),
    "archivist": (*_OPEN, "personal", "circuit_only", "sensitive", "embargo"),
    "security_officer": (EVERY,),
    "it": ("public",),
}


def levels_seen(station: Station, person: str) -> frozenset[str] | None:
    """The access levels that `person` may see, count and be suggested from; None for all."""
    roles = station.settings.people.get(person) or (DEFAULT_ROLE,)
    table = {**_DEFAULTS, **station.settings.access}
    levels = {level for role in roles for level in table.get(role, ())}
    return None if EVERY in levels else frozenset(levels)

"""Which screens a role sees, and who works on case files at all."""

from collections.abc import Iterable
from typing import Final

from archiver.model.role import Role
from ui.acts import (
    CAPTURE,
    CASES,
    DELIVERY,
    DESCRIBE,
    KEYING,
    OVERVIEW,
    PAGES,
    SAMPLE,
    SCREENS,
    SEARCH,
    SETTINGS,
    TEXT,
    TODAY,
)

SEEN: Final[dict[str, tuple[str, ...]]] = {
    Role.OPERATOR: (TODAY, CASES, CAPTURE, PAGES, TEXT, KEYING, SEARCH, DELIVERY),
    Role.INDEXER: (TODAY, CASES, PAGES, TEXT, DESCRIBE, KEYING, SEARCH),
    Role.CHECKER: (TODAY, CASES, PAGES, TEXT, DESCRIBE, SAMPLE, SEARCH),
    Role.LIBRARIAN: (SEARCH, TEXT),
    Role.IT: (TODAY, DELIVERY, OVERVIEW),
    Role.SECURITY_OFFICER: (TODAY, SEARCH, TEXT, DELIVERY, OVERVIEW),
    Role.SUPERVISOR: SCREENS,
}
_WORK: Final = (Role.OPERATOR, Role.INDEXER, Role.CHECKER, Role.IT, Role.SUPERVISOR)


def screens_of(roles: Iterable[str]) -> tuple[str, ...]:
    """In the order of the rail; all of them for whoever was given no role."""
    seen = {screen for role in roles for screen in (*SEEN.get(role, (SEARCH, TEXT)), SETTINGS)}
    return tuple(screen for screen in SCREENS if screen in seen) or SCREENS


def works(roles: Iterable[str]) -> bool:
    """Whether they change anything, or only look."""
    given = tuple(roles)
    return not given or any(role in _WORK for role in given)

"""Which acts of a history stand; a row that takes another back names it.

An act and the rows behind it are a chain: the act, its undo, the redo (which takes the undo back),
and so on. No row is ever changed, and each is taken back once at most.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Chain:
    act: int  # id of the act itself
    last: int  # id of the row that has the last word on it
    stands: bool = True


def chains(rows: Iterable[tuple[int, int | None]]) -> tuple[Chain, ...]:
    """The acts, oldest first. rows: (id, id of the row that it takes back), oldest first."""
    first: dict[int, int] = {}
    found: dict[int, Chain] = {}
    for row, undoes in rows:
        act = first[row] = row if undoes is None else first[undoes]
        before = found.get(act)
        found[act] = (
            replace(before, last=row, stands=not before.stands) if before else Chain(act, row)
        )
    return tuple(found.values())


def redoing(rows: Iterable[tuple[int, int | None]]) -> frozenset[int]:
    """The ids of the rows that take an undo back: every second one behind an act."""
    undoing: dict[int, bool] = {}
    found = set()
    for row, undoes in rows:
        undoing[row] = undoes is not None and not undoing[undoes]
        if undoes is not None and not undoing[row]:
            found.add(row)
    return frozenset(found)


def newest_standing(known: Sequence[Chain]) -> Chain | None:
    """What an undo takes back."""
    return next((chain for chain in reversed(known) if chain.stands), None)


def newest_taken_back(known: Sequence[Chain]) -> Chain | None:
    """What a redo makes again: nothing, once another act has been made since."""
    undone = [chain for chain in known if not chain.stands]
    last = max(undone, key=lambda chain: chain.last, default=None)
    return last if last and last.last > known[-1].act else None

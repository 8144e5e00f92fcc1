"""The order of hits, the same for every engine: group by group, one page of hits at a time."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from index.match import Match
from index.plan import Part, Plan
from index.tree import Days, Field, Node, Number, leaves

Row = TypeVar("Row")


def sure_part(plan: Plan) -> Part:
    """What finds the hits that were asked for, without the probable misreadings."""
    return plan.sure


def groups(plan: Plan, *, by_tier: bool) -> tuple[Part, ...]:
    """Parts, each finding what the one before finds and more, which stands behind that.

    by_tier: one for each tier; else what matches and what was probably misread.
    """
    parts = tuple(tier.part for tier in plan.tiers)
    if by_tier:
        return parts
    sure = sure_part(plan)
    return (sure,) if sure == parts[-1] else (sure, parts[-1])


def one_page(
    group_count: int,
    limit: int,
    offset: int,
    rows: Callable[[int, int, int], Sequence[Row]],
    size: Callable[[int], int],
) -> list[tuple[int, Row]]:
    """`limit` rows from `offset` on over all groups, each with the number of its group.

    rows(group, limit, offset): those of the group alone. size(group): how many it has.
    """
    found: list[tuple[int, Row]] = []
    for group in range(group_count):
        if len(found) == limit:
            break
        taken = rows(group, limit - len(found), offset)
        found += [(group, row) for row in taken]
        offset = 0 if taken or not offset else offset - min(offset, size(group))
    return found


def reasons(query: Node, tier: Match, facts: Sequence[Match]) -> tuple[Match, ...]:
    """Why a page is a hit, surest first.

    A page found only by its number, kind or year has no words that matched exactly.
    """
    wordless = all(isinstance(leaf, Number | Field | Days) for leaf in leaves(query))
    return (*facts,) if wordless and tier is Match.EXACT else (*facts, tier)

"""How often two readings agree, how often each reader is right, and what a case file costs.

Live: worked out from all that was keyed whenever somebody asks. Shares carry Wilson's 95 % interval
(E. B. Wilson 1927, J. Am. Stat. Assoc. 22:209), which is honest for small counts, too.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from archiver.model.keying import MACHINE, ItemState, ItemStatus
from archiver.store import keyings
from archiver.workflow.key_readings import machine_reading, status
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station

_Z: Final = 1.959964  # 95 %
_DECIDED: Final = (ItemState.AGREED, ItemState.SETTLED)


@dataclass(slots=True)
class Share:
    """`right` of `count`."""

    right: int = 0
    count: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.count += 1

    @property
    def rate(self) -> float:
        return self.right / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Least and most of the true share, 95 %."""
        n, share = self.count, self.rate
        if not n:
            return 0.0, 1.0
        middle = share + _Z * _Z / (2 * n)
        half = _Z * math.sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
        scale = 1 + _Z * _Z / n
        return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


Part = tuple[str, str]  # field, part


@dataclass(slots=True)
class KeyingReport:
    """agreement: two readings said the same; readers: what a reader said was right in the end."""

    agreement: dict[Part, Share] = field(default_factory=lambda: defaultdict(Share))
    readers: dict[tuple[str, Part], Share] = field(default_factory=lambda: defaultdict(Share))
    waiting: int = 0  # case files with one reading
    differing: int = 0  # case files that a third person has to look at
    effort: tuple[tuple[str, str, int, float, int], ...] = ()


def report(station: Station) -> KeyingReport:
    """Over every case file that somebody keyed; the machine is measured, counted or not."""
    connection = station.database.connection
    made = KeyingReport(effort=keyings.effort(connection))
    for case_id in keyings.keyed_cases(connection):
        case = case_by_id(station, case_id)
        items = status(station, case)
        states = {item.state for item in items}
        made.waiting += ItemState.WAITING in states
        made.differing += ItemState.DIFFERS in states
        machine = machine_reading(station, case).values
        for item in items:
            _count(made, item)
            if item.state in _DECIDED and item.item in machine:
                part = (item.item.field, item.item.part)
                made.readers[(MACHINE, part)].add(machine[item.item] == item.value)
    return made


def _count(made: KeyingReport, item: ItemStatus) -> None:
    part = (item.item.field, item.item.part)
    people = [(who, value) for who, value in item.readings if who != MACHINE]
    if len(people) > 1:
        made.agreement[part].add(len({value for _who, value in people}) == 1)
    if item.state in _DECIDED:
        for who, value in people:
            made.readers[(who, part)].add(value == item.value)

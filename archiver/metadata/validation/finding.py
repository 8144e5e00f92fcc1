"""What a check complains of: what is wrong, and what would be right."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from archiver.i18n import N_, _, digits, isolate, runs


class Severity(StrEnum):
    WARNING = "warning"  # it may be as the paper has it: look again
    ERROR = "error"  # it cannot be: it is mended, or let stand with a reason, before sealing


# rule -> (what is wrong, what would be right), over the facts of the finding
RULES: Final[Mapping[str, tuple[str, str]]] = {
    "required": (N_("{field} is missing."), N_("“{profile}” always needs it.")),
    "required_in": (N_("{field} is missing."), N_("In the state “{state}” it is needed.")),
    "form": (N_("{field} cannot be {value}: {detail}."), N_("{mend}")),
    "not_listed": (
        N_("{field}: {value} is not in the list “{list}”."),
        N_("Take a word of the list, or let the site add it."),
    ),
    "series_unknown": (
        N_("The docket series is not determined."),
        N_("Number and year alone are ambiguous: find the series on the paper."),
    ),
    "key_taken": (
        N_("{key} is already the number of a case file: {title}."),
        N_("Look at both: it is the same case file, or one number is misread."),
    ),
    "key_joined": (
        N_("{key} is among the numbers of another case file: {case}."),
        N_("Look at both: the appeals were joined, or one number is misread."),
    ),
    "key_elsewhere": (
        N_("Number and year of {key} stand in another series: {case}."),
        N_("Look whether the series is right."),
    ),
    "key_pages": (
        N_("The pages name {seen}, and not {key} (pages {pages})."),
        N_("Compare the number with the paper."),
    ),
    "year_filed": (
        N_("Judicial year {year} does not go with the filing on {date}."),
        N_("An appeal filed on that day is of judicial year {right}."),
    ),
    "year_future": (
        N_("Judicial year {year} has not begun."),
        N_("The year of today is {right}."),
    ),
    "year_hearing": (
        N_("A hearing on {date} does not go with judicial year {year}."),
        N_("Hearings of that year are from {first} to some 26 years later."),
    ),
    "volume": (
        N_("Volume year {year} does not go with a hearing on {date}."),
        N_("A judgment of that day stands in volume {right}."),
    ),
    "weekday": (
        N_("{date} was not the weekday that is written: {written}."),
        N_("That day was a {right}."),
    ),
    "hijri": (
        N_("The Hijri date {hijri} is {days} days away from {date}."),
        N_("The Hijri date of that day is {right}."),
    ),
    "future": (N_("{field} is in the future: {date}."), N_("Compare the year with the paper.")),
    "early": (
        N_("{field} is before the courts of this archive: {date}."),
        N_("Papers of these courts begin in 1875."),
    ),
    "order": (
        N_("{first} ({first_date}) comes after {second} ({second_date})."),
        N_("One of the two dates is misread."),
    ),
    "extent": (
        N_("{counted} pages were counted by hand, and {found} are here."),
        N_("Look for the pages that are missing, or count again."),
    ),
    "access": (
        N_("Case files of this circuit are usually restricted."),
        N_("Look whether the access level should be “{right}”."),
    ),
    "unsorted": (
        N_("{count} documents have no kind."),
        N_("“archiver arrange” names their kinds."),
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint. It is worded when it is shown, in the language of that moment."""

    rule: str  # of RULES
    severity: Severity
    fields: tuple[str, ...]  # ids of the fields it is about, the one to mend first
    facts: Mapping[str, str | int | tuple[int, ...]] = field(default_factory=dict)
    about: tuple[Any, ...] = ()  # the values that it complains of

    @property
    def key(self) -> str:
        """The same for the same complaint of the same values: what a reason is given for."""
        parts = [self.rule, list(self.fields), list(self.about)]
        text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def wrong(self) -> str:
        return self._fill(RULES[self.rule][0])

    @property
    def right(self) -> str:
        return self._fill(RULES[self.rule][1])

    def __str__(self) -> str:
        return f"{self.wrong} {self.right}".strip()

    def _fill(self, template: str) -> str:
        named = [name for name in self.facts if f"{{{name}}}" in template]
        return _(template).format(**{name: _shown(self.facts[name]) for name in named})


def _shown(fact: str | int | tuple[int, ...]) -> str:
    if isinstance(fact, int):
        return digits(fact)
    return isolate(runs(fact) if isinstance(fact, tuple) else digits(fact))

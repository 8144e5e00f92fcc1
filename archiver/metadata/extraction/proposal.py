"""What the extraction hands back."""

from dataclasses import dataclass
from typing import Any, Final

CONFIDENT: Final = 0.9  # a proposal that sure must not be wrong


@dataclass(frozen=True, slots=True)
class KindGuess:
    """A kind that a page may have: a code of vocabularies/document_kind.

    `rule` names the cue, `words` the words (from 0) on which it stands. `continues` is true for a
    page that goes on with the document of the page before.
    """

    kind: str
    probability: float
    rule: str
    words: tuple[int, ...] = ()
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """One value for one field, and why. A field that takes a list gets one for each item, in order.

    Forms of `value` (all can be written as JSON):

    case_key            {"series", "number", "judicial_year"}; the first is the file's own
    dates               {"edtf", "calendar", "written"} (`WrittenDate.value`)
    bench               {"name_as_written", "name_sort", "role"}; prosecution_member, clerk and
                        counsel have no role
    party               {"name", "role", "capacity", "represented_by", "name_sort"}, "" where none
    circuit_day         {"day", "letter"}, codes of vocabularies/sitting_day, "" where none
    subject_heading     {"heading", "sub"}: the code where the vocabulary has it, else the words
    lower_case          "8888/139"; a year of four figures is a calendar year
    to_year, to_part, to_page, rule_no      integers
    all others          a code or a text
    """

    field: str  # id in the profile
    value: Any
    as_written: str
    probability: float
    rule: str
    page: int  # position of the page where it stands best
    words: tuple[int, ...]  # of that page, from 0
    pages: tuple[int, ...] = ()  # all pages that say the same

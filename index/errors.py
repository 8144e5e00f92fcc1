"""The small errors of the search library; callers map them into words for people."""

from pathlib import Path
from typing import Literal

Expected = Literal[
    "something_to_find",  # an empty query, or an operator with nothing behind it
    "closing_quote",
    "closing_bracket",
    "opening_bracket",
    "known_field",
    "case_number",
    "year",
    "field_value",
    "prefix_letters",  # two letters or more before *
    "one_word",  # one word before ~
    "date",
    "later_date",  # the end of a range lies before its beginning
    "shorter_query",
    "fewer_words",
    "fewer_brackets",
]


class SearchError(Exception):
    """Something could not be searched or indexed."""


class QueryError(SearchError):
    """A query that cannot be read: where (offset in the query) and what was expected there."""

    def __init__(self, expected: Expected, position: int, found: str = "") -> None:
        super().__init__(f"at {position}: expected {expected.replace('_', ' ')}, found {found!r}")
        self.expected = expected
        self.position = position
        self.found = found


class UnusableIndexError(SearchError):
    """The index in `folder` cannot serve."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"{folder}: {why}")
        self.folder = folder
        self.why = why


class IndexOutdated(UnusableIndexError):
    """Made by another engine, schema or analysis: to be rebuilt."""


class IndexDamaged(UnusableIndexError):
    """Missing, incomplete or unreadable: to be rebuilt."""


class IndexBusy(UnusableIndexError):
    """Another process is writing it: to be tried again."""


class IndexNotWritten(UnusableIndexError):
    """The disk refused what was to be written; what was committed before is still there."""

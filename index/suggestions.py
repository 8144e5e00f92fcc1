"""What may be meant by a word begun: the rows of an engine made into suggestions."""

from collections.abc import Iterable
from typing import Final, cast

from index.arabic import fold_text
from index.engine import Suggestion, SuggestionKind
from index.entry import APART

FROM_LETTERS: Final = 2  # one letter begins too much to be a question
ROWS_FOR_ONE: Final = 4  # a name comes up once for each of its words that begins so


def typed_beginning(typed: str) -> str:
    """What a person typed, folded as the beginnings of suggestions are; empty if too little."""
    folded = " ".join(fold_text(typed).split())
    return folded if len(folded) >= FROM_LETTERS else ""


def read_suggestions(rows: Iterable[tuple[str, int]], limit: int) -> list[Suggestion]:
    """rows: (suggested term, case files that have it), most files first."""
    found: dict[tuple[str, str], Suggestion] = {}
    for term, files in rows:
        _, kind, text = term.split(APART, 2)
        found.setdefault((kind, text), Suggestion(cast(SuggestionKind, kind), text, files))
    return list(found.values())[:limit]

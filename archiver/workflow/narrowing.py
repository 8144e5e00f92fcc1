"""A search narrowed by what was counted: the choice becomes words of the query itself.

So what is asked, kept and exported is one text, and whoever reads it learns the language.
"""

from collections.abc import Collection, Mapping
from typing import Final

from archiver.i18n import language
from archiver.workflow.search import FacetValue, codes, facet_word, search, search_faults
from archiver.workflow.station import Station
from index import query as query_language
from index.engine import FacetName, Suggestion
from index.tree import Or

Choice = Mapping[FacetName, Collection[str]]

_FIELDS: Final[Mapping[str, Mapping[FacetName, str]]] = {
    "ar": {
        "year": "سنة",
        "circuit": "دائرة",
        "kind": "نوع",
        "series": "سلسلة",
        "lot": "دفعة",
        "station": "محطة",
        "checked": "روجع",
    },
    "en": {},
}
_NAMES: Final = {"ar": {"party": "خصم", "subject": "موضوع"}, "en": {}}


def narrowed(query: str, choice: Choice) -> str:
    """`query` and, of each facet of `choice`, any of its values. Raises BadQuery."""
    chosen = [_any_of(facet, choice[facet]) for facet in choice if choice[facet]]
    if not chosen or not query:
        return " ".join([query, *chosen]).strip()
    with search_faults():
        whole = query_language.parse(query, codes())
    return " ".join([f"({query})" if isinstance(whole, Or) else query, *chosen])


def counted_beside(
    station: Station,
    query: str,
    choice: Choice,
    *,
    levels: frozenset[str] | None = None,
    exact: bool = False,
) -> dict[FacetName, tuple[FacetValue, ...]]:
    """Of each facet that `choice` narrows, its counts without that: what else may be chosen.

    Raises BadQuery, IndexLost.
    """
    found = {}
    for facet in (facet for facet in choice if choice[facet]):
        others = {name: values for name, values in choice.items() if name != facet}
        asked = narrowed(query, others)
        if asked:
            result = search(station, asked, limit=1, levels=levels, exact=exact, facets=(facet,))
            found[facet] = result.facets.get(facet, ())
    return found


def finding(suggestion: Suggestion) -> str:
    """The query that finds the case files of a suggestion, as a person would write it."""
    if suggestion.kind == "case":
        return suggestion.text
    name = _NAMES[language()].get(suggestion.kind, suggestion.kind)
    return f"{name}:{_quoted(suggestion.text)}"


def _any_of(facet: FacetName, values: Collection[str]) -> str:
    field = _FIELDS[language()].get(facet, facet)
    told = [f"{field}:{_written(facet, value)}" for value in sorted(values)]
    return told[0] if len(told) == 1 else f"({' OR '.join(told)})"


def _written(facet: FacetName, value: str) -> str:
    """The word for a value where the language knows it, else the value itself."""
    known = codes().get(facet, {})
    word = next((word for word in _words(facet, value) if known.get(word) == value), value)
    return _quoted(word)


def _quoted(word: str) -> str:
    if word.isalnum():
        return word
    return f"«{word}»" if '"' in word else f'"{word}"'


def _words(facet: FacetName, value: str) -> tuple[str, ...]:
    if facet == "checked" and language() == "ar":
        return ("نعم", "لا")
    return (facet_word(facet, value),)

"""ISAD(G), second edition: the elements of description of an archive, by their numbers."""

from typing import Final

from archiver.metadata.crosswalks.described import Described

VOCABULARY: Final = "isadg"
_REFERENCE, _TITLE, _LEVEL, _EXTENT = "3.1.1", "3.1.2", "3.1.4", "3.1.5"


def rows(described: Described) -> tuple[tuple[str, str, str], ...]:
    """(number, Arabic name of the element, text), by number, each text once."""
    terms = described.vocabularies[VOCABULARY].terms
    found: list[tuple[str, str]] = [
        (_REFERENCE, described.reference),
        (_EXTENT, f"{described.pages} صفحة مصورة"),
    ]
    for field, place, value in described.fields("isadg"):
        text = described.text(field, value)
        named = place in (_REFERENCE, _TITLE, _LEVEL)
        found.append((place, text if named else f"{field.label.ar}: {text}"))
    if not any(number == _TITLE for number, _text in found):
        found.append((_TITLE, described.reference))
    if not any(number == _LEVEL for number, _text in found):
        found.append((_LEVEL, "ملف"))
    order = {number: place for place, number in enumerate(terms)}
    known = sorted(
        (pair for pair in dict.fromkeys(found) if pair[0] in terms), key=lambda p: order[p[0]]
    )
    return tuple((number, terms[number].ar, text) for number, text in known)

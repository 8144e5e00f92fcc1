"""Simple Dublin Core of what people described: names and texts of the fifteen elements."""

from typing import Final

from archiver.metadata.crosswalks.described import Described
from archiver.metadata.crosswalks.places import DC_ELEMENTS, DC_REFINES

NAMESPACE: Final = "http://purl.org/dc/elements/1.1/"
OAI: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_CITATION: Final = "bibliographicCitation"


def elements(described: Described) -> tuple[tuple[str, str], ...]:
    """(element, text), in the order of DC_ELEMENTS, each pair once."""
    found: list[tuple[str, str]] = [
        ("identifier", described.uid),
        ("publisher", described.organization),
        ("date", described.created_at),
        ("type", "Text"),
        ("format", f"{described.pages} images"),
    ]
    found += [("language", language) for language in described.languages]
    found += [("description", d.title or d.kind) for d in described.documents]
    if not described.values.get("title"):
        found.append(("title", described.reference))
    citation = []
    for field, place, value in described.fields("dc"):
        name = place.partition(":")[2] or place
        text = described.text(field, value)
        if name == _CITATION:  # volume, part, page and rule are one citation
            citation.append(f"{field.label.ar} {text}")
        else:
            found.append((DC_REFINES.get(name, name), text))
    if citation:
        found.append(("identifier", " – ".join(citation)))
    known = [pair for pair in dict.fromkeys(found) if pair[0] in DC_ELEMENTS and pair[1]]
    return tuple(sorted(known, key=lambda pair: DC_ELEMENTS.index(pair[0])))

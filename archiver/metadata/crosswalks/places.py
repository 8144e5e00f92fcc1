"""Where a field's value goes in another scheme, as a profile says it.

MODS: a path of elements under `mods`: `relatedItem[@type=preceding]/identifier`. Each value makes
the last element anew; with a star, `subject*/topic`, the starred one. What stands before it is
shared by all fields that name it. Dublin Core: `dc:date`, `dcterms:dateSubmitted`. ISAD(G): the
number of an element, `3.1.3`.
"""

import re
from typing import Final

_STEP: Final = re.compile(r"([A-Za-z]+)((?:\[@[A-Za-z]+=[^\]]*\])*)(\*?)")
_ATTRIBUTE: Final = re.compile(r"\[@([A-Za-z]+)=([^\]]*)\]")
_MODS: Final = frozenset(
    {
        "abstract",
        "accessCondition",
        "classification",
        "genre",
        "identifier",
        "language",
        "location",
        "name",
        "note",
        "originInfo",
        "part",
        "physicalDescription",
        "relatedItem",
        "subject",
        "tableOfContents",
        "targetAudience",
        "titleInfo",
    }
)
_ISADG: Final = re.compile(r"3\.[1-7]\.[1-5]")
DC_ELEMENTS: Final = (
    "title", "identifier", "creator", "contributor", "subject", "description", "publisher", "date",
    "type", "format", "language", "relation", "coverage", "rights", "source",
)  # fmt: skip
# A refinement of DCMI Metadata Terms, as the element that it refines or that is nearest to it.
DC_REFINES: Final = {
    "dateSubmitted": "date",
    "abstract": "description",
    "provenance": "description",
    "bibliographicCitation": "identifier",
    "references": "relation",
    "isPartOf": "relation",
    "accessRights": "rights",
    "extent": "format",
    "temporal": "coverage",
    "spatial": "coverage",
}
Step = tuple[str, dict[str, str], bool]


def steps(place: str) -> tuple[Step, ...]:
    """(element, attributes, whether each value makes it anew) along a place in MODS.

    Raises ValueError for what is no such path.
    """
    found: list[Step] = []
    for part in place.split("/"):
        match = _STEP.fullmatch(part)
        if match is None:
            raise ValueError(place)
        found.append((match[1], dict(_ATTRIBUTE.findall(match[2])), bool(match[3])))
    if found[0][0] not in _MODS:
        raise ValueError(place)
    if not any(starred for _name, _attributes, starred in found):
        found[-1] = (*found[-1][:2], True)
    return tuple(found)


def is_place(scheme: str, place: str) -> bool:
    """Whether a value can go there."""
    match scheme:
        case "mods":
            try:
                steps(place)
            except ValueError:
                return False
            return True
        case "dc":
            name = place.partition(":")[2]
            return name in DC_ELEMENTS or name in DC_REFINES
        case "isadg":
            return bool(_ISADG.fullmatch(place))
        case _:
            return bool(place)

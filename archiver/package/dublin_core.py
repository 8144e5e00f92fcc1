"""The description that any library system reads: simple Dublin Core."""

from collections.abc import Iterator
from typing import Final

from archiver.package.source import BagSource, Elements
from archiver.package.xml import Maker, serialise

_OAI: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_DC: Final = "http://purl.org/dc/elements/1.1/"


def dublin_core(source: BagSource) -> bytes:
    root = Maker("oai_dc", _OAI, dc=_DC)("dc")
    dc = Maker("dc", _DC)
    for name, text in elements(source):
        root.append(dc(name, text))
    return serialise(root)


def elements(source: BagSource) -> Elements:
    """Names and texts of the fifteen elements; from the rows where nobody described the file."""
    return source.dublin_core or tuple(_from_rows(source))


def _from_rows(source: BagSource) -> Iterator[tuple[str, str]]:
    case = source.case
    yield "title", case.title or case.reference
    yield "identifier", case.uid
    if not case.keys:
        yield "identifier", case.reference
    for key in case.keys:
        yield "identifier", f"{key.series}:{key.canonical}"
    yield "publisher", source.organization
    yield "date", case.created_at
    yield "type", "Text"
    for media_type in sorted({page.media_type for page in source.pages}):
        yield "format", media_type
    yield "format", f"{len(source.pages)} images"
    for language in sorted({page.language for page in source.pages if page.language}):
        yield "language", language
    for document in source.documents:
        yield "description", source.document_label(document)
    yield "rights", case.access

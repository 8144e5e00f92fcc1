"""What was done to the files, by whom and when, and how to know them again: PREMIS 3.0."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

from archiver.model.casefile import Page
from archiver.package.member import Member
from archiver.package.source import BagSource
from archiver.package.xml import XSI, Maker, serialise
from archiver.store.audit import EventRow

NAMESPACE: Final = "http://www.loc.gov/premis/v3"
_EVENT_TERMS: Final = "http://id.loc.gov/vocabulary/preservation/eventType"
# Our verbs in the words of that vocabulary; other verbs stand as they are.
_TERMS: Final = {"import": "ingestion", "capture": "capture", "check": "validation"}
_P = Maker("premis", NAMESPACE, xsi=XSI)


def premis(
    source: BagSource, masters: Mapping[str, Sequence[Page]], files: Iterable[Member]
) -> bytes:
    """Objects for all files, events from the audit rows and the sealing, and their agents.

    `masters`: path of a master -> the pages that show it.
    """
    pages = {page.id: page.uid for page in source.pages}
    root = _P("premis", {"version": "3.0"}, _case(source))
    root.extend(_object(file, masters.get(file.path, ())) for file in files)
    root.extend(_event(event, source, pages) for event in source.events)
    root.append(_sealing(source))
    root.extend(_agents(source))
    return serialise(root)


def _identifier(name: str, kind: str, value: str) -> etree._Element:
    return _P(
        f"{name}Identifier",
        _P(f"{name}IdentifierType", kind),
        _P(f"{name}IdentifierValue", value),
    )


def _case(source: BagSource) -> etree._Element:
    return _P(
        "object",
        {f"{{{XSI}}}type": "premis:intellectualEntity"},
        _identifier("object", "uid", source.case.uid),
        _P("originalName", source.case.title or source.case.reference),
    )


def _object(file: Member, pages: Sequence[Page]) -> etree._Element:
    """A file; a master is known by its pages, too, and by the name it came with."""
    element = _file(file)
    for place, page in enumerate(pages, 1):
        element.insert(place, _identifier("object", "uid", page.uid))
    if pages and pages[0].source_name:
        element.append(_P("originalName", pages[0].source_name))
    return element


def _file(file: Member) -> etree._Element:
    characteristics = _P(
        "objectCharacteristics",
        _P(
            "fixity",
            _P("messageDigestAlgorithm", "SHA-256"),
            _P("messageDigest", file.sha256),
        ),
        _P("size", str(file.size)),
        _P("format", _P("formatDesignation", _P("formatName", file.media_type))),
    )
    path = _identifier("object", "path", file.path)
    return _P("object", {f"{{{XSI}}}type": "premis:file"}, path, characteristics)


def _event(event: EventRow, source: BagSource, pages: dict[int, str]) -> etree._Element:
    subject = pages.get(event.page_id or 0, source.case.uid)
    term = _TERMS.get(event.verb, event.verb)
    authority = {"authority": "eventType", "authorityURI": _EVENT_TERMS}
    return _P(
        "event",
        _identifier("event", "audit", str(event.seq)),
        _P("eventType", term, authority if event.verb in _TERMS else {}),
        _P("eventDateTime", event.at),
        _P("eventDetailInformation", _P("eventDetail", event.detail)),
        _identifier("linkingAgent", "person", event.person),
        _identifier("linkingObject", "uid", subject),
    )


def _sealing(source: BagSource) -> etree._Element:
    """The sealing itself: its audit row is written only once the package is whole."""
    return _P(
        "event",
        _identifier("event", "seal", source.bag_name),
        _P(
            "eventType",
            "information package creation",
            {"authority": "eventType", "authorityURI": _EVENT_TERMS},
        ),
        _P("eventDateTime", source.sealed_at),
        _identifier("linkingAgent", "person", source.sealed_by.person),
        _identifier("linkingAgent", "software", source.software),
        _identifier("linkingObject", "uid", source.case.uid),
    )


def _agents(source: BagSource) -> Iterator[etree._Element]:
    sealer = source.sealed_by
    people = {(e.person, e.role, e.station, e.company) for e in source.events}
    people.add((sealer.person, sealer.role, sealer.station, sealer.company))
    for name in sorted({person for person, *_ in people}):
        notes = [f"{role}; {station}; {company}" for p, role, station, company in people
                 if p == name]  # fmt: skip
        yield _agent("person", name, sorted(notes))
    yield _agent("software", source.software, [])


def _agent(kind: str, name: str, notes: list[str]) -> etree._Element:
    return _P(
        "agent",
        _identifier("agent", kind, name),
        _P("agentName", name),
        _P("agentType", kind),
        *(_P("agentNote", note) for note in notes),
    )

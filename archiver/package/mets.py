"""The structure of a package: case, documents, pages, and the files that carry them. METS 1.12."""

from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from archiver.i18n import _ as worded
from archiver.model.casefile import Document, Page
from archiver.package.member import Member
from archiver.package.source import BagSource
from archiver.package.xml import XLINK, Maker, serialise

NAMESPACE: Final = "http://www.loc.gov/METS/"
PATH: Final = "data/METS.xml"
_M = Maker("mets", NAMESPACE, xlink=XLINK)
_HREF: Final = f"{{{XLINK}}}href"
_PAGE_LABEL: Final = "صفحة {number}"  # sealed bytes do not follow the language of the screen


class MetsError(Exception):
    """The METS and the files beside it do not agree; the message is worded for people."""


def mets(
    source: BagSource,
    groups: Mapping[str, tuple[Member, ...]],
    pages: Mapping[int, tuple[Member, ...]],
) -> bytes:
    """`groups`: `master`, `alto`, `access` and `metadata` -> files; `pages`: id -> its files."""
    root = _M("mets", {"OBJID": source.bag_name, "LABEL": _title(source), "TYPE": "case"})
    root.append(_header(source))
    root.append(_described_by(_member(groups, "data/metadata/dc.xml")))
    root.append(_history(_member(groups, "data/metadata/premis.xml")))
    root.append(_file_section(groups))
    root.append(_structure(source, groups, pages))
    return serialise(root)


def _title(source: BagSource) -> str:
    return source.case.title or source.case.reference


def _member(groups: Mapping[str, tuple[Member, ...]], path: str) -> Member:
    return next(file for file in groups["metadata"] if file.path == path)


def _header(source: BagSource) -> etree._Element:
    return _M(
        "metsHdr",
        {"CREATEDATE": source.sealed_at, "RECORDSTATUS": f"version {source.version}"},
        _agent(source.organization, ROLE="ARCHIVIST", TYPE="ORGANIZATION"),
        _agent(source.sealed_by.person, ROLE="CREATOR", TYPE="INDIVIDUAL"),
        _agent(source.software, ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE"),
    )


def _agent(name: str, **attributes: str) -> etree._Element:
    return _M("agent", attributes, _M("name", name))


def _described_by(file: Member) -> etree._Element:
    return _M("dmdSec", {"ID": "dmd-dc"}, _reference(file, MDTYPE="DC"))


def _history(file: Member) -> etree._Element:
    premis = _M("digiprovMD", {"ID": "amd-premis"}, _reference(file, MDTYPE="PREMIS"))
    return _M("amdSec", premis)


def _reference(file: Member, **attributes: str) -> etree._Element:
    return _M("mdRef", {**_location(file), **_fixity(file), **attributes})


def _location(file: Member) -> dict[str, str]:
    """Relative to the METS itself, that is to `data/`."""
    return {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", _HREF: file.path[len("data/") :]}


def _fixity(file: Member) -> dict[str, str]:
    return {
        "MIMETYPE": file.media_type,
        "SIZE": str(file.size),
        "CHECKSUM": file.sha256,
        "CHECKSUMTYPE": "SHA-256",
    }


def file_id(file: Member) -> str:
    return "file-" + file.path[len("data/") :].replace("/", "-")


def _file_section(groups: Mapping[str, tuple[Member, ...]]) -> etree._Element:
    section = _M("fileSec")
    for use, files in groups.items():
        if use != "metadata" and files:
            section.append(_M("fileGrp", {"USE": use}, *map(_file, files)))
    return section


def _file(file: Member) -> etree._Element:
    return _M("file", {"ID": file_id(file), **_fixity(file)}, _M("FLocat", _location(file)))


def _structure(
    source: BagSource,
    groups: Mapping[str, tuple[Member, ...]],
    pages: Mapping[int, tuple[Member, ...]],
) -> etree._Element:
    case = _M("div", {"TYPE": "case", "LABEL": _title(source), "DMDID": "dmd-dc"})
    case.extend(_pointers(groups["access"]))
    for document in source.documents:
        case.append(_document(source, document, pages))
    return _M("structMap", {"TYPE": "LOGICAL"}, case)


def _document(
    source: BagSource, document: Document, pages: Mapping[int, tuple[Member, ...]]
) -> etree._Element:
    label = source.document_label(document)
    order = str(document.position)
    div = _M("div", {"TYPE": "document", "ORDER": order, "LABEL": label})
    for page in source.pages_of(document):
        div.append(_page(page, pages[page.id]))
    return div


def _page(page: Page, files: Iterable[Member]) -> etree._Element:
    label = _PAGE_LABEL.format(number=page.position)
    div = _M("div", {"TYPE": "page", "ORDER": str(page.position), "LABEL": label})
    div.extend(_pointers(files))
    return div


def _pointers(files: Iterable[Member]) -> list[etree._Element]:
    return [_M("fptr", {"FILEID": file_id(file)}) for file in files]


def check_mets(content: bytes, hashes: Mapping[str, str]) -> None:
    """Hold a METS to the files found beside it: none missing, none unnamed, every hash the same.

    `hashes`: path inside the bag -> SHA-256. Raises MetsError.
    """
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise MetsError(worded("its METS cannot be read")) from error
    named = dict(_named(root))
    wanted = {path: hashes[path] for path in hashes if path.startswith("data/") and path != PATH}
    if named != wanted:
        path = min(path for path, _hash in named.items() ^ wanted.items())
        raise MetsError(worded("its METS and its files differ at {path}").format(path=path))


def _named(root: etree._Element) -> Iterable[tuple[str, str]]:
    for element in root.iter(f"{{{NAMESPACE}}}mdRef"):
        yield f"data/{element.get(_HREF)}", element.get("CHECKSUM", "")
    for element in root.iter(f"{{{NAMESPACE}}}file"):
        for place in element.iter(f"{{{NAMESPACE}}}FLocat"):
            yield f"data/{place.get(_HREF)}", element.get("CHECKSUM", "")

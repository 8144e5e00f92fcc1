"""The structure of a package: METS 1.12, in the form of the E-ARK CSIP 2.1.

One METS for the package, one for each representation; paths are relative to the METS they
stand in. Beside the map that CSIP asks for, a representation has a logical one: case, documents,
pages, files. Source: https://earkcsip.dilcis.eu
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lxml import etree

from archiver.model.casefile import Document, Page
from archiver.package.layout import METS, representation_mets
from archiver.package.member import Member
from archiver.package.source import BagSource
from archiver.package.xml import XLINK, Maker, serialise

NAMESPACE: Final = "http://www.loc.gov/METS/"
CSIP: Final = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
PROFILE: Final = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
CONTENT: Final = "archiving-station case file"  # of no CITS that E-ARK knows
_M = Maker("mets", NAMESPACE, xlink=XLINK, csip=CSIP)
_HREF: Final = f"{{{XLINK}}}href"
_PAGE_LABEL: Final = "صفحة {number}"  # sealed bytes do not follow the language of the screen
_KINDS: Final = {"dc.xml": "DC", "mods.xml": "MODS"}

Files = Iterable[Member]
PageFiles = Mapping[int, Sequence[Member]]  # page id -> its files in a representation


def package_mets(
    source: BagSource,
    described: Sequence[Member],
    history: Member,
    groups: Mapping[str, Files],
) -> bytes:
    """`groups`: `Documentation`, `Schemas`, `Representations/NAME` -> files, in that order."""
    root = _root(source, source.bag_name)
    for file in described:
        root.append(_description(source, file))
    premis = _M(
        "digiprovMD",
        {"ID": "amd-premis", "STATUS": "CURRENT"},
        _reference(source, METS, history, MDTYPE="PREMIS"),
    )
    root.append(_M("amdSec", premis))
    root.append(_file_section(source, METS, groups))
    metadata = {
        "LABEL": "Metadata",
        "ADMID": "amd-premis",
        "DMDID": " ".join(map(_description_id, described)),
    }
    divisions = [_M("div", {"ID": "div-metadata", **metadata})]
    divisions += [_division(use) for use in groups if not use.startswith("Representations/")]
    divisions += [_pointer(use) for use in groups if use.startswith("Representations/")]
    root.append(_map(source.bag_name, divisions))
    return serialise(root)


def representation_mets_of(source: BagSource, name: str, files: Files, pages: PageFiles) -> bytes:
    """The METS of the representation `name`."""
    place, use = representation_mets(name), f"Representations/{name}/data"
    root = _root(source, name)
    root.append(_file_section(source, place, {use: files}))
    whole = _M("div", {"ID": "div-representations", "LABEL": "Representations"})
    whole.append(_M("fptr", {"FILEID": _group_id(use)}))
    metadata = _M("div", {"ID": "div-metadata", "LABEL": "Metadata"})
    root.append(_map(name, [metadata, whole]))
    paged = {file.path for theirs in pages.values() for file in theirs}
    loose = [file for file in files if file.path not in paged]
    root.append(_logical(source, loose, pages))
    return serialise(root)


def _root(source: BagSource, name: str) -> etree._Element:
    attributes = {
        "OBJID": name,
        "LABEL": _title(source),
        "TYPE": "Mixed",
        "PROFILE": PROFILE,
        f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "OTHER",
        f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE": CONTENT,
    }
    return _M("mets", attributes, _header(source))


def _title(source: BagSource) -> str:
    return source.case.title or source.case.reference


def _header(source: BagSource) -> etree._Element:
    program, _space, version = source.software.rpartition(" ")
    software = _agent(program, "SOFTWARE VERSION", version,
                      ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")  # fmt: skip
    header = _M(
        "metsHdr",
        {
            "CREATEDATE": source.sealed_at,
            "RECORDSTATUS": f"version {source.version}",
            f"{{{CSIP}}}OAISPACKAGETYPE": "SIP",
        },
        software,
        _agent(source.organization, ROLE="ARCHIVIST", TYPE="ORGANIZATION"),
        _agent(source.sealed_by.person, ROLE="CREATOR", TYPE="INDIVIDUAL"),
    )
    if source.previous:
        header.append(_M("altRecordID", {"TYPE": "replaces"}, source.previous))
    return header


def _agent(name: str, note: str = "", text: str = "", **attributes: str) -> etree._Element:
    agent = _M("agent", attributes, _M("name", name))
    if note:
        agent.append(_M("note", {f"{{{CSIP}}}NOTETYPE": note}, text))
    return agent


def _description_id(file: Member) -> str:
    return "dmd-" + file.path.rpartition("/")[2].replace(".", "-")


def _description(source: BagSource, file: Member) -> etree._Element:
    kind = _KINDS.get(file.path.rpartition("/")[2])
    words = {"MDTYPE": kind} if kind else {"MDTYPE": "OTHER", "OTHERMDTYPE": "archiving-station"}
    section = {"ID": _description_id(file), "CREATED": source.sealed_at, "STATUS": "CURRENT"}
    return _M("dmdSec", section, _reference(source, METS, file, **words))


def _reference(source: BagSource, place: str, file: Member, **words: str) -> etree._Element:
    return _M("mdRef", {**_location(place, file.path), **_fixity(source, file), **words})


def _location(place: str, path: str) -> dict[str, str]:
    """`path` as it is seen from the METS in `place`."""
    folder = place.rpartition("/")[0] + "/"
    return {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", _HREF: path.removeprefix(folder)}


def _fixity(source: BagSource, file: Member) -> dict[str, str]:
    return {
        "MIMETYPE": file.media_type,
        "SIZE": str(file.size),
        "CREATED": source.sealed_at,
        "CHECKSUM": file.sha256,
        "CHECKSUMTYPE": "SHA-256",
    }


def file_id(file: Member) -> str:
    return "file-" + file.path.removeprefix("data/").replace("/", "-")


def _group_id(use: str) -> str:
    return "group-" + use.replace("/", "-").lower()


def _file_section(source: BagSource, place: str, groups: Mapping[str, Files]) -> etree._Element:
    section = _M("fileSec", {"ID": "files"})
    for use, files in groups.items():
        words = {"ID": _group_id(use), "USE": use}
        if use.startswith("Representations"):
            words[f"{{{CSIP}}}CONTENTINFORMATIONTYPE"] = "OTHER"
            words[f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE"] = CONTENT
        section.append(_M("fileGrp", words, *(_file(source, place, file) for file in files)))
    return section


def _file(source: BagSource, place: str, file: Member) -> etree._Element:
    where = _M("FLocat", _location(place, file.path))
    return _M("file", {"ID": file_id(file), **_fixity(source, file)}, where)


def _map(label: str, divisions: Iterable[etree._Element]) -> etree._Element:
    whole = _M("div", {"ID": "div-package", "LABEL": label}, *divisions)
    return _M("structMap", {"ID": "map-csip", "TYPE": "PHYSICAL", "LABEL": "CSIP"}, whole)


def _division(use: str) -> etree._Element:
    pointer = _M("fptr", {"FILEID": _group_id(use)})
    return _M("div", {"ID": f"div-{use.lower()}", "LABEL": use}, pointer)


def _pointer(use: str) -> etree._Element:
    name = use.partition("/")[2]
    words = {**_location(METS, representation_mets(name)), f"{{{XLINK}}}title": _group_id(use)}
    return _M("div", {"ID": f"div-{name}", "LABEL": use}, _M("mptr", words))


def _logical(source: BagSource, loose: Files, pages: PageFiles) -> etree._Element:
    case = _M("div", {"TYPE": "case", "LABEL": _title(source)}, *_pointers(loose))
    case.extend(_document(source, document, pages) for document in source.documents)
    return _M("structMap", {"ID": "map-logical", "TYPE": "LOGICAL"}, case)


def _document(source: BagSource, document: Document, pages: PageFiles) -> etree._Element:
    label = source.document_label(document)
    order = str(document.position)
    div = _M("div", {"TYPE": "document", "ORDER": order, "LABEL": label})
    div.extend(_page(page, pages[page.id]) for page in source.pages_of(document))
    return div


def _page(page: Page, files: Files) -> etree._Element:
    label = _PAGE_LABEL.format(number=page.position)
    return _M(
        "div", {"TYPE": "page", "ORDER": str(page.position), "LABEL": label}, *_pointers(files)
    )


def _pointers(files: Files) -> list[etree._Element]:
    return [_M("fptr", {"FILEID": file_id(file)}) for file in files]

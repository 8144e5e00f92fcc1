"""MODS 3.8 from a profile's crosswalk.

A field's place is a path of elements under `mods`, see `places`.
"""

import re
from typing import Any, Final

from lxml import etree

from archiver.metadata.crosswalks.described import Described
from archiver.metadata.crosswalks.places import steps
from archiver.metadata.profiles import Field

NAMESPACE: Final = "http://www.loc.gov/mods/v3"
VERSION: Final = "3.8"
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATES: Final = ("dateIssued", "dateCreated", "dateOther", "dateCaptured")
_NOT_SHARED: Final = ("location",)  # its children have an order of their own


def mods(described: Described) -> bytes:
    """One `mods` record, UTF-8, indented."""
    root = element(described)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def element(described: Described) -> etree._Element:
    """One `mods` element."""
    root = etree.Element(f"{{{NAMESPACE}}}mods", nsmap={"mods": NAMESPACE}, version=VERSION)
    if not described.values.get("title"):
        _text(_made(_made(root, "titleInfo"), "title"), described.reference)
    _text(_made(root, "identifier", type="uuid"), described.uid)
    _text(_made(root, "typeOfResource"), "text")
    for field, place, value in described.fields("mods"):
        _put(root, described, field, place, value)
    said = {code for name in ("language",) for code in described.values.get(name, ())}
    for language in described.languages:
        if language not in said:
            term = _made(_made(root, "language"), "languageTerm", type="code")
            _text(term, language)
    _documents(root, described)
    _record(root, described)
    return root


def _put(root: etree._Element, described: Described, field: Field, place: str, value: Any) -> None:
    at, anew = root, False
    for name, attributes, starred in steps(place):
        anew = anew or starred or name in _NOT_SHARED
        at = _made(at, name, **attributes) if anew else _shared(at, name, attributes)
    _fill(at, described, field, value)


def _fill(at: etree._Element, described: Described, field: Field, value: Any) -> None:
    name = etree.QName(at).localname
    if name == "name":
        _text(_made(at, "namePart"), described.name(field, value))
        role = described.role(field, value) or field.label.ar
        _text(_made(_made(at, "role"), "roleTerm", type="text"), role)
    elif name in _DATES:
        _date(at, described, field, value)
    elif at.get("type") == "code":
        _text(at, str(value))
    else:
        _text(at, described.text(field, value))


def _date(at: etree._Element, described: Described, field: Field, value: Any) -> None:
    """A date beside the day that is known elsewhere is kept as it was written."""
    written = value.get("written") if isinstance(value, dict) else None
    if etree.QName(at).localname == "dateOther" and written:
        _text(at, written)
        return
    at.set("encoding", "edtf")
    _text(at, described.text(field, value))


def _documents(root: etree._Element, described: Described) -> None:
    for document in described.documents:
        item = _made(root, "relatedItem", type="constituent")
        _text(_made(_made(item, "titleInfo"), "title"), document.title or document.kind)
        _text(_made(item, "genre"), document.kind)
        if document.pages:
            _text(_made(_made(_made(item, "part"), "extent", unit="page"), "list"), document.pages)


def _record(root: etree._Element, described: Described) -> None:
    record = _made(root, "recordInfo")
    _text(_made(record, "recordContentSource"), described.organization)
    _text(_made(record, "recordCreationDate", encoding="w3cdtf"), described.created_at[:10])
    _text(_made(record, "recordIdentifier"), described.uid)
    cataloguing = _made(record, "languageOfCataloging")
    _text(_made(cataloguing, "languageTerm", type="code"), "ara")


def _made(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)


def _shared(parent: etree._Element, name: str, attributes: dict[str, str]) -> etree._Element:
    for child in parent:
        same = etree.QName(child).localname == name and child.keys() == list(attributes)
        if same and all(child.get(key) == value for key, value in attributes.items()):
            return child
    return _made(parent, name, **attributes)


def _text(at: etree._Element, text: str) -> None:
    at.text = clean(text)


def clean(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)

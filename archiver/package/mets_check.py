"""A METS held to the files beside it, and to what the E-ARK CSIP asks for."""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from archiver.i18n import _
from archiver.package.csip import unmet
from archiver.package.layout import METS, REPRESENTATIONS, representation_mets
from archiver.package.mets import NAMESPACE
from archiver.package.xml import XLINK

KEPT: Final = frozenset({METS, *map(representation_mets, REPRESENTATIONS)})
_HREF: Final = f"{{{XLINK}}}href"
_Named = dict[str, tuple[str, str]]  # path inside the bag -> (hash, size) that a METS says


class MetsError(Exception):
    """The METS and the files beside it do not agree; the message is worded for people."""


def check_mets(
    kept: Mapping[str, bytes], hashes: Mapping[str, str], sizes: Mapping[str, int], *, csip: bool
) -> None:
    """Hold every METS to the files found beside it: none missing, none unnamed, hashes as found.

    kept: the METS files themselves, by path inside the bag. csip: packages of before `seal/2`
    were in no form of E-ARK's. Raises MetsError.
    """
    named: _Named = {}
    for path in sorted(KEPT & kept.keys()):
        root = _parsed(kept[path])
        named.update(_named(root, path.rpartition("/")[0]))
        if csip and (missing := unmet(root, path, kept.keys())):
            words = _("{path} does not keep to E-ARK's {rule}")
            raise MetsError(words.format(path=path, rule=missing))
    wanted = {
        path: (hashes[path], str(sizes[path]))
        for path in hashes
        if path.startswith("data/") and path != METS
    }
    if named != wanted:
        path = min(path for path, _said in named.items() ^ wanted.items())
        raise MetsError(_("its METS and its files differ at {path}").format(path=path))


def _parsed(content: bytes) -> etree._Element:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise MetsError(_("its METS cannot be read")) from error


def _named(root: etree._Element, folder: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for element in root.iter(f"{{{NAMESPACE}}}mdRef"):
        yield f"{folder}/{element.get(_HREF)}", _said(element)
    for element in root.iter(f"{{{NAMESPACE}}}file"):
        for place in element.iter(f"{{{NAMESPACE}}}FLocat"):
            yield f"{folder}/{place.get(_HREF)}", _said(element)


def _said(element: etree._Element) -> tuple[str, str]:
    return element.get("CHECKSUM", ""), element.get("SIZE", "")

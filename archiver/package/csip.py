"""What the E-ARK Common Specification for Information Packages 2.1 demands of a METS (its MUSTs).

Each row is one requirement: its number, the elements it speaks of, and what must hold of each of
them, as XPath 1.0 from that element. Source: https://earkcsip.dilcis.eu, section 5. The Schematron
that E-ARK's own validator ships says the same, but its package asks for an lxml of years ago.
"""

from collections.abc import Container
from typing import Final

from lxml import etree

from archiver.package.layout import METS
from archiver.package.xml import XLINK

_NAMESPACES: Final = {
    "m": "http://www.loc.gov/METS/",
    "x": XLINK,
    "csip": "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
}
_HREF: Final = f"{{{XLINK}}}href"
_REFERENCE: Final = (
    "@LOCTYPE = 'URL' and @x:type = 'simple' and @x:href and @MDTYPE and @MIMETYPE"
    " and @SIZE and @CREATED and @CHECKSUM and @CHECKSUMTYPE"
)
_MAP: Final = "m:structMap[@LABEL = 'CSIP']"
_PACKAGES: Final = " or ".join(
    f"@csip:OAISPACKAGETYPE = '{kind}'" for kind in ("SIP", "AIP", "DIP", "AIU", "AIC")
)
_EVERYWHERE: Final = (
    ("CSIP1", ".", "@OBJID != ''"),
    ("CSIP2", ".", "@TYPE != '' and (@TYPE != 'Other' or @csip:OTHERTYPE != '')"),
    ("CSIP5", ".", "@csip:CONTENTINFORMATIONTYPE != 'OTHER' or @csip:OTHERCONTENTINFORMATIONTYPE"),
    ("CSIP6", ".", "@PROFILE != ''"),
    ("CSIP117", ".", "count(m:metsHdr) = 1"),
    ("CSIP7", "m:metsHdr", "@CREATEDATE"),
    ("CSIP9", "m:metsHdr", _PACKAGES),
    (
        "CSIP10-16",
        "m:metsHdr",
        "m:agent[@ROLE = 'CREATOR' and @TYPE = 'OTHER' and @OTHERTYPE = 'SOFTWARE' and m:name"
        " and m:note[@csip:NOTETYPE = 'SOFTWARE VERSION']]",
    ),
    ("CSIP18-19", "m:dmdSec", "@ID and @CREATED"),
    ("CSIP22-30", "m:dmdSec/m:mdRef", _REFERENCE),
    ("CSIP33", "m:amdSec/m:digiprovMD", "@ID"),
    ("CSIP36-44", "m:amdSec/m:digiprovMD/m:mdRef", _REFERENCE),
    ("CSIP59", "m:fileSec", "@ID"),
    ("CSIP114", "m:fileSec", "m:fileGrp[starts-with(@USE, 'Representations')]"),
    ("CSIP64-66", "m:fileSec/m:fileGrp", "@USE and @ID and m:file"),
    (
        "CSIP67-72",
        "m:fileSec/m:fileGrp/m:file",
        "@ID and @MIMETYPE and @SIZE and @CREATED and @CHECKSUM and @CHECKSUMTYPE",
    ),
    (
        "CSIP76-79",
        "m:fileSec/m:fileGrp/m:file",
        "m:FLocat[@LOCTYPE = 'URL' and @x:type = 'simple' and @x:href]",
    ),
    ("CSIP80-82", ".", f"count({_MAP}[@TYPE = 'PHYSICAL']) = 1"),
    ("CSIP83-84", _MAP, "@ID and count(m:div) = 1"),
    ("CSIP85-86", f"{_MAP}/m:div", "@ID and @LABEL = /m:mets/@OBJID"),
    ("CSIP88-90", f"{_MAP}/m:div", "m:div[@LABEL = 'Metadata' and @ID]"),
)  # fmt: skip
_OF_A_PACKAGE: Final = (
    ("CSIP60", "m:fileSec", "m:fileGrp[@USE = 'Documentation']"),
    ("CSIP113", "m:fileSec", "m:fileGrp[@USE = 'Schemas']"),
    ("CSIP93-96", f"{_MAP}/m:div", "m:div[@LABEL = 'Documentation' and @ID]/m:fptr/@FILEID"),
    ("CSIP97-100", f"{_MAP}/m:div", "m:div[@LABEL = 'Schemas' and @ID]/m:fptr/@FILEID"),
    (
        "CSIP105-112",
        f"{_MAP}/m:div/m:div[starts-with(@LABEL, 'Representations/')]",
        "@ID and m:mptr[@x:title = /m:mets/m:fileSec/m:fileGrp/@ID and @x:href"
        " and @x:type = 'simple' and @LOCTYPE = 'URL']",
    ),
)
_OF_A_REPRESENTATION: Final = (
    ("CSIP4", ".", "@csip:CONTENTINFORMATIONTYPE != ''"),
    ("CSIP101-104", f"{_MAP}/m:div", "m:div[@LABEL = 'Representations' and @ID]/m:fptr/@FILEID"),
)


RULES: Final = (*_EVERYWHERE, *_OF_A_PACKAGE, *_OF_A_REPRESENTATION)


def unmet(root: etree._Element, path: str, paths: Container[str]) -> str:
    """The first requirement that the METS `root`, found at `path`, does not meet; "" for none.

    `paths`: the METS files of the package: the pointers of the package's own must lead to them.
    """
    own = _OF_A_PACKAGE if path == METS else _OF_A_REPRESENTATION
    for rule, context, test in (*_EVERYWHERE, *own):
        for element in _found(root, context):
            if not element.xpath(f"boolean({test})", namespaces=_NAMESPACES):
                return str(rule)
    for pointer in _found(root, "//m:mptr"):
        if f"data/{pointer.get(_HREF)}" not in paths:
            return "CSIP110"
    return ""


def _found(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path, namespaces=_NAMESPACES)
    each = found if isinstance(found, list) else []
    return [element for element in each if isinstance(element, etree._Element)]

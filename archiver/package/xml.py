"""The few things every XML file of a package shares."""

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

XLINK: Final = "http://www.w3.org/1999/xlink"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


class Maker:
    """Makes elements of one namespace: `make("tag", {attributes}, "text" or children…)`."""

    def __init__(self, prefix: str, namespace: str, **others: str) -> None:
        self._namespace, self._prefixes = namespace, {prefix: namespace, **others}

    def __call__(
        self, tag: str, *parts: etree._Element | str | Mapping[str, str]
    ) -> etree._Element:
        element = etree.Element(f"{{{self._namespace}}}{tag}", nsmap=self._prefixes)
        for part in parts:
            if isinstance(part, str):
                element.text = clean(part)
            elif isinstance(part, Mapping):
                for name, value in part.items():
                    element.set(name, clean(value))
            else:
                element.append(part)
        return element


def serialise(root: etree._Element) -> bytes:
    """UTF-8, indented: the same tree gives the same bytes."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"

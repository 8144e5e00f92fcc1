"""The published schemas, where ARCHIVER_XSD names a folder that has them, all or some."""

import os
from pathlib import Path

import pytest
from lxml import etree

FOLDER = Path(os.environ.get("ARCHIVER_XSD", "/nowhere"))
MODS = {"mods-3-8": "3.8", "mods-3-4": "3.4"}
"""Schema -> the version a record of it names; the later adds elements and takes none away."""


def is_there(name: str) -> bool:
    return (FOLDER / f"{name}.xsd").is_file()


def needs(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not is_there(name), reason=f"ARCHIVER_XSD has no {name}.xsd")


class _Local(etree.Resolver):
    """What a schema imports, from the folder instead of the net."""

    def resolve(self, system_url: str, public_id: str, context: object) -> object:
        name = Path(system_url).name
        found = [FOLDER / n for n in (name, f"mods-{name}") if (FOLDER / n).is_file()]
        return self.resolve_filename(str(found[0]), context) if found else None


def assert_valid(name: str, data: bytes) -> None:
    """`data` against the schema `name`; MODS of the version that the schema is of."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    root = etree.fromstring(data)
    if name in MODS:
        root.set("version", MODS[name])
    etree.XMLSchema(etree.parse(FOLDER / f"{name}.xsd", parser)).assertValid(root)

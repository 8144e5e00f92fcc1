"""Where everything stands in a package: one E-ARK information package inside the bag."""

from typing import Final

METS: Final = "data/METS.xml"
METADATA: Final = "data/metadata"
DESCRIPTIVE: Final = f"{METADATA}/descriptive"
PREMIS: Final = f"{METADATA}/preservation/premis.xml"
RECORD: Final = f"{METADATA}/other/record.json"
TABLE: Final = f"{METADATA}/metadata.csv"  # where Archivematica looks for it
README: Final = "data/documentation/readme.txt"
EXTENSION: Final = "data/schemas/csip-attributes.xsd"
REPRESENTATIONS: Final = ("master", "access")


def representation(name: str) -> str:
    return f"data/representations/{name}"


def representation_mets(name: str) -> str:
    return f"{representation(name)}/METS.xml"


def content(name: str) -> str:
    """The folder of a representation's own files."""
    return f"{representation(name)}/data"

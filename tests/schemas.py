"""The published schemas, where ARCHIVER_XSD names a folder that has them, all or some."""

import os
from pathlib import Path

FOLDER = Path(os.environ.get("ARCHIVER_XSD", "/nowhere"))


def is_there(name: str) -> bool:
    return (FOLDER / f"{name}.xsd").is_file()

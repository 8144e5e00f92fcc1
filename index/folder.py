"""An index folder: made elsewhere and put in place whole, stamped with what it was made by."""

import json
import os
import shutil
from pathlib import Path
from typing import Final

from index.errors import IndexDamaged, IndexOutdated

_STAMP: Final = "index.json"


def write_stamp(folder: Path, version: str) -> None:
    """Record, durably, what made the index: to be called when the rest is written."""
    part = folder / f"{_STAMP}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump({"version": version}, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / _STAMP)
    sync_folder(folder)


def check_stamp(folder: Path, version: str) -> None:
    """Raises IndexDamaged where there is no whole index, IndexOutdated where it is another's."""
    try:
        stamp = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder, f"no readable {_STAMP}: {error}") from error
    found = stamp.get("version") if isinstance(stamp, dict) else None
    if found != version:
        raise IndexOutdated(folder, f"made by {found}, wanted {version}")


def put_in_place(made: Path, folder: Path) -> None:
    """Let the folder `made` take the place of `folder`, beside it on the same disk.

    Readers of the old one go on with it until they open again. A kill in between leaves no
    index, which its next opener sees as IndexDamaged.
    """
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    made.rename(folder)
    sync_folder(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def fresh_folder(beside: Path) -> Path:
    """An empty folder to make an index in, before it is put in place."""
    made = beside.with_name(f".{beside.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    return made


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` safe."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""A case list from outside: CSV or a spreadsheet, read in a limited process."""

import logging
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from archiver.capture.cell import Cell, ChildFailed, ChildSlow, TemplateFailed
from archiver.capture.delivered import garbled, refusal
from archiver.capture.names import check_name, visible
from archiver.capture.snapshot import copy_file
from archiver.errors import DamagedFile, ToolMissing, TooSlow
from archiver.i18n import N_, _
from archiver.settings import Limits

CSV: Final = "text/csv"
SPREADSHEET: Final = "application/vnd.ms-excel"
_TEMPLATE: Final = (sys.executable, "-m", "archiver.capture.listed")
_MOST_MEGABYTES: Final = 100
_SHEET_HEADS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # xlsx, ods; xls
_SOURCE: Final = "source"
_OPENER: Final = N_("The program that opens files")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # in the file, from 1
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """why: cells, letters or hidden; fact: how many, or which character."""

    number: int
    why: str
    fact: str


@dataclass(frozen=True, slots=True)
class ListedFile:
    name: str
    sha256: str
    encoding: str  # "" of a spreadsheet
    delimiter: str
    rows: tuple[Row, ...]
    refused: tuple[BadRow, ...]


def read_list(path: Path, limits: Limits, into: Path) -> ListedFile:
    """Every row of `path` that is not empty. `into`: a folder for the copy that is opened.

    Raises an `InputError` that names the file, DiskFull, or ToolMissing.
    """
    check_name(path)
    name = visible(path.name)
    with tempfile.TemporaryDirectory(dir=into) as folder, closing(Cell(_TEMPLATE)) as cell:
        most = min(limits.file_megabytes, _MOST_MEGABYTES)
        head, digest = copy_file(path, Path(folder) / _SOURCE, most)
        kind = SPREADSHEET if head.startswith(_SHEET_HEADS) else CSV
        try:
            with closing(_answers(cell, folder, kind, limits, name)) as answers:
                return _gathered(answers, name, digest, Path(folder))
        except (ValueError, TypeError, KeyError) as error:
            raise garbled(name) from error


def _answers(
    cell: Cell, folder: str, kind: str, limits: Limits, name: str
) -> Generator[dict[str, Any], None, None]:
    request = {
        "folder": str(Path(folder).resolve()),
        "source": _SOURCE,
        "media_type": kind,
        "seconds": limits.seconds_per_file,
        "pages": 1,
        "megapixels": limits.megapixels,
        "file_megabytes": limits.file_megabytes,
        "memory_megabytes": limits.memory_megabytes,
    }
    try:
        yield from cell.answers(request, limits.seconds_per_file)
    except TemplateFailed as error:
        raise ToolMissing(tool=_(_OPENER), detail=error.status) from error
    except ChildSlow as error:
        raise TooSlow(name=name, seconds=limits.seconds_per_file) from error
    except ChildFailed as error:
        _log.info("the child for %s ended with %d", name, error.status)
        detail = _("the program that opens files stopped on it")
        raise DamagedFile(name=name, detail=detail) from error


def _gathered(
    answers: Iterator[dict[str, Any]], name: str, digest: str, folder: Path
) -> ListedFile:
    """Raises ValueError, TypeError or KeyError for an answer that no sound child gives."""
    how: dict[str, Any] = {}
    rows: list[Row] = []
    refused: list[BadRow] = []
    for answer in answers:
        if "error" in answer:
            raise refusal(answer, name, folder)
        if "how" in answer:
            how = dict(answer["how"])
            continue
        rows += [Row(int(n), tuple(str(cell) for cell in cells)) for n, cells in answer["rows"]]
        refused += [BadRow(int(n), str(why), str(fact)) for n, why, fact in answer["refused"]]
    return ListedFile(
        name,
        digest,
        str(how["encoding"]),
        str(how["delimiter"]),
        tuple(rows),
        tuple(refused),
    )

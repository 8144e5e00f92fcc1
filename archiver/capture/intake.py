"""Files that nobody vouches for come in here: one file, its pages, or one clear error.

The file is copied once, so that what is checked is what is kept (disks vanish, scanner software
still writes), and so that no outside tool ever meets its name. The copy is opened in a limited
process (see `cell`); what comes back is checked like any other input.
"""

import errno
import logging
import signal
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from archiver.capture.cell import Cell, ChildFailed, ChildSlow, TemplateFailed
from archiver.capture.delivered import Delivered, delivered, garbled, refusal
from archiver.capture.names import check_name, visible
from archiver.capture.snapshot import take_copy
from archiver.errors import (
    ArchiverError,
    DamagedFile,
    DiskFull,
    StorageFailed,
    ToolMissing,
    TooSlow,
)
from archiver.i18n import N_, _
from archiver.settings import Limits

_SOURCE: Final = "source"
_TRACE: Final = "trace"
_TRACE_LETTERS: Final = 4000
_OPENER: Final = N_("The program that opens files")
_STOPPED: Final = N_("the program that opens files stopped on it")

_log = logging.getLogger(__name__)


class Intake:
    """Opens untrusted files, one after the other. Not for several threads at once.

    Worth keeping for a whole import: the process behind it starts once.
    """

    def __init__(self, limits: Limits, cell: Cell | None = None) -> None:
        self._limits = limits
        self.sha256 = ""  # of the file that was unpacked last
        self._cell = cell or Cell()

    def __enter__(self) -> "Intake":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._cell.close()

    def unpack(self, path: Path, into: Path) -> Generator[Delivered, None, None]:
        """The pages of `path`, in order, each as soon as it is there; their files lie in `into`.

        Raises an `InputError` that names the file, DiskFull, StorageFailed or ToolMissing. Pages
        that came before the error are no part of a good file: the caller drops them, and their
        files, as far as they still lie in `into`, are removed here. To be closed if left early.
        """
        check_name(path)
        came: list[Delivered] = []
        try:
            with _disk_errors(into), tempfile.TemporaryDirectory(dir=into) as folder:
                for page in self._pages(path, Path(folder), into):
                    came.append(page)
                    yield page
        except ArchiverError:
            for page in came:
                page.remove()
            raise

    def _pages(self, path: Path, folder: Path, into: Path) -> Iterator[Delivered]:
        name = visible(path.name)
        copy = folder / _SOURCE
        media_type, self.sha256 = take_copy(path, copy, self._limits.file_megabytes)
        expected, pages = 1, 0
        try:
            for answer in self._answers(folder, media_type):
                if "error" in answer:
                    raise refusal(answer, name, into)
                page = delivered(answer, expected, folder, into)
                expected, pages = expected + 1, page.pages
                yield page
        except TemplateFailed as error:
            raise ToolMissing(tool=_(_OPENER), detail=error.status) from error
        except ChildSlow as error:
            raise TooSlow(name=name, seconds=self._limits.seconds_per_file) from error
        except ChildFailed as error:
            _log.info("the child for %s ended with %d\n%s", name, error.status, _trace(folder))
            if error.status == -signal.SIGXCPU:
                raise TooSlow(name=name, seconds=self._limits.seconds_per_file) from error
            raise DamagedFile(name=name, detail=_(_STOPPED)) from error
        except (ValueError, FileNotFoundError) as error:
            raise garbled(name) from error
        if not pages or expected != pages + 1:
            raise garbled(name)

    def _answers(self, folder: Path, media_type: str) -> Iterator[dict[str, Any]]:
        request = {
            "folder": str(folder.resolve()),
            "source": _SOURCE,
            "media_type": media_type,
            "seconds": self._limits.seconds_per_file,
            "pages": self._limits.pages_per_file,
            "megapixels": self._limits.megapixels,
            "file_megabytes": self._limits.file_megabytes,
            "memory_megabytes": self._limits.memory_megabytes,
        }
        return self._cell.answers(request, self._limits.seconds_per_file)


def unpack(path: Path, into: Path, limits: Limits) -> Iterator[Delivered]:
    """`Intake.unpack` for a single file."""
    with Intake(limits) as intake:
        yield from intake.unpack(path, into)


@contextmanager
def _disk_errors(into: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(path=into) from error
        raise StorageFailed(path=error.filename or into, detail=error.strerror) from error


def _trace(folder: Path) -> str:
    try:
        return (folder / _TRACE).read_text("utf-8", "replace")[-_TRACE_LETTERS:]
    except OSError:
        return ""

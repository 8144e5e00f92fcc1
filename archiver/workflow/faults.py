"""The border where the machine's faults become words for people."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from archiver.errors import ArchiveDamaged, DiskFull, StorageFailed

FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_LEAST_ROOM_BYTES: Final = 1 << 20


@contextmanager
def storage_faults(path: Path) -> Iterator[None]:
    """Raise DiskFull, StorageFailed or ArchiveDamaged for what the disk under `path` did."""
    try:
        yield
    except BrokenPipeError:  # whoever read our words went away: no fault of the disk
        raise
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(path=path) from error
        raise StorageFailed(path=error.filename or path, detail=error.strerror or error) from error
    except sqlite3.OperationalError as error:
        if "full" in str(error) or ("I/O" in str(error) and has_no_room(path)):
            raise DiskFull(path=path) from error
        raise StorageFailed(path=path, detail=error) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise  # a bug of ours
        raise ArchiveDamaged(detail=error) from error


def has_no_room(path: Path) -> bool:
    """SQLite calls it an I/O error where its small shared-memory file does not fit."""
    return shutil.disk_usage(path).free < _LEAST_ROOM_BYTES

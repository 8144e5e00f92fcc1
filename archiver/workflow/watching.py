"""A folder that scanner software fills: what is complete is taken in, then moved aside.

Files go to `done/` once they are durable here, to `refused/` with the reason beside them, and are
never removed. A kill in between is mended at the next look: the archive knows every file's hash.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from archiver.capture.names import visible
from archiver.capture.zips import is_zip
from archiver.errors import (
    AlreadyImported,
    ArchiverError,
    BadCaseNumber,
    FileMissing,
    InputError,
    RequestRefused,
    StorageFailed,
)
from archiver.i18n import N_, digits, isolate, ngettext
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.identity import CaseKey
from archiver.model.lot import Lot
from archiver.store.durable import sync_folder, write_bytes
from archiver.workflow.importing import import_files
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station

By = Literal["subfolder", "slip"]
DONE: Final = "done"
REFUSED: Final = "refused"
_UNFINISHED: Final = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", "~")
_SLUG: Final = re.compile(r"([a-z][a-z_]*)-([0-9]+)-([0-9]+)")
_PLAIN: Final = re.compile(r"(\d+)\s*[-_]\s*(\d+)")
_NAME_BYTES: Final = 200

Signature = tuple[int, int]  # size, time of change in ns


class FolderGone(RequestRefused):
    what = N_("The folder {path} is not there.")
    advice = N_("Nothing is lost. Connect the disk again: taking in goes on by itself.")


class UnknownFolder(InputError):
    what = N_("The folder {name} is named for no case; its files were left where they are.")
    advice = N_("Name it by number and year, such as 99001-93 or civil-99001-93.")


@dataclass(frozen=True, slots=True)
class Ready:
    """Files of one folder that are complete, in their order. key: None where slips lead."""

    folder: Path
    key: CaseKey | None
    files: tuple[Path, ...]


@dataclass(slots=True)
class Watch:
    """What was seen of a folder so far. by: each subfolder is a case file, or slips say so."""

    folder: Path
    by: By
    series: str
    quiet_seconds: float = 2.0
    unknown: tuple[str, ...] = ()  # subfolders whose name says no case
    waiting: int = 0  # files that are still being written
    _seen: dict[Path, tuple[Signature, float]] = field(default_factory=dict)
    _left: dict[Path, Signature] = field(default_factory=dict)  # not to be tried again

    def look(self) -> tuple[Ready, ...]:
        """What is complete now: as it was `quiet_seconds` ago. Raises FolderGone."""
        if not self.folder.is_dir():
            raise FolderGone(path=self.folder)
        self.waiting, unknown, found = 0, [], []
        try:
            for folder in self._folders():
                key = self._key(folder)
                if key is None and self.by == "subfolder":
                    unknown.append(folder.name)
                elif files := self._quiet(folder):
                    found.append(Ready(folder, key, files))
        except OSError as error:
            raise FolderGone(path=self.folder) from error
        self.unknown = tuple(unknown)
        return tuple(found)

    def leave(self, path: Path) -> None:
        """Do not try `path` again until it changes."""
        signature = _signature(path)
        if signature:
            self._left[path] = signature

    def _folders(self) -> Iterator[Path]:
        if self.by == "slip":
            yield self.folder
        for path in sorted(self.folder.iterdir(), key=_order):
            if path.is_dir() and path.name not in (DONE, REFUSED) and path.name[0] != ".":
                yield path

    def _key(self, folder: Path) -> CaseKey | None:
        return key_of(folder.name, self.series) if self.by == "subfolder" else None

    def _quiet(self, folder: Path) -> tuple[Path, ...]:
        """The complete files up to the first that is not: what comes later keeps its place."""
        found: list[Path] = []
        still = 0
        for path in sorted(folder.iterdir(), key=_order):
            if path.name[0] == "." or path.name.lower().endswith(_UNFINISHED):
                continue
            signature = _signature(path)
            if signature is None or self._left.get(path) == signature:
                continue
            still += not self._is_quiet(path, signature)
            if not still:
                found.append(path)
        self.waiting += still
        return tuple(found)

    def _is_quiet(self, path: Path, signature: Signature) -> bool:
        now = time.monotonic()
        before, since = self._seen.get(path, (None, now))
        if before != signature:
            self._seen[path] = signature, now
            return self.quiet_seconds <= 0
        return now - since >= self.quiet_seconds


def key_of(name: str, series: str) -> CaseKey | None:
    """The case that a folder's name says: 99001-93, civil-99001-93, or any written form."""
    slug = _SLUG.fullmatch(name)
    if slug:
        series, name = slug[1], f"{slug[2]}/{slug[3]}"
    try:
        return CaseKey.parse(_PLAIN.sub(r"\1/\2", name), series)
    except BadCaseNumber:
        return None


@guarded(Right.TAKE_IN)
def take(
    station: Station,
    actor: Actor,
    watch: Watch,
    ready: Sequence[Ready],
    *,
    lot: Lot | None = None,
    language: str = "ara",
) -> Iterator[Step]:
    """Take in what is ready, and move it aside. Raises DiskFull, StorageFailed: what was moved is
    safe, the rest stays where it is for the next try."""
    cases: dict[int, None] = {}
    pages: list[int] = []
    counts = {DONE: 0, REFUSED: 0}
    for group in ready:
        for files in _lots_of(group.files):
            known = {} if group.key else {"stream": f"watch {group.folder.resolve()}"}
            steps = import_files(
                station, actor, files, key=group.key, lot=lot, language=language, **known
            )
            refused: dict[str, list[ArchiverError]] = {}
            try:
                for step in steps:
                    match step:
                        case Notice(error, subject):
                            refused.setdefault(subject, []).append(error)
                            if not isinstance(error, AlreadyImported):
                                yield step
                        case Changed():
                            cases.update(dict.fromkeys(step.cases))
                            pages += step.pages
                        case Progress():
                            yield step
            except RequestRefused as error:  # a sealed case file, a series nobody knows
                for path in files:
                    watch.leave(path)
                yield Notice(error, visible(group.folder.name))
                continue
            for path in files:
                yield from _put_aside(watch, path, refused, counts)
    yield Changed(
        "watch",
        cases=tuple(cases),
        pages=tuple(pages),
        facts={"files": counts[DONE], "pages": len(pages), "refused": counts[REFUSED],
               "cases": len(cases)},
        sentence=_told(len(pages), counts[REFUSED]),
    )  # fmt: skip


def _lots_of(files: Sequence[Path]) -> Iterator[list[Path]]:
    """A zip goes alone, so that it is known which of its files were refused."""
    together: list[Path] = []
    for path in files:
        if is_zip(path):
            if together:
                yield together
            yield [path]
            together = []
        else:
            together.append(path)
    if together:
        yield together


def _put_aside(
    watch: Watch, path: Path, refused: dict[str, list[ArchiverError]], counts: dict[str, int]
) -> Iterator[Step]:
    told = [error for errors in refused.values() for error in errors]
    mine = told if is_zip(path) else refused.get(visible(path.name), [])
    wrong = [error for error in mine if not isinstance(error, AlreadyImported)]
    if any(isinstance(error, FileMissing) for error in wrong):
        watch.leave(path)  # it went away, or may not be read: nothing to move
        return
    where = REFUSED if wrong else DONE
    try:
        moved = _move(watch.folder, path, where)
        if wrong:
            words = "\n".join(f"{error}\n{error.way_out()}" for error in wrong)
            write_bytes(Path(f"{moved}.txt"), f"{words}\n".encode())
        counts[where] += 1
    except OSError as error:
        watch.leave(path)
        yield Notice(StorageFailed(path=path, detail=error.strerror), visible(path.name))


def _move(root: Path, path: Path, where: str) -> Path:
    """`path` to the same place below `root`/`where`, on the disk when this returns.

    Raises OSError; nothing is made where the disk is gone, so that an empty mount point stays so.
    """
    path.lstat()
    folder = root / where
    folder.mkdir(exist_ok=True)
    for part in path.parent.relative_to(root).parts:
        folder /= part
        folder.mkdir(exist_ok=True)
    to = folder / _clipped(visible(path.name))
    number = 1
    while to.exists():
        number += 1
        to = folder / f"{number}-{_clipped(visible(path.name))}"
    path.rename(to)
    sync_folder(folder)
    sync_folder(path.parent)
    return to


def _clipped(name: str) -> str:
    """A name that leaves room for a number before it and `.txt` behind."""
    suffix = Path(name).suffix
    stem = name.removesuffix(suffix).encode()[: max(1, _NAME_BYTES - len(suffix.encode()))]
    return stem.decode("utf-8", "ignore") + suffix


def _told(pages: int, refused: int) -> str:
    words = ngettext("{count} page was taken in.", "{count} pages were taken in.", pages)
    told = words.format(count=digits(pages))
    if refused:
        more = ngettext("{count} file was refused; the reason lies beside it in {folder}.",
                        "{count} files were refused; the reasons lie beside them in {folder}.",
                        refused)  # fmt: skip
        told += " " + more.format(count=digits(refused), folder=isolate(REFUSED))
    return told


def left_alone(watch: Watch) -> Iterator[Notice]:
    """The subfolders that say no case."""
    for name in watch.unknown:
        yield Notice(UnknownFolder(name=visible(name)), visible(name))


def _order(path: Path) -> tuple[tuple[int, int, str], ...]:
    """As people count: 2 before 10."""
    parts = re.findall(r"\d+|\D+", path.name)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def _signature(path: Path) -> Signature | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if path.is_file() else None

"""What only a Whoosh folder can suffer: foreign pickles, harm to its files, power lost."""

import errno
import os
import pickle
from pathlib import Path

import pytest

from index.engine import FACETS
from index.errors import IndexDamaged, IndexNotWritten
from index.query import parse
from index.whoosh_codec import Codec
from index.whoosh_engine import WhooshEngine
from tests.index_engines import KEY, PAGES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = WhooshEngine.create(tmp_path / "index", KEY)
    made.add(PAGES)
    made.commit()
    made.add(PAGES[:1])
    made.commit()
    return made.folder


def _full(*_asked: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_writer_that_finds_the_disk_full_while_it_begins_keeps_nobody_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(folder, KEY)
    with monkeypatch.context() as disk:
        disk.setattr(Codec, "per_document_writer", _full)
        with pytest.raises(IndexNotWritten) as told:
            engine.add(PAGES)
    other = WhooshEngine(folder, KEY)
    for one in (other, engine):
        one.add(PAGES)
        one.commit()
    assert told.tb, "as long as somebody holds the error, it holds what was half made"
    assert other.count() == len(PAGES)


def test_closing_beside_a_full_disk_keeps_nobody_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(folder, KEY)
    engine.add(PAGES)
    monkeypatch.setattr(engine._writer, "_close_segment", _full)
    engine.close()
    other = WhooshEngine(folder, KEY)
    other.add(PAGES)
    other.commit()
    assert other.count() == len(PAGES)


class _Harm:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.mark,)


def _ask_all(folder: Path, key: bytes = KEY) -> None:
    engine = WhooshEngine(folder, key)
    engine.search(parse('"الدفاع الجوهري" OR عقد OR نقض*'), facets=FACETS)
    engine.held(1, 3)


@pytest.mark.parametrize("kind", ["_MAIN_*.toc", "*.pst", "*.trm", "*.col"])
def test_a_foreign_pickle_is_not_opened(folder: Path, tmp_path: Path, kind: str) -> None:
    _ask_all(folder)
    mark = tmp_path / "harmed"
    for path in folder.glob(kind):
        whole = path.read_bytes()
        path.write_bytes(pickle.dumps(_Harm(mark)) + whole)
    with pytest.raises(IndexDamaged, match="not written by this station"):
        _ask_all(folder)
    assert not mark.exists()


def test_a_newer_table_of_contents_from_elsewhere(folder: Path, tmp_path: Path) -> None:
    other = WhooshEngine.create(tmp_path / "other", b"another key")
    for _ in range(5):
        other.add(PAGES)
        other.commit()
    (toc,) = other.folder.glob("_MAIN_*.toc")
    for path in (toc, *other.folder.glob("seal-*.json")):
        (folder / path.name).write_bytes(path.read_bytes())
    with pytest.raises(IndexDamaged, match="not written by this station"):
        _ask_all(folder)


def test_an_index_of_another_station(folder: Path) -> None:
    with pytest.raises(IndexDamaged, match="not written by this station"):
        _ask_all(folder, b"another key")


@pytest.mark.parametrize("kind", ["index.json", "_MAIN_*.toc", "*.pst", "*.trm", "seal-*.json"])
@pytest.mark.parametrize("harm", ["cut", "removed"])
def test_a_harmed_file_is_damage(folder: Path, kind: str, harm: str) -> None:
    for path in folder.glob(kind):
        if harm == "removed":
            path.unlink()
        else:
            os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(IndexDamaged):
        _ask_all(folder)


def test_all_is_on_the_disk_before_it_is_seen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file of a commit is synced before its table of contents has its name."""
    synced: set[int] = set()
    fsync, rename = os.fsync, os.rename
    unsafe: list[str] = []

    def sync(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def seen(old: str, new: str) -> None:
        if new.endswith(".toc"):
            before = {path.stat().st_ino: path.name for path in folder.iterdir() if path.is_file()}
            unsafe.extend(name for inode, name in before.items() if inode not in synced | known)
        rename(old, new)

    known = {path.stat().st_ino for path in folder.iterdir()}
    engine = WhooshEngine(folder, KEY)
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "rename", seen)
    engine.add(PAGES[1:2])
    engine.commit()
    assert len(synced) > 5
    assert unsafe == []

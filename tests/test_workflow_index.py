"""The index made anew while the old one answers, compared with the archive, and kept from eyes."""

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archiver import app
from archiver.errors import BadQuery, IndexLost, UnknownEngine
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Progress, Step
from archiver.settings import Identity, read_settings, with_engine
from archiver.store import search_index
from archiver.workflow import analysts, rebuilding
from archiver.workflow.index_check import verify_index
from archiver.workflow.indexing import index_pending, index_state
from archiver.workflow.processing import process
from archiver.workflow.rebuilding import rebuild
from archiver.workflow.search import NothingRead, search, suggest
from archiver.workflow.station import Station
from tests.searched import fill

ACTOR = Actor("mona", "operator", "s", "c")
"""Who does it all."""
WORK = "Making the search index anew"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    app.init_archive(tmp_path / "archive", ACTOR, Identity())
    return tmp_path / "archive"


@pytest.fixture
def station(root: Path) -> Iterator[Station]:
    with app.open_station(root) as opened:
        fill(opened, 60)
        index_pending(opened)
        yield opened


def last(steps: Iterator[Step]) -> Changed:
    *_, changed = steps
    assert isinstance(changed, Changed)
    return changed


def total(station: Station, query: str) -> int:
    return search(station, query).total


def test_the_other_engine_takes_over(
    station: Station, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_ALONE", 0)
    with app.open_station(root, write=False) as reader:
        assert total(reader, "رقم7") == 1
        steps = rebuild(station, ACTOR, engine="whoosh")
        next(steps)
        assert total(reader, "رقم7") == 1  # the old one answers meanwhile
        changed = last(steps)
        assert (changed.facts["pages"], changed.facts["engine"]) == (60, "whoosh")
        assert total(reader, "عقد") == total(station, "عقد") == 60
        assert reader.index.version.startswith("whoosh")
    assert read_settings(root).index.engine == "whoosh"
    assert [path.name for path in (root / "index").iterdir()] == ["3"]
    station.close()
    with app.open_station(root) as again:
        fill(again, 10, first=101)
        assert index_pending(again) == 10
        assert total(again, "رقم105") == 1
        assert last(rebuild(again, ACTOR, engine="tantivy")).facts["pages"] == 70
        assert total(again, "رقم105") == 1


def test_what_changes_meanwhile_is_taken_in(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_BATCH", 20)
    steps = rebuild(station, ACTOR)
    for _ in range(3):
        next(steps)
    with station.database.transaction() as connection:
        connection.execute("UPDATE page SET text = 'كلمة جديدة', indexed = 0 WHERE id = 3")
        connection.execute("UPDATE page SET text = 'كلمة أخرى', indexed = 0 WHERE id = 59")
    last(steps)
    assert total(station, "جديدة") == total(station, "أخرى") == 1
    assert total(station, "رقم3") == total(station, "رقم59") == 0
    assert station.index.count() == 60
    assert last(verify_index(station, ACTOR)).facts["stale"] == 0


def test_a_page_is_found_soon_after_it_was_read(station: Station, root: Path) -> None:
    over = threading.Event()

    def ask_on() -> None:
        with app.open_station(root, write=False) as reader:
            while not over.is_set():
                total(reader, "صفحة عقود تزوبر")

    asker = threading.Thread(target=ask_on)
    asker.start()
    seconds = []
    try:
        for first in range(61, 131, 10):
            fill(station, 10, first)
            read = time.monotonic()
            index_pending(station, more=True)
            assert total(station, f"رقم{first + 9}") == 1
            seconds.append(time.monotonic() - read)
    finally:
        over.set()
        asker.join()
    # 1 s more may pass before it is looked for. The machine may be busy with other tests.
    assert min(seconds) < 1.0


def test_a_stopped_rebuild_goes_on(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "_BATCH", 20)
    steps = rebuild(station, ACTOR)
    for _ in range(3):
        next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator
    building = search_index.state(station.database.connection).building
    changed = last(rebuild(station, ACTOR))
    assert changed.facts["pages"] in (20, 40)
    assert search_index.state(station.database.connection).live == building
    assert station.index.count() == 60


_KILLED = """
import os, signal, sys
from pathlib import Path
from archiver import app
from archiver.workflow import rebuilding
from archiver.model.actor import Actor
rebuilding._BATCH = 10
with app.open_station(Path(sys.argv[1])) as station:
    for number, _ in enumerate(rebuilding.rebuild(station, Actor("a", "b", "c", "d"))):
        if number == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("step", [1, 4])
def test_a_killed_rebuild_goes_on(root: Path, station: Station, step: int) -> None:
    station.close()
    command = [sys.executable, "-c", _KILLED, str(root), str(step)]
    assert subprocess.run(command, timeout=60, check=False).returncode == -signal.SIGKILL
    with app.open_station(root) as again:
        assert total(again, "عقد") == 60
        assert last(rebuild(again, ACTOR)).facts["pages"] == 60 - 10 * step
        assert again.index.count() == 60
        assert last(verify_index(again, ACTOR)).facts == {
            "act": "verify", "pages": 60, "missing": 0, "stale": 0, "extra": 0, "examples": [],
            "mended": False, "engine": "tantivy",
        }  # fmt: skip


def test_verify_tells_and_mends(station: Station) -> None:
    station.index.delete([1, 2])
    with station.database.transaction() as connection:
        connection.execute("UPDATE page SET text = 'كلمة جديدة' WHERE id = 5")
        connection.execute("UPDATE page SET state = 'waiting' WHERE id = 9")
    station.index.commit()
    facts = last(verify_index(station, ACTOR)).facts
    assert (facts["missing"], facts["stale"], facts["extra"]) == (2, 1, 1)
    assert facts["examples"] == [1, 2, 5, 9]
    assert last(verify_index(station, ACTOR, mend=True)).facts["mended"] is True
    facts = last(verify_index(station, ACTOR)).facts
    assert (facts["missing"], facts["stale"], facts["extra"]) == (0, 0, 0)
    assert total(station, "جديدة") == 1


def test_a_change_of_the_case_file_is_found(station: Station) -> None:
    with station.database.transaction() as connection:
        connection.execute("UPDATE case_file SET title = 'شركة النخيل' WHERE id = 2")
    assert index_pending(station) == 10
    assert total(station, "عنوان:النخيل") == 10


def test_a_lost_index_is_rebuilt(station: Station) -> None:
    folder = station.index_folder(search_index.state(station.database.connection).live)
    (folder / "index.json").write_text('{"version": "older"}')
    station.forget_index()
    with pytest.raises(IndexLost):
        search(station, "عقد")
    with pytest.raises(IndexLost):
        last(verify_index(station, ACTOR))
    changed = last(rebuild(station, ACTOR))
    assert changed.facts["total"] == 60
    assert total(station, "عقد") == 60


def test_what_changes_while_a_lost_index_is_filled_is_in_it_once(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_BATCH", 20)
    shutil.rmtree(station.root / "index")
    station.forget_index()
    steps = rebuild(station, ACTOR)
    for _ in range(3):
        next(steps)
    with station.database.transaction() as connection:
        connection.execute("UPDATE page SET text = 'كلمة جديدة', indexed = 0 WHERE id = 3")
    last(steps)
    assert (total(station, "جديدة"), total(station, "رقم3")) == (1, 0)
    assert station.index.count() == 60


@pytest.mark.parametrize("lost", [False, True])
def test_a_rebuild_stops_within_a_batch(
    station: Station, monkeypatch: pytest.MonkeyPatch, *, lost: bool
) -> None:
    monkeypatch.setattr(analysts, "_TASK", 10)
    if lost:
        shutil.rmtree(station.root / "index")
        station.forget_index()
    cancel = threading.Event()
    steps = rebuild(station, ACTOR, cancel=cancel)
    next(steps)
    adding = type(station.index).add

    def add_once(*words: Any, **how: Any) -> None:
        adding(*words, **how)
        cancel.set()

    monkeypatch.setattr(type(station.index), "add", add_once)
    assert last(steps).facts["pages"] == 10
    monkeypatch.undo()
    assert last(rebuild(station, ACTOR)).facts["pages"] == 50
    assert station.index.count() == 60
    assert not search_index.state(station.database.connection).building


@pytest.mark.parametrize("lost", [False, True])
def test_a_batch_ends_where_others_wait(
    station: Station, monkeypatch: pytest.MonkeyPatch, *, lost: bool
) -> None:
    monkeypatch.setattr(analysts, "_TASK", 10)
    if lost:
        shutil.rmtree(station.root / "index")
        station.forget_index()
    waiting = [False, True, False]
    steps = rebuild(station, ACTOR, others_wait=lambda: bool(waiting) and waiting.pop(0))
    assert [next(steps), next(steps)] == [Progress(0, 60, WORK), Progress(20, 60, WORK)]
    with station.database.transaction() as connection:  # what waited
        connection.execute("UPDATE page SET text = 'كلمة جديدة', indexed = 0 WHERE id IN (3, 25)")
    last(steps)
    assert (total(station, "جديدة"), total(station, "رقم3"), station.index.count()) == (2, 0, 60)
    assert last(verify_index(station, ACTOR)).facts["stale"] == 0


def test_a_million_pages_come_in_pieces_that_merge_into_one() -> None:
    assert [rebuilding._batch(total) for total in (10, 900_000, 3_000_000)] == [
        2000,
        14_063,
        16_000,
    ]


def test_nothing_read_is_told_as_that(root: Path) -> None:
    with app.open_station(root) as empty:
        for ask in (lambda: search(empty, "عقد"), lambda: suggest(empty, "عق")):
            with pytest.raises(NothingRead):
                ask()
        with pytest.raises(NothingRead):
            last(verify_index(empty, ACTOR))
        assert not index_state(empty).advice()
        with pytest.raises(BadQuery):
            search(empty, '"عقد')
        assert last(rebuild(empty, ACTOR)).facts["pages"] == total(empty, "عقد") == 0


def test_process_follows_the_settings(station: Station, root: Path) -> None:
    station.close()
    path = root / "station.toml"
    path.write_text(with_engine(path.read_text(), "whoosh"))
    with app.open_station(root) as again:
        last(process(again, ACTOR))
        assert search_index.state(again.database.connection).engine == "whoosh"
        assert total(again, "عقد") == 60


def test_an_unknown_engine(station: Station) -> None:
    with pytest.raises(UnknownEngine, match="abacus"):
        last(rebuild(station, ACTOR, engine="abacus"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[station]\nname = 'x'\n",
        "[index]\n\n[work]\nworkers = 1\n",
        "[index]  # the search\n# why\nengine = 'tantivy'  # default\n[work]\nworkers = 1\n",
        "[targets.a]\nkind = 'folder'\n\n[index]",
    ],
)
def test_the_engine_is_written_into_the_settings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "station.toml"
    path.write_text(text)
    before = read_settings(tmp_path)
    for engine in ("whoosh", "tantivy", "whoosh"):
        path.write_text(with_engine(path.read_text(), engine))
        after = read_settings(tmp_path)
        assert after.index.engine == engine
        assert (after.work, after.station.series) == (before.work, before.station.series)
        assert list(after.targets) == list(before.targets)

"""What every test starts from, and what none may leave behind."""

import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from archiver import app, i18n
from archiver.model.identity import CaseKey
from archiver.settings import Identity
from archiver.workflow.importing import import_files
from archiver.workflow.processing import process
from archiver.workflow.station import Station
from tests.papers import CASE, JUDGMENT, OPERATOR, RECEIPT, finish, let_seal_undescribed, save
from tests.processes import children
from ui.main import load_qt

if TYPE_CHECKING:
    from tests.servers.ceph import Ceph

load_qt()  # before pytest-qt does: as the window has it
_PATIENCE_SECONDS = 5.0
_RAM_DISK = Path("/dev/shm")  # noqa: S108 - folders of our own are made in it
_RAM_DISK_BYTES = 4 << 30
_REAL_DISK = Path("/var/tmp")  # noqa: S108


# A busy machine is no fault of the test.
settings.register_profile("station", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("station")


def pytest_configure(config: pytest.Config) -> None:
    if "TMPDIR" not in os.environ and _has_ram_disk():
        os.environ["TMPDIR"] = tempfile.tempdir = str(_RAM_DISK)
    config.addinivalue_line("markers", "logs_errors: the test provokes an error in the log")


def _has_ram_disk() -> bool:
    """A large one, from which programs may be started."""
    if not _RAM_DISK.is_dir() or shutil.disk_usage(_RAM_DISK).free < _RAM_DISK_BYTES:
        return False
    return not os.statvfs(_RAM_DISK).f_flag & os.ST_NOEXEC


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a slow test first: handed out last, one of them would keep a core idle."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test that speaks Arabic does not make the next one speak it."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture(autouse=True)
def nothing_left_behind(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """A thread or process that outlives the test fails it, and so does an error in the log."""
    threads, processes = set(threading.enumerate()), children()
    yield
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while left := _left(threads, processes):
        if time.monotonic() > deadline:
            pytest.fail(f"left behind: {left}")
        time.sleep(0.02)
    errors = [r.getMessage() for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    if errors and not request.node.get_closest_marker("logs_errors"):
        pytest.fail(f"logged: {errors}")


def _left(threads: set[threading.Thread], processes: set[int]) -> list[str]:
    started = [t.name for t in threading.enumerate() if t not in threads]
    return started + [f"process {pid}" for pid in children() - processes]


@pytest.fixture(scope="session")
def ceph_server() -> Iterator["Ceph"]:
    """One for all tests that want it; each makes buckets of its own."""
    from tests.servers.ceph import ceph  # brings boto3

    with ceph() as server:
        yield server


@pytest.fixture
def disk_path() -> Iterator[Path]:
    """A folder on the disk, for what is killed while it writes: `tmp_path` may be in memory."""
    with tempfile.TemporaryDirectory(prefix="archiver-test-", dir=_REAL_DISK) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def archive_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty archive; to be copied, not used."""
    root = tmp_path_factory.mktemp("empty") / "archive"
    app.init_archive(root, OPERATOR, Identity(OPERATOR.station, OPERATOR.company))
    let_seal_undescribed(root)
    return root


@pytest.fixture
def archive(archive_once: Path, tmp_path: Path) -> Path:
    """A new, empty archive."""
    return Path(shutil.copytree(archive_once, tmp_path / "archive"))


@pytest.fixture(scope="module")
def grown(
    archive_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Callable[[Station, Path], None]], Path]:
    """Makes an archive, to be copied, in which was done what each test of a module begins with."""

    def grow(work: Callable[[Station, Path], None]) -> Path:
        folder = tmp_path_factory.mktemp("grown")
        root = Path(shutil.copytree(archive_once, folder / "archive"))
        with app.open_station(root) as opened:
            work(opened, folder)
        return root

    return grow


@pytest.fixture
def station(archive: Path) -> Iterator[Station]:
    """A new, empty archive, open for writing."""
    with app.open_station(archive) as opened:
        yield opened


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose one case file of two pages was really read; to be copied, not used."""
    folder = tmp_path_factory.mktemp("read")
    root = folder / "archive"
    files = [save(folder / "حكم.jpg", JUDGMENT), save(folder / "receipt.png", RECEIPT)]
    app.init_archive(root, OPERATOR, Identity(OPERATOR.station, OPERATOR.company))
    let_seal_undescribed(root)
    with app.open_station(root) as opened:
        finish(import_files(opened, OPERATOR, files, key=CaseKey.parse(CASE), kind="judgment"))
        changed, _ = finish(process(opened, OPERATOR))
        assert changed.facts["read"] == 2
    return root


@pytest.fixture
def read_archive(read_once: Path, tmp_path: Path) -> Path:
    """A copy of an archive with a case file that waits to be checked."""
    return Path(shutil.copytree(read_once, tmp_path / "archive"))


@pytest.fixture
def read_station(read_archive: Path) -> Iterator[Station]:
    with app.open_station(read_archive) as opened:
        yield opened

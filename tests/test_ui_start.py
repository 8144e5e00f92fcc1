"""A start loads what it shows, and nothing that only later work needs."""

import builtins
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver import app
from archiver.workflow.station import Station
from tests.command_line import environment
from tests.ui_papers import OPERATOR, soon
from ui.acts import SCREENS, TODAY
from ui.look import Look
from ui.memory import Memory
from ui.rooms import Behind
from ui.start import Opening
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]
HEAVY = (
    "asyncssh", "boto3", "botocore", "cryptography", "cv2", "keyring", "lxml", "numpy",
    "onnxruntime", "pikepdf", "PIL", "pypdfium2", "pytesseract", "rapidfuzz", "tantivy",
    "whoosh", "zxingcpp",
)  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """What stands in sys.modules afterwards."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}; import json, sys; print(json.dumps([*sys.modules]))"],
        capture_output=True, text=True, check=True, timeout=120, env=environment(),
    )  # fmt: skip
    return set(json.loads(told.stdout))


def test_an_import_is_pythons_own_where_qt_is_loaded() -> None:
    assert "PySide6.QtWidgets" in sys.modules
    assert builtins.__import__.__name__ == "__import__"
    assert "PySide6.QtWidgets" in loaded_by(
        "import builtins; plain = builtins.__import__; from ui.main import load; load(); "
        "assert builtins.__import__ is plain"
    )


def test_a_verb_waits_for_no_pictures_and_no_line_unless_it_needs_them() -> None:
    verbs = ("arrange", "case_list", "describe", "export", "keying", "lot", "sample", "search")
    quick = loaded_by("; ".join(f"import archiver.cli.verbs_{name}" for name in verbs))
    dear = {*HEAVY} - {"lxml", "rapidfuzz"}
    assert quick.isdisjoint(dear), sorted(quick & dear)
    listed = loaded_by(
        "from click.testing import CliRunner; from archiver.cli import group; "
        "assert CliRunner().invoke(group.station_command, ['--help']).exit_code == 0"
    )
    assert "archiver.cli.verbs_outbox" in listed
    assert listed.isdisjoint({"asyncssh", "boto3", "onnxruntime", "tantivy", "whoosh"})


@pytest.mark.parametrize(
    "code",
    [
        "from ui.main import load; load(); from ui.rooms import room; room('today')",
        "from archiver.cli.group import station_command",
    ],
    ids=["window", "command line"],
)
def test_a_start_does_not_wait_for_later_work(code: str) -> None:
    found = loaded_by(code)
    assert "archiver.app" in found
    assert found.isdisjoint(HEAVY), sorted(found & set(HEAVY))


def test_a_worker_that_imports_the_entry_loads_no_window() -> None:
    assert "PySide6" not in loaded_by("import ui.main")


def test_a_window_that_opens_shows_the_day_and_builds_one_screen(
    arabic: None, qapp: QApplication, court: Station, tmp_path: Path, qtbot: QtBot
) -> None:
    opening = Opening(qapp, court, Memory(tmp_path / "window.json"))
    window = opening.open(app.actor(court, OPERATOR), Look())
    qtbot.addWidget(window)
    window.show()
    assert list(window.screens) == [TODAY]
    assert soon(lambda: window.screens[TODAY].shown is not None)
    window.close()


def test_every_screen_is_found_by_its_name_and_loaded_behind_the_window(window: Window) -> None:
    behind = Behind()
    behind.start()
    behind.join(120)
    assert [window.screens[name].name for name in SCREENS] == list(SCREENS)

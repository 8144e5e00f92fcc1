"""A case file from paper to receipt in a real window, by keys alone."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import environment
from tests.servers.display import display

MOST_KEYS = 60  # beyond the letters of text that nobody proposed


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("openbox")), reason="no Xvfb or no openbox here"
)
def test_the_fictional_case_goes_from_scan_to_receipt_by_keys(tmp_path: Path) -> None:
    with display() as name:
        env = environment(DISPLAY=name, QT_QPA_PLATFORM="xcb", XDG_STATE_HOME=str(tmp_path))
        done = subprocess.run(
            [sys.executable, "-m", "tests.journey", str(tmp_path)],
            capture_output=True, text=True, timeout=1500, env=env, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["failed"] == "", done.stderr
    assert told["state"] == "receipted"
    assert told["keystrokes"] <= MOST_KEYS, told
    assert len(list((tmp_path / "shots").iterdir())) == 11

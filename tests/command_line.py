"""The command line as people use it: a process for each verb."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import ready_program

PROGRAM = (sys.executable, "-m", "archiver.cli.main")
ROOT = Path(__file__).parent.parent


def environment(**changes: str) -> dict[str, str]:
    """Ours, without what would choose an archive or a language."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ARCHIVER_", "LC_", "LANG"))}
    return {**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **changes}


def archiver(
    *words: str | Path, cwd: Path | None = None, **changes: str
) -> "subprocess.CompletedProcess[str]":
    """One verb, to its end."""
    if ready_program.suits(changes):
        return ready_program.run([*map(str, words)], environment(**changes), cwd)
    return cold(*words, cwd=cwd, **changes)


def cold(
    *words: str | Path, cwd: Path | None = None, **changes: str
) -> "subprocess.CompletedProcess[str]":
    """One verb in a Python started for it."""
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=ready_program.PATIENCE_SECONDS,
        check=False,
        cwd=cwd,
        env=environment(**changes),
    )


def answer(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    """The one JSON object on standard output; nothing may stand beside it."""
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found

"""The command line standing by: what most verbs load is loaded once, and each verb is forked.

Starting Python and loading libraries takes most of a verb's time. What words itself as it is made,
`archiver.cli`, is loaded by each verb itself.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

PATIENCE_SECONDS: Final = 120
_MODULE: Final = "archiver.cli.main"
# Nothing that starts threads as it is loaded (numpy): a fork would have half of them.
_LOADED: Final = (
    __name__,
    "archiver.app",
    "archiver.workflow.delivering",
    "archiver.workflow.describing",
    "archiver.workflow.index_check",
    "archiver.workflow.metadata_export",
    "archiver.workflow.sampling",
    "archiver.workflow.search",
    "archiver.workflow.sealing",
    "archiver.workflow.searchable",
    "archiver.workflow.validating",
    "click",
    "index.tantivy_engine",
    "rich.progress",
    "rich.table",
)
_FORKS: Final = multiprocessing.get_context("forkserver")


def suits(changes: Mapping[str, str]) -> bool:
    """Whether a verb with this environment may be forked: libraries read theirs as they load."""
    return all(name.startswith("ARCHIVER_") or name == "COLUMNS" for name in changes)


def run(
    words: Sequence[str], environment: Mapping[str, str], cwd: Path | None
) -> "subprocess.CompletedProcess[str]":
    """One verb, to its end."""
    _FORKS.set_forkserver_preload(list(_LOADED))
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        verb = _FORKS.Process(target=_verb, args=(words, environment, cwd or Path.cwd(), out, err))
        verb.start()
        verb.join(PATIENCE_SECONDS)
        if verb.exitcode is None:
            verb.kill()
            verb.join()
            raise subprocess.TimeoutExpired(list(words), PATIENCE_SECONDS)
        told = out.read_text("utf-8"), err.read_text("utf-8")
        code = verb.exitcode
        verb.close()
    return subprocess.CompletedProcess(list(words), code, *told)


def _verb(
    words: Sequence[str], environment: Mapping[str, str], cwd: Path, out: Path, err: Path
) -> None:
    for descriptor, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), descriptor)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    sys.argv[1:] = words
    runpy.run_module(_MODULE, run_name="__main__", alter_sys=True)

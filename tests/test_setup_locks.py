"""The locked packages: complete, hashed, the same for both commands, and from no named index."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("build.txt", "run.txt", "dev.txt")


def pins(lock: str) -> dict[str, str]:
    """Each requirement of the lock (with its marker) and its hashes."""
    text = (ROOT / "requirements" / lock).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split(" --hash=")[0].strip(): line for line in lines}


@pytest.mark.parametrize("lock", [*LOCKS, "schemas.txt"])
def test_every_package_is_pinned_and_hashed(lock: str) -> None:
    for requirement, line in pins(lock).items():
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)?$", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), requirement


@pytest.mark.parametrize("lock", [*LOCKS, "build.in", "schemas.txt"])
def test_no_index_is_named(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    assert not re.search(r"://|index|find-links", text)


def test_check_runs_on_the_very_packages_that_run_has() -> None:
    assert pins("run.txt").items() <= pins("dev.txt").items()


@pytest.mark.parametrize(("lock", "section"), [("run.txt", "options"), ("dev.txt", "extras")])
def test_the_lock_has_all_that_setup_cfg_asks_for(lock: str, section: str) -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", "utf-8")
    asked = {
        "options": setup["options"]["install_requires"],
        "extras": setup["options.extras_require"]["dev"],
    }[section]
    names = {re.split(r"[<>=~ ;[]", line)[0] for line in asked.split("\n") if line}
    assert names <= {requirement.split("==")[0] for requirement in pins(lock)}

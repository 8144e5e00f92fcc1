"""requirements/prepare.sh: what it finds missing, whom it asks, what it leaves alone."""

import os
import pty
import shutil
import subprocess
from pathlib import Path
from select import select

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = (
    "run",
    "check",
    "requirements/prepare.sh",
    ".ci/run",
    ".ci/fresh_machine",
    ".ci/prove_setup",
)
SYSTEM = ROOT / "requirements/system.txt"
AS_ROOT = 'mkdir -p "$state"; as_administrator() { "$@"; }'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the set-up files in a folder whose name has a space and Arabic letters."""
    copy = tmp_path / "محطة one"
    shutil.copytree(ROOT / "requirements", copy / "requirements")
    for name in ("run", "setup.cfg", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def shell(
    tree: Path,
    script: str,
    path: Path | None = None,
    env: dict[str, str] | None = None,
    terminal: int = subprocess.DEVNULL,
) -> tuple[int, str]:
    """Run `script` after prepare.sh, on `terminal` if any; `path` goes before the usual PATH."""
    search = os.pathsep.join(filter(None, [str(path or ""), "/usr/bin:/bin:/usr/sbin:/sbin"]))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f". requirements/prepare.sh; python=; {script}"],
        cwd=tree,
        env={"PATH": search, "HOME": str(tree), "LANG": "C.UTF-8"} | (env or {}),
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.decode()


def program(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/bash\n{body}\n", "utf-8")
    (folder / name).chmod(0o755)
    return folder


def bare_machine(folder: Path, *installed: str) -> Path:
    """A machine that has only these packages, and whose apt-get and sudo write down their call."""
    lines = "\n".join(f"installed {name}" for name in installed)
    program(folder, "dpkg-query", f"echo '{lines}'; exit 1")
    program(folder, "apt-cache", "[[ $3 == *t64 || $3 != libglib* ]] && echo Package: $3")
    program(folder, "dpkg", "")
    program(folder, "apt-get", f'echo "apt-get $*" >> "{folder}/calls"')
    return program(folder, "sudo", f'echo "sudo $*" >> "{folder}/calls"; exit 1')


def packages(kinds: str) -> list[list[str]]:
    """The names of each package for `kinds`, from system.txt."""
    lines = [line.split() for line in SYSTEM.read_text("utf-8").splitlines() if line[0] != "#"]
    return [names.split("|") for kind, names in lines if kind in kinds.split()]


ALL_NAMES = packages("ocr pdf text scan window test")


@pytest.mark.parametrize("script", SCRIPTS)
def test_shellcheck_has_nothing_to_say(script: str) -> None:
    found = subprocess.run(
        ["shellcheck", "-x", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.parametrize(
    ("env", "word"),
    [
        ({"LANG": "ar_EG.UTF-8"}, "نعم"),
        ({"LANG": "en_GB.UTF-8"}, "yes"),
        ({"LANG": "ar_EG.UTF-8", "LC_ALL": "C"}, "yes"),
        ({"LANG": "fr_FR.UTF-8", "ARCHIVER_LANG": "ar"}, "نعم"),
    ],
)
def test_it_speaks_the_language_of_the_person(tree: Path, env: dict[str, str], word: str) -> None:
    assert shell(tree, "say yes نعم", env=env) == (0, f"{word}\n")


def test_either_name_of_a_package_will_do(tree: Path, tmp_path: Path) -> None:
    later_names = [names[-1] for names in packages("ocr pdf text scan window")]
    machine = bare_machine(tmp_path / "bin", *later_names)
    assert "libglib2.0-0t64" in later_names
    assert shell(tree, "missing_packages run", machine) == (0, "")


def test_only_check_wants_what_the_tests_need(tree: Path, tmp_path: Path) -> None:
    first_names = [names[0] for names in packages("ocr pdf text scan window")]
    machine = bare_machine(tmp_path / "bin", *first_names)
    assert shell(tree, "missing_packages run", machine) == (0, "")
    expected = "".join(f"test {names[0]}\n" for names in packages("test"))
    assert shell(tree, "missing_packages check", machine) == (0, expected)


def test_without_a_terminal_it_asks_nobody_and_takes_the_name_this_release_knows(
    tree: Path, tmp_path: Path
) -> None:
    machine = bare_machine(tmp_path / "bin")
    code, said = shell(tree, f"{AS_ROOT}; see_to_packages run", machine)
    calls = (machine / "calls").read_text("utf-8").splitlines()
    assert (code, len(calls)) == (0, 2), said
    assert calls[0].endswith(" update")
    assert " install -y --no-install-recommends tesseract-ocr " in calls[1]
    assert "libglib2.0-0t64 " in calls[1]
    assert "libglib2.0-0 " not in calls[1]


def test_at_a_terminal_nothing_happens_before_yes(tree: Path, tmp_path: Path) -> None:
    machine = bare_machine(tmp_path / "bin")
    ours, theirs = pty.openpty()
    os.write(ours, b"n\n")
    code, _ = shell(tree, f"{AS_ROOT}; see_to_packages run 2>&0", machine, terminal=theirs)
    said = b""
    while b"Nothing was changed." not in said and select([ours], [], [], 10)[0]:
        said += os.read(ours, 20_000)  # a terminal hands out what it has, not all of it
    os.close(ours)
    assert code == 1
    assert said.decode().rstrip().endswith("Install them now? [Y/n] Nothing was changed.")
    assert not (machine / "calls").exists()


def test_who_may_not_install_is_given_the_command_to_pass_on(tree: Path, tmp_path: Path) -> None:
    machine = bare_machine(tmp_path / "bin")
    refused = 'mkdir -p "$state"; as_administrator() { sudo -n "$@"; }'
    code, said = shell(tree, f"{refused}; see_to_packages run", machine)
    assert code == 1
    assert "apt-get install --no-install-recommends tesseract-ocr tesseract-ocr-ara" in said
    assert (machine / "calls").read_text("utf-8").startswith("sudo -n env DEBIAN_FRONTEND")


def test_an_interrupted_set_up_is_made_anew_and_a_whole_one_left_alone(
    tree: Path, tmp_path: Path
) -> None:
    machine = bare_machine(tmp_path / "bin", *[name for names in ALL_NAMES for name in names])
    log = tree / ".setup/log"
    inner = f'echo "$@" >> {machine}/calls; ! [[ -e {machine}/broken && $* == *install* ]]'
    program(machine, "inner", inner)
    program(machine, "python3", 'mkdir -p "$4/bin" && cp "${0%/*}/inner" "$4/bin/python"')
    env = {"ARCHIVER_PYTHON": str(machine / "python3")}
    suits = f"{AS_ROOT}; suits() {{ true; }}; prepare run"

    (machine / "broken").touch()
    code, said = shell(tree, suits, machine, env)
    assert code == 1
    assert "Is the network there" in said
    assert not list((tree / ".venv").glob("*.key"))
    assert "Installing the Python packages" in log.read_text("utf-8")

    (machine / "broken").unlink()
    assert shell(tree, suits, machine, env)[0] == 0
    (machine / "calls").unlink()
    assert shell(tree, suits, machine, env) == (0, "")
    assert "install" not in (machine / "calls").read_text("utf-8")

    with (tree / "requirements/run.txt").open("a") as lock:
        lock.write("# newer\n")
    assert "Installing the Python packages" in shell(tree, suits, machine, env)[1]

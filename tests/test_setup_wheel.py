"""The built package: whole, and at work from any folder, in an environment without our sources."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("archiver", "index", "ocr", "resources", "ui")

pytestmark = pytest.mark.slow

_DRAW = """
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from ui.icons import paint_icon
app = QGuiApplication([])
image = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
image.fill(0)
painter = QPainter(image)
paint_icon(painter, "scales", QRectF(0, 0, 20, 20), "#204060")
painter.end()
print(sum(image.pixelColor(x, y).alpha() > 0 for x in range(20) for y in range(20)))
"""


def shipped(name: str) -> bool:
    return "__pycache__" not in name and not name.endswith((".pyc", ".ts", ".po"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: building leaves its own folders behind."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    ignored = shutil.ignore_patterns("__pycache__")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=ignored)
    for file in ("setup.cfg", "pyproject.toml", "LICENSE", "THIRD_PARTY.md", "README.md"):
        shutil.copy(ROOT / file, source / file)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and the locked packages of this one, but not this project.

    The packages come by a .pth line, which does not follow the .pth of the editable project.
    """
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=True)
    python = str(home / "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    site = next((home / "lib").glob("python*/site-packages"))
    (site / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return home


def ran(command: list[str], folder: Path) -> str:
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_has_every_file_of_the_packages(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    packed = {name for name in names if name.split("/")[0] in PACKAGES}
    here = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file()
    }
    assert set(filter(shipped, here)) <= packed
    assert {name.rsplit("/", 1)[-1] for name in names} >= {"LICENSE", "THIRD_PARTY.md"}


def test_it_runs_from_another_folder_on_its_own_files(installed: Path, tmp_path: Path) -> None:
    python = str(installed / "bin/python")
    where = ran(
        [python, "-c", "import archiver, ui; print(archiver.__file__, ui.__file__)"], tmp_path
    )
    assert all(path.startswith(str(installed)) for path in where.split())
    assert "archiver" in ran([str(installed / "bin/archiver"), "--version"], tmp_path)


def test_it_makes_an_archive_and_finds_its_resources(installed: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archiver = str(installed / "bin/archiver")
    said = ran([archiver, "init", "--archive", str(archive), "--lang", "ar"], tmp_path)
    assert any("\u0621" <= letter <= "\u064a" for letter in said.replace(str(archive), ""))
    assert (archive / "station.toml").is_file()


def test_it_draws_an_icon(installed: Path, tmp_path: Path) -> None:
    inked = int(ran([str(installed / "bin/python"), "-c", _DRAW], tmp_path))
    assert 0 < inked < 400

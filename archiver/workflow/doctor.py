"""Look at the machine: is everything there that the station needs, and if not, what to do."""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import features

from archiver.i18n import _, digits
from archiver.settings import resource
from ocr.errors import EngineMissing
from ocr.tesseract import Tesseract, TesseractSettings

_ENOUGH_BYTES: Final = 5_000_000_000
_FONTS: Final = ("Amiri-Regular.ttf", "IBMPlexSansArabic-Regular.ttf")
_STOCK_MODELS: Final = ("ara", "eng", "fra", "osd")


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    found: str
    sound: bool
    mend: str  # what to do; "" where it is sound


def examine(folder: Path) -> tuple[Finding, ...]:
    """Every finding, sound or not; `folder` is where the archive lies or will lie."""
    return tuple(_findings(folder))


def _findings(folder: Path) -> Iterator[Finding]:
    yield _python()
    yield _tesseract()
    yield _own_model()
    yield from _stock_models()
    yield _program("pdftoppm", _("PDF pages that are no scans"), "poppler-utils")
    yield _scanners()
    yield _shaping()
    yield from map(_font, _FONTS)
    yield _disk(folder)


def _apt(package: str) -> str:
    return _("Install it: sudo apt-get install {package}").format(package=package)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    sound = (3, 11) <= sys.version_info[:2] <= (3, 12)
    return Finding("Python", version, sound, "" if sound else _apt("python3.11"))


def _tesseract() -> Finding:
    engine = Tesseract(TesseractSettings(tessdata=resource("tessdata")))
    try:
        engine.check()
    except EngineMissing as error:
        return Finding("tesseract", str(error), sound=False, mend=_apt("tesseract-ocr"))
    return Finding("tesseract", engine.version, sound=True, mend="")


def _own_model() -> Finding:
    path = resource("tessdata") / "station_ara.traineddata"
    what = _("Arabic model of the station")
    if path.is_file() and path.stat().st_size > 1_000_000:
        return Finding(what, path.name, sound=True, mend="")
    mend = _("Install the station again; until then the stock model reads.")
    return Finding(what, _("missing or cut short"), sound=False, mend=mend)


def _stock_models() -> Iterator[Finding]:
    listed = _answer("tesseract", "--list-langs").split()
    for name in _STOCK_MODELS:
        sound = name in listed
        found = _("there") if sound else _("missing")
        mend = "" if sound else _apt(f"tesseract-ocr-{name}")
        yield Finding(_("model {name}").format(name=name), found, sound, mend)


def _answer(*command: str) -> str:
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout + run.stderr


def _program(command: str, purpose: str, package: str) -> Finding:
    path = shutil.which(command)
    what = f"{command} ({purpose})"
    return Finding(what, path or _("missing"), path is not None, "" if path else _apt(package))


def _scanners() -> Finding:
    """Without SANE only scanners that speak eSCL can be used."""
    sound = importlib.util.find_spec("_sane") is not None and bool(find_library("sane"))
    found = _("there") if sound else _("missing")
    return Finding(_("SANE (scanners)"), found, sound, "" if sound else _apt("libsane1"))


def _shaping() -> Finding:
    sound = bool(features.check("raqm")) and bool(features.check("fribidi"))
    found = _("there") if sound else _("missing")
    return Finding(_("Arabic letter shaping"), found, sound, "" if sound else _apt("libfribidi0"))


def _font(name: str) -> Finding:
    sound = (resource("fonts") / name).is_file()
    found = _("there") if sound else _("missing")
    mend = "" if sound else _("Install the station again.")
    return Finding(_("font {name}").format(name=name), found, sound, mend)


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    sound = free > _ENOUGH_BYTES
    found = _("{count} GB free").format(count=digits(f"{free / 1e9:.1f}"))
    mend = "" if sound else _("Make room, or put the archive on a larger disk.")
    return Finding(_("disk"), found, sound, mend)

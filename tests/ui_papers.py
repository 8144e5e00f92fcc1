"""What the tests of the window share: small papers, who is who, and waiting."""

import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver.model.identity import CaseKey
from archiver.settings import resource
from ui.window import Window

PATIENCE_SECONDS = 60.0

KEY = CaseKey("civil", 99001, 93)
OPERATOR = "منى"
CHECKER = "سامي"
LINES = ("محكمة النقض", "الدائرة المدنية والتجارية", "القصور في التسبيب والإخلال بحق الدفاع")
A5_DPI_200 = (1165, 1654)


def paper(path: Path, lines: tuple[str, ...]) -> Path:
    """A page of printed Arabic, large enough to be read without doubt."""
    page = Image.new("L", A5_DPI_200, 250)
    face = ImageFont.truetype(resource("fonts/NotoNaskhArabic-Regular.ttf"), 54)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((1065, 150 + 130 * number), line, 10, font=face, anchor="ra", direction="rtl",
                  language="ar")  # fmt: skip
    page.save(path, dpi=(200, 200), quality=85)
    return path


def settle(window: Window, qtbot: QtBot, timeout_ms: int = 60_000) -> None:
    """Wait until the running command has ended and the screens know it."""
    qtbot.waitUntil(lambda: not window.session.bridge.busy, timeout=timeout_ms)
    QApplication.processEvents()


def soon(true: Callable[[], bool]) -> bool:
    """Whether it came true while a person would still wait, on a busy machine, too."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not true() and time.monotonic() < until:
        QApplication.processEvents()
    return true()


def pause(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()

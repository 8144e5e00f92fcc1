"""The bundled typefaces: IBM Plex Sans Arabic for the interface, Amiri for documents."""

from importlib.resources import files
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

INTERFACE: Final = "IBM Plex Sans Arabic"
DOCUMENT: Final = "Amiri"
_FILES: Final = (
    "IBMPlexSansArabic-Regular.ttf",
    "IBMPlexSansArabic-Medium.ttf",
    "IBMPlexSansArabic-SemiBold.ttf",
    "Amiri-Regular.ttf",
    "Amiri-Bold.ttf",
)


def load_fonts() -> None:
    """Make the bundled faces known to Qt; a face already loaded costs nothing."""
    folder = files("resources") / "fonts"
    for name in _FILES:
        QFontDatabase.addApplicationFontFromData((folder / name).read_bytes())


def font(px: float, weight: int = 400, family: str = INTERFACE) -> QFont:
    made = QFont(family)
    made.setPixelSize(round(px))
    made.setWeight(QFont.Weight(weight))
    return made


def document_font(px: float = 20.5, weight: int = 400) -> QFont:
    return font(px, weight, DOCUMENT)

"""How a person wants the window: language, digits, light, size. Kept in the window's memory."""

from dataclasses import asdict, dataclass, replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from archiver.i18n import LANGUAGES
from ui.memory import LAST, Memory
from ui.theme import DARK, LIGHT, Tokens

LIGHTS: Final = ("light", "dark", "system")
DIGITS: Final = ("arabic", "plain")
SIZES: Final = (100, 125, 150, 200)  # percent


@dataclass(frozen=True, slots=True)
class Look:
    language: str = "ar"
    digits: str = "arabic"
    light: str = "light"
    size: int = 100

    @property
    def tokens(self) -> Tokens:
        if self.light == "system":
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self.light == "dark" else LIGHT


_KNOWN: Final = {"language": LANGUAGES, "digits": DIGITS, "light": LIGHTS, "size": SIZES}


def look_of(memory: Memory, person: str, usual: Look) -> Look:
    """What the person chose, else whoever was here last, else `usual`."""
    told = {**memory.row(LAST), **memory.row(person)}
    kept = {name: told[name] for name, known in _KNOWN.items() if told.get(name) in known}
    return replace(usual, **kept)


def keep_look(memory: Memory, person: str, look: Look) -> None:
    for name, value in asdict(look).items():
        memory.put(person, name, value)
        memory.put(LAST, name, value)

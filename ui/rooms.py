"""The screens of a window, each loaded and built when somebody first goes there.

A screen brings what it works with: decoders, the recipe, sealing, transfer. Today needs none of
it, so the window stands before it is loaded. `Behind` loads it while the person reads.
"""

from collections.abc import Callable
from importlib import import_module
from threading import Event, Thread
from typing import Final

from ui.acts import SCREENS
from ui.screens.screen import Screen

_BREATH_SECONDS: Final = 0.05  # between two screens: a key pressed meanwhile comes first


def room(name: str) -> type[Screen]:
    """`today` is `TodayScreen` in `ui.screens.today`."""
    kind: type[Screen] = getattr(import_module(f"ui.screens.{name}"), f"{name.title()}Screen")
    return kind


class Rooms(dict[str, Screen]):
    """The screens that are built, by name; asking for another one builds it."""

    def __init__(self, build: Callable[[type[Screen]], Screen]) -> None:
        super().__init__()
        self._build = build

    def __missing__(self, name: str) -> Screen:
        self[name] = screen = self._build(room(name))
        return screen


class Behind(Thread):
    """Loads every screen's modules behind a window that stands."""

    def __init__(self) -> None:
        super().__init__(name="screens behind the window")
        self._over = Event()

    def run(self) -> None:
        for name in SCREENS:
            if self._over.wait(_BREATH_SECONDS):
                return
            room(name)

    def stop(self) -> None:
        self._over.set()
        if self.is_alive():
            self.join()

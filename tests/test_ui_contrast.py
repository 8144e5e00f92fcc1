"""Text and signs stand out from their ground as WCAG 2 wants it (AA), in both lights."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from ui.acts import SCREENS
from ui.theme import (
    CHECKED_ON_PAPER,
    CURRENT_ON_PAPER,
    DARK,
    ILLEGIBLE_ON_PAPER,
    LIGHT,
    MARK_ON_PAPER,
    PAPER_OPACITY_DARK,
    Shape,
    Tokens,
)
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]

TEXT, SIGN = 4.5, 3.0  # least ratios: of text below 24 px, of what is drawn
PAPER, BROWN_PAPER = "#FFFFFF", "#D5C6A1"

# What delegates and painted widgets write, and on what: (ink, its grounds).
WRITTEN = (
    ("ink", ("window", "surface", "desk", "selection", "found", "line")),
    ("ink2", ("window", "surface", "desk", "selection")),
    ("ink3", ("window", "surface", "selection")),
    ("accent", ("window", "surface", "selection")),
    ("on_accent", ("accent",)),
    ("spine_ink", ("spine",)),
)
DRAWN = (
    ("edge", ("window", "surface")),
    ("accent", ("window", "surface", "desk", "selection")),
    ("ink", ("window", "surface")),
)
lights = pytest.mark.parametrize("of", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def dimmed(colour: str, ground: str, opacity: float) -> str:
    mixed = (
        round(opacity * int(colour[at : at + 2], 16) + (1 - opacity) * int(ground[at : at + 2], 16))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02X}" for part in mixed)


def faint(of: Tokens, table: tuple[tuple[str, tuple[str, ...]], ...], least: float) -> list[str]:
    return [
        f"{ink} on {ground}: {found:.2f}"
        for ink, grounds in table
        for ground in grounds
        if (found := ratio(getattr(of, ink), getattr(of, ground))) < least
    ]


def test_the_ratio_is_that_of_the_standard() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@lights
def test_what_is_written_and_drawn_stands_out(of: Tokens) -> None:
    assert faint(of, WRITTEN, TEXT) == []
    assert faint(of, DRAWN, SIGN) == []


@lights
@pytest.mark.parametrize("state", list(Shape))
def test_states_stand_out_on_their_tint_and_in_rows(of: Tokens, state: Shape) -> None:
    tone = of.tones[state]
    grounds = (tone.tint, of.window, of.surface, of.selection)
    assert [ground for ground in grounds if ratio(tone.ink, ground) < TEXT] == []
    assert ratio(of.ink, tone.tint) >= TEXT  # a sentence about it
    assert ratio(of.surface, tone.ink) >= SIGN  # the mark within the shape


@pytest.mark.parametrize(
    "mark", [MARK_ON_PAPER, CHECKED_ON_PAPER, ILLEGIBLE_ON_PAPER, CURRENT_ON_PAPER]
)
def test_marks_stand_out_on_paper_white_brown_and_dimmed(mark: str) -> None:
    dim = dimmed(PAPER, DARK.desk, PAPER_OPACITY_DARK)
    assert [paper for paper in (PAPER, BROWN_PAPER, dim) if ratio(mark, paper) < SIGN] == []


@lights
def test_the_fainter_letter_of_a_key_can_be_read(of: Tokens) -> None:
    for ink, ground in ((of.ink, of.surface), (of.on_accent, of.accent)):
        assert ratio(dimmed(ink, ground, 0.8), ground) >= TEXT


def test_every_label_of_every_screen_stands_out_from_its_ground(window: Window) -> None:
    for screen in SCREENS:
        window.screens[screen]  # builds it
    found = {(tone, ground) for tone, ground in map(pair, window.findChildren(QLabel))}
    assert len(found) > 5
    assert [
        (tone, ground)
        for tone, ground in sorted(found)
        for of in (LIGHT, DARK)
        if ratio(ink_of(of, tone), getattr(of, ground)) < TEXT
    ] == []


def pair(label: QLabel) -> tuple[str, str]:
    """The names of its ink and of what is behind it."""
    return label.property("tone") or "ink", next(grounds(label), "window")


def grounds(widget: QWidget) -> Iterator[str]:
    while widget := widget.parentWidget():
        for name, ground in (("panel", "surface"), ("desk", "desk")):
            if widget.property(name):
                yield ground


def ink_of(of: Tokens, tone: str) -> str:
    known = {Shape.WRONG.value: Shape.WRONG, Shape.DOUBTFUL.value: Shape.DOUBTFUL}
    return of.tones[known[tone]].ink if tone in known else getattr(of, tone)

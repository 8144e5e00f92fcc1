"""The design tokens, light and dark, and the Qt palette made of them.

Painting code asks `tokens(self.palette())`: the palette is the only state, so a change of
light reaches every widget by itself. Contrast: tests/test_ui_contrast.py.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtGui import QColor, QPalette


class Shape(StrEnum):
    """A state is always a colour and a shape."""

    OK = "ok"  # disc, tick
    DOUBTFUL = "doubtful"  # diamond, exclamation mark
    WRONG = "wrong"  # square, cross
    WAITING = "waiting"  # dashed ring
    SENDING = "sending"  # disc, arrow up
    SIGNED = "signed"  # scalloped seal
    CURRENT = "current"  # half disc


@dataclass(frozen=True, slots=True)
class Tone:
    ink: str
    tint: str


@dataclass(frozen=True, slots=True)
class Tokens:
    dark: bool
    window: str
    surface: str
    desk: str  # behind paper
    line: str  # decorative
    edge: str  # borders of controls
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    selection: str
    spine: str
    spine_ink: str
    found: str  # behind a word that was searched for
    tones: dict[Shape, Tone]


MARK_ON_PAPER: Final = "#8A5600"  # paper is light in both palettes
CHECKED_ON_PAPER: Final = "#1C6B45"
ILLEGIBLE_ON_PAPER: Final = "#B0261D"
FOUND_ON_PAPER: Final = "#F4B53A"
CURRENT_ON_PAPER: Final = "#3D3A9B"
PAPER_OPACITY_DARK: Final = 0.86

LIGHT: Final = Tokens(
    dark=False,
    window="#EDEFEC",
    surface="#FFFFFF",
    desk="#D6DAD5",
    line="#D3D7D0",
    edge="#7E867E",
    ink="#1A1E27",
    ink2="#474E5A",
    ink3="#59616C",
    accent="#3D3A9B",
    on_accent="#FFFFFF",
    selection="#DEDEF4",
    spine="#22223E",
    spine_ink="#B4B5D4",
    found="#FADF9B",
    tones={
        Shape.OK: Tone("#1C6B45", "#E1F1E7"),
        Shape.DOUBTFUL: Tone("#8A5600", "#FCEFD2"),
        Shape.WRONG: Tone("#B0261D", "#FBE6E3"),
        Shape.WAITING: Tone("#5A626D", "#E9EBEA"),
        Shape.SENDING: Tone("#0A5C9E", "#E0EDF8"),
        Shape.SIGNED: Tone("#0B5A55", "#D8EFEC"),
        Shape.CURRENT: Tone("#3D3A9B", "#DEDEF4"),
    },
)

DARK: Final = Tokens(
    dark=True,
    window="#14161B",
    surface="#1C1F27",
    desk="#0E1014",
    line="#343A46",
    edge="#7A8392",
    ink="#E8EAEF",
    ink2="#BAC0CB",
    ink3="#9DA5B2",
    accent="#A9A8F7",
    on_accent="#15152A",
    selection="#33335F",
    spine="#0C0D13",
    spine_ink="#9C9DBD",
    found="#5E4718",
    tones={
        Shape.OK: Tone("#6CCB97", "#18352A"),
        Shape.DOUBTFUL: Tone("#EDB45C", "#3A2C12"),
        Shape.WRONG: Tone("#FF8F85", "#43201D"),
        Shape.WAITING: Tone("#A3ABB8", "#2A2F39"),
        Shape.SENDING: Tone("#7CB9F2", "#17304A"),
        Shape.SIGNED: Tone("#67CFC5", "#123835"),
        Shape.CURRENT: Tone("#A9A8F7", "#33335F"),
    },
)


def tokens(palette: QPalette) -> Tokens:
    """The tokens that `palette` was made of.

    Told by the ink: a style sheet's transparent ground replaces a view's Window and Base.
    """
    return DARK if palette.color(QPalette.ColorRole.WindowText).lightness() > 128 else LIGHT


def palette(of: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: of.window,
        role.WindowText: of.ink,
        role.Base: of.surface,
        role.AlternateBase: of.window,
        role.Text: of.ink,
        role.Button: of.surface,
        role.ButtonText: of.ink,
        role.BrightText: of.tones[Shape.WRONG].ink,
        role.Highlight: of.selection,
        role.HighlightedText: of.ink,
        role.PlaceholderText: of.ink3,
        role.ToolTipBase: of.spine,
        role.ToolTipText: "#FFFFFF",
        role.Light: of.surface,
        role.Midlight: of.line,
        role.Mid: of.line,
        role.Dark: of.edge,
        role.Shadow: of.edge,
        role.Link: of.accent,
        role.Accent: of.accent,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(of.ink3))
    return made

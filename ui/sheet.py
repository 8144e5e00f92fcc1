"""The style sheet: panels, buttons, fields and lists only.

Never borders on QSpinBox or QComboBox: a style sheet breaks their arrows.
"""

from string import Template
from typing import Final

from ui.theme import Shape, Tokens

_SHEET: Final = Template("""
QFrame[panel="true"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[desk="true"] { background: $desk; border: none; border-radius: 6px; }
QFrame[rule="true"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; }
QLabel[tone="ink2"] { color: $ink2; }
QLabel[tone="ink3"] { color: $ink3; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="wrong"] { color: $wrong; }
QLabel[tone="doubtful"] { color: $doubtful; }
QPushButton { min-height: 28px; padding: 1px 13px; border: 1px solid $edge; border-radius: 6px;
    background: $surface; color: $ink; }
QPushButton:hover { background: $selection; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $ink3; border-color: $line; background: transparent; }
QPushButton:focus { border: 2px solid $accent; padding: 0 12px; }
QPushButton#primary { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton#primary:focus { border: 2px solid $ink; }
QPushButton#primary:disabled { background: transparent; color: $ink3; border-color: $line; }
QPushButton[segment="true"]:checked { background: $accent; border-color: $accent;
    color: $on_accent; }
QPushButton[segment="true"]:checked:focus { border-color: $ink; }
QPushButton[quiet="true"] { border-color: transparent; background: transparent; padding: 1px 6px; }
QLineEdit { min-height: 30px; padding: 0 9px; border: 1px solid $edge; border-radius: 6px;
    background: $surface; color: $ink; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit[large="true"] { min-height: 42px; }
QLineEdit:focus { border: 2px solid $accent; padding: 0 8px; }
QLineEdit:disabled { color: $ink3; border-color: $line; }
QCheckBox { padding: 2px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus { border-color: $accent; }
QMenuBar { background: transparent; color: $ink2; }
QMenuBar::item { padding: 6px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $selection; color: $ink; }
QMenu { background: $surface; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 28px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $ink3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QListView, QTableView, QTreeView, QTextEdit, QGraphicsView, QScrollArea {
    border: none; background: transparent; outline: none; }
QListView[drop="true"] { background: $surface; color: $ink; border: 1px solid $edge; }
QListView[drop="true"]::item { padding: 4px 8px; border-radius: 4px; }
QListView[drop="true"]::item:selected { background: $selection; color: $ink; }
QScrollArea > QWidget > QWidget { background: transparent; }
QListWidget { border: 1px solid $line; border-radius: 6px; padding: 6px; }
QListWidget[bare="true"] { border: none; padding: 0; }
QListWidget[bare="true"]::item { padding: 0 12px; border-radius: 4px; color: $ink; }
QListWidget[bare="true"]::item:selected { background: $selection; }
QListWidget[bare="true"]::item:selected:focus { border: 2px solid $accent; padding: 0 10px; }
QTableView { gridline-color: transparent; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $ink2; border: none;
    border-bottom: 1px solid $line; padding: 8px 12px; }
QHeaderView[tight="true"]::section { padding: 8px 3px; }
QToolTip { background: $spine; color: #FFFFFF; border: 1px solid $edge; padding: 4px 6px; }
QSplitter::handle { background: transparent; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 2px; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 2px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::handle { background: $edge; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def sheet(of: Tokens) -> str:
    return _SHEET.substitute(
        window=of.window,
        surface=of.surface,
        desk=of.desk,
        line=of.line,
        edge=of.edge,
        ink=of.ink,
        ink2=of.ink2,
        ink3=of.ink3,
        accent=of.accent,
        on_accent=of.on_accent,
        selection=of.selection,
        spine=of.spine,
        wrong=of.tones[Shape.WRONG].ink,
        doubtful=of.tones[Shape.DOUBTFUL].ink,
    )

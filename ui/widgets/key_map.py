"""The keys on one sheet over the window: F1 shows it, Esc puts it away."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.acts import CASE_FILE, HELP, PACKAGE, PAGE, STATION, VIEW, menus
from ui.deck import Deck
from ui.paint import painting
from ui.widgets.keys import CAP_PX, cap_width, paint_cap
from ui.widgets.parts import Panel, words
from ui.words import translate

AROUND_PX, MOST_LINES = 20, 19  # of a column, in a window 768 px high


class Cap(QWidget):
    def __init__(self, cap: str) -> None:
        super().__init__()
        self._cap = cap
        self.setFixedSize(cap_width(cap), CAP_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            paint_cap(painter, self.rect(), self._cap, of.ink, of.edge, of.surface)


class KeyMap(QWidget):
    """The keys of the open screen, and those of every screen."""

    def __init__(self, deck: Deck, screens: list[tuple[str, str]], window: QWidget) -> None:
        """`screens`: (key, words) of each screen."""
        super().__init__(window)
        self._deck, self._screens = deck, screens
        self._column = QVBoxLayout(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def _sheet(self) -> Panel:
        sheet = Panel(padding=26, gap=16)
        sheet.add(words(translate("Keys", "All keys"), 22, 600))
        sheet.add(self._table())
        hint = translate("Keys", "Letters act by their place, in both layouts, outside fields.")
        sheet.add(words(hint, 13, tone="ink2"))
        return sheet

    def _table(self) -> QGridLayout:
        """One list of lines, laid out in columns that are equally high."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        lines = self._lines()
        columns = max(3, -(-len(lines) // MOST_LINES))
        high, line, column = -(-len(lines) // columns) + 1, 0, 0
        for cap, text in lines:
            if line >= high - (not cap):  # a title does not stand alone at the foot
                line, column = 0, column + 1
            if cap:
                self._row(grid, line, column, cap, text)
            else:
                grid.addWidget(self._title(text), line, column * 3, 1, 2)
            line += 1
            grid.setColumnMinimumWidth(column * 3 + 2, 24)
        return grid

    def _lines(self) -> list[tuple[str, str]]:
        """(key, words), and ("", title) before those of a menu."""
        here, titles, lines = self._deck.here(), menus(), list[tuple[str, str]]()
        for menu in (PAGE, STATION, CASE_FILE, PACKAGE, VIEW, HELP):
            members = [(act.cap, act.text) for act in here if act.menu == menu]
            members += self._screens if menu == VIEW else []
            lines += [("", titles[menu]), *members] if members else []
        return lines

    @staticmethod
    def _title(menu: str) -> QLabel:
        return words(menu.replace("&", ""), 13, 600, "ink2")

    @staticmethod
    def _row(grid: QGridLayout, line: int, column: int, cap: str, text: str) -> None:
        grid.addWidget(Cap(cap), line, column * 3)
        grid.addWidget(words(text), line, column * 3 + 1)

    def _shown(self, sheet: Panel) -> QWidget:
        """The sheet as it is; where the window is lower, one that scrolls."""
        wanted = sheet.sizeHint()
        if wanted.height() + 2 * AROUND_PX <= self.height():
            return sheet
        area = QScrollArea()
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        wide = min(wanted.width() + AROUND_PX, self.width() - 2 * AROUND_PX)
        area.setFixedSize(wide, self.height() - 2 * AROUND_PX)
        return area

    def open(self) -> None:
        while self._column.count():
            old = self._column.takeAt(0).widget()
            if old:
                old.hide()
                old.deleteLater()
        self.setGeometry(self.parentWidget().rect())
        self._column.addWidget(self._shown(self._sheet()), 0, Qt.AlignmentFlag.AlignCenter)
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.hide()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            veil = QColor(of.spine)
            veil.setAlphaF(0.55)
            painter.fillRect(self.rect(), veil)

"""What was looked at and what was found, each with its sign and its mend."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton

from archiver.workflow.doctor import Finding
from ui.theme import Shape
from ui.widgets.parts import Panel, SignMark, words, wrapped
from ui.words import translate


class Findings(Panel):
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(padding=14, gap=8)
        self._title = words("", 15, 600)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(2, 1)
        self.close_button = QPushButton(translate("Bars", "Close"))
        self.close_button.clicked.connect(self.put_away)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self.add(head, self._grid)
        self.hide()

    def show_findings(self, title: str, findings: Sequence[Finding]) -> None:
        self._title.setText(title)
        while self._grid.count():
            old = self._grid.takeAt(0).widget()
            if old:
                old.hide()
                old.deleteLater()
        for line, finding in enumerate(findings):
            sign = SignMark(Shape.OK if finding.sound else Shape.WRONG)
            self._grid.addWidget(sign, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words(finding.what, 13, 600), line, 1, Qt.AlignmentFlag.AlignTop)
            told = " ".join(part for part in (finding.found, finding.mend) if part)
            self._grid.addWidget(wrapped(words(told, 13)), line, 2)
        self.show()
        self.close_button.setFocus()

    def put_away(self) -> None:
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.put_away()
        else:
            super().keyPressEvent(event)

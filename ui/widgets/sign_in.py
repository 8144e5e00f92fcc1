"""The sheet over everything while nobody has signed in, or the window is locked."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from archiver.workflow.people import sign_in
from ui.ask import Ask
from ui.icons import paint_icon
from ui.paint import painting
from ui.session import Session
from ui.widgets.bars import NoticeBar
from ui.widgets.parts import Panel, lead, words, wrapped
from ui.words import translate

SHEET_PX = 420


class _Scales(QWidget):
    def sizeHint(self) -> QSize:
        return QSize(44, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        middle = QRectF(self.width() / 2 - 22, 0, 44, 44)
        with painting(self) as (painter, of):
            paint_icon(painter, "scales", middle, of.accent)


class SignInSheet(QWidget):
    signed_in = Signal(object)  # Actor

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._ask = Ask(self)
        self.name, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.go = QPushButton(translate("SignIn", "Sign in"))
        self.go.setObjectName("primary")
        self.bar = NoticeBar(closing=False)
        self.goes_on = wrapped(words(translate("SignIn", "What was begun goes on."), tone="ink2"))
        self.goes_on.setAlignment(Qt.AlignmentFlag.AlignCenter)
        session.bridge.finished.connect(self.goes_on.hide)
        self.setAutoFillBackground(True)
        self._assemble()
        self.name.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.submit)
        self.go.clicked.connect(self.submit)
        self._ask.answered.connect(self._welcome)
        self._ask.failed.connect(self._refused)
        self.hide()

    def _assemble(self) -> None:
        sheet = Panel(padding=28, gap=16)
        sheet.setFixedWidth(SHEET_PX)
        court = words(self._session.station.settings.station.institution, 22, 600)
        court.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(10)
        named = (
            (self.name, translate("SignIn", "Name")),
            (self.password, translate("SignIn", "Password")),
        )
        for line, (field, label) in enumerate(named):
            lead(field)
            field.setAccessibleName(label)
            fields.addWidget(words(label, 14, tone="ink2"), line, 0)
            fields.addWidget(field, line, 1)
        sheet.add(_Scales(), court, fields, self.bar, self.go, self.goes_on)
        column = QVBoxLayout(self)
        column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignCenter)

    def open(self, name: str) -> None:
        """Cover the window; `name` is who worked here last."""
        self.bar.clear()
        self.name.setText(name)
        self.password.clear()
        self.goes_on.setVisible(self._session.bridge.busy)
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        (self.password if name else self.name).setFocus()

    def submit(self) -> None:
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        station, name, password = self._session.station, self.name.text(), self.password.text()
        self._ask.ask(partial(sign_in, station, name, password))

    def stop(self) -> None:
        self._ask.stop()

    def _welcome(self, actor: object) -> None:
        self.go.setEnabled(True)
        self.password.clear()
        self.hide()
        self.signed_in.emit(actor)

    def _refused(self, error: object) -> None:
        self.go.setEnabled(True)
        self.bar.refused(error)
        self.password.selectAll()
        self.password.setFocus()

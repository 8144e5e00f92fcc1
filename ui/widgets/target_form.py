"""A target is added in place: a folder, an SFTP drop box or an S3 bucket."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from archiver.i18n import isolate
from archiver.workflow.outbox import hours_of
from ocr.digits import fold_digits
from ui.fonts import font
from ui.widgets.parts import Panel, lead, words, wrapped
from ui.words import LEFT_TO_RIGHT_MARK, translate


@dataclass(frozen=True, slots=True)
class TargetWords:
    """What the form says."""

    kind: str
    name: str
    place: str
    centre_key: Path
    host_key: Path | None = None
    encrypt_to: str = ""
    hours: str = ""
    kilobytes_per_second: int = 0
    region: str = ""
    access_key: str = ""
    secret_key: str = field(default="", repr=False)


class TargetForm(Panel):
    submitted = Signal(object)  # TargetWords
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(padding=22, gap=14)
        self.kind, self.name, self.place = QComboBox(), QLineEdit(), QLineEdit()
        self.centre_key, self.host_key = FileField(), FileField()
        self.encrypt_to, self.hours, self.region = QLineEdit(), QLineEdit(), QLineEdit()
        self.access_key, self.secret_key, self.speed = QLineEdit(), QLineEdit(), QSpinBox()
        self.go = QPushButton(translate("Target", "Add the target"))
        self.why = wrapped(words("", 13, tone="wrong"))
        self._labels: dict[QWidget, QLabel] = {}
        self._fill()
        self.add(words(translate("Target", "Add a target"), 22, 600))
        self.add(self._fields(), self.why, self._buttons())
        self.column.addStretch(1)
        self.kind.currentIndexChanged.connect(self._judge)
        for line in (self.name, self.place, self.hours, self.access_key, self.secret_key):
            line.textChanged.connect(self._judge)
        for chosen in (self.centre_key, self.host_key):
            chosen.line.textChanged.connect(self._judge)
        self._judge()

    def _fill(self) -> None:
        for code, told in (
            ("folder", translate("Target", "Folder or disk")),
            ("sftp", translate("Target", "SFTP drop box")),
            ("s3", translate("Target", "S3 bucket")),
        ):
            self.kind.addItem(told, code)
        self.speed.setRange(0, 1_000_000)
        self.speed.setSpecialValueText(translate("Target", "as fast as the line is"))
        self.speed.setSuffix(translate("Target", " kB/s"))
        self.secret_key.setEchoMode(QLineEdit.EchoMode.Password)
        self.hours.setPlaceholderText(LEFT_TO_RIGHT_MARK + "20:00-06:00")
        self.name.setPlaceholderText("centre")
        self.region.setText("us-east-1")

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [
            (translate("Target", "Kind"), self.kind),
            (translate("Target", "Name"), self.name),
            (translate("Target", "Place"), self.place),
            (translate("Target", "The centre's public key (file)"), self.centre_key),
            (translate("Target", "The server's public key (file)"), self.host_key),
            (translate("Target", "Access key"), self.access_key),
            (translate("Target", "Secret key"), self.secret_key),
            (translate("Target", "Region"), self.region),
            (translate("Target", "Encrypt to (age key)"), self.encrypt_to),
            (translate("Target", "Send only in these hours"), self.hours),
            (translate("Target", "No faster than"), self.speed),
        ]
        for line, (told, widget) in enumerate(rows):
            label = QLabel(told)
            label.setBuddy(widget)
            widget.setAccessibleName(told)
            widget.setMinimumHeight(34)
            if isinstance(widget, QLineEdit):
                lead(widget)
            self._labels[widget] = label
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(widget, line, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        self.go.setObjectName("primary")
        self.go.clicked.connect(self.submit)
        leave = QPushButton(translate("Target", "Cancel"))
        leave.clicked.connect(self.dismissed)
        line = QHBoxLayout()
        line.addWidget(self.go)
        line.addWidget(leave)
        line.addStretch(1)
        return line

    def start(self) -> None:
        """Fresh fields."""
        for line in (self.name, self.place, self.encrypt_to, self.hours, self.access_key,
                     self.secret_key, self.centre_key.line, self.host_key.line):  # fmt: skip
            line.clear()
        self.why.clear()
        self.speed.setValue(0)
        self.kind.setFocus()

    def _judge(self) -> None:
        kind = self.kind.currentData()
        for widget, where in (
            (self.host_key, ("sftp",)),
            (self.access_key, ("s3",)),
            (self.secret_key, ("s3",)),
            (self.region, ("s3",)),
            (self.encrypt_to, ("sftp", "s3")),
            (self.hours, ("sftp", "s3")),
            (self.speed, ("sftp", "s3")),
        ):
            widget.setVisible(kind in where)
            self._labels[widget].setVisible(kind in where)
        hints = {
            "folder": "/mnt/centre",
            "sftp": "sftp://station@drop.example/",
            "s3": "https://s3.example/bucket",
        }
        self.place.setPlaceholderText(LEFT_TO_RIGHT_MARK + hints[kind])
        self.go.setEnabled(self._whole(kind))

    def _whole(self, kind: str) -> bool:
        needed = [self.name.text(), self.place.text(), self.centre_key.line.text()]
        needed += [self.host_key.line.text()] if kind == "sftp" else []
        needed += [self.access_key.text(), self.secret_key.text()] if kind == "s3" else []
        hours = fold_digits(self.hours.text().strip())
        wrong = kind != "folder" and bool(hours) and hours_of(hours) is None
        told = translate("Target", "Hours are written so: %1")
        self.why.setText(told.replace("%1", isolate("20:00-06:00")) if wrong else "")
        return all(text.strip() for text in needed) and not wrong

    def submit(self) -> None:
        kind = self.kind.currentData()
        if not self._whole(kind):
            return
        near = kind == "folder"
        self.submitted.emit(
            TargetWords(
                kind,
                self.name.text().strip(),
                self.place.text().strip(),
                Path(self.centre_key.line.text()),
                Path(self.host_key.line.text()) if kind == "sftp" else None,
                "" if near else self.encrypt_to.text().strip(),
                "" if near else fold_digits(self.hours.text().strip()),
                0 if near else self.speed.value(),
                self.region.text().strip(),
                self.access_key.text().strip(),
                self.secret_key.text().strip(),
            )
        )

    def refuse(self, told: str) -> None:
        self.why.setText(told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)


class FileField(QWidget):
    """A path, typed or chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        lead(self.line)
        choose = QPushButton(translate("Target", "Choose…"))
        choose.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(choose)
        self.setFocusProxy(self.line)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.accessibleName())
        if name:
            self.line.setText(name)


class KeyToGive(Panel):
    """Our new public key, for the centre: it opens nothing before the centre has it."""

    def __init__(self) -> None:
        super().__init__()
        self.key = QLineEdit()
        self.key.setReadOnly(True)
        self.key.setFont(font(12))
        self.key.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        copy = QPushButton(translate("Target", "Copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.key.text()))
        close = QPushButton(translate("Bars", "Close"))
        close.clicked.connect(self.hide)
        line = QHBoxLayout()
        line.addWidget(self.key, 1)
        line.addWidget(copy)
        line.addWidget(close)
        self.add(words(translate("Target", "Give the centre this key of ours:"), 14, 600), line)
        self.hide()

    def show_key(self, key: str) -> None:
        self.key.setText(key)
        self.key.setCursorPosition(0)
        self.setVisible(bool(key))

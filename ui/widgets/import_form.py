"""The import form, in place: which files, whose number, what kind. No dialog but for the files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from archiver.errors import BadCaseNumber
from archiver.i18n import digits, isolate
from archiver.model.identity import CaseKey
from archiver.workflow import vocabulary
from ui import counts
from ui.verbs import Intake
from ui.widgets.parts import Panel, lead, words, wrapped
from ui.words import document_name, short_label, translate

PATTERNS = "*.pdf *.tif *.tiff *.jpg *.jpeg *.png *.jp2"


class ImportForm(Panel):
    submitted = Signal(object)  # Intake
    dismissed = Signal()

    def __init__(self, series: str) -> None:
        super().__init__(padding=22, gap=14)
        self.files: tuple[Path, ...] = ()
        self.series, self.kind = QComboBox(), QComboBox()
        self.number, self.title = QLineEdit(), QLineEdit()
        self.why = wrapped(words("", 13, tone="wrong"))
        self._list = QListWidget()
        self._list.setMinimumHeight(120)
        self._count = words("", 14, tone="ink2")
        self._proposed: CaseKey | None = None
        self._next = words("", 13, tone="ink2")
        QShortcut("F2", self.number, self.take_next, context=Qt.ShortcutContext.WidgetShortcut)
        self._fill(series)
        self.add(words(translate("Import", "Import into a case file"), 22, 600))
        self.add(self._fields(), self._list, self._buttons())
        self.number.textChanged.connect(self._judge)
        self.number.returnPressed.connect(self.submit)

    def _fill(self, series: str) -> None:
        for code in vocabulary.items("docket_series"):
            if code != "unknown":
                self.series.addItem(short_label("docket_series", code), code)
        self.series.setCurrentIndex(max(0, self.series.findData(series)))
        self.kind.addItem(document_name("unsorted", ""), "unsorted")
        for code in vocabulary.items("document_kind"):
            self.kind.addItem(document_name(code, ""), code)
        self.number.setPlaceholderText(digits("99001/93"))
        lead(self.number)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [
            (translate("Import", "Docket series"), self.series),
            (translate("Import", "Appeal number / judicial year"), self.number),
            ("", self._next),
            ("", self.why),
            (translate("Import", "Title"), self.title),
            (translate("Import", "Kind of document"), self.kind),
        ]
        for line, (text, field) in enumerate(rows):
            label = QLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
            if isinstance(field, QComboBox):
                field.setMinimumHeight(34)
                field.setMinimumContentsLength(12)
                policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                field.setSizeAdjustPolicy(policy)
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, line, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        choose = QPushButton(translate("Import", "Choose files…"))
        choose.clicked.connect(self.choose)
        self.go = QPushButton(translate("Import", "Import"))
        self.go.setObjectName("go")
        self.go.clicked.connect(self.submit)
        leave = QPushButton(translate("Import", "Cancel"))
        leave.clicked.connect(self.dismissed)
        line = QHBoxLayout()
        for part in (self.go, leave, choose):
            line.addWidget(part)
        line.addWidget(self._count)
        line.addStretch(1)
        return line

    def start(
        self, key: CaseKey | None, files: Sequence[Path] = (), proposed: CaseKey | None = None
    ) -> None:
        """Fresh fields; the number of the open case file, if there is one.

        proposed: the number that probably comes next, one key away.
        """
        self._proposed = proposed
        hint = translate("Import", "F2: the next number, %1")
        number = isolate(digits(proposed.canonical)) if proposed else ""
        self._next.setText(hint.replace("%1", number) if proposed else "")
        self.title.clear()
        self.number.setText(digits(key.canonical) if key else "")
        if key:
            self.series.setCurrentIndex(self.series.findData(key.series))
        self.set_files(files)
        self.number.setFocus()

    def take_next(self) -> None:
        """F2: the number that the list, or counting, says is next."""
        if self._proposed:
            self.number.setText(digits(self._proposed.canonical))
            self.series.setCurrentIndex(self.series.findData(self._proposed.series))

    def choose(self) -> None:
        kinds = translate("Import", "Scanned files (%1)").replace("%1", PATTERNS)
        title = translate("Import", "Choose the scanned files")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        if names:
            self.set_files([Path(name) for name in names])

    def set_files(self, files: Sequence[Path]) -> None:
        self.files = tuple(files)
        self._list.clear()
        self._list.addItems([isolate(path.name) for path in self.files])
        text = counts.files(len(self.files))
        self._count.setText(text if self.files else "")
        self._judge()

    def key(self) -> CaseKey | None:
        """Of the number as it stands; None, with the reason under the field, if it is none."""
        try:
            return CaseKey.parse(self.number.text(), self.series.currentData())
        except BadCaseNumber as error:
            self.why.setText(f"{error} {error.way_out()}" if self.number.text() else "")
            return None

    def submit(self) -> None:
        key = self.key()
        if key and self.files:
            kind, title = self.kind.currentData(), self.title.text().strip()
            self.submitted.emit(Intake(self.files, key, kind, title))

    def _judge(self) -> None:
        self.why.clear()
        self.go.setEnabled(self.key() is not None and bool(self.files))

"""What heads a case screen: the docket plate, whose file it is, and the track of its steps."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from archiver.i18n import isolate
from ui import counts
from ui.session import Session
from ui.steps import track
from ui.widgets.parts import words, yielding
from ui.widgets.plate import DocketPlate, Track
from ui.words import plate, translate

HEAD_PX = 58
NARROW_PX = 1120


class CaseHead(QWidget):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setFixedHeight(HEAD_PX)
        self.plate = DocketPlate()
        self._title = yielding(words("", 15, 600))
        self._under = yielding(words("", 13, tone="ink2"))
        self.track = Track()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self._title)
        texts.addWidget(self._under)
        texts.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 6, 0, 6)
        line.setSpacing(16)
        line.addWidget(self.plate)
        line.addLayout(texts, 1)
        line.addWidget(self.track)
        session.case_shown.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        summary = self._session.summary
        for part in (self.plate, self.track):
            part.setVisible(summary is not None)
        if summary is None:
            self._title.setText(translate("Head", "No case file is open"))
            self._under.setText("")
            return
        self.plate.show_plate(plate(summary.case))
        self.track.show_signs(track(summary))
        self._title.setText(isolate(summary.case.title) if summary.case.title else "")
        self._title.setVisible(bool(summary.case.title))
        sheets = counts.pages(summary.pages)
        blank = counts.blank(summary.blank) if summary.blank else ""
        documents = counts.documents(len(self._session.view.documents))
        self._under.setText(" · ".join(part for part in (documents, sheets, blank) if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.track.set_worded(self.width() >= NARROW_PX)

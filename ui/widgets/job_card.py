"""The next job: what it is, for which case file, how far it is, and the key that opens it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from archiver.i18n import isolate
from archiver.model.casefile import CaseSummary, Page
from archiver.workflow.today import Job
from ui import counts
from ui.deck import Deck
from ui.images import Images
from ui.jobs import about, sentence, sign, title
from ui.widgets.keys import KeyButton
from ui.widgets.next_card import AccountBar
from ui.widgets.paper_stack import PaperStack
from ui.widgets.parts import Panel, words, wrapped
from ui.widgets.plate import DocketPlate
from ui.words import plate, translate


class JobCard(Panel):
    def __init__(self, images: Images, deck: Deck) -> None:
        super().__init__(padding=24, gap=0)
        self._title, self._what = words("", 25, 600), wrapped(words("", 15, tone="ink2"))
        self._plate, self._bar = DocketPlate(), AccountBar()
        self._case = wrapped(words("", 15))
        self._figures = words("", 13, tone="ink2")
        self.open_button = KeyButton(deck, "open_job", primary=True)
        self._stack = PaperStack(images)
        texts = QVBoxLayout()
        texts.setSpacing(10)
        texts.addWidget(words(translate("Today", "Next job"), 14, 500, "accent"))
        for part in (self._title, self._plate, self._case, self._what):
            texts.addWidget(part)
        texts.addSpacing(4)
        texts.addWidget(self._bar)
        texts.addWidget(self._figures)
        texts.addStretch(1)
        keys = QHBoxLayout()
        keys.setSpacing(10)
        keys.addWidget(self.open_button)
        keys.addWidget(KeyButton(deck, "import"))
        keys.addStretch(1)
        texts.addLayout(keys)
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addLayout(texts, 1)
        line.addWidget(self._stack, 0, Qt.AlignmentFlag.AlignTop)
        self.add(line)

    def show_paper(self, shown: bool) -> None:
        """The pages beside the words give way first where there is no room for both."""
        self._stack.setVisible(shown)

    def show_job(self, job: Job, pages: Sequence[Page]) -> None:
        self._title.setText(title(job.kind))
        self._what.setText(sentence(job.kind))
        self._stack.show_pages(pages)
        for part in (self._plate, self._bar):
            part.setVisible(bool(job.cases))
        if job.cases:
            self._show_case(job.cases[0])
        else:
            self._case.setText(about(job))
            self._case.setVisible(bool(about(job)))
            self._figures.setText(sign(job).word)

    def _show_case(self, row: CaseSummary) -> None:
        self._plate.show_plate(plate(row.case))
        self._case.setText(isolate(row.case.title) if row.case.title else "")
        self._case.setVisible(bool(row.case.title))
        self._bar.show_case(row)
        waiting = row.pages - row.read - row.failed
        parts = (
            counts.pages(row.pages),
            counts.blank(row.blank) if row.blank else "",
            counts.pages_to_read(waiting) if waiting else "",
        )
        self._figures.setText(" · ".join(filter(None, parts)))

"""A sheet that was scanned: its front on the leading side, its back beside it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.models.captured import CapturedRow
from ui.steps import Sign
from ui.theme import Shape
from ui.widgets.desk_view import After
from ui.widgets.parts import Chip, Panel, words, wrapped
from ui.words import translate


class FaceView(QWidget):
    """One face: which it is, whether it is safe, its picture."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = After()
        self._caption, self._chip = words("", 14, 600), Chip()
        title = QHBoxLayout()
        title.setSpacing(10)
        title.addWidget(self._caption)
        title.addWidget(self._chip)
        title.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(title)
        column.addWidget(self.picture, 1)
        self._chip.set_sign(None)

    def tell(self, row: CapturedRow | None) -> None:
        self._caption.setText(row.words if row else "")
        self._chip.set_sign(_sign(row) if row else None)
        self.picture.set_blank(bool(row and row.page and row.page.blank))


class SheetView(Panel):
    def __init__(self) -> None:
        super().__init__(desk=True, padding=12)
        self.front, self.back = FaceView(), FaceView()
        self._hint = wrapped(words("", 14, tone="ink2"))
        both = QHBoxLayout()
        both.setSpacing(14)
        for face in (self.front, self.back):
            both.addWidget(face, 1)
        self.column.addLayout(both, 1)
        self.add(self._hint)

    def show_sheet(self, front: CapturedRow | None, back: CapturedRow | None) -> None:
        for view in (self.front, self.back):
            view.picture.show_gray(None)
        self.tell_of(front, back)
        self.back.setVisible(back is not None)

    def tell_of(self, front: CapturedRow | None, back: CapturedRow | None) -> None:
        """What is known of the faces by now."""
        self.front.tell(front)
        self.back.tell(back)

    def tell(self, hint: str) -> None:
        self._hint.setText(hint)


def _sign(row: CapturedRow) -> Sign:
    if row.page is not None and row.page.blank:
        return Sign(Shape.WAITING, translate("Capture", "Blank back, kept"))
    if row.separator:
        return Sign(Shape.WAITING, translate("Capture", "A slip"))
    if row.page is None:
        return Sign(Shape.CURRENT, translate("Capture", "On the disk"))
    return Sign(Shape.OK, translate("Capture", "Kept"))

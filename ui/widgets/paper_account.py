"""The counters of a feed, and the account of the paper: what was declared against what is here."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from archiver.i18n import digits
from archiver.model.lot import Account
from ui.fonts import font
from ui.paint import Row, hatch, painting, text
from ui.theme import Shape, Tokens
from ui.words import joined, translate

LINE_PX, BAR_PX, TOP_PX = 25, 14, 76


class PaperAccount(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.sheets = self.images = self.expected = 0  # of this feed; sheets counted before it
        self.account: Account | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_feed(self, sheets: int, images: int, expected: int) -> None:
        self.sheets, self.images, self.expected = sheets, images, expected
        self._tell()

    def show_account(self, account: Account | None) -> None:
        self.account = account
        self.updateGeometry()
        self._tell()

    def _tell(self) -> None:
        told = [f"{word} {digits(count)}" for count, word in self._counters()]
        told += [f"{word} {digits(count)}" for _, word, count in self._lines()]
        self.setAccessibleName(joined(*told))
        self.update()

    def sizeHint(self) -> QSize:
        below = BAR_PX + 14 + LINE_PX * len(self._lines()) if self.account else 0
        return QSize(220, TOP_PX + below)

    def _counters(self) -> list[tuple[int, str]]:
        found = [
            (self.sheets, translate("Account", "sheets")),
            (self.images, translate("Account", "images")),
        ]
        if self.expected:
            left = max(0, self.expected - self.sheets)
            found.append((left, translate("Account", "left")))
        return found

    def _lines(self) -> list[tuple[Shape, str, int]]:
        account = self.account
        if account is None:
            return []
        lines = [
            (Shape.OK, translate("Account", "images"), account.images),
            (Shape.WAITING, translate("Account", "blank backs"), account.blanks),
            (Shape.WRONG, translate("Account", "rejects"), account.rejects),
        ]
        if account.faces:
            missing, more = translate("Account", "not scanned yet"), account.missing < 0
            missing = translate("Account", "more than declared") if more else missing
            lines.append((Shape.DOUBTFUL, missing, abs(account.missing)))
            lines.append((Shape.CURRENT, translate("Account", "declared faces"), account.faces))
        return lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            row = Row(self.rect(), self.layoutDirection())
            counters = self._counters()
            wide = self.width() // len(counters)
            for place, (count, word) in enumerate(counters):
                centred = Qt.AlignmentFlag.AlignHCenter
                where = row.at(place * wide, 4, wide, 40)
                text(painter, where, digits(count), font(31, 600), of.ink, centred)
                text(painter, row.at(place * wide, 44, wide, 22), word, font(13), of.ink2, centred)
            if self.account:
                self._bar(painter, row, of)
                for place, (kind, word, count) in enumerate(self._lines()):
                    self._line(painter, row, TOP_PX + BAR_PX + 12 + place * LINE_PX, kind, of)
                    at = row.at(0 if kind is Shape.CURRENT else 22, 0, self.width() - 60, LINE_PX)
                    at.translate(0, TOP_PX + BAR_PX + 12 + place * LINE_PX)
                    face = font(13.5, 600 if kind is Shape.CURRENT else 400)
                    text(painter, at, word, face, of.ink)
                    end = row.end(0, at.y(), 50, LINE_PX)
                    right = Qt.AlignmentFlag.AlignRight
                    text(painter, end, digits(count), font(13.5, 600), of.ink, right)

    def _line(self, painter: QPainter, row: Row, y: int, kind: Shape, of: Tokens) -> None:
        """The swatch of a line, as its part of the bar looks; a rule above the sum."""
        if kind is Shape.CURRENT:
            painter.fillRect(row.at(0, y, self.width(), 1), QColor(of.ink))
        else:
            self._part(painter, QRectF(row.at(0, y + 6, 13, 13)), kind, of)

    def _part(self, painter: QPainter, part: QRectF, kind: Shape, of: Tokens) -> None:
        account = self.account
        if kind is Shape.WAITING:
            hatch(painter, part, of.ink3, 5)
        elif kind is Shape.DOUBTFUL and account and account.missing >= 0:
            painter.setPen(QPen(QColor(of.edge), 1, Qt.PenStyle.DashLine))
            painter.drawRect(part.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.fillRect(part, QColor(of.tones[kind].ink))

    def _bar(self, painter: QPainter, row: Row, of: Tokens) -> None:
        account = self.account
        here = account.images + account.blanks + account.rejects if account else 0
        whole = max(account.faces if account else 0, here, 1)
        x = 0
        for kind, _word, count in self._lines()[:3]:
            wide = self.width() * count // whole
            self._part(painter, QRectF(row.at(x, TOP_PX, max(0, wide - 2), BAR_PX)), kind, of)
            x += wide
        if account and account.missing > 0:
            rest = QRectF(row.at(x, TOP_PX, self.width() - x, BAR_PX))
            self._part(painter, rest, Shape.DOUBTFUL, of)

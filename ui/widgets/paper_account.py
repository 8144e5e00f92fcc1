"""The counters of a feed, and the account of the paper: what was declared against what is here."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from archiver.i18n import digits
from archiver.model.lot import Account
from ui.fonts import font
from ui.paint import Row, hatch, text
from ui.theme import Shape, Tokens, tokens
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
            lines.append((Shape.DOUBTFUL, translate("Account", "not scanned yet"), account.missing))
            lines.append((Shape.CURRENT, translate("Account", "declared faces"), account.faces))
        return lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, of = QPainter(self), tokens(self.palette())
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
                y = TOP_PX + BAR_PX + 12 + place * LINE_PX
                painter.fillRect(row.at(0, y + 6, 12, 12), QColor(of.tones[kind].ink))
                text(painter, row.at(20, y, self.width() - 80, LINE_PX), word, font(13), of.ink2)
                text(painter, row.end(0, y, 50, LINE_PX), digits(count), font(13.5, 600), of.ink)

    def _bar(self, painter: QPainter, row: Row, of: Tokens) -> None:
        account = self.account
        here = account.images + account.blanks + account.rejects if account else 0
        whole = max(account.faces if account else 0, here, 1)
        x = 0
        painter.fillRect(
            row.at(0, TOP_PX, self.width(), BAR_PX), QColor(of.tones[Shape.WAITING].tint)
        )
        for kind, _word, count in self._lines()[:3]:
            wide = self.width() * count // whole
            part: QRect = row.at(x, TOP_PX, wide, BAR_PX)
            if kind is Shape.WAITING:
                hatch(painter, QRectF(part), of.tones[kind].ink, 5)
            else:
                painter.fillRect(part, QColor(of.tones[kind].ink))
            x += wide

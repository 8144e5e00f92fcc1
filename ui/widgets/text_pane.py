"""The recognised text of a page, line by line, each word tied to its box by its number."""

from bisect import bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from archiver.i18n import digits
from ocr.doubt import is_doubtful
from ocr.page import Line, PageText, Review
from ui.fonts import document_font, font
from ui.paint import painting
from ui.theme import Shape, Tokens, tokens
from ui.widgets.page_view import doubt_dashes, is_number

LINE_PX = 33
LARGEST_PX, LEAST_PX = 20, 17  # of the letters
NUMBER_PX = 46  # the margin that holds the line numbers


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands in the text."""

    line: int
    start: int  # position in the document
    length: int
    doubtful: bool
    text: str
    review: Review


def is_centred(line: Line, page_px: int) -> bool:
    """A short line in the middle of the page: a heading."""
    before, after = line.box.x, page_px - line.box.x - line.box.width
    return abs(before - after) < 0.06 * page_px and min(before, after) > 0.22 * page_px


class TextPane(QTextEdit):
    """`word_pointed` while the mouse is over a word, `word_chosen` when it is clicked."""

    word_pointed = Signal(int)
    word_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.places: tuple[Place, ...] = ()
        self._lines: list[str] = []
        self._widest_px = 0.0  # its longest line at `LARGEST_PX`
        self.current, self.hovered = -1, -1
        self.found: frozenset[int] = frozenset()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(document_font())
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(8)

    def show_text(self, read: PageText | None) -> None:
        """Document text runs as its lines do, whatever the language of the interface."""
        self.found = frozenset()
        self._write(read)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._paint_selections()

    def correct_text(self, read: PageText) -> None:
        """Other words of the same page, which stays where it is scrolled to."""
        bar = self.verticalScrollBar()
        scrolled = bar.value()
        if [line.text for line in read.lines] == self._lines:
            self.places = _places(read)
            self.viewport().update()
        else:
            self._write(read)
            bar.setValue(scrolled)
        self._paint_selections()

    def _write(self, read: PageText | None) -> None:
        # One layout for the whole page: no bar that goes and comes, the letters' size beforehand.
        if self.verticalScrollBar().isVisible():
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.clear()
        self.current = self.hovered = -1
        self._lines = [line.text for line in read.lines] if read else []
        longest = sorted(self._lines, key=len)[-6:]  # the widest is among them
        wide = QFontMetricsF(document_font(LARGEST_PX)).horizontalAdvance
        self._widest_px = max(map(wide, longest), default=0.0)
        self._fit()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, line in enumerate(read.lines if read else ()):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(_block(line, read.width_px if read else 0))
            cursor.insertText(line.text)
        cursor.endEditBlock()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.places = _places(read) if read else ()
        self._starts = [place.start for place in self.places]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As large as designed, or as lets the longest line stand whole, down to `LEAST_PX`."""
        room = self.viewport().width() - NUMBER_PX - 20
        fits = int(LARGEST_PX * room / max(self._widest_px, 1.0))
        face = document_font(max(LEAST_PX, min(LARGEST_PX, fits)))
        if face != self.font():
            self.setFont(face)

    def mark(self, *, current: int | None = None, found: tuple[int, ...] | None = None) -> None:
        if current is not None:
            self.current = current
        if found is not None:
            self.found = frozenset(found)
        self._paint_selections()

    def point_at(self, word: int) -> None:
        self.hovered = word
        self._paint_selections()

    def reveal(self, word: int) -> None:
        if 0 <= word < len(self.places):
            self.setTextCursor(self._cursor(self.places[word], whole=False))
            top, room = self.cursorRect().top(), self.viewport().height()
            if not 0.1 * room < top < 0.7 * room:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + top - round(0.4 * room))

    def doubts(self) -> list[int]:
        """Numbers first, because a lost digit loses a case; then the words, as they are read."""
        doubtful = [number for number, place in enumerate(self.places) if place.doubtful]
        return sorted(doubtful, key=self.urgency)

    def urgency(self, word: int) -> tuple[bool, int]:
        """Where a word comes among those to be looked at."""
        return not is_number(self.places[word].text), word

    def _cursor(self, place: Place, *, whole: bool = True) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place.start)
        if whole:
            keep = QTextCursor.MoveMode.KeepAnchor
            cursor.setPosition(place.start + place.length, keep)
        return cursor

    def _paint_selections(self) -> None:
        of = tokens(self.palette())
        made = [self._selection(n, of.found, of.ink) for n in sorted(self.found)]
        if 0 <= self.hovered < len(self.places) and self.hovered != self.current:
            made.append(self._selection(self.hovered, of.selection, of.ink))
        if 0 <= self.current < len(self.places):
            made.append(self._selection(self.current, of.accent, of.on_accent))
        self.setExtraSelections(made)

    def _selection(self, word: int, ground: str, ink: str) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor(self.places[word])
        made.format.setBackground(QColor(ground))
        made.format.setForeground(QColor(ink))
        return made

    def word_at(self, position: int) -> int:
        """The word that covers a position of the document, -1 for none."""
        if not self.places:
            return -1
        number = bisect_right(self._starts, position) - 1
        place = self.places[max(0, number)]
        return number if place.start <= position <= place.start + place.length else -1

    def _word_under(self, event: QMouseEvent) -> int:
        where = event.position().toPoint()
        word = self.word_at(self.cursorForPosition(where).position())
        if word < 0:
            return -1
        rects = self._rects(self.document().findBlock(self.places[word].start), self.places[word])
        inside = any(rect.adjusted(-3, -2, 3, 6).contains(QPointF(where)) for rect in rects)
        return word if inside else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        word = self._word_under(event)
        if word != self.hovered:
            self.point_at(word)
            self.word_pointed.emit(word)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        word = self._word_under(event)
        if word >= 0:
            self.word_chosen.emit(word)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self.viewport()) as (painter, of):
            self._paint_line(painter, of)
        super().paintEvent(event)
        with painting(self.viewport()) as (painter, of):
            self._paint_numbers(painter, of)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, place in enumerate(self.places):
                if (place.doubtful or place.review) and number != self.current:
                    painter.setPen(_pen(place, of))
                    block = self.document().findBlock(place.start)
                    for rect in self._rects(block, place):
                        if not event.rect().intersects(rect.toAlignedRect().adjusted(0, 0, 0, 6)):
                            continue
                        if place.review == "illegible":
                            painter.drawRect(rect.adjusted(-2, 0, 2, 0))
                        else:
                            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _rects(self, block: QTextBlock, place: Place) -> list[QRectF]:
        """Of a word, in viewport pixels: one, or two where it is broken."""
        layout = block.layout()
        origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
        scroll = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        first = place.start - block.position()
        rects = []
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start = max(first, line.textStart())
            end = min(first + place.length, line.textStart() + line.textLength())
            # not cursorToX: at the end of a line both ends of a number are one place to it
            parts = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
            if start < end and parts:
                left = min(part.left() for part in parts)
                wide = max(part.right() for part in parts) - left
                top = line.y() + line.height() * 0.12
                rects.append(
                    QRectF(left, top, wide, line.height() * 0.82)
                    .translated(origin)
                    .translated(-scroll)
                )
        return rects

    def _paint_line(self, painter: QPainter, of: Tokens) -> None:
        """The current line, tinted from edge to edge, with a bar where it begins."""
        if not 0 <= self.current < len(self.places):
            return
        block = self.document().findBlock(self.places[self.current].start)
        area = self.document().documentLayout().blockBoundingRect(block)
        area.translate(0, -self.verticalScrollBar().value())
        area.setLeft(0)
        area.setRight(self.viewport().width())
        painter.fillRect(area, QColor(of.selection))
        area.setLeft(area.right() - 3)
        painter.fillRect(area, QColor(of.accent))

    def _paint_numbers(self, painter: QPainter, of: Tokens) -> None:
        """Line numbers on the side where the lines begin."""
        block = self.document().begin()
        layout, scroll = self.document().documentLayout(), self.verticalScrollBar().value()
        painter.setFont(font(12))
        right = self.viewport().width()
        while block.isValid() and self.places:
            area = layout.blockBoundingRect(block).translated(0, -scroll)
            if area.top() > self.viewport().height():
                break
            if area.bottom() >= 0:
                painter.setPen(QColor(of.ink3))
                where = QRectF(right - NUMBER_PX + 6, area.top(), 30, LINE_PX)
                painter.drawText(
                    where, Qt.AlignmentFlag.AlignCenter, digits(block.blockNumber() + 1)
                )
            block = block.next()


def _pen(place: Place, of: Tokens) -> QPen:
    """Dots or dashes under a doubt, a thin line under what was accepted, a box round the rest."""
    if place.review:
        kind = Shape.OK if place.review == "checked" else Shape.WRONG
        return QPen(QColor(of.tones[kind].ink), 1.4)
    pen = QPen(QColor(of.tones[Shape.DOUBTFUL].ink), 2.5, Qt.PenStyle.DotLine)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setDashPattern(doubt_dashes(place.text))
    return pen


def _places(read: PageText) -> tuple[Place, ...]:
    places, start = [], 0
    for number, line in enumerate(read.lines):
        for word in line.words:
            length = _units(word.text)
            doubtful = is_doubtful(word)
            places.append(Place(number, start, length, doubtful, word.text, word.review))
            start += length + 1  # a space, or the end of the line
    return tuple(places)


def _units(text: str) -> int:
    """How long Qt counts `text`: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _block(line: Line, page_px: int) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(LINE_PX, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    rtl = line.direction == "rtl"
    made.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    )
    edge = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    middle = Qt.AlignmentFlag.AlignHCenter
    made.setAlignment(
        middle if is_centred(line, page_px) else edge | Qt.AlignmentFlag.AlignAbsolute
    )
    made.setRightMargin(NUMBER_PX - 8)
    made.setLeftMargin(10)
    return made

"""The name of a document over its pages in a strip, on a line as long as they are."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from ui.fonts import font
from ui.paint import Row, text, text_width
from ui.theme import Tokens
from ui.words import short_kind

LINE_PX, ABOVE_PX = 2, 8  # the line; between it and the pages


def paint_bracket(
    painter: QPainter,
    span: QRect,
    direction: Qt.LayoutDirection,
    words: tuple[str, str],
    head_px: int,
    gap_px: int,
    of: Tokens,
) -> None:
    """span: from its first page to its last, with half a gap at both ends; whoever paints clips
    to one page. words: the document's name, and its kind for where the name has no room.
    """
    row, name = Row(span, direction), words[0]
    wide = span.width() - gap_px
    painter.fillRect(row.at(gap_px // 2, head_px - ABOVE_PX, wide, LINE_PX), QColor(of.edge))
    where = row.at(gap_px // 2, 0, wide, head_px - ABOVE_PX - 1)
    if text_width(name, font(12.5)) > where.width():
        name = short_kind(words[1])
    text(painter, where, name, font(12.5), of.ink2)

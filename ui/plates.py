"""The docket plate as paint: series | number | judicial year, like the label of a file."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath

from ui.fonts import font
from ui.paint import Row, panel, text, text_width
from ui.theme import Tokens
from ui.words import Plate


@dataclass(frozen=True, slots=True)
class PlateStyle:
    """Sizes in pixels; a framed plate heads a screen, a bare one stands in a list."""

    number_px: int
    small_px: int
    gap: int
    padding: int
    framed: bool


HEAD = PlateStyle(number_px=25, small_px=14, gap=9, padding=14, framed=True)
LIST = PlateStyle(number_px=16, small_px=12, gap=6, padding=8, framed=False)


def _pieces(plate: Plate, style: PlateStyle) -> list[tuple[str, bool]]:
    """(words, whether they are a number) after the tag."""
    before = [(plate.before, False)] if style.framed else []
    pieces = [*before, (plate.number, True), (plate.between, False), (plate.year, True)]
    return [(words, number) for words, number in (*pieces, (plate.after, False)) if words.strip()]


def _font(style: PlateStyle, number: bool) -> QFont:
    return font(style.number_px, 600) if number else font(style.small_px)


def tag_width(plate: Plate, style: PlateStyle) -> int:
    return text_width(plate.tag, font(style.small_px + 1, 600)) + 2 * style.padding


def plate_width(plate: Plate, style: PlateStyle) -> int:
    widths = [text_width(w, _font(style, n)) + style.gap for w, n in _pieces(plate, style)]
    inner = style.padding if style.framed else style.gap
    return tag_width(plate, style) + inner + sum(widths) + (inner - style.gap)


def paint_plate(
    painter: QPainter, rect: QRect, plate: Plate, style: PlateStyle, tokens: Tokens
) -> None:
    """`rect` is `plate_width` wide."""
    row = Row(rect, painter.layoutDirection())
    tag = tag_width(plate, style)
    if style.framed:
        panel(painter, QRectF(rect), tokens.surface, tokens.ink, 4)
    _paint_tag(painter, row.at(0, 0, tag, rect.height()), QRectF(rect), style, tokens)
    tag_font = font(style.small_px + 1, 600)
    centred = Qt.AlignmentFlag.AlignHCenter
    tag_rect = row.at(0, 0, tag, rect.height())
    text(painter, tag_rect, plate.tag, tag_font, tokens.window, centred)
    x = tag + (style.padding if style.framed else style.gap)
    for words, number in _pieces(plate, style):
        width = text_width(words, _font(style, number))
        colour = tokens.ink if number else tokens.ink2
        where = row.at(x, 0, width, rect.height())
        text(painter, where, words, _font(style, number), colour)
        x += width + style.gap


def _paint_tag(
    painter: QPainter, tag: QRect, whole: QRectF, style: PlateStyle, tokens: Tokens
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corners = QPainterPath()
    corners.addRoundedRect(whole if style.framed else QRectF(tag), 4, 4)
    painter.setClipPath(corners)
    painter.fillRect(tag, QColor(tokens.ink))
    painter.restore()

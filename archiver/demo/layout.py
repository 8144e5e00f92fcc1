"""A text set on a sheet: centred headings, paragraphs, frames and ruled tables."""

from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from archiver.demo.galley import Galley, PageFull, centre, far, length, paragraph, spread, words_of
from archiver.demo.lettering import Ink, draw_word, px, px_of_points
from archiver.demo.manifest import Face, typeface
from archiver.demo.script import Block, Style, blocks, runs

SMALLEST_PT: Final = 11.0
SCALE: Final = {Style.TITLE: 1.35, Style.HEADING: 1.08}
RULE_PX: Final = 4


def set_text(face: Face, text: str) -> Galley:
    """The text placed on its sheet at the face's size, or the next smaller one that fits.

    Raises PageFull where it would have to be smaller than `SMALLEST_PT`.
    """
    size_pt = face.size_pt
    while True:
        try:
            return _set_at(face, text, size_pt)
        except PageFull:
            size_pt -= 0.5
            if size_pt < SMALLEST_PT:
                raise


def print_ink(face: Face, galley: Galley) -> Ink:
    image = Image.new("L", (px(face.size_mm[0]), px(face.size_mm[1])))
    canvas = ImageDraw.Draw(image)
    for word in galley.words:
        draw_word(canvas, word)
    for rule in galley.rules:
        canvas.line(rule, 255, RULE_PX)
    return np.array(image)


def _set_at(face: Face, text: str, size_pt: float) -> Galley:
    width, height = map(px, face.size_mm)
    margin, top = px(face.margin_mm), px(min(20, face.margin_mm))
    galley = Galley(
        px_of_points(size_pt), typeface(face.font), margin, width - margin, top,
        height - px(14), "by_hand" in face.wear, float(top),
    )  # fmt: skip
    for run in runs(blocks(text)):
        _set_run(galley, run)
    return galley


def _set_run(galley: Galley, run: tuple[Block, ...]) -> None:
    block = run[0]
    match block.style:
        case Style.ROW:
            _table(galley, [row.parts for row in run])
        case Style.BOXED | Style.BOXED_CENTRED:
            _box(galley, run)
        case Style.GAP:
            galley.advance(galley.pitch(0.5))
        case Style.RULE:
            _rule(galley)
        case Style.SPREAD:
            spread(galley, block.parts)
        case Style.FAR:
            far(galley, block.parts[0])
        case Style.BODY:
            paragraph(galley, block.parts[0], galley.left, galley.right, px(9))
        case _:
            _heading(galley, block)


def _heading(galley: Galley, block: Block) -> None:
    file = galley.type.regular if block.style is Style.CENTRED else galley.type.bold
    size = round(galley.size * SCALE.get(block.style, 1.0))
    centre(galley, block.parts[0], file, size, galley.left, galley.right)


def _rule(galley: Galley) -> None:
    middle, half = (galley.left + galley.right) // 2, px(28)
    y = round(galley.pen + galley.pitch(0.32))
    galley.rules.append((middle - half, y, middle + half, y))
    galley.advance(galley.pitch(0.55))


def _box(galley: Galley, run: tuple[Block, ...]) -> None:
    pad, top = px(4), round(galley.pen)
    left, right = galley.left, galley.right
    galley.advance(pad / 2)
    for block in run:
        if block.style is Style.BOXED_CENTRED:
            centre(galley, block.parts[0], galley.type.bold, galley.size, left, right)
        else:
            paragraph(galley, block.parts[0], left + pad, right - pad, 0)
    galley.advance(pad / 2)
    foot = round(galley.pen)
    galley.rules += [(left, y, right, y) for y in (top, foot)]
    galley.rules += [(x, top, x, foot) for x in (left, right)]
    galley.advance(pad / 2)


def _table(galley: Galley, rows: list[tuple[str, ...]]) -> None:
    edges = _column_edges(galley, rows)
    tops = [round(galley.pen)]
    for number, cells in enumerate(rows):
        _row(galley, cells, edges, galley.type.regular if number else galley.type.bold)
        tops.append(round(galley.pen))
    galley.rules += [(edges[-1], y, edges[0], y) for y in tops]
    galley.rules += [(x, tops[0], x, tops[-1]) for x in edges]
    galley.advance(px(2))


def _column_edges(galley: Galley, rows: list[tuple[str, ...]]) -> list[int]:
    """From the right edge to the left one; the widest column takes what is left."""
    natural = [
        max(length(words_of(cell), galley.type.bold, galley.size) for cell in column)
        + 2 * px(3)
        + 2
        for column in zip(*rows, strict=True)
    ]
    widest = natural.index(max(natural))
    natural[widest] = galley.right - galley.left - (sum(natural) - natural[widest])
    return [round(galley.right - width) for width in np.cumsum([0, *natural])]


def _row(galley: Galley, cells: tuple[str, ...], edges: list[int], file: str) -> None:
    pad, begin, lowest = px(3), galley.pen + px(1), 0.0
    for cell, right, left in zip(cells, edges[:-1], edges[1:], strict=True):
        galley.pen = begin
        centre(galley, cell, file, galley.size, left + pad, right - pad)
        lowest = max(lowest, galley.pen)
    galley.pen = lowest
    galley.advance(px(1))

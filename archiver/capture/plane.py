"""Boxes and matrices of a PDF page: points, y upwards (ISO 32000-1, 8.3)."""

from collections.abc import Iterable
from math import hypot
from typing import Any, Final

Box = tuple[float, float, float, float]  # left, bottom, right, top
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)

_SKEW: Final = 0.001  # a turn beyond this is no multiple of 90 degrees


def matrix_of(numbers: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = (float(n) for n in numbers)
    return (a, b, c, d, e, f)


def times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def box_of(corners: Iterable[Any]) -> Box:
    x0, y0, x1, y1 = (float(n) for n in corners)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def rectangle(operands: Iterable[Any], matrix: Matrix) -> Box | None:
    x, y, width, height = (float(n) for n in operands)
    if not is_upright(matrix):
        return None
    return transformed(box_of((x, y, x + width, y + height)), matrix)


def is_upright(m: Matrix) -> bool:
    """Whether `m` turns by a multiple of 90 degrees."""
    aslant = min(abs(m[0]) + abs(m[3]), abs(m[1]) + abs(m[2]))
    return aslant <= _SKEW * max(hypot(m[0], m[1]), hypot(m[2], m[3]))


def transformed(box: Box, m: Matrix) -> Box:
    corners = [(x, y) for x in box[::2] for y in box[1::2]]
    xs = [m[0] * x + m[2] * y + m[4] for x, y in corners]
    ys = [m[1] * x + m[3] * y + m[5] for x, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def meet(one: Box, other: Box) -> Box:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def spans(inner: Box, outer: Box, least: float) -> bool:
    """Whether `inner` has at least this part of the width and of the height of `outer`."""
    wide = inner[2] - inner[0] >= least * (outer[2] - outer[0])
    return wide and inner[3] - inner[1] >= least * (outer[3] - outer[1])

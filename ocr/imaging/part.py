"""A part of a page, so that it is read by itself and its words still have their places."""

import numpy as np

from ocr.imaging.arrays import Image
from ocr.page import Box


def cut_out(image: Image, part: Box) -> Image:
    """The pixels of `part` alone; what of it lies outside is left out.

    image: uint8, (height, width) or (height, width, 3).
    """
    rows = slice(max(0, part.y), part.y + part.height)
    columns = slice(max(0, part.x), part.x + part.width)
    return image[rows, columns]


def alone(page: Image, part: Box) -> Image:
    """The page with nothing on it but `part`; around it the colour of the part's own paper.

    page: uint8, upright, (height, width) or (height, width, 3). Its size stays, and with it the
    resolution that steps measure by. part: pixels of `page`; what lies outside is left out.
    """
    inside = cut_out(page, part)
    paper = np.percentile(inside, 90, axis=(0, 1)) if inside.size else np.float64(255)
    emptied = np.empty_like(page)
    emptied[...] = paper.astype(np.uint8)
    cut_out(emptied, part)[...] = inside
    return emptied

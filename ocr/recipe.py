"""From the page as it was delivered to the page as the reader should see it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ocr.imaging import blank, border, colour, deskew, ink, leaves, light, orientation, rules, scale
from ocr.imaging.arrays import Affine, Gray, Image, Mask, Size, size
from ocr.imaging.blank import Face
from ocr.imaging.orientation import Turn
from ocr.imaging.rules import Table
from ocr.steps import Figure, Step

VERSION = 6
"""Raise by hand when the same parameters give another picture: results are kept under it."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which steps a page goes through. Small and picklable; equal recipes give equal pages."""

    name: str
    lowest_dpi: int = 150
    highest_dpi: int = 220  # finer is slower, and Tesseract reads it worse
    remove_colour: bool = True
    paint_border: bool = True
    even_light: bool = True
    deskew: bool = True
    skew_from_deg: float = 0.1  # what is straighter is left alone
    find_tables: bool = True
    try_more: bool = True  # other pictures of a page that the reader doubts

    def parameters(self) -> dict[str, Figure]:
        """For stage keys and records; the version of the code is in it."""
        return {**asdict(self), "version": VERSION}


PRINT = Recipe("print")
PLAIN = Recipe(
    "plain",
    remove_colour=False,
    paint_border=False,
    even_light=False,
    deskew=False,
    find_tables=False,
    try_more=False,
)
RECIPES: Mapping[str, Recipe] = {recipe.name: recipe for recipe in (PRINT, PLAIN)}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready to be read.

    image: uint8 grey, at `dpi`. to_upright: takes a point of `image` to the upright page, which
    is the delivered page turned by `turn_deg` and nothing else. sideways: the lines run down the
    picture, so it needs another turn. upright, upright_dpi: size and resolution of that page.
    tables: ruled tables, whose rules are taken out of `image`. gutter: between two leaves of an
    open book, in shares of the width.
    """

    image: Gray
    dpi: int
    upright: Size
    upright_dpi: int
    turn_deg: Turn
    to_upright: Affine
    face: Face
    sideways: bool
    tables: tuple[Table, ...]
    gutter: float | None
    steps: tuple[Step, ...]


def prepare(page: Image, dpi: int, recipe: Recipe, turn_deg: Turn = 0) -> Prepared:
    """Turn, scale, drop colour, even the light, straighten.

    page: uint8, (height, width) or (height, width, 3) RGB, as delivered. dpi: as stated; 0 where
    unknown. Scaling comes first because every later step then has less to do.
    """
    stated_dpi = scale.believable_dpi(page, dpi)
    upright = orientation.turn(page, turn_deg) if turn_deg else page
    scaled, factor = scale.to_dpi(upright, stated_dpi, recipe.lowest_dpi, recipe.highest_dpi)
    work_dpi = max(1, round(stated_dpi * factor))
    steps = [
        Step("turn", {"clockwise_deg": turn_deg}),
        Step("scale", {"stated_dpi": dpi, "from_dpi": stated_dpi, "to_dpi": work_dpi}),
    ]
    image = _clean(scaled, work_dpi, recipe, steps)
    small = ink.small(light.even(image, work_dpi)[0] if not recipe.even_light else image, work_dpi)
    face = blank.face(small)
    text_ink = ink.without_edges(ink.ink(small))
    straight, back = _straighten(image, text_ink, recipe, steps)
    gutter = leaves.gutter(text_ink)
    if gutter is not None:
        steps.append(Step("leaves", {"gutter": round(gutter, 3)}))
    level = small if straight is image else ink.small(straight, work_dpi)
    straight, tables = _without_rules(straight, level, work_dpi, recipe, steps)
    return Prepared(
        image=straight,
        dpi=work_dpi,
        upright=size(upright),
        upright_dpi=stated_dpi,
        turn_deg=turn_deg,
        to_upright=_scaled(
            back, upright.shape[1] / image.shape[1], upright.shape[0] / image.shape[0]
        ),
        face=face,
        sideways=face != "blank" and orientation.runs_sideways(text_ink),
        tables=tables,
        gutter=gutter,
        steps=tuple(steps),
    )


def _clean(page: Image, dpi: int, recipe: Recipe, steps: list[Step]) -> Gray:
    if recipe.remove_colour:
        image, share = colour.without_colour(page, dpi)
        steps.append(Step("colour", {"coloured_ink": round(share, 3)}))
    else:
        image = colour.gray(page)
    if recipe.paint_border:
        image, share = border.without_border(image, dpi)
        if share:
            steps.append(Step("border", {"share": round(share, 3)}))
    if recipe.even_light:
        image, unevenness = light.even(image, dpi)
        steps.append(Step("light", {"unevenness": round(unevenness, 3)}))
    return image


def _straighten(
    page: Gray, text_ink: Mask, recipe: Recipe, steps: list[Step]
) -> tuple[Gray, Affine]:
    angle = deskew.skew_deg(text_ink) if recipe.deskew else 0.0
    if abs(angle) < recipe.skew_from_deg:
        return page, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    steps.append(Step("deskew", {"skew_deg": round(angle, 2)}))
    return deskew.turn_back(page, angle)


def _without_rules(
    page: Gray, small: Gray, dpi: int, recipe: Recipe, steps: list[Step]
) -> tuple[Gray, tuple[Table, ...]]:
    tables = rules.tables(small) if recipe.find_tables else ()
    if not tables:
        return page, ()
    cells = sum((len(t.across) - 1) * (len(t.down) - 1) for t in tables)
    steps.append(Step("rules", {"tables": len(tables), "cells": cells}))
    return rules.without_rules(page, dpi), tables


def _scaled(affine: Affine, x: float, y: float) -> Affine:
    a, b, c, d, e, f = affine
    return (a * x, b * x, c * x, d * y, e * y, f * y)

"""One visit to one page: prepare it, read it, put the boxes where people see them."""

import math
from contextlib import suppress
from dataclasses import dataclass, replace

from ocr.cells import by_leaves, in_cells
from ocr.engine import Engine, Layout
from ocr.errors import EngineFailed, EngineTimeout, OcrError
from ocr.imaging.arrays import Affine, Image, Size, size
from ocr.imaging.orientation import Turn
from ocr.missed import with_missed
from ocr.page import Box, Direction, Line, PageText
from ocr.recipe import Prepared, Recipe, prepare
from ocr.steps import RECOGNISE, Step
from ocr.tsv import around
from ocr.variants import GREY, Variant, others

INVERTED = 0.5  # mean confidence; upright pages had 0.67 and more, inverted ones 0.27 and less
SURE, UNSURE = 0.8, 0.5
DOUBTED, DESPAIRED = 0.65, 0.3  # share of sure less unsure words, see docs/design.md
OSD_SURE = 2.0  # orientation confidence that is worth a second reading


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a page.

    text: in pixels of the upright page. turn_deg: clockwise, what makes the delivered page
    upright. blank: nothing is on it, and it was not read. steps: what was done, for the record.
    """

    text: PageText
    turn_deg: Turn
    blank: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One reading of one picture of the page; text in pixels of the prepared page."""

    prepared: Prepared
    text: PageText
    picture: str
    layout: Layout
    tried: int = 1  # readings it was chosen from
    missed: int = 0  # lines that were found only when looked for by themselves


def read_page(
    image: Image, dpi: int, language: str, engine: Engine, recipe: Recipe, *, upright: bool = False
) -> Reading:
    """Prepare and read a page, whichever way up it is, as often as it takes.

    image: uint8, (height, width) or (height, width, 3) RGB, as delivered. dpi: 0 where unknown.
    language: ISO 639-2. upright: it stands upright, no other way up is tried.
    Raises EngineMissing, EngineFailed, EngineTimeout.

    A page that the reader is sure of is read once. Asking for the orientation costs half as much
    as reading, so only lines that run down the sheet or a very doubtful reading ask for it; only
    a doubtful page is read again from other pictures, and the surest reading is taken.
    """
    prepared = prepare(image, dpi, recipe)
    if prepared.face == "blank":
        return _blank(prepared, engine, language)
    if upright:
        attempt = _attempt_somehow(prepared, language, engine)
    else:
        attempt = _upright(prepared, image, dpi, language, engine, recipe)
    if prepared.face == "faint" and _is_inverted(attempt.text):
        return _blank(prepared, engine, language)  # the other side shows through
    return _told(_whole(_surest(attempt, engine), engine) if recipe.try_more else attempt)


def _upright(
    prepared: Prepared, image: Image, dpi: int, language: str, engine: Engine, recipe: Recipe
) -> _Attempt:
    first: _Attempt | None = None
    if not prepared.sideways:
        first = _attempt_somehow(prepared, language, engine)
        if not _is_inverted(first.text):
            return first
    tried = [] if first is None else [first]
    failure: OcrError = EngineFailed("it was read no way up")
    for turn_deg in _turns_to_try(prepared, engine):
        try:
            turned = prepare(image, dpi, recipe, turn_deg)
            tried.append(_attempt_somehow(turned, language, engine))
        except (EngineFailed, EngineTimeout) as error:
            failure = error
    if not tried:
        raise failure
    return max(tried, key=_evidence)


def _attempt_somehow(prepared: Prepared, language: str, engine: Engine) -> _Attempt:
    """The grey picture; or, where it stops the reader, the first picture that does not.

    Raises what the grey picture raised where all of them do.
    """
    try:
        return _attempt(prepared, language, engine, GREY)
    except EngineFailed:
        for variant in others(badly=True):
            with suppress(EngineFailed):
                return _attempt(prepared, language, engine, variant)
        raise


def _surest(first: _Attempt, engine: Engine) -> _Attempt:
    """The best of `first` and, while it is doubtful, of other pictures of the same page."""
    best, tried = first, 1
    sureness = _sureness(first.text)
    if sureness >= DOUBTED or not first.text.lines:
        return first
    for variant in others(badly=sureness < DESPAIRED):
        try:
            another = _attempt(first.prepared, first.text.language, engine, variant)
        except (EngineFailed, EngineTimeout):
            break  # there is a reading already; what one picture does to the reader ends the trial
        tried += 1
        best = max(best, another, key=_evidence)
        if _sureness(best.text) >= DOUBTED:
            break
    return replace(best, tried=tried)


def _whole(attempt: _Attempt, engine: Engine) -> _Attempt:
    """With the lines that the reader passed over; in a table nobody could say where they belong."""
    prepared, text = attempt.prepared, attempt.text
    if prepared.tables:
        return attempt
    lines = with_missed(text.lines, prepared.image, prepared.dpi, text.language, engine)
    missed = len(lines) - len(text.lines)
    return replace(attempt, text=replace(text, lines=lines), missed=missed)


def _turns_to_try(prepared: Prepared, engine: Engine) -> tuple[Turn, ...]:
    """What the orientation model says; without its word, the other way of the same two."""
    told = engine.orientation(prepared.image, prepared.dpi)
    if told is not None and told.confidence >= OSD_SURE:
        return () if told.turn_deg == 0 and not prepared.sideways else (told.turn_deg,)
    return (90, 270) if prepared.sideways else (180,)


def _is_inverted(text: PageText) -> bool:
    return text.confidence < INVERTED


def _sureness(text: PageText) -> float:
    """`evidence` a word, -1..1."""
    return evidence(text) / max(1, len(text.words))


def _evidence(attempt: _Attempt) -> int:
    return evidence(attempt.text)


def evidence(text: PageText) -> int:
    """Sure words less unsure words: picks the better of two readings of one page.

    Measured on 7 kinds of worn pages, it chose readings within 0.1 % CER of the best possible.
    """
    sure = sum(word.confidence >= SURE for word in text.words)
    return sure - sum(word.confidence < UNSURE for word in text.words)


def _attempt(prepared: Prepared, language: str, engine: Engine, variant: Variant) -> _Attempt:
    layout = variant.layout or ("block" if prepared.tables else "page")
    picture = variant.picture(prepared.image, prepared.dpi)
    found = engine.recognise(picture, prepared.dpi, language, layout)
    lines = _in_order(found, prepared)
    return _Attempt(prepared, replace(found, lines=lines), variant.name, layout)


def _in_order(found: PageText, prepared: Prepared) -> tuple[Line, ...]:
    usual: Direction = "rtl" if found.language == "ara" else "ltr"
    page = size(prepared.image)
    lines = in_cells(found.lines, prepared.tables, page, usual)
    return lines if prepared.gutter is None else by_leaves(lines, prepared.gutter, page, usual)


def _told(attempt: _Attempt) -> Reading:
    prepared, text = attempt.prepared, attempt.text
    step = Step(
        RECOGNISE,
        {
            "engine": text.engine,
            "language": text.language,
            "dpi": prepared.dpi,
            "picture": attempt.picture,
            "layout": attempt.layout,
            "tried": attempt.tried,
            "missed": attempt.missed,
            "sureness": round(_sureness(text), 2),
        },
    )
    upright = _on_upright_page(text, prepared)
    return Reading(upright, prepared.turn_deg, False, (*prepared.steps, step))


def _blank(prepared: Prepared, engine: Engine, language: str) -> Reading:
    width, height = prepared.upright
    reader = f"{engine.name} {engine.version}"
    text = PageText(width, height, prepared.upright_dpi, (), reader, language)
    return Reading(text, prepared.turn_deg, True, (*prepared.steps, Step("blank")))


def _on_upright_page(found: PageText, prepared: Prepared) -> PageText:
    width, height = prepared.upright
    lines = tuple(_line(line, prepared.to_upright, prepared.upright) for line in found.lines)
    return replace(found, width_px=width, height_px=height, dpi=prepared.upright_dpi, lines=lines)


def _line(line: Line, to_upright: Affine, page: Size) -> Line:
    words = tuple(replace(w, box=carried(w.box, to_upright, page)) for w in line.words)
    return Line(words, around([word.box for word in words]), line.direction)


def carried(box: Box, affine: Affine, page: Size) -> Box:
    """The upright box around `box` after `affine`, kept on the page, at least a pixel wide."""
    a, b, c, d, e, f = affine
    corners = [
        (a * x + b * y + c, d * x + e * y + f)
        for x in (box.x, box.x + box.width)
        for y in (box.y, box.y + box.height)
    ]
    left, right = _span([x for x, _ in corners], page.width)
    top, bottom = _span([y for _, y in corners], page.height)
    return Box(left, top, right - left, bottom - top)


def _span(values: list[float], limit: int) -> tuple[int, int]:
    low = min(max(0, math.floor(min(values) + 0.01)), limit - 1)
    high = min(max(low + 1, math.ceil(max(values) - 0.01)), limit)
    return low, high

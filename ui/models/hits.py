"""What a search found, with the strip of the page that shows it."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, QRectF

from archiver.i18n import digits
from archiver.workflow import queries
from archiver.workflow.search import Hit, SearchResult, why_word
from archiver.workflow.station import Station
from index.engine import SURE, Sort
from index.match import Match
from ocr.page import PageText, Word
from ui import counts
from ui.images import Picture
from ui.models.rows import Rows
from ui.words import document_name, joined, plate, translate

_AS_ASKED: Final = frozenset({Match.OWN_NUMBER, Match.NAMED_NUMBER, Match.EXACT})
STRIP_ASPECT = 16.5  # width over height of the strip of the page in a hit


@dataclass(frozen=True, slots=True)
class HitRow:
    hit: Hit
    strip: Picture | None  # the line of the page with the first word found
    boxes: tuple[QRectF, ...]  # of the words found, as shares of the strip
    likely: bool = False  # another form or a supposed misreading of what was asked
    parted: bool = False  # the first of those

    @property
    def caption(self) -> str:
        name = document_name(self.hit.document.kind, self.hit.document.title)
        words = translate("Hits", "page %1").replace("%1", str(self.hit.page.position))
        return f"{name} · {digits(words)}"

    @property
    def why(self) -> str:
        """Why it is a hit, where that is not plain to see."""
        return joined(*(why_word(code) for code in self.hit.why if code != Match.EXACT))

    @property
    def places(self) -> str:
        return counts.places(len(places(self.hit.words))) if self.hit.words else ""

    @property
    def pictured(self) -> bool:
        """Heritage is known by its looks."""
        return not self.hit.case.keys


def places(words: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Words that follow each other are one place."""
    found: list[tuple[int, ...]] = []
    for word in words:
        if found and word == found[-1][-1] + 1:
            found[-1] += (word,)
        else:
            found.append((word,))
    return tuple(found)


def hit_rows(
    station: Station, result: SearchResult, sort: str = Sort.RELEVANCE, *, parted: bool = False
) -> tuple[HitRow, ...]:
    """Reads each page's words: call it off the event loop.

    parted: those that are only likely have begun before these.
    """
    sure = _AS_ASKED if sort == Sort.RELEVANCE else SURE
    likely = [bool(hit.why) and hit.why[-1] not in sure for hit in result.hits]
    first = -1 if parted else next((n for n, here in enumerate(likely) if here), -1)
    return tuple(
        replace(_row(station, hit), likely=likely[n], parted=n == first)
        for n, hit in enumerate(result.hits)
    )


def _row(station: Station, hit: Hit) -> HitRow:
    read = queries.page_text(station, hit.page) if hit.words else None
    words = read.words if read else ()
    found = [words[number] for number in hit.words if number < len(words)]
    if not read or not found:
        return HitRow(hit, None, ())
    part = _strip(read, _richest(read, found))
    boxes = (_inside(word, part, read) for word in found)
    inner = QRectF(0, 0, 1, 1)
    picture = Picture(hit.page.access, hit.page.turn_deg, 0, part)
    return HitRow(hit, picture, tuple(box for box in boxes if inner.intersects(box)))


def _richest(read: PageText, found: list[Word]) -> Word:
    """A word of the line that holds most of those found."""
    chosen = set(found)
    line = max(read.lines, key=lambda line: sum(word in chosen for word in line.words))
    inside = [word for word in line.words if word in chosen]
    return inside[len(inside) // 2]


def _strip(read: PageText, word: Word) -> tuple[float, ...]:
    """The line around `word`, as shares of the page."""
    height = min(max(word.box.height * 1.7, 40.0), read.height_px)
    width = min(height * STRIP_ASPECT, read.width_px)
    middle = word.box.x + word.box.width / 2
    left = min(max(0.0, middle - width / 2), read.width_px - width)
    top = word.box.y + word.box.height / 2 - height / 2
    top = min(max(0.0, top), read.height_px - height)
    return (
        left / read.width_px,
        top / read.height_px,
        width / read.width_px,
        height / read.height_px,
    )


def _inside(word: Word, part: tuple[float, ...], read: PageText) -> QRectF:
    x, y, width, height = part
    return QRectF(
        (word.box.x / read.width_px - x) / width,
        (word.box.y / read.height_px - y) / height,
        word.box.width / read.width_px / width,
        word.box.height / read.height_px / height,
    )


def hit_list(parent: QObject | None = None) -> Rows[HitRow]:
    return Rows(
        lambda row: row.hit.page.id,
        lambda row: joined(plate(row.hit.case).sentence, row.caption, row.hit.snippet.text),
        parent,
    )

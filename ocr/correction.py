"""What people say of words, put into a page: pure functions, tied by boxes and not by numbers.

A correction knows the place on the paper it was made for, so it can be made again on another
reading of the same page, whatever that reading's words and lines are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from ocr import direction
from ocr.page import Box, Direction, Line, PageText, Word
from ocr.tsv import around

AGREES = 0.5
"""Intersection over union from which a box means the same words. Neighbours on a line do not
overlap, and a word read twice came back with 0.7 and more."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a correction was made on.

    box: pixels of the upright page, decides. Where several words have one box, as a reader may
    give them, their text tells, and then their place: numbers from 0, word 0 for a whole line.
    """

    box: Box
    text: str
    line: int
    word: int


@dataclass(frozen=True, slots=True)
class Place:
    """Words `first` to `last` (exclusive) of a line; numbers from 0."""

    line: int
    first: int
    last: int


def rewritten(page: PageText, where: Anchor, text: str) -> PageText | None:
    """The page with `text` for the words at `where`, known to be right; "" takes them out.

    None where no words of the page lie there.
    """
    place = find(page, where)
    if place is None:
        return None if text else page  # what is gone already needs no taking out
    line = page.lines[place.line]
    known = tied(line.words[place.first : place.last], text.split(), line.direction)
    return _with_words(page, place, known)


def illegible(page: PageText, where: Anchor) -> PageText | None:
    """The page with the words at `where` marked as illegible; their reading stays as a guess."""
    place = find(page, where)
    if place is None:
        return None
    words = page.lines[place.line].words[place.first : place.last]
    marked = tuple(replace(w, confidence=0.0, probability=None, review="illegible") for w in words)
    return _with_words(page, place, marked)


def read_again(page: PageText, where: Box, found: Sequence[Line]) -> PageText:
    """The page with the lines `found` for all words whose middle lies in `where`.

    A part of one line that was read as one line stays in its line; else the new lines stand
    where the first of the old ones stood.
    """
    kept = [
        tuple(word for word in line.words if not _holds(where, word.box)) for line in page.lines
    ]
    touched = [n for n, line in enumerate(page.lines) if len(kept[n]) < len(line.words)]
    if len(touched) == 1 and len(found) == 1 and kept[touched[0]]:
        line = page.lines[touched[0]]
        first = next(n for n, word in enumerate(line.words) if _holds(where, word.box))
        last = first + len(line.words) - len(kept[touched[0]])
        return _with_words(page, Place(touched[0], first, last), found[0].words)
    at = touched[0] if touched else _place_down(page, where)
    lines = [
        replace(line, words=words) if len(words) < len(line.words) else line
        for line, words in zip(page.lines, kept, strict=True)
    ]
    lines[at:at] = found
    return replace(page, lines=tuple(line for line in lines if line.words))


def inside(page: PageText, where: Box) -> tuple[int, tuple[Word, ...]]:
    """The words whose middle lies in `where`, and which line they begin in, from 0."""
    found = [
        (n, w) for n, line in enumerate(page.lines) for w in line.words if _holds(where, w.box)
    ]
    first = found[0][0] if found else _place_down(page, where)
    return first, tuple(word for _, word in found)


def find(page: PageText, where: Anchor) -> Place | None:
    """The words of one line that fill the box of `where` best; None where none agree with it."""
    places = list(_places(page, where.box))
    return max(places, key=lambda found: _rank(page, where, *found))[1] if places else None


def _places(page: PageText, box: Box) -> Iterator[tuple[float, Place]]:
    """Runs of words that agree with `box`, and how well they do."""
    for number, line in enumerate(page.lines):
        for first, word in enumerate(line.words):
            if not _overlap(word.box, box):
                continue
            for last in range(first + 1, len(line.words) + 1):
                agreement = _agreement(around([word.box for word in line.words[first:last]]), box)
                if agreement >= AGREES:
                    yield agreement, Place(number, first, last)


def _rank(
    page: PageText, where: Anchor, agreement: float, at: Place
) -> tuple[float, bool, int, int]:
    text = " ".join(word.text for word in page.lines[at.line].words[at.first : at.last])
    away = abs(at.line - where.line), abs(at.first - where.word)
    return agreement, text == where.text, -away[0], -away[1]


def tied(old: Sequence[Word], texts: Sequence[str], of: Direction) -> tuple[Word, ...]:
    """`texts` as checked words on the boxes of `old`, which they replace.

    Words that stayed keep their boxes, and so do as many new words as old ones; where the
    numbers differ, the new words share the place of the old in proportion to their letters.
    """
    groups: list[tuple[list[Word], list[str]]] = []
    matcher = SequenceMatcher(None, [word.text for word in old], texts, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "insert" and groups:
            groups[-1][1].extend(texts[j1:j2])
        elif i2 - i1 == j2 - j1:
            pairs = zip(old[i1:i2], texts[j1:j2], strict=True)
            groups += [([word], [text]) for word, text in pairs]
        else:
            groups.append((list(old[i1:i2]), list(texts[j1:j2])))
    if len(groups) > 1 and not groups[0][0]:  # inserted before the first word
        _, new = groups.pop(0)
        groups[0][1][:0] = new
    return tuple(word for words, new in groups for word in _sharing(words, new, of))


def _sharing(old: Sequence[Word], texts: Sequence[str], of: Direction) -> list[Word]:
    if not texts:
        return []
    boxes = split(around([word.box for word in old]), [len(text) for text in texts], of)
    return [
        Word(text, box, 1.0, direction.of_word(text, of), "checked")
        for text, box in zip(texts, boxes, strict=True)
    ]


def split(box: Box, lengths: Sequence[int], of: Direction) -> list[Box]:
    """`box` cut across in proportion to `lengths`, in the direction of the line."""
    total, ends = sum(lengths), [0]
    for length in lengths:
        ends.append(ends[-1] + length)
    cuts = [min(box.width * end // total, box.width - 1) for end in ends[:-1]] + [box.width]
    boxes = []
    for start, end in pairwise(cuts):
        width = max(1, end - start)
        left = box.width - start - width if of == "rtl" else start
        boxes.append(Box(box.x + max(0, left), box.y, width, box.height))
    return boxes


def _with_words(page: PageText, place: Place, words: Sequence[Word]) -> PageText:
    line = page.lines[place.line]
    inside = (*line.words[: place.first], *words, *line.words[place.last :])
    lines = (replace(line, words=inside),) if inside else ()
    return replace(page, lines=page.lines[: place.line] + lines + page.lines[place.line + 1 :])


def _place_down(page: PageText, where: Box) -> int:
    """Before which line something at `where` is read."""
    middle = where.y + where.height / 2
    below = (n for n, line in enumerate(page.lines) if line.box.y + line.box.height / 2 > middle)
    return next(below, len(page.lines))


def _holds(where: Box, box: Box) -> bool:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return where.x <= x < where.x + where.width and where.y <= y < where.y + where.height


def _overlap(one: Box, other: Box) -> int:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0, across) * max(0, down)


def _agreement(one: Box, other: Box) -> float:
    both = _overlap(one, other)
    return both / (one.width * one.height + other.width * other.height - both)

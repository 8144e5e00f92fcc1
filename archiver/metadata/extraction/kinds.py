"""What kind of document a page belongs to, by its title first."""

from collections.abc import Iterator
from math import exp
from typing import Final

from archiver.metadata.extraction.kind_cues import Cue, cues
from archiver.metadata.extraction.page import PageText
from archiver.metadata.extraction.proposal import KindGuess
from archiver.metadata.extraction.shapes import Shapes, Span, stream_of

_TITLE_LINES: Final = 7
_TITLE_LETTERS: Final = 260  # of the stream, where lines are long
_FEW_WORDS: Final = 2
_NO_CUE: Final = 1.5  # the weight of "none of them"
_LEAST: Final = 0.02
_BLANK: Final = 0.9
_SLIP: Final = 0.8  # what a cue keeps of its weight for each letter that differs


def page_kind(page: PageText) -> tuple[KindGuess, ...]:
    """The kinds that the page may have, likeliest first; never empty.

    A page without any cue is of kind `other` and goes on with the document before it.
    """
    return kinds_of(Shapes(page))


def kinds_of(shapes: Shapes) -> tuple[KindGuess, ...]:
    """As `page_kind`, for a page whose letters are ready."""
    if len(shapes.page.starts) <= _FEW_WORDS and len(shapes.stream) < 12:
        return (KindGuess("blank", _BLANK, "no words"),)
    best: dict[str, tuple[float, Cue, Span]] = {}
    weights: dict[str, float] = {}
    for cue, span, weight in _found(shapes):
        weights[cue.kind] = weights.get(cue.kind, 0.0) + weight
        if cue.kind not in best or weight > best[cue.kind][0]:
            best[cue.kind] = (weight, cue, span)
    _weigh_courts(shapes, weights)
    total = exp(_NO_CUE) + sum(exp(weight) for weight in weights.values())
    guesses = [_guess(shapes, best[kind], exp(weight) / total) for kind, weight in weights.items()]
    guesses.append(KindGuess("other", exp(_NO_CUE) / total, "no cue", continues=True))
    ranked = sorted(guesses, key=lambda each: -each.probability)
    return tuple(guess for guess in ranked if guess.probability >= _LEAST)


def _found(shapes: Shapes) -> Iterator[tuple[Cue, Span, float]]:
    end = title_end(shapes)
    for cue in cues():
        spans = shapes.find(cue.shape, 0, end)
        if not spans and cue.where == "page":
            spans = shapes.exactly(cue.shape)
        if spans and not (cue.continues and spans[0].start > 60):
            yield cue, spans[0], cue.weight * _SLIP ** spans[0].slips


def _guess(shapes: Shapes, best: tuple[float, Cue, Span], probability: float) -> KindGuess:
    _, cue, span = best
    words = shapes.page.words(*shapes.origin(span))
    return KindGuess(cue.kind, probability, cue.words, words, cue.continues)


def title_end(shapes: Shapes) -> int:
    """The place in the stream where the first lines end."""
    lines = [n for n, letter in enumerate(shapes.classes[:2000]) if letter == "\n"]
    text = shapes.classes
    full = [n for k, n in enumerate(lines) if text[(lines[k - 1] if k else 0) : n].strip()]
    if len(full) < _TITLE_LINES:
        return min(_TITLE_LETTERS, len(shapes.stream))
    until = full[_TITLE_LINES - 1]
    letters = sum(map(str.isalnum, text[:until]))
    return max(40, min(letters, _TITLE_LETTERS))


_OWN: Final = stream_of("محكمة النقض")
_STAMP: Final = stream_of("لتقديمها إلى محكمة النقض")
_OTHERS: Final = tuple(
    map(stream_of, ("محكمة استئناف", "محكمة جنايات", "الابتدائية", "الجزئية", "الجنح المستأنفة"))
)
_OF_THE_COURT: Final = {
    "judgment": 2.0, "minutes": 2.0, "decision_chamber": 1.0, "prosecution_memo": 1.0
}  # fmt: skip
_OF_OTHERS: Final = ("contested_judgment", "first_judgment", "lower_minutes")
_WRONG_COURT: Final = 6.0


def _weigh_courts(shapes: Shapes, weights: dict[str, float]) -> None:
    """A judgment or minutes belong to the court that stands in the title."""
    end = title_end(shapes)
    own = len(shapes.find(_OWN, 0, end)) > len(shapes.find(_STAMP, 0, end))
    other = any(shapes.find(each, 0, end) for each in _OTHERS)
    for kind in weights:
        if own:
            weights[kind] += _OF_THE_COURT.get(kind, 0.0) - 3.0 * (kind in _OF_OTHERS)
        elif other and kind in ("judgment", "minutes", "principle_sheet"):
            weights[kind] -= _WRONG_COURT

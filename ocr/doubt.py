"""Which words somebody should look at."""

from ocr.page import Word

DOUBT_BELOW = 0.85  # probability: 19 % of the words of real print, 73 % of its errors
UNJUDGED_BELOW = 0.60  # confidence, of words read before probabilities were kept


def is_doubtful(word: Word) -> bool:
    """Whether somebody should look at it; what somebody has looked at is settled."""
    if word.review:
        return False
    limit = UNJUDGED_BELOW if word.probability is None else DOUBT_BELOW
    return sureness(word) < limit


def sureness(word: Word) -> float:
    """How likely it is right; the reader's own word for it where nothing better is known."""
    return word.confidence if word.probability is None else word.probability

"""What kind of document a page belongs to."""

from archiver.metadata.extraction.page import PageText
from archiver.metadata.extraction.proposal import KindGuess


def page_kind(page: PageText) -> tuple[KindGuess, ...]:
    """The kinds that the page may have, likeliest first; never empty."""
    if not page.text.strip():
        return (KindGuess("blank", 0.9, "no words"),)
    return (KindGuess("other", 0.1, "no cue"),)

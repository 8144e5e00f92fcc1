"""Why an image is rejected, scanned anew, found wanting in a sample, or let stand."""

from typing import Final

from archiver.i18n import N_, _

REASONS: Final = {
    "folded": N_("a corner is folded"),
    "cut": N_("an edge is cut off"),
    "dark": N_("too dark"),
    "blurred": N_("blurred"),
    "skewed": N_("skewed"),
    "two_sheets": N_("two sheets at once"),
    "duplicate": N_("the same face is there twice"),
    "spoilt": N_("the image is spoilt"),
    "text": N_("the text is misread"),
    "fields": N_("a field says something else"),
    "slip": N_("a slip, no paper of the case file"),
    "moved": N_("it was moved to the case file it belongs to"),
    "not_of_file": N_("not a paper of this case file"),
    "nothing_lost": N_("no writing is lost"),
    "original": N_("the original is like that"),
}


def reason_word(reason: str) -> str:
    """A reason as a person reads it; their own words as they are."""
    return _(REASONS[reason]) if reason in REASONS else reason

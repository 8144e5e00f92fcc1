"""Why a page is a hit, surest first."""

from enum import StrEnum


class Match(StrEnum):
    OWN_NUMBER = "own_number"  # it belongs to the case asked for
    NAMED_NUMBER = "named_number"  # its text names the case asked for
    EXACT = "exact"  # the words as typed, spelling variants folded
    SHAPE = "shape"  # probably misread: a word unknown to the lexicon that looks nearly the same
    STEM = "stem"  # the words with other prefixes or endings
    SIMILAR = "similar"  # probably misread, less nearly: its stem, or a letter apart
    NEAR_NUMBER = "near_number"  # a case number one digit apart
    MOST = "most"  # not all of three or more words are on the page

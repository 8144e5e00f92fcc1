"""How common words are, by the wordfreq package of the `training` extra."""

from typing import cast

import wordfreq


def shares() -> dict[str, float]:
    """Arabic words as they are written, and their share of all words."""
    return cast(dict[str, float], wordfreq.get_frequency_dict("ar", wordlist="best"))

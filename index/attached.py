"""A word with what Arabic writes attached to it: particles before, pronouns and endings behind."""

from functools import lru_cache
from itertools import product
from typing import Final

_BEFORE: Final = (
    *("", "و", "ف", "ب", "ل", "ك", "س", "ا", "ول", "وب", "ال", "وال", "بال", "كال", "فال"),
    *("لل", "ولل"),
)
_BEHIND: Final = (
    *("", "ا", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "ي", "نا", "وا", "ون", "ين", "ان", "ات"),
    *("يه", "ته", "تها"),
)


@lru_cache(256)
def attached(term: str) -> tuple[str, ...]:
    """The forms of a folded word with something attached; many of them no word at all.

    Beside the stem, which meets more (and other) words, these are nearly always the word meant.
    """
    forms = (before + term + behind for before, behind in product(_BEFORE, _BEHIND))
    return tuple(dict.fromkeys(form for form in forms if form != term))

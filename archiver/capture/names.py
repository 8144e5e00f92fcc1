"""The guard on file names: what a person cannot see must not decide what a name looks like."""

import unicodedata
from pathlib import Path
from typing import Final

from archiver.errors import HostileName

# Direction marks, embeddings, overrides and isolates: they can make "fdp.exe" read as "exe.pdf".
# The joiners U+200C and U+200D belong to good Arabic and Persian spelling and stay allowed.
_DIRECTION: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_HIDDEN_KINDS: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


def check_name(path: Path) -> None:
    """Raises HostileName, naming the hidden characters as `\\u202e`.

    Bytes that are not UTF-8 count as hidden too: such a name can neither be shown nor stored.
    """
    if any(_is_hidden(letter) for letter in path.name):
        raise HostileName(name=visible(path.name))


def visible(name: str) -> str:
    """`name` with every hidden character written out."""
    return "".join(f"\\u{ord(c):04x}" if _is_hidden(c) else c for c in name)


def _is_hidden(letter: str) -> bool:
    return letter in _DIRECTION or unicodedata.category(letter) in _HIDDEN_KINDS

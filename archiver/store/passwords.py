"""Passwords, kept as argon2id hashes (RFC 9106, its low-memory choice: 64 MiB, three passes)."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """The hash with its salt and parameters, in the usual encoded form. Takes a tenth of a second,
    on purpose."""
    return _HASHER.hash(_composed(password))


def is_right(kept: str, password: str) -> bool:
    """Whether `password` made `kept`; takes as long where nothing is kept."""
    try:
        return _HASHER.verify(kept or _NOBODYS, _composed(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def _composed(password: str) -> str:
    """The same letters, whichever keyboard typed them."""
    return unicodedata.normalize("NFC", password)


# Of no password: who asks for a name that is not known learns nothing from the time it takes.
_NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA"
    "$RdescudvJCsgt3ub+b4dWRWJTmaaJObG2x8Tm0AmTc4"
)

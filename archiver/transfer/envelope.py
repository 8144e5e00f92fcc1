"""Packages that only the centre can open: age, encrypted to its public key, streamed."""

from pathlib import Path

import pyrage
from pyrage import x25519

from archiver.store.durable import written


class EnvelopeError(Exception):
    """Not an envelope that this key opens; the message is age's own."""


def is_recipient(text: str) -> bool:
    """Whether `text` is a public key that packages can be encrypted to (`age1…`)."""
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def new_identity() -> tuple[str, str]:
    """A new secret key and the public key that belongs to it."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def public_of(secret: str) -> str:
    return str(x25519.Identity.from_str(secret).to_public())


def close_envelope(package: Path, envelope: Path, recipient: str) -> None:
    """Write `package`, encrypted to `recipient`, as `envelope`, whole and durable.

    Never the same bytes twice: what is being sent is kept until it is committed.
    """
    key = x25519.Recipient.from_str(recipient)
    with package.open("rb") as origin, written(envelope, mode=0o600) as out:
        pyrage.encrypt_io(origin, out, [key])


def open_envelope(envelope: Path, package: Path, identity: str) -> None:
    """The other way, at the centre. Raises EnvelopeError."""
    key = x25519.Identity.from_str(identity)
    try:
        with envelope.open("rb") as origin, package.open("wb") as out:
            pyrage.decrypt_io(origin, out, [key])
    except pyrage.DecryptError as error:
        raise EnvelopeError(str(error)) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise EnvelopeError(str(error)) from error  # so age tells of altered bytes

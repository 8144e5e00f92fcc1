"""Ed25519 keys and the statements signed with them: seals by a station, receipts by the centre.

A statement is one line of canonical JSON, `{"KIND":{…},"signature":"…"}`, signed over the inner
object. Only the canonical bytes are taken, so that no byte of it can change unnoticed.
"""

import binascii
import hashlib
import json
import stat
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from archiver.errors import KeyUnusable, PublicKeyUnusable
from archiver.i18n import _
from archiver.store.durable import sync_folder, write_bytes, written


class StatementError(Exception):
    """Not a statement signed by that key; the message is worded for people."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    raw: bytes = field(repr=False)  # 32 bytes

    @property
    def key_id(self) -> str:
        """The fingerprint: SHA-256 of the raw key, 64 hex digits."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def short_id(self) -> str:
        """For reading aloud: the first 16 digits of the fingerprint in fours."""
        return " ".join(self.key_id[i : i + 4] for i in range(0, 16, 4))

    def pem(self) -> str:
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    @classmethod
    def from_pem(cls, text: str) -> "PublicKey":
        """Raises ValueError where `text` is no Ed25519 public key."""
        try:
            key = load_pem_public_key(text.encode())
        except UnsupportedAlgorithm as error:
            raise ValueError(str(error)) from error
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError("not an Ed25519 key")
        return cls(key.public_bytes_raw())

    @classmethod
    def load(cls, path: Path) -> "PublicKey":
        """The key in a PEM file. Raises PublicKeyUnusable."""
        try:
            return cls.from_pem(path.read_text("ascii"))
        except OSError as error:
            raise PublicKeyUnusable(path=path, detail=error.strerror or error) from error
        except ValueError as error:
            detail = _("it holds no Ed25519 public key")
            raise PublicKeyUnusable(path=path, detail=detail) from error

    def verifies(self, message: bytes, signature: str) -> bool:
        """Whether `signature` (base64, its one canonical spelling) is this key's over `message`."""
        try:
            decoded = b64decode(signature, validate=True)
            Ed25519PublicKey.from_public_bytes(self.raw).verify(decoded, message)
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return b64encode(decoded).decode() == signature


@dataclass(frozen=True, slots=True)
class SigningKey:
    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.private.public_key().public_bytes_raw())

    @property
    def key_id(self) -> str:
        return self.public.key_id

    def sign(self, message: bytes) -> str:
        """Base64 Ed25519 signature over `message` (RFC 8032: the same each time)."""
        return b64encode(self.private.sign(message)).decode()

    @classmethod
    def load(cls, path: Path) -> "SigningKey":
        """The key in a PEM file that only its owner may read. Raises KeyUnusable."""
        try:
            refuse_if_open(path)
            key = load_pem_private_key(path.read_bytes(), password=None)
        except OSError as error:
            raise KeyUnusable(path=path, detail=error.strerror or error) from error
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyUnusable(path=path, detail=_("it holds no open Ed25519 key")) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyUnusable(path=path, detail=_("it holds no open Ed25519 key"))
        return cls(key)

    @classmethod
    def load_or_create(cls, path: Path) -> "SigningKey":
        """The key in `path`, made on first use: file 0600, folder 0700.

        Two processes that make it at once end with the same key.
        Raises KeyUnusable, and OSError where the disk is full or fails.
        """
        if not path.exists():
            try:
                _create(path)
            except PermissionError as error:
                raise KeyUnusable(path=path, detail=error.strerror or error) from error
        return cls.load(path)


def _create(path: Path) -> None:
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(path.parent.parent)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    try:
        with written(path, mode=0o600, replace=False) as file:
            file.write(pem)
    except FileExistsError:
        return  # another process was first; its key counts


def refuse_if_open(path: Path) -> None:
    """Raise KeyUnusable where others than its owner can read or replace `path`."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyUnusable(path=path, detail=_("others than its owner may read it"))
    if stat.S_IMODE(path.parent.stat().st_mode) & 0o022:
        raise KeyUnusable(path=path, detail=_("others than its owner may write in its folder"))


def pinned_keys(folder: Path) -> dict[str, PublicKey]:
    """The public keys a person has pinned: every `*.pem` of `folder`, by key id."""
    keys = [PublicKey.load(path) for path in sorted(folder.glob("*.pem"))]
    return {key.key_id: key for key in keys}


def pin_key(folder: Path, key: PublicKey) -> Path:
    """Trust `key` from now on. Pinning it again changes nothing."""
    path = folder / f"{key.key_id}.pem"
    write_bytes(path, key.pem().encode())
    return path


def canonical(facts: Mapping[str, object]) -> bytes:
    """The one spelling of `facts` as JSON: sorted names, no spaces, UTF-8."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def sign_statement(key: SigningKey, kind: str, facts: Mapping[str, object]) -> bytes:
    """The signed statement as it is written to a file, line feed included."""
    return canonical({kind: facts, "signature": key.sign(canonical(facts))}) + b"\n"


def read_statement(content: bytes, kind: str) -> tuple[dict[str, object], str]:
    """Facts and signature of a statement whose form is right; the signature is NOT checked.

    Raises StatementError.
    """
    try:
        whole = json.loads(content)
        sound = canonical(whole) + b"\n" == content
        facts, signature = whole[kind], whole["signature"]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        sound, facts, signature = False, None, None
    if not (sound and isinstance(facts, dict) and isinstance(signature, str) and len(whole) == 2):
        raise StatementError(_("it is damaged or not in the agreed form"))
    return facts, signature


def open_statement(content: bytes, kind: str, key: PublicKey) -> dict[str, object]:
    """The facts of a statement that `key` signed. Raises StatementError."""
    facts, signature = read_statement(content, kind)
    if not key.verifies(canonical(facts), signature):
        raise StatementError(_("its signature does not fit the key {key}").format(key=key.short_id))
    return facts

"""Keys on their way out of the machine: one sealed box, opened by a passphrase."""

import io
import json
import os
import tarfile
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from archiver.store.durable import sync_folder, write_bytes

_VERSION: Final = "keys/1"
_COST: Final = {"n": 1 << 15, "r": 8, "p": 1}  # 32 MiB and a tenth of a second: RFC 7914's advice


class VaultError(Exception):
    """Another passphrase, or not the box that was written."""


def _key(passphrase: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **_COST).derive(passphrase)


def lock_away(folder: Path, passphrase: bytes) -> bytes:
    """Every file of `folder`, encrypted (ChaCha20-Poly1305, key by scrypt)."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            tar.add(path, arcname=path.relative_to(folder).as_posix(), recursive=False)
    salt, nonce = os.urandom(16), os.urandom(12)
    box = ChaCha20Poly1305(_key(passphrase, salt)).encrypt(
        nonce, packed.getvalue(), _VERSION.encode()
    )
    told = {"salt": salt, "nonce": nonce, "box": box}
    facts = {name: b64encode(value).decode() for name, value in told.items()}
    return json.dumps({"version": _VERSION, **facts}).encode() + b"\n"


def take_out(box: bytes, passphrase: bytes, folder: Path) -> int:
    """Put the files back into `folder` (0700, files 0600); how many. Raises VaultError, OSError."""
    try:
        facts = json.loads(box)
        salt, nonce, content = (b64decode(facts[name]) for name in ("salt", "nonce", "box"))
        opened = ChaCha20Poly1305(_key(passphrase, salt)).decrypt(nonce, content, _VERSION.encode())
    except (ValueError, KeyError, TypeError, InvalidTag) as error:
        raise VaultError(str(error)) from error
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        members = [each for each in tar.getmembers() if each.isfile()]
        for each in members:
            file = tar.extractfile(each)
            path = (folder / each.name).resolve()
            if file is None or not path.is_relative_to(folder.resolve()):
                raise VaultError(each.name)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_bytes(path, file.read(), mode=0o600)
    sync_folder(folder)
    return len(members)

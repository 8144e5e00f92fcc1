"""Keys and signed statements: who may read them, and that no byte can change."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import KeyUnusable
from archiver.store.keys import (
    PublicKey,
    SigningKey,
    StatementError,
    canonical,
    open_statement,
    pin_key,
    pinned_keys,
    sign_statement,
)


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return SigningKey.load_or_create(tmp_path / "keys" / "station.pem")


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path: Path, key: SigningKey) -> None:
    path = tmp_path / "keys" / "station.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert SigningKey.load_or_create(path).key_id == key.key_id
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, key: SigningKey, mode: int) -> None:
    path = tmp_path / "keys" / "station.pem"
    path.chmod(mode)
    with pytest.raises(KeyUnusable):
        SigningKey.load_or_create(path)


def test_a_key_whose_folder_others_can_write_is_refused(tmp_path: Path, key: SigningKey) -> None:
    (tmp_path / "keys").chmod(0o770)
    with pytest.raises(KeyUnusable):
        SigningKey.load(tmp_path / "keys" / "station.pem")


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAA==\n"])
def test_a_file_that_is_no_key_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "station.pem"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyUnusable):
        SigningKey.load_or_create(path)
    with pytest.raises(KeyUnusable):
        PublicKey.load(path)
    assert path.read_bytes() == content


def test_processes_that_make_a_key_at_once_end_with_one(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "station.pem"
    program = (
        "import sys; from pathlib import Path; from archiver.store.keys import SigningKey;"
        "print(SigningKey.load_or_create(Path(sys.argv[1])).key_id)"
    )
    command = [sys.executable, "-c", program, str(path)]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    ids = {racer.communicate(timeout=60)[0] for racer in racers}
    assert ids == {SigningKey.load(path).key_id.encode() + b"\n"}


def test_a_public_key_survives_its_pem(key: SigningKey) -> None:
    assert PublicKey.from_pem(key.public.pem()) == key.public
    assert key.public.short_id.replace(" ", "") == key.key_id[:16]


def test_another_kind_of_key_is_refused() -> None:
    other = generate_private_key(65537, 2048).public_key()
    pem = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(ValueError, match="Ed25519"):
        PublicKey.from_pem(pem)


def test_pinned_keys_are_known_by_their_id(tmp_path: Path, key: SigningKey) -> None:
    pin_key(tmp_path / "pins", key.public)
    pin_key(tmp_path / "pins", key.public)
    assert pinned_keys(tmp_path / "pins") == {key.key_id: key.public}
    assert pinned_keys(tmp_path / "none") == {}


def test_the_private_key_is_not_shown(key: SigningKey) -> None:
    assert "private" not in repr(key)


def test_every_changed_byte_of_a_statement_is_found(key: SigningKey) -> None:
    facts = {"package": "ملف.zip", "files": [{"path": "a", "sha256": "0" * 64}], "size": 12}
    whole = sign_statement(key, "receipt", facts)
    assert open_statement(whole, "receipt", key.public) == facts
    for place in range(len(whole)):
        for flip in (0x01, 0x20, 0x80):
            changed = bytearray(whole)
            changed[place] ^= flip
            with pytest.raises(StatementError):
                open_statement(bytes(changed), "receipt", key.public)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]\n", b"null\n", b"{}\n", b"[" * 100_000, b'{"receipt":{},"signature":7}\n',
     b'{"receipt":{"a":"\\ud800"},"signature":""}\n', b"\xff\xfe"],
)  # fmt: skip
def test_what_is_no_statement_is_refused(key: SigningKey, content: bytes) -> None:
    with pytest.raises(StatementError):
        open_statement(content, "receipt", key.public)


def test_a_statement_of_another_kind_or_key_is_refused(tmp_path: Path, key: SigningKey) -> None:
    whole = sign_statement(key, "seal", {"a": 1})
    with pytest.raises(StatementError):
        open_statement(whole, "receipt", key.public)
    other = SigningKey.load_or_create(tmp_path / "other" / "key.pem")
    with pytest.raises(StatementError):
        open_statement(whole, "seal", other.public)


def test_a_second_spelling_of_the_signature_is_refused(key: SigningKey) -> None:
    """Base64 leaves four bits unused at the end of 64 bytes."""
    good = key.sign(b"words")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    twin = good[:85] + alphabet[alphabet.index(good[85]) ^ 1] + "=="
    assert key.public.verifies(b"words", good)
    assert not key.public.verifies(b"words", twin)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(_TEXT, _TEXT | st.integers() | st.booleans()))
def test_canonical_json_does_not_depend_on_the_order(facts: dict[str, object]) -> None:
    assert canonical(dict(reversed(facts.items()))) == canonical(facts)

"""Where secrets are kept: in a safe that encrypts, else in a file that only its owner can read."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoSafe
from keyring.errors import KeyringLocked

from archiver.errors import KeyUnusable
from archiver.store.credentials import Credentials

SECRET = {"access_key": "AK", "secret_key": "geheim"}


class Safe(KeyringBackend):
    """As a desktop's, but it can be locked."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._require_open()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._require_open()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]

    def _require_open(self) -> None:
        if self.locked:
            raise KeyringLocked("locked")


@pytest.fixture
def safe() -> Iterator[Safe]:
    before, found = keyring.get_keyring(), Safe()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


@pytest.fixture
def no_safe() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoSafe())
    yield
    keyring.set_keyring(before)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_safe_keeps_it_and_no_file_does(safe: Safe, tmp_path: Path) -> None:
    credentials = Credentials(tmp_path, "/data/one")
    assert credentials.keep("centre", SECRET) == "keyring"
    assert credentials.find("centre") == SECRET
    assert files(tmp_path) == []
    with pytest.raises(KeyUnusable):
        Credentials(tmp_path, "/data/two").find("centre")  # another archive's
    credentials.forget("centre")
    assert safe.held == {}


@pytest.mark.usefixtures("no_safe")
def test_without_a_safe_a_file_keeps_it(tmp_path: Path) -> None:
    credentials = Credentials(tmp_path, "/data/one")
    assert credentials.keep("centre", SECRET) == "file"
    assert credentials.find("centre") == SECRET
    (path,) = files(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    path.chmod(0o640)
    with pytest.raises(KeyUnusable):
        credentials.find("centre")
    credentials.forget("centre")
    assert files(tmp_path) == []


def test_a_locked_safe_leaves_it_to_the_file_until_it_is_changed(
    safe: Safe, tmp_path: Path
) -> None:
    credentials = Credentials(tmp_path, "/data/one")
    safe.locked = True
    assert credentials.keep("centre", SECRET) == "file"
    safe.locked = False
    assert credentials.find("centre") == SECRET
    newer = {**SECRET, "secret_key": "neu"}
    assert credentials.keep("centre", newer) == "keyring"
    assert (credentials.find("centre"), files(tmp_path)) == (newer, [])


def test_what_is_missing_or_damaged_is_said_without_the_secret(safe: Safe, tmp_path: Path) -> None:
    credentials = Credentials(tmp_path, "/data/one")
    with pytest.raises(KeyUnusable):
        credentials.find("centre")
    safe.held["archiving-station", "/data/one/centre"] = "geheim{"
    with pytest.raises(KeyUnusable) as caught:
        credentials.find("centre")
    assert "geheim" not in str(caught.value)

"""Secrets that targets ask for: in the system's own safe where there is one, else in a file that
only its owner can read. They stand nowhere else: no settings, no log, no command line, no error.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import keyring
from keyring.errors import KeyringError

from archiver.errors import KeyUnusable
from archiver.i18n import _
from archiver.store.durable import sync_folder, written
from archiver.store.keys import refuse_if_open

_SERVICE: Final = "archiving-station"
_RECOMMENDED: Final = 1  # the least priority of a keyring backend that keeps secrets encrypted
# A desktop's safe may be there and yet not answer: locked, without a session, without a screen.
_FAULTS: Final = (KeyringError, RuntimeError, EOFError, OSError)


class Credentials:
    """The secrets of one archive, by the name of the target.

    folder: the archive's `keys`. station: tells archives apart in a safe they share.
    """

    def __init__(self, folder: Path, station: str) -> None:
        self._folder, self._station = folder / "targets", station

    def keep(self, target: str, secret: Mapping[str, str]) -> str:
        """Replace what is kept for `target`; `keyring` or `file`, where it is now.

        Raises OSError.
        """
        text = json.dumps(dict(secret))
        if self._keep_in_safe(target, text):
            self._path(target).unlink(missing_ok=True)
            return "keyring"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with written(self._path(target), mode=0o600) as file:
            file.write(text.encode())
        return "file"

    def find(self, target: str) -> dict[str, str]:
        """What is kept for `target`. Raises KeyUnusable: it is missing, or others can read it."""
        path = self._path(target)
        if path.exists():
            refuse_if_open(path)
            text: str | None = path.read_text()
        else:
            text = self._in_safe(target)
        if text is None:
            raise KeyUnusable(path=target, detail=_("no key is kept for this target"))
        try:
            found = json.loads(text)
        except ValueError as error:
            raise KeyUnusable(path=path, detail=_("it is damaged")) from error
        return {str(name): str(value) for name, value in found.items()}

    def forget(self, target: str) -> None:
        """Remove it from wherever it is."""
        self._path(target).unlink(missing_ok=True)
        if self._folder.exists():
            sync_folder(self._folder)
        if _safe_is_there() and self._in_safe(target) is not None:
            keyring.delete_password(_SERVICE, self._entry(target))

    def _path(self, target: str) -> Path:
        return self._folder / f"{target}.json"

    def _entry(self, target: str) -> str:
        return f"{self._station}/{target}"

    def _keep_in_safe(self, target: str, text: str) -> bool:
        if not _safe_is_there():
            return False
        try:
            keyring.set_password(_SERVICE, self._entry(target), text)
        except _FAULTS:
            return False
        return self._in_safe(target) == text

    def _in_safe(self, target: str) -> str | None:
        try:
            return keyring.get_password(_SERVICE, self._entry(target))
        except _FAULTS:
            return None


def _safe_is_there() -> bool:
    try:
        return keyring.get_keyring().priority >= _RECOMMENDED
    except _FAULTS:
        return False

"""A package looked at as a whole, from its bytes alone, in one pass and without unpacking it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from archiver.errors import PackageInvalid, StationUnknown
from archiver.i18n import _
from archiver.model.delivery import BagReport
from archiver.package.container import ContainerError, ContainerReader, stamp
from archiver.package.hashing import HashThread
from archiver.package.layout import METS
from archiver.package.mets_check import KEPT as KEPT_METS
from archiver.package.mets_check import MetsError, check_mets
from archiver.package.tagfiles import (
    ALGORITHMS,
    BOTH,
    DECLARATION,
    INFO,
    MANIFEST,
    MANIFEST_512,
    SEAL,
    SEAL_1,
    SEAL_2,
    SIGNATURE,
    SIGNED_TAGS,
    TAG_MANIFEST,
    info_value,
    manifest,
    oxum,
)
from archiver.store.keys import PublicKey, StatementError, open_statement, read_statement

_PART: Final = r"[A-Za-z0-9_-][A-Za-z0-9._-]*"
_NAME: Final = re.compile(rf"{_PART}(/{_PART})+")
_LONGEST: Final = 240  # characters; safe below every file system's limits
_KEPT: Final = frozenset({*SIGNED_TAGS, MANIFEST_512, TAG_MANIFEST, SIGNATURE}) | KEPT_METS
_KEPT_BYTES: Final = 64 << 20  # of one metadata file, held in memory


class _BagError(Exception):
    """What is wrong with the bag, worded."""


@dataclass(slots=True)
class _Found:
    root: str = ""
    hashes: dict[str, str] = field(default_factory=dict)
    sha512: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)

    def text(self, path: str) -> bytes:
        if path not in self.kept:
            raise _BagError(_("{path} is missing").format(path=path))
        return self.kept[path]


def verify_bag(
    package: Path,
    expected_key: PublicKey | None = None,
    *,
    known_keys: Mapping[str, PublicKey] | None = None,
) -> BagReport:
    """Check every byte of `package`: container, bag, METS, hashes, seal.

    The seal must be `expected_key`'s, or that of one of `known_keys` (by key id). With neither,
    the key that the package itself carries is believed: that proves it whole, not whose it is.
    Raises PackageInvalid (what is wrong), StationUnknown (sound, but by a key not in
    `known_keys`), OSError where it cannot be read.
    """
    keys = {expected_key.key_id: expected_key} if expected_key else known_keys
    with package.open("rb") as stream:
        return inspect_bag(stream, package.name, keys)


def inspect_bag(
    stream: IO[bytes], name: str, keys: Mapping[str, PublicKey] | None = None
) -> BagReport:
    """`verify_bag` on an open stream that is read once, from its start."""
    try:
        with HashThread("sha256") as whole:
            reader = ContainerReader(stream, whole)
            found = _read(reader)
        _check_bag(found)
        facts, signature, key = _check_seal(found, name, reader.when)
        _check_oxum(found)
        metadata = {path: found.kept[path] for path in found.kept if path in KEPT_METS}
        if METS not in metadata:
            raise _BagError(_("{path} is missing").format(path=METS))
        check_mets(metadata, found.hashes, found.sizes, csip=facts["version"] != SEAL_1)
    except (ContainerError, StatementError, MetsError, _BagError) as fault:
        raise PackageInvalid(name=name, detail=fault) from fault
    if keys is not None and key.key_id not in keys:
        raise StationUnknown(name=name, key=key.short_id, key_id=key.key_id, pem=key.pem())
    return BagReport(
        name=name,
        size=reader.size,
        sha256=reader.sha256,
        manifest_sha256=found.hashes[MANIFEST],
        files=found.hashes,
        signature=signature,
        key_id=key.key_id,
        station_key=key.pem(),
        sealed_at=str(facts["sealed_at"]),
        sealed_by=str(facts["sealed_by"]),
        statement=found.text(SIGNATURE).decode(),
    )


def _read(reader: ContainerReader) -> _Found:
    found, last = _Found(), ""
    digests: dict[str, list[Future[tuple[str, ...]]]] = {}
    with ExitStack() as threads:
        hashing = [threads.enter_context(HashThread("sha256"))]
        for entry, chunks in reader:
            if not _NAME.fullmatch(entry.name) or len(entry.name) > _LONGEST:
                raise _BagError(_("it holds a file with a forbidden name"))
            if entry.name <= last:
                raise _BagError(_("its files are out of order, or one stands twice"))
            last = entry.name
            root, _slash, path = entry.name.partition("/")
            found.root = found.root or root
            if root != found.root:
                raise _BagError(_("it holds more than one folder"))
            found.sizes[path] = entry.size
            _take(found, path, chunks, hashing)
            digests[path] = [thread.finish() for thread in hashing]
            if path == INFO and info_value(found.text(INFO), ALGORITHMS) == BOTH:
                hashing.append(threads.enter_context(HashThread("sha512")))
    for path, digest in digests.items():
        (found.hashes[path],) = digest[0].result()
        for more in digest[1:]:
            (found.sha512[path],) = more.result()
    return found


def _take(found: _Found, path: str, chunks: Iterator[bytes], hashing: Iterable[HashThread]) -> None:
    kept = bytearray()
    for chunk in chunks:
        for thread in hashing:
            thread.update(chunk)
        if path in _KEPT:
            kept += chunk
            if len(kept) > _KEPT_BYTES:
                raise _BagError(_("{path} is too large").format(path=path))
    if path in _KEPT:
        found.kept[path] = bytes(kept)


def _check_bag(found: _Found) -> None:
    if found.text("bagit.txt") != DECLARATION:
        raise _BagError(_("it is not a BagIt 1.0 bag"))
    files = found.hashes
    _check_manifest(found, MANIFEST, _payload(files))
    if found.sha512:
        _check_manifest(found, MANIFEST_512, _payload(found.sha512))
    tags = {p: h for p, h in files.items() if not p.startswith("data/") and p != TAG_MANIFEST}
    _check_manifest(found, TAG_MANIFEST, tags)
    if set(tags) != {*_signed_tags(found), SIGNATURE}:
        raise _BagError(_("it holds a file that does not belong to a package"))


def _payload(hashes: Mapping[str, str]) -> dict[str, str]:
    return {path: digest for path, digest in hashes.items() if path.startswith("data/")}


def _signed_tags(found: _Found) -> tuple[str, ...]:
    return (*SIGNED_TAGS, MANIFEST_512) if found.sha512 else SIGNED_TAGS


def _check_oxum(found: _Found) -> None:
    if info_value(found.text(INFO), "Payload-Oxum") != oxum(found.sizes):
        raise _BagError(_("its size and number of files are not those it names"))


def _check_manifest(found: _Found, name: str, hashes: Mapping[str, str]) -> None:
    """Every file is in the manifest, nothing else is, and every hash is the file's."""
    if found.text(name) == manifest(hashes):
        return
    rows = found.text(name).decode("utf-8", "replace").splitlines()
    listed = {path: digest for digest, _space, path in (row.partition("  ") for row in rows)}
    for path in sorted(listed.keys() - hashes.keys()):
        raise _BagError(_("{path} is missing").format(path=path))
    for path in sorted(hashes.keys() - listed.keys()):
        raise _BagError(_("{path} is not in its manifest").format(path=path))
    for path in sorted(path for path in hashes if hashes[path] != listed[path]):
        raise _BagError(_("the hash of {path} is not the one it should have").format(path=path))
    raise _BagError(_("{path} is not in the agreed form").format(path=name))


def _check_seal(
    found: _Found, name: str, when: tuple[int, int]
) -> tuple[Mapping[str, object], str, PublicKey]:
    """The seal's facts, signature and key, all of them held to what was found."""
    facts, signature = read_statement(found.text(SIGNATURE), SEAL)
    try:
        key = PublicKey.from_pem(str(facts.get("public_key")))
        moment = stamp(datetime.fromisoformat(str(facts.get("sealed_at"))))
    except ValueError as error:
        raise _BagError(_("its seal is not in the agreed form")) from error
    open_statement(found.text(SIGNATURE), SEAL, key)
    version = facts.get("version")
    expected = {
        "version": SEAL_1 if version == SEAL_1 else SEAL_2,
        "package": name,
        "bag": found.root,
        "key_id": key.key_id,
        "tags": {path: found.hashes[path] for path in _signed_tags(found)},
    }
    for label, value in expected.items():
        if facts.get(label) != value:
            raise _BagError(
                _("its seal was made for another package ({label})").format(label=label)
            )
    if moment != when:
        raise _BagError(_("its dates are not those of its seal"))
    return facts, signature, key

"""Sealing: a case file becomes one signed, immutable package."""

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import IO

from archiver.model.delivery import BagReport
from archiver.package.container import directory, local_header, stamp
from archiver.package.member import Member, member
from archiver.package.payload import payload
from archiver.package.source import BagSource
from archiver.package.tagfiles import (
    DECLARATION,
    INFO,
    MANIFEST,
    SEAL,
    SEAL_VERSION,
    SIGNATURE,
    SIGNED_TAGS,
    TAG_MANIFEST,
    bag_info,
    manifest,
)
from archiver.package.verify import inspect_bag
from archiver.store.durable import written
from archiver.store.keys import SigningKey, sign_statement


def write_bag(
    source: BagSource,
    out_zip: Path,
    signer: SigningKey,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> BagReport:
    """Write `source` as the package `out_zip`: a zip, stored, of one signed BagIt 1.0 bag.

    The name of `out_zip` is sealed in: a package that is renamed is no longer sound. The file
    appears only once it is whole, on the disk and read back; the same source and name give the
    same bytes. `progress` gets bytes written and in all.
    Raises ArchiveDamaged where a blob is not what its key says, StorageFailed where one cannot
    be read, OSError where `out_zip` cannot be written, PackageInvalid where it reads back wrong.
    """
    files = _bag(source, out_zip.name, signer)
    entries = [file.entry(source.bag_name) for file in files]
    when = stamp(datetime.fromisoformat(source.sealed_at))
    total, done = sum(file.size for file in files), 0
    with written(out_zip, mode=0o444) as out:
        for file, entry in zip(files, entries, strict=True):
            out.write(local_header(entry, when))
            done = _copy(file, out, lambda count: progress(count, total), done)
        out.write(directory(entries, when))
        out.flush()
        return _read_back(out, out_zip.name, signer)


def _copy(file: Member, out: IO[bytes], progress: Callable[[int], None], done: int) -> int:
    for chunk in file.chunks():
        out.write(chunk)
        done += len(chunk)
        progress(done)
    return done


def _read_back(out: IO[bytes], name: str, signer: SigningKey) -> BagReport:
    """A blob that changed while it was copied must not get our signature."""
    with os.fdopen(os.dup(out.fileno()), "rb") as stream:
        stream.seek(0)
        return inspect_bag(stream, name, {signer.key_id: signer.public})


def _bag(source: BagSource, package: str, signer: SigningKey) -> list[Member]:
    """The whole bag, sorted by path."""
    files = list(payload(source))
    files.append(member("bagit.txt", DECLARATION))
    files.append(member(INFO, bag_info(source, {f.path: f.size for f in files[:-1]})))
    files.append(member(MANIFEST, manifest(_hashes(files, payload_only=True))))
    files.append(member(SIGNATURE, _signature(source, package, files, signer)))
    files.append(member(TAG_MANIFEST, manifest(_hashes(files, payload_only=False))))
    return sorted(files, key=lambda file: file.path)


def _hashes(files: Iterable[Member], *, payload_only: bool) -> dict[str, str]:
    return {f.path: f.sha256 for f in files if f.path.startswith("data/") == payload_only}


def _signature(
    source: BagSource, package: str, files: Iterable[Member], signer: SigningKey
) -> bytes:
    facts = {
        "version": SEAL_VERSION,
        "package": package,
        "bag": source.bag_name,
        "case": source.case.uid,
        "sealed_at": source.sealed_at,
        "sealed_by": source.sealed_by.person,
        "station": source.sealed_by.station,
        "key_id": signer.key_id,
        "public_key": signer.public.pem(),
        "tags": {f.path: f.sha256 for f in files if f.path in SIGNED_TAGS},
    }
    return sign_statement(signer, SEAL, facts)

"""Sealing: a case file becomes one signed, immutable package.

Every byte is hashed once for its file and once for the package, each in a thread of its own,
while it is written: what a blob's key promises is held against what went into the package.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from archiver.errors import ArchiveDamaged
from archiver.i18n import _
from archiver.model.delivery import BagReport
from archiver.package.container import Entry, directory, local_header, stamp
from archiver.package.hashing import HashThread
from archiver.package.member import Member, crc32, made
from archiver.package.payload import payload
from archiver.package.source import BagSource
from archiver.package.tagfiles import (
    DECLARATION,
    INFO,
    MANIFEST,
    MANIFEST_512,
    SEAL,
    SEAL_2,
    SIGNATURE,
    TAG_MANIFEST,
    bag_info,
    manifest,
)
from archiver.store.durable import written
from archiver.store.keys import SigningKey, read_statement, sign_statement

_HELD_BYTES: Final = 32 << 20  # a file so small is read once; a larger one again for its CRC


def write_bag(
    source: BagSource,
    out_zip: Path,
    signer: SigningKey,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> BagReport:
    """Write `source` as the package `out_zip`: a zip, stored, of one signed BagIt 1.0 bag.

    The name of `out_zip` is sealed in: a package that is renamed is no longer sound. The file
    appears only once it is whole and on the disk; the same source and name give the
    same bytes. `progress` gets bytes written and in all.
    Raises ArchiveDamaged where a blob is not what its key says, StorageFailed where one cannot
    be read, OSError where `out_zip` cannot be written.
    """
    files = sorted(_known(source), key=lambda file: file.path)
    total = sum(file.size for file in files)
    when = stamp(datetime.fromisoformat(source.sealed_at))
    algorithms = ("sha256", "sha512") if source.algorithm == "sha512" else ("sha256",)
    with ExitStack() as stack:
        out = stack.enter_context(written(out_zip, mode=0o444))
        single = stack.enter_context(HashThread(*algorithms))
        whole = stack.enter_context(HashThread("sha256"))
        bag = _Writer(out, single, whole, source.bag_name, when)
        for file in files:
            bag.add(file, lambda count: progress(count, total))
        for file in _tags(source, out_zip.name, signer, files, bag.digests()):
            bag.add(file, lambda count: None)
        return _report(bag, out_zip.name, signer)


@dataclass(slots=True)
class _Writer:
    """The package as it grows: what was written, and the hashes that are on their way."""

    out: IO[bytes]
    single: HashThread
    whole: HashThread
    bag_name: str
    when: tuple[int, int]
    size: int = 0
    content: int = 0
    entries: list[Entry] = field(default_factory=list)
    members: list[tuple[Member, "Future[tuple[str, ...]]"]] = field(default_factory=list)

    def add(self, file: Member, progress: Callable[[int], None]) -> None:
        chunks = list(file.chunks()) if file.size <= _HELD_BYTES else None
        crc = crc32(chunks or file.chunks())
        entry = Entry(f"{self.bag_name}/{file.path}", file.size, crc)
        self.entries.append(entry)
        self._write(local_header(entry, self.when))
        before = self.size
        for chunk in chunks or file.chunks():
            self.single.update(chunk)
            self._write(chunk)
            self.content += len(chunk)
            progress(self.content)
        if self.size - before != file.size:
            raise _changed(file)
        self.members.append((file, self.single.finish()))

    def _write(self, chunk: bytes) -> None:
        self.whole.update(chunk)
        self.out.write(chunk)
        self.size += len(chunk)

    def digests(self) -> list[tuple[str, ...]]:
        """Of every file so far, in their order. Raises ArchiveDamaged where one was not kept."""
        found = []
        for file, digest in self.members:
            found.append(digest.result())
            if found[-1][0] != file.sha256:
                raise _changed(file)
        return found

    def finish(self) -> str:
        """The hash of the whole package."""
        self._write(directory(self.entries, self.when))
        (digest,) = self.whole.finish().result()
        return digest


def _changed(file: Member) -> ArchiveDamaged:
    name = file.content if isinstance(file.content, Path) else file.path
    return ArchiveDamaged(detail=_("{name} is no longer what was stored").format(name=name))


def _known(source: BagSource) -> list[Member]:
    """The payload, and the tag files whose bytes do not hang on other hashes."""
    files = list(payload(source))
    sizes = {file.path: file.size for file in files}
    return [*files, made("bagit.txt", DECLARATION), made(INFO, bag_info(source, sizes))]


def _tags(
    source: BagSource,
    package: str,
    signer: SigningKey,
    files: Iterable[Member],
    digests: Iterable[tuple[str, ...]],
) -> Iterator[Member]:
    """What stands behind the payload, sorted by path like all of it."""
    hashes = {file.path: digest for file, digest in zip(files, digests, strict=True)}
    tags = {path: digest[0] for path, digest in hashes.items() if not path.startswith("data/")}
    for place, name in enumerate((MANIFEST, MANIFEST_512)[: len(hashes[INFO])]):
        own = {path: each[place] for path, each in hashes.items() if path.startswith("data/")}
        file = made(name, manifest(own))
        tags[name] = file.sha256
        yield file
    signature = made(SIGNATURE, _signature(source, package, tags, signer))
    yield signature
    yield made(TAG_MANIFEST, manifest({**tags, SIGNATURE: signature.sha256}))


def _signature(source: BagSource, package: str, tags: dict[str, str], signer: SigningKey) -> bytes:
    facts = {
        "version": SEAL_2,
        "package": package,
        "bag": source.bag_name,
        "case": source.case.uid,
        "replaces": source.previous,
        "sealed_at": source.sealed_at,
        "sealed_by": source.sealed_by.person,
        "station": source.sealed_by.station,
        "audit": {"seq": source.audit_head.seq, "hash": source.audit_head.hash},
        "key_id": signer.key_id,
        "public_key": signer.public.pem(),
        "tags": tags,
    }
    return sign_statement(signer, SEAL, facts)


def _report(bag: _Writer, name: str, signer: SigningKey) -> BagReport:
    sha256 = bag.finish()
    files = {
        file.path: digest[0]
        for (file, _own), digest in zip(bag.members, bag.digests(), strict=True)
    }
    (statement,) = (b"".join(f.chunks()) for f, _own in bag.members if f.path == SIGNATURE)
    facts, signature = read_statement(statement, SEAL)
    return BagReport(
        name=name,
        size=bag.size,
        sha256=sha256,
        manifest_sha256=files[MANIFEST],
        files=files,
        signature=signature,
        key_id=signer.key_id,
        station_key=signer.public.pem(),
        sealed_at=str(facts["sealed_at"]),
        sealed_by=str(facts["sealed_by"]),
        statement=statement.decode(),
    )

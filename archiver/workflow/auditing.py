"""The audit log looked at as a whole, and handed to the security officer."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Final

from archiver.errors import ArchiveDamaged, ArchiverError, PackageInvalid
from archiver.i18n import _, digits, ngettext
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.package.tagfiles import SEAL, SIGNATURE
from archiver.store import audit, deliveries, heads, purges
from archiver.store.audit import EventRow, Head
from archiver.store.durable import write_bytes
from archiver.store.keys import (
    PublicKey,
    SigningKey,
    StatementError,
    open_statement,
    read_statement,
)
from archiver.workflow.faults import storage_faults
from archiver.workflow.rights import Right, allowed
from archiver.workflow.sealing import STATION_KEY
from archiver.workflow.station import Station

FORMATS: Final = ("csv", "json")
_LARGEST_SEAL: Final = 1 << 20  # bytes of a signature.json


def verify_log(station: Station, packages: Sequence[Path] = ()) -> Iterator[Step]:
    """Find any change, removal or new order in the log; each fault is a `Notice`.

    The chain shows changes; the heads that were signed (beside the log, in the seals kept here,
    and in `packages`, best fetched from the centre) show whether its end is missing, or whether
    all of it was written anew.
    """
    yield Progress(0, 0, _("The audit log"))
    faults: list[str] = []
    known: dict[int, str] = {}
    count, broken = audit.walk(station.database.connection, known)
    if broken is not None:
        detail = _("event {number} of the audit log was changed").format(number=digits(broken))
        faults.append(f"event {broken}")
        yield Notice(ArchiveDamaged(detail=detail), f"event {broken}")
    held = 0
    for subject, found in _heads(station, packages):
        held += 1
        if isinstance(found, ArchiverError):
            error: ArchiverError | None = found
        else:
            error = _against(known, found)
        if error:
            faults.append(subject)
            yield Notice(error, subject)
    yield Changed(
        "audit verify",
        facts={"events": count, "heads": held, "problems": faults},
        sentence=_summary(count, held, len(faults)),
    )


def _against(known: dict[int, str], head: Head) -> ArchiverError | None:
    """The log, as number -> hash, held to a head that was signed earlier."""
    if head.seq == 0 or known.get(head.seq) == head.hash:
        return None
    last = max(known, default=0)
    if head.seq > last:
        words = _("events {first} to {last} of the audit log were removed")
        detail = words.format(first=digits(last + 1), last=digits(head.seq))
    else:
        words = _("the audit log was written anew before event {number}")
        detail = words.format(number=digits(head.seq + 1))
    return ArchiveDamaged(detail=detail)


def _heads(
    station: Station, packages: Sequence[Path]
) -> Iterator[tuple[str, Head | ArchiverError]]:
    if (station.keys / STATION_KEY).exists():
        key = SigningKey.load(station.keys / STATION_KEY).public
        try:
            found = heads.signed_head(station.root, key)
        except StatementError as error:
            yield heads.FILE_NAME, ArchiveDamaged(detail=f"{heads.FILE_NAME}: {error}")
        else:
            missing = _("{path} is missing").format(path=heads.FILE_NAME)
            yield heads.FILE_NAME, found or ArchiveDamaged(detail=missing)
    kept = purges.statements(station.database.connection)
    for seal in deliveries.seals(station.database.connection):
        path = station.sealed / seal.name
        if seal.name in kept:
            yield seal.name, _sealed_head(seal.name, kept[seal.name].encode())
        if path.exists():
            yield seal.name, _packed_head(path)
    for path in packages:
        yield path.name, _packed_head(path)


def _packed_head(package: Path) -> Head | ArchiverError:
    """The head in a package's seal; the rest of the package is `verify`'s affair."""
    try:
        with zipfile.ZipFile(package) as opened:
            (info,) = (i for i in opened.infolist() if i.filename.endswith(f"/{SIGNATURE}"))
            if info.file_size > _LARGEST_SEAL:
                raise ValueError(info.file_size)
            return _sealed_head(package.name, opened.read(info))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        return PackageInvalid(name=package.name, detail=error)


def _sealed_head(name: str, statement: bytes) -> Head | ArchiverError:
    try:
        facts, _signature = read_statement(statement, SEAL)
        key = PublicKey.from_pem(str(facts.get("public_key")))
        facts = open_statement(statement, SEAL, key)
    except (StatementError, ValueError) as error:
        return PackageInvalid(name=name, detail=error)
    told = facts.get("audit")
    return heads.head_of(told) if isinstance(told, dict) else audit.NO_EVENTS


def _summary(events: int, held: int, faults: int) -> str:
    words = ngettext("{count} event", "{count} events", events).format(count=digits(events))
    words += _(", held against {count} signed heads: ").format(count=digits(held))
    if not faults:
        return words + _("nothing was changed or removed.")
    many = ngettext("{count} is wrong.", "{count} are wrong.", faults)
    return words + many.format(count=digits(faults))


def export_log(
    station: Station, actor: Actor, out: Path, *, form: str, first: int = 1
) -> Iterator[Step]:
    """Write the events from number `first` on as `out`; the export is an event itself.

    Cells that a spreadsheet would take for a formula get an apostrophe before them. The JSON
    keeps every field as it is hashed, so that the chain can be checked elsewhere.
    Raises NotAllowed, StorageFailed, DiskFull.
    """
    officer = allowed(station, actor, Right.AUDIT_EXPORT)
    rows = [row for row in audit.events(station.database.connection) if row.seq >= first]
    with storage_faults(out):
        write_bytes(out, _csv(rows) if form == "csv" else _json(rows), mode=0o600)
    with storage_faults(station.root), station.database.transaction() as connection:
        audit.append(connection, officer, "audit export", name=out.name, form=form,
                     first=first, events=len(rows))  # fmt: skip
    words = ngettext("{count} event was written to {path}.", "{count} events were written to"
                     " {path}.", len(rows))  # fmt: skip
    yield Changed(
        "audit export",
        facts={"path": str(out), "events": len(rows), "format": form},
        sentence=words.format(count=digits(len(rows)), path=out),
    )


def _json(rows: Sequence[EventRow]) -> bytes:
    return (json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n").encode()


def _csv(rows: Sequence[EventRow]) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    names = [field.name for field in fields(EventRow)]
    table.writerow(names)
    table.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # Excel takes a file without it for Latin


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text

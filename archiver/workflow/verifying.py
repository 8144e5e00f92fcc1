"""Prove that nothing was lost or altered: every stored byte, every sealed package, the log."""

from collections.abc import Iterator

from archiver.errors import ArchiveDamaged, ArchiverError, PackageInvalid, StorageFailed
from archiver.i18n import N_, _, digits, ngettext
from archiver.jobs.pace import Pace
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.package.verify import verify_bag
from archiver.store import audit, deliveries, pages, purges
from archiver.workflow.station import Station


class BlobDamaged(StorageFailed):
    what = N_("A stored file is missing or was altered: {path}.")
    advice = N_("Keep the disk as it is and bring the file back from a backup.")


def verify(station: Station) -> Iterator[Step]:
    """Hash everything again; each fault is a `Notice`. Changes nothing."""
    connection = station.database.connection
    purged, gone = purges.purged_blobs(connection), purges.purged_seals(connection)
    keys = [key for key, _size in pages.blobs(connection) if key not in purged]
    seals = [seal for seal in deliveries.seals(connection) if seal.id not in gone]
    pace = Pace(len(keys) + len(seals) + 1)
    faults: list[str] = []

    def told(error: ArchiverError, subject: str) -> Notice:
        faults.append(subject)
        return Notice(error, subject)

    yield Progress(0, pace.total, _("The audit log"))
    if (complaint := station.database.check()) != "ok":
        yield told(ArchiveDamaged(detail=complaint), "archive.sqlite")
    if (broken := audit.first_broken(connection)) is not None:
        detail = _("event {number} of the audit log was changed").format(number=digits(broken))
        yield told(ArchiveDamaged(detail=detail), f"event {broken}")
    pace.step()
    for key in keys:
        path = station.blobs.path(key)
        try:
            if not station.blobs.is_sound(key):
                yield told(BlobDamaged(path=path), key)
        except OSError as error:
            yield told(StorageFailed(path=path, detail=error.strerror or error), key)
        pace.step()
        if pace.done % 50 == 0:
            yield Progress(pace.done, pace.total, _("Stored files"), pace.seconds_left)
    for seal in seals:
        try:
            report = verify_bag(station.sealed / seal.name)
            if report.sha256 != seal.sha256:
                raise PackageInvalid(name=seal.name, detail=_("it is not the one that was sealed"))
        except OSError as error:
            yield told(StorageFailed(path=seal.name, detail=error.strerror or error), seal.name)
        except PackageInvalid as error:
            yield told(error, seal.name)
        pace.step()
        yield Progress(pace.done, pace.total, seal.name, pace.seconds_left)
    yield Changed(
        "verify",
        facts={
            "blobs": len(keys),
            "packages": len(seals),
            "purged": len(purged),
            "events": connection.execute("SELECT count(*) FROM event").fetchone()[0],
            "problems": faults,
        },
        sentence=_summary(len(keys), len(seals), len(faults)),
    )


def _summary(blobs: int, seals: int, faults: int) -> str:
    words = _("{blobs} stored files and {seals} sealed packages were hashed again: ").format(
        blobs=digits(blobs), seals=digits(seals)
    )
    if not faults:
        return words + _("all are as they were.")
    many = ngettext("{count} is wrong.", "{count} are wrong.", faults)
    return words + many.format(count=digits(faults))

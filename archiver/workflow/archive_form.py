"""Captured pages get small behind the feeder's back: the same pixels in the archive's form.

The scanner's raw pixels are kept as quickly as a disk takes them. Here each such master is encoded
in the limited child, decoded again and compared, and then takes the place of the quick one in one
transaction with its event; only after that are the quick bytes removed.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from archiver.capture.cell import Cell, ChildFailed, ChildSlow, TemplateFailed
from archiver.capture.encoding import FORMS, LINEART_FORMS, RESULT
from archiver.errors import DiskFull, PageUnreadable, SettingsWrong, ToolMissing
from archiver.i18n import N_, _, digits, ngettext
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.settings import FILE_NAME
from archiver.store import audit, quick_masters
from archiver.store.quick_masters import QuickMaster
from archiver.workflow.faults import storage_faults
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station

_TEMPLATE: Final = (sys.executable, "-m", "archiver.capture.encoding")
_SOURCE: Final = "quick.tif"
_ENCODER: Final = N_("The program that encodes pages")


class NotEncoded(PageUnreadable):
    """The page keeps the quick form; nothing is lost but room."""

    what = N_("A page could not be brought into the archive's form: {detail}.")
    advice = N_("It is kept as the scanner gave it. Run “archiver compact” again.")


@guarded(Right.READ)
def compact(station: Station, actor: Actor) -> Iterator[Step]:
    """Bring every captured page into the archive's form. Raises ToolMissing, DiskFull."""
    pages: list[int] = []
    saved = yield from reach(station, actor, pages)
    words = ngettext(
        "{count} page has its archive form; {megabytes} MB are free again.",
        "{count} pages have their archive form; {megabytes} MB are free again.",
        len(pages),
    )
    yield Changed(
        "compact",
        pages=tuple(pages),
        facts={"pages": len(pages), "saved_bytes": saved},
        sentence=words.format(count=digits(len(pages)), megabytes=digits(saved // 1_000_000)),
    )


def reach(station: Station, actor: Actor, pages: list[int]) -> Generator[Step, None, int]:
    """`compact` as a part of another command: adds the pages to `pages`, gives the bytes saved."""
    forms = _forms(station)
    work = quick_masters.waiting(station.database.connection)
    pace, saved = Pace(len(work)), 0
    with closing(Cell(_TEMPLATE)) as cell:
        for quick in work:
            told = _("Bringing pages into their archive form")
            yield Progress(pace.done, pace.total, told, pace.seconds_left)
            try:
                with storage_faults(station.root):
                    saved += _exchanged(station, actor, cell, quick, forms, pages)
            except NotEncoded as error:
                yield Notice(error)
            pace.step()
    return saved


def _forms(station: Station) -> str:
    settings = station.settings.capture
    for name, form, known in (
        ("form", settings.form, FORMS),
        ("lineart_form", settings.lineart_form, LINEART_FORMS),
    ):
        if form not in known:
            raise SettingsWrong(path=station.root / FILE_NAME, detail=f"capture.{name} = {form}")
    return f"{settings.form} {settings.lineart_form}"


def _exchanged(
    station: Station, actor: Actor, cell: Cell, quick: QuickMaster, forms: str, pages: list[int]
) -> int:
    """How many bytes that saved."""
    blobs = station.blobs
    folder = Path(tempfile.mkdtemp(prefix="encode-", dir=station.incoming))
    try:
        os.link(blobs.path(quick.key), folder / _SOURCE)
        _encode(station, cell, folder, forms)
        new = blobs.put_file(folder / RESULT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    before, after = blobs.size(quick.key), blobs.size(new)
    with station.database.transaction() as connection:
        ids, forgotten = quick_masters.exchange(connection, quick.key, new, after)
        audit.append(
            connection, actor, "compact", case_id=quick.case_id, pages=ids, delivered=quick.key,
            master=new, bytes=after, proof="pixels",
        )  # fmt: skip
    pages += ids
    if not forgotten:
        return 0
    blobs.remove(quick.key)
    return before - after


def _encode(station: Station, cell: Cell, folder: Path, forms: str) -> None:
    """Raises NotEncoded, ToolMissing, DiskFull."""
    limits = station.settings.limits
    request = {
        "folder": str(folder.resolve()),
        "source": _SOURCE,
        "media_type": forms,
        "seconds": limits.seconds_per_file,
        "pages": 1,
        "megapixels": limits.megapixels,
        "file_megabytes": limits.file_megabytes,
        "memory_megabytes": limits.memory_megabytes,
    }
    try:
        (answer,) = cell.answers(request, limits.seconds_per_file)
    except TemplateFailed as error:
        raise ToolMissing(tool=_(_ENCODER), detail=error.status) from error
    except (ChildSlow, ChildFailed, ValueError) as error:
        raise NotEncoded(detail=str(error) or type(error).__name__) from error
    if answer.get("error") == DiskFull.__name__:
        raise DiskFull(path=folder)
    if "error" in answer:
        raise NotEncoded(detail=_(str(answer.get("facts", {}).get("detail", answer["error"]))))

"""What each person did, as rows for people and as a table for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from archiver.i18n import N_, _
from archiver.store.durable import write_bytes
from archiver.workflow.faults import storage_faults
from archiver.workflow.overview import Overview, Stage

_STAGES: Final = {
    Stage.SCAN: N_("scanned"),
    Stage.READ: N_("read by the machine"),
    Stage.CORRECT: N_("corrected"),
    Stage.DESCRIBE: N_("described"),
    Stage.CHECK: N_("checked"),
}


def stage_word(stage: Stage) -> str:
    return _(_STAGES[stage])


def write_table(found: Overview, path: Path) -> None:
    """Raises DiskFull, StorageFailed."""
    with storage_faults(path):
        write_bytes(path, _csv(found))


def heads() -> tuple[str, ...]:
    stages = (stage for stage in Stage if stage is not Stage.READ)
    return (_("Person"), *(stage_word(s) for s in stages), _("Keyed right"), _("Sent back"))


def rows(found: Overview) -> Iterator[tuple[object, ...]]:
    stages = [stage for stage in Stage if stage is not Stage.READ]
    for row in found.people:
        share = f"{100 * row.keyed.rate:.1f}"
        keyed = _("{share}%").format(share=share) if row.keyed.count else "–"
        back = _("{back} of {all}").format(back=row.sent_back, all=row.judged)
        back = back if row.judged else "–"
        yield (row.name, *(row.pages.get(stage, 0) for stage in stages), keyed, back)


def _csv(found: Overview) -> bytes:
    """UTF-8 with its mark, as spreadsheets like it; a name is never a formula."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(heads())
    for name, *rest in rows(found):
        safe = f"'{name}" if str(name).startswith(("=", "+", "-", "@")) else name
        table.writerow([safe, *rest])
    return text.getvalue().encode("utf-8-sig")

"""The hand-over record (محضر تسليم وتسلم) on paper, and how every delivery stands."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from archiver.errors import NoSuchTarget, RequestRefused
from archiver.i18n import N_, _, digits, language, ngettext
from archiver.model.actor import Actor
from archiver.model.casefile import Page
from archiver.model.changes import Changed, Progress, Step
from archiver.model.delivery import DeliveryState, Seal
from archiver.store import audit, pages
from archiver.store.durable import write_bytes
from archiver.workflow import paper
from archiver.workflow.account import account_of
from archiver.workflow.faults import storage_faults
from archiver.workflow.queries import DeliveryRow, case_by_id, list_deliveries
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import state_word

_DELIVERED: Final = (DeliveryState.COMMITTED, DeliveryState.RECEIPTED)


class NothingToHandOver(RequestRefused):
    what = N_("No package was delivered to {target} on {day}.")
    advice = N_("Send first, or name another day with --day.")


class Light(StrEnum):
    GREEN = "green"  # the centre has signed for it
    YELLOW = "yellow"  # on its way
    RED = "red"  # a person has to do something


@dataclass(frozen=True, slots=True)
class _Item:
    """One case file in the record."""

    row: DeliveryRow
    images: int
    sheets: int | None  # None: nobody counted them

    @property
    def seal(self) -> Seal:
        return self.row.seal


@guarded(Right.DELIVER)
def hand_over(station: Station, actor: Actor, target: str, day: str, out: Path) -> Iterator[Step]:
    """Write the record of what was delivered to `target` on `day` (ISO, UTC) as a PDF.

    The record's number is that of its event in the audit log, which keeps the PDF's hash.
    Raises NoSuchTarget, NothingToHandOver, ToolMissing, StorageFailed, DiskFull.
    """
    if target not in station.settings.targets:
        raise NoSuchTarget(target=target)
    yield Progress(0, 0, _("Writing the hand-over record"))
    items = _items(station, target, day)
    if not items:
        raise NothingToHandOver(target=target, day=day)
    number = audit.head(station.database.connection).seq + 1
    body = _record(station, actor, target, day, number, items)
    content = paper.printed(
        _("Hand-over record"), body, language=language(), direction=_direction()
    )
    with storage_faults(out):
        write_bytes(out, content)
    digest = hashlib.sha256(content).hexdigest()
    with storage_faults(station.root), station.database.transaction() as connection:
        audit.append(connection, actor, "hand over", target=target, day=day, sha256=digest,
                     packages=[item.seal.name for item in items])  # fmt: skip
    words = ngettext(
        "The hand-over record of {count} package is in {path}.",
        "The hand-over record of {count} packages is in {path}.",
        len(items),
    )
    yield Changed(
        "handover",
        facts={"path": str(out), "number": number, "sha256": digest, "day": day, "target": target,
               "packages": [item.seal.name for item in items],
               "images": sum(item.images for item in items)},
        sentence=words.format(count=digits(len(items)), path=out),
    )  # fmt: skip


def _direction() -> str:
    return "rtl" if language() == "ar" else "ltr"


def _items(station: Station, target: str, day: str) -> list[_Item]:
    rows = [
        row
        for row in reversed(list_deliveries(station))
        if row.delivery.target == target
        and row.delivery.state in _DELIVERED
        and row.delivery.updated_at.startswith(day)
    ]
    return [_item(station, row) for row in rows]


def _item(station: Station, row: DeliveryRow) -> _Item:
    found = pages.of_case(station.database.connection, row.case.id)
    declared = account_of(station, row.case.id).sheets
    return _Item(row, len(found), _sheets(found) or declared or None)


def _sheets(found: Sequence[Page]) -> int | None:
    """Leaves of paper: a back is the other face of the one before. None where nobody said which
    faces are backs; then the lot's declaration counts.
    """
    sides = [page.side for page in found]
    return sum(side != "verso" for side in sides) if any(sides) else None


def _record(
    station: Station, actor: Actor, target: str, day: str, number: int, items: Sequence[_Item]
) -> str:
    here = station.settings.station
    sheets = [item.sheets for item in items if item.sheets is not None]
    told = facts_of(station, actor, target, day, number)
    told += [
        (_("Case files"), digits(len(items))),
        (_("Sheets"), digits(sum(sheets)) if len(sheets) == len(items) else _("not counted")),
        (_("Images"), digits(sum(item.images for item in items))),
        (_("Size"), _("{count} MB").format(
            count=digits(f"{sum(item.seal.size for item in items) / 1e6:.1f}"))),
    ]  # fmt: skip
    heads = (_("No."), _("Case"), _("Title"), _("Sheets"), _("Images"), _("State"))
    rows = [row for place, item in enumerate(items, 1) for row in _rows(place, item)]
    return (
        f'<p class="house">{paper.told(here.institution)}</p>'
        f"<h1>{paper.told(_('Hand-over record'))}</h1>"
        + paper.facts(told)
        + paper.table(heads, rows)
        + _signatures(actor)
    )


def facts_of(
    station: Station, actor: Actor, target: str, day: str, number: int
) -> list[tuple[str, str]]:
    here = station.settings.station
    return [
        (_("Record number"), digits(number)),
        (_("Day"), digits(day)),
        (_("Station"), here.name),
        (_("Company"), here.company or "–"),
        (_("Handed over by"), actor.person),
        (_("To"), target),
    ]


def _rows(place: int, item: _Item) -> Iterator[tuple[str, ...]]:
    seal, case = item.seal, item.row.case
    sheets = "–" if item.sheets is None else digits(item.sheets)
    version = _("version {number}").format(number=digits(seal.version))
    yield (
        digits(place),
        paper.told(digits(case.reference)) + f"<br>{paper.told(version)}",
        paper.told(case.title or "–"),
        digits(sheets),
        digits(item.images),
        paper.told(state_word(item.row.delivery.state)),
    )
    hashed = f'<div class="hash">{seal.name}<br>SHA-256 {seal.sha256}</div>'
    yield (paper.told(_("Package and its SHA-256")) + hashed,)


def _signatures(actor: Actor) -> str:
    heads = (_("Handed over by"), _("Received by"), _("Witness"))
    words = (_("Name"), _("Signature"), _("Date"))
    names = (actor.person, "", "")
    rows = [
        tuple(f"{paper.told(word)}: {paper.told(name) if word == words[0] else ''}"
              for name in names)
        for word in words
    ]  # fmt: skip
    return f'<div class="sign">{paper.table(heads, rows)}</div>'


def light_of(row: DeliveryRow) -> Light:
    """How a delivery stands, in one colour; the word beside it says the same."""
    if row.delivery.state is DeliveryState.RECEIPTED:
        return Light.GREEN
    if row.delivery.state in (DeliveryState.HELD, DeliveryState.REFUSED):
        return Light.RED
    return Light.YELLOW


def light_word(light: Light) -> str:
    words = {
        Light.GREEN: _("signed for"),
        Light.YELLOW: _("on its way"),
        Light.RED: _("needs a person"),
    }
    return words[light]


def delivery_report(station: Station, target: str | None = None) -> tuple[DeliveryRow, ...]:
    """Every delivery, what needs a person first."""
    order = (Light.RED, Light.YELLOW, Light.GREEN)
    rows = [row for row in list_deliveries(station) if target in (None, row.delivery.target)]
    return tuple(sorted(rows, key=lambda row: order.index(light_of(row))))


def print_report(station: Station, rows: Sequence[DeliveryRow], out: Path) -> None:
    """The report on paper. Raises ToolMissing, StorageFailed, DiskFull."""
    counts = [
        (light_word(light), digits(sum(light_of(row) is light for row in rows))) for light in Light
    ]
    heads = (_("State"), _("Case"), _("Package"), _("Target"), _("Since"))
    cells = [
        (
            f'<span class="light {light_of(row).value}"></span> '
            + paper.told(light_word(light_of(row)))
            + f"<br>{paper.told(state_word(row.delivery.state))}",
            paper.told(digits(case_by_id(station, row.seal.case_id).reference)),
            f'<div class="name">{row.seal.name}</div>',
            paper.told(row.delivery.target),
            paper.told(digits(row.delivery.updated_at[:16].replace("T", " "))),
        )
        for row in rows
    ]
    here = [(_("Station"), station.settings.station.name), (_("Day"), digits(audit.now()[:10]))]
    body = f"<h1>{paper.told(_('Delivery report'))}</h1>" + paper.facts([*here, *counts])
    content = paper.printed(
        _("Delivery report"), body + paper.table(heads, cells), language=language(),
        direction=_direction(),
    )  # fmt: skip
    with storage_faults(out):
        write_bytes(out, content)

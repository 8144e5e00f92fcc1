"""The demo: a fictional case file and a heritage item, taken the whole way by two people."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from archiver.capture.colour import srgb
from archiver.capture.target_card import REFERENCE
from archiver.demo.card import card, photographed
from archiver.demo.description import DESCRIPTIONS
from archiver.demo.encode import write
from archiver.demo.manifest import scan_files
from archiver.demo.render import DemoFile, render_case, render_heritage
from archiver.errors import AlreadyImported, NoSuchCase
from archiver.i18n import _, digits
from archiver.model.actor import Actor
from archiver.model.casefile import CaseState
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.delivery import DeliveryState
from archiver.model.identity import CaseKey
from archiver.model.keying import ItemState
from archiver.store.keys import SigningKey
from archiver.workflow import keying
from archiver.workflow.checking import check
from archiver.workflow.delivering import collect, send
from archiver.workflow.describing import (
    NothingToAccept,
    accept,
    describe,
    field_values,
    typed,
)
from archiver.workflow.faults import storage_faults
from archiver.workflow.heritage import CONDITION, conditions
from archiver.workflow.importing import import_files
from archiver.workflow.key_readings import status
from archiver.workflow.lots import all_lots, declare, open_lot
from archiver.workflow.noting_condition import note_condition
from archiver.workflow.processing import process
from archiver.workflow.queries import case_view, find_case, list_cases, list_deliveries
from archiver.workflow.receiving import Desk, receive_packages
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.station import Station
from archiver.workflow.target_cards import measure
from archiver.workflow.targets import add_target

CASE: Final = CaseKey("civil", 99001, 93)
CASE_TITLE: Final = "شركة الواحة الافتراضية للتوريدات ضد جمعية النخيل النموذجية للإسكان"
ITEM: Final = "H-0001"
ITEM_TITLE: Final = "أوراق تراثية: سجل أحكام ١٩٣٥ وحكم مختلط ١٩١٢"
TARGET: Final = "centre"
_OPERATOR, _CHECKER, _CENTRE = "منى", "سامي", "مركز المعلومات"
_SURE: Final = 0.9  # the operator looks at everything below
_BUNDLES: Final = (
    ("case", str(CASE), render_case, CASE, CASE_TITLE),
    ("heritage", ITEM, render_heritage, None, ITEM_TITLE),
)


def journey(station: Station, outside: Path) -> Iterator[Step]:
    """Take the demo from paper to the centre's receipt. Goes on where an earlier try stopped.

    outside: the folder for what is not the station's own: the scans, the drop box, the centre's
    desk. A second run finds everything done.
    """
    here = station.settings.station
    operator = Actor(_OPERATOR, "operator", here.name, here.company)
    checker = Actor(_CHECKER, "checker", here.name, here.company)
    yield from _inner(_declare(station, operator))
    for bundle, reference, render, key, title in _BUNDLES:
        if _pages(station, reference) < sum(len(file.faces) for file in scan_files(bundle)):
            if key is None:
                yield from make_ready(station, operator, outside / "scans")
            for file in render(outside / "scans"):
                yield from _take_in(station, operator, file, key, title)
    yield from _inner(process(station, operator))
    for bundle, reference, _render, _key, _title in _BUNDLES:
        yield from _describe(station, operator, reference, DESCRIPTIONS[bundle])
    yield from _key_again(station, checker)
    for row in list_cases(station):
        if row.case.state in (CaseState.OPEN, CaseState.REJECTED):
            yield from _inner(check(station, checker, row.case.id, accept=True))
    for row in list_cases(station):
        if row.case.state is CaseState.ACCEPTED:
            yield from _inner(seal(station, operator, row.case.id))
    yield from _deliver(station, operator, outside)
    yield _summary(station, outside)


def _declare(station: Station, operator: Actor) -> Iterator[Step]:
    """The paper is counted before it is scanned. An earlier try may have done it."""
    if not all_lots(station):
        yield from open_lot(station, operator, box="7")
    lot = all_lots(station)[0].lot
    known = {row.declared.reference for row in all_lots(station)[0].rows}
    for bundle, reference, _render, key, _title in _BUNDLES:
        faces = [face for file in scan_files(bundle) for face in file.faces]
        if reference not in known:
            sheets = sum(not face.back_of for face in faces)
            yield from declare(station, operator, lot, key=key, item="" if key else ITEM,
                               sheets=sheets, faces=len(faces))  # fmt: skip


def make_ready(station: Station, operator: Actor, scans: Path) -> Iterator[Step]:
    """What comes before images of heritage: today's colour card, and the item's condition."""
    photograph = scans / "colour-card.png"
    with storage_faults(scans):
        scans.mkdir(parents=True, exist_ok=True)
        write(photograph, [photographed(card(srgb(REFERENCE)), blur_px=0.5)])
    yield from _inner(measure(station, operator, photograph))
    codes = [code for name, code in DESCRIPTIONS["heritage"] if name == CONDITION]
    try:
        noted = conditions(station, find_case(station, ITEM))
    except NoSuchCase:
        noted = ()
    if not noted:
        yield from _inner(note_condition(station, operator, ITEM, codes, title=ITEM_TITLE))


def _pages(station: Station, reference: str) -> int:
    try:
        return len(case_view(station, find_case(station, reference).id).pages)
    except NoSuchCase:
        return 0


def _take_in(
    station: Station, actor: Actor, file: DemoFile, key: CaseKey | None, title: str
) -> Iterator[Step]:
    steps = import_files(
        station,
        actor,
        [file.path],
        key=key,
        reference="" if key else ITEM,
        title=title,
        kind=file.kind,
        document=file.title,
        language=file.language,
        profile=file.profile,
    )
    for step in steps:
        # An earlier try that was cut off has taken it already.
        if isinstance(step, Progress) or (
            isinstance(step, Notice) and not isinstance(step.error, AlreadyImported)
        ):
            yield step


def _describe(
    station: Station, actor: Actor, reference: str, said: Sequence[tuple[str, str]]
) -> Iterator[Step]:
    """Accept what the pages say surely, type the rest. An earlier try may have done some of it."""
    case = find_case(station, reference)
    if case.state is not CaseState.OPEN:
        return
    with suppress(NothingToAccept):  # registers in handwriting propose nothing
        yield from _inner(accept(station, actor, case.id, least=_SURE))
    known = {value.field for value in field_values(station, case.id)}
    changes = typed(station, case.id, [(name, text) for name, text in said if name not in known])
    if changes:
        yield from _inner(describe(station, actor, case.id, changes))


def _key_again(station: Station, checker: Actor) -> Iterator[Step]:
    """The second person reads number, year and series, too."""
    case = find_case(station, str(CASE))
    waits = any(item.state is ItemState.WAITING for item in status(station, case))
    if waits and case.state is not CaseState.SEALED:
        values = keying.typed_values(station, case, [("case_key", str(CASE))], CASE.series)
        yield from _inner(keying.key(station, checker, case.id, values))


def _deliver(station: Station, operator: Actor, outside: Path) -> Iterator[Step]:
    desk, drop = Desk(outside / "centre"), outside / "drop"
    with storage_faults(outside):
        centre_key = desk.key().public
        desk.trust(SigningKey.load_or_create(station.keys / STATION_KEY).public)
    if TARGET not in station.settings.targets:
        add_target(station, operator, TARGET, drop, centre_key)
    yield from _inner(send(station, operator, TARGET))
    states = {row.delivery.state for row in list_deliveries(station)}
    if states - {DeliveryState.RECEIPTED}:
        yield from _inner(receive_packages(desk, drop, _CENTRE))
        yield from _inner(collect(station, operator, TARGET))


def _inner(steps: Iterator[Step]) -> Iterator[Step]:
    """A command inside the demo: its end is a line among others."""
    for step in steps:
        yield Progress(0, 0, step.sentence) if isinstance(step, Changed) else step


def _summary(station: Station, outside: Path) -> Changed:
    rows = list_cases(station)
    receipted = [r for r in list_deliveries(station) if r.delivery.state is DeliveryState.RECEIPTED]
    parts = {
        "archive": station.root,
        "scans": outside / "scans",
        "drop": outside / "drop",
        "centre": outside / "centre",
    }
    words = _(
        "The demo is done: {cases} files, {pages} pages, {receipts} packages signed for by the"
        " centre."
    ).format(
        cases=digits(len(rows)),
        pages=digits(sum(row.pages for row in rows)),
        receipts=digits(len(receipted)),
    )
    return Changed(
        "demo",
        facts={
            "cases": [row.case.reference for row in rows],
            "pages": sum(row.pages for row in rows),
            "packages": [row.seal.name for row in receipted],
            "signed": bool(rows) and len(receipted) == len(rows),
            **{name: str(path) for name, path in parts.items()},
        },
        sentence=words,
    )

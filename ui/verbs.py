"""The verbs as the window starts them: one command on the bridge, worded for the work bar."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.model.changes import Step
from archiver.model.identity import CaseKey
from archiver.model.lot import Lot
from archiver.workflow import (
    checking,
    hit_lists,
    importing,
    noting_condition,
    processing,
    rebuilding,
    sampling,
    sealing,
)
from archiver.workflow.destination import Destination
from ui.searching import Wanted
from ui.session import Session
from ui.words import translate


@dataclass(frozen=True, slots=True)
class Intake:
    """What the import form says."""

    files: tuple[Path, ...]
    key: CaseKey
    kind: str
    title: str


def until_asked(steps: Iterator[Step], cancel: threading.Event) -> Iterator[Step]:
    """Stop between two steps, for commands whose every step is whole in itself."""
    for step in steps:
        yield step
        if cancel.is_set():
            return


def import_files(session: Session, intake: Intake) -> bool:
    def steps(cancel: threading.Event) -> Iterator[Step]:
        made = importing.import_files(
            session.station, session.actor, intake.files,
            key=intake.key, title=intake.title, kind=intake.kind,
        )  # fmt: skip
        return until_asked(made, cancel)

    return session.bridge.run(translate("Verbs", "Importing"), steps)


def note_condition(session: Session, into: Destination, codes: Sequence[str]) -> bool:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        return noting_condition.note_condition(
            session.station, session.actor, into.reference, codes,
            profile=into.profile, title=into.title,
        )  # fmt: skip

    title = translate("Verbs", "Noting the condition")
    return session.bridge.run(title, steps, stoppable=False)


def measure_card(session: Session, photograph: Path) -> bool:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        from archiver.workflow.target_cards import measure  # noqa: PLC0415 - brings numpy

        return measure(session.station, session.actor, photograph)

    return session.bridge.run(translate("Verbs", "Measuring the card"), steps, stoppable=False)


def process(session: Session, case_id: int | None, *, again: bool) -> bool:
    def steps(cancel: threading.Event) -> Iterator[Step]:
        return processing.process(
            session.station, session.actor, case_id=case_id, again=again, cancel=cancel
        )

    return session.bridge.run(translate("Verbs", "Reading the pages"), steps)


def rebuild_index(session: Session) -> bool:
    def steps(cancel: threading.Event) -> Iterator[Step]:
        waits = session.bridge.errands_wait
        return rebuilding.rebuild(session.station, session.actor, cancel=cancel, others_wait=waits)

    return session.bridge.run(translate("Verbs", "Making the search index anew"), steps)


def export_hits(session: Session, wanted: Wanted, out: Path) -> bool:
    def steps(cancel: threading.Event) -> Iterator[Step]:
        made = hit_lists.export_hits(
            session.station, session.actor, out, wanted.query, sort=wanted.sort, exact=wanted.exact
        )
        return until_asked(made, cancel)

    return session.bridge.run(translate("Verbs", "Writing the table of hits"), steps)


def check(session: Session, case_id: int, *, accept: bool, reason: str = "") -> bool:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        return checking.check(session.station, session.actor, case_id, accept=accept, reason=reason)

    return session.bridge.run(translate("Verbs", "Checking"), steps, stoppable=False)


def draw_sample(session: Session, lot: Lot) -> bool:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        return sampling.draw(session.station, session.actor, lot)

    return session.bridge.run(translate("Verbs", "Drawing a sample"), steps, stoppable=False)


def close_sample(session: Session, lot: Lot) -> bool:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        return sampling.close(session.station, session.actor, lot)

    return session.bridge.run(translate("Verbs", "Ending the sample"), steps, stoppable=False)


def seal(session: Session, case_id: int) -> bool:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        return sealing.seal(session.station, session.actor, case_id)

    return session.bridge.run(translate("Verbs", "Sealing"), steps, stoppable=False)

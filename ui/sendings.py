"""The verbs of the Delivery screen: on the bridge what takes long, as errands what does not."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from archiver.i18n import isolate
from archiver.model.changes import Changed, Progress, Step
from archiver.settings import TargetSettings
from archiver.store.keys import PublicKey
from archiver.workflow import delivering, handing_over, outbox, targets
from ui.bridge import Answer
from ui.models.deliveries import PackageRow
from ui.session import Session
from ui.widgets.target_form import TargetWords
from ui.words import translate


def send(session: Session, target: str, *, only: int | None = None) -> bool:
    """Stopped, it ends at the next piece: all of it goes on from there another time."""

    def steps(cancel: threading.Event) -> Iterator[Step]:
        made = delivering.send(session.station, session.actor, target, cancel=cancel, only=only)
        with closing(made):
            for step in made:
                yield step
                if cancel.is_set():
                    return

    return session.bridge.run(translate("Verbs", "Sending"), steps)


def collect(session: Session, names: Sequence[str]) -> bool:
    def steps(cancel: threading.Event) -> Iterator[Step]:
        for name in names:
            yield from delivering.collect(session.station, session.actor, name)
            if cancel.is_set():
                return

    return session.bridge.run(translate("Verbs", "Collecting the receipts"), steps)


def pause(session: Session, row: PackageRow, *, paused: bool, done: Answer) -> None:
    """The packages of one case file."""

    def steps() -> Iterator[Step]:
        outbox.set_paused(session.station, session.actor, paused=paused, case_id=row.case.id)
        yield Changed("pause" if paused else "resume", cases=(row.case.id,))

    session.bridge.errand(steps, done)


def pause_target(session: Session, target: str, *, paused: bool, done: Answer) -> None:
    """A target; what was paused altogether is let go, too."""

    def steps() -> Iterator[Step]:
        halted = outbox.paused_targets(session.station)
        for name in (target,) if paused else tuple(halted & {"", target}):
            outbox.set_paused(session.station, session.actor, paused=paused, target=name)
        yield Changed("pause" if paused else "resume")

    session.bridge.errand(steps, done)


def set_priority(session: Session, row: PackageRow, priority: int, *, done: Answer) -> None:
    def steps() -> Iterator[Step]:
        outbox.set_priority(session.station, session.actor, row.case.id, priority)
        yield Changed("priority", cases=(row.case.id,))

    session.bridge.errand(steps, done)


def set_hours(session: Session, target: str, hours: str, done: Answer) -> None:
    def steps() -> Iterator[Step]:
        set_to = targets.set_hours(session.station, session.actor, target, hours)
        words = translate("Delivery", "The hours of %1 are changed.").replace("%1", isolate(target))
        yield Changed("target hours", facts={"hours": set_to.hours}, sentence=words)

    session.bridge.errand(steps, done)


def add_target(session: Session, told: TargetWords, done: Answer) -> None:
    """`done` hears the new SSH key, if one was made, in the facts."""

    def steps() -> Iterator[Step]:
        public = PublicKey.load(told.centre_key)
        key = ""
        if told.kind == "folder":
            folder = Path(told.place)
            targets.add_target(session.station, session.actor, told.name, folder, public)
        else:
            secret = {"access_key": told.access_key, "secret_key": told.secret_key}
            made = targets.add_place(
                session.station, session.actor, _settings(told, public.pem()),
                secret if told.kind == "s3" else {},
            )  # fmt: skip
            key = made[1]
        compare = translate(
            "Verbs", "%1 is a target now. Compare the centre's key with the centre: %2"
        )
        yield Changed(
            "target",
            facts={"name": told.name, "ssh_key": key},
            sentence=compare.replace("%1", isolate(told.name)).replace(
                "%2", isolate(public.short_id)
            ),
        )

    session.bridge.errand(steps, done)


def _settings(told: TargetWords, centre_key: str) -> TargetSettings:
    return TargetSettings(
        told.name,
        told.kind,
        told.place,
        centre_key,
        encrypt_to=told.encrypt_to,
        host_key=targets.host_key_of(told.host_key),
        region=told.region or TargetSettings(told.name).region,
        hours=told.hours,
        kilobytes_per_second=told.kilobytes_per_second,
    )


def hand_over(session: Session, target: str, day: str, out: Path) -> bool:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        return handing_over.hand_over(session.station, session.actor, target, day, out)

    title = translate("Verbs", "Writing the hand-over record")
    return session.bridge.run(title, steps, stoppable=False)


def report(session: Session, out: Path) -> bool:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        yield Progress(0, 0, "")
        rows = handing_over.delivery_report(session.station)
        handing_over.print_report(session.station, rows, out)
        told = translate("Verbs", "The report is in %1.").replace("%1", isolate(out))
        yield Changed("delivery report", sentence=told)

    return session.bridge.run(translate("Verbs", "Writing the report"), steps, stoppable=False)

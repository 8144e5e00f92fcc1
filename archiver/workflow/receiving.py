"""The centre's side: re-hash what stations sent, verify it, sign for it."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from archiver.errors import ArchiverError, PackageInvalid, StationUnknown
from archiver.i18n import _, digits, ngettext
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.delivery import BagReport
from archiver.package.verify import verify_bag
from archiver.store import taken
from archiver.store.durable import write_bytes
from archiver.store.keys import PublicKey, SigningKey, pin_key, pinned_keys, refuse_if_open
from archiver.transfer.envelope import EnvelopeError, new_identity, open_envelope, public_of
from archiver.transfer.receiving import NotOpened, Outcome, Verdict, receive
from archiver.transfer.target import CentreSide
from archiver.workflow.faults import storage_faults
from archiver.workflow.station import Station
from archiver.workflow.taking_in import NotTakenIn, take_in

CENTRE_KEY: Final = "centre.key"
PUBLIC_KEY: Final = "centre.pem"
ENVELOPE_KEY: Final = "centre.age"
STATIONS: Final = "stations"


@dataclass(frozen=True, slots=True)
class Desk:
    """The centre's own folder: its signing key and the keys of the stations it knows."""

    folder: Path

    def key(self) -> SigningKey:
        """The centre's key, made on first use with its public half beside it, to be handed out."""
        key = SigningKey.load_or_create(self.folder / CENTRE_KEY)
        public = self.folder / PUBLIC_KEY
        if not public.exists():
            write_bytes(public, key.public.pem().encode())
        return key

    def trust(self, station_key: PublicKey) -> None:
        """Accept packages that this key sealed, from now on."""
        pin_key(self.folder / STATIONS, station_key)

    def envelope_key(self) -> str:
        """The public key that stations encrypt to (`age1…`), made on first use."""
        path = self.folder / ENVELOPE_KEY
        if not path.exists():
            secret, public = new_identity()
            write_bytes(path, secret.encode(), mode=0o600)
            write_bytes(path.with_suffix(".age.pub"), public.encode())
        return public_of(self._envelope_secret())

    def open_envelope(self, envelope: Path, package: Path) -> None:
        """Raises NotOpened, KeyUnusable."""
        if not (self.folder / ENVELOPE_KEY).exists():
            raise OSError(_("it is encrypted, and there is no key here to open it"))
        try:
            open_envelope(envelope, package, self._envelope_secret())
        except EnvelopeError as error:
            raise NotOpened(_("it is damaged, or encrypted to another key")) from error

    def _envelope_secret(self) -> str:
        path = self.folder / ENVELOPE_KEY
        refuse_if_open(path)
        return path.read_text("ascii").strip()


def receive_packages(
    desk: Desk,
    target: Path,
    person: str,
    *,
    into: Station | None = None,
    side: CentreSide | None = None,
) -> Iterator[Step]:
    """Answer every package that waits in the folder `target` with a signed receipt.

    side: where the packages wait instead, if `target` is but the name of a target far away.
    into: an archive of the centre's own, which takes in what was accepted, now or earlier; what
    it cannot take gives a `Notice`, and the receipt stands. Raises KeyUnusable, StorageFailed,
    DiskFull.
    """
    with storage_faults(target):
        key, stations = desk.key(), pinned_keys(desk.folder / STATIONS)
        tally: dict[Verdict, list[str]] = {verdict: [] for verdict in Verdict}
        look = _Look(stations)
        wanted = partial(_is_wanted, into)
        new = []
        outcomes = receive(side or target, key, look, person, desk.open_envelope, wanted)
        for done, outcome in enumerate(outcomes, 1):
            tally[outcome.verdict].append(outcome.package)
            yield Progress(done, 0, f"{outcome.package}: {verdict_word(outcome.verdict)}")
            if outcome.verdict in (Verdict.REFUSED, Verdict.HELD):
                yield Notice(_error(outcome), outcome.package)
            elif into is not None and outcome.path is not None:
                actor = Actor(person, "centre", into.settings.station.name, "")
                try:
                    if take_in(into, actor, outcome.path, look.report(outcome.path)):
                        new.append(outcome.package)
                except (NotTakenIn, PackageInvalid, StationUnknown) as error:
                    yield Notice(error, outcome.package)
    yield Changed(
        "receive",
        facts={
            "target": str(target),
            "centre_key": key.public.pem(),
            "key_id": key.key_id,
            **{verdict.value: names for verdict, names in tally.items()},
            **({"taken_in": new} if into is not None else {}),
        },
        sentence=_summary(tally) + (_taken_words(new) if into is not None else ""),
    )


class _Look:
    """The whole look at a package, remembered for as long as it is the newest."""

    def __init__(self, stations: Mapping[str, PublicKey]) -> None:
        self._stations = stations
        self._newest: BagReport | None = None

    def __call__(self, path: Path) -> BagReport:
        report = verify_bag(path, known_keys=self._stations)
        self._newest = report
        return report

    def report(self, path: Path) -> BagReport:
        """Of a package that was accepted now, or of one that was signed for earlier."""
        newest = self._newest
        return newest if newest is not None and newest.name == path.name else self(path)


def _is_wanted(into: Station | None, package: str) -> bool:
    """Whether a package that was signed for earlier is still missing in the archive."""
    return into is not None and taken.known(into.database.connection, package) is None


def watch_packages(
    desk: Desk,
    target: Path,
    person: str,
    *,
    every_s: float,
    stop: threading.Event,
    into: Station | None = None,
    side: CentreSide | None = None,
) -> Iterator[Step]:
    """Look again every `every_s` seconds until `stop` is set; ends with all that came meanwhile.

    A target that cannot be reached is told and looked at again.
    """
    facts: dict[str, object] = {}
    while not stop.is_set():
        try:
            for step in receive_packages(desk, target, person, into=into, side=side):
                if isinstance(step, Changed):
                    facts = _together(facts, step.facts)
                elif not (isinstance(step, Progress) and _known_only(step)):
                    yield step
        except ArchiverError as error:
            if not error.retry:
                raise
            yield Notice(error, str(target))
        yield Progress(0, 0, _("Waiting for packages"))
        stop.wait(every_s)
    names = {verdict: facts.get(verdict.value) for verdict in Verdict}
    tally = {v: list(found) if isinstance(found, list) else [] for v, found in names.items()}
    yield Changed("receive", facts=facts, sentence=_summary(tally))


def _known_only(step: Progress) -> bool:
    return step.what.endswith(verdict_word(Verdict.KNOWN))


def _together(before: dict[str, object], now: dict[str, object]) -> dict[str, object]:
    """Lists of names grow without doubles; everything else is as it is now."""
    whole = dict(now)
    for name, value in now.items():
        earlier = before.get(name)
        if isinstance(value, list) and isinstance(earlier, list):
            whole[name] = [*earlier, *(each for each in value if each not in earlier)]
    return whole


def _error(outcome: Outcome) -> PackageInvalid | StationUnknown:
    if outcome.new_key:
        key = PublicKey.from_pem(outcome.new_key)
        return StationUnknown(name=outcome.package, key=key.short_id, pem=outcome.new_key)
    return PackageInvalid(name=outcome.package, detail=outcome.detail)


def verdict_word(verdict: Verdict) -> str:
    words = {
        Verdict.ACCEPTED: _("accepted and signed for"),
        Verdict.REFUSED: _("refused and put into quarantine"),
        Verdict.KNOWN: _("signed for earlier"),
        Verdict.HELD: _("held until a person has looked"),
    }
    return words[verdict]


def _taken_words(names: list[str]) -> str:
    return " " + _("Taken into the archive: {count}.").format(count=digits(len(names)))


def _summary(tally: dict[Verdict, list[str]]) -> str:
    count = len(tally[Verdict.ACCEPTED])
    words = ngettext(
        "{count} package accepted and signed for.", "{count} packages accepted and signed for.",
        count,
    ).format(count=digits(count))  # fmt: skip
    others = [
        f"{verdict_word(verdict)}: {digits(len(names))}"
        for verdict, names in tally.items()
        if names and verdict is not Verdict.ACCEPTED
    ]
    return " ".join((words, *others))

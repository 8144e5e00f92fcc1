"""The centre's side: re-hash what stations sent, verify it, sign for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archiver.errors import PackageInvalid, StationUnknown
from archiver.i18n import _, digits, ngettext
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.package.verify import verify_bag
from archiver.store.durable import write_bytes
from archiver.store.keys import PublicKey, SigningKey, pin_key, pinned_keys
from archiver.transfer.receiving import Outcome, Verdict, receive
from archiver.workflow.faults import storage_faults

CENTRE_KEY: Final = "centre.key"
PUBLIC_KEY: Final = "centre.pem"
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


def receive_packages(desk: Desk, target: Path, person: str) -> Iterator[Step]:
    """Answer every package that waits in the folder `target` with a signed receipt.

    Raises KeyUnusable, StorageFailed, DiskFull.
    """
    with storage_faults(target):
        key, stations = desk.key(), pinned_keys(desk.folder / STATIONS)
        tally: dict[Verdict, list[str]] = {verdict: [] for verdict in Verdict}
        outcomes = receive(target, key, lambda path: verify_bag(path, known_keys=stations), person)
        for done, outcome in enumerate(outcomes, 1):
            tally[outcome.verdict].append(outcome.package)
            yield Progress(done, 0, f"{outcome.package}: {verdict_word(outcome.verdict)}")
            if outcome.verdict in (Verdict.REFUSED, Verdict.HELD):
                yield Notice(_error(outcome), outcome.package)
    yield Changed(
        "receive",
        facts={
            "target": str(target),
            "centre_key": key.public.pem(),
            "key_id": key.key_id,
            **{verdict.value: names for verdict, names in tally.items()},
        },
        sentence=_summary(tally),
    )


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

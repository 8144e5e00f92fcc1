"""The centre's key for a target is changed by two people: one proposes, another confirms.

Whoever could change it alone could sign receipts to himself and have masters removed.
"""

from collections.abc import Iterator
from typing import Final

from archiver.errors import NeedsAnother, NoSuchProposal, NoSuchTarget
from archiver.i18n import _
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Step
from archiver.settings import FILE_NAME, TargetSettings, read_settings, with_centre_key
from archiver.store import agreements, audit
from archiver.store.durable import write_bytes
from archiver.store.keys import PublicKey
from archiver.workflow.faults import storage_faults
from archiver.workflow.rights import Right, allowed
from archiver.workflow.station import Station

_KIND: Final = "centre_key"


def propose_key(station: Station, actor: Actor, target: str, key: PublicKey) -> Iterator[Step]:
    """Put `key` forward; nothing changes yet. Raises NotAllowed, NoSuchTarget, StorageFailed."""
    person = allowed(station, actor, Right.CENTRE_KEY)
    before = _pinned(_settings(station, target))
    facts = {"pem": key.pem(), "key_id": key.key_id, "before": before}
    with storage_faults(station.root), station.database.transaction() as connection:
        agreements.propose(connection, _KIND, target, facts, person.person)
        audit.append(connection, person, "propose centre key", target=target,
                     before=before, after=key.key_id)  # fmt: skip
    words = _("{key} is proposed for {target}; another person compares it and confirms it.")
    yield Changed(
        "target key",
        facts={"target": target, "proposed": key.key_id, "by": person.person, "changed": False},
        sentence=words.format(key=key.short_id, target=target),
    )


def confirm_key(station: Station, actor: Actor, target: str) -> Iterator[Step]:
    """Pin the key that another person has put forward.

    Raises NotAllowed, NoSuchTarget, NoSuchProposal, NeedsAnother, StorageFailed.
    """
    person = allowed(station, actor, Right.CENTRE_KEY)
    settings = _settings(station, target)
    proposed = agreements.proposed(station.database.connection, _KIND, target)
    if proposed is None:
        raise NoSuchProposal(subject=target)
    if proposed.proposed_by == person.person:
        raise NeedsAnother(person=person.person)
    key = PublicKey.from_pem(proposed.facts["pem"])
    path = station.root / FILE_NAME
    with storage_faults(path):
        text = with_centre_key(path.read_text("utf-8"), settings, key.pem())
        # Logged first: a kill in between leaves a line too many, never a key nobody confirmed.
        with station.database.transaction() as connection:
            agreements.settle(connection, _KIND, target, "confirmed", person.person)
            audit.append(connection, person, "confirm centre key", target=target,
                         before=_pinned(settings), after=key.key_id,
                         proposed_by=proposed.proposed_by)  # fmt: skip
        write_bytes(path, text.encode())
    station.settings = read_settings(station.root)
    yield Changed(
        "target key",
        facts={"target": target, "key_id": key.key_id, "by": [proposed.proposed_by, person.person],
               "changed": True},
        sentence=_("{target} trusts the centre's key {key} from now on.").format(
            target=target, key=key.short_id
        ),
    )  # fmt: skip


def _settings(station: Station, target: str) -> TargetSettings:
    found = station.settings.targets.get(target)
    if found is None:
        raise NoSuchTarget(target=target)
    return found


def _pinned(settings: TargetSettings) -> str:
    try:
        return PublicKey.from_pem(settings.centre_key).key_id
    except ValueError:  # that may be why it is changed
        return ""

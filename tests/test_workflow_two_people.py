"""The centre's pinned key changes only by two people who may."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import NeedsAnother, NoSuchProposal, NoSuchTarget, NotAllowed, SettingsWrong
from archiver.model.actor import Actor
from archiver.settings import read_settings, with_centre_key
from archiver.store import audit
from archiver.store.keys import PublicKey, SigningKey
from archiver.workflow.people import add_person
from archiver.workflow.station import Station
from archiver.workflow.targets import add_target
from archiver.workflow.two_people import confirm_key, propose_key
from tests.papers import OPERATOR, finish

SAMI, HALA = (Actor(name, "operator", "محطة ١", "") for name in ("سامي", "هالة"))


def key(folder: Path) -> PublicKey:
    return SigningKey.load_or_create(folder / "centre.key").public


@pytest.fixture
def station(archive: Path, tmp_path: Path) -> Iterator[Station]:
    with app.open_station(archive) as opened:
        finish(add_person(opened, HALA, HALA.person, ["security_officer"]))
        finish(add_person(opened, HALA, SAMI.person, ["it"]))
        for name in ("centre", "other"):
            add_target(opened, OPERATOR, name, tmp_path / name, key(tmp_path / "old"))
        yield opened


def pinned(station: Station, target: str = "centre") -> str:
    return read_settings(station.root).targets[target].centre_key


def test_one_proposes_and_another_confirms(station: Station, tmp_path: Path) -> None:
    old, new = key(tmp_path / "old"), key(tmp_path / "new")
    finish(propose_key(station, SAMI, "centre", new))
    assert pinned(station) == old.pem()
    finish(confirm_key(station, HALA, "centre"))
    assert pinned(station) == new.pem()
    assert pinned(station, "other") == old.pem()
    assert station.settings.targets["centre"].centre_key == new.pem()
    proposed, confirmed = list(audit.events(station.database.connection))[-2:]
    assert (proposed.person, confirmed.person) == (SAMI.person, HALA.person)
    assert old.key_id in confirmed.detail
    assert new.key_id in confirmed.detail
    with pytest.raises(NoSuchProposal):
        finish(confirm_key(station, HALA, "centre"))


def test_nobody_confirms_alone(station: Station, tmp_path: Path) -> None:
    finish(propose_key(station, SAMI, "centre", key(tmp_path / "new")))
    with pytest.raises(NeedsAnother):
        finish(confirm_key(station, SAMI, "centre"))
    # A newer proposal is another one: who made it cannot confirm it either.
    finish(propose_key(station, HALA, "centre", key(tmp_path / "newer")))
    with pytest.raises(NeedsAnother):
        finish(confirm_key(station, HALA, "centre"))
    assert pinned(station) == key(tmp_path / "old").pem()


def test_only_those_who_may(station: Station, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        finish(propose_key(station, OPERATOR, "centre", key(tmp_path / "new")))
    finish(propose_key(station, SAMI, "centre", key(tmp_path / "new")))
    with pytest.raises(NotAllowed):
        finish(confirm_key(station, OPERATOR, "centre"))


def test_there_has_to_be_a_target_and_a_proposal(station: Station, tmp_path: Path) -> None:
    with pytest.raises(NoSuchTarget):
        finish(propose_key(station, SAMI, "nowhere", key(tmp_path / "new")))
    with pytest.raises(NoSuchProposal):
        finish(confirm_key(station, HALA, "centre"))


def test_settings_written_by_hand_are_kept_or_refused(station: Station, tmp_path: Path) -> None:
    target = station.settings.targets["centre"]
    text = (station.root / "station.toml").read_text("utf-8")
    changed = with_centre_key(text, target, key(tmp_path / "new").pem())
    before, after = text.splitlines(), changed.splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    with pytest.raises(SettingsWrong):
        with_centre_key("targets.centre.kind = 'folder'\n", target, "x")
    with pytest.raises(SettingsWrong):
        with_centre_key("[targets.centre]\ncentre_key = '''x'''\n", target, "x")

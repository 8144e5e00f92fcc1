"""What waits to be sent, from the command line: add a drop box, dry run, pause, send, doctor."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import app
from archiver.store.keys import SigningKey
from archiver.workflow import queries
from archiver.workflow.checking import check
from archiver.workflow.receiving import Desk
from archiver.workflow.sealing import STATION_KEY, seal
from tests.command_line import archiver
from tests.papers import CASE, CHECKER, OPERATOR, finish
from tests.servers.sshd import Sshd, sshd


@pytest.fixture
def server() -> Iterator[Sshd]:
    with sshd() as found:
        found.start()
        yield found
        found.kill()


def test_a_drop_box_from_its_addition_to_the_receipt(
    server: Sshd, read_archive: Path, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "desk")
    key = desk.key().public
    with app.open_station(read_archive) as station:
        case = queries.find_case(station, CASE)
        finish(check(station, CHECKER, case.id, accept=True))
        finish(seal(station, OPERATOR, case.id))
        desk.trust(SigningKey.load(station.keys / STATION_KEY).public)

    def run(*words: str, code: int = 0) -> dict[str, object]:
        done = archiver(*words, "--archive", read_archive, "--json")
        assert done.returncode == code, (done.stdout, done.stderr)
        return dict(json.loads(done.stdout))

    (tmp_path / "host.pub").write_text(f"drop.example {server.host_key}\n")
    url = f"sftp://{server.place().user}@127.0.0.1:{server.port}{server.seen}"
    added = run(
        "target", "add", "centre", url, "--centre-key", str(tmp_path / "desk" / "centre.pem"),
        "--host-key", str(tmp_path / "host.pub"), "--encrypt-to", desk.envelope_key(),
    )  # fmt: skip
    assert added["centre_key_id"] == key.key_id
    (server.folder / "authorized").write_text(f"{added['ssh_key']}\n")
    planned = run("send", "--to", "centre", "--dry-run")
    assert [row["state"] for row in planned["packages"]] == ["sealed"]  # type: ignore[attr-defined]
    run("pause", "--to", "centre")
    assert run("send", "--to", "centre", code=2)["error"]["code"] == "SendingPaused"  # type: ignore[index]
    run("resume", "--to", "centre")
    assert run("doctor", "centre")["sound"] is True
    assert run("send", "--to", "centre")["sent"] == 1
    received = run("receive", "centre", "--desk", str(desk.folder), "--as", "هدى")
    assert len(received["accepted"]) == 1  # type: ignore[arg-type]
    assert len(run("collect", "--from", "centre")["receipts"]) == 1  # type: ignore[arg-type]
    assert run("send", "--to", "centre", "--dry-run")["packages"] == []

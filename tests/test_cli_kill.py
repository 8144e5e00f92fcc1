"""SIGKILL at any moment: nothing acknowledged is lost, nothing is there twice or by half.

The verbs run as people run them and are killed at random moments; only the first process is
killed, its readers and openers must end by themselves. After every kill the archive is verified
and held against what had been told as done; then the same verb is run again. The end must be
that of a run nobody disturbed. ARCHIVER_KILL_ROUNDS asks for more kills.
"""

import json
import os
import random
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archiver import app
from archiver.model.casefile import PageState
from archiver.model.delivery import DeliveryState
from archiver.settings import Identity
from archiver.store.keys import SigningKey
from archiver.workflow import queries
from archiver.workflow.receiving import Desk
from archiver.workflow.sealing import STATION_KEY
from archiver.workflow.search import search
from archiver.workflow.targets import add_target
from archiver.workflow.verifying import verify
from tests.command_line import PROGRAM, environment
from tests.papers import (
    CASE,
    CHECKER,
    JUDGMENT,
    OPERATOR,
    RECEIPT,
    bind,
    finish,
    let_seal_undescribed,
    save,
)
from tests.processes import adopting_orphans, children, wait_for_orphans

KILLS = int(os.environ.get("ARCHIVER_KILL_ROUNDS", "20"))
SEED = int(os.environ.get("ARCHIVER_KILL_SEED", "1"))
PATIENCE_SECONDS = 20.0
# How often each is killed on one way from the scans to the receipt.
VERBS = {"import": 3, "process": 3, "check": 1, "seal": 3, "send": 2, "receive": 2, "collect": 1}
FILE_PAGES = {"a.jpg": 1, "b.tif": 2, "c.png": 1, "d.pdf": 2}


@dataclass
class Way:
    """An archive, the files that go in, the target and the centre."""

    folder: Path
    acknowledged: list[str] = field(default_factory=list)

    @property
    def root(self) -> Path:
        return self.folder / "archive"

    @property
    def drop(self) -> Path:
        return self.folder / "drop"

    def prepare(self) -> None:
        self.folder.mkdir()
        save(self.folder / "a.jpg", JUDGMENT)
        bind(self.folder / "b.tif", RECEIPT, JUDGMENT[1:])
        save(self.folder / "c.png", RECEIPT[1:])
        bind(self.folder / "d.pdf", JUDGMENT[:1], RECEIPT[:2])
        app.init_archive(self.root, OPERATOR, Identity(OPERATOR.station, OPERATOR.company))
        let_seal_undescribed(self.root)
        desk = Desk(self.folder / "desk")
        with app.open_station(self.root) as station:
            desk.trust(SigningKey.load_or_create(station.keys / STATION_KEY).public)
            add_target(station, OPERATOR, "centre", self.drop, desk.key().public)

    def words(self, verb: str) -> list[str]:
        here = ["--archive", str(self.root), "--as", OPERATOR.person]
        return {
            "import": ["import", *(str(self.folder / n) for n in FILE_PAGES), "--case", CASE],
            "process": ["process"],
            "check": ["check", CASE, "--accept", "--as", CHECKER.person],
            "seal": ["seal", CASE],
            "send": ["send", "--to", "centre"],
            "receive": ["receive", str(self.drop), "--desk", str(self.folder / "desk")],
            "collect": ["collect", "--from", "centre"],
        }[verb] + (here if verb != "check" else here[:2])

    def start(self, verb: str) -> "subprocess.Popen[bytes]":
        with (self.folder / "told").open("wb") as told:
            return subprocess.Popen(
                [*PROGRAM, *self.words(verb)],
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                start_new_session=True,
                env=environment(ARCHIVER_LANG="en"),
            )

    def told(self) -> str:
        """Without the marks that keep names of either direction apart."""
        return re.sub("[\u2068\u2069]", "", (self.folder / "told").read_text("utf-8"))

    def was_done_before(self, verb: str, code: int) -> bool:
        """Whether the refusal is that of work which a killed run had finished."""
        taken, sealed = "was not taken a second time", "is sealed; this needs"
        return (verb == "import" and code == 3 and taken in self.told()) or (
            verb == "seal" and code == 2 and sealed in self.told()
        )

    def wait_until_at_work(self, verb: str, child: "subprocess.Popen[bytes]") -> None:
        """Until it holds the writer's lock; starting Python is not worth a kill."""
        while verb != "receive" and child.poll() is None:
            lock = (self.root / "writer.lock").read_bytes()
            if str(child.pid).encode() in lock:
                return
            time.sleep(0.002)


def do(way: Way, verb: str) -> float:
    """Run `verb` to its end; how long it was at work, in seconds."""
    before = children()
    child = way.start(verb)
    way.wait_until_at_work(verb, child)
    began = time.monotonic()
    code = child.wait(120)
    seconds = time.monotonic() - began
    assert wait_for_orphans(before, PATIENCE_SECONDS) == set()
    assert code == 0 or way.was_done_before(verb, code), way.told()
    acknowledge(way, verb)
    return seconds


def kill(way: Way, verb: str, after_seconds: float) -> bool:
    """Start `verb` and kill it at work; False where it had ended before."""
    before = children()
    child = way.start(verb)
    way.wait_until_at_work(verb, child)
    time.sleep(after_seconds)
    os.kill(child.pid, signal.SIGKILL)
    killed = child.wait() == -signal.SIGKILL
    assert wait_for_orphans(before, PATIENCE_SECONDS) == set(), "readers outlived the station"
    acknowledge(way, verb)
    return killed


# --- what was told as done ----------------------------------------------------------------------


def acknowledge(way: Way, verb: str) -> None:
    """Note what the last run told as done."""
    told = way.told()
    if verb == "import":
        files = [int(n) for n in re.findall(r"^  \[(\d)/4\] Taking", told, re.MULTILINE)]
        way.acknowledged += list(FILE_PAGES)[: max(files, default=0)]
    if verb == "process":
        way.acknowledged += re.findall(r"\] (page \d of \S+): \d+ words?$", told, re.MULTILINE)
    for word in ("was accepted", "is sealed as", "1 package sent", "accepted and signed for"):
        if word in told:
            way.acknowledged.append(word)
    if "1 receipt verified" in told:
        way.acknowledged.append("1 receipt verified")


def look(way: Way) -> None:
    """The archive is sound and has all that was told as done, and every file whole or not."""
    with app.open_station(way.root, write=False) as station:
        assert finish(verify(station))[0].facts["problems"] == []
        rows = queries.list_cases(station)
        pages = queries.case_view(station, rows[0].case.id).pages if rows else ()
        seals = queries.case_view(station, rows[0].case.id).seals if rows else ()
        deliveries = {row.delivery.state for row in queries.list_deliveries(station)}
    counts = Counter(page.source_name for page in pages)
    assert list(counts) == list(FILE_PAGES)[: len(counts)], "files came in another order"
    assert all(count == FILE_PAGES[name] for name, count in counts.items()), "a file by half"
    assert [page.position for page in pages] == list(range(1, len(pages) + 1))
    read = {f"page {p.source_page} of {p.source_name}" for p in pages if p.state is PageState.READ}
    state = rows[0].case.state if rows else ""
    arrived = {DeliveryState.COMMITTED, DeliveryState.RECEIPTED}
    for done in way.acknowledged:
        kept = {
            "was accepted": state in ("accepted", "sealed"),
            "is sealed as": len(seals) == 1 and state == "sealed",
            "1 package sent": bool(deliveries & arrived),
            "accepted and signed for": any((way.drop / "receipts").glob("*.json")),
            "1 receipt verified": deliveries == {DeliveryState.RECEIPTED},
        }
        assert kept.get(done, done in counts or done in read), f"lost: {done}"


# --- the end ------------------------------------------------------------------------------------


def outcome(way: Way) -> dict[str, object]:
    """What must be the same however often the work was cut off."""
    with app.open_station(way.root) as station:
        view = queries.case_view(station, queries.find_case(station, CASE).id)
        hits = {hit.page.position for hit in search(station, CASE).hits}
        word = {hit.page.position for hit in search(station, "الكفالة").hits}
        blobs = list(station.blobs.keys())
        (delivery,) = queries.list_deliveries(station)
        assert queries.status(station).unindexed == 0
        assert list(station.incoming.iterdir()) == []
    (package,) = (way.root / "sealed").iterdir()
    (sent,) = (way.drop / "incoming").iterdir()
    assert sent.name == package.name
    assert sent.read_bytes() == package.read_bytes()
    (receipt,) = (way.drop / "receipts").iterdir()
    assert json.loads(receipt.read_text())["receipt"]["verdict"] == "accepted"
    assert list((way.drop / "quarantine").iterdir()) == []
    assert list(way.root.rglob(".part-*")) == []
    return {
        "pages": [(p.master, p.access, p.source_name, p.source_page, p.alto) for p in view.pages],
        "text": [page.text for page in view.pages],
        "documents": [document.title for document in view.documents],
        "seals": len(view.seals),
        "state": (view.case.state, delivery.delivery.state),
        "hits": (hits, word),
        "blobs": blobs,
    }


@pytest.fixture
def orphans() -> Iterator[None]:
    with adopting_orphans():
        yield


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.usefixtures("orphans")
def test_kills_at_random_moments_change_nothing(disk_path: Path) -> None:
    undisturbed = Way(disk_path / "undisturbed")
    undisturbed.prepare()
    seconds = {verb: do(undisturbed, verb) for verb in VERBS}
    look(undisturbed)
    expected = outcome(undisturbed)
    assert expected["state"] == ("sealed", DeliveryState.RECEIPTED)
    assert expected["hits"] == ({1, 2, 3, 4, 5, 6}, {2, 6})
    dice, kills, journeys = random.Random(SEED), Counter[str](), 0
    while kills.total() < KILLS:
        journeys += 1
        way = Way(disk_path / f"journey {journeys}")
        way.prepare()
        for verb, most in VERBS.items():
            earliest = 0.4 if verb == "receive" else 0  # it takes no lock: the start counts
            for _ in range(most):
                if not kill(way, verb, seconds[verb] * dice.uniform(earliest, 1)):
                    break
                kills[verb] += 1
                look(way)
            do(way, verb)
        look(way)
        assert outcome(way) == expected
    print(f"\n{kills.total()} kills in {journeys} journeys: {dict(kills)}")

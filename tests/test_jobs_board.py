"""The job board on a real process pool: every task has one outcome, whoever dies."""

import errno
import os
import signal
import threading
import time
from collections import Counter
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import ArchiverError, PageUnreadable
from archiver.jobs.board import Board, Outcome
from archiver.jobs.pace import Pace
from tests.labour import Task, work


def two_workers() -> Executor:
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


def board(kills_allowed: int = 2) -> Board[Task, int]:
    return Board(work, two_workers, width=2, kills_allowed=kills_allowed)


def tasks(folder: Path, *kinds: str) -> list[Task]:
    return [(kind, number, str(folder)) for number, kind in enumerate(kinds)]


def by_number(outcomes: list[Outcome[Task, int]]) -> dict[int, Outcome[Task, int]]:
    found = {outcome.task[1]: outcome for outcome in outcomes}
    assert len(found) == len(outcomes), "a task had two outcomes"
    return found


def test_every_task_has_its_result(tmp_path: Path) -> None:
    given_out = tasks(tmp_path, *["good"] * 30)
    found = by_number(list(board().run(given_out)))
    assert {number: o.result for number, o in found.items()} == {n: n * n for n in range(30)}


def test_no_tasks_no_outcomes() -> None:
    assert list(board().run([])) == []


def test_an_error_is_the_outcome_of_its_task_alone(tmp_path: Path) -> None:
    kinds = ("good", "unreadable", "full", "bug", "good")
    found = by_number(list(board().run(tasks(tmp_path, *kinds))))
    assert isinstance(found[1].error, PageUnreadable)
    assert found[1].error.facts == {"detail": "smudged"}
    assert isinstance(found[2].error, OSError)
    assert found[2].error.errno == errno.ENOSPC
    assert isinstance(found[3].error, ZeroDivisionError)
    assert [found[n].result for n in (0, 4)] == [0, 16]


def test_a_task_that_kills_its_worker_once_succeeds_the_second_time(tmp_path: Path) -> None:
    found = by_number(list(board().run(tasks(tmp_path, "good", "kill once", "good", "good"))))
    assert {number: o.result for number, o in found.items()} == {0: 0, 1: 1, 2: 4, 3: 9}


@pytest.mark.parametrize("kills_allowed", [1, 2, 3])
def test_a_task_that_always_kills_is_set_aside_and_the_innocent_survive(
    tmp_path: Path, kills_allowed: int
) -> None:
    kinds = ["good"] * 12
    kinds[3] = kinds[4] = kinds[11] = "kill always"
    found = by_number(list(board(kills_allowed).run(tasks(tmp_path, *kinds))))
    guilty = {number for number, outcome in found.items() if outcome.kills}
    assert guilty == {3, 4, 11}
    assert all(found[n].kills >= kills_allowed and found[n].result is None for n in guilty)
    assert {n: o.result for n, o in found.items() if n not in guilty} == {
        n: n * n for n in range(12) if n not in guilty
    }


def test_workers_killed_from_outside_lose_nothing(tmp_path: Path) -> None:
    def pool() -> Executor:
        pools.append(ProcessPoolExecutor(2, mp_context=get_context("spawn")))
        return pools[-1]

    pools: list[ProcessPoolExecutor] = []
    busy: Board[Task, int] = Board(work, pool, width=2, kills_allowed=4)
    outcomes = []
    for outcome in busy.run(tasks(tmp_path, *["slow"] * 8)):
        outcomes.append(outcome)
        if len(outcomes) in (1, 4):
            os.kill(next(iter(pools[-1]._processes)), signal.SIGKILL)
    found = by_number(outcomes)
    assert {number: o.result for number, o in found.items()} == {n: n * n for n in range(8)}
    assert len(pools) > 1


def test_cancel_finishes_what_runs_and_begins_nothing(tmp_path: Path) -> None:
    cancel, busy = threading.Event(), board()
    outcomes, left = [], []
    for outcome in busy.run(tasks(tmp_path, *["slow"] * 20), cancel):
        outcomes.append(outcome)
        cancel.set()
        left.append(busy.running)
    assert all(outcome.result is not None for outcome in outcomes)
    assert 2 <= len(outcomes) <= 4
    assert left[-1] == 0


def test_a_broken_off_run_leaves_no_worker(tmp_path: Path) -> None:
    run = board().run(tasks(tmp_path, *["good"] * 20))
    next(run)
    del run  # the rest is the rule of every test: nothing is left behind


class Deck(Executor):
    """Finishes its futures in an order, and with accidents, of the test's choice."""

    def __init__(self, script: list[tuple[int, bool]]) -> None:
        self._script, self._open = script, list[tuple[Future[int], Task]]()
        self._broken: bool = False
        self._turn = threading.Lock()

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        del fn, kwargs
        with self._turn:
            if self._broken:
                raise BrokenProcessPool
            future: Future[int] = Future()
            self._open.append((future, args[0]))
        threading.Thread(target=self._finish_one).start()
        return future

    def _finish_one(self) -> None:
        with self._turn:
            place, kills = self._script.pop() if self._script else (0, False)
            if self._broken:
                return
            future, task = self._open.pop(place % len(self._open))
            self._broken = kills
            if not kills:
                future.set_result(task[1])
            for broken, _task in [(future, task), *self._open] if kills else []:
                broken.set_exception(BrokenProcessPool())

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        del wait, cancel_futures


@given(
    count=st.integers(0, 12),
    script=st.lists(st.tuples(st.integers(0, 5), st.sampled_from([False] * 4 + [True]))),
)
def test_every_task_has_one_outcome_in_whatever_order_they_come(
    count: int, script: list[tuple[int, bool]]
) -> None:
    remaining = list(script)
    run = Board(work, lambda: Deck(remaining), width=2).run([("good", n, "") for n in range(count)])
    seen = Counter(outcome.task[1] for outcome in run)
    assert seen == Counter(range(count))


def test_an_error_comes_back_from_a_worker_as_it_was() -> None:
    with two_workers() as pool:
        error = pool.submit(work, ("unreadable", 1, "")).exception()
    assert isinstance(error, ArchiverError)
    assert str(error) == str(PageUnreadable(detail="smudged"))


def test_the_pace_tells_the_time_left_from_what_was_done() -> None:
    pace = Pace(10)
    assert pace.seconds_left is None
    for _ in range(4):
        time.sleep(0.01)
        pace.step()
    assert pace.done == 4
    assert pace.seconds_left is not None
    assert 0.05 < pace.seconds_left < 1

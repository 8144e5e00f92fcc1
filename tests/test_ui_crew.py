"""Threads behind the event loop: what is done in which order, and that nothing is left of them."""

import threading
from collections.abc import Iterator

import pytest

from tests.ui_papers import soon
from ui.crew import Crew

PATIENCE_SECONDS = 10


@pytest.fixture
def crew() -> Iterator[Crew]:
    made = Crew("crew of a test")
    yield made
    made.stop()


class Gate:
    """A job that waits until it is opened."""

    def __init__(self, crew: Crew) -> None:
        self._begun, self._opened = threading.Event(), threading.Event()
        crew.do(self._wait)
        assert self._begun.wait(PATIENCE_SECONDS)

    def _wait(self) -> None:
        self._begun.set()
        assert self._opened.wait(PATIENCE_SECONDS)

    def open(self) -> None:
        self._opened.set()


def named(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


def test_the_most_urgent_comes_first_and_else_they_take_their_turn(crew: Crew) -> None:
    gate, done = Gate(crew), list[str]()
    for job, urgency in (("first", 0), ("second", 0), ("urgent", 2), ("less", 1)):
        crew.do(lambda job=job: done.append(job), urgency)
    gate.open()
    crew.finish()
    assert done == ["urgent", "less", "first", "second"]


def test_one_thread_does_one_job_after_the_other_and_keeps_what_is_its_own(crew: Crew) -> None:
    own, kept = threading.local(), list[int]()

    def job() -> None:
        own.number = getattr(own, "number", 0) + 1
        kept.append(own.number)

    for _ in range(3):
        crew.do(job)
        assert soon(lambda: not crew._jobs)
    crew.finish()
    assert kept == [1, 2, 3]


def test_no_more_threads_than_were_asked_for_and_none_behind_the_end() -> None:
    crew, met = Crew("two of a test", 2), threading.Barrier(2)
    for _ in range(6):
        crew.do(lambda: met.wait(PATIENCE_SECONDS))
    assert soon(lambda: not crew._jobs)
    assert len(named("two of a test")) == 2
    crew.stop()
    assert not named("two of a test")


def test_what_has_not_begun_is_forgotten_and_what_has_is_waited_for(crew: Crew) -> None:
    gate, done = Gate(crew), list[str]()
    crew.do(lambda: done.append("forgotten"))
    threading.Timer(0.05, gate.open).start()
    crew.stop()
    crew.do(lambda: done.append("too late"))
    crew.finish()
    assert done == []


def test_threads_that_have_gone_come_again(crew: Crew) -> None:
    done = list[str]()
    for job in ("before", "afterwards"):
        crew.do(lambda job=job: done.append(job))
        crew.finish()
    assert done == ["before", "afterwards"]


def test_a_bug_is_told_and_what_waits_is_done(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    bugs, done = list[type[BaseException]](), list[str]()
    monkeypatch.setattr(threading, "excepthook", lambda bug: bugs.append(bug.exc_type))

    def bug() -> None:
        raise ZeroDivisionError

    gate = Gate(crew)
    crew.do(bug)
    crew.do(lambda: done.append("behind it"))
    gate.open()
    crew.finish()
    assert (bugs, done) == ([ZeroDivisionError], ["behind it"])

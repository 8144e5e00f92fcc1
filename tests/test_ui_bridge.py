"""Commands on their thread: steps come back in order, one at a time, and stop honestly."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from archiver.errors import DiskFull, EmptyFile
from archiver.model.changes import Changed, Notice, Progress, Step
from ui.bridge import Bridge

pytest_plugins = ["tests.ui_fixtures"]
EMITS = 2000  # PySide6 6.12 aborted on Python 3.11 after about 550


@pytest.fixture
def bridge(qapp: object) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.wait()


def test_two_thousand_steps_come_back_in_order(bridge: Bridge, qtbot: QtBot) -> None:
    seen: list[int] = []
    bridge.progress.connect(lambda step: seen.append(step.done))

    def steps(_cancel: threading.Event) -> Iterator[Step]:
        for number in range(EMITS):
            yield Progress(number, EMITS, "صفحة")
        yield Changed("process")

    with qtbot.waitSignals([bridge.changed, bridge.finished], timeout=20_000):
        assert bridge.run("x", steps)
    assert seen == list(range(EMITS))


def test_what_is_refused_is_told_and_the_bridge_is_free_again(bridge: Bridge, qtbot: QtBot) -> None:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        yield Notice(EmptyFile(name="a.pdf"), "a.pdf")
        raise DiskFull(path="/archive")

    told: list[object] = []
    bridge.notice.connect(lambda notice: told.append(type(notice.error)))
    bridge.failed.connect(lambda error: told.append(type(error)))
    with qtbot.waitSignal(bridge.finished):
        bridge.run("x", steps)
    assert told == [EmptyFile, DiskFull]
    assert not bridge.busy


def test_a_second_command_waits_for_nobody_and_is_not_started(bridge: Bridge, qtbot: QtBot) -> None:
    gate = threading.Event()

    def steps(_cancel: threading.Event) -> Iterator[Step]:
        assert gate.wait(10)
        yield Changed("first")

    with qtbot.waitSignal(bridge.finished):
        assert bridge.run("first", steps)
        assert not bridge.run("second", steps)
        gate.set()


def test_cancel_asks_and_the_command_finishes_what_it_began(bridge: Bridge, qtbot: QtBot) -> None:
    begun = threading.Event()

    def steps(cancel: threading.Event) -> Iterator[Step]:
        begun.set()
        assert cancel.wait(10)
        yield Progress(1, 2, "finishing 1 page")
        yield Changed("process", facts={"left": 1})

    with qtbot.waitSignals([bridge.cancelling, bridge.changed, bridge.finished]):
        bridge.run("x", steps)
        assert begun.wait(10)
        bridge.cancel()
        bridge.cancel()


def test_a_bug_leaves_the_bridge_free(
    bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def steps(_cancel: threading.Event) -> Iterator[Step]:
        yield Progress(0, 1, "x")
        raise ZeroDivisionError

    caught: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda bug: caught.append(bug.exc_type))
    with qtbot.waitSignal(bridge.finished):
        bridge.run("x", steps)
    bridge.wait()  # the hook hears of it just after the bridge is free
    assert caught == [ZeroDivisionError]
    assert not bridge.busy

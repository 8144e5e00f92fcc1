"""Cycles are collected, and on no other thread than that of the event loop."""

import gc
import threading
from collections.abc import Iterator
from typing import Self

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui_papers import soon
from ui.tidying import ALL_EVERY_LOOKS, Tidying

pytest_plugins = ["tests.ui_fixtures"]
MANY = 20_000  # far more than Python waits for


class Loop:
    """A cycle that says on which thread it was collected."""

    threads: list[threading.Thread]

    def __init__(self) -> None:
        self.me: Self = self

    def __del__(self) -> None:
        self.threads.append(threading.current_thread())


@pytest.fixture
def tidying(qapp: QApplication) -> Iterator[Tidying]:
    Loop.threads = []
    gc.collect()
    made = Tidying(qapp)
    yield made
    made.stop()
    assert gc.isenabled()


def test_what_another_thread_leaves_is_collected_on_this_one(tidying: Tidying) -> None:
    thread = threading.Thread(target=lambda: [Loop() for _ in range(MANY)] and None)
    thread.start()
    thread.join()
    assert Loop.threads == []
    assert soon(lambda: len(Loop.threads) == MANY)
    assert set(Loop.threads) == {threading.current_thread()}


def test_what_grew_old_is_collected_now_and_then(tidying: Tidying) -> None:
    old = [Loop() for _ in range(MANY)]
    gc.collect(0)
    gc.collect(1)
    del old
    threshold = gc.get_threshold()
    gc.set_threshold(threshold[0], threshold[1], 0)
    gc.collect(1)  # one more that counts for the oldest
    for _ in range(ALL_EVERY_LOOKS):
        tidying.look()
    gc.set_threshold(*threshold)
    assert len(Loop.threads) == MANY

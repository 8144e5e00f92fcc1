"""Lines made in a process of their own while the network learns."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import cv2

from ocr.training import faces, model_file, press, traineddata, word_lists
from ocr.training.press import Press, Sample

AHEAD = 3  # chunks kept ready; each is some 30 MB


@dataclass(frozen=True, slots=True)
class Stock:
    """What lines are made of; picklable. Every path's licence is the user's to answer for."""

    base: Path
    fonts: tuple[Path, ...]
    dictionary: Path | None
    texts: tuple[Path, ...]
    seed: int


def own_fonts() -> Path:
    """The fonts that ship with the station."""
    return Path(str(files("resources").joinpath("fonts")))


def own_texts() -> Path:
    """The fictional case."""
    return Path(str(files("resources").joinpath("demo")))


def press_of(stock: Stock) -> Press:
    """Raises NoFaces, BadModel, OSError."""
    letters = model_file.opened(traineddata.read(stock.base)).extended().charset
    texts = [
        line
        for folder in stock.texts
        for path in sorted(folder.rglob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    composer = press.composer(word_lists.full(stock.dictionary), texts)
    return Press(
        composer, faces.gather(list(stock.fonts), press.letters(letters)), letters, stock.seed
    )


def chunks(stock: Stock, size: int, first: int) -> Iterator[list[Sample]]:
    """Chunk after chunk from number `first` on, without end."""
    spawn = multiprocessing.get_context("spawn")  # a fork would take torch's threads along
    with ProcessPoolExecutor(1, spawn, _open_press, (stock,)) as room:
        ready: deque[Future[list[Sample]]] = deque()
        number = first
        while True:
            while len(ready) < AHEAD:
                ready.append(room.submit(_chunk, number * size, size))
                number += 1
            yield ready.popleft().result()


_presses: list[Press] = []


def _open_press(stock: Stock) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    cv2.setNumThreads(1)
    _presses.append(press_of(stock))


def _end_with_parent() -> None:
    """A worker of a pool waits for ever where its parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _chunk(first: int, size: int) -> list[Sample]:
    return _presses[0].samples(first, size)

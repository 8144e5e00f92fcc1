"""Training samples as batches: drawn and worn in one process, learnt from in another."""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from queue import Empty
from typing import Any, Final

import cv2
import numpy as np
import torch
from torch import Tensor

from ocr.numbers.training.draw import Face
from ocr.numbers.training.faces import files
from ocr.numbers.training.lines import Faces
from ocr.numbers.training.samples import sample

BATCH: Final = 48
KEPT: Final = 300  # batches that are drawn from again

Batch = tuple[Tensor, Tensor]
"""ink (batch, 1, 32, 128) and labels (batch, 64)."""


def faces_here() -> Faces:
    return Faces([(Face(path), weight) for path, weight in files()])


@contextmanager
def stream(seed: int, done: int, repeats: int) -> Iterator[Iterator[Batch]]:
    """Batches from a process of their own, each sample about `repeats` times.

    done: steps that are behind; a run that is resumed gets samples of its own.
    """
    context = get_context("spawn")
    queue: Any = context.Queue(maxsize=24)
    maker = context.Process(target=_make, args=(queue, seed * 1_000_003 + done), daemon=True)
    maker.start()
    try:
        yield _drawn(queue, maker, np.random.default_rng(seed + done), repeats)
    finally:
        maker.terminate()
        maker.join()


def _make(queue: Any, seed: int) -> None:
    cv2.setNumThreads(1)
    rng, faces = np.random.default_rng(seed), faces_here()
    while True:
        made = [sample(rng, faces) for _ in range(BATCH)]
        ink = np.stack([(each.ink * 255).astype(np.uint8) for each in made])
        queue.put((ink, np.stack([each.labels for each in made])))


def _drawn(queue: Any, maker: Any, rng: np.random.Generator, repeats: int) -> Iterator[Batch]:
    """Each batch a mix of the newest samples and of earlier ones."""
    store: list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]] = []
    while True:
        try:
            store.append(queue.get(timeout=120))
        except Empty as error:
            raise RuntimeError(f"no samples come any more; exit {maker.exitcode}") from error
        store = store[-KEPT:]
        for _ in range(repeats):
            picks = rng.integers(0, len(store), 4)
            picks[0] = len(store) - 1
            rows = rng.integers(0, BATCH, (4, BATCH // 4))
            ink = np.concatenate([store[p][0][r] for p, r in zip(picks, rows, strict=True)])
            labels = np.concatenate([store[p][1][r] for p, r in zip(picks, rows, strict=True)])
            scaled = torch.from_numpy(ink[:, None].astype(np.float32) / 255)
            yield scaled, torch.from_numpy(labels)

"""Training: samples made on the fly, AdamW, one cosine, averaged weights; it can be resumed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from queue import Empty
from typing import Any, Final

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ocr.numbers.training.draw import Face
from ocr.numbers.training.faces import files
from ocr.numbers.training.lines import Faces
from ocr.numbers.training.network import DigitNet
from ocr.numbers.training.samples import sample

BATCH: Final = 48
SAVED_EVERY_S: Final = 120
_WARM_UP: Final = 200

Batch = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train and from which seed; `repeats`: how often a sample is shown.

    minutes: end after so long even if fewer steps are done, the rate falling in time for it;
    what was learnt then depends on the machine, so a release is trained without.
    """

    steps: int
    minutes: float | None = None
    seed: int = 1
    rate: float = 2e-3
    repeats: int = 6
    threads: int = 1


def faces_here() -> Faces:
    return Faces([(Face(path), weight) for path, weight in files()])


def fit(checkpoint: Path, plan: Plan, tell: Callable[[str], None]) -> DigitNet:
    """Train up to `plan.steps`; a checkpoint that is there is gone on from."""
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    network = DigitNet().to(memory_format=torch.channels_last)  # a third quicker on a CPU
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(0.998), use_buffers=True)
    optimiser = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=0.01)
    done = _resumed(checkpoint, network, average, optimiser)
    saved, begun, losses = time.monotonic(), time.monotonic(), []
    done_now = done
    with _samples(plan, done) as batches:
        for step in range(done, plan.steps):
            share = _progress(plan, done, step, time.monotonic() - begun)
            if share >= 1:
                break
            _set_rate(optimiser, plan, step, share)
            losses.append(_step(network, optimiser, next(batches)))
            average.update_parameters(network)
            if step % 100 == 99:
                pace = (time.monotonic() - begun) / (step + 1 - done)
                tell(f"step {step + 1}, loss {np.mean(losses):.4f}, {pace:.2f} s a step")
                losses.clear()
            done_now = step + 1
            if time.monotonic() - saved > SAVED_EVERY_S:
                _save(checkpoint, done_now, network, average, optimiser)
                saved = time.monotonic()
    _save(checkpoint, done_now, network, average, optimiser)
    return averaged(average)


def _progress(plan: Plan, resumed_at: int, step: int, spent_s: float) -> float:
    """How much of the plan is behind us, 0..1."""
    by_steps = step / plan.steps
    if plan.minutes is None:
        return by_steps
    before = resumed_at / plan.steps
    return max(by_steps, before + (1 - before) * spent_s / (60 * plan.minutes))


def averaged(average: AveragedModel) -> DigitNet:
    network = average.module
    assert isinstance(network, DigitNet)  # noqa: S101 - what it was built from
    return network.eval()


def loaded(checkpoint: Path) -> DigitNet:
    """The averaged network of a checkpoint, as it stands."""
    average = AveragedModel(DigitNet())
    average.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    return averaged(average)


def _step(network: DigitNet, optimiser: torch.optim.Optimizer, batch: Batch) -> float:
    network.train()
    ink, labels = batch
    logits = network(ink.contiguous(memory_format=torch.channels_last))
    loss = nn.functional.cross_entropy(logits.reshape(-1, logits.shape[2]), labels.reshape(-1))
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    optimiser.step()
    return float(loss.detach())


def _set_rate(optimiser: torch.optim.Optimizer, plan: Plan, step: int, share: float) -> None:
    warm = min(1.0, (step + 1) / _WARM_UP)
    cosine = 0.5 * (1 + np.cos(np.pi * share))
    for group in optimiser.param_groups:
        group["lr"] = plan.rate * warm * max(float(cosine), 0.01)


@contextmanager
def _samples(plan: Plan, done: int) -> Iterator[Iterator[Batch]]:
    """Batches from a process of their own."""
    context = get_context("spawn")
    queue: Any = context.Queue(maxsize=24)
    maker = context.Process(target=_make, args=(queue, plan.seed * 1_000_003 + done), daemon=True)
    maker.start()
    try:
        yield _drawn(queue, maker, np.random.default_rng(plan.seed + done), plan.repeats)
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
        store = store[-300:]
        for _ in range(repeats):
            picks = rng.integers(0, len(store), 4)
            picks[0] = len(store) - 1
            rows = rng.integers(0, BATCH, (4, BATCH // 4))
            ink = np.concatenate([store[p][0][r] for p, r in zip(picks, rows, strict=True)])
            labels = np.concatenate([store[p][1][r] for p, r in zip(picks, rows, strict=True)])
            scaled = torch.from_numpy(ink[:, None].astype(np.float32) / 255)
            yield scaled, torch.from_numpy(labels)


def _save(
    path: Path,
    step: int,
    network: DigitNet,
    average: AveragedModel,
    optimiser: torch.optim.Optimizer,
) -> None:
    state = {
        "step": step,
        "network": network.state_dict(),
        "average": average.state_dict(),
        "optimiser": optimiser.state_dict(),
    }
    temporary = path.with_suffix(".new")
    torch.save(state, temporary)
    temporary.replace(path)


def _resumed(
    path: Path, network: DigitNet, average: AveragedModel, optimiser: torch.optim.Optimizer
) -> int:
    if not path.is_file():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    average.load_state_dict(state["average"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])

# mypy: disable-error-code="import-not-found"
"""The training itself: CTC over worn lines, AdamW, a warm-up and a cosine, averaged weights.

A course is kept in one checkpoint and goes on where it was when it is started again.
"""

import io
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, pi
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ocr.training import lesson, network
from ocr.training.lstm_file import Matrix
from ocr.training.press import Sample
from ocr.training.traineddata import write_durably

BETAS = (0.9, 0.99)
WARM_UP_STEPS = 25
LAST_RATE = 0.012  # of the highest
TOP_RATE = 6.0  # the output layer, whose new letters know nothing yet, learns faster
STEEPEST = 2.0  # gradients are cut to this norm
AVERAGING = 0.99


@dataclass(frozen=True, slots=True)
class Plan:
    """batch: lines a step. chunk: lines made at a time and sorted by width. rate: the highest."""

    lines: int
    seed: int = 7
    batch: int = 16
    chunk: int = 192
    rate: float = 1.3e-3
    top_rate: float = TOP_RATE


@dataclass(frozen=True, slots=True)
class Progress:
    """After a chunk: lines seen of all, mean loss, seconds since this start."""

    seen: int
    lines: int
    loss: float
    elapsed_s: float
    left_s: float


@dataclass
class Course:
    """A network on its way. `average` is what a model is made of."""

    plan: Plan
    network: network.Network
    optimizer: torch.optim.Optimizer
    average: dict[str, torch.Tensor]
    steps: int = 0
    seen: int = 0
    losses: list[float] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return self.seen >= self.plan.lines

    @property
    def next_chunk(self) -> int:
        return self.seen // self.plan.chunk

    def learn(self, samples: Sequence[Sample]) -> float:
        """One chunk: its batches in an order of its own. Returns the mean loss."""
        order = np.random.default_rng((self.plan.seed, self.next_chunk))
        torch.manual_seed(self.plan.seed * 1_000_003 + self.next_chunk)
        losses = [self._step(batch) for batch in lesson.batches(samples, self.plan.batch, order)]
        self.seen += self.plan.chunk
        self.losses.append(float(np.mean(losses)))
        return self.losses[-1]

    def _step(self, batch: Sequence[Sample]) -> float:
        self._set_rate()
        self.optimizer.zero_grad(set_to_none=True)
        loss = lesson.loss_of(self.network, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.trained, STEEPEST)
        self.optimizer.step()
        self.steps += 1
        self._average()
        return float(loss.item())

    def _set_rate(self) -> None:
        done = min(1.0, self.seen / self.plan.lines)
        warm = min(1.0, (self.steps + 1) / WARM_UP_STEPS)
        rate = self.plan.rate * warm * (LAST_RATE + (1 - LAST_RATE) * (1 + cos(pi * done)) / 2)
        body, top = self.optimizer.param_groups
        body["lr"], top["lr"] = rate, rate * self.plan.top_rate

    def _average(self) -> None:
        keep = min(AVERAGING, self.steps / (self.steps + 10))
        with torch.no_grad():
            for name, tensor in self.network.layers.state_dict().items():
                self.average[name].lerp_(tensor, 1 - keep)

    def weights(self) -> list[Matrix]:
        return network.file_weights(self.average)

    def save(self, path: Path) -> None:
        """Durable before visible."""
        buffer = io.BytesIO()
        torch.save(self._state(), buffer)
        write_durably(path, buffer.getvalue())

    def _state(self) -> dict[str, Any]:
        return {
            "network": self.network.layers.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "steps": self.steps,
            "seen": self.seen,
            "losses": self.losses,
        }

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint; the plan may have been made longer or shorter."""
        state = torch.load(path, weights_only=True)
        self.network.layers.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average = state["average"]
        self.steps, self.seen, self.losses = state["steps"], state["seen"], state["losses"]


def begin(plan: Plan, weights: Sequence[Matrix]) -> Course:
    """A course that starts from the weights of a model."""
    torch.manual_seed(plan.seed)
    net = network.build(len(weights[-1]))
    net.load(weights)
    top = list(net.layers["letters"].parameters())
    body = [p for p in net.trained if all(p is not other for other in top)]
    optimizer = torch.optim.AdamW(
        [{"params": body}, {"params": top}], plan.rate, betas=BETAS, weight_decay=0.0
    )
    average = {name: tensor.clone() for name, tensor in net.layers.state_dict().items()}
    return Course(plan, net, optimizer, average)


def run(
    course: Course,
    chunks: Iterable[Sequence[Sample]],
    checkpoint: Path,
    every_s: float,
    told: Callable[[Progress], None],
) -> None:
    """Learn from chunks until the plan is done; a checkpoint now and then, and at the end."""
    start, begun, saved = time.monotonic(), course.seen, time.monotonic()
    for samples in chunks:
        if course.is_done:
            break
        loss = course.learn(samples)
        now = time.monotonic()
        left_s = (now - start) / (course.seen - begun) * max(0, course.plan.lines - course.seen)
        told(Progress(course.seen, course.plan.lines, loss, now - start, left_s))
        if now - saved > every_s:
            course.save(checkpoint)
            saved = now
    course.save(checkpoint)

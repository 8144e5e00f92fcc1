"""Training: samples made on the fly, AdamW, one cosine, averaged weights; it can be resumed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ocr.numbers.training.network import DigitNet
from ocr.numbers.training.stream import Batch, stream

SAVED_EVERY_S: Final = 120
_WARM_UP: Final = 200


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
    with stream(plan.seed, done, plan.repeats) as batches:
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

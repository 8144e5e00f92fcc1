# mypy: disable-error-code="import-not-found"
"""A batch of lines and what the network gets wrong on it."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch.nn import functional

from ocr.training import network
from ocr.training.charset import BLANK
from ocr.training.press import Sample


def batches(
    samples: Sequence[Sample], size: int, chance: np.random.Generator
) -> Iterator[Sequence[Sample]]:
    """Lines of like width together, so that little of a batch is padding."""
    by_width = sorted(samples, key=lambda sample: sample.pixels.shape[1])
    groups = [by_width[start : start + size] for start in range(0, len(by_width), size)]
    for place in chance.permutation(len(groups)):
        yield groups[place]


def loss_of(net: network.Network, batch: Sequence[Sample]) -> torch.Tensor:
    """CTC, each line weighed by the root of its length: long lines count, but not alone.

    Source: Graves et al. 2006.
    """
    widths = torch.tensor([sample.pixels.shape[1] for sample in batch])
    lines = torch.ones(len(batch), network.HEIGHT_PX, int(widths.max()))
    for place, sample in enumerate(batch):
        lines[place, :, : sample.pixels.shape[1]] = torch.from_numpy(sample.pixels)
    scores, steps = net(lines, widths)
    lengths = torch.tensor([len(sample.targets) for sample in batch])
    targets = torch.tensor([number for sample in batch for number in sample.targets])
    losses = functional.ctc_loss(
        scores.log_softmax(-1).transpose(0, 1),
        targets,
        steps,
        lengths,
        blank=BLANK,
        reduction="none",
        zero_infinity=True,
    )
    return (losses / lengths.sqrt()).mean() / 4

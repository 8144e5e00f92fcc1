"""The network: a picture 32 pixels high in, for every two columns a distribution over symbols out.

Convolutions alone: what a frame answers depends on about 90 columns around it, so it sees
the neighbours that tell ٥ from 0, and knows no language to guess a number from.
"""

from typing import Final

import torch
from torch import Tensor, nn

from ocr.numbers.alphabet import CLASSES

_PLANES: Final = (8, 24, 40, 56)
_FEATURES: Final = 64
_REACHES: Final = (1, 2, 4, 8)


class DigitNet(nn.Module):
    """(batch, 1, 32, width) -> logits (batch, width / 2, CLASSES)."""

    def __init__(self) -> None:
        super().__init__()
        one, two, three, four = _PLANES
        self.look = nn.Sequential(
            *_seen(1, one, 3),
            nn.MaxPool2d(2),
            *_seen(one, two, 3),
            nn.MaxPool2d((2, 1)),
            *_seen(two, three, 3),
            nn.MaxPool2d((2, 1)),
            *_seen(three, four, 3),
            nn.Conv2d(four, _FEATURES, (4, 1), bias=False),
            nn.BatchNorm2d(_FEATURES),
            nn.ReLU(),
        )
        self.relate = nn.ModuleList(_Neighbours(reach) for reach in _REACHES)
        self.name = nn.Conv1d(_FEATURES, CLASSES, 1)

    def forward(self, ink: Tensor) -> Tensor:
        found = self.look(ink).squeeze(2)
        for layer in self.relate:
            found = layer(found)
        logits: Tensor = self.name(found)
        return logits.transpose(1, 2)


class _Neighbours(nn.Module):
    def __init__(self, reach: int) -> None:
        super().__init__()
        self.step = nn.Sequential(
            nn.Conv1d(_FEATURES, _FEATURES, 3, padding=reach, dilation=reach, bias=False),
            nn.BatchNorm1d(_FEATURES),
            nn.ReLU(),
        )

    def forward(self, found: Tensor) -> Tensor:
        added: Tensor = found + self.step(found)
        return added


def _seen(planes_in: int, planes: int, size: int) -> tuple[nn.Module, ...]:
    return (
        nn.Conv2d(planes_in, planes, size, padding=size // 2, bias=False),
        nn.BatchNorm2d(planes),
        nn.ReLU(),
    )


class Probabilities(nn.Module):
    """The network as it ships: probabilities instead of logits."""

    def __init__(self, network: DigitNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, ink: Tensor) -> Tensor:
        return torch.softmax(self.network(ink), dim=2)


def parameters(network: nn.Module) -> int:
    return sum(weight.numel() for weight in network.parameters())

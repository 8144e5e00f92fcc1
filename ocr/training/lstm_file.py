"""The `lstm` component: the network's layers and weights, read, replaced and written.

Weights are float64 matrices of (outputs, inputs + 1), the bias last; an int8 file keeps each row as
-127..127 and the row's scale. What is not weights is carried through as it was.
Source: Tesseract 5, src/lstm (network.cpp, weightmatrix.cpp, plumbing.cpp, lstm.cpp).
"""

import struct
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ocr.training.traineddata import BadModel

Matrix = NDArray[np.float64]

INT8_FLAG, DOUBLE_FLAG = 1, 128
INT8_MAX = 127


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer's head; what follows it are its bytes, its weights or its inner layers."""

    code: bytes  # the type: one byte, or a zero byte and a name with its length
    kind: str
    training: int
    needs_backprop: int
    flags: int
    inputs: int
    outputs: int
    weights: int
    name: bytes

    def to_bytes(self) -> bytes:
        numbers = (self.training, self.needs_backprop, self.flags)
        sizes = (self.inputs, self.outputs, self.weights, len(self.name))
        return self.code + struct.pack("<bbiiiii", *numbers, *sizes) + self.name


Part = Layer | Matrix | bytes


@dataclass(frozen=True, slots=True)
class LstmFile:
    """The component in parts, in file order."""

    parts: tuple[Part, ...]

    @property
    def weights(self) -> list[Matrix]:
        return [part for part in self.parts if isinstance(part, np.ndarray)]

    def with_weights(self, weights: list[Matrix]) -> "LstmFile":
        """The same network with other weights; only the last layer may have grown."""
        before = self.weights
        if [m.shape for m in weights[:-1]] != [m.shape for m in before[:-1]]:
            raise BadModel("the weights are those of another network")
        outputs, columns = weights[-1].shape
        grown = (outputs - len(before[-1])) * columns
        supply = iter(weights)
        parts: list[Part] = []
        for part in self.parts:
            if isinstance(part, np.ndarray):
                parts.append(next(supply))
            elif isinstance(part, Layer):
                parts.append(_grow(part, len(before[-1]), outputs, grown))
            else:
                parts.append(part)
        return LstmFile(tuple(parts))

    def to_bytes(self) -> bytes:
        """As an int8 file, the only kind a station runs (half the time of floats)."""
        return b"".join(_part_bytes(part) for part in self.parts)


def _grow(layer: Layer, before: int, outputs: int, grown: int) -> Layer:
    if layer.outputs != before or layer.kind not in {"Softmax", "Series"}:
        return layer
    return replace(layer, outputs=outputs, weights=layer.weights + grown)


def _part_bytes(part: Part) -> bytes:
    if isinstance(part, bytes):
        return part
    return part.to_bytes() if isinstance(part, Layer) else int8_bytes(part)


def int8_bytes(weights: Matrix) -> bytes:
    """A matrix as Tesseract's WeightMatrix::ConvertToInt makes it: one scale a row."""
    scales = np.abs(weights).max(axis=1) / INT8_MAX
    steps = weights / np.where(scales == 0, 1, scales)[:, None]
    rounded = np.trunc(steps + np.copysign(0.5, steps)).clip(-INT8_MAX, INT8_MAX)
    head = struct.pack("<BiiB", INT8_FLAG | DOUBLE_FLAG, *weights.shape, 0)
    stored = bytes(rounded.astype(np.int8).data)
    return head + stored + struct.pack("<I", len(scales)) + bytes(scales.astype("<f8").data)

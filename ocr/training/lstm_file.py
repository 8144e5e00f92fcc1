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

TYPES = (
    *("Invalid", "Input", "Convolve", "Maxpool", "Parallel", "Replicated", "ParBidiLSTM"),
    *("DepParUDLSTM", "Par2dLSTM", "Series", "Reconfig", "RTLReversed", "TTBReversed"),
    *("XYTranspose", "LSTM", "SummLSTM", "Logistic", "LinLogistic", "LinTanh", "Tanh", "Relu"),
    *("Linear", "Softmax", "SoftmaxNoCTC", "LSTMSoftmax", "LSTMBinarySoftmax", "TensorFlow"),
)
FIXED_BYTES = {"Input": 20, "Convolve": 8, "Maxpool": 8, "Reconfig": 8}
STACKS = {"Series", "Parallel", "Replicated", "RTLReversed", "TTBReversed", "XYTranspose"}
LSTMS = {"LSTM", "SummLSTM"}
DENSE = {"Logistic", "LinLogistic", "LinTanh", "Tanh", "Relu", "Linear", "Softmax", "SoftmaxNoCTC"}
GATES = 4  # cell input, input, forget, output: the order of the file
OWN_RATES_FLAG = 64
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


def parse(data: bytes) -> LstmFile:
    """The parts of an int8 or float `lstm` component. Raises BadModel."""
    reader = _Reader(data)
    try:
        reader.layer()
    except (struct.error, IndexError, ValueError) as error:
        raise BadModel(f"the network cannot be read: {error}") from error
    return LstmFile((*reader.parts, data[reader.place :]))


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


class _Reader:
    """Walks the layers once, from the outermost in."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0
        self.parts: list[Part] = []

    def take(self, length: int) -> bytes:
        if length < 0 or self.place + length > len(self.data):
            raise BadModel("the network is cut short")
        self.place += length
        return self.data[self.place - length : self.place]

    def number(self) -> int:
        return int(struct.unpack("<i", self.take(4))[0])

    def layer(self) -> None:
        head = self._head()
        self.parts.append(head)
        if head.kind in FIXED_BYTES:
            self.parts.append(self.take(FIXED_BYTES[head.kind]))
        elif head.kind in STACKS:
            self._stack(head)
        elif head.kind in LSTMS:
            self._lstm(head)
        elif head.kind in DENSE:
            self._matrix()
        else:
            raise BadModel(f"a layer of the kind {head.kind} is not known here")

    def _head(self) -> Layer:
        start = self.place
        type_number = struct.unpack("<b", self.take(1))[0]
        kind = self.take(self.number()).decode() if type_number == 0 else TYPES[type_number]
        code = self.data[start : self.place]
        training, needs_backprop = struct.unpack("<bb", self.take(2))
        flags, inputs, outputs, weights = struct.unpack("<iiii", self.take(16))
        name = self.take(self.number())
        return Layer(code, kind, training, needs_backprop, flags, inputs, outputs, weights, name)

    def _stack(self, head: Layer) -> None:
        count = self.number()
        self.parts.append(struct.pack("<i", count))
        for _ in range(count):
            self.layer()
        if head.flags & OWN_RATES_FLAG:
            rates = self.number()
            self.parts.append(struct.pack("<i", rates) + self.take(4 * rates))

    def _lstm(self, head: Layer) -> None:
        width = self.number()
        if width == head.inputs + 2 * head.outputs:
            raise BadModel("two-dimensional LSTM layers are not known here")
        self.parts.append(struct.pack("<i", width))
        for _ in range(GATES):
            self._matrix()

    def _matrix(self) -> None:
        mode = self.take(1)[0]
        if not mode & DOUBLE_FLAG:
            raise BadModel("weights in the format of Tesseract 4.0 alpha")
        rows, columns = self.number(), self.number()
        is_int = bool(mode & INT8_FLAG)
        self.take(1 if is_int else 8)  # the array's "empty" element
        if is_int:
            steps = np.frombuffer(self.take(rows * columns), np.int8).reshape(rows, columns)
            # best_int pads the scales to the width of a vector register
            scales = np.frombuffer(self.take(8 * self.number()), "<f8")[:rows]
            self.parts.append(steps * scales[:, None])
        else:
            self.parts.append(
                np.frombuffer(self.take(8 * rows * columns), "<f8").reshape(rows, columns).copy()
            )

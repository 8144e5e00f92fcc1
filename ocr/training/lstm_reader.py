"""Reads the `lstm` component of a model.

Source: Tesseract 5, src/lstm (network.cpp, weightmatrix.cpp, plumbing.cpp, lstm.cpp).
"""

import struct

import numpy as np

from ocr.training.lstm_file import DOUBLE_FLAG, INT8_FLAG, Layer, LstmFile, Matrix, Part
from ocr.training.traineddata import BadModel

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


def parse(data: bytes) -> LstmFile:
    """The parts of an int8 or float `lstm` component. Raises BadModel."""
    reader = Reader(data)
    try:
        reader.layer()
    except (struct.error, IndexError, ValueError) as error:
        raise BadModel(f"the network cannot be read: {error}") from error
    return LstmFile((*reader.parts, data[reader.place :]))


class Reader:
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
            self.parts.append(self.matrix())
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
            self.parts.append(self.matrix())

    def matrix(self) -> Matrix:
        """Weights, int8 or float."""
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
            return np.asarray(steps * scales[:, None])
        stored = np.frombuffer(self.take(8 * rows * columns), "<f8")
        return stored.reshape(rows, columns).copy()

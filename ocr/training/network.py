# mypy: disable-error-code="import-not-found"
"""The PyTorch twin of `[1,48,0,1Ct3,3,16Mp3,3Lfys64Lfx96Lrx96Lfx512O1c]`.

A line image of 48 rows goes through a 3x3 convolution and 3x3 pooling, an LSTM down each column
(its last state is the column's feature), one LSTM to the right, one to the left, one to the right,
and a softmax over the character set for every third pixel of width.
Source: Tesseract 5, src/lstm; its VGSL specification is in the model file itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from ocr.training.lstm_file import Matrix

HEIGHT_PX = 48
POOL_PX = 3
FILTERS, COLUMN, FORTH, BACK, TOP = 16, 64, 96, 96, 512
MATRICES = 18  # 1 convolution, 4 LSTMs of 4 gates, 1 softmax
FILE_TO_TORCH = (1, 2, 0, 3)
"""The file keeps cell input, input, forget, output; torch input, forget, cell input, output."""
TORCH_TO_FILE = (2, 0, 1, 3)


@dataclass
class Network:
    """The layers by name. Not a Module itself: the layers are the whole of its state."""

    layers: nn.ModuleDict

    def __call__(self, lines: torch.Tensor, widths: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Scores before the softmax, (batch, steps, letters), and each line's own steps.

        lines: (batch, 48, width) in -1..1, -1 = ink; widths: each line's own width in pixels.
        """
        pooled = self._pooled(lines)
        steps = (widths // POOL_PX).clamp(min=1)
        columns = self._columns(pooled, steps)
        forth, _ = self.layers["forth"](columns)
        turn = _reversal(steps, columns.shape[1])
        back, _ = self.layers["back"](_taken(forth, turn))
        top, _ = self.layers["top"](_taken(back, turn))
        return self.layers["letters"](top), steps

    def _pooled(self, lines: torch.Tensor) -> torch.Tensor:
        """Outside the image Tesseract convolves with noise, so that nothing is learnt from it.

        tanh rises, so it may follow the pooling, on a ninth of the values.
        """
        count, height, width = lines.shape
        framed = torch.rand(count, 1, height + 2, width + 2) * 2 - 1
        framed[:, 0, 1:-1, 1:-1] = lines
        seen = self.layers["edges"](framed)
        return torch.tanh(nn.functional.max_pool2d(seen, POOL_PX, POOL_PX))

    def _columns(self, pooled: torch.Tensor, steps: torch.Tensor) -> torch.Tensor:
        """One feature a column: the last state of an LSTM that reads it from the top."""
        count, _, height, width = pooled.shape
        columns = pooled.permute(0, 3, 2, 1).reshape(count * width, height, FILTERS)
        inside = (torch.arange(width)[None] < steps[:, None]).reshape(-1).nonzero()[:, 0]
        _, (last, _) = self.layers["column"](columns[inside])
        features = torch.zeros(count * width, COLUMN, dtype=last.dtype)
        return features.index_copy(0, inside, last[0]).reshape(count, width, COLUMN)

    def load(self, weights: Sequence[Matrix]) -> None:
        """Take the weights of a file over."""
        edges = weights[0][:, :-1].reshape(FILTERS, POOL_PX, POOL_PX).transpose(0, 2, 1)
        state = {"edges.weight": edges[:, None], "edges.bias": weights[0][:, -1]}
        for place, name in enumerate(("column", "forth", "back", "top")):
            state |= _lstm_state(name, weights[1 + 4 * place : 5 + 4 * place])
        state |= {"letters.weight": weights[-1][:, :-1], "letters.bias": weights[-1][:, -1]}
        tensors = {name: torch.tensor(np.ascontiguousarray(w)).float() for name, w in state.items()}
        self.layers.load_state_dict(tensors)

    @property
    def trained(self) -> list[nn.Parameter]:
        """All but the second bias of each LSTM, which a file does not have."""
        return [p for name, p in self.layers.named_parameters() if "bias_hh" not in name]


def build(letters: int) -> Network:
    """A network of that many letters, with torch's own first weights."""
    layers = {
        "edges": nn.Conv2d(1, FILTERS, POOL_PX),
        "column": nn.LSTM(FILTERS, COLUMN, batch_first=True),
        "forth": nn.LSTM(COLUMN, FORTH, batch_first=True),
        "back": nn.LSTM(FORTH, BACK, batch_first=True),
        "top": nn.LSTM(BACK, TOP, batch_first=True),
        "letters": nn.Linear(TOP, letters),
    }
    return Network(nn.ModuleDict(layers))


def file_weights(state: Mapping[str, torch.Tensor]) -> list[Matrix]:
    """The state of a network's layers as the matrices of a file."""
    arrays = {name: np.asarray(tensor.detach(), np.float64) for name, tensor in state.items()}
    edges = arrays["edges.weight"][:, 0].transpose(0, 2, 1).reshape(FILTERS, -1)
    matrices = [_with_bias(edges, arrays["edges.bias"])]
    for name in ("column", "forth", "back", "top"):
        weights = np.concatenate([arrays[f"{name}.weight_{part}_l0"] for part in ("ih", "hh")], 1)
        bias = arrays[f"{name}.bias_ih_l0"] + arrays[f"{name}.bias_hh_l0"]
        gates = np.split(_with_bias(weights, bias), 4)
        matrices += [gates[place] for place in TORCH_TO_FILE]
    return [*matrices, _with_bias(arrays["letters.weight"], arrays["letters.bias"])]


def _with_bias(weights: Matrix, bias: Matrix) -> Matrix:
    return np.concatenate([weights, bias[:, None]], 1)


def _lstm_state(name: str, gates: Sequence[Matrix]) -> dict[str, Matrix]:
    stacked = np.concatenate([gates[place] for place in FILE_TO_TORCH])
    inputs = stacked.shape[1] - 1 - len(gates[0])
    return {
        f"{name}.weight_ih_l0": stacked[:, :inputs],
        f"{name}.weight_hh_l0": stacked[:, inputs:-1],
        f"{name}.bias_ih_l0": stacked[:, -1],
        f"{name}.bias_hh_l0": np.zeros(len(stacked)),
    }


def _reversal(steps: torch.Tensor, width: int) -> torch.Tensor:
    """For each line the places of its own steps from the last to the first; its own inverse."""
    return (steps[:, None] - 1 - torch.arange(width)[None]).clamp(min=0)


def _taken(features: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    return features.gather(1, places[..., None].expand(-1, -1, features.shape[2]))

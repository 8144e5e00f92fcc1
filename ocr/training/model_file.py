"""A model of Tesseract's, opened for training and put together again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocr.training import charset, lstm_reader
from ocr.training.charset import Charset
from ocr.training.lstm_file import LstmFile, Matrix
from ocr.training.traineddata import BadModel, Components

NEEDED = ("config", "lstm", "lstm-unicharset", "lstm-recoder")
SPECIFICATION = b"[1,48,0,1Ct3,3,16Mp3,3Lfys64Lfx96Lrx96Lfx512O1c1]"
FRESH_SHARE, FRESH_NOISE, FRESH_BIAS = 0.8, 0.02, -1.5


@dataclass(frozen=True)
class Model:
    """The network with its character set; weights as float matrices."""

    components: Components
    lstm: LstmFile
    charset: Charset

    @property
    def weights(self) -> list[Matrix]:
        return self.lstm.weights

    def extended(self) -> "Model":
        """With the letters and directions of `charset.extend`; an extended model stays the same."""
        wider = charset.extend(self.charset)
        weights = [*self.weights[:-1], grown(self.weights[-1], self.charset, wider)]
        return replace(self, charset=wider, lstm=self.lstm.with_weights(weights))

    def packed(self, weights: Sequence[Matrix], version: str) -> dict[str, bytes]:
        """The components of an int8 model with these weights.

        Without dictionaries: on real lines they cost a little, and they hold none of our numbers.
        """
        return {
            "config": self.components["config"],
            "lstm": self.lstm.with_weights(list(weights)).to_bytes(),
            "lstm-unicharset": self.charset.unicharset(),
            "lstm-recoder": self.charset.recoder(),
            "version": version.encode(),
        }


def opened(components: Components) -> Model:
    """Raises BadModel where it is no model of the network we have a twin of."""
    missing = [name for name in NEEDED if name not in components]
    if missing:
        raise BadModel(f"the model lacks {', '.join(missing)}")
    if SPECIFICATION not in components["lstm"]:
        raise BadModel(f"the model's network is not {SPECIFICATION.decode()}")
    letters = charset.parse(components["lstm-unicharset"])
    return Model(components, lstm_reader.parse(components["lstm"]), letters)


def grown(top: Matrix, before: Charset, after: Charset) -> Matrix:
    """Output rows for added letters: ، begins as the comma, the others as a weak mean digit."""
    digits = np.mean([top[before.numbers[digit]] for digit in "0123456789"], axis=0)
    chance = np.random.default_rng(0)
    rows = [top]
    for letter in after.letters[len(before.letters) :]:
        start = top[before.numbers[","]] if letter == "،" else digits * FRESH_SHARE
        row = start + chance.normal(0, FRESH_NOISE, len(start))
        row[-1] += FRESH_BIAS
        rows.append(row[None])
    return np.concatenate(rows)

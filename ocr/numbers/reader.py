"""The second reader: a small network that knows digits and nothing else."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime

from ocr.errors import EngineFailed, EngineMissing
from ocr.imaging.arrays import Gray
from ocr.numbers.alphabet import DIGITS, SYMBOLS
from ocr.numbers.crop import FRAME_PX, ink
from ocr.numbers.decode import Doubt, Probabilities, Symbol, doubts, shown, symbols

_ALTERNATIVES: Final = 3
_LIKELY: Final = 0.01
_refusals: Final = onnxruntime.capi.onnxruntime_pybind11_state
_NO_MODEL: Final = (
    *(_refusals.Fail, _refusals.InvalidProtobuf, _refusals.InvalidGraph),
    *(_refusals.InvalidArgument, _refusals.NotImplemented, _refusals.RuntimeException),
)


@dataclass(frozen=True, slots=True)
class DigitReading:
    """What stands in a crop, from the left, digits as printed.

    confidence: 0..1, that of its least certain digit, less where a digit may have been missed.
    alternatives: the likeliest other readings, best first.
    """

    text: str
    confidence: float
    alternatives: tuple[str, ...]
    symbols: tuple[Symbol, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class DigitReader:
    """Reads crops of numbers. Picklable; the model is loaded at the first crop (20 ms)."""

    model: Path

    def __reduce__(self) -> tuple[type["DigitReader"], tuple[Path]]:
        return DigitReader, (self.model,)

    def read(self, crop: Gray) -> DigitReading:
        """Read a crop: uint8, (height, width), 0 = ink, a number of 30 to 90 % of its height.

        Raises EngineMissing where the model is not there or not one of ours, EngineFailed
        where it does not run.
        """
        picture = ink(crop)
        answers = self._answers(picture[None, None])
        frame_px = FRAME_PX * crop.shape[1] / picture.shape[1]
        return reading(symbols(answers, frame_px), doubts(answers, frame_px))

    def _answers(self, batch: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Probabilities:
        session = self._session
        try:
            found = session.run(None, {"ink": batch})[0]
        except (_refusals.Fail, _refusals.InvalidArgument, _refusals.RuntimeException) as error:
            raise EngineFailed(f"the reader of numbers failed: {error}") from error
        return np.asarray(found[0], np.float32)

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(
                self.model.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        except OSError as error:
            raise EngineMissing(f"{self.model} cannot be read: {error}") from error
        except _NO_MODEL as error:
            raise EngineMissing(f"{self.model} is no model: {error}") from error
        if session.get_modelmeta().custom_metadata_map.get("symbols") != SYMBOLS:
            raise EngineMissing(f"{self.model} was trained for another alphabet")
        return session


def reading(found: tuple[Symbol, ...], missed: tuple[Doubt, ...]) -> DigitReading:
    """The reading that these symbols make; also of some of the symbols of a larger one."""
    return DigitReading(
        shown(found), _confidence(found, missed), _alternatives(found), found, missed
    )


def _confidence(found: tuple[Symbol, ...], missed: tuple[Doubt, ...]) -> float:
    digits = [symbol.probability for symbol in found if symbol.letter in DIGITS]
    if not digits:
        return 0.0
    return min(digits) * (1 - max((doubt.probability for doubt in missed), default=0.0))


def _alternatives(found: tuple[Symbol, ...]) -> tuple[str, ...]:
    """One symbol changed at a time, the least certain first."""
    places = sorted(range(len(found)), key=lambda place: -found[place].other_probability)
    return tuple(
        "".join(s.other if at == place else s.letter for at, s in enumerate(found)).strip()
        for place in places[:_ALTERNATIVES]
        if found[place].other_probability > _LIKELY
    )

"""The trained network as an ONNX file, with its alphabet inside."""

from pathlib import Path
from typing import Final

import onnx
import torch

from ocr.numbers.alphabet import SYMBOLS
from ocr.numbers.crop import HEIGHT_PX
from ocr.numbers.training.network import DigitNet, Probabilities
from ocr.numbers.training.samples import WIDTH_PX

_OPSET: Final = 17


def write(network: DigitNet, path: Path) -> None:
    """Write `network` to `path`: input `ink` (batch, 1, 32, width), output `probabilities`."""
    shown = torch.zeros(2, 1, HEIGHT_PX, WIDTH_PX)
    temporary = path.with_suffix(".new")
    torch.onnx.export(
        Probabilities(network).eval(),
        (shown,),
        str(temporary),
        input_names=["ink"],
        output_names=["probabilities"],
        dynamic_axes={"ink": {0: "batch", 3: "width"}, "probabilities": {0: "batch", 1: "frames"}},
        opset_version=_OPSET,
        dynamo=False,
    )
    model = onnx.load(str(temporary))
    model.metadata_props.add(key="symbols", value=SYMBOLS)
    onnx.save(model, str(temporary))
    temporary.replace(path)

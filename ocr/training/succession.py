"""When a new model follows the old one, and how the old one comes back.

A model that operators' corrections made is used only where it is better on corrected lines that
were held back from its training, and the model before it stays beside it.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from ocr.errors import OcrError
from ocr.score import Score
from ocr.training import traineddata
from ocr.training.traineddata import write_durably

BEFORE = ".before"


class NothingBefore(OcrError):
    """There is no earlier model to go back to."""


@dataclass(frozen=True, slots=True)
class Contest:
    """Both models on the same held-back lines."""

    old: Score
    new: Score

    @property
    def is_better(self) -> bool:
        """Fewer wrong characters, and no number lost for it."""
        return (
            self.new.char_errors < self.old.char_errors
            and self.new.numbers_found >= self.old.numbers_found
        )


def install(new: Path, model: Path) -> None:
    """`new` takes the place of `model`, which stays as `model.before`. Raises BadModel.

    Durable before visible: at every moment there is a whole model under the name.
    """
    data = new.read_bytes()
    traineddata.unpack(data)
    if model.exists():
        write_durably(before(model), model.read_bytes())
    write_durably(model, data)


def roll_back(model: Path) -> None:
    """The model before takes its place again; the one it replaces is kept in turn.

    Raises NothingBefore.
    """
    if not before(model).is_file():
        raise NothingBefore(f"no earlier model lies beside {model.name}")
    with_new_name = model.with_name(model.name + ".rolled")
    shutil.copyfile(before(model), with_new_name)
    install(with_new_name, model)
    with_new_name.unlink()


def before(model: Path) -> Path:
    return model.with_name(model.name + BEFORE)

"""Tesseract as the reader: one process run a page, one output, one thread."""

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pytesseract
from pytesseract import pytesseract as binding

from ocr import tsv
from ocr.engine import Layout, Orientation
from ocr.errors import EngineFailed, EngineMissing, EngineTimeout
from ocr.imaging.arrays import Gray, size
from ocr.imaging.orientation import Turn
from ocr.page import PageText

OLDEST_VERSION = (5, 0)
TURNS = (0, 90, 180, 270)
SEGMENTATION: Mapping[Layout, int] = {"page": 3, "column": 4, "block": 6, "line": 7, "raw line": 13}
PAPER = 240
"""Nothing lighter is anything but paper. Tesseract packs the picture of each line as a PNG and
unpacks it again: with the grain of the paper in it that is a tenth of all its time."""
RAM_FOLDER = Path("/dev/shm")  # noqa: S108 - a private file in it, made by tempfile
MODELS = {
    "ara": ("station_ara", "ara"),
    "fra": ("fra", "eng"),
    "ita": ("ita", "eng"),
    "eng": ("eng",),
}
"""The models for a language, best first; a Latin page read by `eng` beats a page not read."""


_WHITE_PAPER = np.where(np.arange(256) < PAPER, np.arange(256), 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class TesseractSettings:
    """All that a worker process needs to build its reader; picklable.

    tessdata: the folder of our own model. system_tessdata: where the distribution keeps the
    stock models, None to ask Tesseract itself.
    """

    tessdata: Path
    system_tessdata: Path | None = None
    command: str = "tesseract"
    timeout_s: int = 120


@dataclass(frozen=True, slots=True)
class Model:
    name: str
    folder: Path

    def arguments(self) -> str:
        return f"--tessdata-dir {shlex.quote(str(self.folder))}"


@dataclass
class Tesseract:
    """The reader of `ocr.engine.Engine`, over the `tesseract` command."""

    settings: TesseractSettings
    name: str = "tesseract"
    _models: dict[str, Model] = field(default_factory=dict, repr=False)

    def check(self) -> None:
        """The command is there, new enough, and loads a model for Arabic."""
        if self._version_numbers() < OLDEST_VERSION:
            raise EngineMissing(f"tesseract {self.version} is too old, 5.0 is needed")
        self.model("ara")

    @cached_property
    def version(self) -> str:
        binding.tesseract_cmd = self.settings.command
        try:
            return str(pytesseract.get_tesseract_version())
        except (OSError, SystemExit, RuntimeError) as error:
            raise EngineMissing(f"{self.settings.command} does not run: {error}") from error

    def _version_numbers(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.version.split(".")[:2] if part.isdigit())

    def recognise(self, image: Gray, dpi: int, language: str, layout: Layout = "page") -> PageText:
        """See `Engine.recognise`. The TSV output is enough: words, boxes, confidences, lines."""
        model = self.model(language)
        output = self._run(image, dpi, model, f"--psm {SEGMENTATION[layout]}", "tsv")
        width, height = size(image)
        return PageText(
            width_px=width,
            height_px=height,
            dpi=dpi,
            lines=tsv.lines(output, language),
            engine=f"{self.name} {self.version} {model.name}",
            language=language,
        )

    def orientation(self, image: Gray, dpi: int) -> Orientation | None:
        """See `Engine.orientation`; needs Tesseract's own `osd` model."""
        folder = self._system_folder()
        if not (folder / "osd.traineddata").is_file():
            return None
        try:
            output = self._run(image, dpi, Model("osd", folder), "--psm 0", "osd")
        except EngineFailed:  # too few characters: it says so by failing
            return None
        return _orientation(output)

    def model(self, language: str) -> Model:
        """The best model that loads; loading is tried once a process (30 ms)."""
        if language not in self._models:
            self._models[language] = self._first_that_loads(language)
        return self._models[language]

    def _first_that_loads(self, language: str) -> Model:
        names = MODELS.get(language)
        if names is None:
            raise EngineMissing(f"no model is known for the language {language}")
        refusals = []
        for model in self._candidates(names):
            try:
                self._run(np.full((32, 32), 255, np.uint8), 300, model, "--psm 7", "tsv")
            except EngineFailed as error:
                refusals.append(f"{model.name}: {error}")
            else:
                return model
        raise EngineMissing("; ".join(refusals) or f"no model for {language} is installed")

    def _candidates(self, names: tuple[str, ...]) -> Iterator[Model]:
        for name in names:
            for folder in (self.settings.tessdata, self._system_folder()):
                if (folder / f"{name}.traineddata").is_file():
                    yield Model(name, folder)

    def _system_folder(self) -> Path:
        if self.settings.system_tessdata is not None:
            return self.settings.system_tessdata
        return _default_folder(self.settings.command)

    def _run(self, image: Gray, dpi: int, model: Model, options: str, output: str) -> str:
        config = f"{model.arguments()} --dpi {dpi} {options}"
        if output == "tsv":
            config += " -c tessedit_create_tsv=1"
        binding.tesseract_cmd = self.settings.command
        os.environ["OMP_THREAD_LIMIT"] = "1"  # pytesseract hands the environment on
        with _as_file(image) as path:
            return _result(path, output, model.name, config, self.settings.timeout_s)


def _result(path: str, output: str, model: str, config: str, timeout_s: int) -> str:
    try:
        return cast(
            str, pytesseract.run_and_get_output(path, output, model, config, timeout=timeout_s)
        )
    except pytesseract.TesseractError as error:
        raise EngineFailed(_last_words(error)) from error
    except UnicodeDecodeError as error:
        raise EngineFailed("its output is not UTF-8") from error
    except (pytesseract.TesseractNotFoundError, PermissionError) as error:
        raise EngineMissing(str(error)) from error
    except OSError as error:  # it ended well and left no output, or cannot be started at all
        raise EngineFailed(str(error)) from error
    except RuntimeError as error:  # pytesseract's word for a time-out
        raise EngineTimeout(f"no answer within {timeout_s} seconds") from error


def _last_words(error: pytesseract.TesseractError) -> str:
    return f"exit {error.status}: {error.message[-300:] or 'no message'}"


@contextmanager
def _as_file(image: Gray) -> Iterator[str]:
    """The image, uncompressed, in a file of a RAM-backed folder.

    Handing pytesseract the array costs about a second of PNG compression a page.
    """
    folder = RAM_FOLDER if os.access(RAM_FOLDER, os.W_OK) else None
    with tempfile.NamedTemporaryFile(suffix=".pgm", prefix="ocr-", dir=folder) as file:
        encoded, data = cv2.imencode(".pgm", cv2.LUT(image, _WHITE_PAPER))
        if not encoded:
            raise EngineFailed("the page could not be written for the reader")
        file.write(data.tobytes())
        file.flush()
        yield file.name


@cache
def _default_folder(command: str) -> Path:
    """Where the command keeps its models, by its own word: it is in the head of its list."""
    try:
        told = subprocess.run(
            [command, "--list-langs"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        raise EngineMissing(f"{command} does not list its models: {error}") from error
    quoted = re.search(r'"([^"]+)"', told.stdout + told.stderr)
    if quoted is None:
        raise EngineMissing(f"{command} does not say where its models are")
    return Path(quoted[1])


def _orientation(output: str) -> Orientation | None:
    fields = dict(line.split(": ", 1) for line in output.splitlines() if ": " in line)
    try:
        turn_deg, confidence = int(fields["Rotate"]), float(fields["Orientation confidence"])
    except (KeyError, ValueError):
        return None
    return Orientation(cast(Turn, turn_deg), confidence) if turn_deg in TURNS else None

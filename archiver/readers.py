"""How pages are read here: the concrete engine, its models, the pool of worker processes.

Apart from `archiver.app`, which imports it when pages are to be read: a search need not wait
half a second for OpenCV.
"""

import hashlib
import json
import multiprocessing
import signal
from collections.abc import Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from typing import Final

from archiver.settings import Settings, resource
from archiver.workflow import page_worker
from ocr.numbers.reader import DigitReader
from ocr.probability import judge
from ocr.recipe import PRINT
from ocr.tesseract import Tesseract, TesseractSettings

read = page_worker.read
_DIGITS: Final = "digits/digits.onnx"
_ALTO_VERSION: Final = 3  # raised by hand when the ALTO written for the same reading changes


def make_executor(settings: Settings, blobs: Path, workers: int) -> Executor:
    """A pool of `workers` readers that keep what they find in the blobs under `blobs`."""
    return ProcessPoolExecutor(
        workers,
        # A forked copy of a process with threads can hang; a spawned one starts clean.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(blobs, _reader(settings), settings.limits.megapixels),
    )


def stage_version(settings: Settings) -> str:
    """Changes whenever the same page may be read differently: program, models, recipe, record."""
    reader = _reader(settings)
    engine = Tesseract(reader)
    models = _digests(reader.tessdata.glob("*.traineddata"))
    judged_by = _digests([*(_lexicon() / name for name in judge.FILES), resource(_DIGITS)])
    parts = [engine.name, engine.version, models, PRINT.parameters(), judged_by, _ALTO_VERSION]
    return json.dumps(parts, sort_keys=True)


def _digests(paths: Iterable[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _reader(settings: Settings) -> TesseractSettings:
    return TesseractSettings(resource("tessdata"), timeout_s=settings.work.page_seconds)


def _lexicon() -> Path:
    return resource("lexicon")


def _start_worker(root: Path, reader: TesseractSettings, megapixels: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what is finished
    digits = DigitReader(resource(_DIGITS))
    page_worker.start(root, Tesseract(reader), PRINT, judge.read(_lexicon()), digits, megapixels)

"""The other side of the pool: one visit of a worker prepares a page, reads it, stores its ALTO.

A job and its result are small; images stay on the disk.
"""

import json
import multiprocessing
import os
import signal
import threading
from dataclasses import asdict, dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import cv2
from PIL import Image

from archiver.errors import PageUnreadable, ToolMissing
from archiver.store.blobs import Blobs
from archiver.store.pages import Reading
from archiver.workflow.faults import FULL
from archiver.workflow.station import PageJob
from ocr import alto
from ocr.engine import Engine
from ocr.errors import EngineMissing, OcrError
from ocr.imaging.colour import gray
from ocr.imaging.orientation import turn
from ocr.imaging.part import alone, cut_out
from ocr.imaging.stored import read_pixels
from ocr.numbers.compare import check_numbers
from ocr.numbers.reader import DigitReader
from ocr.numbers.weigh import weighed
from ocr.probability.judge import Judge
from ocr.reading import read_page
from ocr.recipe import Recipe


@dataclass(slots=True)
class _Worker:
    blobs: Blobs
    engine: Engine
    recipe: Recipe
    judge: Judge
    digits: DigitReader
    megapixels: int


_worker: list[_Worker] = []


def start(
    root: Path, engine: Engine, recipe: Recipe, judge: Judge, digits: DigitReader, megapixels: int
) -> None:
    """Make this process a reader. Called once in each worker by the pool.

    It leads a process group with the tools it starts: no key pressed at the terminal reaches
    them, and none outlives the station.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"
    cv2.setNumThreads(1)  # one core a worker; the other readers have the rest
    Image.MAX_IMAGE_PIXELS = megapixels * 1_000_000
    _worker[:] = [_Worker(Blobs(root), engine, recipe, judge, digits, megapixels)]
    parent = multiprocessing.parent_process()
    if parent is not None:
        os.setpgid(0, 0)
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A killed station leaves no reader behind, and no tool of a reader."""
    wait([parent])
    os.killpg(0, signal.SIGKILL)


def read(job: PageJob) -> Reading:
    """Read one page. Raises PageUnreadable, or ToolMissing where no page can be read."""
    worker = _worker[0]
    try:
        image = read_pixels(worker.blobs.path(job.master))
        if job.cut:
            image = cut_out(image, job.cut)
        if job.part:
            image = alone(turn(image, job.turn_deg), job.part)
        elif job.said_turn is not None:
            image = turn(image, job.said_turn)
        found = read_page(image, job.dpi, job.language, worker.engine, worker.recipe,
                          upright=job.said_turn is not None)  # fmt: skip
    except EngineMissing as error:
        raise ToolMissing(tool="tesseract", detail=error) from error
    except OcrError as error:
        raise PageUnreadable(detail=error) from error
    except OSError as error:
        if error.errno in FULL:
            raise  # no fault of the page
        raise PageUnreadable(detail=error.strerror or error) from error
    recipe: list[dict[str, Any]] = [asdict(step) for step in found.steps]
    judged = weighed(
        worker.judge.judged(found.text),
        check_numbers(gray(turn(image, found.turn_deg)), found.text, worker.digits),
    )
    record = alto.write(judged, image_name=job.master, steps=found.steps)
    return Reading(
        stage_key=job.stage_key,
        alto=worker.blobs.put_bytes(record),
        alto_size=len(record),
        text=found.text.text,
        turn_deg=found.turn_deg if job.said_turn is None else job.said_turn,
        blank=found.blank,
        confidence=found.text.confidence,
        recipe=json.dumps(recipe, ensure_ascii=False),
    )

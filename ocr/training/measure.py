"""Reads lines with a model, by Tesseract itself, and scores them."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import cv2

from ocr import score
from ocr.errors import EngineFailed, EngineMissing, EngineTimeout
from ocr.score import Score
from ocr.training import corpus
from ocr.training.corpus import TrueLine

ONE_LINE = "7"  # Tesseract's page segmentation mode
BATCH = 40
TIMEOUT_S = 300
PAGE_END = "\f"


def of_model(model: Path, lines: Sequence[TrueLine]) -> Score:
    """The pooled score. Raises EngineMissing, EngineFailed, EngineTimeout, BadCorpus."""
    return score.pooled(
        (read, line.text) for line, read in zip(lines, readings(model, lines), strict=True)
    )


def readings(model: Path, lines: Sequence[TrueLine]) -> list[str]:
    """What `model` reads on each line; one process for many lines, its start costs more."""
    read: list[str | None] = []
    for start in range(0, len(lines), BATCH):
        read += _survived(model, lines[start : start + BATCH])
    if all(text is None for text in read):
        raise EngineFailed(f"tesseract reads no line with {model.name}")
    return [text or "" for text in read]


def _survived(model: Path, lines: Sequence[TrueLine]) -> list[str | None]:
    """A line on which Tesseract dies is None; 5.3.0 divides by nought on some faint crops."""
    try:
        return [*_read(model, lines)]
    except EngineFailed:
        if len(lines) == 1:
            return [None]
    return [text for line in lines for text in _survived(model, [line])]


def _read(model: Path, lines: Sequence[TrueLine]) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="lines-") as name:
        folder = Path(name)
        for number, line in enumerate(lines):
            _, data = cv2.imencode(".pgm", corpus.for_reading(line.pixels()))
            (folder / f"{number}.pgm").write_bytes(data.tobytes())
        listed = folder / "lines.txt"
        listed.write_text("".join(f"{folder / str(n)}.pgm\n" for n in range(len(lines))))
        texts = _run(model, listed).split(PAGE_END)
    if len(texts) == len(lines) + 1:  # 5.0 ended each page, later versions part them
        texts.pop()
    if len(texts) != len(lines):
        raise EngineFailed(f"tesseract answered {len(texts)} of {len(lines)} lines")
    return texts


def _run(model: Path, listed: Path) -> str:
    command = ["tesseract", str(listed), "stdout", "--psm", ONE_LINE]
    command += ["--tessdata-dir", str(model.parent), "-l", model.stem]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
        return done.stdout.decode()
    except FileNotFoundError as error:
        raise EngineMissing("tesseract is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise EngineTimeout(f"no answer within {TIMEOUT_S} seconds") from error
    except subprocess.CalledProcessError as error:
        raise EngineFailed(error.stderr.decode(errors="replace")[-300:]) from error
    except UnicodeDecodeError as error:
        raise EngineFailed("its output is not UTF-8") from error

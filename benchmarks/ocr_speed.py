"""Pages a minute from a scanned PDF to everything written, beside peers on the same pages."""

import os
import resource
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from archiver import app
from archiver.model.actor import Actor
from archiver.model.changes import Step
from archiver.model.identity import CaseKey
from archiver.settings import Identity
from archiver.workflow import queries
from archiver.workflow.importing import import_files
from archiver.workflow.processing import process
from archiver.workflow.searchable import searchable_pdf
from benchmarks.ocr_peers import ENVIRONMENT, STATION, OcrMyPdf, bare_tesseract, write_image
from benchmarks.worn_pages import DPI, TEXTS, drawn
from ocr.imaging.arrays import Gray, uint8
from ocr.recipe import PRINT, prepare

CORES = len(os.sched_getaffinity(0))
SOMEONE = Actor("benchmark", "operator", "station", "company")


def speed(folder: Path, count: int, peer: OcrMyPdf | None) -> dict[str, dict[str, float]]:
    """Pages a minute and CPU-seconds a page; as many processes as cores everywhere."""
    scans = [_grained(number) for number in range(count)]
    pdf, images = folder / "scan.pdf", []
    pages = [Image.fromarray(scan) for scan in scans]
    pages[0].save(pdf, save_all=True, append_images=pages[1:], resolution=DPI, quality=85)
    for number in range(count):  # as the recipe hands them over, off the clock
        prepared = prepare(scans[number], DPI, PRINT)
        images.append(folder / f"{number}.pgm")
        write_image(prepared.image, images[-1])
    found = {
        "ours": _timed(count, lambda: read_all(folder / "archive", pdf)),
        "tesseract processes": _timed(count, lambda: _bare(images, prepared.dpi)),
    }
    if peer:
        command = peer.arguments(pdf, folder / "peer.pdf", jobs=CORES)
        found["OCRmyPDF"] = _timed(count, lambda: _run(command, peer.environment()))
    return found


def _grained(number: int) -> Gray:
    """No two pages alike: the station never reads the same scan twice."""
    page = drawn(TEXTS[number % len(TEXTS)], colour=False)
    grain = np.random.default_rng(number).normal(0, 1.5, page.shape)
    return uint8(np.clip(page + grain, 0, 255))


def read_all(root: Path, pdf: Path) -> None:
    """Import, read, index, and the searchable PDF with its check."""
    app.init_archive(root, SOMEONE, Identity(SOMEONE.station, SOMEONE.company))
    with app.open_station(root) as station:
        key = CaseKey.parse("99001/93")
        _finish(import_files(station, SOMEONE, [pdf], key=key, kind="judgment"))
        _finish(process(station, SOMEONE))
        case = queries.find_case(station, "99001/93")
        view = queries.case_view(station, case.id)
        _finish(searchable_pdf(station, view, root / "case.pdf"))


def _finish(steps: Iterable[Step]) -> None:
    deque(steps, maxlen=0)


def _bare(images: list[Path], dpi: int) -> None:
    """Nothing but the reader: prepared pages, one process a page, its own PDF and ALTO."""
    waiting = []
    with ThreadPoolExecutor(CORES) as pool:
        for image in images:
            command = bare_tesseract(image, image.with_suffix(""), dpi, STATION)
            options = ("-c", "tessedit_create_alto=1", "-c", "tessedit_create_pdf=1")
            waiting.append(pool.submit(_run, [*command, *options], ENVIRONMENT))
        for one in waiting:
            one.result()


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=1800, env=environment)


def _timed(count: int, work: Callable[[], None]) -> dict[str, float]:
    started, cpu = time.perf_counter(), _cpu()
    work()
    seconds = time.perf_counter() - started
    return {
        "pages_per_minute": round(60 * count / seconds, 1),
        "cpu_seconds_per_page": round((_cpu() - cpu) / count, 2),
    }


def _cpu() -> float:
    return sum(
        sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )

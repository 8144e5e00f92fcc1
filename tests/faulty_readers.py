"""Readers with faults, for the pool; what they do to a page is told by its resolution."""

import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context

from archiver.errors import PageUnreadable, ToolMissing
from archiver.store.pages import Reading
from archiver.workflow.station import PageJob, Readers

KILLS, BUG, SMUDGED, NO_TOOL = 101, 102, 103, 104


def read(job: PageJob) -> Reading:
    if job.dpi == KILLS:
        os.kill(os.getpid(), signal.SIGKILL)
    if job.dpi == BUG:
        raise ZeroDivisionError("a bug that only this page brings to light")
    if job.dpi == SMUDGED:
        raise PageUnreadable(detail="smudged")
    if job.dpi == NO_TOOL:
        raise ToolMissing(tool="tesseract", detail="gone")
    return Reading(job.stage_key, job.master, 1, f"محكمة {job.dpi}", 0, False, 0.9, "[]")


def make_pool() -> Executor:
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


READERS = Readers(read, make_pool, "faulty readers")

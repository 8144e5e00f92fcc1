"""What readers get out of a PDF again: the two extractors that nearly everybody uses."""

import subprocess
from pathlib import Path

import pypdfium2

from ocr.errors import EngineFailed, EngineMissing, EngineTimeout
from ocr.score import Score, score

TIMEOUT_S = 120


def extract_check(pdf: Path, expected: str) -> dict[str, Score]:
    """The text layer against the text it was made of, by extractor: `poppler`, `pdfium`."""
    return {
        "poppler": score(poppler_text(pdf), expected),
        "pdfium": score(pdfium_text(pdf), expected),
    }


def poppler_text(pdf: Path) -> str:
    """By pdftotext; evince and okular search and select what it says."""
    try:
        done = subprocess.run(
            ["pdftotext", "-enc", "UTF-8", str(pdf), "-"],
            capture_output=True,
            timeout=TIMEOUT_S,
            check=True,
        )
    except FileNotFoundError as error:
        raise EngineMissing("pdftotext is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise EngineTimeout(f"pdftotext took longer than {TIMEOUT_S} seconds") from error
    except subprocess.CalledProcessError as error:
        raise EngineFailed(error.stderr.decode(errors="replace")[-300:]) from error
    return done.stdout.decode("utf-8", errors="replace")


def pdfium_text(pdf: Path) -> str:
    """By PDFium; Chrome and Edge search and select what it says."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(_page_text(page) for page in document)


def _page_text(page: pypdfium2.PdfPage) -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_range())
    finally:
        text_page.close()
        page.close()

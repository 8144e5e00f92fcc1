"""A process of its own, with limits, in which a reader takes the text out of a PDF.

Run as `python -m ocr.pdf_reader poppler|pdfium FILE`: the pages in UTF-8 on standard output, each
ended by a form feed, as pdftotext does. A reader that crashes or runs wild ends this process.
"""

import os
import resource
import sys
from pathlib import Path
from typing import Final

MEMORY_BYTES: Final = 2 << 30
CPU_SECONDS: Final = 600


def main() -> None:
    extractor, pdf = sys.argv[1:]
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    if extractor == "poppler":
        os.execvp("pdftotext", ["pdftotext", "-enc", "UTF-8", pdf, "-"])  # noqa: S606
    _pdfium(Path(pdf))


def _pdfium(pdf: Path) -> None:
    import pypdfium2  # noqa: PLC0415 - poppler's process need not wait for it

    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            text = str(text_page.get_text_range()).replace("\f", " ")
            sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\f")
            text_page.close()
            page.close()


if __name__ == "__main__":
    main()

"""Reading beside its peers, same pages, same run: ours, bare Tesseract, OCRmyPDF.

python -m benchmarks.ocr                     accuracy on worn pages, pages a minute, memory
python -m benchmarks.ocr --quick             one text, six pages
python -m benchmarks.ocr --pages FOLDER      your own images, with their text beside them
python -m benchmarks.ocr --ocrmypdf COMMAND  OCRmyPDF, in an environment of its own
python -m benchmarks.ocr --json              one object on standard output
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.ocr_accuracy import Sample, accuracy
from benchmarks.ocr_memory import memory
from benchmarks.ocr_peers import OcrMyPdf
from benchmarks.ocr_speed import speed
from benchmarks.worn_pages import DPI, TEXTS, worn_pages
from ocr.imaging.stored import read_pixels
from ocr.measure import images_with_truth

QUICK_PAGES, FULL_PAGES = 6, 20
PARTS = ("accuracy", "speed", "memory")


def samples(pages: Path | None, quick: bool) -> Iterator[Sample]:
    if pages is None:
        for worn in worn_pages(TEXTS[:1] if quick else TEXTS):
            yield Sample(worn.wear, worn.image, DPI, worn.text)
        return
    for path in images_with_truth(pages):
        yield Sample(pages.name, read_pixels(path), 0, path.with_suffix(".txt").read_text("utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    parser.add_argument("--quick", action="store_true", help="one text, six pages")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="images with .txt beside them")
    parser.add_argument("--ocrmypdf", default="ocrmypdf", metavar="COMMAND")
    parser.add_argument("--only", choices=PARTS, help="one part of it")
    asked = parser.parse_args()
    found = shutil.which(asked.ocrmypdf)
    peer = OcrMyPdf(found) if found else None
    if peer is None:
        print("OCRmyPDF is not installed here; going on without it", file=sys.stderr)
    result: dict[str, Any] = {"ocrmypdf": peer.version() if peer else None}
    if asked.only in (None, "accuracy"):
        result["accuracy"] = accuracy(samples(asked.pages, asked.quick), peer)
    if asked.only in (None, "memory"):
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            result["memory"] = memory(Path(folder))
    if asked.only in (None, "speed"):
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            count = QUICK_PAGES if asked.quick else FULL_PAGES
            result["speed"] = speed(Path(folder), count, peer)
    if asked.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for line in table(result):
        print(line)


def table(result: dict[str, Any]) -> Iterator[str]:
    """CER in percent by wear and reader; pages a minute and CPU-seconds a page; megabytes."""
    if "accuracy" in result:
        rows = result["accuracy"]
        readers = list(next(iter(rows.values())))
        yield f"{'CER %':16}" + "".join(f"{name:>22}" for name in readers)
        for wear, row in rows.items():
            yield f"{wear:16}" + "".join(_cell(row.get(name), "cer") for name in readers)
        yield ""
    if "speed" in result:
        ours = result["speed"]["ours"]["pages_per_minute"]
        yield f"{'':34}{'pages/min':>12}{'CPU-s/page':>12}{'ours over it':>14}"
        for name, row in result["speed"].items():
            rate, cpu = row["pages_per_minute"], row["cpu_seconds_per_page"]
            yield f"{name:34}{rate:12.1f}{cpu:12.2f}{ours / rate:14.2f}"
        yield ""
    if "memory" in result:
        yield "MB (PSS) at most: " + ", ".join(f"{k} {v}" for k, v in result["memory"].items())


def _cell(row: dict[str, float] | None, key: str) -> str:
    return f"{'—':>22}" if row is None else f"{row[key]:22.1f}"


if __name__ == "__main__":
    main()

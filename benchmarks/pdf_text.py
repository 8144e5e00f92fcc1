"""What a PDF gives back of the text it was made of: ours, Tesseract's, OCRmyPDF's, one run.

python -m benchmarks.pdf_text                     the demo's faces and a page of hard lines
python -m benchmarks.pdf_text --quick             three faces and the hard lines
python -m benchmarks.pdf_text --pages FOLDER      your own images; may be said more than once
python -m benchmarks.pdf_text --ocrmypdf COMMAND  OCRmyPDF, in an environment of its own
python -m benchmarks.pdf_text --json              one object on standard output

Each PDF is held against the text of its own reading, all with the station's model, so that only
the text layer counts. order: characters wrong in the order of the page; lines: characters missing
from their lines, whatever the order of the lines; numbers: those that came out otherwise.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from archiver.demo.manifest import scan_files
from archiver.demo.render import draw_face
from benchmarks.ocr_peers import (
    ENVIRONMENT,
    ROOT,
    STATION,
    TESSDATA,
    TIMEOUT_S,
    OcrMyPdf,
    write_image,
)
from ocr.imaging.arrays import Image as Pixels
from ocr.imaging.stored import read_pixels
from ocr.pdf import PdfPage, write_pdf
from ocr.pdf_check import EXTRACTORS, changed_numbers, extracted
from ocr.reading import read_page
from ocr.recipe import PRINT
from ocr.score import edits, fewest_edits_within, fold
from ocr.tesseract import Tesseract, TesseractSettings

SUFFIXES: Final = {".png", ".jpg", ".tif", ".tiff"}
QUICK_FACES: Final = 3
HARD_LINES: Final = (
    "الطعن رقم ٩٩٠٠١ لسنة ٩٣ ق جلسة ١٧/١٠/٢٠٢٤ الموافق 17/10/2024",
    "بتاريخ ١٢ / ٤ / ٢٠٢٣ أودعت صحيفة الطعن، ص 45-47 من الملف (أ)",
    "المادة (254) من القانون [٣] «نص» بنسبة ٥٠٪ ومبلغ 1,250.75 جنيه",
    "قضت Cour de cassation بتاريخ 12 mars 1936 في الطعن no. 7",
    "مُحَمَّدٌ رَسُولٌ كَتَبَ إِلَى القَاضِي رِسَالَةً فِي شَأْنِ الوَقْفِ",
    "سنة ١ ٩ ٣ ٥ وسنة 1 9 9 8 والأرقام 12 34 56 ثم ١٢ ٣٤",
    "(١) : نعم ؟ - المحامي / أمجد . « انظر (٢) و(٣) » الخ",
)

Sample = tuple[str, Pixels, int, str]
"""Name, pixels, dpi (0 where unknown), language."""


def demo(faces: int | None) -> Iterable[Sample]:
    yield "hard lines", hard_page(), 300, "ara"
    shown = (
        (face, file)
        for bundle in ("case", "heritage")
        for file in scan_files(bundle)
        for face in file.faces
        if file.language == "ara" and not face.back_of
    )
    for number, (face, file) in enumerate(shown):
        if number == faces:
            return
        yield face.name, draw_face(face, file.colour), 300, file.language


def hard_page() -> Pixels:
    """HARD_LINES in 14 points, A4 at 300 dpi."""
    font = ImageFont.truetype(
        ROOT / "resources" / "fonts" / "Amiri-Regular.ttf", 58, layout_engine=ImageFont.Layout.RAQM
    )
    page = Image.new("L", (2480, 3508), 250)
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(HARD_LINES):
        place = (2280, 240 + 150 * row)
        draw.text(place, line, 20, font, anchor="rs", direction="rtl", language="ar")
    return np.asarray(page)


def folder(pages: Path) -> Iterator[Sample]:
    for path in sorted(pages.iterdir()):
        if path.suffix in SUFFIXES:
            with Image.open(path) as image:
                dpi = round(float(image.info.get("dpi", (0, 0))[0]))
            yield path.stem, read_pixels(path), dpi if dpi > 72 else 0, "ara"


def ours(image: Pixels, dpi: int, language: str, place: Path) -> tuple[Path, list[str], float]:
    engine = Tesseract(TesseractSettings(TESSDATA))
    reading = read_page(image, dpi, language, engine, PRINT)
    jpeg, out = place / "ours.jpg", place / "ours.pdf"
    cv2.imwrite(str(jpeg), cv2.cvtColor(image, cv2.COLOR_RGB2BGR) if image.ndim == 3 else image)
    start = time.perf_counter()
    height, width = image.shape[:2]
    page = PdfPage(jpeg, width, height, reading.turn_deg, reading.text.dpi, reading.text)
    write_pdf([page], out, title="page", language="ar")
    return out, [line.text for line in reading.text.lines], time.perf_counter() - start


def tesseract(scan: Path, dpi: int, place: Path) -> tuple[Path, list[str]]:
    models = place / "tessdata"
    models.mkdir(exist_ok=True)
    for path in (TESSDATA / f"{STATION}.traineddata", _pdf_font()):
        if not (models / path.name).exists():
            (models / path.name).symlink_to(path)
    out = place / "tesseract"
    outputs = ("-c", "tessedit_create_pdf=1", "-c", "tessedit_create_txt=1")
    resolution = ("--dpi", str(dpi or 300))
    _run(["tesseract", str(scan), str(out), "--tessdata-dir", str(models), "-l", STATION,
          *resolution, *outputs])  # fmt: skip
    return out.with_suffix(".pdf"), out.with_suffix(".txt").read_text("utf-8").splitlines()


def _pdf_font() -> Path:
    """Tesseract's own glyphless font, which stands beside the models of the system."""
    return next(Path("/usr/share/tesseract-ocr").glob("*/tessdata/pdf.ttf"))


def ocrmypdf(peer: OcrMyPdf, scan: Path, dpi: int, place: Path) -> tuple[Path, list[str]]:
    out, sidecar = place / "ocrmypdf.pdf", place / "ocrmypdf.txt"
    options = ("--sidecar", str(sidecar), "--image-dpi", str(dpi or 300), "--output-type", "pdf")
    _run(peer.arguments(scan, out, *options), peer.environment())
    return out, sidecar.read_text("utf-8").splitlines()


def _run(command: list[str], environment: dict[str, str] = ENVIRONMENT) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S, env=environment)


def judged(pdf: Path, lines: list[str]) -> Counter[str]:
    """Counts, by extractor: they add up over pages."""
    folded = [fold(line) for line in lines]
    whole, counts = fold("\n".join(lines)), Counter(pages=1, bytes=pdf.stat().st_size)
    for extractor in EXTRACTORS:
        start = time.perf_counter()
        found = fold("\n".join(extracted(pdf, extractor)))
        lost = sum(fewest_edits_within(line, found) for line in folded if line not in found)
        changed = changed_numbers(folded, found)
        counts["check_ms"] += round(1000 * (time.perf_counter() - start))
        counts[f"{extractor} letters"] += len(whole)
        counts[f"{extractor} order"] += edits(found, whole)
        counts[f"{extractor} lines"] += lost
        counts[f"{extractor} numbers"] += len(changed)
    return counts


def measured(samples: Iterable[Sample], peer: OcrMyPdf | None) -> dict[str, Counter[str]]:
    tools: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory(prefix="pdf-text-") as temporary:
        place = Path(temporary)
        for name, image, dpi, language in samples:
            scan = place / "scan.png"
            write_image(image, scan)
            pdf, lines, seconds = ours(image, dpi, language, place)
            made = {"ours": (pdf, lines), "tesseract": tesseract(scan, dpi, place)}
            if peer:
                made["ocrmypdf"] = ocrmypdf(peer, scan, dpi, place)
            for tool, (pdf, lines) in made.items():
                tools.setdefault(tool, Counter()).update(judged(pdf, lines))
            tools["ours"]["write_ms"] += round(1000 * seconds)
            print(name, file=sys.stderr)
    return tools


def figures(counts: Counter[str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        f"{extractor}_{what}_percent": round(
            100 * counts[f"{extractor} {what}"] / max(counts[f"{extractor} letters"], 1), 2
        )
        for extractor in EXTRACTORS
        for what in ("order", "lines")
    }
    found |= {f"{e}_numbers_changed": counts[f"{e} numbers"] for e in EXTRACTORS}
    pages = counts["pages"]
    found |= {"pages": pages, "kilobytes_a_page": round(counts["bytes"] / pages / 1000)}
    return found | {
        f"{what}_ms_a_page": round(counts[f"{what}_ms"] / pages)
        for what in ("write", "check")
        if counts[f"{what}_ms"]
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    parser.add_argument("--quick", action="store_true", help="three faces and the hard lines")
    parser.add_argument("--pages", type=Path, action="append", metavar="FOLDER")
    parser.add_argument("--ocrmypdf", default="ocrmypdf", metavar="COMMAND")
    asked = parser.parse_args()
    found = shutil.which(asked.ocrmypdf)
    peer = OcrMyPdf(found) if found else None
    samples = demo(QUICK_FACES if asked.quick else None)
    if asked.pages:
        samples = (sample for pages in asked.pages for sample in folder(pages))
    table = {tool: figures(counts) for tool, counts in measured(samples, peer).items()}
    if asked.json:
        version = peer.version() if peer else None
        print(json.dumps({"ocrmypdf_version": version, "tools": table}, indent=2))
        return
    for tool, row in table.items():
        print(tool, *(f"  {name}: {value}" for name, value in row.items()), sep="\n")


if __name__ == "__main__":
    main()

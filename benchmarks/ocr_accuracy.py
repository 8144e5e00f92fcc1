"""Characters and numbers that are read wrongly, by reader and by wear."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ocr_peers import (
    STATION,
    STOCK,
    TESSDATA,
    OcrMyPdf,
    bare_tesseract,
    text_of,
    write_image,
)
from ocr.imaging.arrays import Image
from ocr.reading import read_page
from ocr.recipe import PRINT
from ocr.score import Score, score
from ocr.tesseract import Tesseract, TesseractSettings

Table = dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class Sample:
    kind: str
    image: Image
    dpi: int
    truth: str


def accuracy(samples: Iterable[Sample], peer: OcrMyPdf | None) -> Table:
    """Pooled rates in percent, by kind and reader. What gave no answer counts as empty."""
    engine = Tesseract(TesseractSettings(TESSDATA))
    tally: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    for sample in samples:
        for reader, text in _readings(sample, engine, peer).items():
            tally[sample.kind][reader] += score(text or "", sample.truth)
    return {
        kind: {name: _rates(total) for name, total in row.items()} for kind, row in tally.items()
    }


def _readings(sample: Sample, engine: Tesseract, peer: OcrMyPdf | None) -> dict[str, str | None]:
    ours = read_page(sample.image, sample.dpi, "ara", engine, PRINT).text.text
    found: dict[str, str | None] = {"ours": ours}
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        path, out = Path(folder) / "page.png", Path(folder) / "page"
        write_image(sample.image, path)
        for model in (STATION, STOCK):
            command = bare_tesseract(path, out, sample.dpi, model)
            found[f"tesseract {model}"] = text_of(command, out.with_suffix(".txt"))
        if peer:
            found["OCRmyPDF"] = peer.text(path, sample.dpi)
    return found


def _rates(total: Score) -> dict[str, float]:
    return {
        "cer": round(100 * total.cer, 2),
        "wer": round(100 * total.wer, 2),
        "number_recall": round(100 * total.number_recall, 2),
    }

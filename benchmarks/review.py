"""How many of the wrong words a reviewer sees who looks at the worst fifth of them.

python -m benchmarks.review                      40 rendered pages and the fictional case
python -m benchmarks.review --quick              4 and 3 pages, under a minute
python -m benchmarks.review --pages FOLDER       images with .txt beside them, read as pages
python -m benchmarks.review --lines FOLDER       images with .txt beside them, read as lines
python -m benchmarks.review --json               one object on standard output

The peer is the reader's own confidence, on the same words in the same run. The rendered pages
are set in our fonts with words of our texts; the seed is not the one that the curves were
fitted to.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from archiver.demo.manifest import scan_files
from archiver.demo.render import draw_face
from archiver.demo.script import truth
from archiver.settings import resource
from ocr.page import PageText
from ocr.probability import judge
from ocr.probability.judge import Judge
from ocr.probability.measure import REVIEWED, calibration_error, caught
from ocr.probability.training.labels import right_words
from ocr.probability.training.pages import sheets
from ocr.reading import read_page
from ocr.recipe import PRINT
from ocr.tesseract import Tesseract, TesseractSettings
from ocr.training import corpus, vocabulary
from ocr.training.forms import material

RENDERED, QUICK_RENDERED, QUICK_FACES = 40, 4, 3
SEED: Final = 1001
RENDERED_DPI: Final = 300
LINE_DPI: Final = 150
DOUBTED: Final = 0.85  # the window's limit

Readings = Iterable[tuple[PageText, str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Words with letters or digits, and how they were judged."""

    right: list[bool]
    probability: list[float]
    confidence: list[float]
    pages: int
    judging_s: float

    def row(self, name: str) -> dict[str, Any]:
        """Shares in percent."""
        wrong = [each for each, is_right in zip(self.probability, self.right, strict=True)
                 if not is_right]  # fmt: skip
        return {
            "name": name,
            "words": len(self.right),
            "wrong": _percent(len(wrong) / max(1, len(self.right))),
            "caught": _percent(caught(self.probability, self.right)),
            "caught_by_confidence": _percent(caught(self.confidence, self.right)),
            "best_possible": _percent(min(1.0, REVIEWED * len(self.right) / max(1, len(wrong)))),
            "calibration_error": _percent(calibration_error(self.probability, self.right)),
            "calibration_error_of_confidence": _percent(
                calibration_error(self.confidence, self.right)
            ),
            "shown_in_window": _percent(
                sum(each < DOUBTED for each in self.probability) / max(1, len(self.right))
            ),
            "wrong_shown_in_window": _percent(
                sum(each < DOUBTED for each in wrong) / max(1, len(wrong))
            ),
            "ms_a_page": round(1000 * self.judging_s / max(1, self.pages), 1),
        }

    def __add__(self, other: "Judged") -> "Judged":
        return Judged(
            self.right + other.right,
            self.probability + other.probability,
            self.confidence + other.confidence,
            self.pages + other.pages,
            self.judging_s + other.judging_s,
        )


NOTHING: Final = Judged([], [], [], 0, 0.0)


def judged(readings: Readings, of: Judge) -> Judged:
    right: list[bool] = []
    probability: list[float] = []
    confidence: list[float] = []
    pages, judging_s = 0, 0.0
    for text, printed in readings:
        begun = time.process_time()
        words = of.judged(text).words
        judging_s, pages = judging_s + time.process_time() - begun, pages + 1
        for word, is_right in zip(words, right_words(text, printed), strict=True):
            if is_right is not None and word.probability is not None:
                right.append(is_right)
                probability.append(word.probability)
                confidence.append(word.confidence)
    return Judged(right, probability, confidence, pages, judging_s)


def rendered(count: int, reader: Tesseract) -> Iterator[tuple[PageText, str]]:
    """Worn pages of our own fonts and words, so that they can be made anywhere."""
    texts = [*material("prose.txt"), *_case_texts()]
    made = sheets(vocabulary.from_texts(texts), texts, [resource("fonts")], SEED)
    for number in range(count):
        page = made.page(number)
        read = read_page(page.image, page.dpi, "ara", reader, PRINT).text
        yield read, "\n".join(page.lines)


def _case_texts() -> list[str]:
    files = sorted((resource("demo") / "case").glob("*.txt"))
    return [line for file in files for line in file.read_text("utf-8").splitlines()]


def fictional_case(count: int, reader: Tesseract) -> Iterator[tuple[PageText, str]]:
    printed = [
        (face, file.colour)
        for file in scan_files("case")
        for face in file.faces
        if truth(face.name)
    ]
    for face, colour in printed[:count]:
        image = draw_face(face, colour)
        yield read_page(image, RENDERED_DPI, "ara", reader, PRINT).text, truth(face.name)


def of_folder(folder: Path, reader: Tesseract, one_line: bool) -> Iterator[tuple[PageText, str]]:
    for item in corpus.lines(folder):
        if one_line:
            line = corpus.for_reading(item.pixels())
            yield reader.recognise(line, LINE_DPI, "ara", "line"), item.text
        else:
            yield read_page(item.pixels(), 0, "ara", reader, PRINT).text, item.text


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    of = judge.read(resource("lexicon"))
    reader = Tesseract(TesseractSettings(resource("tessdata")))
    inputs: list[tuple[str, Readings]] = []
    if not (chosen.pages or chosen.lines):
        pages, faces = (QUICK_RENDERED, QUICK_FACES) if chosen.quick else (RENDERED, 100)
        inputs.append(("rendered pages", rendered(pages, reader)))
        inputs.append(("fictional case", fictional_case(faces, reader)))
    inputs += [(f.name, of_folder(f, reader, one_line=False)) for f in chosen.pages]
    inputs += [(f.name, of_folder(f, reader, one_line=True)) for f in chosen.lines]
    found = {name: judged(readings, of) for name, readings in inputs}
    rows = [each.row(name) for name, each in found.items()]
    if len(rows) > 1:
        rows.append(sum(found.values(), NOTHING).row("all"))
    return {"reviewed": _percent(REVIEWED), "seed": SEED, "rows": rows}


def _percent(share: float) -> float:
    return round(100 * share, 1)


COLUMNS: Final = (
    ("words", "words"),
    ("wrong %", "wrong"),
    ("caught %", "caught"),
    ("by confid.", "caught_by_confidence"),
    ("possible", "best_possible"),
    ("calib. err", "calibration_error"),
    ("of confid.", "calibration_error_of_confidence"),
    ("window %", "shown_in_window"),
    ("its errors", "wrong_shown_in_window"),
    ("ms a page", "ms_a_page"),
)


def table(result: dict[str, Any]) -> str:
    lines = [" " * 18 + "".join(f"{title:>11}" for title, _ in COLUMNS)]
    for row in result["rows"]:
        lines.append(f"{row['name']:18}" + "".join(f"{row[key]:>11}" for _, key in COLUMNS))
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.review",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pages", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--lines", type=Path, action="append", default=[], metavar="FOLDER")
    chosen = parser.parse_args(arguments)
    result = measure(chosen)
    sys.stdout.write((json.dumps(result) if chosen.json else table(result)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

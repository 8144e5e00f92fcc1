"""How far a number may be trusted: Tesseract alone, and with the second reading.

python -m benchmarks.number_reading            5,000 numbers at three qualities
python -m benchmarks.number_reading --quick    under a minute
python -m benchmarks.number_reading --json     one object on standard output
"""

import argparse
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.number_pages import QUALITIES, ROOT, Printed, number_pages
from ocr.numbers.calibration import Evidence
from ocr.numbers.compare import NumberCheck, check_numbers
from ocr.numbers.reader import DigitReader
from ocr.numbers.runs import runs
from ocr.numbers.training.calibrate import fitted
from ocr.reading import read_page
from ocr.recipe import PRINT
from ocr.tesseract import Tesseract, TesseractSettings

MODEL: Final = ROOT / "resources" / "digits" / "digits.onnx"
TESSDATA: Final = ROOT / "resources" / "tessdata"
FULL, QUICK = 5000, 330
Z: Final = 1.96  # of the 95 % interval


@dataclass
class Run:
    """One measuring. tallies: by quality and face; learnt: evidence, and whether it was right."""

    tallies: dict[str, Counter[str]] = field(default_factory=dict)
    learnt: list[tuple[Evidence, bool]] = field(default_factory=list)
    reading_s: float = 0.0
    checking_s: float = 0.0

    def add(self, name: str, counts: Counter[str]) -> None:
        self.tallies.setdefault(name, Counter()).update(counts)


@dataclass(frozen=True, slots=True)
class Outcome:
    printed: Printed
    checks: tuple[NumberCheck, ...]

    @property
    def first_right(self) -> bool:
        read = tuple(run for check in self.checks for run in runs(check.first))
        return read == runs(self.printed.text)

    @property
    def kind(self) -> str:
        if not self.checks:
            return "missed"
        if any(check.needs_review for check in self.checks):
            return "flagged"
        return "right" if self.first_right else "wrong"


def outcomes(
    printed: tuple[Printed, ...], checks: tuple[NumberCheck, ...]
) -> tuple[list[Outcome], list[NumberCheck]]:
    """Each printed number with the checks that lie on it, and the checks that lie on none."""
    owned: list[list[NumberCheck]] = [[] for _ in printed]
    loose = []
    for check in checks:
        shares = [_overlap(each, check) for each in printed]
        best = max(range(len(shares)), key=shares.__getitem__, default=None)
        if best is None or shares[best] < 0.3:
            loose.append(check)
        else:
            owned[best].append(check)
    paired = zip(printed, owned, strict=True)
    return [Outcome(each, tuple(found)) for each, found in paired], loose


def _overlap(printed: Printed, check: NumberCheck) -> float:
    """Share of the smaller of the two that lies in the other."""
    left, top, right, bottom = printed.box
    box = check.box
    width = min(right, box.x + box.width) - max(left, box.x)
    height = min(bottom, box.y + box.height) - max(top, box.y)
    smaller = min((right - left) * (bottom - top), box.width * box.height)
    return max(0.0, width) * max(0.0, height) / max(smaller, 1.0)


def counted(found: list[Outcome], loose: list[NumberCheck]) -> Counter[str]:
    """Numbers by what became of them. `invented`: passed, where no number is printed."""
    counts = Counter(each.kind for each in found)
    counts["numbers"] = len(found)
    counts["first right"] = sum(each.first_right for each in found)
    counts["invented"] = sum(not check.needs_review for check in loose)
    return counts


def learnt(found: list[Outcome], loose: list[NumberCheck]) -> Iterator[tuple[Evidence, bool]]:
    for each in found:
        for check in each.checks:
            yield check.evidence, each.first_right
    for check in loose:
        yield check.evidence, False


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share. Source: Wilson 1927."""
    if not total:
        return 0.0, 1.0
    share, spread = right / total, Z * Z / total
    middle = share + spread / 2
    half = Z * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)


def row(name: str, counts: Counter[str]) -> dict[str, Any]:
    """Shares in percent. `passed right`: of the numbers nobody was asked to look at."""
    passed = counts["right"] + counts["wrong"] + counts["invented"]
    low, high = wilson(counts["right"], passed)
    seen = counts["numbers"] - counts["missed"]
    return {
        "name": name,
        "numbers": counts["numbers"],
        "tesseract_right": _percent(counts["first right"], counts["numbers"]),
        "tesseract_right_of_seen": _percent(counts["first right"], seen + counts["invented"]),
        "passed": passed,
        "passed_right": _percent(counts["right"], passed),
        "passed_right_interval": [round(100 * low, 2), round(100 * high, 2)],
        "flagged": _percent(counts["flagged"], counts["numbers"]),
        "missed": _percent(counts["missed"], counts["numbers"]),
        "wrong": counts["wrong"],
        "invented": counts["invented"],
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def measure(count: int, seed: int) -> Run:
    run = Run()
    reader, first = DigitReader(MODEL), Tesseract(TesseractSettings(TESSDATA))
    for page in number_pages(count, seed):
        begun, begun_cpu = time.perf_counter(), 0.0
        text = read_page(page.image, page.dpi, "ara", first, PRINT).text
        run.reading_s += time.perf_counter() - begun
        begun_cpu = time.process_time()
        checks = check_numbers(page.image, text, reader)
        run.checking_s += time.process_time() - begun_cpu
        found, loose = outcomes(page.printed, checks)
        face = "faces never trained on" if page.unseen else "faces trained on"
        for name in ("all", page.quality, face):
            run.add(name, counted(found, loose))
        run.learnt += learnt(found, loose)
    return run


def result(run: Run, seed: int) -> dict[str, Any]:
    names = ["all", *(q.name for q in QUALITIES), "faces trained on", "faces never trained on"]
    numbers = run.tallies["all"]["numbers"]
    return {
        "seed": seed,
        "rows": [row(name, run.tallies[name]) for name in names if name in run.tallies],
        "tesseract_ms_per_number": round(1000 * run.reading_s / numbers, 1),
        "second_reading_cpu_ms_per_number": round(1000 * run.checking_s / numbers, 2),
    }


def table(found: dict[str, Any]) -> str:
    lines = [
        f"{'':24}{'numbers':>8}{'Tesseract':>11}{'unflagged':>11}{'95 % interval':>18}"
        f"{'flagged':>9}{'missed':>8}{'wrong':>7}{'invented':>9}",
        f"{'':24}{'':>8}{'right %':>11}{'right %':>11}{'':>18}{'%':>9}{'%':>8}",
    ]
    for each in found["rows"]:
        low, high = each["passed_right_interval"]
        lines.append(
            f"{each['name']:24}{each['numbers']:8}{each['tesseract_right']:11.2f}"
            f"{each['passed_right']:11.2f}{f'{low:.2f} - {high:.2f}':>18}"
            f"{each['flagged']:9.2f}{each['missed']:8.2f}{each['wrong']:7}{each['invented']:9}"
        )
    lines.append(
        f"a number: Tesseract {found['tesseract_ms_per_number']} ms, "
        f"second reading {found['second_reading_cpu_ms_per_number']} ms of one processor"
    )
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.number_reading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} numbers instead of {FULL}")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seed", type=int, default=30)
    parser.add_argument("--calibrate", action="store_true", help="print curves for calibration.py")
    chosen = parser.parse_args(arguments)
    run = measure(QUICK if chosen.quick else FULL, chosen.seed)
    if chosen.calibrate:
        text = str(fitted(run.learnt))
    else:
        found = result(run, chosen.seed)
        text = json.dumps(found) if chosen.json else table(found)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

"""What the station reads out of a case file: precision and recall of each field.

python -m benchmarks.extraction                 headings and the fictional case, 0 to 10 % damage
python -m benchmarks.extraction --quick         two seeds instead of eight, under a minute
python -m benchmarks.extraction --read          the fictional case drawn and read, too (minutes)
python -m benchmarks.extraction --examples      what went wrong, field by field
python -m benchmarks.extraction --json          one object on standard output

The headings are texts of a century's forms (tests/headings), one page each: nothing can agree with
anything. The fictional case has thirteen pages that can. Damage is of the kinds that readers do,
seeded; "5% but figures" leaves the figures whole, which shows the rules apart from what no rule
can know: of numbers of seven figures 5 % damage spoils 30 %. "Sure and wrong" counts proposals of
0.9 or more that are wrong: it has to be 0 for numbers.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

from archiver.demo.manifest import faces, scan_files
from archiver.demo.script import truth as printed
from archiver.metadata.extraction.case_file import extract
from archiver.metadata.extraction.kinds import page_kind
from archiver.metadata.extraction.page import PageText
from benchmarks.extraction_reading import read_demo
from benchmarks.extraction_score import FIELDS, Tallies, count_kind, empty, score
from benchmarks.headings import headings
from benchmarks.noise import damaged as with_damage
from benchmarks.noise import seeded

SHARES: Final = (0.0, 0.02, 0.05, 0.1)
FIGURES_WHOLE: Final = "5% but figures"
SEEDS, QUICK_SEEDS = 8, 2
SPEED_ROUNDS, QUICK_ROUNDS = 40, 8
_APPELLANT: Final = "شركة الواحة الافتراضية للتوريدات (ش.م.م)"
DEMO: Final[dict[str, tuple[str, ...]]] = {
    "case_key": ("99001/93",),
    "series": ("civil",),
    "circuit": ("civil_commercial",),
    "circuit_day": ("thu:letter_2",),
    "hearing_date": ("2024-11-21", "2024-10-17"),
    "hearing_date_hijri": ("1446-05-19", "1446-04-14"),
    "filing_date": ("2023-04-12",),
    "bench": (
        "presiding:أمجد مثال الافتراضي", "member:حاتم عينة البيان", "member:سامح نموذج العرض",
        "member:كريم تجربة الفحص", "member:وائل اختبار السجل",
    ),
    "prosecution_member": ("نموذج رأي التوضيحي",),
    "clerk": ("عادل قيد الجلسات",),
    "counsel": ("حليم تجريب العينة",),
    "lower_court": ("ca_cairo",),
    "lower_case": ("8888/139",),
    "lower_date": ("2023-02-15",),
    "disposition": ("quash_remit",),
}  # fmt: skip
# Parties are named differently from page to page: they are measured on the headings.
_NOT_OF_THE_DEMO: Final = frozenset({"party", "laws_cited"})


def main() -> int:
    options = _options().parse_args()
    seeds = QUICK_SEEDS if options.quick else SEEDS
    results = {}
    for share in SHARES:
        rounds = range(seeds if share else 1)
        results[f"headings {share:.0%}"] = _headings(share, rounds)
        results[f"case {share:.0%}"] = _cases(share, rounds)
    results[FIGURES_WHOLE] = _headings(0.05, range(seeds), figures=False)
    if options.read:
        results["case read"] = _read_case()
    speed = _speed(QUICK_ROUNDS if options.quick else SPEED_ROUNDS)
    if options.json:
        print(json.dumps(_object(results, speed), ensure_ascii=False, indent=1))
    else:
        _table(results, speed)
        if options.examples:
            _examples(results)
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    for name in ("--quick", "--read", "--examples", "--json"):
        parser.add_argument(name, action="store_true")
    return parser


def _headings(share: float, rounds: range, *, figures: bool = True) -> Tallies:
    tallies = empty()
    for seed in rounds:
        for heading in headings():
            random = seeded(seed, heading.name)
            text = with_damage(heading.text, share, random, figures=figures)
            page = PageText(1, text)
            guess = page_kind(page)[0]
            count_kind(heading.kind, guess.kind, guess.probability, tallies, heading.name)
            found = extract([(page, guess.kind)])
            score(heading.truth, found, tallies, heading.name, damaged=share > 0)
    return tallies


def _cases(share: float, rounds: range) -> Tallies:
    tallies = empty()
    for seed in rounds:
        pages = [
            (PageText(number, with_damage(text, share, seeded(seed, number))), kind)
            for number, (text, kind) in enumerate(_demo(), start=1)
        ]
        _score_case(pages, tallies, damaged=share > 0)
    return tallies


def _score_case(pages: list[tuple[PageText, str]], tallies: Tallies, damaged: bool) -> None:
    guessed = []
    for page, kind in pages:
        guess = page_kind(page)[0]
        count_kind(kind, guess.kind, guess.probability, tallies, f"page {page.position}")
        guessed.append((page, guess.kind))
    found = [each for each in extract(guessed) if each.field not in _NOT_OF_THE_DEMO]
    score(DEMO, found, tallies, "case", damaged=damaged)


def _demo() -> Iterator[tuple[str, str]]:
    for bundle, face in faces():
        if bundle == "case":
            yield printed(face.name), _kind_of(face.name)


def _kind_of(name: str) -> str:
    for file in scan_files("case"):
        for face in file.faces:
            if face.name == name:
                return "blank" if face.back_of else file.kind
    raise KeyError(name)


def _read_case() -> Tallies:
    """The fictional case drawn as it looks scanned and read with the station's own reader."""
    tallies = empty()
    _score_case(list(read_demo()), tallies, damaged=True)
    return tallies


def _speed(rounds: int) -> float:
    """Case files a minute of the fictional case's size, kinds and fields, one core."""
    pages = [PageText(number, text) for number, (text, _) in enumerate(_demo(), start=1)]
    start = time.process_time()
    for _ in range(rounds):
        fresh = [PageText(page.position, page.text) for page in pages]
        extract([(page, page_kind(page)[0].kind) for page in fresh])
    return 60 * rounds / (time.process_time() - start)


def _object(results: dict[str, Tallies], speed: float) -> dict[str, Any]:
    rows = {
        name: {of: tallies[of].row() for of in FIELDS if of in tallies}
        for name, tallies in results.items()
    }
    return {"results": rows, "case_files_a_minute": round(speed)}


def _table(results: dict[str, Tallies], speed: float) -> None:
    print("precision / recall %, and how many were wrong though sure\n")
    print(f"{'':20}" + "".join(f"{name:>16}" for name in results))
    for of in FIELDS:
        cells = [_cell(tallies, of) for tallies in results.values()]
        print(f"{of:20}" + "".join(f"{cell:>16}" for cell in cells))
    print(f"\n{speed:.0f} case files a minute on one core (13 pages each)")


def _cell(tallies: Tallies, of: str) -> str:
    if of not in tallies or not (tallies[of].right + tallies[of].missed + tallies[of].wrong):
        return "-"
    tally = tallies[of]
    sure = f" {tally.sure_and_wrong}!" if tally.sure_and_wrong else ""
    return f"{100 * tally.precision:.0f}/{100 * tally.recall:.0f}{sure}"


def _examples(results: dict[str, Tallies]) -> None:
    for name, tallies in results.items():
        for of in FIELDS:
            for example in tallies[of].examples[:8] if of in tallies else ():
                print(f"{name}: {example}")


if __name__ == "__main__":
    sys.exit(main())

"""The case's own numbers, and those of the case below."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from archiver.metadata.extraction.court import lower_court
from archiver.metadata.extraction.days import continues
from archiver.metadata.extraction.finding import Finding
from archiver.metadata.extraction.mend import case_mentions, is_year_word
from archiver.metadata.extraction.shapes import HEAD_LETTERS, Shapes, pattern, stream_of

_ALONE: Final = 0.82  # one reading of a number is never sure
_MENDED: Final = 0.72
_OTHER_PAPERS: Final = frozenset(
    {
        "contested_judgment", "first_judgment", "lower_minutes", "power_of_attorney", "id_copy",
        "contract", "police_report", "medical_report", "expert_report", "exhibit", "photo", "blank",
        "separator", "correspondence",
    }
)  # fmt: skip
_CITING: Final = frozenset({"principle_sheet"})
_LABELLED: Final = (
    r"رقم\s+الطعن\s*[:.]?\s*(?P<number>[0-9]{1,6})\s*[|,;\s]\s*سنه\s*[:.]?\s*"
    r"(?P<year>[0-9]{1,2})(?![0-9])"
)
_BODY_KINDS: Final = frozenset({"other"})


def case_keys(shapes: Shapes, kind: str, series: str) -> tuple[list[Finding], int]:
    """The numbers of the case that the page belongs to, and the offset at which they end.

    The first naming in the heading counts; what the body cites does not. Papers of other courts
    and of the parties name other cases.
    """
    if kind in _OTHER_PAPERS:
        return [], 0
    if labelled := pattern(_LABELLED).search(shapes.classes):
        key = (int(labelled["number"]), int(labelled["year"]))
        place = shapes.folded.origin(labelled.start(), labelled.end())
        return [_key(series, key, _ALONE, place)], place[1]
    for mention in case_mentions(shapes.folded):
        if kind not in _CITING and shapes.at(mention.start) > HEAD_LETTERS:
            break
        place = shapes.folded.origin(mention.start, mention.end)
        chance = _MENDED if mention.mended else _ALONE
        chance *= 0.5 if kind in _BODY_KINDS and not continues(shapes) else 1.0
        numbers = mention.mention.numbers
        keys = [(number.number, number.judicial_year) for number in numbers]
        return [_key(series, key, chance, place) for key in dict.fromkeys(keys)], place[1]
    return [], 0


def _key(series: str, key: tuple[int, int], chance: float, place: tuple[int, int]) -> Finding:
    value = {"series": series, "number": key[0], "judicial_year": key[1]}
    return Finding("case_key", value, f"{key[0]}/{key[1]}", chance, "case number", *place)


_APPEALS: Final = ("الاستئناف رقم", "الاستئنافين رقمي", "بالاستئناف رقم")
_CRIMES: Final = (
    "الجناية رقم", "الجنحة رقم", "الجدول الكلي برقم", "الكلي برقم", "النيابة العامة رقم",
)  # fmt: skip
_SUITS: Final = ("الدعوى رقم",)
_AFTER: Final = re.compile(
    r"[\s:(]*(?P<number>[0-9]{1,6})(?![0-9])\s{0,2}(?P<word>[^\W0-9]{1,6}\s?[^\W0-9]{0,3})\s{0,2}"
    r"(?P<year>[0-9]{4}|[0-9]{1,3})(?![0-9])"
)
_LOWER_PAPERS: Final = frozenset(
    {
        "judgment", "cover", "appeal_statement", "appeal_report", "contested_judgment", "minutes",
        "prosecution_memo", "decision_chamber",
    }
)  # fmt: skip
_NAMED: Final = 0.8


def lower_cases(shapes: Shapes, kind: str) -> Iterator[Finding]:
    """Number and year of the case in the court below: «8888/139», «4408/2009»."""
    if kind not in _LOWER_PAPERS or (kind == "judgment" and continues(shapes)):
        return
    found = list(_numbered(shapes, _APPEALS)) or list(_numbered(shapes, _CRIMES))
    if not found and any(each.value == "economic" for each in lower_court(shapes, kind)):
        found = list(_numbered(shapes, _SUITS))
    seen: set[str] = set()
    for each in sorted(found, key=lambda finding: finding.start):
        if each.value not in seen:
            seen.add(each.value)
            yield each


def _numbered(shapes: Shapes, cues: Sequence[str]) -> Iterator[Finding]:
    folded = shapes.folded
    for cue in cues:
        for span in shapes.find(stream_of(cue)):
            match = _AFTER.match(folded.text, shapes.in_folded(span)[1])
            if match and is_year_word(re.sub(r"\s", "", match["word"])):
                value = f"{int(match['number'])}/{int(match['year'])}"
                place = folded.origin(match.start("number"), match.end())
                yield Finding("lower_case", value, value, _NAMED, cue, *place)


_CRIMINAL_CIRCUITS: Final = frozenset({"criminal", "ga_criminal"})
_CRIMINAL_CUES: Final = ("الجدول الجنائي", "نيابة النقض الجنائي", "تقرير بالطعن", "محكمة جنايات")
_CRIMINAL_SUBJECTS: Final = frozenset(
    {
        "s022", "s025", "s029", "s033", "s035", "s036", "s037", "s043", "s051", "s061", "s067",
        "s085", "s087", "s088",
    }
)  # fmt: skip
_OLD_COURT: Final = stream_of("محكمة النقض والإبرام")
_NATIONAL: Final = stream_of("الأهلية")
_REQUESTS: Final = ("الطلب رقم", "الطلبات أرقام", "الطلبين المقيدين")


@cache
def _shape(words: str) -> str:
    return stream_of(words)


def series_shown(shapes: Shapes, circuit: str, subjects: Sequence[str]) -> str:
    """The docket series that a page of the Court shows; "" where it shows none."""
    if circuit == "misd_cass":
        return "misdemeanour"
    if circuit == "judges" or any(shapes.exactly(_shape(cue)) for cue in _REQUESTS):
        return "judges"
    if shapes.find(_OLD_COURT, 0, 120) and shapes.find(_NATIONAL, 0, 160):
        return "national_courts"
    cued = any(shapes.find(_shape(cue), 0, HEAD_LETTERS) for cue in _CRIMINAL_CUES)
    if circuit in _CRIMINAL_CIRCUITS or cued or not _CRIMINAL_SUBJECTS.isdisjoint(subjects):
        return "criminal"
    return "civil" if circuit else ""

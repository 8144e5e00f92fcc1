"""Where a judgment is printed, what it is about, and which laws it names."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from rapidfuzz.distance.Levenshtein import distance

from archiver.metadata.extraction.finding import Finding
from archiver.metadata.extraction.shapes import Shapes, pattern, slips_allowed, stream_of
from archiver.settings import resource
from index.arabic import fold_text

_SURE: Final = 0.88
_ALONE: Final = 0.75
_REST: Final = 90  # letters within which part, page and rule follow the volume
_PAPERS: Final = frozenset({"judgment", "principle_sheet", "contested_judgment", "correspondence"})
_OFFICE: Final = r"مكتب\s*فني\s*[:.]?\s*(?P<year>[0-9]{1,2})(?![0-9])"
_VOLUME: Final = (
    r"(?<!\w)ا?لسنه\s*[:.]?\s*(?P<year>[0-9]{1,2}(?![0-9])|[^\W0-9]+(?:\s+(?:و?[^\W0-9]+))?)"
)
_SHORT: Final = r"(?<!\w)س\s*(?P<year>[0-9]{1,2})\s*(?P<kind>[جع])\s*(?P<part>[0-9]{1,2})(?![0-9])"
_PART: Final = (
    r"(?<!\w)(?:الجزء?|\w?العدد|الع\wد|الجز\w|\w?لجزء|[جع](?=\s*[:.]?\s*[0-9]))\s*[:.]?\s*"
    r"(?P<part>[0-9]{1,2}(?![0-9])|[^\W0-9]{4,9})"
)
_PAGE: Final = r"(?<!\w)(?:ص|صفحه|الصفحه?)\s*[:.]?\s*(?P<page>[0-9]{1,4})(?![0-9])"
_RULE: Final = r"(?<!\w)(?:ق|القاعده?)\s*[:.]?\s*(?P<rule>[0-9]{1,4})(?![0-9])"
_RULE_LINE: Final = r"^[^\S\n]*[(\[]\s*(?P<rule>[0-9]{1,4})\s*[)\]][^\S\n]*$"
_FOLLOWS: Final = re.compile(r"\s*[^\W0-9][^\n0-9]{4,24}[0-9]{1,6}[^\n]{2,12}[0-9]{1,2}(?![0-9])")
_COLLECTION: Final = stream_of("أحكام النقض")
_HEAD_LINES: Final = 110
_VOLUMES: Final = range(1, 100)
_ORDINAL_LETTERS: Final = 4
_ORDINALS: Final = (
    "الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة",
    "التاسعة", "العاشرة",
)  # fmt: skip


def citation(shapes: Shapes, kind: str) -> Iterator[Finding]:
    """Volume year, part, page and rule number, in any of the three forms.

    «مكتب فني 17 ج 2 ق 112 ص 825»; «السنة 28 – الجزء الثانى – صـ 1729» with the rule in a line of
    its own; «س 7 ع 3 ص 863 ق 123».
    """
    if kind not in _PAPERS:
        return
    yield from _office(shapes) or _short(shapes) or _volume(shapes)
    if kind == "judgment":
        yield from _rule_line(shapes)


def _office(shapes: Shapes) -> list[Finding]:
    match = pattern(_OFFICE).search(shapes.classes)
    return _with_rest(shapes, match, "technical office") if match else []


def _short(shapes: Shapes) -> list[Finding]:
    match = pattern(_SHORT).search(shapes.classes)
    return _with_rest(shapes, match, "volume, part, page, rule") if match else []


def _volume(shapes: Shapes) -> list[Finding]:
    head = shapes.find(_COLLECTION, 0, 200)
    start = shapes.in_folded(head[0])[1] if head else 0
    for match in pattern(_VOLUME).finditer(shapes.classes, start, start + _HEAD_LINES):
        year = _figure(match["year"])
        rest = shapes.classes[match.end() : match.end() + _REST]
        if year in _VOLUMES and (head or pattern(_PAGE).search(rest)):
            return _with_rest(shapes, match, "collection heading", before=bool(head))
    lines = pattern(r"\W").match(shapes.classes, start) if head else None
    return _with_rest(shapes, lines, "collection heading") if lines else []


def _with_rest(
    shapes: Shapes, match: re.Match[str], rule: str, *, before: bool = False
) -> list[Finding]:
    """The volume and what stands around it on the same line or the next."""
    found = []
    if match.groupdict().get("year"):
        year = match.span("year")
        found.append(_number(shapes, "to_year", match["year"], *year, rule))
    start = max(0, match.start() - _REST) if before else match.end()
    if match.groupdict().get("part"):
        start = match.start()
    for field, words, name in (
        ("to_part", _PART, "part"), ("to_page", _PAGE, "page"), ("rule_no", _RULE, "rule"),
    ):  # fmt: skip
        place = pattern(words).search(shapes.classes, start, match.end() + _REST)
        if field == "to_part" and match.groupdict().get("part"):
            found.append(
                _number(shapes, field, match["part"], match.start("part"), match.end("part"), rule)
            )
        elif place:
            found.append(
                _number(shapes, field, place[name], place.start(name), place.end(name), rule)
            )
    return [each for each in found if each.value]


def _number(shapes: Shapes, field: str, figures: str, start: int, end: int, rule: str) -> Finding:
    value = _figure(figures)
    return Finding(field, value, str(value), _SURE, rule, *shapes.folded.origin(start, end))


def _figure(text: str) -> int:
    """A number in figures, or an ordinal in (class letters of) words; 0 where it is neither."""
    if text.isdigit():
        return int(text)
    shape = re.sub(r"\W|_", "", text)
    exact = _ordinals().get(shape, 0)
    if exact or len(shape) < _ORDINAL_LETTERS:
        return exact
    near = {n for known, n in _ordinals().items() if distance(shape, known) <= 1}
    return near.pop() if len(near) == 1 else 0


@cache
def _ordinals() -> dict[str, int]:
    masculine = (
        "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع",
        "العاشر",
    )  # fmt: skip
    ordinals: dict[str, int] = {}
    for words in (_ORDINALS, masculine):
        for number, word in enumerate(words, start=1):
            ordinals[stream_of(word)] = number
            if number < 10:
                unit = {1: "الحادية"}.get(number, word)
                ordinals[stream_of(f"{unit} عشرة")] = 10 + number
                ordinals[stream_of(f"{unit} عشر")] = 10 + number
                for tens, ten in (("والعشرون", 20), ("والثلاثون", 30), ("والأربعون", 40)):
                    ordinals[stream_of(f"{unit} {tens}")] = ten + number
                    ordinals[stream_of(f"{unit} {tens[:-2]}ين")] = ten + number
    for tens, ten in (("العشرون", 20), ("الثلاثون", 30), ("الأربعون", 40)):
        ordinals[stream_of(tens)] = ordinals[stream_of(f"{tens[:-2]}ين")] = ten
    return ordinals


def _rule_line(shapes: Shapes) -> Iterator[Finding]:
    """A number in brackets on a line of its own, just before the case."""
    for match in pattern(_RULE_LINE).finditer(shapes.classes):
        if _FOLLOWS.match(shapes.classes, match.end()):
            yield Finding(
                "rule_no", int(match["rule"]), match["rule"], _ALONE, "number on its own line",
                *shapes.folded.origin(match.start("rule"), match.end("rule")),
            )  # fmt: skip
            return


_ENUMERATOR: Final = re.compile(
    r"[(\[]\s*(?:[^\W0-9]ـ?|[0-9٠-٩]{1,2})\s*[)\]]|^\s*[0-9٠-٩]{1,2}\s*[-–.]"
)
_QUOTED: Final = re.compile(
    r"[\s.]*(?P<head>[^\"«“.:]{2,40}?)\s*[.:]?\s*[\"«“](?P<sub>[^\"»”]{2,200})[\"»”]"
)
_FIRST: Final = re.compile(r"^\s*(?P<head>[^\"«“.:]{2,40}?)\s*\.")
_WHOLE: Final = re.compile(r"^\s*(?P<head>[^\W0-9]+(?: [^\W0-9]+){0,4})\s*$")
_LABEL: Final = re.compile(r"^\s*الموجز\s*:")
_SUBJECT_LINES: Final = 6


def subjects(shapes: Shapes, kind: str, after: int) -> Iterator[Finding]:
    """Subject headings from the lines that follow the case's number, at offset `after`.

    The first level is what stands before the quotation marks or the first full stop, the second
    what stands between the marks. Only headings of the vocabulary are taken.
    """
    if kind not in ("judgment", "principle_sheet"):
        return
    text = shapes.page.text
    offset = text.find("\n", after) + 1
    for line in text[offset:].split("\n")[:_SUBJECT_LINES] if offset else ():
        yield from _in_line(line, offset)
        offset += len(line) + 1


def _in_line(line: str, offset: int) -> Iterator[Finding]:
    label = _LABEL.match(line)
    at = label.end() if label else 0
    for piece in _ENUMERATOR.split(line[at:]):
        start = line.find(piece, at)
        at = start + len(piece)
        for match in _topics(piece):
            code = _heading_code(match["head"])
            if code:
                sub = match.groupdict().get("sub", "") or ""
                begin = offset + start + match.start("head")
                yield Finding(
                    "subject_heading", {"heading": code, "sub": sub.strip(" .")}, code, 0.8,
                    "heading after the number", begin, offset + start + match.end(),
                )  # fmt: skip


def _topics(piece: str) -> Iterator[re.Match[str]]:
    """Each heading with its quoted second level, or the one heading there is."""
    quoted = _QUOTED.match(piece)
    if quoted is None:
        alone = _FIRST.match(piece) or _WHOLE.match(piece)
        if alone:
            yield alone
    while quoted:
        yield quoted
        quoted = _QUOTED.match(piece, quoted.end())


@cache
def _headings() -> dict[str, str]:
    vocabulary: dict[str, Any] = json.loads(
        resource("vocabularies/subject_heading.json").read_text("utf-8")
    )
    return {
        stream_of(name): item["code"]
        for item in vocabulary["items"]
        for name in item["ar"].split("/")
    }


def _heading_code(words: str) -> str:
    """The code of a heading, but for its dots and a letter of a longer one; "" for none."""
    shape = stream_of(words)
    exact = _headings().get(shape)
    allowed = slips_allowed(shape)
    if exact or not allowed:
        return exact or ""
    near = {
        code
        for known, code in _headings().items()
        if distance(shape, known, score_cutoff=allowed) <= allowed
    }
    return near.pop() if len(near) == 1 else ""


_LAW: Final = (
    r"(?<!\w)(?:ال)?(?:قانون|قرار\s+بقانون|مرسوم\s+بقانون)\s+(?:رقم\s+)?(?P<law>[0-9]{1,4})\s+"
    r"(?:ل?سنه)\s+(?P<year>[0-9]{4})(?![0-9])"
)
_LAW_YEARS: Final = range(1880, 2100)
_LAW_PAPERS: Final = frozenset(
    {"judgment", "principle_sheet", "prosecution_memo", "appeal_statement", "defence_memo"}
)


def laws(shapes: Shapes, kind: str) -> Iterator[Finding]:
    """The laws named by number and year."""
    if kind not in _LAW_PAPERS:
        return
    seen: set[str] = set()
    for match in pattern(_LAW).finditer(shapes.classes):
        name = f"القانون رقم {int(match['law'])} لسنة {match['year']}"
        if int(match["year"]) in _LAW_YEARS and name not in seen:
            seen.add(name)
            place = shapes.folded.origin(match.start(), match.end())
            yield Finding("laws_cited", name, fold_text(name), 0.8, "law by number", *place)

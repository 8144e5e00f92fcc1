"""What was decided: the operative part."""

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance.Levenshtein import distance

from archiver.metadata.extraction.finding import Finding
from archiver.metadata.extraction.shapes import Shapes, Span, stream_of

_LINE: Final = re.compile(r"^[^\n]{4,40}$", re.MULTILINE)
_OPERATIVE: Final = tuple(  # and how many letters of it may be wrong
    (stream_of(words), len(stream_of(words)) // 4)
    for words in ("فلهذه الأسباب", "لهذه الأسباب", "لذلك", "فلذلك")
)
_RUNNING: Final = ("فلهذه الأسباب",)
_CHAMBER: Final = ("قررت المحكمة", "أمرت المحكمة", "حكمت المحكمة", "قرار المحكمة")
# The first group whose words all stand in the operative part decides.
_OUTCOMES: Final[tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]] = (
    ("confirm_death", (("إقرار الحكم", "بإعدام"),)),
    ("referred_ga", (("إحالة الطعن", "الهيئة العامة"), ("بإحالة الطعن", "الهيئة العامة"))),
    ("abated", (("انقضاء الدعوى الجنائية",), ("بانقضاء الدعوى",))),
    ("acquit", (("بنقض الحكم", "وبراءة"), ("نقضت المحكمة", "وبراءة"), ("نقض الحكم", "ببراءة"))),
    ("quash_partial", (("نقضت المحكمة", "جزئيا"), ("بنقض الحكم", "جزئيا"))),
    ("quash_rectify", (
        ("بنقض الحكم", "وتصحيحه"), ("بنقض الحكم", "تصحيح الحكم"), ("وتصحيح الحكم المطعون فيه",),
    )),
    ("quash_merits", (
        ("نقضت المحكمة", "وحكمت في موضوع"), ("نقضت المحكمة", "وفي موضوع الاستئناف"),
        ("بنقض الحكم", "وفي موضوع الاستئناف"), ("نقضت المحكمة", "وقضت في موضوع"),
    )),
    ("quash_remit", (
        ("نقضت المحكمة", "وأحالت"), ("نقضت المحكمة", "وإحالة"), ("بنقض الحكم", "والإعادة"),
        ("بنقض الحكم", "وإعادة القضية"), ("بنقض الحكم", "والإحالة"), ("بنقض الحكم", "وإحالة"),
    )),
    ("dismiss", (("رفضت المحكمة الطعن",), ("برفض الطعن",), ("وفي الموضوع برفضه",), ("رفض الطعن",))),
    ("inadmissible_form", (("بعدم قبول الطعن شكلا",), ("عدم قبول الطعن شكلا",))),
    ("inadmissible", (("بعدم قبول الطعن",), ("عدم قبول الطعن",))),
    ("not_allowed", (("بعدم جواز الطعن",), ("عدم جواز الطعن",))),
    ("null", (("ببطلان الطعن",), ("بطلان الطعن",))),
    ("lapse", (("بسقوط الطعن",), ("سقوط الطعن",))),
    ("withdrawn", (("ترك الخصومة",), ("بترك الخصومة",), ("بإثبات ترك",))),
    ("interrupted", (("انقطاع سير الخصومة",), ("بانقطاع سير الخصومة",))),
    ("stay_exec", (("وقف تنفيذ الحكم",), ("بوقف تنفيذ الحكم",))),
    ("stayed", (("وقف السير في الطعن",), ("تعليق الفصل في الطعن",), ("بوقف الطعن",))),
    ("adjourned", (("تأجيل نظر الطعن",), ("تأجيل الطعن",), ("التأجيل لجلسة",), ("التأجيل",))),
)  # fmt: skip
_DECIDES: Final = frozenset({"judgment", "decision_chamber", "minutes"})
_SURE: Final = 0.88
_SLIPPED: Final = 0.7
_LONGEST: Final = 600


def disposition(shapes: Shapes, kind: str) -> Iterator[Finding]:
    """The outcome that stands after «لذلك» or «فلهذه الأسباب», or that a chamber ordered."""
    start = _operative(shapes, kind) if kind in _DECIDES else None
    if start is None:
        return
    for code, groups in _OUTCOMES:
        for words in groups:
            spans = [shapes.find(stream_of(each), start, start + _LONGEST) for each in words]
            if all(spans):
                yield _outcome(shapes, code, [found[0] for found in spans])
                return


def _outcome(shapes: Shapes, code: str, spans: list[Span]) -> Finding:
    slips = sum(span.slips for span in spans)
    first = min(spans, key=lambda span: span.start)
    return Finding(
        "disposition", code, code, _SLIPPED if slips else _SURE, "operative part",
        *shapes.origin(first),
    )  # fmt: skip


def _opens(line: str) -> bool:
    """Whether a line, in class letters, is nothing but the words that open the operative part."""
    letters = "".join(filter(str.isalpha, line))
    return any(
        distance(letters, words, score_cutoff=allowed) <= allowed for words, allowed in _OPERATIVE
    )


def _operative(shapes: Shapes, kind: str) -> int | None:
    """Where the operative part begins in the stream."""
    ends = [match.end() for match in _LINE.finditer(shapes.classes) if _opens(match.group())]
    if ends:
        return shapes.at(ends[-1])
    cues = _RUNNING if kind == "judgment" else _CHAMBER
    found = [span.end for cue in cues for span in shapes.find(stream_of(cue))]
    return max(found) if found else None

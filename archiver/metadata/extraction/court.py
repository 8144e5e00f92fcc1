"""Which circuit sits, and whose judgment is contested."""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance.Levenshtein import distance

from archiver.metadata.extraction.finding import Finding
from archiver.metadata.extraction.kinds import title_end
from archiver.metadata.extraction.shapes import HEAD_LETTERS, Shapes, Span, pattern, stream_of

# In the order of their weight: what names more stands before what it contains.
_CIRCUITS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ga_both", ("الهيئتان مجتمعتين", "الهيئتين مجتمعتين")),
    ("ga_civil", ("الهيئة العامة للمواد المدنية",)),
    ("ga_criminal", ("الهيئة العامة للمواد الجنائية", "الهيئة العامة للمواد الجزائية")),
    ("misd_cass", ("طعون الجنح", "جنح النقض")),
    ("judges", ("طلبات رجال القضاء", "لرجال القضاء", "رجال القضاء")),
    ("personal_status", ("دائرة الأحوال الشخصية", "الأحوال الشخصية", "أحوال شخصية")),
    ("civil_commercial", ("المدنية والتجارية",)),
    ("civil_rents", ("المدنية والإيجارات",)),
    ("labour", ("الدوائر العمالية", "الدائرة العمالية", "الدائرة المدنية والعمالية")),
    ("commercial", ("الدائرة التجارية", "الدوائر التجارية")),
    ("economic", ("الدائرة الاقتصادية", "الدوائر الاقتصادية")),
    ("tax", ("دائرة الضرائب", "الدائرة الضرائب")),
    ("rents", ("دوائر الإيجارات", "دائرة الإيجارات", "الدائرة الإيجارات")),
    ("criminal", ("الدائرة الجنائية", "المكتب الفني جنائي")),
    ("civil", ("الدائرة المدنية", "المكتب الفني مدني")),
    ("family", ("دائرة الأسرة", "دوائر الأسرة")),
)
_CIRCUIT_PAPERS: Final = frozenset(
    {
        "judgment", "minutes", "decision_chamber", "cover", "appeal_statement", "grounds_memo",
        "defence_memo", "explanatory_memo", "roll", "principle_sheet", "draft_judgment",
        "rapporteur_report", "docket_sheet",
    }
)  # fmt: skip
_NAMED: Final = 0.88
_SLIPPED: Final = 0.7
_SHORT_NAMED: Final = 0.75  # «رجال القضاء» beside a number, not a circuit's own name
_ITS_TITLE: Final = 420  # letters of the stream before the facts begin
_DAYS: Final = {
    "sat": "السبت", "sun": "الأحد", "mon": "الاثنين", "tue": "الثلاثاء", "wed": "الأربعاء",
    "thu": "الخميس",
}  # fmt: skip
_LETTERS: Final = {"ا": 1, "ب": 2, "ج": 3, "د": 4, "ه": 5, "و": 6, "ز": 7}
_LETTER: Final = r"_?\s*[\"'”“]?\s*[(\[]\s*(?P<letter>[ابجدهوز])\s*[)\]]"


def circuit(shapes: Shapes, kind: str) -> Iterator[Finding]:
    """The circuit, and its day and letter, from the first lines of the Court's own papers."""
    if kind not in _CIRCUIT_PAPERS:
        return
    end = max(title_end(shapes), min(_ITS_TITLE, len(shapes.stream)))
    for find in (shapes.exactly, shapes.find):
        named = [(spans[0].slips, n) for n, spans in enumerate(_spans(find, end)) if spans]
        if named:
            code, shape = _circuits()[min(named)[1]]
            yield _circuit(shapes, code, find(shape, 0, end)[0])
            break
    yield from _day(shapes, end)


def _spans(find: Callable[[str, int, int], list[Span]], end: int) -> Iterator[list[Span]]:
    for _, shape in _circuits():
        yield find(shape, 0, end)


@cache
def _circuits() -> tuple[tuple[str, str], ...]:
    return tuple((code, stream_of(name)) for code, names in _CIRCUITS for name in names)


def _circuit(shapes: Shapes, code: str, span: Span) -> Finding:
    probability = _NAMED if not span.slips else _SLIPPED
    return Finding("circuit", code, code, probability, "circuit", *shapes.origin(span))


def _day(shapes: Shapes, end: int) -> Iterator[Finding]:
    until = shapes.places[end - 1] + 40 if end else 0
    for match in pattern(_DAY_AND_LETTER).finditer(shapes.classes, 0, until):
        code = _day_named(match["day"])
        if code:
            letter = _letter(match["letter"])
            yield _sitting(shapes, code, letter, match.start("day"), match.end())
            return
    for code, name in _DAYS.items():
        for span in shapes.find(stream_of(f"دائرة {name}"), 0, end):
            yield _sitting(shapes, code, "", *shapes.in_folded(span))
            return


@lru_cache(maxsize=1024)
def _day_named(shape: str) -> str:
    """The day that a word of class letters names, but for one letter; "" for none or two."""
    near = {
        code
        for code, name in _DAYS.items()
        if distance(shape.replace("_", ""), stream_of(name), score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else ""


def _letter(shape: str) -> str:
    number = next(n for letter, n in _LETTERS.items() if stream_of(letter) == shape)
    return f"letter_{number}"


def _sitting(shapes: Shapes, day: str, letter: str, start: int, end: int) -> Finding:
    value = {"day": day, "letter": letter}
    return Finding(
        "circuit_day", value, f"{day} {letter}", 0.85, "circuit day and letter",
        *shapes.folded.origin(start, end),
    )  # fmt: skip


_DAY_AND_LETTER: Final = rf"(?<!\w)(?P<day>[^\W0-9]{{4,9}}){_LETTER}"
_COURTS: Final = {
    "ca_cairo": ("محكمة استئناف القاهرة", "محكمة استئناف مصر"),
    "ca_alex": ("محكمة استئناف الإسكندرية", "محكمة استئناف اسكندرية"),
    "ca_tanta": ("محكمة استئناف طنطا",),
    "ca_mansoura": ("محكمة استئناف المنصورة",),
    "ca_ismailia": ("محكمة استئناف الإسماعيلية",),
    "ca_bs": ("محكمة استئناف بني سويف",),
    "ca_asyut": ("محكمة استئناف أسيوط",),
    "ca_qena": ("محكمة استئناف قنا",),
    "mamouria": ("مأمورية استئناف",),
    "criminal_court": ("محكمة جنايات", "محكمة الجنايات"),
    "misd_appeal": ("محكمة الجنح المستأنفة", "الجنح المستأنفة"),
    "economic": ("المحكمة الاقتصادية", "القاهرة الاقتصادية", "الإسكندرية الاقتصادية"),
    "family": ("محكمة الأسرة",),
    "sharia": ("المحكمة الشرعية",),
    "milli": ("المجلس الملي",),
}
_LEADS: Final = tuple(
    map(
        stream_of,
        ("في حكم", "الصادر من", "صادر من", "الحكم المطعون فيه", "وأحالته إلى", "في الحكم"),
    )
)
_LEAD_LETTERS: Final = 45
_LOWER_PAPERS: Final = frozenset(
    {
        "judgment", "minutes", "cover", "appeal_statement", "appeal_report", "grounds_memo",
        "explanatory_memo", "prosecution_memo", "decision_chamber", "contested_judgment",
    }
)  # fmt: skip


def lower_court(shapes: Shapes, kind: str) -> Iterator[Finding]:
    """The court whose judgment is contested."""
    if kind not in _LOWER_PAPERS:
        return
    best: tuple[int, int, str, Span] | None = None
    own = kind == "contested_judgment"
    end = title_end(shapes) if own else HEAD_LETTERS
    for code, names in _COURTS.items():
        for name in names:
            for span in shapes.find(stream_of(name), 0, end):
                rank = (span.slips, span.start)
                if (own or _led(shapes, span)) and (best is None or rank < best[:2]):
                    best = (*rank, code, span)
    if best is not None:
        yield Finding(
            "lower_court", best[2], best[2], _SLIPPED if best[0] else _NAMED,
            "contested judgment", *shapes.origin(best[3]),
        )  # fmt: skip


def _led(shapes: Shapes, span: Span) -> bool:
    low = max(0, span.start - _LEAD_LETTERS)
    before = shapes.stream[low : span.start]
    return any(lead in before for lead in _LEADS) or any(
        shapes.find(lead, low, span.start) for lead in _LEADS
    )

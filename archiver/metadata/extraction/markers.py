"""The parts of a heading, found by the words that open them."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from archiver.metadata.extraction.shapes import HEAD_LETTERS, Shapes, Span, pattern, stream_of

# What opens a part. Longer openings win over shorter ones at the same place.
_OPENINGS: Final[dict[str, tuple[str, ...]]] = {
    "presiding": (
        "برئاسة السيد القاضي", "برئاسة السيد المستشار", "برئاسة السيد", "برئاسة", "برياسة حضرة",
        "برياسة سعادة", "برياسة", "تحت رياسة حضرة", "تحت رياسة", "المؤلفة من السيد المستشار",
        "المؤلفة من السيد", "المؤلفة برئاسة السيد المستشار", "المؤلفة برئاسة السيد القاضي",
    ),
    "members": (
        "وعضوية السادة القضاة", "وعضوية السادة المستشارين", "وعضوية السيدين القاضيين",
        "وعضوية السيدين المستشارين", "وعضوية السادة", "وعضوية السيدين", "وعضوية السيد القاضي",
        "وعضوية السيد المستشار", "وعضوية السيد", "وعضوية", "وبحضور السادة المستشارين",
        "وبحضور السادة", "وبحضور حضرات الأساتذة", "وبحضور حضرات", "وحضور حضرات الأساتذة",
        "وحضور حضرات", "وبحضور حضرة", "وحضور حضرة",
    ),
    "prosecution": (
        "وحضور رئيس النيابة العامة لدى محكمة النقض", "وبحضور رئيس النيابة العامة لدى محكمة النقض",
        "وبحضور رئيس النيابة", "وحضور رئيس النيابة", "بحضور رئيس النيابة", "ورئيس النيابة",
        "وحضور السيد رئيس النيابة", "بحضور السيد رئيس النيابة", "وحضور المحامي العام",
        "وبحضور المحامي العام", "وحضور السيد المحامي العام",
    ),
    "clerk": ("وأمين السر السيد", "وأمين السر"),
    "session": (
        "في الجلسة العلنية", "بالجلسة العلنية", "في الجلسة المنعقدة", "بالجلسة المنعقدة",
        "بمقر المحكمة", "في يوم", "أصدرت الحكم الآتي", "أصدرت القرار", "بجلسة", "جلسة",
        "محضر جلسة", "بدار القضاء العالي",
    ),
    "number": (
        "في الطعن المقيد", "في الطعون المقيدة", "في الطلبين المقيدين", "في القضية المقيدة",
        "في الطعنين المقيدين", "في الطلبات المقيدة", "في الطلب المقيد", "في الطعن رقم",
        "الطعن رقم", "رقم الطعن", "القضية رقم", "القضية نمرة", "الطلب رقم", "الطلبات أرقام",
        "الطعنان رقما", "القضيتان رقم", "الطعون أرقام", "الدائرة الجنائية", "الدائرة المدنية",
    ),
    "appellant": (
        "المرفوع من", "المرفوعة من", "المرفوعين من", "رفعت من", "المقدم من", "المقدمة من",
        "المقام من", "مقدمة من", "مقدم من", "في طعن", "وكيلا عن", "المرفوع أولهما من",
        "مذكرة بدفاع",
    ),
    "appellant_label": ("الطاعن", "الطاعنة", "الطاعنون", "الطاعنان"),
    "respondent": ("ضد",),
    "respondent_label": ("المطعون ضده", "المطعون ضدها", "المطعون ضدهم", "المطعون عليه"),
    "facts": (
        "الوقائع", "وذلك طعنا", "أسباب الطعن", "في الحكم الصادر", "الحكم المطعون فيه", "نودي على",
        "قررت المحكمة", "موضوع الدعوى", "بيان المستند", "إيضاحا لأسباب", "في قضية",
        "صادر من", "بعد الاطلاع", "تاريخ الحكم", "تاريخ تقديم", "عدد الأوراق", "تاريخ إيداع",
    ),
    "attendance": ("حضر عنه", "حضر عنها", "حضر عن", "لم يحضر", "حضر الأستاذ"),
}  # fmt: skip
_WHOLE: Final = frozenset(
    {"respondent", "appellant_label", "respondent_label", "session", "presiding", "members"}
)
_LABELS: Final = frozenset({"appellant_label", "respondent_label"})


_FULL_LINE: Final = 0.8  # of the longest line
_LEAST_WIDTH: Final = 60
_RUN_ON_LETTERS: Final = 90
_SHORT: Final = 8  # letters of an opening that must end where its word ends
_JOINING: Final = stream_of("وب")
_LEFT_OUT: Final = "ءـ.)"  # belong to the word before, though the stream has not got them


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the heading: its opening words, and its content in places of the stream."""

    name: str
    opening: Span
    start: int
    end: int


@cache
def _openings() -> tuple[tuple[str, str], ...]:
    listed = [(name, stream_of(words)) for name, all_of in _OPENINGS.items() for words in all_of]
    return tuple(sorted(listed, key=lambda each: -len(each[1])))


def parts(shapes: Shapes, only: frozenset[str] | None = None) -> tuple[Part, ...]:
    """The parts of a page's heading in their order; each ends where the next one opens.

    With `only`, just the openings of these parts are sought. What resembles an opening counts
    where the page has none of that part as it should be.
    """
    found: list[tuple[str, Span]] = []
    taken: set[int] = set()
    for find in (shapes.exactly, shapes.find):
        known = {name for name, _ in found}
        for name, shape in _openings():
            if name in known or (only is not None and name not in only):
                continue
            for span in find(shape, 0, HEAD_LETTERS):
                place = range(span.start, span.end)
                if taken.isdisjoint(place) and _fits(shapes, name, span):
                    taken.update(place)
                    found.append((name, span))
    found += _run_on(shapes, found)
    found.sort(key=lambda each: each[1].start)
    ends = [span.start for _, span in found[1:]] + [min(len(shapes.stream), HEAD_LETTERS)]
    return tuple(
        Part(name.removesuffix("_label"), span, span.end, end)
        for (name, span), end in zip(found, ends, strict=False)
    )


_AGAINST: Final = (
    r"(?P<before>(?:\s*\S+){2,6}?)(?:\s+(?P<glued>ضد)(?=\w{3})(?!ضدقي|ضديق)|(?<=\w{3})(?P<tail>ضد)(?=\s)|"
    r"\s+(?P<torn>ض\w)(?=\s))"
)


def _run_on(shapes: Shapes, found: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """A «ضد» that a reader glued to a name, where an appellant is named and nobody against him."""
    openings = [span for name, span in found if name.startswith("appellant")]
    if not openings or any(name.startswith("respondent") for name, _ in found):
        return []
    start = shapes.in_folded(openings[0])[1]
    match = pattern(_AGAINST).match(shapes.classes, start, start + _RUN_ON_LETTERS)
    if match is None:
        return []
    first, last = match.span(match.lastgroup or "before")
    return [("respondent", Span(shapes.at(first), shapes.at(last), 1))]


def _fits(shapes: Shapes, name: str, span: Span) -> bool:
    if name in _LABELS:
        start, end = shapes.in_folded(span)
        begins = not shapes.folded.text[:start].rsplit("\n", 1)[-1].strip()
        return begins and shapes.folded.text[end : end + 3].lstrip()[:1] in (":", "/")
    if name == "prosecution" and shapes.stream[span.start] not in _JOINING:
        return False  # «… رئيس النيابة» after the name, as before the war
    short = span.end - span.start < _SHORT
    return not (short or name in _WHOLE) or shapes.whole(span)


def text_of(shapes: Shapes, part: Part, *, unwrapped: bool = True) -> tuple[str, int]:
    """The content of a part as written, and its offset in the page's text.

    `unwrapped`: a break after a full line is given as a space, because the sentence goes on.
    """
    if part.end <= part.start:
        return "", 0
    text = shapes.page.text
    start = shapes.origin(part.opening)[1]
    last = shapes.origin(Span(part.end - 1, part.end, 0))[1]
    while last < len(text) and text[last] in _LEFT_OUT:
        last += 1
    return _unwrapped(text, start, last) if unwrapped else text[start:last], start


def _unwrapped(text: str, start: int, end: int) -> str:
    stretch = text[start:end]
    if "\n" not in stretch.strip():
        return stretch
    full = _FULL_LINE * max(_LEAST_WIDTH, *map(len, text.split("\n")))
    letters = list(stretch)
    for place in (n for n, letter in enumerate(stretch) if letter == "\n"):
        line = start + place - (text.rfind("\n", 0, start + place) + 1)
        letters[place] = " " if line >= full else "\n"
    return "".join(letters)

"""The one parser of case numbers: every written form becomes number and judicial year.

Forms: `1234/56`, «الطعن رقم ١٢٣٤ لسنة ٥٦ ق / قضائية», «القضية رقم … سنة … القضائية», and lists
across years, which unfold: «الطلبات أرقام 102 سنة 23 و8 و58 لسنة 24» is 102/23, 8/24, 58/24.
A year of three or four digits is another court's, and three figures in a row are a date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from index.arabic_fold import fold, fold_text

MAX_NUMBER: Final = 199_999
_LOOK_BACK_WORDS: Final = 8
_LOOK_BACK_LETTERS: Final = 120
_LEAD_LETTERS: Final = 40

_DATE: Final = re.compile(
    r"(?<![0-9])[0-9]{1,4}\s*([/.\-])\s*[0-9]{1,4}\s*\1\s*[0-9]{1,4}(?![0-9])"
)
_BRACKETS: Final = re.compile(r"[()\[\]:]")
_UNIT: Final = r"(?P<unit>(?:ق(?!\s*[0-9])|(?:ال)?قضاي?يه)(?!\w))"
_ITEM: Final = (
    r"(?P<number>[0-9]{1,6})(?![0-9])"
    r"(?:\s*(?:(?:ل?سنه|س)\s*|/\s*)(?P<year>[0-9]{1,2})(?![0-9/])" + rf"(?:\s*{_UNIT})?)?"
)
_PLAIN_ITEM: Final = re.sub(r"\?P<\w+>", "?:", _ITEM)
_BETWEEN: Final = r"\s*(?:[,;\-–]\s*و?|و)\s*"
_YEAR: Final = re.compile(r"[0-9][\s()\[\]:]*(?:ل?سنه|س|/)[\s()\[\]:]*[0-9]")
_GROUP: Final = re.compile(rf"(?<![0-9/.]){_PLAIN_ITEM}(?:{_BETWEEN}{_PLAIN_ITEM})*")
_ITEMS: Final = re.compile(_ITEM)
_NUMBER_WORD: Final = r"[بو]?(?:رقم|رقما|رقمي|رقام|ارقام|نمره)"
_PREFIX: Final = r"(?:[وف]?(?:[بكل]?ال|لل|[بل])?)"
_APPEAL_WORD: Final = rf"{_PREFIX}(?:طعن|طعنا|طعنان|طعني|طعنين|طعون)"
_SUIT_WORD: Final = rf"{_PREFIX}(?:قضيه|قضيتا|قضيتان|قضيتي|قضيتين|قضايا)"
_REQUEST_WORD: Final = rf"{_PREFIX}(?:طلب|طلبا|طلبان|طلبي|طلبين|طلبات)"
_OTHER_WORD: Final = re.compile(
    _PREFIX + r"(?:استيناف|استينافان|استينافين|استينافات|مستانف|مستانفه|دعوي|دعويان|دعويين|دعاوي"
    r"|جنحه|جنايه|جنح|جنايات|قانون|قوانين|قرار|قرارات|مرسوم|لايحه|توكيل|محضر|عقد|ماده|حكم|امر"
    r"|منشور|تظلم|التماس|عريضه|ايصال|بلاغ|حصر|اشهاد|شهر|تحكيم)"
)
_APPEAL_HEAD: Final = re.compile(_APPEAL_WORD)
_SUIT_HEAD: Final = re.compile(_SUIT_WORD)
_REQUEST_LEAD: Final = re.compile(rf"{_REQUEST_WORD}\s+(?:{_NUMBER_WORD}\s*)?$")
_LEAD: Final = re.compile(
    rf"(?:(?<!\w)(?:{_NUMBER_WORD}\s+)?(?:{_APPEAL_WORD}|{_SUIT_WORD}|{_REQUEST_WORD})\s+)?"
    rf"(?:(?<!\w){_NUMBER_WORD}\s*)?$"
)
_SENTENCE_END: Final = re.compile(r"[.;!?؟#]")
_OTHER_COURT: Final = re.compile(
    r"\s*(?:جنايات|جنح|كلي|مدني كلي|تجاري كلي|جزيي|دستوريه|اداري)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A number with its own judicial year; `start` and `end` are offsets in the text."""

    number: int
    judicial_year: int
    start: int
    end: int

    @property
    def canonical(self) -> str:
        """`1234/56`: the form that is stored, compared and indexed."""
        return f"{self.number}/{self.judicial_year}"


@dataclass(frozen=True, slots=True)
class CaseMention:
    """One naming of one or several cases, from its leading words to its last year."""

    numbers: tuple[CaseNumber, ...]
    start: int
    end: int


def find_case_numbers(text: str, *, bare: bool = False) -> list[CaseNumber]:
    """The case numbers named in `text`, in order, lists unfolded.

    In running text the words must be there («الطعن رقم … لسنة …» or «… لسنة … ق»); a bare
    `1234/56` counts where it is the whole text, and everywhere with `bare` (queries).
    """
    mentions = find_case_mentions(text, bare=bare)
    return [number for mention in mentions for number in mention.numbers]


def find_case_mentions(text: str, *, bare: bool = False) -> list[CaseMention]:
    """As `find_case_numbers`, each mention with the words that belong to it."""
    spans = _spans(fold_text(text), bare)
    if not spans:
        return []
    folded = fold(text)
    return [
        CaseMention(
            tuple(
                CaseNumber(number.number, number.year, *folded.origin(number.start, number.end))
                for number in span.numbers
            ),
            *folded.origin(span.start, span.end),
        )
        for span in spans
    ]


def case_terms(text: str) -> list[str]:
    """The case numbers named in running text, canonical, each once: for indexing."""
    spans = _spans(fold_text(text), False)
    return list(dict.fromkeys(f"{n.number}/{n.year}" for span in spans for n in span.numbers))


class _Figures(NamedTuple):
    number: int
    year: int
    start: int  # in the folded text
    end: int


class _Span(NamedTuple):
    numbers: tuple[_Figures, ...]
    start: int  # in the folded text
    end: int


def _spans(folded: str, bare: bool) -> list[_Span]:
    if not _YEAR.search(folded):  # most pages name no case
        return []
    masked = _BRACKETS.sub(" ", _DATE.sub(lambda match: "#" * len(match.group()), folded))
    return [
        span
        for match in _GROUP.finditer(masked)
        if (span := _span(masked, match.start(), match.end(), bare)) is not None
    ]


def _span(masked: str, start: int, end: int, bare: bool) -> _Span | None:
    items = list(_ITEMS.finditer(masked, start, end))
    while items and items[-1]["year"] is None:
        items.pop()
    if not items:
        return None
    end = items[-1].end()
    lead = _LEAD.search(masked, max(0, start - _LEAD_LETTERS), start)
    lead_start = lead.start() if lead else start
    whole = not masked[:lead_start].strip() and not masked[end:].strip(" \t\r\n.,;")
    if not _is_ours(masked, start, end, items, bare or whole):
        return None
    numbers = tuple(_unfold(items))
    return _Span(numbers, lead_start, end) if numbers else None


def _is_ours(masked: str, start: int, end: int, items: list[re.Match[str]], bare: bool) -> bool:
    """Whether the words before the figures name a case of this court."""
    head = _nearest_head(masked[max(0, start - _LOOK_BACK_LETTERS) : start])
    if head == "other" or (head != "appeal" and _OTHER_COURT.match(masked, end)):
        return False
    return bare or bool(head) or any(item["unit"] for item in items)


def _nearest_head(before: str) -> Literal["appeal", "suit", "other", ""]:
    """What the last noun before the figures says is numbered; empty where none does."""
    if _REQUEST_LEAD.search(before):
        return "appeal"
    sentence = _SENTENCE_END.split(before)[-1]
    for word in reversed(re.findall(r"\w+", sentence)[-_LOOK_BACK_WORDS:]):
        if _APPEAL_HEAD.fullmatch(word):
            return "appeal"
        if _SUIT_HEAD.fullmatch(word):
            return "suit"
        if _OTHER_WORD.fullmatch(word):
            return "other"
    return ""


def _unfold(items: list[re.Match[str]]) -> Iterator[_Figures]:
    """Give each number the year that follows it, and leave out what cannot be a case."""
    years: list[int] = []
    year = 0
    for item in reversed(items):
        year = int(item["year"]) if item["year"] is not None else year
        years.append(year)
    for item, judicial_year in zip(items, reversed(years), strict=True):
        number = int(item["number"])
        if 1 <= number <= MAX_NUMBER and judicial_year >= 1:
            end = item.end("year") if item["year"] is not None else item.end("number")
            yield _Figures(number, judicial_year, item.start(), end)

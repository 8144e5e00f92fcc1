"""Names of people: taken out of lists, and their sorting key."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from rapidfuzz.distance.Levenshtein import distance

from archiver.metadata.extraction.shapes import stream_of
from archiver.settings import resource
from index.arabic import fold_text

_TOKEN: Final = re.compile(r"[^\s،,؛;/:()«»\"–]+|[،,؛;/:()«»\"–]")
_PARTING: Final = frozenset("،,؛;/–")
# Names that begin with a waw of their own; any other waw before a name is "and".
_WAW_NAMES: Final = (
    "وليم وليد وجدي وهبه وهيب وهبي وايل وحيد واصف وجيه وديع ورد ورده وصفي وفيق وفاء وسام وسيم "
    "وداد واثق وافي وهدان والي وزير وجدان ونيس وسيله وطني ودود وضاح وجيهه وحيده واكد وشاح "
    "ونس ولي"
)
_OWN_WAW: Final = frozenset(_WAW_NAMES.split())
_RANKS: Final = (
    "نائب", "نواب", "نائبي", "رئيس", "رئيسا", "وكيل", "المحكمة", "محكمة", "النقض", "المستشارين",
    "المستشاران", "المستشارون", "مستشارين", "مستشار", "الجلسة", "الدائرة", "أعضاء", "عضوا",
    "والإبرام", "رؤساء", "بالمحكمة",
)  # fmt: skip
_TITLES: Final = (
    "السيد", "السادة", "السيدين", "السيدة", "القاضي", "القضاة", "القاضيين", "المستشار",
    "المستشارين", "الأستاذ", "الأساتذة", "الأستاذين", "حضرة", "حضرات", "صاحب", "صاحبي", "أصحاب",
    "السعادة", "العزة", "المعالي", "الفضيلة", "سعادة", "معالي", "حضرتي",
)  # fmt: skip
_INNER_TITLES: Final = ("باشا", "بك", "أفندي", "بيك")
_JOINED: Final = frozenset({"عبد", "ابو", "ابي", "ابا", "ام", "ابن", "بن", "ال"})
_ONE_LINE: Final = 3  # words of a name after which a new line begins something else
_TITLE_LETTERS: Final = 5
_ARTICLE: Final = stream_of("ال")
_LIKE_TITLES: Final = frozenset({"الشيخ", "السعيد", "الصياد"})  # belong to the name
_MAX_WORDS: Final = 6
_LEAST_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; `start` and `end` are offsets in the text it was taken from."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@lru_cache(maxsize=16384)
def _is_one_of(word: str, kind: str) -> bool:
    """Whether a word is a title or rank, but for its dots and, in longer ones, a letter."""
    shape = stream_of(word)
    for known in _shapes_of(kind):
        if shape == known:
            return len(known) > 3 or fold_text(word) in _spellings(kind)
        if len(known) >= 7 and distance(shape, known, score_cutoff=1) <= 1:
            return True
    return False


_LISTS: Final = {"rank": _RANKS, "title": _TITLES, "inner": _INNER_TITLES}


@cache
def _shapes_of(kind: str) -> tuple[str, ...]:
    return tuple(map(stream_of, _LISTS[kind]))


@cache
def _spellings(kind: str) -> frozenset[str]:
    return frozenset(map(fold_text, _LISTS[kind]))


def names_in(text: str, *, one: bool = False) -> list[Name]:
    """The names of a list like «السادة القضاة / أ ، ب نواب رئيس المحكمة وج», in order.

    Commas, ranks and the waw of "and" part them; titles before a name are left out, those within
    it («مراد بك …») stay. A name has two words at least.
    """
    names = []
    for words in _groups(text, one):
        kept = _untitled(words)[:_MAX_WORDS]
        if len(kept) >= _LEAST_WORDS:
            start, end = kept[0].start, kept[-1].end
            names.append(Name(" ".join(text[start:end].split()).rstrip("."), start, end))
    return names


def _untitled(words: list[_Word]) -> list[_Word]:
    titles = (_is_title(_without_waw(word.text)) for word in words)
    return words[next((n for n, title in enumerate(titles) if not title), len(words)) :]


def titles_end(text: str) -> int:
    """The offset at which the titles before a name end: «السيد المستشار / …»."""
    words = [_Word(match.group(), match.start()) for match in _TOKEN.finditer(text)]
    end = 0
    for number, word in enumerate(words[:-1]):
        if not (_is_title(word.text) or word.text in _PARTING or word.text == ":"):
            return word.start
        end = words[number + 1].start
    return end


@lru_cache(maxsize=16384)
def _is_title(word: str) -> bool:
    """Whether the first word of a name is a title: here a letter of it may be wrong."""
    if _is_one_of(word, "title"):
        return True
    if fold_text(word) in _LIKE_TITLES:
        return False
    shape = stream_of(word)
    return any(
        len(known) >= _TITLE_LETTERS
        and known.startswith(_ARTICLE)
        and distance(shape, known, score_cutoff=1) <= 1
        for known in _shapes_of("title")
    )


def _groups(text: str, one: bool) -> Iterator[list[_Word]]:
    words: list[_Word] = []
    for match in _TOKEN.finditer(text):
        word = _Word(match.group(), match.start())
        if len(words) >= _ONE_LINE and "\n" in text[words[-1].end : word.start]:
            yield words
            words = []
            if one:
                return
        bare = word.text.strip(".-ـ")
        ends = word.text in _PARTING or not bare or bare in ("و", ":", "(", ")", '"', "«", "»")
        if ends or _is_one_of(bare, "rank"):
            yield words
            words = []
            continue
        if not one and _is_and(word.text, words):
            yield words
            words = []
            word = _Word(word.text[1:], word.start + 1)
            if _is_one_of(word.text, "rank"):
                continue
        words.append(word)
        if word.text.endswith(".") and len(bare) > 2:
            yield words
            return
    yield words


def _is_and(word: str, before: list[_Word]) -> bool:
    """Whether the waw that a word begins with parts it from the name before it."""
    folded = fold_text(word)
    if not folded.startswith("و") or len(folded) < 4:
        return False
    if folded.startswith("وو"):
        return True
    if folded.strip(".") in _OWN_WAW:
        return False
    return not before or len(before) >= _LEAST_WORDS


def _without_waw(word: str) -> str:
    return word[1:] if word.startswith("و") and len(word) > 4 else word


@cache
def _honorifics() -> frozenset[str]:
    vocabulary: dict[str, Any] = json.loads(
        resource("vocabularies/honorific.json").read_text("utf-8")
    )
    words = {
        word
        for item in vocabulary["items"]
        for name in item["ar"].split("/")
        for word in fold_text(name).split()
    }
    return frozenset(words | _spellings("title") | _spellings("inner") | {"بصفته", "بصفتها"})


def sorting_key(name: str) -> str:
    """The folded name without honorifics, compounds of عبد and أبو in one word.

    «السيد / عبد الخالق باشا ثروت بصفته» -> «عبدالخالق ثروت».
    """
    words = list(re.findall(r"\w+", fold_text(re.sub(r"\([^)]*\)", " ", name))))
    kept = [word for word in words if word not in _honorifics()] or words
    joined: list[str] = []
    for word in kept:
        if joined and joined[-1] in _JOINED:
            joined[-1] += word
        else:
            joined.append(word)
    return " ".join(joined)

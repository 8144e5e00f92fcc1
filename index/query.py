"""Our query language: text -> a small syntax tree that every engine understands.

    عقد بيع            all words            "الدفاع الجوهري"    words in this order
    بيع OR إيجار       either (also أو |)   تعويض*              words that begin so
    -إيجار             without              (بيع OR إيجار) عقد  grouping
    تعويض~             it, or one letter apart
    قضية:1234/56  نوع:judgment  سنة:93  عنوان:توريد  سلسلة:civil  نص:كلمة  (or case, kind, ...)
    خصم:(شركة الواحة)  قاض:"علي حسن"  موضوع:إيجار  دائرة:civil  دفعة:7  صندوق:12  محطة:1  مفحوص:yes
    تاريخ:1951..1953  تاريخ:14/3/1951  تاريخ:1370..1372  (years before 1600 are Hijri)

A case number in any written form is found as such wherever it stands outside quotes.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from index.arabic import CaseMention, code_terms, find_case_mentions, fold_text, terms
from index.days import day_number, span
from index.errors import Expected, QueryError
from index.tree import (
    And,
    Days,
    Field,
    FieldName,
    Fuzzy,
    Names,
    NamesField,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Prefix,
    Word,
)

Codes = Mapping[str, Mapping[str, str]]

_FIELDS: Final = {
    fold_text(name): field
    for field, names in {
        "case": "قضية طعن case appeal",
        "text": "نص text",
        "kind": "نوع kind",
        "series": "سلسلة جدول series",
        "year": "سنة year",
        "title": "عنوان title",
        "party": "خصم خصوم party",
        "judge": "قاض قاضي قضاة judge",
        "subject": "موضوع subject",
        "circuit": "دائرة circuit",
        "date": "تاريخ date",
        "lot": "دفعة lot",
        "box": "صندوق box",
        "station": "محطة station",
        "checked": "مفحوص روجع checked",
    }.items()
    for name in names.split()
}
_NAMES: Final[dict[str, NamesField]] = {"party": "party", "judge": "judge", "subject": "subject"}
_CODED: Final[dict[str, FieldName]] = {
    **{"kind": "kind", "series": "series", "circuit": "circuit"},
    **{"lot": "lot", "box": "box", "station": "station", "checked": "checked"},
}
_EVER: Final = (date.min, date.max)
_QUOTES: Final = {'"': '"', "«": "»", "“": "”", "„": "”"}
_OR: Final = re.compile(r"(?:OR|أو|\|)(?=[\s(]|$)")
_FIELD: Final = re.compile(r"(\w[\w\u064b-\u0652]*)\s*:(\s*)")
_RAW: Final = re.compile(r'[^\s()"«“„|]+')
_MIN_PREFIX_LETTERS: Final = 2
MAX_LETTERS: Final = 1000
MAX_LEAVES: Final = 40
MAX_DEPTH: Final = 20


def parse(text: str, codes: Codes | None = None) -> Node:
    """The tree for what a person typed.

    codes: for `kind` and `series`, the labels people use (any spelling) and the codes they
    stand for; what is not there is taken for a code.
    Raises QueryError with the place and what was expected there.
    """
    if len(text) > MAX_LETTERS:
        raise QueryError("shorter_query", MAX_LETTERS, text[MAX_LETTERS : MAX_LETTERS + 20])
    return _Parser(text, codes or {}).whole()


class _Parser:
    """Recursive descent; `at` is the offset of the next unread letter."""

    def __init__(self, text: str, codes: Codes) -> None:
        self.text = text
        self.at = 0
        self.leaves = 0
        self.depth = 0
        self.mentions = _mentions(text)
        self.codes = {
            field: {fold_text(label): code for label, code in labels.items()}
            for field, labels in codes.items()
        }

    def error(self, expected: Expected, position: int | None = None) -> QueryError:
        place = self.at if position is None else position
        return QueryError(expected, place, self.text[place : place + 20])

    def peek(self) -> str:
        """The next letter that is no space; empty at the end."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def whole(self) -> Node:
        node = self.either()
        if self.peek() == ")":
            raise self.error("opening_bracket")
        return node

    def either(self) -> Node:
        parts = [self.all_of()]
        while self.peek() and (bar := _OR.match(self.text, self.at)):
            self.at = bar.end()
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def all_of(self) -> Node:
        parts: list[Node] = []
        while (letter := self.peek()) and letter != ")" and not _OR.match(self.text, self.at):
            start = self.at
            part = self.one()
            if part is not None:
                parts.append(part)
                self.leaves += 1
            if self.leaves > MAX_LEAVES:
                raise self.error("fewer_words", start)
        if not parts:
            raise self.error("something_to_find")
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def one(self) -> Node | None:
        """The next part, or None where there is only punctuation."""
        letter = self.peek()
        if letter == "-" and self.text[self.at + 1 : self.at + 2].strip():
            return self.without()
        if letter == "(":
            return self.bracket()
        if letter in _QUOTES:
            return _words(self.quoted())
        return self.fielded() or self.number() or self.word()

    def without(self) -> Node:
        start = self.at
        self.at += 1
        while self.text[self.at : self.at + 1] == "-":
            self.at += 1
        part = self.one()
        if part is None:
            raise self.error("something_to_find", start)
        return Not(part)

    def bracket(self) -> Node:
        opened = self.at
        self.at += 1
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error("fewer_brackets", opened)
        node = self.either()
        self.depth -= 1
        if self.peek() != ")":
            raise self.error("closing_bracket", opened)
        self.at += 1
        return node

    def quoted(self) -> str:
        opened = self.at
        end = self.text.find(_QUOTES[self.text[opened]], opened + 1)
        if end < 0:
            raise self.error("closing_quote", opened)
        self.at = end + 1
        return self.text[opened + 1 : end]

    def number(self, *, own_only: bool = False) -> Node | None:
        mention = self.mentions.get(self.at)
        if mention is None:
            return None
        self.at = max(self.at, mention.end)
        numbers = tuple(Number(found.canonical, own_only) for found in mention.numbers)
        self.leaves += len(numbers) - 1
        return numbers[0] if len(numbers) == 1 else Or(numbers)

    def raw(self) -> str:
        """Letters up to the next space, quote or bracket; one stray letter at least."""
        match = _RAW.match(self.text, self.at)
        start, self.at = self.at, match.end() if match else self.at + 1
        return self.text[start : self.at]

    def word(self) -> Node | None:
        start = self.at
        raw = self.raw()
        found = terms(raw)
        if raw.endswith("~"):
            if len(found) != 1:
                raise self.error("one_word", start)
            return Fuzzy(found[0])
        if not raw.endswith("*"):
            return _words(raw)
        if len(found) != 1 or len(found[0]) < _MIN_PREFIX_LETTERS:
            raise self.error("prefix_letters", start)
        return Prefix(found[0])

    def fielded(self) -> Node | None:
        match = _FIELD.match(self.text, self.at)
        if match is None:
            return None
        field = _FIELDS.get(fold_text(match[1]))
        if field is not None:
            self.at = match.end()
            return self.value(field)
        # "الطاعن: شركة" is pasted text and "12:30" a time, but "قاضى:علي" means a field.
        if fold_text(match[1]).isalpha() and not match[2] and match.end() < len(self.text):
            raise self.error("known_field")
        return None

    def value(self, field: str) -> Node:
        letter, start = self.peek(), self.at
        if not letter or letter == ")" or (letter == "(" and field not in _NAMES):
            raise self.error("field_value")
        if field == "text":
            node = _words(self.quoted()) if letter in _QUOTES else self.word()
        elif field == "case":
            node = self.case_value(letter)
        else:
            node = self.field_node(field, self.written(letter), start)
        if node is None:
            raise self.error("field_value", start)
        return node

    def written(self, letter: str) -> str:
        """A value: quoted, in brackets, or up to the next space."""
        if letter != "(":
            return self.quoted() if letter in _QUOTES else self.raw()
        opened = self.at
        end = self.text.find(")", opened)
        if end < 0:
            raise self.error("closing_bracket", opened)
        self.at = end + 1
        return self.text[opened + 1 : end]

    def case_value(self, letter: str) -> Node:
        start = self.at
        inside = self.quoted() if letter in _QUOTES else None
        end, self.at = self.at, start + (inside is not None)
        node = self.number(own_only=True)
        if node is None:
            raise self.error("case_number", start)
        self.at = max(self.at, end)
        return node

    def field_node(self, field: str, written: str, start: int) -> Node | None:
        found = tuple(terms(written))
        if field == "title":
            return Field("title", " ".join(found)) if found else None
        if field in _NAMES:
            self.leaves += len(found)
            return Names(_NAMES[field], found) if found else None
        value = fold_text(written).strip()
        if field == "date":
            return self.days(value, start)
        if field == "year":
            if not value.isdecimal():
                raise self.error("year", start)
            return Field("year", str(int(value)))
        code = code_terms(self.codes.get(field, {}).get(value, value))
        return Field(_CODED[field], code[0]) if code else None

    def days(self, value: str, start: int) -> Days:
        """`1951`, `14/3/1951`, `1951..1953`, `1951..`, `..1370`."""
        first, dots, last = value.partition("..")
        spans = [
            span(written) if written else _EVER for written in (first, last if dots else first)
        ]
        if None in spans or not (first or last):
            raise self.error("date", start)
        (begun, _), (_, ended) = (each or _EVER for each in spans)
        if begun > ended:
            raise self.error("later_date", start)
        return Days(*(day_number(day.year, day.month, day.day) for day in (begun, ended)))


def _mentions(text: str) -> dict[int, CaseMention]:
    """Case numbers by where they begin: at their leading words and at their figures."""
    found: dict[int, CaseMention] = {}
    for mention in find_case_mentions(text, bare=True):
        found[mention.numbers[0].start] = mention
        words = text[mention.start : mention.end]
        if words.count("(") == words.count(")"):
            found[mention.start] = mention
    return found


def _words(raw: str) -> Node | None:
    """One word, or a phrase where the letters hold several («ش.م.م»)."""
    found = terms(raw)
    if not found:
        return None
    return Word(found[0]) if len(found) == 1 else Phrase(tuple(found))

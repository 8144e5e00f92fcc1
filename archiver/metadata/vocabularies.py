"""Controlled vocabularies: the shipped ones, and what a site adds to them.

Shipped: `resources/vocabularies/NAME.json`. A site's words: `vocabularies/NAME.json` in the
archive, in the same form; new codes beside the shipped ones, or a vocabulary of its own. A shipped
code keeps its words: what it means in old records may not change.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn

from archiver.i18n import _, isolate, language
from archiver.metadata.mistakes import VocabularyWrong, one_of
from archiver.settings import resource
from index.arabic import fold_text

FOLDER: Final = "vocabularies"
_CODE: Final = re.compile(r"[A-Za-z0-9_.\-\u0600-\u06ff]{1,60}")
_KEYS: Final = {"vocabulary", "version", "title_ar", "title_en", "note", "items"}
_TEXTS: Final = ("code", "ar", "en")
_TABLES: Final = frozenset({"months", "honorific", "ocr_confusion"})  # for rules, not for fields


@dataclass(frozen=True, slots=True)
class Term:
    code: str
    ar: str
    en: str
    shipped: bool
    more: Mapping[str, Any]  # what else its file says: cues, access level, dates

    @property
    def label(self) -> str:
        return self.ar if language() == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Vocabulary:
    name: str
    version: int
    site_version: int  # 0 where the site added nothing
    title_ar: str
    title_en: str
    terms: Mapping[str, Term]  # code -> term, in order

    @property
    def title(self) -> str:
        return self.title_ar if language() == "ar" else self.title_en

    def find(self, words: str) -> Term | None:
        """The term of that code, or of those words in either language, however they are spelt."""
        if words in self.terms:
            return self.terms[words]
        folded = _plain(words)
        found = [term for term in self.terms.values() if folded in _names(term)]
        return found[0] if len(found) == 1 else None

    def like(self, words: str, limit: int = 8) -> tuple[Term, ...]:
        """Terms for somebody who types: those that begin with the words before those that hold
        them."""
        folded = _plain(words)
        ranked = [
            (not any(name.startswith(folded) for name in _names(term)), place, term)
            for place, term in enumerate(self.terms.values())
            if any(folded in name for name in _names(term))
        ]
        return tuple(term for _rank, _place, term in sorted(ranked, key=lambda r: r[:2])[:limit])


def _plain(words: str) -> str:
    return " ".join(fold_text(words).casefold().split())


def _names(term: Term) -> tuple[str, ...]:
    return (
        term.code.casefold(),
        _plain(term.ar),
        _plain(term.en),
    )


class Vocabularies:
    """All vocabularies of an archive; each is read at its first use."""

    def __init__(self, site: Path | None) -> None:
        self.site = site
        self._read: dict[str, Vocabulary] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        shipped = {path.stem for path in resource(FOLDER).glob("*.json")} - _TABLES
        own = self.site.glob("*.json") if self.site and self.site.is_dir() else ()
        return frozenset(shipped | {path.stem for path in own})

    def __getitem__(self, name: str) -> Vocabulary:
        """Raises KeyError for a name that is not in `names`, VocabularyWrong."""
        if name not in self.names:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = read_vocabulary(name, self.site)
        return self._read[name]


def read_vocabulary(name: str, site: Path | None) -> Vocabulary:
    """The vocabulary `name`, shipped words first. Raises VocabularyWrong with file, line, mend."""
    shipped_path = resource(FOLDER) / f"{name}.json"
    own_path = site / f"{name}.json" if site else None
    shipped = _File(shipped_path, name) if shipped_path.is_file() else None
    own = _File(own_path, name) if own_path and own_path.is_file() else None
    base = shipped or own
    if base is None:
        raise KeyError(name)
    terms = dict(shipped.terms(shipped=True, taken={})) if shipped else {}
    if own:
        terms |= own.terms(shipped=False, taken=terms)
    return Vocabulary(
        name,
        shipped.version if shipped else 0,
        own.version if own else 0,
        base.table["title_ar"],
        base.table["title_en"],
        MappingProxyType(terms),
    )


class _File:
    """One vocabulary file, checked."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        try:
            self.text = path.read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self._fail(line, _("it is not UTF-8"), _("Save it as UTF-8."))
        try:
            table = json.loads(self.text)
        except json.JSONDecodeError as error:
            self._fail(error.lineno, error.msg, _("Mend the JSON in that line."))
        if not isinstance(table, dict):
            self._fail(1, _("this must be a table"), '{ "vocabulary": …, "items": [ … ] }')
        self.table: dict[str, Any] = table
        self._check_head(name)

    @property
    def version(self) -> int:
        return int(self.table["version"])

    def _check_head(self, name: str) -> None:
        for key in self.table:
            if key not in _KEYS:
                self._wrong(key, _("{name} is not known here").format(name=isolate(key)),
                            one_of(sorted(_KEYS)))  # fmt: skip
        if self.table.get("vocabulary") != name:
            self._wrong("vocabulary", _("the name must be that of the file"),
                        f'"vocabulary": "{name}"')  # fmt: skip
        version = self.table.get("version")
        if type(version) is not int or version < 1:
            self._wrong("version", _("version must be a whole number from 1"), '"version": 1')
        for key in ("title_ar", "title_en"):
            if not isinstance(self.table.get(key), str):
                self._wrong(key, _("{name} must be a text").format(name=isolate(key)),
                            f'"{key}": "…"')  # fmt: skip
        if not isinstance(self.table.get("items"), list):
            self._wrong("items", _("the words are missing"), '"items": [ { "code": "…", … } ]')

    def terms(self, *, shipped: bool, taken: Mapping[str, Term]) -> dict[str, Term]:
        found: dict[str, Term] = {}
        for place, item in enumerate(self.table["items"]):
            term = self._term(place, item, shipped=shipped)
            if term.code in taken:
                self._item(place, _("{code} is a code that came with the station")
                           .format(code=isolate(term.code)),
                           _("Its words may not change: choose another code."))  # fmt: skip
            if term.code in found:
                self._item(place, _("{name} stands twice").format(name=isolate(term.code)),
                           _("Take one of them away or give it another id."))  # fmt: skip
            found[term.code] = term
        return found

    def _term(self, place: int, item: object, *, shipped: bool) -> Term:
        if not isinstance(item, dict):
            self._item(place, _("this must be a table"), '{ "code": "…", "ar": "…", "en": "…" }')
        for key in _TEXTS:
            text = item.get(key)
            if not isinstance(text, str) or not text.strip():
                self._item(place, _("{name} must be a text").format(name=isolate(key)),
                           f'"{key}": "…"')  # fmt: skip
        code = item["code"]
        if not _CODE.fullmatch(code):
            self._item(place, _("{code} cannot be a code").format(code=isolate(code)),
                       _("Take letters, digits and _ only, 60 at most."))  # fmt: skip
        more = {key: value for key, value in item.items() if key not in _TEXTS}
        return Term(code, item["ar"], item["en"], shipped, MappingProxyType(more))

    # --- where a mistake stands -----------------------------------------------------------------

    def _wrong(self, key: str, detail: str, mend: str) -> NoReturn:
        at = self.text.find(f'"{key}"')
        self._fail(self.text.count("\n", 0, max(at, 0)) + 1, detail, mend)

    def _item(self, place: int, detail: str, mend: str) -> NoReturn:
        self._fail(self._line_of_item(place), detail, mend)

    def _line_of_item(self, place: int) -> int:
        """JSON keeps no lines: the items are read once more, one after the other."""
        decoder, space = json.JSONDecoder(), re.compile(r"[\s,]*")
        opening = re.compile(r'"items"\s*:\s*\[').search(self.text)
        at = opening.end() if opening else 0
        for _n in range(place):
            at = decoder.raw_decode(self.text, self._skip(space, at))[1]
        return self.text.count("\n", 0, self._skip(space, at)) + 1

    def _skip(self, space: re.Pattern[str], at: int) -> int:
        match = space.match(self.text, at)
        return match.end() if match else at

    def _fail(self, line: int, detail: object, mend: str) -> NoReturn:
        raise VocabularyWrong(path=self.path, line=line, detail=detail, mend=mend)

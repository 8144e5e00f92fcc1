"""Reading profiles: strict, because a mistake found here is found before it costs data."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn, cast

from archiver.i18n import _, isolate
from archiver.metadata.crosswalks.places import is_place
from archiver.metadata.mistakes import ProfileWrong, one_of
from archiver.metadata.profiles import (
    ALWAYS,
    HOMES,
    LEVELS,
    ROWS,
    SCALARS,
    TYPES,
    Field,
    Home,
    Label,
    Level,
    Part,
    Profile,
    known_parts,
    scalar_part,
)
from archiver.settings import resource

FOLDER: Final = "profiles"
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_VALUES: Final = re.compile(r"([0-9]{1,3})(?:\.\.([0-9]{1,3}|n))?")
_COUNTS: Final = ('"1"', '"0..1"', '"0..n"', '"1..n"')
_PLACES: Final = {
    "dc": "dc:date dcterms:dateSubmitted",
    "mods": "originInfo/dateIssued note[@type=status] subject*/topic",
    "isadg": "3.1.3",
    "ric": "rico:hasDate",
    "ead": "unitdate",
}
_AT: Final = re.compile(r"\(at line (\d+)")
_PROFILE_KEYS: Final = {"id", "version", "label", "field"}
_FIELD_KEYS: Final = {
    "id", "level", "label", "type", "vocabulary", "open", "values", "required", "default", "home",
    "access", "critical", "crosswalk", "parts", "least", "most",
}  # fmt: skip
_PART_KEYS: Final = {"id", "label", "type", "vocabulary", "open", "required", "least", "most"}


def read_profiles(site: Path | None, vocabularies: Iterable[str]) -> dict[str, Profile]:
    """The shipped profiles and those in the folder `site` of an archive, by id.

    vocabularies: the names that a field may use. Raises ProfileWrong with file, line and mend.
    """
    names = frozenset(vocabularies)
    found: dict[str, Profile] = {}
    for path in sorted(resource(FOLDER).glob("*.toml")):
        profile = read_profile(path, names)
        found[profile.id] = profile
    for path in sorted(site.glob("*.toml")) if site and site.is_dir() else ():
        profile = replace(read_profile(path, names), shipped=False)
        if profile.id in found:
            _Text(path, path.read_text("utf-8")).wrong(
                _("{name} is the id of another profile").format(name=isolate(profile.id)),
                _("Choose an id that is not taken."), key="id",
            )  # fmt: skip
        found[profile.id] = profile
    return found


def read_profile(path: Path, vocabularies: frozenset[str]) -> Profile:
    """One profile file. Raises ProfileWrong."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ProfileWrong(
            path=path, line=line, detail=_("it is not UTF-8"), mend=_("Save it as UTF-8.")
        ) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise ProfileWrong(
            path=path, line=line, detail=error, mend=_("Mend the TOML in that line.")
        ) from error
    return _Reader(_Text(path, text), vocabularies).profile(table)


class _Text:
    """The file's text, to name the line of a mistake."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.lines = path, text.splitlines()
        self.heads = [n for n, line in enumerate(self.lines) if re.match(r"\s*\[\[field\]\]", line)]

    def line(self, field: int | None, key: str) -> int:
        """Of `key` in the `field`-th field (None: before the first); else where that begins."""
        ends = [*self.heads, len(self.lines)]
        start = 0 if field is None else self.heads[field]
        stop = ends[0] if field is None else ends[field + 1]
        for number in range(start, stop):
            if key and re.match(rf"\s*(?:\{{\s*)?{re.escape(key)}\s*=", self.lines[number]):
                return number + 1
        for number in range(start, stop):  # inside a table on one line
            if key and re.search(rf"(?<!\w){re.escape(key)}(?!\w)", self.lines[number]):
                return number + 1
        return start + 1

    def wrong(self, detail: str, mend: str, field: int | None = None, key: str = "") -> NoReturn:
        raise ProfileWrong(path=self.path, line=self.line(field, key), detail=detail, mend=mend)


class _Reader:
    def __init__(self, text: _Text, vocabularies: frozenset[str]) -> None:
        self.text, self.vocabularies = text, vocabularies
        self.at: int | None = None  # the field that is being read
        self.part = ""  # the id of its part that is being read

    def profile(self, table: Mapping[str, Any]) -> Profile:
        self._known(table, _PROFILE_KEYS)
        name, label = self._id(table), self._label(table)
        version = self._whole(table, "version", None)
        if version is None or version < 1:
            self._wrong("version", _("version must be a whole number from 1"), _("version = 1"))
        fields = table.get("field")
        if not isinstance(fields, list) or not fields:
            self._wrong("field", _("there is no field"), _("Add a [[field]] table."))
        read: list[Field] = []
        for place, entry in enumerate(fields):
            self.at = place
            read.append(self._field(entry))
            if read[-1].id in {field.id for field in read[:-1]}:
                self._wrong("id", _("{name} stands twice").format(name=isolate(read[-1].id)),
                            _("Take one of them away or give it another id."))  # fmt: skip
        return Profile(name, version, label, tuple(read))

    def _field(self, entry: Mapping[str, Any]) -> Field:
        self._known(entry, _FIELD_KEYS)
        name, label = self._id(entry), self._label(entry)
        kind = self._choice(entry, "type", TYPES, None)
        least, most = self._values(entry)
        parts = self._parts(entry, kind, label)
        return Field(
            id=name,
            level=cast("Level", self._choice(entry, "level", LEVELS, "case")),
            label=label,
            type=kind,
            least=least,
            most=most,
            required=self._words(entry, "required"),
            parts=parts,
            home=self._home(entry, name),
            access=self._string(entry, "access", ""),
            critical=self._critical(entry, name, parts),
            crosswalk=self._crosswalk(entry),
            default=self._string(entry, "default", ""),
        )

    def _home(self, entry: Mapping[str, Any], name: str) -> Home:
        home = cast("Home", self._choice(entry, "home", HOMES, "field"))
        known = ROWS.get(home)
        if known is not None and name not in known:
            self._wrong("home", _("{name} stands in no row of its own").format(name=isolate(name)),
                        _("Take the line “home” away."))  # fmt: skip
        return home

    def _parts(self, entry: Mapping[str, Any], kind: str, label: Label) -> tuple[Part, ...]:
        vocabulary = self._vocabulary(entry)
        listed = entry.get("parts", [])
        if kind != "record":
            if listed:
                self._wrong("parts", _("only a record has parts of its own"), 'type = "record"')
            if kind in SCALARS:
                self._needs_vocabulary(kind, vocabulary)
                part = scalar_part(kind, label, vocabulary, is_open=self._flag(entry, "open"))
                return (self._bounded(entry, part),)
            return known_parts(kind, vocabulary)
        if not isinstance(listed, list) or not listed:
            self._wrong("type", _("a record needs parts"), 'parts = [ { id = "…", … } ]')
        parts = tuple(self._part(one) for one in listed)
        self.part = ""
        return parts

    def _part(self, entry: Mapping[str, Any]) -> Part:
        self.part = str(entry.get("id", "")) if isinstance(entry, dict) else ""
        self._known(entry, _PART_KEYS)
        kind = self._choice(entry, "type", SCALARS, None)
        vocabulary = self._vocabulary(entry)
        self._needs_vocabulary(kind, vocabulary)
        part = Part(
            self._id(entry), self._label(entry), kind, vocabulary, self._flag(entry, "open"),
            required=self._flag(entry, "required", default=True),
        )  # fmt: skip
        return self._bounded(entry, part)

    def _bounded(self, entry: Mapping[str, Any], part: Part) -> Part:
        least, most = self._whole(entry, "least", None), self._whole(entry, "most", None)
        return replace(part, least=least, most=most)

    def _needs_vocabulary(self, kind: str, vocabulary: str) -> None:
        if kind == "code" and not vocabulary:
            self._wrong("type", _("a code needs a vocabulary"), 'vocabulary = "…"')

    def _critical(
        self, entry: Mapping[str, Any], name: str, parts: tuple[Part, ...]
    ) -> tuple[str, ...]:
        named = tuple(part.id for part in parts if part.id)
        asked = entry.get("critical", False)
        if isinstance(asked, bool):
            return (named or (name,)) if asked else ()
        words = self._words(entry, "critical")
        for word in words:
            if word not in named:
                self._wrong("critical", _("{name} is no part of it").format(name=isolate(word)),
                            one_of(named or ("true",)))  # fmt: skip
        return words

    def _crosswalk(self, entry: Mapping[str, Any]) -> Mapping[str, str]:
        table = entry.get("crosswalk", {})
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            self._wrong("crosswalk", _("crosswalk must be a table of texts"), '{ dc = "dc:title" }')
        for key in table:
            if key not in _PLACES:
                self._wrong("crosswalk", _("{name} is no crosswalk").format(name=isolate(key)),
                            one_of(_PLACES))  # fmt: skip
            if not is_place(key, table[key]):
                self._wrong(key, _("{place} is no place there").format(place=isolate(table[key])),
                            _("Such as: {known}.").format(known=isolate(_PLACES[key])))  # fmt: skip
        return MappingProxyType(dict(table))

    def _values(self, entry: Mapping[str, Any]) -> tuple[int, int | None]:
        text = self._string(entry, "values", "0..1")
        match = _VALUES.fullmatch(text)
        if match is None:
            self._wrong("values", _("{text} is no count of values").format(text=isolate(text)),
                        one_of(_COUNTS))  # fmt: skip
        least = int(match[1])
        most = None if match[2] == "n" else int(match[2] or match[1])
        if most is not None and (most < 1 or most < least):
            self._wrong("values", _("{text} is no count of values").format(text=isolate(text)),
                        one_of(_COUNTS))  # fmt: skip
        return least, most

    def _vocabulary(self, entry: Mapping[str, Any]) -> str:
        name = self._string(entry, "vocabulary", "")
        if name and name not in self.vocabularies:
            self._wrong("vocabulary", _("there is no vocabulary {name}").format(name=isolate(name)),
                        _("Put {file} into the archive's folder vocabularies, or mend the name.")
                        .format(file=isolate(f"{name}.json")))  # fmt: skip
        return name

    # --- plain pieces ---------------------------------------------------------------------------

    def _wrong(self, key: str, detail: str, mend: str) -> NoReturn:
        self.text.wrong(detail, mend, self.at, f'"{self.part}"' if self.part else key)

    def _known(self, entry: object, keys: set[str]) -> None:
        if not isinstance(entry, dict):
            self._wrong("", _("this must be a table"), "{ … }")
        for key in entry:
            if key not in keys:
                self._wrong(key, _("{name} is not known here").format(name=isolate(key)),
                            one_of(sorted(keys)))  # fmt: skip

    def _id(self, entry: Mapping[str, Any]) -> str:
        name = self._string(entry, "id", "")
        if not _ID.fullmatch(name):
            self._wrong("id", _("the id must be small Latin letters, digits and _"), 'id = "…"')
        return name

    def _label(self, entry: Mapping[str, Any]) -> Label:
        label = entry.get("label")
        if not isinstance(label, dict) or set(label) != {"ar", "en"}:
            self._wrong("label", _("the label must be Arabic and English"),
                        'label = { ar = "…", en = "…" }')  # fmt: skip
        ar, en = self._string(label, "ar", ""), self._string(label, "en", "")
        if not ar.strip() or not en.strip():
            self._wrong("label", _("the label must be Arabic and English"),
                        'label = { ar = "…", en = "…" }')  # fmt: skip
        return Label(ar, en)

    def _string(self, entry: Mapping[str, Any], key: str, default: str) -> str:
        found = entry.get(key, default)
        if not isinstance(found, str):
            self._wrong(key, _("{name} must be a text").format(name=isolate(key)), f'{key} = "…"')
        return found

    def _flag(self, entry: Mapping[str, Any], key: str, *, default: bool = False) -> bool:
        found = entry.get(key, default)
        if not isinstance(found, bool):
            self._wrong(key, _("{name} must be true or false").format(name=isolate(key)),
                        f"{key} = true")  # fmt: skip
        return found

    def _whole(self, entry: Mapping[str, Any], key: str, default: int | None) -> int | None:
        found = entry.get(key, default)
        if found is not None and type(found) is not int:
            self._wrong(key, _("{name} must be a whole number").format(name=isolate(key)),
                        f"{key} = 1")  # fmt: skip
        return found

    def _words(self, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
        found = entry.get(key, [])
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            self._wrong(key, _("{name} must be a list of texts").format(name=isolate(key)),
                        f'{key} = ["{ALWAYS}"]')  # fmt: skip
        return tuple(found)

    def _choice(
        self, entry: Mapping[str, Any], key: str, choices: tuple[str, ...], default: str | None
    ) -> str:
        found = entry.get(key, default)
        if found not in choices:
            self._wrong(
                key if key in entry else "id",
                _("{name} is not one of those that are known").format(name=isolate(key)),
                one_of(choices),
            )
        return cast("str", found)

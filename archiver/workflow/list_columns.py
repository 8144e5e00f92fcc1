"""Which column of a case list says what: by the names that columns have, in either language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archiver.errors import InputError, RequestRefused
from archiver.i18n import N_, _, isolate
from archiver.metadata.profiles import Profile
from index.arabic import fold_text

NUMBER, YEAR, SERIES, KEY = "number", "year", "series", "key"
_HEADER_WITHIN: Final = 10  # rows above the table: a title, a date
_SHOWN: Final = 12

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    NUMBER: ("رقم الطعن", "رقم القضية", "رقم الدعوى", "الرقم", "رقم", "appeal number",
             "case number", "appeal no", "case no", "number", "no"),
    YEAR: ("السنة القضائية", "سنة الطعن", "سنة القضية", "سنة القيد", "السنة", "سنة",
           "judicial year", "year"),
    SERIES: ("سلسلة القيد", "السلسلة", "نوع الجدول", "الجدول", "docket series", "series", "docket"),
    KEY: ("رقم القيد", "الطعن", "القضية", "رقم وسنة الطعن", "case key", "case", "appeal"),
}  # fmt: skip
# A column that is one part of a field's value: how its words become that value.
_PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "الطاعن": ("party", "name={}; role=appellant"),
    "اسم الطاعن": ("party", "name={}; role=appellant"),
    "appellant": ("party", "name={}; role=appellant"),
    "المطعون ضده": ("party", "name={}; role=respondent"),
    "المطعون ضدها": ("party", "name={}; role=respondent"),
    "respondent": ("party", "name={}; role=respondent"),
}


class WrongHeader(InputError):
    what = N_("{name} has no column for {missing}. It begins with: {found}.")
    advice = N_("Call that column {expected}, or say which it is: --column {option}=NAME.")


class NoSuchColumn(RequestRefused):
    what = N_("The list has no column {column}. It has: {found}.")
    advice = N_("Write its name as it stands in the list.")


@dataclass(frozen=True, slots=True)
class Columns:
    """header: index of its row. known: target -> column; fields: column -> (field, template)."""

    header: int
    known: dict[str, int]
    fields: dict[int, tuple[str, str]]
    unknown: tuple[str, ...]  # columns that say nothing this station knows


def columns_of(
    name: str, rows: Sequence[Sequence[str]], profile: Profile, said: Mapping[str, str]
) -> Columns:
    """The columns of a list. `said`: target or field id -> name of its column, by a person.

    Raises WrongHeader, NoSuchColumn.
    """
    first = rows[:_HEADER_WITHIN]
    if said:
        header = _row_with(first, list(said.values()))
    else:
        header = max(range(len(first)), key=lambda n: _recognised(first[n], profile), default=0)
    cells = list(first[header]) if first else []
    known, fields = _placed(cells, profile, said)
    if KEY not in known and not {NUMBER, YEAR} <= set(known):
        raise _wrong(name, cells, known)
    spoken = {*known.values(), *fields}
    unknown = tuple(cell for n, cell in enumerate(cells) if n not in spoken and cell)
    return Columns(header, known, fields, unknown)


def _recognised(cells: Sequence[str], profile: Profile) -> int:
    known, fields = _placed(cells, profile, {})
    return len(known) + len(fields)


def _placed(
    cells: Sequence[str], profile: Profile, said: Mapping[str, str]
) -> tuple[dict[str, int], dict[int, tuple[str, str]]]:
    known: dict[str, int] = {}
    fields: dict[int, tuple[str, str]] = {}
    chosen = {_column(cells, column): target for target, column in said.items()}
    names = _targets(profile)
    for place, cell in enumerate(cells):
        target, template = (chosen[place], "{}") if place in chosen else names.get(
            _plain(cell), ("", ""))  # fmt: skip
        if target in _NAMES:
            known.setdefault(target, place)
        elif target:
            fields[place] = (target, template)
    return known, fields


def _targets(profile: Profile) -> dict[str, tuple[str, str]]:
    """Every name that a column may have -> what it says and how."""
    made: dict[str, tuple[str, str]] = {}
    for field in profile.of_level("case"):
        if not field.critical:
            for word in (field.id, field.label.ar, field.label.en):
                made[_plain(word)] = (field.id, "{}")
    for word, (field_id, template) in _PARTS.items():
        if profile.field(field_id):
            made[_plain(word)] = (field_id, template)
    for target, words in _NAMES.items():
        made.update({_plain(word): (target, "{}") for word in words})
    return made


def _plain(words: str) -> str:
    return " ".join(fold_text(words).casefold().replace("_", " ").strip(" .:*#").split())


def _row_with(rows: Sequence[Sequence[str]], wanted: Sequence[str]) -> int:
    names = {_plain(word) for word in wanted}
    scores = [len(names & {_plain(cell) for cell in row}) for row in rows]
    return scores.index(max(scores)) if scores else 0


def _column(cells: Sequence[str], name: str) -> int:
    for place, cell in enumerate(cells):
        if _plain(cell) == _plain(name):
            return place
    raise NoSuchColumn(column=name, found=_shown(cells))


def _wrong(name: str, cells: Sequence[str], known: Mapping[str, int]) -> WrongHeader:
    missing = YEAR if NUMBER in known else NUMBER
    words = {NUMBER: _("the appeal number"), YEAR: _("the judicial year")}[missing]
    expected = _(", ").join(isolate(_NAMES[missing][n]) for n in (0, -2))
    return WrongHeader(name=name, missing=words, found=_shown(cells), expected=expected,
                       option=missing)  # fmt: skip


def _shown(cells: Sequence[str]) -> str:
    named = [cell for cell in cells if cell]
    words = _(", ").join(isolate(cell[:40]) for cell in named[:_SHOWN])
    return words + ("…" if len(named) > _SHOWN else "") or "–"

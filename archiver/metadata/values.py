"""Values of fields: what may be kept, what a person typed, and how a value is shown."""

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits, isolate
from archiver.metadata import edtf
from archiver.metadata.dates.reading import read_dates
from archiver.metadata.profiles import Field, Part
from archiver.metadata.vocabularies import Vocabularies
from archiver.model.identity import DEFAULT_SERIES
from index.arabic import find_case_numbers

MOST_LETTERS: Final = {"text": 1_000, "long_text": 20_000}
HIDDEN: Final = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TRUE: Final = frozenset({"true", "yes", "1", "نعم"})
_FALSE: Final = frozenset({"false", "no", "0", "لا"})
_KEY: Final = re.compile(r"(?:([a-z_]+)\s*[:/]\s*)?(\d{1,9})\s*/\s*(\d{1,4})")


class ValueRefused(RequestRefused):
    """The value stays with whoever gave it; nothing was changed."""

    what = N_("{field}: {detail}.")
    advice = N_("{mend} Nothing was changed.")


def checked(field: Field, value: Any, vocabularies: Vocabularies) -> Any:
    """`value` in the form that is kept, in the form of its type. Raises ValueRefused."""
    if not field.composite:
        return _scalar(field, field.parts[0], value, vocabularies)
    if not isinstance(value, dict):
        raise _refusal(field, _("this has parts"), _parts_mend(field))
    for name in value:
        if field.part(name) is None:
            raise _refusal(field, _("{name} is no part of it").format(name=isolate(name)),
                    _parts_mend(field))  # fmt: skip
    kept = {}
    for part in field.parts:
        given = value.get(part.id)
        if given is None or given == "":
            if part.required:
                raise _refusal(field, _("{part} is missing").format(part=isolate(part.label)),
                        _("Say it."))  # fmt: skip
            continue
        kept[part.id] = _scalar(field, part, given, vocabularies)
    if not kept:
        raise _refusal(field, _("nothing is said"), _parts_mend(field))
    return kept


def _scalar(field: Field, part: Part, value: Any, vocabularies: Vocabularies) -> Any:
    match part.type:
        case "integer":
            return _integer(field, part, value)
        case "boolean":
            if not isinstance(value, bool):
                raise _refusal(field, _("this is either true or false"), _("Say yes or no."))
            return value
        case "code":
            return _code(field, part, value, vocabularies)
        case "edtf":
            return _edtf(field, value)
        case _:
            return _text(field, value, part.type)


def _integer(field: Field, part: Part, value: Any) -> int:
    if type(value) is not int:
        raise _refusal(field, _("this must be a whole number"), _("Write figures only."))
    low = part.least if part.least is not None else 0
    high = part.most if part.most is not None else 10**9
    if not low <= value <= high:
        raise _refusal(field, _("{number} is out of range").format(number=digits(value)),
                       _("It goes from {low} to {high}.").format(low=digits(low),
                                                                 high=digits(high)))  # fmt: skip
    return value


def _code(field: Field, part: Part, value: Any, vocabularies: Vocabularies) -> str:
    words = _text(field, value, "text")
    vocabulary = vocabularies[part.vocabulary]
    term = vocabulary.find(words)
    if term is not None:
        return term.code
    if part.open:
        return words
    near = vocabulary.like(words[:3], 4) or tuple(vocabulary.terms.values())[:4]
    known = _(", ").join(f"{term.code} ({term.label})" for term in near)
    raise _refusal(
        field,
        _("{words} is not in the list “{list}”").format(
            words=_quoted(words), list=vocabulary.title
        ),
        _("Such as: {known}.").format(known=known),
    )


def _edtf(field: Field, value: Any) -> str:
    text = _text(field, value, "text").translate(_PLAIN_DIGITS)
    if edtf.span(text) is None:
        raise _refusal(field, _("{text} is no date that can be").format(text=_quoted(text)),
                _("Write it as 2024-11-21, 2024-11, 1951, 1951~ or 1949/1953."))  # fmt: skip
    return text


def _text(field: Field, value: Any, kind: str) -> str:
    if not isinstance(value, str):
        raise _refusal(field, _("this must be a text"), _("Write words."))
    most = MOST_LETTERS.get(kind, MOST_LETTERS["text"])
    if len(value) > most:
        raise _refusal(
            field,
            _("{count} characters are too many").format(count=digits(f"{len(value):,}")),
            _("{most} are taken at most.").format(most=digits(f"{most:,}")),
        )
    hidden = HIDDEN.search(value) or _CONTROL.search(value)
    if hidden:
        raise _refusal(
            field,
            _("there is a hidden character (U+{code}) at place {place}").format(
                code=f"{ord(hidden[0]):04X}", place=digits(hidden.start() + 1)
            ),
            _("Type the words again by hand; they were perhaps copied from elsewhere."),
        )
    words = unicodedata.normalize("NFC", value).strip()
    if kind == "long_text":
        lines = [" ".join(line.split()) for line in words.splitlines()]
        words = "\n".join(lines).strip()
    else:
        words = " ".join(words.split())
    if not words:
        raise _refusal(field, _("nothing is said"), _("Write words."))
    return words


_PLAIN_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


# --- what a person typed ------------------------------------------------------------------------


def parsed(
    field: Field, text: str, vocabularies: Vocabularies, series: str = DEFAULT_SERIES
) -> tuple[Any, str]:
    """The value that `text` means, and the words as they were given. Raises ValueRefused.

    A code may be given by its words in either language; a date in any written form; a name as
    «role: name»; what has parts as «part=…; part=…», or as JSON. `series` is the one that a bare
    99001/93 belongs to.
    """
    _text(field, text, "long_text")  # refuses what is hidden or too long before anything reads it
    words = text.strip()
    match field.type:
        case "case_key":
            value: Any = _case_key(field, words, series)
        case "date":
            value = _date(field, words)
        case "name":
            value = _name(field, words, vocabularies)
        case "record":
            value = _record(field, words)
        case _:
            value = _plain(field, field.parts[0], words)
    return checked(field, value, vocabularies), words


def _plain(field: Field, part: Part, words: str) -> Any:
    match part.type:
        case "integer":
            figures = words.translate(_PLAIN_DIGITS).replace(",", "").replace("٬", "")
            if not re.fullmatch(r"\d{1,12}", figures):
                raise _refusal(field, _("{text} is not a whole number").format(text=_quoted(words)),
                        _("Write figures only."))  # fmt: skip
            return int(figures)
        case "boolean":
            if words.casefold() in _TRUE | _FALSE:
                return words.casefold() in _TRUE
            return words
        case _:
            return words


def _case_key(field: Field, words: str, series: str) -> dict[str, Any]:
    plain = _KEY.fullmatch(words.translate(_PLAIN_DIGITS))
    if plain:
        number, year = int(plain[2]), int(plain[3])
        return {"series": plain[1] or series, "number": number, "judicial_year": year}
    found = find_case_numbers(words)
    if len(found) != 1:
        raise _refusal(field, _("{text} is not one case number").format(text=_quoted(words)),
                _("Write it as 99001/93, with its series as criminal:99001/93."))  # fmt: skip
    return {
        "series": series, "number": found[0].number, "judicial_year": found[0].judicial_year
    }  # fmt: skip


def _date(field: Field, words: str) -> dict[str, Any]:
    plain = words.translate(_PLAIN_DIGITS)
    if edtf.span(plain):
        return {"edtf": plain, "calendar": "greg", "written": words}
    found = read_dates(words)
    if len(found) == 1 and found[0].edtf:
        return {**found[0].value(), "written": words}
    why = _("{text} is no date that can be") if found else _("{text} is not one date")
    raise _refusal(field, why.format(text=_quoted(words)),
            _("Write it as 21/11/2024, as 2024-11-21, or as it stands on the paper."))  # fmt: skip


def _name(field: Field, words: str, vocabularies: Vocabularies) -> dict[str, Any]:
    before, colon, after = words.partition(":")
    roles = field.part("role")
    if colon and after.strip() and roles and roles.vocabulary:
        role = vocabularies[roles.vocabulary].find(before.strip())
        if role:
            return {"name_as_written": after.strip(), "role": role.code}
    return {"name_as_written": words}


def _record(field: Field, words: str) -> dict[str, Any]:
    if words.startswith("{"):
        try:
            table = json.loads(words)
        except json.JSONDecodeError as error:
            why = _("this is not JSON: {why}").format(why=error.msg)
            raise _refusal(field, why, _parts_mend(field)) from error
        if not isinstance(table, dict):
            raise _refusal(field, _("this has parts"), _parts_mend(field))
        return table
    pieces = [piece.partition("=") for piece in re.split(r"[;؛]", words) if piece.strip()]
    if len(pieces) == 1 and not pieces[0][1]:
        needed = [part for part in field.parts if part.required] or list(field.parts)
        return {needed[0].id: _plain(field, needed[0], words)}
    table = {}
    for name, _equals, said in pieces:
        part = _part_named(field, name.strip())
        if part is None:
            raise _refusal(field, _("{name} is no part of it").format(name=isolate(name.strip())),
                    _parts_mend(field))  # fmt: skip
        table[part.id] = _plain(field, part, said.strip())
    return table


def _part_named(field: Field, name: str) -> Part | None:
    named = (p for p in field.parts if name.casefold() in (p.id, p.label.ar, p.label.en.casefold()))
    return next(named, None)


# --- how a value is shown -----------------------------------------------------------------------


def shown(field: Field, value: Any, vocabularies: Vocabularies) -> str:
    """One line for people, in the chosen language."""
    if not field.composite:
        return _shown_part(field.parts[0], value, vocabularies)
    said = {p.id: _shown_part(p, value[p.id], vocabularies) for p in field.parts if p.id in value}
    match field.type:
        case "case_key":
            return f"{digits(value['number'])}/{digits(value['judicial_year'])} · {said['series']}"
        case "date":
            written = said.get("written")
            return f"{written} ({said['edtf']})" if written else said["edtf"]
        case "name":
            role = said.get("role")
            name = said["name_as_written"]
            return f"{name} ({role})" if role else name
        case _:
            hidden = {"name_sort"}
            return " · ".join(text for name, text in said.items() if name not in hidden)


def _shown_part(part: Part, value: Any, vocabularies: Vocabularies) -> str:
    if part.type == "code":
        term = vocabularies[part.vocabulary].terms.get(value)
        return term.label if term else str(value)
    if part.type == "boolean":
        return _("yes") if value else _("no")
    return digits(value)


# --- words --------------------------------------------------------------------------------------


def _parts_mend(field: Field) -> str:
    known: Iterable[str] = (f"{part.id} ({part.label})" for part in field.parts)
    return _("Its parts are: {known}.").format(known=_(", ").join(known))


def _quoted(text: str) -> str:
    return isolate(text if len(text) <= 40 else f"{text[:40]}…")


def _refusal(field: Field, detail: str, mend: str) -> ValueRefused:
    return ValueRefused(field=str(field.label), detail=detail, mend=mend)

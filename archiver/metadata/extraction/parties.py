"""Who appeals against whom."""

import re
from collections.abc import Iterator
from typing import Final

from archiver.metadata.extraction.finding import Finding
from archiver.metadata.extraction.markers import Part, text_of
from archiver.metadata.extraction.names import names_in, sorting_key, titles_end
from archiver.metadata.extraction.shapes import Shapes, stream_of
from index.arabic import fold_text

_SURE: Final = 0.85
_OPEN_ENDED: Final = 0.55  # nothing says where the name ends
_WORDS_OPEN: Final = 4
_WORDS_CLOSED: Final = 4
_LINE: Final = 90
_WORDS_MOST: Final = 24
_NUMBERED: Final = re.compile(r"(?:^|\n)\s*\(?[0-9٠-٩]{1,2}\s*[-–).]\s*")
_TITLE: Final = re.compile(
    r"^(?:[\s:/.,،\-–ـ]|(?:السيد(?:ة)?|السادة|الأستاذ(?:ة)?|حضرة)\s*(?:/|\s)\s*"
    r"(?=\S)|كل من\s*:?)+"
)
_STOP: Final = re.compile(
    r"\s*(?:[\n،,؛;]|–|\s-\s|(?<=\w\w\w)\.(?=\s|$)|\((?:طاعن|مطعون|الطاعن|المطعون)|"
    r"(?<!\w)(?:المقيم|المقيمة|ومقره|ومقرها|مقره|مقرها|ويعلن|وتعلن|الكائن|الكائنة|ويمثله|ويمثلها|"
    r"حضر عن|لم يحضر|موطنه|ومحله|وموطنه)(?!\w)).*",
    re.DOTALL,
)
_EX_OFFICIO: Final = re.compile(r"بصفت(?:ه|ها|هما|هم)")
_WITH_LAWYER: Final = frozenset({"judgment", "minutes"})
_LAWYER: Final = re.compile(r"(?:الأستاذ|الاستاذ)(?:ة)?\s*/?\s*")
_LAWYER_ENDS: Final = re.compile(
    r"\s*(?:[–،,.]|(?<!\w)(?:المحامي|المحامى|بصفته|عن|وقرر)(?!\w)).*", re.DOTALL
)
_REQUEST: Final = "judges"


def parties(shapes: Shapes, heading: tuple[Part, ...], series: str) -> Iterator[Finding]:
    """The parties of a heading in their order: first who appeals, then against whom."""
    asked: bool = series == _REQUEST and _is_request(shapes)
    seen: set[str] = set()
    for number, part in enumerate(heading):
        if part.name not in ("appellant", "respondent") or part.name in seen:
            continue
        if part.name == "respondent" and "appellant" not in seen and not _begins(part, heading):
            continue
        lawyer = _lawyer_after(shapes, heading[number + 1 :])
        role = "applicant" if asked and part.name == "appellant" else part.name
        found = list(_named(shapes, part, role, lawyer))
        if found:
            seen.add(part.name)
        yield from found


def _begins(part: Part, heading: tuple[Part, ...]) -> bool:
    """Whether the papers of the respondent may name him first, as a defence memo does."""
    return any(other.name == "appellant" and other.start > part.end for other in heading)


def _is_request(shapes: Shapes) -> bool:
    return bool(shapes.find(stream_of("الطلب رقم"))) or bool(shapes.find(stream_of("الطلبات")))


def _named(shapes: Shapes, part: Part, role: str, lawyer: str) -> Iterator[Finding]:
    text, offset = text_of(shapes, part)
    pieces = _pieces(text)
    for start, piece in pieces:
        lead = _TITLE.match(piece)
        begin = lead.end() if lead else 0
        begin += titles_end(piece[begin:].split("\n", 1)[0])
        whole = piece[begin:]
        name = _STOP.sub("", whole).strip(" :/.-–ـ")
        closed = len(name) < len(whole.rstrip(" :/.-–ـ\n")) or not _goes_on(part, whole)
        words = name.split()
        closed = closed and not (len(words) > _WORDS_CLOSED and _runs(text))
        if not words or not re.search(r"\w{2}|\w\.", name):
            continue
        if len(words) > _WORDS_MOST or (not closed and len(words) > _WORDS_OPEN):
            name, closed = " ".join(words[:_WORDS_OPEN]), False
        at = offset + start + begin + max(0, whole.find(words[0]))
        yield _party(name, _said_role(whole) or role, lawyer, at, _SURE if closed else _OPEN_ENDED)


_ROLE_END: Final = "|"
_SAID_ROLE: Final = re.compile(r"\((?P<against>(?:ال)?مطعون)|\((?P<by>(?:ال)?طاعن)")


def _said_role(text: str) -> str:
    """The role that stands in brackets after a name."""
    match = _SAID_ROLE.search(text)
    return "" if match is None else "respondent" if match["against"] else "appellant"


def _runs(text: str) -> bool:
    """Whether the text has no lines, so that a comma may be that of a sentence."""
    return "\n" not in text.strip() and len(text) > _LINE


def _goes_on(part: Part, text: str) -> bool:
    """Whether running text follows the name, so that its end is a guess."""
    return part.end - part.start > 60 and "\n" not in text.strip()


def _pieces(text: str) -> list[tuple[int, str]]:
    starts = [match.end() for match in _NUMBERED.finditer(text)]
    if not starts:
        body = text.lstrip(" :/\n.")
        return [(len(text) - len(body), body)]
    ends = [*[match.start() for match in _NUMBERED.finditer(text)][1:], len(text)]
    return [(start, text[start:end]) for start, end in zip(starts, ends, strict=True)]


def _party(name: str, role: str, lawyer: str, start: int, probability: float) -> Finding:
    key = sorting_key(name)
    folded = fold_text(name)
    capacity = "ex_officio" if _EX_OFFICIO.search(folded) else ""
    capacity = capacity or ("heirs" if folded.startswith("ورثه") else "")
    value = {
        "name": name, "role": role, "capacity": capacity, "represented_by": lawyer,
        "name_sort": key,
    }  # fmt: skip
    return Finding(
        "party", value, f"{role}{_ROLE_END}{stream_of(key)}", probability, f"heading: {role}",
        start, start + len(name),
    )  # fmt: skip


def _lawyer_after(shapes: Shapes, following: tuple[Part, ...]) -> str:
    if not following or following[0].name != "attendance":
        return ""
    found = _lawyer(text_of(shapes, following[0])[0])
    return found[0] if found else ""


def _lawyer(text: str) -> tuple[str, int] | None:
    match = _LAWYER.search(text)
    if match is None:
        return None
    name = _LAWYER_ENDS.sub("", text[match.end() : match.end() + 60]).strip(" /:")
    names = names_in(name, one=True)
    return (names[0].text, match.end() + names[0].start) if names else None


_COUNSEL_PAPERS: Final = frozenset({"appeal_statement", "appeal_report"})


def counsel(shapes: Shapes, kind: str, heading: tuple[Part, ...]) -> Iterator[Finding]:
    """The lawyer who lodged the appeal, or who appeared for a party."""
    if kind in _COUNSEL_PAPERS:
        head = shapes.page.text[:1200]
        if found := _lawyer(head):
            yield _counsel(*found)
    elif kind in _WITH_LAWYER:
        for part in heading:
            if part.name == "attendance":
                text, offset = text_of(shapes, part)
                if found := _lawyer(text):
                    yield _counsel(found[0], offset + found[1])


def _counsel(name: str, start: int) -> Finding:
    key = sorting_key(name)
    value = {"name_as_written": name, "name_sort": key}
    return Finding("counsel", value, stream_of(key), 0.75, "counsel", start, start + len(name))

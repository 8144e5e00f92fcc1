"""Who sat, who appeared for the prosecution, who kept the minutes."""

import re
from collections.abc import Iterator
from typing import Final

from archiver.metadata.extraction.finding import Finding
from archiver.metadata.extraction.markers import Part, text_of
from archiver.metadata.extraction.names import Name, names_in, sorting_key
from archiver.metadata.extraction.shapes import Shapes, pattern, stream_of

_MEMBERS_PARTED: Final = 0.85
_PRESIDING: Final = 0.88
_ONE_NAME: Final = 0.86
_FOLLOWED: Final = 220  # letters within which the members follow
# Before the war the prosecutor and the clerk come before their offices.
_OLD_PROSECUTOR: Final = r"(?:^|\s)و(?P<name>[^\n،,/:]{6,60}?)\s+(?:رئيس|وكيل)\s+النيابة(?!\w)"
_OLD_CLERK: Final = r"(?:^|\s)و(?P<name>[^\n،,/:]{6,60}?)\s+كاتب\s+(?:المحكمة|الجلسة)(?!\w)"
_ALONE: Final = tuple(map(stream_of, ("حضرة", "السيد", "السيد القاضي", "السيد المستشار")))


def bench(shapes: Shapes, heading: tuple[Part, ...]) -> Iterator[Finding]:
    """The bench, the presiding judge first, then the prosecution member and the clerk."""
    presiding = next((part for part in heading if part.name == "presiding"), None)
    if presiding is not None:
        yield from _judges(shapes, presiding, heading)
    for field, part_name, older in (
        ("prosecution_member", "prosecution", _OLD_PROSECUTOR),
        ("clerk", "clerk", _OLD_CLERK),
    ):
        part = next((each for each in heading if each.name == part_name), None)
        found = _first(shapes, part) if part else _older(shapes, older, presiding)
        if found:
            yield _person(field, *found)


def _judges(shapes: Shapes, presiding: Part, heading: tuple[Part, ...]) -> Iterator[Finding]:
    text, offset = text_of(shapes, presiding)
    for name in names_in(text)[:1]:
        yield _judge(name, offset, "presiding", _PRESIDING)
    for part in heading:
        near = presiding.start <= part.start <= presiding.start + _FOLLOWED
        if part.name == "members" and near:
            lines, offset = text_of(shapes, part, unwrapped=False)
            text = text_of(shapes, part)[0][: len(_before_older(lines))]
            alone = shapes.stream[part.opening.start : part.opening.end].endswith(_ALONE)
            for name in names_in(text, one=alone):
                yield _judge(name, offset, "member", _MEMBERS_PARTED)


def _before_older(text: str) -> str:
    """The members' list up to a prosecutor who stands in the next line by his name alone."""
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], start=1):
        if re.search(r"(?:رئيس|وكيل) النيابة|كاتب المحكمة", line):
            return "\n".join(lines[:number])
    return text


def _judge(name: Name, offset: int, role: str, probability: float) -> Finding:
    key = sorting_key(name.text)
    value = {"name_as_written": name.text, "name_sort": key, "role": role}
    return Finding(
        "bench", value, stream_of(key), probability, f"bench: {role}",
        offset + name.start, offset + name.end,
    )  # fmt: skip


def _first(shapes: Shapes, part: Part) -> tuple[Name, int] | None:
    text, offset = text_of(shapes, part)
    names = names_in(_leading_office(text), one=True)
    return (names[0], offset) if names else None


def _leading_office(text: str) -> str:
    """The text with «العامة لدى محكمة النقض» blanked, which belongs to the office."""
    return re.sub(
        r"العام[ةه]\s+لد[ىي]\s+محكم[ةه]\s+النقض|لد[ىي]\s+محكم[ةه]\s+النقض",
        lambda match: "/" + " " * (len(match.group()) - 1),
        text,
    )


def _older(shapes: Shapes, words: str, presiding: Part | None) -> tuple[Name, int] | None:
    if presiding is None:
        return None
    match = pattern(words).search(shapes.classes, shapes.in_folded(presiding.opening)[1])
    if match is None or match.start() > shapes.in_folded(presiding.opening)[1] + 2 * _FOLLOWED:
        return None
    start, end = shapes.folded.origin(match.start("name"), match.end("name"))
    names = names_in(shapes.page.text[start:end], one=True)
    return (names[-1], start) if names else None


def _person(field: str, name: Name, offset: int) -> Finding:
    key = sorting_key(name.text)
    value = {"name_as_written": name.text, "name_sort": key}
    return Finding(
        field, value, stream_of(key), _ONE_NAME, field, offset + name.start, offset + name.end
    )

"""ALTO 4.4, the record of the words: the one writer and reader of it."""

import json
from collections.abc import Sequence
from typing import cast

from lxml import etree

from ocr.errors import OcrError
from ocr.page import Box, Direction, Line, PageText, Review, Word
from ocr.steps import CORRECT, RECOGNISE, Step

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA_VERSION = "4.4"
DIRECTION_TAGS: dict[Direction, str] = {"rtl": "written_rtl", "ltr": "written_ltr"}
ILLEGIBLE = "illegible"  # the tag of a word that a person gave up
PROBABILITY = "probability_"  # begins the tags that say how likely a word is right
CATEGORIES = {RECOGNISE: "contentGeneration", CORRECT: "contentModification"}
READ = "read"  # the ID of the processing step that made the text

_Element = etree._Element
_PREFIXES = cast(dict[str, str], {None: NAMESPACE})  # the default namespace; the stubs know no None


class AltoUnreadable(OcrError):
    """Bytes that are not an ALTO file of ours."""


def write(
    text: PageText, *, image_name: str, steps: Sequence[Step] = (), page_number: int = 1
) -> bytes:
    """The page as ALTO 4.4, UTF-8. Equal pages give equal bytes: no clock is in it.

    Strings stand in logical order, digits as printed; WC is the reader's confidence. A word that
    runs against its line is tagged, because ALTO has a direction for lines only; one that a person
    looked at has the correction status, and a tag if it is illegible. The probability that a word
    is right is a tag, too: ALTO has no second place for a figure.
    Raises ValueError for a line without words and for characters that XML cannot hold.
    """
    root = etree.Element(_q("alto"), nsmap=_PREFIXES, SCHEMAVERSION=SCHEMA_VERSION)
    _describe(root, text, image_name, steps)
    tags = etree.SubElement(root, _q("Tags"))
    for direction, tag in DIRECTION_TAGS.items():
        etree.SubElement(tags, _q("OtherTag"), ID=tag, TYPE="direction", LABEL=direction)
    if any(word.review == ILLEGIBLE for word in text.words):
        etree.SubElement(tags, _q("OtherTag"), ID=ILLEGIBLE, TYPE="legibility", LABEL=ILLEGIBLE)
    known = {word.probability for word in text.words if word.probability is not None}
    for chance in sorted(known):
        figure = {"ID": f"{PROBABILITY}{chance!r}", "TYPE": "probability", "LABEL": repr(chance)}
        etree.SubElement(tags, _q("OtherTag"), figure)
    layout = etree.SubElement(root, _q("Layout"))
    page = etree.SubElement(
        layout,
        _q("Page"),
        ID="page",
        PHYSICAL_IMG_NR=str(page_number),
        WIDTH=str(text.width_px),
        HEIGHT=str(text.height_px),
        LANG=text.language,
        PROCESSINGREFS=READ,
    )
    _write_lines(page, text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _describe(root: _Element, text: PageText, image_name: str, steps: Sequence[Step]) -> None:
    description = etree.SubElement(root, _q("Description"))
    _add(description, "MeasurementUnit", "pixel")
    source = etree.SubElement(description, _q("sourceImageInformation"))
    _add(source, "fileName", image_name)
    for number, step in enumerate(steps):
        done = etree.SubElement(description, _q("Processing"), ID=f"step_{number}")
        _add(done, "processingCategory", CATEGORIES.get(step.name, "preOperation"))
        _add(done, "processingStepDescription", step.name)
        _add(done, "processingStepSettings", _settings(dict(step.figures)))
    read = etree.SubElement(description, _q("Processing"), ID=READ)
    _add(read, "processingCategory", "contentGeneration")
    _add(read, "processingStepDescription", "text recognition")
    _add(read, "processingStepSettings", _settings({"image_dpi": text.dpi}))
    software = etree.SubElement(read, _q("processingSoftware"))
    _add(software, "softwareName", text.engine)


def _write_lines(page: _Element, text: PageText) -> None:
    space = etree.SubElement(
        page, _q("PrintSpace"), _place(Box(0, 0, text.width_px, text.height_px))
    )
    if not text.lines:
        return
    block = etree.SubElement(space, _q("TextBlock"), ID="text")
    for number, line in enumerate(text.lines):
        _write_line(block, line, f"line_{number}")


def _write_line(block: _Element, line: Line, name: str) -> None:
    if not line.words:
        raise ValueError(f"{name} has no words")
    element = etree.SubElement(
        block, _q("TextLine"), {"ID": name, "BASEDIRECTION": line.direction, **_place(line.box)}
    )
    for number, word in enumerate(line.words):
        if number:
            etree.SubElement(element, _q("SP"))
        string = etree.SubElement(element, _q("String"), ID=f"{name}_word_{number}")
        for key, value in _place(word.box).items():
            string.set(key, value)
        string.set("WC", repr(float(word.confidence)))
        string.set("CONTENT", word.text)
        if word.review:
            string.set("CS", "true")
        if tags := _tags(word, line.direction):
            string.set("TAGREFS", " ".join(tags))


def _tags(word: Word, line_direction: Direction) -> list[str]:
    against = [DIRECTION_TAGS[word.direction]] if word.direction != line_direction else []
    chance = [] if word.probability is None else [f"{PROBABILITY}{word.probability!r}"]
    return against + chance + [ILLEGIBLE] * (word.review == ILLEGIBLE)


def read(data: bytes) -> PageText:
    """What `write` wrote. Raises AltoUnreadable."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        page = _one(root, "Layout/Page")
        processing = _one(root, f"Description/Processing[@ID='{READ}']")
        settings = json.loads(_text(processing, "processingStepSettings"))
        return PageText(
            width_px=int(page.attrib["WIDTH"]),
            height_px=int(page.attrib["HEIGHT"]),
            dpi=int(settings["image_dpi"]),
            lines=tuple(_line(line) for line in page.iter(_q("TextLine"))),
            engine=_text(processing, "processingSoftware/softwareName"),
            language=str(page.attrib["LANG"]),
        )
    except (etree.XMLSyntaxError, KeyError, ValueError, TypeError) as error:
        raise AltoUnreadable(str(error)) from error


def steps(data: bytes) -> tuple[Step, ...]:
    """The steps that `write` recorded. Raises AltoUnreadable."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        found = root.findall(_path("Description/Processing"))
        return tuple(
            Step(
                _text(step, "processingStepDescription"),
                json.loads(_text(step, "processingStepSettings")),
            )
            for step in found
            if step.get("ID") != READ
        )
    except (etree.XMLSyntaxError, KeyError, ValueError, TypeError) as error:
        raise AltoUnreadable(str(error)) from error


def _line(element: _Element) -> Line:
    direction = _direction(element.attrib["BASEDIRECTION"])
    words = tuple(_word(string, direction) for string in element.iter(_q("String")))
    return Line(words, _box(element), direction)


def _word(element: _Element, line_direction: Direction) -> Word:
    against: Direction = "ltr" if line_direction == "rtl" else "rtl"
    tags = str(element.get("TAGREFS", "")).split()
    reviewed: Review = "checked" if element.get("CS") == "true" else ""
    return Word(
        text=str(element.attrib["CONTENT"]),
        box=_box(element),
        confidence=float(element.attrib["WC"]),
        direction=against if DIRECTION_TAGS[against] in tags else line_direction,
        review="illegible" if ILLEGIBLE in tags else reviewed,
        probability=_probability(tags),
    )


def _probability(tags: Sequence[str]) -> float | None:
    found = [tag.removeprefix(PROBABILITY) for tag in tags if tag.startswith(PROBABILITY)]
    return float(found[0]) if found else None


def _direction(value: object) -> Direction:
    if value not in ("rtl", "ltr"):
        raise ValueError(f"{value} is no direction")
    return value


def _place(box: Box) -> dict[str, str]:
    return {
        "HPOS": str(box.x),
        "VPOS": str(box.y),
        "WIDTH": str(box.width),
        "HEIGHT": str(box.height),
    }


def _box(element: _Element) -> Box:
    at = element.attrib
    return Box(int(at["HPOS"]), int(at["VPOS"]), int(at["WIDTH"]), int(at["HEIGHT"]))


def _settings(figures: dict[str, str | int | float | bool]) -> str:
    return json.dumps(figures, ensure_ascii=False, sort_keys=True)


def _add(parent: _Element, name: str, content: str) -> None:
    etree.SubElement(parent, _q(name)).text = content


def _one(root: _Element, path: str) -> _Element:
    found = root.find(_path(path))
    if found is None:
        raise ValueError(f"it has no {path}")
    return found


def _text(element: _Element, path: str) -> str:
    return _one(element, path).text or ""


def _path(path: str) -> str:
    return "/".join(_q(part) for part in path.split("/"))


def _q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"

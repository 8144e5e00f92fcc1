"""hOCR 1.2: the words with their boxes as a page that any browser opens."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import count

from ocr.page import Box, Line, PageText

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="{language}" lang="{language}">
<head>
<title>{title}</title>
<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
<meta name="ocr-system" content="{systems}"/>
<meta name="ocr-capabilities" content="ocr_page ocr_line ocrx_word ocrp_wconf ocrp_lang ocrp_dir"/>
</head>
<body>
"""


def write(
    pages: Iterable[tuple[str, PageText]], *, title: str, language: str, system: str
) -> Iterator[str]:
    """The file piece by piece, a page at a time. pages: (name of the image, its text).

    language: BCP 47, of the whole. system: who read the pages. Pixels of the upright page, words
    in logical order; x_wconf is the reader's confidence in percent. Source: hOCR 1.2 (Breuel).
    """
    yield _HEAD.format(title=escape(title), language=escape(language), systems=escape(system))
    for number, (image, text) in enumerate(pages, 1):
        yield from _page(number, image, text)
    yield "</body>\n</html>\n"


def _page(number: int, image: str, text: PageText) -> Iterator[str]:
    name = image.replace("\\", "\\\\").replace('"', '\\"')
    box = _bbox(Box(0, 0, text.width_px, text.height_px))
    title = f'image "{name}"; {box}; ppageno {number - 1}; scan_res {text.dpi} {text.dpi}'
    yield (
        f'<div class="ocr_page" id="page_{number}" lang="{escape(text.language)}"'
        f" title='{escape(title, quote=False).replace(chr(39), '&#39;')}'>\n"
    )
    words = count(1)
    for place, line in enumerate(text.lines, 1):
        if line.words:
            yield _line(f"{number}_{place}", number, line, words)
    yield "</div>\n"


def _line(name: str, page: int, line: Line, numbers: Iterator[int]) -> str:
    words = "\n ".join(
        f'<span class="ocrx_word" id="word_{page}_{next(numbers)}"'
        f"{'' if word.direction == line.direction else _dir(word.direction)}"
        f' title="{_bbox(word.box)}; x_wconf {round(100 * word.confidence)}">'
        f"{escape(word.text, quote=False)}</span>"
        for word in line.words
    )
    place = f'class="ocr_line" id="line_{name}"{_dir(line.direction)} title="{_bbox(line.box)}"'
    return f"<p {place}>{words}</p>\n"


def _dir(direction: str) -> str:
    return f' dir="{direction}"'


def _bbox(box: Box) -> str:
    return f"bbox {box.x} {box.y} {box.x + box.width} {box.y + box.height}"

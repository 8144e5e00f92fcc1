"""hOCR and plain text say what the page says, in its order."""

import re
from dataclasses import replace

from lxml import etree

from ocr import hocr, plain_text
from ocr.page import Box, Line, PageText, Word

LINE = Line(
    (
        Word("الطعن", Box(80, 10, 40, 12), 0.93, "rtl"),
        Word("<&>\"'", Box(60, 10, 15, 12), 0.9, "rtl"),
        Word("٩٩٠٠١", Box(20, 10, 40, 12), 0.5, "ltr"),
    ),
    Box(20, 10, 100, 12),
    "rtl",
)
PAGE = PageText(200, 300, 200, (LINE, replace(LINE, words=LINE.words[:1])), "tesseract", "ara")
NAME = 'it\'s "a" <صفحة>.tif'
SPACE = "{http://www.w3.org/1999/xhtml}"


def written(*pages: PageText) -> etree._Element:
    pieces = hocr.write(
        [(NAME, page) for page in pages], title="طعن <&>", language="ar", system="station"
    )
    parser = etree.XMLParser(load_dtd=False, no_network=True)
    return etree.fromstring("".join(pieces).encode(), parser)


def of_class(root: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in root.iter() if each.get("class") == name]


def test_hocr_holds_every_word_in_reading_order() -> None:
    root = written(PAGE, PAGE)
    words = of_class(root, "ocrx_word")
    assert [word.text for word in words] == [word.text for word in PAGE.words] * 2
    assert words[0].get("title") == "bbox 80 10 120 22; x_wconf 93"
    assert words[2].get("dir") == "ltr"
    assert words[0].get("dir") is None
    assert {line.get("dir") for line in of_class(root, "ocr_line")} == {"rtl"}
    assert root.findtext(f".//{SPACE}title") == "طعن <&>"


def test_hocr_pages_tell_image_size_and_number() -> None:
    first, second = of_class(written(PAGE, replace(PAGE, lines=())), "ocr_page")
    assert first.get("title") == (
        'image "it\'s \\"a\\" <صفحة>.tif"; bbox 0 0 200 300; ppageno 0; scan_res 200 200'
    )
    assert re.search(r"ppageno 1\b", str(second.get("title")))


def test_hocr_names_are_unique_and_capabilities_declared() -> None:
    root = written(PAGE, PAGE)
    names = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(names) == len(set(names))
    (capable,) = [m for m in root.iter(f"{SPACE}meta") if m.get("name") == "ocr-capabilities"]
    used = {str(each.get("class")) for each in root.iter() if each.get("class")}
    assert used <= set(str(capable.get("content")).split())


def test_plain_text_keeps_lines_digits_and_pages() -> None:
    pieces = list(plain_text.write([PAGE, replace(PAGE, lines=())]))
    assert pieces == ["الطعن <&>\"' ٩٩٠٠١\nالطعن\n\f", "\f"]

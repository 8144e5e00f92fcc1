"""The fictional case drawn as if scanned, and read and judged with the station's own models."""

from collections.abc import Iterator

from archiver.demo.manifest import scan_files
from archiver.demo.render import draw_face
from archiver.metadata.extraction.page import PageText
from archiver.settings import resource
from ocr.probability import judge
from ocr.reading import read_page
from ocr.recipe import PRINT
from ocr.tesseract import Tesseract, TesseractSettings

DPI = 300


def read_demo() -> Iterator[tuple[PageText, str]]:
    """The pages as read, with the probability of each word, and each page's true kind."""
    engine = Tesseract(TesseractSettings(resource("tessdata")))
    of = judge.read(resource("lexicon"))
    position = 0
    for file in scan_files("case"):
        for face in file.faces:
            position += 1
            image = draw_face(face, file.colour)
            text = of.judged(read_page(image, DPI, file.language, engine, PRINT).text)
            chances = tuple(word.probability or 0.0 for word in text.words)
            kind = "blank" if face.back_of else file.kind
            yield PageText(position, text.text, chances), kind

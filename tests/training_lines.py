"""Rendered lines for the tests of the training, with the project's own fonts and words."""

import random
from pathlib import Path

import cv2

from ocr.training import dress, faces, forms, lettering, model_file, press, traineddata, vocabulary
from ocr.training.corpus import TrueLine, lines
from ocr.training.press import Press

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "resources" / "tessdata" / "station_ara.traineddata"
FONTS = ROOT / "resources" / "fonts"


def press_of(seed: int = 1) -> Press:
    letters = model_file.opened(traineddata.read(MODEL)).charset
    words = vocabulary.from_texts(list(forms.material("prose.txt")))
    shown = faces.gather([FONTS], press.letters(letters))
    return Press(press.composer(words, []), shown, letters, seed)


def written_lines(folder: Path, number: int) -> list[TrueLine]:
    """`number` plainly set lines of our own prose in a folder, as operators' corrections lie."""
    folder.mkdir(exist_ok=True)
    own = press_of()
    face = faces.companion(own.faces)
    for place, text in enumerate(forms.material("prose.txt")[:number]):
        words = " ".join(text.split()[:7])
        plain = [dress.Piece(word, 1.0) for word in words.split(" ")]
        image = lettering.set_line(plain, face, face, 1.0)
        assert image is not None
        cv2.imwrite(str(folder / f"{place:03d}.png"), image)
        (folder / f"{place:03d}.txt").write_text(words, "utf-8")
    return lines(folder)


def chance(seed: int = 1) -> random.Random:
    return random.Random(seed)

"""Training lines without end: line `number` of `seed` is the same on every machine with the same
faces and word lists, so a course can be broken off and gone on with."""

import random
from dataclasses import dataclass

import numpy as np

from ocr.imaging.arrays import Gray
from ocr.training import dress, faces, forms, lettering
from ocr.training.charset import Charset
from ocr.training.faces import Face
from ocr.training.pixels import Inputs, inputs
from ocr.training.texts import Composer
from ocr.training.vocabulary import Vocabulary
from ocr.training.wear import Wearer

POOL_PX = 3
BACKGROUND_LINES = 12


@dataclass(frozen=True)
class Sample:
    """What the network is shown: (48, width) values, and its targets in print order."""

    pixels: Inputs
    targets: list[int]


@dataclass(frozen=True)
class Press:
    """Sets and wears lines."""

    composer: Composer
    faces: list[Face]
    charset: Charset
    seed: int

    def line(self, number: int) -> tuple[Gray, str]:
        """A clean line and its text."""
        chance = random.Random(f"{self.seed} {number}")  # noqa: S311 - no secret
        companion = faces.companion(self.faces)
        while True:
            text = self.composer.line(chance)
            if self.charset.encode(text) is None or not text:
                continue
            face = faces.choose(self.faces, text, chance)
            set_out = dress.pieces(text, chance)
            line = lettering.set_line(set_out, face, companion, lettering.zoom(chance))
            if line is not None:
                return line, text

    def samples(self, first: int, number: int) -> list[Sample]:
        """`number` worn lines, from line `first` on."""
        lines = [self.line(first + place) for place in range(number)]
        clean = [image for image, _ in lines]
        samples = []
        for place, (image, text) in enumerate(lines):
            chance = np.random.default_rng((self.seed, first + place))
            start = place % max(1, len(clean) - BACKGROUND_LINES)
            others = clean[start : start + BACKGROUND_LINES]
            worn = inputs(Wearer(chance).worn(image, others))
            sample = sample_of(worn, self.charset.encode(text))
            if sample is not None:
                samples.append(sample)
        return samples


def sample_of(pixels: Inputs, targets: list[int] | None) -> Sample | None:
    """None where the line is too narrow for its letters, or has one that cannot be written."""
    if not targets or pixels.shape[1] // POOL_PX < len(targets) + 2:
        return None
    return Sample(pixels, targets)


def composer(vocabulary: Vocabulary, texts: list[str]) -> Composer:
    """A composer over the project's own prose and `texts`."""
    passages = [text.split() for text in [*forms.material("prose.txt"), *texts]]
    return Composer(vocabulary, tuple(tuple(words) for words in passages if len(words) > 3))


def letters(charset: Charset) -> str:
    """What a face is asked for: all that the network can write, and what dressing adds."""
    return "".join(sorted({letter for letter in charset.letters if len(letter) == 1} | {"\u0670"}))

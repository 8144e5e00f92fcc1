"""The text of one line: court phrases, prose, loose words; its stops, quotes, digits and marks."""

import random
from dataclasses import dataclass

from ocr.training import forms, spelling
from ocr.training.vocabulary import Vocabulary

TO_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
TO_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
EASTERN_SHARE = 0.76
PREFIXES = ["و", "ف", "ب", "ل", "وال", "لل", "ال", "كال", "وب"]
STOPS = (
    *((7.5, "{w}{s}،"), (4, "{w}{s}."), (1.5, "{w}{s}:"), (1.5, "{w}{s}؛"), (2, "«{s}{w}{s}»")),
    *((2, "({w})"), (1, "{w}{s}؟"), (0.5, '"{w}"'), (0.5, "[{w}]"), (0.6, "{w}{s}!")),
    *((1, "{w} -"), (0.3, "- {w}"), (0.2, "* {w}"), (0.2, "{w}..."), (0.2, "{w} ،"), (77, "{w}")),
)
RULES = ("-" * 9, "- - - - -", "* * *", "ـــــــ", "=====", "......", "----- -----")


@dataclass(frozen=True)
class Composer:
    """Makes line texts from a vocabulary and passages of prose; digits come in both sets."""

    vocabulary: Vocabulary
    prose: tuple[tuple[str, ...], ...]
    longest: int = 9  # words

    def line(self, chance: random.Random) -> str:
        length = chance.randint(1, self.longest)
        text = self._raw(length, chance)
        text = spelling.quoted(text, chance) if chance.random() < 0.16 else text
        text = spelling.spelt(text, chance)
        text = spelling.voweled(text, chance)
        text = spelling.footnoted(text, chance) if chance.random() < 0.16 else text
        text = spelling.stood_off(text, chance) if chance.random() < 0.2 else text
        table = TO_EASTERN if chance.random() < EASTERN_SHARE else TO_WESTERN
        return " ".join(text.split()).translate(table)

    def _raw(self, length: int, chance: random.Random) -> str:
        kind = chance.random()
        if kind < 0.01:
            return self._ruled(chance)
        if kind < 0.05:
            return self._leader(chance)
        if kind < 0.40:
            return self._formal(length, chance)
        if kind < 0.58:
            return self._passage(length, chance)
        return self._loose(length, chance)

    def _ruled(self, chance: random.Random) -> str:
        words = [self.vocabulary.word(chance), "", ""]
        return f"{chance.choice(words)} {chance.choice(RULES)} {chance.choice(words)}"

    def _leader(self, chance: random.Random) -> str:
        """A line of a table of contents."""
        words = " ".join(self.vocabulary.word(chance) for _ in range(chance.randint(1, 4)))
        dots = chance.choice([". " * chance.randint(4, 14), "." * chance.randint(5, 20), ": "])
        page = chance.randint(1, 999)
        return f"{words} {dots} {chance.choice([f'{page}', f'({page})'])}"

    def _formal(self, length: int, chance: random.Random) -> str:
        words: list[str] = []
        while len(words) < length:
            if chance.random() < 0.6:
                words += forms.form(chance, self.vocabulary.word).split(" ")
            else:
                words.append(self._stopped(chance))
        return " ".join(words[: length + 3])

    def _passage(self, length: int, chance: random.Random) -> str:
        words = chance.choices(self.prose, [len(p) for p in self.prose])[0]
        start = chance.randint(0, max(0, len(words) - 3))
        taken = list(words[start : start + length])
        swaps = chance.random() < 0.5
        return " ".join(
            self._stopped(chance) if swaps and chance.random() < 0.12 else word for word in taken
        )

    def _loose(self, length: int, chance: random.Random) -> str:
        words: list[str] = []
        while len(words) < length:
            kind = chance.random()
            if kind < 0.06:
                words.append(forms.amount(chance) if kind < 0.03 else forms.year(chance))
            elif kind < 0.10:
                words += forms.name(chance).split(" ")
            else:
                words.append(self._stopped(chance))
        return " ".join(words)

    def _stopped(self, chance: random.Random) -> str:
        word = self.vocabulary.word(chance)
        if chance.random() < 0.1:
            word = chance.choice(PREFIXES) + word
        way = chance.choices([text for _, text in STOPS], [weight for weight, _ in STOPS])[0]
        return way.format(w=word, s=chance.choice(["", "", " "]))

"""The text of one line: court phrases, prose, loose words; its stops, quotes, digits and marks."""

import random
import re
from dataclasses import dataclass

from ocr.training import forms
from ocr.training.vocabulary import Vocabulary

TO_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
TO_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
EASTERN_SHARE = 0.76
ARABIC_WORD = re.compile("[\u0621-\u064a]+")
VOWELS = "\u064e\u064e\u064f\u0650\u0650\u0652\u0651"
PREFIXES = ["و", "ف", "ب", "ل", "وال", "لل", "ال", "كال", "وب"]
QUOTES = [("«", "»"), ("«", "»"), ("«", "»"), ("« ", " »"), ("(", ")"), ("( ", " )"), ('"', '"')]
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
        text = _quoted(text, chance) if chance.random() < 0.16 else text
        text = _spelt(text, chance)
        text = _voweled(text, chance)
        text = _footnoted(text, chance) if chance.random() < 0.08 else text
        text = _stood_off(text, chance) if chance.random() < 0.2 else text
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


def _quoted(text: str, chance: random.Random) -> str:
    """Some words of the line between quotation marks or brackets."""
    words = text.split(" ")
    first = chance.randrange(len(words))
    last = min(len(words) - 1, first + chance.randint(0, 5))
    before, after = chance.choice(QUOTES)
    words[first], words[last] = before + words[first], words[last]
    words[last] += after
    return " ".join(words)


def _spelt(text: str, chance: random.Random) -> str:
    """Egyptian spelling: final ya without dots; old prints: no hamza on alef."""
    if chance.random() < 0.16:
        text = re.sub("ي(?=[ .،:؛)»]|$)", "ى", text)
    return re.sub("[أإ]", "ا", text) if chance.random() < 0.14 else text


def _voweled(text: str, chance: random.Random) -> str:
    """Vowel marks on a few letters of many lines, on most letters of a few lines."""
    kind = chance.random()
    share = chance.choice([0.04, 0.1, 0.1, 0.3, 0.6]) if kind < 0.15 else 0.012
    if kind > 0.5:
        return text
    return " ".join(
        voweled_word(word, share, chance) if ARABIC_WORD.fullmatch(word) else word
        for word in text.split(" ")
    )


def voweled_word(word: str, share: float, chance: random.Random) -> str:
    """`share` of the letters that can carry a mark get one; no grammar in it."""
    marked = ""
    for place, letter in enumerate(word):
        marked += letter
        if letter not in "اآىـأإ" and chance.random() < share:
            mark = chance.choice(VOWELS)
            if mark == "\u0651" and chance.random() < 0.5:
                mark += chance.choice("\u064e\u064f\u0650")
            is_last = place == len(word) - 1
            ends = is_last and "\u0651" not in mark and chance.random() < 0.4
            marked += chance.choice("\u064c\u064d\u064f\u0650") if ends else mark
    if word.endswith("ا") and len(word) > 3 and chance.random() < 0.35 + share:
        marked += "\u064b"
    return marked


def _footnoted(text: str, chance: random.Random) -> str:
    """Footnote numbers behind words."""
    share, highest = chance.choice([0.1, 0.25]), chance.choice([9, 30, 250])
    noted = " ".join(
        f"{word}({chance.randint(1, highest)})"
        if re.fullmatch("[\u0621-\u0652]+[،.]?", word) and chance.random() < share
        else word
        for word in text.split(" ")
    )
    return re.sub(r"([،.])(\(\d+\))", r"\2\1", noted)


def _stood_off(text: str, chance: random.Random) -> str:
    """Stops and brackets with a space, as old printers set them."""
    if chance.random() < 0.6:
        text = re.sub(r"(?<=\S)([،؛:.!؟])(?= |$)", r" \1", text)
    if chance.random() < 0.4:
        text = text.replace("«", "« ").replace("»", " »")
    return text.replace("(", "( ").replace(")", " )") if chance.random() < 0.25 else text

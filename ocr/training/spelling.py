"""Spelling that is read: quotes, vowel marks, footnotes, dots and spaces of old prints."""

import random
import re

ARABIC_WORD = re.compile("[\u0621-\u064a]+")
VOWELS = "\u064e\u064e\u064f\u0650\u0650\u0652\u0651"
QUOTES = [("«", "»"), ("«", "»"), ("«", "»"), ("« ", " »"), ("(", ")"), ("( ", " )"), ('"', '"')]


def quoted(text: str, chance: random.Random) -> str:
    """Some words of the line between quotation marks or brackets."""
    words = text.split(" ")
    first = chance.randrange(len(words))
    last = min(len(words) - 1, first + chance.randint(0, 5))
    before, after = chance.choice(QUOTES)
    words[first], words[last] = before + words[first], words[last]
    words[last] += after
    return " ".join(words)


def spelt(text: str, chance: random.Random) -> str:
    """Egyptian spelling: final ya without dots; old prints: no hamza on alef."""
    if chance.random() < 0.16:
        text = re.sub("ي(?=[ .،:؛)»]|$)", "ى", text)
    return re.sub("[أإ]", "ا", text) if chance.random() < 0.14 else text


def voweled(text: str, chance: random.Random) -> str:
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


def footnoted(text: str, chance: random.Random) -> str:
    """Footnote numbers behind words."""
    share, highest = chance.choice([0.1, 0.25]), chance.choice([9, 30, 250])
    noted = " ".join(
        f"{word}({chance.randint(1, highest)})"
        if re.fullmatch("[«(\\[]?[\u0621-\u0652]+[])»]?[،.]?", word) and chance.random() < share
        else word
        for word in text.split(" ")
    )
    return re.sub(r"([،.])(\(\d+\))", r"\2\1", noted)


def stood_off(text: str, chance: random.Random) -> str:
    """Stops and brackets with a space, as old printers set them."""
    if chance.random() < 0.6:
        text = re.sub(r"(?<=\S)([،؛:.!؟])(?= |$)", r" \1", text)
    if chance.random() < 0.4:
        text = text.replace("«", "« ").replace("»", " »")
    return text.replace("(", "( ").replace(")", " )") if chance.random() < 0.25 else text

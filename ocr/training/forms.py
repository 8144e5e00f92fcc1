"""The set phrases of court papers and books, filled with numbers, dates and names.

`material/forms.txt` holds one a line, with places in braces; the texts there are our own.
"""

import random
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files


def words(listed: str) -> list[str]:
    """The words of a list; an underscore is a space within one."""
    return [word.replace("_", " ") for word in listed.split()]


PLACE = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")
MONTHS = words(
    "يناير فبراير مارس أبريل إبريل مايو يونيو يونيه يوليو يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
)
LEVANT_MONTHS = words(
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول"
)
HIJRI_MONTHS = words(
    "المحرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة "
    "ذي_القعدة ذو_الحجة ذي_الحجة"
)
DAYS = words("السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة")
ORDINALS = words("الأول الأولى الثاني الثانى الثانية الثالث الثالثة الرابع الخامس السادسة العاشر")
NUMERALS = words("أولا ثانيا ثالثا رابعا خامسا سادسا")
LETTERS = words("أ ب ج د هـ و ز ح ط ي ك ل")
BRANCHES = words("مدني كلي تجاري جنايات جنح عمال إيجارات أحوال")

Fill = Callable[[random.Random], str]


@cache
def material(name: str) -> tuple[str, ...]:
    """The lines of a file of our own texts."""
    text = files("ocr.training").joinpath("material", name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip())


def form(chance: random.Random, word: Fill) -> str:
    """A phrase of forms.txt with all its places filled, digits as 0-9."""
    return filled(chance.choice(material("forms.txt")), chance, word)


def filled(phrase: str, chance: random.Random, word: Fill) -> str:
    """`phrase` with its places filled; a place that nobody knows is an error of the phrase."""

    def put(place: re.Match[str]) -> str:
        kind, low, high = place.groups()
        if kind == "n":
            return str(number(chance, int(low), int(high)))
        return word(chance) if kind == "word" else FILLS[kind](chance)

    return PLACE.sub(put, phrase)


def number(chance: random.Random, low: int, high: int) -> int:
    """Within low..high, each count of digits as likely as the other: case 7 beside case 12345."""
    digits = chance.randint(len(str(low)), len(str(high)))
    return chance.randint(
        max(low, 10 ** (digits - 1) if digits > 1 else 0), min(high, 10**digits - 1)
    )


def amount(chance: random.Random) -> str:
    value = number(chance, 1, 9_999_999)
    return f"{value:,}" if value > 999 and chance.random() < 0.35 else str(value)


def year(chance: random.Random) -> str:
    return str(chance.randint(1870, 2026) if chance.random() < 0.8 else chance.randint(1285, 1447))


def date(chance: random.Random) -> str:
    """A date in one of the ways court papers write it."""
    day, month = chance.randint(1, 31), chance.randint(1, 12)
    dash, when = chance.choice(["-", "-", " - "]), year(chance)
    ways = (
        (25, f"{day}/{month}/{when}"),
        (4, f"{day:02d}/{month:02d}/{when}"),
        (4, f"{day} / {month} / {when}"),
        (12, f"{day}{dash}{month}{dash}{when}"),
        (4, f"{when}/{month}/{day}"),
        (5, f"{day}/{month}/{when[2:]}"),
        (22, f"{day} من {chance.choice(MONTHS)} سنة {when}"),
        (6, f"أول {chance.choice(MONTHS)} سنة {when}"),
        (12, f"{day} {chance.choice(MONTHS + LEVANT_MONTHS)} {when}"),
        (14, hijri(chance)),
    )
    return chance.choices([text for _, text in ways], [weight for weight, _ in ways])[0]


def hijri(chance: random.Random) -> str:
    day, when = chance.randint(1, 30), chance.randint(1250, 1448)
    of = chance.choice(["", "", "من "])
    end = chance.choice([" هـ", "هـ", "", " هجرية", " ه"])
    return f"{day} {of}{chance.choice(HIJRI_MONTHS)} {chance.choice(['سنة ', ''])}{when}{end}"


def name(chance: random.Random) -> str:
    return " ".join(chance.choice(material("names.txt")) for _ in range(chance.randint(2, 4)))


def _one_of(words: tuple[str, ...] | list[str]) -> Fill:
    return lambda chance: chance.choice(words)


FILLS: dict[str, Fill] = {
    "amount": amount,
    "year": year,
    "date": date,
    "hijri": hijri,
    "name": name,
    "court": lambda chance: chance.choice(material("courts.txt")),
    "law": lambda chance: chance.choice(material("laws.txt")),
    "day": _one_of(DAYS),
    "ordinal": _one_of(ORDINALS),
    "numeral": _one_of(NUMERALS),
    "letter": _one_of(LETTERS),
    "branch": _one_of(BRANCHES),
}

"""Numbers as court papers print them, in the order in which the eye meets them, from the left."""

from typing import Final

import numpy as np

from ocr.numbers.alphabet import EASTERN, WESTERN

Random = np.random.Generator

_TO_EASTERN: Final = str.maketrans(WESTERN, EASTERN)
_EASTERN_SHARE: Final = 0.72


def numeral(rng: Random) -> str:
    """One printed number with its signs, in one digit set; a gap where the print has one."""
    write = _WRITERS[int(np.searchsorted(_SHARES, rng.random()))]
    text = write(rng)
    return text.translate(_TO_EASTERN) if rng.random() < _EASTERN_SHARE else text


def _year(rng: Random) -> str:
    return f"{_between(rng, 1870, 2027)}" if rng.random() < 0.8 else f"1{_digits(rng, 3)}"


def _appeal(rng: Random) -> str:
    return f"{_plain(rng)}/{_between(rng, 1, 96)}"


def _range(rng: Random) -> str:
    return f"{_plain(rng)}{_one(rng, ['-', ' - ', ' - '])}{_plain(rng)}"


def _money(rng: Random) -> str:
    return f"{_between(rng, 1000, 9_999_999):,}".replace(",", _one(rng, ",٬."))


def _decimal(rng: Random) -> str:
    """A full stop is the likeliest: on the line it is a point, above it ٠."""
    return f"{_plain(rng)}{_one(rng, '...,٫')}{_digits(rng, _between(rng, 1, 4))}"


def _bracketed(rng: Random) -> str:
    left, right = tuple(_one(rng, ["()", "()", "()", "[]"]))
    space = _one(rng, ["", "", "", " "])
    return f"{left}{space}{_plain(rng)}{space}{right}"


def _clause(rng: Random) -> str:
    forms = ["{}.", ".{}", "{} -", "- {}", "{}-", "-{}", "({}", "{})", "{}:", "%{}", "{}%"]
    return _one(rng, forms).format(_plain(rng))


def _clock(rng: Random) -> str:
    return f"{_between(rng, 1, 13)}:{_between(rng, 0, 60):02d}"


def _long(rng: Random) -> str:
    return _digits(rng, _between(rng, 6, 15))


def _pair(rng: Random) -> str:
    return f"{_plain(rng)} {_plain(rng)}"


def _plain(rng: Random) -> str:
    length = int(rng.choice([1, 2, 3, 4, 5, 6], p=[0.2, 0.24, 0.22, 0.22, 0.08, 0.04]))
    return _digits(rng, length)


def _digits(rng: Random, length: int) -> str:
    """Any digits, now and then one repeated: runs of a digit are where readers lose count."""
    if rng.random() < 0.06:
        return str(rng.integers(0, 10)) * length
    return "".join(map(str, rng.integers(0, 10, length)))


def _date(rng: Random) -> str:
    day, month = _between(rng, 1, 32), _between(rng, 1, 13)
    year = _between(rng, 1870, 2027) if rng.random() < 0.8 else _between(rng, 10, 100)
    sign = _one(rng, ["/", "/", "/", "-", "-", ".", ".", " / ", " - "])
    parts = [f"{day}", f"{month}", f"{year}"]
    if rng.random() < 0.15:
        parts[:2] = [f"{day:02d}", f"{month:02d}"]
    return sign.join(parts if rng.random() < 0.7 else parts[::-1])


def _between(rng: Random, low: int, high: int) -> int:
    return int(rng.integers(low, high))


def _one(rng: Random, choices: list[str] | str) -> str:
    return choices[int(rng.integers(len(choices)))]


_KINDS: Final = (
    (_plain, 26),
    (_year, 8),
    (_appeal, 8),
    (_date, 12),
    (_range, 6),
    (_money, 7),
    (_decimal, 9),
    (_bracketed, 10),
    (_clause, 7),
    (_clock, 4),
    (_long, 5),
    (_pair, 5),
)
_WRITERS: Final = tuple(write for write, _ in _KINDS)
_SHARES: Final = np.cumsum([weight for _, weight in _KINDS]) / sum(w for _, w in _KINDS)

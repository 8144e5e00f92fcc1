"""The words a person reads below `ui`: gettext, Arabic or English, and one digit style for all.

`_` words a text now; `N_` only marks a text that is worded later (an error's template).
"""

import gettext
import locale
import os
import re
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from typing import Final

LANGUAGES: Final = ("ar", "en")
ARABIC_INDIC: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MOST_RUNS: Final = 6
_PLAIN: Final = re.compile(r"(?<!\S)[^\sA-Za-z]+(?!\S)")  # words without a Latin letter
_POINT: Final = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?![\d.])")  # of a decimal; versions have more
_DOMAIN: Final = "archiver"


def _load(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with as_file(files("resources") / "locale") as folder:
        return gettext.translation(_DOMAIN, folder, [language])


class _Speaker:
    language = "en"
    arabic_digits = False
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str, *, plain_digits: bool = False) -> None:
    """Word everything from here on in `language` (`ar` or `en`). Raises ValueError otherwise.

    plain_digits: 0-9 in Arabic, too.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    _Speaker.language, _Speaker.catalogue = language, _load(language)
    _Speaker.arabic_digits = language == "ar" and not plain_digits


def language() -> str:
    return _Speaker.language


def default_language(environ: Mapping[str, str] = os.environ) -> str:
    """`ARCHIVER_LANG`, else the locale: Arabic where it is Arabic, English elsewhere."""
    wanted = environ.get("ARCHIVER_LANG", "")
    if wanted in LANGUAGES:
        return wanted
    code = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "ar" if (code or locale.getlocale()[0] or "").startswith("ar") else "en"


def _(text: str) -> str:
    return _Speaker.catalogue.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - gettext's customary marker
    return text


def ngettext(one: str, many: str, count: int) -> str:
    return _Speaker.catalogue.ngettext(one, many, count)


def digits(text: object) -> str:
    """`text` with its digits in the style of the chosen language.

    Latin names keep theirs: `H-0001`, `02.tif`, `limits.megapixels`.
    """
    words = str(text)
    return _PLAIN.sub(_arabic_indic, words) if _Speaker.arabic_digits else words


def runs(numbers: Sequence[int]) -> str:
    """`numbers` as people name them, `3, 7–9, 12`; of more runs than a line holds also the last."""
    known = set(numbers)
    firsts, lasts = sorted(known - {n + 1 for n in known}), sorted(known - {n - 1 for n in known})
    told = [str(a) if a == b else f"{a}–{b}" for a, b in zip(firsts, lasts, strict=True)]
    if len(told) > MOST_RUNS:
        told[MOST_RUNS - 1 : -1] = ["…"]
    return digits(_(", ").join(told))


def isolate(text: object) -> str:
    """`text` between isolates, so that it keeps its own direction inside a sentence."""
    return f"\u2068{text}\u2069"


def _arabic_indic(word: re.Match[str]) -> str:
    told = word[0]
    if "." in told:  # rarely, and re is slow to begin
        told = _POINT.sub("\\1٫\\2", told)
    return told.translate(ARABIC_INDIC)

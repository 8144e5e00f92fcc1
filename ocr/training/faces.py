"""The type faces that lines are set in, each with its package and licence.

A model is no copy of a font; the list is here so that anybody can check where its letters came
from, and set the same lines again. Weight: how often, after the faces court files were printed in
(old Bulaq-like ones most).
"""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from ocr.errors import OcrError

REFERENCE = "المحكمة في الطعن لجرى حق"
REFERENCE_HEIGHT_PX = 66
TRIAL_SIZE_PX = 60
NO_LETTER = "\uffff"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة"

OFL, GPL, VERA = "OFL-1.1", "GPL-2.0-or-later with font exception or GPL-2.0", "Bitstream Vera"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file. size_px gives every face letters of one height."""

    path: Path
    weight: float
    size_px: int
    missing: frozenset[str]  # of the letters asked for, those it cannot show


@dataclass(frozen=True, slots=True)
class Family:
    files: tuple[str, ...]
    weight: float
    package: str  # of Debian 12, or "own": resources/fonts
    licence: str


FAMILIES = (
    Family(("Amiri-Regular", "Amiri-Bold"), 24, "fonts-hosny-amiri", OFL),
    Family(("ScheherazadeNew-Regular", "ScheherazadeNew-Bold"), 7, "own", OFL),
    Family(("Scheherazade-Regular", "Scheherazade-Bold"), 6, "fonts-sil-scheherazade", OFL),
    Family(("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"), 6, "fonts-noto-core", OFL),
    Family(("NotoSansArabic-Regular", "NotoSansArabic-Bold"), 3, "fonts-noto-core", OFL),
    Family(("NotoKufiArabic-Regular",), 1, "fonts-noto-core", OFL),
    Family(("IBMPlexSansArabic-Regular", "IBMPlexSansArabic-SemiBold"), 1.5, "own", OFL),
    Family(("ArefRuqaa-Regular",), 0.7, "own", OFL),
    Family(("Lateef-Regular", "Lateef-Bold"), 2.5, "fonts-sil-lateef", OFL),
    Family(("Harmattan-Regular", "Harmattan-Bold"), 2.5, "fonts-sil-harmattan", OFL),
    Family(("Lemonada-Regular",), 0.4, "fonts-lemonada", OFL),
    Family(("Thabit", "Thabit-Bold"), 3, "fonts-hosny-thabit", OFL),
    Family(("KacstNaskh",), 5, "fonts-kacst", GPL),
    Family(("KacstBook",), 6, "fonts-kacst", GPL),
    Family(("KacstOffice",), 4, "fonts-kacst", GPL),
    Family(("KacstLetter",), 4, "fonts-kacst", GPL),
    Family(("KacstFarsi",), 2, "fonts-kacst", GPL),
    Family(("KacstQurn",), 6, "fonts-kacst", GPL),
    Family(("mry_KacstQurn",), 5, "fonts-kacst", GPL),
    Family(("KacstTitle",), 0.8, "fonts-kacst", GPL),
    Family(("KacstPoster",), 0.5, "fonts-kacst", GPL),
    Family(("KacstPen",), 0.8, "fonts-kacst", GPL),
    Family(("KacstScreen",), 1, "fonts-kacst", GPL),
    Family(("KacstOne", "KacstOne-Bold"), 4, "fonts-kacst-one", GPL),
    Family(("PakType Naskh Basic",), 5, "fonts-paktype", GPL),
    Family(("PakType Naskh Basic SA",), 5, "fonts-paktype", GPL),
    Family(("PakType Naqsh",), 1.5, "fonts-paktype", GPL),
    Family(("PakType Tehreer",), 2, "fonts-paktype", GPL),
    Family(("nazli", "nazlib"), 4, "fonts-farsiweb", GPL),
    Family(("homa",), 0.7, "fonts-farsiweb", GPL),
    Family(("titr",), 0.7, "fonts-farsiweb", GPL),
    Family(("Unikuweb",), 3, "fonts-unikurdweb", GPL),
    Family(("FreeFarsi", "FreeFarsi-Bold"), 2.5, "fonts-freefarsi", GPL),
    Family(("FreeFarsi-Mono",), 2, "fonts-freefarsi", GPL),
    Family(("FreeSerif", "FreeSerifBold"), 4, "fonts-freefont-ttf", GPL),
    Family(("DejaVuSans", "DejaVuSans-Bold"), 1.5, "fonts-dejavu-core", VERA),
    Family(("DejaVuSansMono",), 1.5, "fonts-dejavu-core", VERA),
    Family(("ae_AlArabiya",), 2, "fonts-arabeyes", GPL),
    Family(("ae_AlBattar",), 1.5, "fonts-arabeyes", GPL),
    Family(("ae_AlYarmook",), 1.5, "fonts-arabeyes", GPL),
    Family(("ae_Furat",), 1.5, "fonts-arabeyes", GPL),
    Family(("ae_Sindbad",), 1.5, "fonts-arabeyes", GPL),
    Family(("ae_Tholoth",), 2, "fonts-arabeyes", GPL),
    Family(("ae_Khalid",), 1.2, "fonts-arabeyes", GPL),
    Family(("ae_Salem",), 0.8, "fonts-arabeyes", GPL),
    Family(("ae_Arab",), 1, "fonts-arabeyes", GPL),
    Family(("ae_Petra",), 0.8, "fonts-arabeyes", GPL),
    Family(("ae_Mashq",), 0.8, "fonts-arabeyes", GPL),
    Family(("ae_Tarablus",), 0.8, "fonts-arabeyes", GPL),
    Family(("ae_Kayrawan",), 0.6, "fonts-arabeyes", GPL),
    Family(("ae_Sharjah",), 0.6, "fonts-arabeyes", GPL),
    Family(("ae_Cortoba",), 0.5, "fonts-arabeyes", GPL),
    Family(("ae_Dimnah",), 0.5, "fonts-arabeyes", GPL),
)


class NoFaces(OcrError):
    """None of the families is in the folders that were named."""


def gather(folders: list[Path], letters: str) -> list[Face]:
    """The faces found anywhere under `folders`; `letters` are tried in each. Raises NoFaces."""
    found = {path.stem: path for folder in folders for path in _font_files(folder)}
    faces = [
        measured(found[name], family.weight / len(family.files), letters)
        for family in FAMILIES
        for name in family.files
        if name in found
    ]
    usable = [face for face in faces if not face.missing & set(ARABIC)]
    if not usable:
        raise NoFaces(f"no face of the list is in {', '.join(map(str, folders))}")
    return usable


def measured(path: Path, weight: float, letters: str) -> Face:
    """A face at the size that makes its letters as high as every other's."""
    trial = font(path, TRIAL_SIZE_PX)
    _, top, _, bottom = trial.getbbox(REFERENCE, direction="rtl")
    size_px = round(TRIAL_SIZE_PX * REFERENCE_HEIGHT_PX / max(bottom - top, 1))
    box = bytes(trial.getmask(NO_LETTER))
    missing = frozenset(letter for letter in letters if box and bytes(trial.getmask(letter)) == box)
    return Face(path, weight, size_px, missing)


def choose(faces: list[Face], text: str, chance: random.Random) -> Face:
    """A face by weight, for `text`: one that has its vowel marks, which no other can lend it."""
    marks = {letter for letter in text if unicodedata.combining(letter)}
    able = [face for face in faces if face.missing.isdisjoint(marks)] or faces
    return chance.choices(able, [face.weight for face in able])[0]


def companion(faces: list[Face]) -> Face:
    """The most used face that has everything; it lends letters to those that lack some."""
    return min(faces, key=lambda face: (len(face.missing), -face.weight))


@cache
def font(path: Path, size_px: int) -> ImageFont.FreeTypeFont:
    """Set by raqm, which joins Arabic letters and places their marks."""
    return ImageFont.truetype(str(path), size_px, layout_engine=ImageFont.Layout.RAQM)


def _font_files(folder: Path) -> Iterator[Path]:
    yield from sorted([*folder.rglob("*.ttf"), *folder.rglob("*.otf")])

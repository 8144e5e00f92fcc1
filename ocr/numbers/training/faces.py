"""The typefaces that numbers are rendered in: Debian's Arabic fonts and our own, with licences."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Family:
    """Files of one origin. weight: how often a face of it is drawn, beside 1 for the plain ones."""

    package: str  # of Debian 12, or `resources` for the fonts that travel with the station
    licence: str
    folder: str
    patterns: tuple[str, ...]
    weight: float = 1.0


_TRUETYPE: Final = "/usr/share/fonts/truetype"
_OPENTYPE: Final = "/usr/share/fonts/opentype"

FAMILIES: Final = (
    Family("resources", "OFL-1.1", "resources/fonts", ("Amiri-*", "NotoNaskh*"), 4),
    Family("resources", "OFL-1.1", "resources/fonts", ("ScheherazadeNew-*",), 2),
    Family("fonts-hosny-amiri", "OFL-1.1", f"{_OPENTYPE}/fonts-hosny-amiri", ("*Slanted*",), 1),
    Family("fonts-hosny-thabit", "OFL-1.1", f"{_OPENTYPE}/fonts-hosny-thabit", ("*.ttf",), 1.5),
    Family("fonts-sil-scheherazade", "OFL-1.1", f"{_TRUETYPE}/scheherazade", ("*.ttf",), 3),
    Family("fonts-sil-lateef", "OFL-1.1", f"{_OPENTYPE}/lateef", ("*.ttf",), 0.7),
    Family("fonts-sil-harmattan", "OFL-1.1", f"{_TRUETYPE}/harmattan", ("*.ttf",)),
    Family("fonts-sil-alkalami", "OFL-1.1", f"{_TRUETYPE}/alkalami", ("*.ttf",), 0.5),
    Family("fonts-noto-core", "OFL-1.1", f"{_TRUETYPE}/noto", ("NotoNaskhArabic*",), 2),
    Family("fonts-noto-core", "OFL-1.1", f"{_TRUETYPE}/noto", ("NotoKufiArabic*",), 0.3),
    Family("fonts-noto-core", "OFL-1.1", f"{_TRUETYPE}/noto", ("NotoSansArabic-*",), 0.2),
    Family("fonts-noto-core", "OFL-1.1", f"{_TRUETYPE}/noto", ("NotoNastaliqUrdu*",)),
    Family("fonts-lemonada", "OFL-1.1", f"{_OPENTYPE}/lemonada", ("*.otf",), 0.2),
    Family(
        "fonts-kacst",
        "GPL-2",
        f"{_TRUETYPE}/kacst",
        ("KacstArt*", "KacstBook*", "KacstFarsi*", "KacstLetter*", "KacstN*", "KacstO*"),
        2,
    ),
    Family("fonts-kacst", "GPL-2", f"{_TRUETYPE}/kacst", ("KacstP*", "KacstQ*", "mry_*"), 2),
    Family("fonts-kacst-one", "GPL-2", f"{_TRUETYPE}/kacst-one", ("*.ttf",), 2),
    Family(
        "fonts-arabeyes",
        "GPL-2",
        f"{_TRUETYPE}/fonts-arabeyes",
        (
            *("ae_AlArabiya*", "ae_AlBattar*", "ae_AlHor*", "ae_AlYarmook*", "ae_Arab*"),
            *("ae_Cortoba*", "ae_Dimnah*", "ae_Furat*", "ae_Kayrawan*", "ae_Nice*"),
            *("ae_Ostorah*", "ae_Ouhod*", "ae_Rasheeq*", "ae_Sharjah*", "ae_Sindbad*"),
            *("ae_Tarablus*", "ae_Tholoth*"),
        ),
    ),
    Family(
        "fonts-arabeyes",
        "GPL-2",
        f"{_TRUETYPE}/fonts-arabeyes",
        ("ae_Mashq*", "ae_Nagham*", "ae_Petra*", "ae_Salem*", "ae_Khalid*", "ae_Nada*"),
        0.2,
    ),
    Family("fonts-farsiweb", "GPL-2", f"{_TRUETYPE}/farsiweb", ("*.ttf",), 0.7),
    Family("fonts-freefarsi", "GPL-2+", f"{_TRUETYPE}/freefarsi", ("*.ttf",), 1),
    Family(
        "fonts-freefont-ttf",
        "GPL-3+ with font exception",
        f"{_TRUETYPE}/freefont",
        ("FreeSerif.ttf", "FreeSerifBold.ttf", "FreeMono.ttf"),
        2,
    ),
    Family("fonts-paktype", "GPL-2", f"{_TRUETYPE}/paktype", ("*.ttf",), 1),
    Family("fonts-unikurdweb", "GPL-2+ with font exception", f"{_TRUETYPE}/unikurdweb", ("*.ttf",)),
    Family(
        "fonts-ukij-uyghur",
        "OFL-1.1 or LGPL-3",
        f"{_TRUETYPE}/fonts-ukij-uyghur",
        ("UKIJBasma*", "UKIJBom*", "UKIJCJK*", "UKIJNsq*", "UKIJTuz*", "UKIJTeng*", "UKIJDiT*"),
        0.6,
    ),
    Family("fonts-dejavu", "Bitstream Vera", f"{_TRUETYPE}/dejavu", ("DejaVuSans*.ttf",), 0.5),
    Family(
        "fonts-liberation",
        "GPL-2 with font exception",
        f"{_TRUETYPE}/liberation",
        ("LiberationS*",),
        0.4,
    ),
    Family("fonts-crosextra-caladea", "Apache-2.0", f"{_TRUETYPE}/crosextra", ("Caladea*",), 0.3),
)
"""Square display faces whose ٧ is a U are left out; so are IBM Plex and Aref Ruqaa, which
`benchmarks/numbers.py` keeps as faces that the reader never saw."""


def files() -> Iterator[tuple[Path, float]]:
    """The font files that are installed here, with their weights."""
    for family in FAMILIES:
        for pattern in family.patterns:
            for path in sorted(Path(family.folder).glob(pattern)):
                if path.suffix in {".ttf", ".otf"}:
                    yield path, family.weight

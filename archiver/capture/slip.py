"""What a separator says, and how it is written in its two codes.

The QR code holds everything as text: `AS1:civil:99001/93:cover:118/2026:4821`. The bars (Code 128)
hold all but the kind, in as few modules as that takes, so that they can be printed wide. Both end
in the same check figure over the whole, so that they prove each other.
"""

import re
from binascii import crc_hqx
from dataclasses import dataclass
from typing import Final

from archiver.model.identity import CaseKey

MARK: Final = "AS1"
_WORD: Final = "[a-z][a-z_]{0,29}"
_QR: Final = re.compile(
    rf"AS1:(?P<series>(?:{_WORD})?):(?P<case>[0-9A-Za-z./-]{{0,60}}):(?P<kind>(?:{_WORD})?)"
    r":(?P<lot>(?:[0-9]{1,5}/[0-9]{4})?):(?P<check>[0-9]{4})"
)
_KEY: Final = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,2})")
_BARS: Final = re.compile(
    rf"(?P<series>{_WORD})1(?P<number>[0-9]{{6}})(?P<year>[0-9]{{3}})(?P<lot>[0-9]{{5}})"
    r"(?P<lot_year>[0-9]{4})(?P<more>[01])(?P<check>[0-9]{4})"
)
_NO_SERIES: Final = "next"  # in the bars, of a sheet that names no case


class NotOurs(ValueError):
    """A code that no separator of ours carries: any paper may have one."""


class Broken(ValueError):
    """A code of ours that does not prove itself."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A separator that was understood. Without case and item it is a patch sheet: what follows is
    the next document of the case file that is open."""

    key: CaseKey | None = None
    item: str = ""  # the reference of a heritage item
    kind: str = ""  # of the document that begins; "" nobody said
    lot: str = ""  # 118/2026

    @property
    def begins_case(self) -> bool:
        return bool(self.key or self.item)

    @property
    def reference(self) -> str:
        return self.key.canonical if self.key else self.item

    @property
    def payload(self) -> str:
        """The text of the QR code."""
        series = self.key.series if self.key else ""
        body = f"{MARK}:{series}:{self.reference}:{self.kind}:{self.lot}:"
        return f"{body}{_check(body)}"

    @property
    def bars(self) -> str:
        """The text of the bars: letters, then an even number of figures, which are half as wide."""
        number, _, year = self.lot.partition("/")
        key = self.key or CaseKey(_NO_SERIES, 0, 0)
        more = int(bool(self.kind or self.item))
        figures = f"1{key.number:06}{key.judicial_year:03}{number or 0:0>5}{year or 0:0>4}{more}"
        return f"{key.series}{figures}{self.payload[-4:]}"


def of_qr(text: str) -> Slip:
    """Raises NotOurs, Broken."""
    if not text.startswith("AS1:"):
        raise NotOurs(text[:40])
    found = _QR.fullmatch(text)
    if found is None or _check(text[:-4]) != found["check"]:
        raise Broken(text[:80])
    key, item = None, ""
    if found["series"]:
        figures = _KEY.fullmatch(found["case"])
        if figures is None:
            raise Broken(text[:80])
        key = CaseKey(found["series"], int(figures[1]), int(figures[2]))
    else:
        item = found["case"]
    return Slip(key, item, found["kind"], found["lot"])


@dataclass(frozen=True, slots=True)
class Bars:
    """What the bars alone say."""

    key: CaseKey | None
    lot: str
    check: str
    more: bool  # the QR code says what they do not: kind or item

    @property
    def slip(self) -> Slip | None:
        """The whole separator, where the bars hold all of it."""
        found = Slip(self.key, "", "", self.lot)
        return found if not self.more and found.payload[-4:] == self.check else None

    def agree(self, slip: Slip) -> bool:
        more = bool(slip.kind or slip.item)
        mine = (self.key, self.lot, self.more, self.check)
        return mine == (slip.key, slip.lot, more, slip.payload[-4:])


def of_bars(text: str) -> Bars:
    """Raises NotOurs."""
    found = _BARS.fullmatch(text)
    if found is None:
        raise NotOurs(text[:40])
    number, year = int(found["number"]), int(found["year"])
    key = CaseKey(found["series"], number, year) if found["series"] != _NO_SERIES else None
    lot = f"{int(found['lot'])}/{int(found['lot_year'])}" if int(found["lot"]) else ""
    return Bars(key, lot, found["check"], found["more"] == "1")


def _check(body: str) -> str:
    """CRC-16/XMODEM of the text before it, its last four figures."""
    return f"{crc_hqx(body.encode(), 0) % 10_000:04}"

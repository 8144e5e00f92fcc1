"""What the child answers, checked like any other input before anybody acts on it."""

import re
import stat
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from archiver.capture.formats import EXTENSIONS
from archiver.errors import ArchiverError, DamagedFile, from_record
from archiver.i18n import N_, _, digits

_GARBLED: Final = N_("the program that opens files gave no sound answer")
_MAY_SAY: Final = (
    *("DamagedFile", "EncryptedPdf", "ImageTooLarge", "TooManyPages"),
    *("TooSlow", "ToolMissing", "DiskFull", "RawPhotograph"),
)
_PLAIN_NAME: Final = re.compile(r"[a-z0-9-]{1,64}(\.[a-z0-9]{1,8})?")
_NUMBERS: Final = ("width_px", "height_px", "dpi", "turn_deg", "source_page", "pages")


@dataclass(frozen=True, slots=True)
class Delivered:
    """One page. Its three files lie in the caller's folder under generated ASCII names."""

    master: Path  # what the file held, bit for bit wherever that makes a file
    media_type: str  # of the master: image/jpeg, image/png, image/tiff or image/jp2
    access: Path  # JPEG of the page as delivered, long side 2400 px at most
    thumbnail: Path  # JPEG, 320 px high at most
    width_px: int  # of the master, as delivered
    height_px: int
    dpi: int  # stated, or guessed from the size; 72 to 1200
    turn_deg: int  # clockwise turn that makes it upright, as the file says: 0, 90, 180, 270
    source_page: int  # from 1
    pages: int  # of the whole file

    def remove(self) -> None:
        """Remove its files, as far as nobody has moved them."""
        for file in (self.master, self.access, self.thumbnail):
            file.unlink(missing_ok=True)


def garbled(name: str) -> DamagedFile:
    return DamagedFile(name=name, detail=_(_GARBLED))


def delivered(answer: dict[str, Any], expected: int, folder: Path, into: Path) -> Delivered:
    """The page that `answer` describes, its files moved from the child's `folder` to `into`.

    Raises ValueError for an answer that no sound child gives.
    """
    numbers = {name: answer.get(name) for name in _NUMBERS}
    if not all(type(number) is int and number >= 0 for number in numbers.values()):
        raise ValueError(numbers)
    plain: dict[str, int] = {name: int(number or 0) for name, number in numbers.items()}
    if plain["source_page"] != expected or plain["turn_deg"] not in (0, 90, 180, 270):
        raise ValueError(numbers)
    media_type = str(answer.get("media_type"))
    if media_type not in EXTENSIONS:
        raise ValueError(media_type)
    stem = into / f"page-{uuid.uuid4().hex}"
    return Delivered(
        master=_moved(folder, answer.get("master"), stem.with_suffix(EXTENSIONS[media_type])),
        media_type=media_type,
        access=_moved(folder, answer.get("access"), Path(f"{stem}-access.jpg")),
        thumbnail=_moved(folder, answer.get("thumbnail"), Path(f"{stem}-thumbnail.jpg")),
        **plain,
    )


def _moved(folder: Path, name: object, to: Path) -> Path:
    if not isinstance(name, str) or not _PLAIN_NAME.fullmatch(name):
        raise ValueError(name)
    found = folder / name
    if not stat.S_ISREG(found.lstat().st_mode):  # a link could lead anywhere
        raise ValueError(name)
    return found.rename(to)


def refusal(answer: dict[str, Any], name: str, into: Path) -> ArchiverError:
    """The error that the child reports, worded for the file `name`."""
    code, facts = answer.get("error"), answer.get("facts")
    if code not in _MAY_SAY or not isinstance(facts, dict):
        return garbled(name)
    if isinstance(facts.get("detail"), str):
        facts["detail"] = _(facts["detail"])
        if "page" in facts:
            detail = _("page {page}: {detail}")
            facts["detail"] = detail.format(page=digits(facts["page"]), detail=facts["detail"])
    return from_record(code, {**facts, "name": name, "path": str(into)})

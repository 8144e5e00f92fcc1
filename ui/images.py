"""Pictures of pages, decoded off the event loop and kept while there is room."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QTransform

from archiver.model.casefile import Page
from ui.crew import Crew

THUMBNAIL_PX: Final = 320
GLANCE_PX: Final = 1200  # half an access copy: JPEG decodes that in less than half the time
KEPT_BYTES: Final = 256 * 1024 * 1024
IMAGE_LIMIT_MB: Final = 1024


_URGENT: Final = {GLANCE_PX: 2, 0: 1}  # what is decoded first, by the size it is fitted into


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as it is shown: a blob, turned upright, fitted into `fit_px` (0: as it is).

    `part`: left, top, width and height as shares of the upright page; empty for all of it.
    """

    blob: str
    turn_deg: int
    fit_px: int = 0
    part: tuple[float, ...] = ()


def thumbnail(page: Page) -> Picture:
    return Picture(page.thumbnail, page.turn_deg, THUMBNAIL_PX)


def glance(page: Page) -> Picture:
    """As fine as a page that is fitted into a window."""
    return Picture(page.access, page.turn_deg, GLANCE_PX)


def full(page: Page) -> Picture:
    return Picture(page.access, page.turn_deg)


def decode(path: Path, picture: Picture) -> QImage:
    """Read, fit and turn; a null image where the file cannot be read."""
    reader = QImageReader(str(path))
    size = reader.size()
    if picture.fit_px and max(size.width(), size.height()) > picture.fit_px:
        fitted = QSize(picture.fit_px, picture.fit_px)
        reader.setScaledSize(size.scaled(fitted, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if picture.turn_deg:
        image = image.transformed(QTransform().rotate(picture.turn_deg))
    if picture.part:
        image = _part(image, picture.part)
    # What a pixmap is made of: on the event loop there is nothing left to convert.
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _part(image: QImage, part: tuple[float, ...]) -> QImage:
    width, height = image.width(), image.height()
    x, y, across, down = part
    return image.copy(
        round(x * width), round(y * height), round(across * width), round(down * height)
    )


class Images(QObject):
    """`get` answers at once: the pixmap if it is there, else None and `ready` later."""

    ready = Signal(object)  # Picture
    _decoded = Signal(object, QImage)

    def __init__(self, path_of: Callable[[str], Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        QImageReader.setAllocationLimit(IMAGE_LIMIT_MB)
        self._path_of = path_of
        self._kept: OrderedDict[Picture, QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._wanted: set[Picture] = set()
        self._crew = Crew("pictures of the window", 2)
        self._decoded.connect(self._keep)

    def get(self, picture: Picture) -> QPixmap | None:
        found = self._kept.get(picture)
        if found is not None:
            self._kept.move_to_end(picture)
        elif picture.blob and picture not in self._wanted:
            self._wanted.add(picture)
            path = self._path_of(picture.blob)
            self._crew.do(partial(self._decode, path, picture), _URGENT.get(picture.fit_px, 0))
        return found

    def _decode(self, path: Path, picture: Picture) -> None:
        self._decoded.emit(picture, decode(path, picture))

    def at_hand(self, picture: Picture) -> QPixmap | None:
        """The pixmap if it is there; nothing is asked for."""
        return self._kept.get(picture)

    @property
    def busy(self) -> bool:
        """Whether something that was asked for has not come yet."""
        return bool(self._wanted)

    def stop(self) -> None:
        self._crew.stop()

    def _keep(self, picture: Picture, image: QImage) -> None:
        self._wanted.discard(picture)
        self._kept[picture] = QPixmap.fromImage(image)
        self._kept_bytes += image.sizeInBytes()
        while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._kept_bytes -= old.width() * old.height() * old.depth() // 8
        self.ready.emit(picture)

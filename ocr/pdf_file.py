"""What makes a PDF an archival one, and its way to the disk."""

import os
import tempfile
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ImageCms


def describe(pdf: pikepdf.Pdf, title: str, language: str, *, archival: bool) -> None:
    """Title and language, and where `archival` what PDF/A-2b asks for (ISO 19005-2)."""
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {language}
        if archival:
            metadata["pdfaid:part"] = "2"
            metadata["pdfaid:conformance"] = "B"
    if archival:
        pdf.Root.OutputIntents = Array([pdf.make_indirect(_output_intent(pdf))])


def _output_intent(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=pdf.make_indirect(Stream(pdf, _srgb(), N=3)),
    )


def _srgb() -> bytes:
    """The sRGB profile of LittleCMS, less its date: equal pages give equal bytes."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = b"\x07\xd0\x00\x01\x00\x01" + bytes(6)  # 1 January 2000
    return bytes(profile)


class _Told:
    """What qpdf writes to. Thrown at it, an error would end the whole process (a full disk,
    with `deterministic_id`): it is kept instead, and the rest is dropped.
    """

    def __init__(self, file: "tempfile._TemporaryFileWrapper[bytes]") -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        if self.error is None:
            try:
                self._file.write(data)
            except OSError as error:
                self.error = error
        return len(data)

    def flush(self) -> None:
        """Done by `save`, where an error is heard."""

    def seek(self, place: int, whence: int = 0) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def save(pdf: pikepdf.Pdf, out: Path) -> None:
    """Write under a temporary name, fsync, rename, fsync the folder."""
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=".pdf-", delete=False) as file:
        try:
            told = _Told(file)
            pdf.save(told, min_version="1.7", deterministic_id=True)  # type: ignore[arg-type]
            if told.error:
                raise told.error
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(out)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    folder = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

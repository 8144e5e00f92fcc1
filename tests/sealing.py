"""A small case file with real blobs on the disk, ready to be sealed."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, CaseState, Document, Page, PageState
from archiver.model.identity import CaseKey
from archiver.package.source import BagSource
from archiver.store.audit import EventRow

SEALED_AT = "2026-11-21T10:20:30.500+00:00"
NAME = "civil-99001-93-v1-0123456789ab.zip"
CHECKER = Actor("منى", "checker", "محطة ١", "شركة الأرشفة")


def put(folder: Path, content: bytes) -> str:
    key = sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / key).write_bytes(content)
    return key


def page(folder: Path, position: int, content: bytes, document_id: int, **changes: object) -> Page:
    master = put(folder, content)
    facts: dict[str, object] = {
        "id": 100 + position, "uid": f"{position:032x}", "case_id": 1,
        "document_id": document_id, "position": position, "master": master,
        "media_type": "image/jpeg", "access": master, "thumbnail": master,
        "width_px": 100, "height_px": 140, "dpi": 300, "source_name": "ملف ١.pdf",
        "source_page": position, "language": "ara", "state": PageState.READ, "turn_deg": 0,
        "blank": False, "confidence": 0.9, "alto": put(folder, b"<alto>%d</alto>" % position),
        "text": "باسم الشعب", "recipe": "[]", "error_code": "", "error_facts": "{}",
    }  # fmt: skip
    return Page(**{**facts, **changes})  # type: ignore[arg-type]


def case_source(folder: Path, **changes: object) -> BagSource:
    """Three pages in two documents; the third a TIFF that was never read."""
    blobs = folder / "blobs"
    pdf = folder / "access.pdf"
    pages = (
        page(blobs, 1, b"\xff\xd8 first " + bytes(range(256)) * 4, 11),
        page(blobs, 2, b"\xff\xd8 second", 11),
        page(blobs, 3, b"II*\0 third", 12, media_type="image/tiff", alto=""),
    )
    pdf.write_bytes(b"%PDF-1.7 access copy")
    events = (
        EventRow(7, "2026-11-20T08:00:00.000+00:00", "سامي", "operator", "محطة ١",
                 "شركة الأرشفة", "import", 1, None, '{"files": 1}', "a" * 64),
        EventRow(9, "2026-11-20T08:05:00.000+00:00", "سامي", "operator", "محطة ١",
                 "شركة الأرشفة", "turn", 1, 101, '{"turn_deg": 90}', "b" * 64),
    )  # fmt: skip
    facts: dict[str, object] = {
        "case": CaseFile(
            1, "0123456789ab" + "0" * 20, "case_file",
            (CaseKey("civil", 99001, 93), CaseKey("civil", 99002, 93)),
            "99001/93", "طعن شركة النور <&>\x0b", CaseState.ACCEPTED, "court_internal",
            "2026-11-19T07:00:00.000+00:00",
        ),
        "version": 1,
        "documents": (
            Document(11, 1, 1, "cover", ""),
            Document(12, 1, 2, "judgment", "حكم محكمة النقض"),
        ),
        "pages": pages, "events": events, "blob_path": lambda key: blobs / key, "pdf": pdf,
        "sealed_at": SEALED_AT, "sealed_by": CHECKER, "organization": "محكمة النقض",
        "software": "archiving-station 0.1.0", "kind_labels": {"cover": "غلاف ملف الطعن"},
    }  # fmt: skip
    return BagSource(**{**facts, **changes})  # type: ignore[arg-type]


def rewritten(package: Path, change: Callable[[bytes], bytes]) -> Path:
    """`package` again, under its own name in a folder of its own, with its bytes changed."""
    copy = package.parent / "changed" / package.name
    copy.parent.mkdir(exist_ok=True)
    copy.unlink(missing_ok=True)
    copy.write_bytes(change(package.read_bytes()))
    return copy

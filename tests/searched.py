"""Case files that were read, without their images: enough to be searched."""

from archiver.model.identity import CaseKey
from archiver.store import cases, pages
from archiver.workflow.station import Station

TOPICS = ("تزوير المحررات", "إيجار المساكن", "عمالة زراعية", "شفعة العقارات")


def fill(station: Station, count: int, first: int = 1) -> None:
    """Case files of ten pages that were read, without their images."""
    with station.database.transaction() as connection:
        connection.execute("INSERT OR IGNORE INTO blob VALUES (?, 1, 'image/png')", ("0" * 64,))
        for start in range(first, first + count, 10):
            key = CaseKey("civil", start, 90)
            case = cases.add(
                connection,
                profile="case_file",
                keys=[key],
                reference=str(key),
                title=f"ملف {start}",
            )
            document = cases.add_document(connection, case.id, "judgment", "")
            source = pages.add_source(connection, case.id, str(start), "a.tif", 10)
            for number in range(start, min(start + 10, first + count)):
                connection.execute(
                    "INSERT INTO page (uid, case_id, document_id, position, master, access,"
                    " thumbnail, width_px, height_px, dpi, source_id, source_page, language,"
                    " imported_by, state, text) VALUES (?, ?, ?, ?, ?1, ?1, ?1, 1, 1, 300, ?, 1,"
                    " 'ara', 'p', 'read', ?)".replace("?1", f"'{'0' * 64}'"),
                    (f"u{number}", case.id, document.id, number - start + 1, source,
                     f"صفحة رقم{number} من عقد البيع {TOPICS[number % 4]}"),
                )  # fmt: skip

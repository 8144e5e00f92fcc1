"""Case lists: whatever wrote them, rows become cases, mistakes are named by row and mended."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.capture.case_list import read_list
from archiver.errors import DamagedFile, EmptyFile, FileMissing, HostileName, InputError
from archiver.model.changes import Changed, Notice
from archiver.model.description import ValueSource
from archiver.model.identity import CaseKey
from archiver.settings import Limits
from archiver.store import audit
from archiver.workflow import case_lists, queries
from archiver.workflow.carrying import NothingToCarry, carried, carry
from archiver.workflow.case_lists import (
    ListTaken,
    NoSuchList,
    import_list,
    lists,
    match,
    next_key,
    rows_of,
)
from archiver.workflow.checking import check
from archiver.workflow.describing import describe, field_values, typed
from archiver.workflow.importing import import_files
from archiver.workflow.list_columns import NoSuchColumn, WrongHeader
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from tests.papers import CHECKER, OPERATOR, finish, save

HEAD = ("رقم الطعن", "السنة القضائية", "سلسلة القيد", "الدائرة", "الطاعن", "المطعون ضده", "ملاحظات")
ROWS = (
    ("99001", "93 ق", "مدني", "الدائرة المدنية", "شركة الواحة", "جمعية النخيل", "م"),
    ("99002", "93", "مدني", "", "شركة \"النور\", المساهمة", "", ""),
    ("99003", "93", "جنائي", "", "", "", ""),
)  # fmt: skip


def csv_text(rows=ROWS, head=HEAD, mark: str = ",") -> str:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in (head, *rows)]
    return "\r\n".join(mark.join(row) for row in quoted) + "\r\n"


def put(folder: Path, text: str, encoding: str = "utf-8", name: str = "قائمة.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def take(station: Station, path: Path, **columns: str) -> tuple[Changed, list[Notice]]:
    return finish(import_list(station, OPERATOR, path, columns=columns))


def keys(station: Station) -> list[tuple[str, int]]:
    return [(row.key.series, row.key.number) for row, _case in rows_of(station)]


ALL = [("civil", 99001), ("civil", 99002), ("criminal", 99003)]


# --- what writes lists --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", "\t"), ("utf-8-sig", ","), ("utf-16", "\t"), ("utf-16-le", "|"), ("cp1256", ";")],
)
def test_every_encoding_and_delimiter_in_use(
    station: Station, tmp_path: Path, encoding: str, mark: str
) -> None:
    changed, notices = take(station, put(tmp_path, csv_text(mark=mark), encoding))
    assert notices == []
    assert keys(station) == ALL
    (first, _), (second, _), _ = rows_of(station)
    assert first.fields["party"].split("\n") == [
        "name=شركة الواحة; role=appellant",
        "name=جمعية النخيل; role=respondent",
    ]
    assert 'شركة "النور", المساهمة' in second.fields["party"]
    assert changed.facts["unknown_columns"] == ["ملاحظات"]
    assert "ملاحظات" in changed.sentence


def workbook(path: Path, rows: list[list[object]]) -> Path:
    """A spreadsheet as small as one can be (ECMA-376, part 1, 18.3)."""

    def cell(value: object) -> str:
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            f'"/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/><Override PartName='
            f'"/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        )
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
            f'"{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="s" sheetId="1"'
            ' r:id="r1"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
            f'"{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
        )
    return path


def test_a_spreadsheet_with_a_title_above_its_header(station: Station, tmp_path: Path) -> None:
    rows = [["كشف الطعون المتداولة"], [], list(HEAD[:3]), [99001, 93, "مدني"], [99002.0, 93, ""]]
    _, notices = take(station, workbook(tmp_path / "قائمة.xlsx", rows))
    assert notices == []
    assert keys(station) == [("civil", 99001), ("civil", 99002)]
    assert [row.row for row, _case in rows_of(station)] == [4, 5]


def test_one_column_with_number_and_year(station: Station, tmp_path: Path) -> None:
    text = "رقم القيد\nالطعن رقم ٩٩٠٠١ لسنة ٩٣ ق\n8/94\n"
    take(station, put(tmp_path, text))
    assert [row.key.canonical for row, _case in rows_of(station)] == ["99001/93", "8/94"]


# --- mistakes -----------------------------------------------------------------------------------


def test_a_wrong_header_names_what_was_expected_what_was_found_and_the_mend(
    station: Station, tmp_path: Path
) -> None:
    path = put(tmp_path, csv_text(head=("مسلسل", "السنة", "جدول", "د", "x", "y", "z")), "cp1256")
    with pytest.raises(WrongHeader) as refused:
        take(station, path)
    told = f"{refused.value} {refused.value.way_out()}".replace("\u2068", "").replace("\u2069", "")
    assert "appeal number" in told
    assert "رقم الطعن" in told
    assert "السنة" in told
    assert "--column number=" in told
    assert lists(station) == ()
    changed, notices = take(station, path, number="مسلسل", year="السنة", series="جدول")
    assert (changed.facts["rows"], notices) == (3, [])
    with pytest.raises(NoSuchColumn, match="رقم"):
        take(station, put(tmp_path, csv_text() + " "), number="رقم غير موجود", year="السنة")


def test_bad_rows_are_named_by_number_and_the_rest_is_taken(
    station: Station, tmp_path: Path
) -> None:
    bad = (
        ("99004", "93", "مدني", "", "ط" * 100_000, "", ""),
        ("99005", "93", "مدني", "", "شركة \u202eقلوب", "", ""),
        ("صفر", "93", "مدني", "", "", "", ""),
        ("99001", "93", "مدني", "", "", "", ""),
        ("99006", "93", "بحري", "", "", "", ""),
        ("99007", "1993", "مدني", "", "", "", ""),
        ("99008", "93", "مدني", "دائرة لا وجود لها", "", "", ""),
    )
    changed, notices = take(station, put(tmp_path, csv_text((*ROWS, *bad))))
    told = {int(notice.error.facts["row"]): str(notice.error) for notice in notices}
    assert set(told) == {5, 6, 7, 8, 9, 10, 11}
    assert "100000" in told[5]
    assert "U+202E" in told[6]
    assert "row 2" in told[8].replace("\u2068", "").replace("\u2069", "")
    assert keys(station) == [*ALL, ("civil", 99008)]  # only its circuit was left out
    assert (changed.facts["rows"], changed.facts["left_out"]) == (4, 6)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.csv", b"", EmptyFile),
        ("fake.xlsx", b"PK\x03\x04 no spreadsheet", DamagedFile),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, DamagedFile),
        ("noise.csv", bytes(range(256)) * 40, InputError),
        ("fdp\u202e.csv", b"a,b", HostileName),
    ],
)
def test_files_that_are_no_lists(
    station: Station, tmp_path: Path, name: str, content: bytes, error: type[InputError]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error) as refused:
        take(station, tmp_path / name)
    assert str(refused.value)
    assert lists(station) == ()


def test_a_bomb_of_a_spreadsheet_ends_its_child_and_nothing_else(
    station: Station, tmp_path: Path
) -> None:
    book = workbook(tmp_path / "bomb.xlsx", [[1]])
    with zipfile.ZipFile(book) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    cells = b"<c><v>1</v></c>" * 1000
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"<row><c><v>1</v></c></row>", (b"<row>" + cells + b"</row>") * 5_000
    )
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert book.stat().st_size < 2_000_000
    with pytest.raises(DamagedFile):
        read_list(book, Limits(memory_megabytes=500), tmp_path)


def test_the_same_list_is_taken_once(station: Station, tmp_path: Path) -> None:
    path = put(tmp_path, csv_text())
    take(station, path)
    with pytest.raises(ListTaken):
        take(station, path)
    with pytest.raises(FileMissing):
        take(station, tmp_path / "نسيت.csv")
    assert [found.rows for found in lists(station)] == [3]
    assert list(audit.events(station.database.connection))[-1].verb == "case list"
    with pytest.raises(NoSuchList):
        list(rows_of(station, 7))


# --- matching, next, carry ----------------------------------------------------------------------


@pytest.fixture
def case_files(station: Station, tmp_path: Path) -> Callable[..., Station]:
    def make(*numbers: int) -> Station:
        for number in numbers:
            file = save(tmp_path / f"{number}.png", (f"الطعن رقم {number} لسنة 93 ق",))
            finish(import_files(station, OPERATOR, [file], key=CaseKey("civil", number, 93)))
        return station

    return make


def values(station: Station, case_id: int, field: str) -> list[object]:
    return [v.value for v in field_values(station, case_id) if v.field == field]


def test_a_match_fills_what_is_empty_and_tells_what_differs(
    case_files: Callable[..., Station], tmp_path: Path
) -> None:
    station = case_files(99001, 99002)
    said = typed(station, 2, [("party", "name=أخرى; role=appellant")])
    finish(describe(station, OPERATOR, 2, said))
    take(station, put(tmp_path, csv_text()))
    changed, _ = finish(match(station, OPERATOR))
    assert (changed.facts["matched"], changed.facts["fields"]) == (2, 2)
    assert values(station, 1, "circuit") == ["civil"]
    (appellant, respondent) = values(station, 1, "party")
    assert (appellant["name"], respondent["role"]) == ("شركة الواحة", "respondent")
    assert {v.source for v in field_values(station, 1) if v.field == "party"} == {
        ValueSource.CASE_LIST
    }
    (differing,) = changed.facts["differing"]
    assert (differing["case"], differing["field"]) == ("99002/93", "party")
    assert values(station, 2, "party")[0]["name"] == "أخرى"
    again, _ = finish(match(station, OPERATOR, case_id=1))
    assert again.facts["fields"] == 0
    event = [e for e in audit.events(station.database.connection, 1) if e.verb == "describe"][-1]
    assert json.loads(event.detail)["sources"] == ["case_list"]


def test_a_sealed_file_is_left_alone(read_station: Station, tmp_path: Path) -> None:
    finish(check(read_station, CHECKER, 1, accept=True))
    finish(seal(read_station, OPERATOR, 1))
    take(read_station, put(tmp_path, csv_text()))
    assert finish(match(read_station, OPERATOR))[0].facts["matched"] == 0
    assert values(read_station, 1, "circuit") == []


def test_the_next_number_is_the_lists_and_else_one_more(
    case_files: Callable[..., Station], tmp_path: Path
) -> None:
    station = case_files(99001)
    assert next_key(station) == CaseKey("civil", 99002, 93)
    rows = (("99001", "93"), ("98000", "92"), ("99002", "93"))
    take(station, put(tmp_path, csv_text(rows, HEAD[:2])))
    assert next_key(station) == CaseKey("civil", 98000, 92)
    assert next_key(station, CaseKey("civil", 98000, 92)) == CaseKey("civil", 99002, 93)
    case_files(98001, 99002)
    assert next_key(station, CaseKey("civil", 98001, 93)) == CaseKey("civil", 98002, 93)


def test_an_empty_archive_has_no_next_number(station: Station) -> None:
    assert next_key(station) is None


def test_what_is_alike_is_carried_over_and_what_tells_files_apart_is_not(
    case_files: Callable[..., Station],
) -> None:
    station = case_files(99001, 99002)
    words = [("circuit", "civil_commercial"), ("hearing_date", "2024-11-21"), ("title", "شركة")]
    finish(describe(station, OPERATOR, 1, typed(station, 1, words)))
    with pytest.raises(NothingToCarry):
        finish(carry(station, OPERATOR, 1))
    assert {change.field for change in carried(station, 2)} == {"circuit", "hearing_date"}
    finish(carry(station, OPERATOR, 2, ["circuit"]))
    assert values(station, 2, "circuit") == ["civil_commercial"]
    assert values(station, 2, "hearing_date") == []
    assert queries.case_by_id(station, 2).title == ""
    finish(carry(station, OPERATOR, 2))
    assert values(station, 2, "hearing_date")[0]["edtf"] == "2024-11-21"
    assert case_lists.PROFILE == "case_file"

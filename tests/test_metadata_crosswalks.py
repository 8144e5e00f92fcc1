"""Crosswalks: what a profile says of other schemes, made from data alone."""

from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree

from archiver.demo.description import DESCRIPTIONS
from archiver.metadata.crosswalks import dublin_core, isadg, mods, tables
from archiver.metadata.crosswalks.described import Described, DescribedDocument
from archiver.metadata.crosswalks.places import is_place, steps
from archiver.metadata.profile_file import read_profiles
from archiver.metadata.values import parsed
from archiver.metadata.vocabularies import Vocabularies
from tests.schemas import MODS as MODS_SCHEMAS
from tests.schemas import assert_valid, needs

WORDS = Vocabularies(None)
PROFILES = read_profiles(None, WORDS.names)
OTHERS = (
    ("case_key", "99001/93"), ("case_key", "99002/93"), ("title", "شركة ضد جمعية \x0b"),
    ("hearing_date_hijri", "19 من جمادى الأولى سنة 1446 هـ"), ("clerk", "عادل قيد"),
    ("subject_heading", "heading=نقض; sub=أسباب الطعن"), ("principle", "مبدأ"), ("to_year", "75"),
    ("to_part", "2"), ("to_page", "825"), ("rule_no", "112"), ("laws_cited", "م 254 مرافعات"),
    ("laws_cited", "م 258 مرافعات"), ("access_level", "court_internal"), ("box_barcode", "B-7"),
    ("physical_location", "رف ٣"), ("joined_to", "99002/93"),
)  # fmt: skip
MODS = {"m": mods.NAMESPACE}


def described(name: str = "case") -> Described:
    """The demonstration's case file or item, whole."""
    profile = PROFILES["case_file" if name == "case" else "heritage_item"]
    more = OTHERS if name == "case" else (("title", "سجل"), ("ref_code", "H-1"))
    values: dict[str, tuple[Any, ...]] = {}
    for field_id, text in (*DESCRIPTIONS[name], *more):
        field = profile.field(field_id)
        assert field is not None
        value = text if field_id == "title" else parsed(field, text, WORDS)[0]
        values[field_id] = (*values.get(field_id, ()), value)
    return Described(
        profile, WORDS, "0123456789abcdef" * 2, "99001/93", "محكمة النقض",
        "2026-11-21T10:00:00.000+00:00", 17, ("ara",),
        (DescribedDocument("حكم", "حكم محكمة النقض", "16-17"), DescribedDocument("غلاف", "", "1")),
        values,
    )  # fmt: skip


def texts(root: etree._Element, path: str) -> list[str]:
    found = root.findall(path, MODS)
    return [element.text or "" for element in found]


def test_mods_says_what_was_described() -> None:
    root = etree.fromstring(mods.mods(described()))
    assert texts(root, "m:identifier[@type='appeal']") == ["civil:99001/93", "civil:99002/93"]
    assert texts(root, "m:originInfo/m:dateIssued[@encoding='edtf']") == ["2024-11-21"]
    assert texts(root, "m:originInfo/m:dateOther[@type='hijri']")[0].endswith("1446 هـ")
    assert len(root.findall("m:originInfo", MODS)) == 1  # its fields share it
    names = root.findall("m:name[@type='personal']", MODS)
    assert len(names) == 3
    role = names[0].find("m:role/m:roleTerm", MODS)
    assert role is not None
    assert "برئاسة" in (role.text or "")
    assert len(root.findall("m:subject", MODS)) == 3  # two parties, one heading
    before = root.find("m:relatedItem[@type='preceding']", MODS)
    assert before is not None
    assert texts(before, "m:name/m:namePart") == ["محكمة استئناف القاهرة"]
    assert texts(before, "m:identifier") == ["8888/139"]
    numbers = texts(root, "m:relatedItem[@type='host']/m:part/m:detail/m:number")
    assert numbers == ["75", "2", "112"]
    assert len(root.findall("m:relatedItem[@type='references']", MODS)) == 2
    assert len(root.findall("m:relatedItem[@type='constituent']", MODS)) == 3
    assert mods.mods(described()) == mods.mods(described())


@pytest.mark.parametrize("name", ["case", "heritage"])
@pytest.mark.parametrize("schema", [pytest.param(n, marks=needs(n)) for n in MODS_SCHEMAS])
def test_mods_is_valid(schema: str, name: str) -> None:
    assert_valid(schema, mods.mods(described(name)))


def test_dublin_core_is_fifteen_elements_in_their_order() -> None:
    for name in ("case", "heritage"):
        found = dublin_core.elements(described(name))
        order = [dublin_core.DC_ELEMENTS.index(element) for element, _text in found]
        assert order == sorted(order)
        assert len(set(found)) == len(found)
        assert all(text for _element, text in found)
    case = dublin_core.elements(described())
    assert ("title", "شركة ضد جمعية \x0b") in case
    assert ("date", "2024-11-21") in case
    assert ("rights", "داخلي بالمحكمة") in case
    citation = next(t for e, t in case if e == "identifier" and "75" in t)
    assert [part in citation for part in ("75", "2", "825", "112")] == [True] * 4


def test_isadg_is_told_by_its_numbers() -> None:
    for name in ("case", "heritage"):
        numbers = [number for number, _name, _text in isadg.rows(described(name))]
        assert {"3.1.1", "3.1.2", "3.1.3", "3.1.4", "3.1.5"} <= set(numbers)
        order = list(WORDS[isadg.VOCABULARY].terms)
        assert numbers == sorted(numbers, key=order.index)
    assert ("3.1.3", "التاريخ", "تاريخ الجلسة: 2024-11-21") in isadg.rows(described())


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"), ("+20", "'+20"), ("-5", "'-5"), ("@x", "'@x"), ("\tx", "'\tx"),
        ("a=b", "a=b"), ("٩٩٠٠١", "٩٩٠٠١"), ("", ""),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text: str, safe: str) -> None:
    assert tables.cell(text) == safe


def test_a_row_has_a_cell_for_every_column() -> None:
    names = tables.columns([f.id for f in p.of_level("case")] for p in PROFILES.values())
    assert len(names) == len(set(names))
    cells = list(tables.row(described(), names))
    assert len(cells) == len(tables.FIRST) + len(names)
    found: Mapping[str, str] = dict(zip((*tables.FIRST, *names), cells, strict=True))
    assert found["case_key"] == "civil:99001/93 | civil:99002/93"
    assert found["era"] == ""


def test_places_are_checked_before_they_are_used() -> None:
    assert steps("subject*/topic") == (("subject", {}, True), ("topic", {}, False))
    assert steps("note[@type=a b]")[-1] == ("note", {"type": "a b"}, True)
    for scheme, place in (("mods", "a/"), ("mods", "shelf"), ("dc", "date"), ("isadg", "3.9.9")):
        assert not is_place(scheme, place)

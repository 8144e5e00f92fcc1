"""The checks: each says what is wrong and what would be right, and is quiet where all is well."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from archiver import i18n
from archiver.metadata.profile_file import read_profiles
from archiver.metadata.validation.checks import CHECKS, findings
from archiver.metadata.validation.finding import RULES, Finding, Severity
from archiver.metadata.validation.record import Record, Seen, Twin
from archiver.metadata.values import parsed
from archiver.metadata.vocabularies import Vocabularies

WORDS = Vocabularies(None)
PROFILES = read_profiles(None, WORDS.names)
TODAY = date(2026, 11, 21)
WHOLE: dict[str, tuple[str, ...]] = {
    "case_key": ("99001/93",),
    "circuit": ("الدائرة المدنية والتجارية",),
    "case_status": ("محكوم فيه",),
    "filing_date": ("الأربعاء ١٢ / ٤ / ٢٠٢٣",),
    "hearing_date": ("الخميس 21 من نوفمبر سنة 2024",),
    "hearing_date_hijri": ("19 من جمادى الأولى سنة 1446 هـ",),
    "bench": ("presiding: أمجد مثال الافتراضي",),
    "party": ("name=شركة الواحة الافتراضية; role=appellant",),
    "lower_court": ("محكمة استئناف القاهرة",),
    "lower_case": ("8888/139",),
    "lower_date": ("15/2/2023",),
    "disposition": ("quash_remit",),
    "to_year": ("75",),
    "access_level": ("court_internal",),
    "extent": ("13",),
}


def record(profile: str = "case_file", **said: tuple[str, ...] | None) -> Record:
    """A whole, right case file with these fields typed otherwise; None: the field is empty."""
    typed = {**(WHOLE if profile == "case_file" else {}), **said}
    values: dict[str, tuple[Any, ...]] = {}
    written: dict[str, tuple[str, ...]] = {}
    for name, words in typed.items():
        field = PROFILES[profile].field(name)
        assert field is not None
        found = [parsed(field, text, WORDS) for text in words or ()]
        if found:
            values[name] = tuple(value for value, _text in found)
            written[name] = tuple(text for _value, text in found)
    return Record(PROFILES[profile], WORDS, values, TODAY, written, images=17)


def rules(checked: Record) -> list[tuple[str, Severity]]:
    return [(finding.rule, finding.severity) for finding in findings(checked)]


def only(checked: Record) -> Finding:
    found = findings(checked)
    assert len(found) == 1, [str(finding) for finding in found]
    return found[0]


WARNING, ERROR = Severity.WARNING, Severity.ERROR


def test_a_whole_case_file_has_nothing_wrong() -> None:
    assert rules(record()) == []


@pytest.mark.parametrize(
    ("said", "rule", "severity", "right"),
    [
        ({"case_key": ("99001/94",)}, "year_filed", WARNING, "judicial year 93"),
        ({"filing_date": ("1/10/2023",)}, "year_filed", WARNING, "judicial year 94"),
        ({"to_year": ("57",)}, "volume", WARNING, "volume 75"),
        ({"filing_date": ("الثلاثاء ١٢ / ٤ / ٢٠٢٣",)}, "weekday", WARNING, "Wednesday"),
        ({"hearing_date_hijri": ("22 من جمادى الأولى سنة 1446 هـ",)}, "hijri", WARNING,
         "19 جمادى الأولى 1446"),
        ({"lower_date": ("15/6/2023",)}, "order", ERROR, "misread"),
        ({"extent": ("18",)}, "extent", ERROR, "missing"),
        ({"circuit": ("أحوال",)}, None, None, ""),
        ({"circuit": ("دوائر الأسرة",)}, "access", WARNING, "Sensitive"),
        ({"case_key": ("unknown:99001/93",)}, "series_unknown", ERROR, "series"),
        ({"circuit": None}, "required", ERROR, "Case file"),
        ({"bench": None}, "required_in", ERROR, "Decided"),
        ({"subject_heading": ("نقض جديد تماما",)}, "not_listed", WARNING, "list"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_mend(
    said: dict[str, tuple[str, ...] | None], rule: str | None, severity: Severity, right: str
) -> None:
    if rule is None:
        with pytest.raises(Exception, match="not in the list"):
            record(**said)
        return
    found = only(record(**said))
    assert (found.rule, found.severity) == (rule, severity)
    assert right in found.right
    assert all(name in WHOLE or name == "subject_heading" for name in found.fields)


def test_a_day_or_two_of_the_moon_is_no_mistake() -> None:
    for day in (17, 18, 20, 21):
        assert rules(record(hearing_date_hijri=(f"{day} من جمادى الأولى سنة 1446 هـ",))) == []


def test_late_hearings_before_1956_are_of_the_next_volume() -> None:
    old = {"case_key": ("100/21",), "filing_date": ("5/3/1951",), "lower_date": ("1/2/1951",),
           "hearing_date_hijri": None}  # fmt: skip
    november, march = ("20/11/1952",), ("5/3/1953",)
    assert rules(record(**old, hearing_date=november, to_year=("4",))) == []
    assert rules(record(**old, hearing_date=november, to_year=("3",))) == [("volume", WARNING)]
    assert rules(record(**old, hearing_date=march, to_year=("4",))) == []
    assert rules(record(**old, hearing_date=("20/11/1956",), to_year=("7",))) == []


def test_general_assembly_volumes_have_years_of_their_own() -> None:
    assert rules(record(to_year=("1",), circuit=("ga_civil",))) == []


def test_other_series_count_their_years_otherwise() -> None:
    old = {"filing_date": None, "lower_date": None, "hearing_date_hijri": None, "to_year": None}
    hearing = ("2/5/1929",)
    assert rules(record(**old, case_key=("criminal:9/46",), hearing_date=hearing)) == [
        ("year_hearing", WARNING)
    ]
    assert rules(record(**old, case_key=("national_courts:9/46",), hearing_date=hearing)) == []
    assert rules(record(case_key=("misdemeanour:10640/6",))) == []


def test_the_future_has_not_been_written() -> None:
    assert ("year_future", ERROR) in rules(record(case_key=("5/98",)))
    assert ("future", ERROR) in rules(record(hearing_date=("1/1/2027",), hearing_date_hijri=None))
    assert ("early", WARNING) in rules(record(lower_date=("1/1/1870",)))


def test_the_number_is_held_against_other_case_files_and_the_pages() -> None:
    twin = Twin("civil", 99001, 93, True, "99001/93", "طعن آخر")
    assert only(replace(record(), twins=(twin,))).rule == "key_taken"
    assert only(replace(record(), twins=(replace(twin, own=False),))).rule == "key_joined"
    other = only(replace(record(), twins=(replace(twin, series="criminal"),)))
    assert (other.rule, other.severity) == ("key_elsewhere", WARNING)
    seen = (Seen(99002, 93, 0.9, (3, 5)), Seen(1, 2, 0.4, (7,)))
    found = only(replace(record(), seen=seen))
    assert found.rule == "key_pages"
    assert "99002/93" in found.wrong
    assert "3, 5" in found.wrong
    everywhere = Seen(99002, 93, 0.9, tuple(range(1, 20_000, 2)))
    assert len(only(replace(record(), seen=(everywhere,))).wrong) < 100
    assert rules(replace(record(), seen=(*seen, Seen(99001, 93, 0.6, (1,))))) == []


def test_what_came_in_by_another_way_is_held_against_its_form() -> None:
    spoilt = record()
    values = {
        **spoilt.values,
        "lower_case": ("x" * 100_000,),
        "clerk": ({"name_as_written": "\u202e"},),
    }
    found = findings(replace(spoilt, values=values))
    assert [(f.rule, f.fields) for f in found] == [("form", ("clerk",)), ("form", ("lower_case",))]
    assert all(len(str(f)) < 400 for f in found)
    assert "100,000" in str(found[1])


def test_a_reason_is_for_one_complaint_of_the_same_values() -> None:
    one, same = only(record(to_year=("57",))), only(record(to_year=("57",)))
    other = only(record(to_year=("58",)))
    assert one.key == same.key != other.key


def test_a_heritage_item_is_held_against_its_own_profile() -> None:
    item = record("heritage_item", title=("سجل",), ref_code=("H-1",), access_level=("public",))
    missing = {finding.fields[0] for finding in findings(item)}
    assert missing == {"level", "h_type", "era", "date_norm", "creator", "language", "script_hand",
                       "dimensions", "extent", "condition", "provenance", "rights",
                       "originals_location"}  # fmt: skip


def test_findings_are_worded_in_arabic() -> None:
    found = only(record(to_year=("57",)))
    english = str(found)
    i18n.set_language("ar")
    assert str(found) != english
    assert "٧٥" in str(found)


def test_every_rule_has_words_and_every_check_runs() -> None:
    assert len(CHECKS) == 14
    assert all(wrong for wrong, _right in RULES.values())

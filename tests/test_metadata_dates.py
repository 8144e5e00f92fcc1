"""Dates as papers write them, in three calendars, and what they cannot be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.i18n import set_language
from archiver.metadata.dates.calendars import (
    UMM_AL_QURA,
    Calendar,
    coptic,
    days_in,
    gregorian,
    hijri,
    months_in,
)
from archiver.metadata.dates.judicial_year import (
    judicial_year_of,
    judicial_year_span,
    volume_year_of,
)
from archiver.metadata.dates.months import month_label, month_names, spelling
from archiver.metadata.dates.reading import read_dates
from archiver.metadata.dates.wording import fault_words, shown
from archiver.metadata.dates.written import Fault, days_apart


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("جلسة ١٥ / ٢ / ٢٠٢٣", "2023-02-15"),
        ("في يوم 12/4/2023 طُعن", "2023-04-12"),
        ("بتاريخ 2024-11-21", "2024-11-21"),
        ("١٤ نوفمبر سنة ١٩٣٥", "1935-11-14"),
        ("21 من نوفمبر سنة 2024 م", "2024-11-21"),
        ("أول يونيه سنة ١٩٤٤", "1944-06-01"),
        ("الخامس عشر من نوفمبر سنة 1957", "1957-11-15"),
        ("الحادي والثلاثين من يناير سنة 1957", "1957-01-31"),
        ("٢٤ من آذار سنة ١٩٦٠", "1960-03-24"),
        ("٣٠ من كانون الثاني سنة ١٩٦٠", "1960-01-30"),
        ("10 يولية 1990", "1990-07-10"),
        ("3 إبريل سنة 1976", "1976-04-03"),
        ("في نوفمبر سنة 1951", "1951-11"),
        ("عام 1957", "1957"),
        ("1951", "1951"),
        ("2024-11", "2024-11"),
        ("11/2024", "2024-11"),
        ("12/3/57", "1957-03-12"),
        ("Audience du 14 novembre 1912", "1912-11-14"),
        ("19 من جمادى الأولى سنة 1446 هـ", "2024-11-21~"),
        ("19/5/1446 هـ", "2024-11-21~"),
        ("23 رمضان سنة 1354", "1935-12-19~"),
        ("ربيع الآخر سنة 1446 هـ", "2024-10-04~/2024-11-02~"),
        ("15 توت سنة 1591", "1874-09-24"),
        ("١٤ منربيع الاخر سنة ١٤٤٦", "2024-10-17~"),
        ("21 من نوفمبـــر سنة 2024", "2024-11-21"),
        ("توت سنة 1591", "1874-09-10/1874-10-09"),
    ],
)
def test_forms(text: str, edtf: str) -> None:
    assert [each.edtf for each in read_dates(text)] == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("17 من أكثوير سنة 2024", "2024-10-17"),  # a wrong letter and a lost dot
        ("٢١ نوفمر سنة ٢٠٢٤", "2024-11-21"),  # a letter lost
        ("٢١ من نوفمبر سنه ٢٠ ٢٤", "2024-11-21"),  # torn figures
    ],
)
def test_misread_words_are_put_right_and_said_to_be(text: str, edtf: str) -> None:
    found = read_dates(text)
    assert [each.edtf for each in found] == [edtf]
    assert found[0].repaired


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31/2/2020", Fault.NO_SUCH_DAY),
        ("29/2/2023", Fault.NO_SUCH_DAY),
        ("31 من يونيه سنة 1957", Fault.NO_SUCH_DAY),
        ("0/5/1957", Fault.NO_SUCH_DAY),
        ("12/13/1957", Fault.NO_SUCH_MONTH),
        ("99/99/9999", Fault.NO_SUCH_YEAR),
        ("3/5/12", Fault.CENTURY),
        ("31 من رجب سنة 1446", Fault.NO_SUCH_DAY),
    ],
)
def test_what_cannot_be_says_why(text: str, fault: Fault) -> None:
    found = read_dates(text)
    assert [each.fault for each in found] == [fault]
    assert found[0].edtf == "" and found[0].earliest is None


@pytest.mark.parametrize(
    "text",
    [
        "القانون رقم 13 لسنة 1968",
        "الطعن رقم 99001 لسنة 93 ق",
        "المادة 240/1 من قانون المرافعات",
        "هاتف 02-2577",
        "",
        "٥٠٠ جنيه",
    ],
)
def test_other_figures_are_no_dates(text: str) -> None:
    assert read_dates(text) == ()


def test_offsets_and_words_are_those_of_the_text() -> None:
    text = "في يوم الخميس ١٩ من جمادى الأولى سنة ١٤٤٦ هـ الموافق ٢١ من نوفمبر سنة ٢٠٢٤ م."
    for each in read_dates(text):
        assert text[each.start : each.end] == each.written


def test_the_weekday_is_that_of_both_dates_of_a_pair() -> None:
    text = "في يوم الخميس 19 من جمادى الأولى سنة 1446 هـ الموافق 21 من نوفمبر سنة 2024 م"
    hijri_day, day = read_dates(text)
    assert hijri_day.weekday == day.weekday == 3
    assert day.weekday_fits and hijri_day.weekday_fits
    assert days_apart(hijri_day, day) == 0
    wrong = read_dates("يوم الأحد 21 من نوفمبر سنة 2024")[0]
    assert wrong.weekday_fits is False


def test_a_hijri_pair_two_days_off_is_still_told_apart_from_one_month_off() -> None:
    near = read_dates("17 من جمادى الأولى سنة 1446 هـ الموافق 21 من نوفمبر سنة 2024 م")
    far = read_dates("19 من ربيع الآخر سنة 1446 هـ الموافق 21 من نوفمبر سنة 2024 م")
    assert days_apart(*near) == 2
    assert (days_apart(*far) or 0) > 20


def test_dates_sort_by_their_first_day_and_what_cannot_be_last() -> None:
    texts = ["31/2/1900", "1951", "19/5/1446 هـ", "1/1/1951", "نوفمبر سنة 1951"]
    found = sorted((read_dates(text)[0] for text in texts), key=lambda each: each.sorting_key)
    assert [each.edtf for each in found] == ["1951-01-01", "1951", "1951-11", "2024-11-21~", ""]


@given(st.dates(date(1700, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back_from_the_coptic_and_hijri_calendars(day: date) -> None:
    assert gregorian(Calendar.COPTIC, *coptic(day)) == day
    year, month, day_of_month = hijri(day)
    assert 1 <= month <= 12 and 1 <= day_of_month <= 30
    assert gregorian(Calendar.HIJRI, year, month, day_of_month) == day


@given(st.integers(1200, 1500), st.integers(1, 12), st.integers(1, 30))
def test_hijri_days_follow_each_other_over_both_tables(year: int, month: int, day: int) -> None:
    here = gregorian(Calendar.HIJRI, year, month, day)
    later = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    apart = gregorian(Calendar.HIJRI, *later) - here
    assert timedelta(0) <= apart <= timedelta(31 - day + 2)


def test_the_tabular_calendar_meets_umm_al_qura_within_its_tolerance() -> None:
    before = gregorian(Calendar.HIJRI, UMM_AL_QURA[0] - 1, 12, 1)
    after = gregorian(Calendar.HIJRI, UMM_AL_QURA[0], 1, 1)
    assert timedelta(27) <= after - before <= timedelta(32)
    assert read_dates("5 رجب سنة 1300")[0].tolerance_days == 3
    assert read_dates("5 رجب سنة 1400")[0].tolerance_days == 2


@given(st.sampled_from(list(Calendar)), st.integers(1300, 1500), st.integers(1, 13))
def test_no_month_has_a_day_too_many(calendar: Calendar, year: int, month: int) -> None:
    year += 500 if calendar is Calendar.GREGORIAN else 0
    if month > months_in(calendar):
        return
    gregorian(calendar, year, month, days_in(calendar, year, month))
    with pytest.raises(ValueError, match="no such day"):
        gregorian(calendar, year, month, days_in(calendar, year, month) + 1)


def test_no_two_months_share_a_name_and_all_have_one() -> None:
    for calendar in Calendar:
        for number in range(1, months_in(calendar) + 1):
            month = month_names()[spelling(month_label(calendar, number))]
            assert (month.calendar, month.number) == (calendar, number)


@pytest.mark.parametrize(
    ("filed", "year"),
    [
        (date(1930, 10, 1), 1), (date(1931, 5, 2), 1), (date(2022, 10, 1), 93),
        (date(2023, 9, 30), 93), (date(2023, 10, 1), 94),
    ],
)  # fmt: skip
def test_judicial_years_run_from_october(filed: date, year: int) -> None:
    assert judicial_year_of(filed) == year
    span = judicial_year_span(year)
    assert span is not None and span[0] <= filed <= span[1]


def test_the_two_series_that_count_apart() -> None:
    assert judicial_year_of(date(1929, 3, 14), "national_courts") == 46
    assert judicial_year_of(date(2013, 6, 18), "misdemeanour") is None
    assert judicial_year_of(date(1929, 3, 14)) is None


def test_volume_years_of_the_technical_office() -> None:
    assert volume_year_of(date(1967, 6, 27)) == 18
    assert volume_year_of(date(1954, 10, 28)) == 6  # before 1956 of the next volume
    assert volume_year_of(date(1956, 10, 28)) == 7
    assert volume_year_of(date(1940, 1, 1)) is None


def test_dates_are_shown_in_either_language() -> None:
    day, month, old = (
        read_dates(text)[0] for text in ("21/11/2024", "رجب سنة 1446", "15 توت سنة 1591")
    )
    set_language("en")
    assert shown(day) == "21 November 2024"
    assert shown(month) == "Rajab 1446 AH"
    assert fault_words(Fault.NO_SUCH_DAY) == "this month has no such day"
    set_language("ar")
    assert shown(day) == "٢١ نوفمبر ٢٠٢٤"
    assert shown(month) == "رجب ١٤٤٦ هـ"
    assert shown(old) == "١٥ توت ١٥٩١ بالتقويم القبطي"


@given(st.text(alphabet="0123456789٠١٢٣٤٥٦٧٨٩/-. هـم سنة منوفبر\u202e\n", max_size=60))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for each in read_dates(text):
        assert 0 <= each.start <= each.end <= len(text)
        assert (each.fault is None) == (each.edtf != "")


def test_a_hundred_thousand_figures_take_no_time() -> None:
    assert read_dates("1 / " * 25_000) == ()

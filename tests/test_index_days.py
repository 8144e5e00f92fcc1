"""Dates as people type them, and the days they mean."""

from datetime import date

import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from index.days import span


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("1951", date(1951, 1, 1), date(1951, 12, 31)),
        ("2/1952", date(1952, 2, 1), date(1952, 2, 29)),
        ("1951-3-14", date(1951, 3, 14), date(1951, 3, 14)),
        ("14.3.1951م", date(1951, 3, 14), date(1951, 3, 14)),
        ("1370", date(1950, 10, 13), date(1951, 10, 1)),
        ("1/1443ه", date(2021, 8, 9), date(2021, 9, 7)),
        ("1300", date(1882, 11, 10), date(1883, 11, 3)),
    ],
)
def test_spans(written: str, first: date, last: date) -> None:
    assert span(written) == (first, last)


@pytest.mark.parametrize("written", ["", "51", "1951-13", "30/2/1951", "1/1/1/1951", "31/1/1443"])
def test_what_is_no_date(written: str) -> None:
    assert span(written) is None


@given(st.dates(date(1925, 1, 1), date(2070, 1, 1)))
def test_hijri_days_are_the_tables(day: date) -> None:
    hijri = Gregorian.fromdate(day).to_hijri()
    assert span(f"{hijri.day}/{hijri.month}/{hijri.year}") == (day, day)


@given(st.integers(1200, 1599), st.integers(1, 12))
def test_a_month_lies_in_its_year(year: int, month: int) -> None:
    inner, outer = span(f"{month}/{year}"), span(str(year))
    assert inner is not None and outer is not None
    assert outer[0] <= inner[0] <= inner[1] <= outer[1]

"""Every written form of a case number, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.arabic import case_terms, find_case_mentions, find_case_numbers

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _found(text: str, *, bare: bool = False) -> list[str]:
    return [number.canonical for number in find_case_numbers(text, bare=bare)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("99001/93", ["99001/93"]),
        (" ٩٩٠٠١ / ٩٣ ", ["99001/93"]),
        ("\u200f٩٩٠٠١/٩٣\u200f", ["99001/93"]),
        ("0123/56", ["123/56"]),
        ("الطعن رقم ١٢٣٤ لسنة ٥٦ ق", ["1234/56"]),
        ("الطعن رقم ١٢٣٤ لسنة ٥٦ قضائية", ["1234/56"]),
        ("الطعن رقم ١٢٣٤ لسنة ٥٦ القضائية", ["1234/56"]),
        ("حكم في الطَّعْن رقــم (١٢٣٤) لسنة ٥٦، وقال", ["1234/56"]),
        ("طعن 1234 س 56 ق", ["1234/56"]),
        ("1234 لسنة 56", ["1234/56"]),
        ("رقم الطعن: 99001 لسنة 93 ق   (93 ق = أكتوبر 2022)", ["99001/93"]),
        ("القضية رقم 7 سنة 3 القضائية", ["7/3"]),
        ("في الطعن المقيد في جدول المحكمة برقم 99001 لسنة 93 ق.", ["99001/93"]),
        ("وقيدت برقم ٩٩٠٠١ لسنة ٩٣ قضائية، من الأستاذ", ["99001/93"]),
        ("الطعنان رقما 12 و13 لسنة 50 ق", ["12/50", "13/50"]),
        ("في الطعنين رقمي ١٢ لسنة ٥٠ ق و١٣ لسنة ٥١ ق", ["12/50", "13/51"]),
        ("الطعنان رقما 1234/56 و 1235/57 ق", ["1234/56", "1235/57"]),
        ("الطعون أرقام 12، 13، 14 لسنة 50 ق جلسة 3/4/1980", ["12/50", "13/50", "14/50"]),
        ("الطلبات أرقام 102 سنة 23 و8 و58 لسنة 24", ["102/23", "8/24", "58/24"]),
        ("الطعن رقم 5 لسنة 6 ق والطعن رقم 7 لسنة 8 ق", ["5/6", "7/8"]),
        ("الاستئناف رقم 88 لسنة 39 ق ثم الطعن رقم 5 لسنة 6 ق", ["5/6"]),
        ("الطعن رقم 1234\nلسنة 56 ق، 17/10/2024", ["1234/56"]),
    ],
)
def test_written_forms(text: str, numbers: list[str]) -> None:
    assert _found(text) == numbers
    assert _found(text.translate(_EASTERN)) == numbers
    assert case_terms(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "17/10/2024",
        "١٧ / ١٠ / ٢٠٢٤",
        "15/2/2023",
        "15/2/23",
        "17-10-24",
        "الاستئناف رقم 8888 لسنة 139 ق",
        "الاستئناف رقم 8888 لسنة 39 ق",
        "الحكم الصادر من محكمة استئناف القاهرة برقم 123 لسنة 45 ق",
        "الدعوى رقم ٦٦٦٦ لسنة ٢٠٢٠ مدني كلي",
        "أقامت الدعوى رقم 66 لسنة 70 مدني كلي",
        "القضية رقم 66 لسنة 70 جنايات",
        "القانون رقم 57 لسنة 59",
        "رأيت 12/5 في الورقة",
        "مكتب فني 17 ج 2 ق 112 ص 825",
        "السنة 28 – الجزء الثانى – صـ 1729",
        "س 7 ع 3 ص 863 ق 123",
        "93/99001",
        "200000/12",
        "0/12",
        "12/0",
        "12/",
        "99001",
        "",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert _found(text) == []


def test_a_bare_number_in_running_text_counts_where_asked() -> None:
    assert _found("فسخ 1234/56 عقد", bare=True) == ["1234/56"]
    assert _found("جلسة 17/10/2024", bare=True) == []


def test_offsets_are_of_the_original() -> None:
    text = "في الطَّعن رقم (١٢) و١٣ لسنـة ٥٦ ق، ثم"
    first, second = find_case_numbers(text)
    assert text[first.start : first.end] == "١٢"
    assert text[second.start : second.end] == "١٣ لسنـة ٥٦"
    (mention,) = find_case_mentions(text)
    assert text[mention.start : mention.end] == "الطَّعن رقم (١٢) و١٣ لسنـة ٥٦ ق"


@given(st.integers(1, 199_999), st.integers(1, 99), st.booleans())
def test_every_number_survives_its_forms(number: int, year: int, eastern: bool) -> None:
    for form in ("{}/{}", "الطعن رقم {} لسنة {} ق", "القضية رقم {} سنة {} القضائية"):
        text = form.format(number, year)
        assert _found(text.translate(_EASTERN) if eastern else text) == [f"{number}/{year}"]


@given(st.text(st.sampled_from("الطعن رقم لسنة سنة ق و،/() 0123456789٤٥-:.\n"), max_size=80))
def test_any_text_is_read_without_falling(text: str) -> None:
    for bare in (False, True):
        for mention in find_case_mentions(text, bare=bare):
            assert 0 <= mention.start < mention.end <= len(text)
            for number in mention.numbers:
                assert mention.start <= number.start < number.end <= mention.end

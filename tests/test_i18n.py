"""The language below the window: chosen once, digits in one style."""

import locale

import pytest

from archiver import i18n
from archiver.workflow.vocabulary import items, label, state_word


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "ar_EG.UTF-8"}, "ar"),
        ({"LANG": "ar"}, "ar"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ar_SA.UTF-8", "LANG": "en_GB.UTF-8"}, "ar"),
        ({"LC_ALL": "C", "LC_MESSAGES": "ar_SA.UTF-8"}, "en"),
        ({"ARCHIVER_LANG": "en", "LANG": "ar_EG.UTF-8"}, "en"),
        ({"ARCHIVER_LANG": "ar", "LC_ALL": "en_GB.UTF-8"}, "ar"),
        ({"ARCHIVER_LANG": "fr", "LANG": "ar_EG.UTF-8"}, "ar"),
    ],
)
def test_the_language_is_chosen_from_the_environment(
    environ: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (None, None))
    assert i18n.default_language(environ) == language


def test_a_language_that_is_not_spoken_is_refused_and_changes_nothing() -> None:
    i18n.set_language("ar")
    with pytest.raises(ValueError, match="fr"):
        i18n.set_language("fr")
    assert i18n.language() == "ar"


def test_numbers_are_shown_in_the_digits_of_the_language() -> None:
    assert i18n.digits(1990) == "1990"
    i18n.set_language("ar")
    assert i18n.digits(1990) == "١٩٩٠"
    assert i18n.digits("99001/93") == "٩٩٠٠١/٩٣"
    assert i18n.digits("H-0001") == "H-0001"


def test_ten_thousand_pages_are_named_in_one_line() -> None:
    assert i18n.runs(()) == ""
    assert i18n.runs((9, 7, 3, 8, 12)) == "3, 7–9, 12"
    assert i18n.runs(range(1, 10_001)) == "1–10000"
    assert i18n.runs(range(1, 10_001, 2)) == "1, 3, 5, 7, 9, …, 9999"
    i18n.set_language("ar")
    assert i18n.runs((3, 7, 8)) == "٣، ٧–٨"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 11, 100])
def test_arabic_counts_in_its_own_forms(count: int) -> None:
    one, many = "{count} page was read", "{count} pages were read"
    i18n.set_language("ar")
    words = i18n.ngettext(one, many, count)
    assert words not in (one, many)
    i18n.set_language("en")
    assert i18n.ngettext(one, many, count) == (one if count == 1 else many)


def test_a_text_without_a_translation_is_itself() -> None:
    i18n.set_language("ar")
    assert i18n._("no such sentence") == "no such sentence"


def test_codes_have_words_in_both_languages() -> None:
    for vocabulary in ("document_kind", "docket_series"):
        for code, item in items(vocabulary).items():
            assert label(vocabulary, code) == item["en"]
            i18n.set_language("ar")
            assert label(vocabulary, code) == item["ar"]
            i18n.set_language("en")
    assert label("document_kind", "no such code") == "no such code"
    assert label("document_kind", "unsorted") != "unsorted"


def test_states_have_words_in_both_languages() -> None:
    english = state_word("sealed")
    i18n.set_language("ar")
    assert state_word("sealed") != english

"""The errors that people read: worded when they are shown, kept as code and facts."""

import pickle
import pkgutil
import string
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import errors, i18n, workflow
from archiver.errors import ArchiverError, DamagedFile, TooManyPages, from_record

for room in pkgutil.iter_modules(workflow.__path__, "archiver.workflow."):
    import_module(room.name)  # some verbs have errors of their own


def kinds(parent: type[ArchiverError] = ArchiverError) -> list[type[ArchiverError]]:
    children = [kind for kind in parent.__subclasses__() if kind.__module__.startswith("archiver")]
    return [kind for child in children for kind in (child, *kinds(child))]


def fields(template: str) -> set[str]:
    return {name for _text, name, _spec, _how in string.Formatter().parse(template) if name}


# Families are caught by, never raised.
RAISED = [kind for kind in kinds() if kind.what != ArchiverError.what]


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_error_says_what_happened_and_what_to_do(
    kind: type[ArchiverError], language: str
) -> None:
    facts = {name: f"<{name}>" for name in fields(kind.what) | fields(kind.advice)}
    i18n.set_language(language)
    error = kind(**facts)
    for name in fields(kind.what):
        assert f"<{name}>" in str(error)
    if not issubclass(kind, errors.RequestRefused):
        assert error.way_out(), "what can the person do?"


def test_codes_are_unique_and_exit_codes_tell_the_family() -> None:
    names = [kind.__name__ for kind in kinds()]
    assert len(names) == len(set(names))
    families: dict[type[ArchiverError], int] = {
        errors.RequestRefused: 2, errors.InputError: 3, errors.EnvironmentProblem: 4,
        errors.PageUnreadable: 5, errors.DeliveryError: 6,
    }  # fmt: skip
    for family, code in families.items():
        assert {kind.exit_code for kind in (family, *kinds(family))} == {code}


@given(st.dictionaries(st.sampled_from(["name", "detail"]), st.text() | st.integers()))
def test_an_error_survives_the_way_between_processes_and_the_years(
    facts: dict[str, object],
) -> None:
    error = DamagedFile(**facts)
    for again in (pickle.loads(pickle.dumps(error)), from_record(error.code, dict(error.facts))):  # noqa: S301
        assert type(again) is DamagedFile
        assert (str(again), again.facts) == (str(error), error.facts)


def test_a_record_whose_code_is_gone_is_still_an_error() -> None:
    error = from_record("NoLongerKnown", {"name": "a.jpg"})
    assert type(error) is ArchiverError
    assert str(error)


def test_a_record_that_lacks_a_fact_is_still_told() -> None:
    assert "limit is …" in str(from_record("TooManyPages", {"name": "a.tif", "pages": 5}))


def test_names_stand_apart_and_numbers_take_the_digits_of_the_language() -> None:
    error = TooManyPages(name="{x} ملف.tif", pages=2001, limit=2000)
    assert "\u2068{x} ملف.tif\u2069" in str(error)
    assert "2001" in str(error)
    i18n.set_language("ar")
    assert "٢٠٠١" in str(error)
    assert "ملف.tif" in str(error)

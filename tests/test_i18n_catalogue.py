"""Every text below the window has its Arabic words, and the compiled catalogue is in date."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "locale" / "ar" / "LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "archiver.po").open("rb") as file:
        return read_po(file, locale="ar")


def in_source() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(ROOT / "archiver", keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def test_every_text_has_arabic_words(catalogue: Catalog) -> None:
    known = {message.id for message in catalogue if message.id and all(_forms(message))}
    assert in_source() - known == set()


def test_the_catalogue_has_no_texts_that_are_gone(catalogue: Catalog) -> None:
    assert {message.id for message in catalogue if message.id} - in_source() == set()


def test_the_arabic_words_keep_the_places(catalogue: Catalog) -> None:
    for message in catalogue:
        known = set(_places(str(message.id)))
        for form in _forms(message):
            assert set(_places(form)) <= known, message.id
        if len(_forms(message)) == 1:
            assert set(_places(_forms(message)[0])) == known, message.id


def test_the_compiled_catalogue_is_in_date(catalogue: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    assert (FOLDER / "archiver.mo").read_bytes() == compiled.getvalue(), (
        "run: pybabel compile -d resources/locale -D archiver -l ar"
    )


def _forms(message: Message) -> tuple[str, ...]:
    text = message.string
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def _places(text: str) -> list[str]:
    return re.findall(r"\{[^}]*\}", text)

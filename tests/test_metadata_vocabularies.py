"""Vocabularies: shipped words that stay as they are, and what a site adds beside them."""

import json
from pathlib import Path
from typing import Any

import pytest

from archiver import i18n
from archiver.metadata.mistakes import VocabularyWrong
from archiver.metadata.vocabularies import Vocabularies

ADDED: dict[str, Any] = {
    "vocabulary": "circuit",
    "version": 3,
    "title_ar": "الدوائر",
    "title_en": "Circuits",
    "items": [
        {"code": "maritime", "ar": "الدائرة البحرية", "en": "Maritime circuit", "since": 2027}
    ],
}


def site(folder: Path, name: str = "circuit", **changes: Any) -> Vocabularies:
    folder.mkdir(exist_ok=True)
    table = {**ADDED, "vocabulary": name, **changes}
    text = json.dumps(table, ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(text, "utf-8")
    return Vocabularies(folder)


def test_every_shipped_vocabulary_is_whole() -> None:
    words = Vocabularies(None)
    assert len(words.names) > 25
    for name in words.names:
        found = words[name]
        assert found.version >= 1
        assert found.site_version == 0
        assert all(term.shipped and term.ar and term.en for term in found.terms.values())


def test_a_site_adds_its_words_beside_the_shipped_ones(tmp_path: Path) -> None:
    found = site(tmp_path / "v")["circuit"]
    assert found.terms["civil"].shipped
    assert list(found.terms)[-1] == "maritime"
    assert not found.terms["maritime"].shipped
    assert found.terms["maritime"].more["since"] == 2027
    assert (found.version, found.site_version) == (1, 3)


def test_a_site_has_vocabularies_of_its_own(tmp_path: Path) -> None:
    items = [{"code": "sepia", "ar": "بني", "en": "Sepia"}]
    words = site(tmp_path / "v", "photo_tone", items=items)
    assert "photo_tone" in words.names
    assert list(words["photo_tone"].terms) == ["sepia"]
    assert (words["photo_tone"].version, words["photo_tone"].site_version) == (0, 3)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("civil", "civil"),
        ("الدائرة المدنية", "civil"),
        ("الدائره  المدنيه", "civil"),
        ("الدائـــرة المدنية", "civil"),
        ("Civil Circuit", "civil"),
        ("الدائرة", None),
        ("", None),
    ],
)
def test_a_word_is_found_however_it_is_spelt(words: str, code: str | None) -> None:
    found = Vocabularies(None)["circuit"].find(words)
    assert (found.code if found else None) == code


def test_typing_offers_what_begins_so_first() -> None:
    circuits = Vocabularies(None)["circuit"]
    assert next(term.code for term in circuits.like("civil")) == "civil"
    assert {term.code for term in circuits.like("عمال")} == {"labour"}
    assert len(circuits.like("ا", limit=3)) == 3


def test_labels_follow_the_language() -> None:
    term = Vocabularies(None)["circuit"].terms["criminal"]
    assert term.label == "Criminal circuit"
    i18n.set_language("ar")
    assert term.label == "الدائرة الجنائية"


@pytest.mark.parametrize(
    ("changes", "line", "said"),
    [
        ({"version": "3"}, 3, "version"),
        ({"vocabulary": "circuits"}, 2, "name must be that of the file"),
        ({"title_ar": 5}, 4, "title_ar"),
        ({"colour": "red"}, 14, "colour"),
        ({"items": {}}, 6, "words are missing"),
        ({"items": [{"code": "a", "ar": "أ", "en": "A"}, {"code": "a", "ar": "ب", "en": "B"}]},
         12, "stands twice"),
        ({"items": [{"code": "new", "ar": "جديد", "en": "New"},
                    {"code": "civil", "ar": "أخرى", "en": "Other"}]}, 12, "came with the station"),
        ({"items": [{"code": "a b", "ar": "أ", "en": "A"}]}, 7, "cannot be a code"),
        ({"items": [{"code": "a", "ar": "أ"}]}, 7, "en"),
        ({"items": [{"code": "a", "ar": " ", "en": "A"}]}, 7, "ar"),
        ({"items": ["a"]}, 7, "table"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_line(
    tmp_path: Path, changes: dict[str, Any], line: int, said: str
) -> None:
    words = site(tmp_path / "v", **{k: v for k, v in changes.items() if k != "vocabulary"})
    if "vocabulary" in changes:
        path = tmp_path / "v" / "circuit.json"
        path.write_text(path.read_text("utf-8").replace('"circuit"', '"circuits"'), "utf-8")
    with pytest.raises(VocabularyWrong) as told:
        words["circuit"]
    assert told.value.facts["line"] == line
    assert said in str(told.value)
    assert told.value.way_out()


def test_broken_json_and_another_encoding_name_their_line(tmp_path: Path) -> None:
    path = tmp_path / "circuit.json"
    path.write_text('{\n "vocabulary": "circuit",\n "version" 1\n}', "utf-8")
    with pytest.raises(VocabularyWrong) as told:
        Vocabularies(tmp_path)["circuit"]
    assert told.value.facts["line"] == 3
    path.write_bytes('{\n\n "vocabulary": "دوائر"}'.encode("cp1256"))
    with pytest.raises(VocabularyWrong) as told:
        Vocabularies(tmp_path)["circuit"]
    assert told.value.facts["line"] == 3
    assert "UTF-8" in str(told.value)

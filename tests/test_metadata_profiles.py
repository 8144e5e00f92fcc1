"""Profiles are data: a new one needs no code, and a mistake names file, line and mend."""

from pathlib import Path

import pytest

from archiver.metadata.mistakes import ProfileWrong
from archiver.metadata.profile_file import read_profiles
from archiver.metadata.vocabularies import Vocabularies
from archiver.settings import resource

NAMES = Vocabularies(None).names
PHOTOGRAPH = """\
id = "photograph"
version = 1
label = { ar = "صورة فوتوغرافية", en = "Photograph" }

[[field]]
id = "ref_code"
label = { ar = "رمز المادة", en = "Reference code" }
type = "text"
values = "1"
home = "case"

[[field]]
id = "sitters"
label = { ar = "من في الصورة", en = "Who is on it" }
type = "name"
vocabulary = "judge_role"
values = "1..n"
required = ["always"]
crosswalk = { dc = "dc:subject", mods = "subject*/name", isadg = "3.3.1" }

[[field]]
id = "print"
label = { ar = "الطبعة", en = "Print" }
type = "record"
parts = [
  { id = "height_mm", label = { ar = "الارتفاع", en = "Height" }, type = "integer", most = 5000 },
  { id = "tone", label = { ar = "اللون", en = "Tone" }, type = "code", vocabulary = "photo_tone" },
]
"""


def test_the_shipped_profiles_are_whole() -> None:
    known = read_profiles(None, NAMES)
    assert set(known) == {"case_file", "heritage_item"}
    case, item = known["case_file"], known["heritage_item"]
    assert [(field.id, part) for field, part in case.critical()] == [
        ("case_key", "number"), ("case_key", "judicial_year"), ("case_key", "series")
    ]  # fmt: skip
    assert {"circuit", "hearing_date", "bench", "party", "lower_court"} < {
        f.id for f in case.fields
    }
    assert {"era", "h_type", "provenance", "condition", "rights"} < {f.id for f in item.fields}
    assert [f.id for f in case.of_level("page")][:2] == ["page_no", "side"]
    for field in (*case.fields, *item.fields):
        assert field.label.ar
        assert field.label.en
        assert field.least <= (field.most or 99)


def test_the_shipped_profiles_cross_to_every_scheme() -> None:
    for profile in read_profiles(None, NAMES).values():
        for scheme in ("dc", "mods", "isadg"):
            crossed = [f.id for f in profile.of_level("case") if scheme in f.crosswalk]
            assert len(crossed) > 15, (profile.id, scheme)


def mistaken(folder: Path, text: str | bytes) -> ProfileWrong:
    site = folder / "profiles"
    site.mkdir(exist_ok=True)
    path = site / "photograph.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ProfileWrong) as told:
        read_profiles(site, NAMES | {"photo_tone"})
    assert str(told.value.facts["path"]) == str(path)
    assert told.value.way_out()
    return told.value


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('type = "name"', 'type = "nome"', 15, "type"),
        ('values = "1..n"', 'values = "many"', 17, "many"),
        ('vocabulary = "judge_role"', 'vocabulary = "judges"', 16, "judges"),
        ('id = "sitters"', 'id = "من"', 13, "id"),
        ('id = "sitters"', 'id = "ref_code"', 13, "twice"),
        ('required = ["always"]', "required = true", 18, "required"),
        ('required = ["always"]', 'requried = ["always"]', 18, "requried"),
        ('label = { ar = "من في الصورة", en = "Who is on it" }', 'label = "x"', 14, "Arabic"),
        ('dc = "dc:subject"', 'dc = "dc:topic"', 19, "dc:topic"),
        ('mods = "subject*/name"', 'mods = "persons/name"', 19, "persons/name"),
        ('mods = "subject*/name"', 'modz = "subject*/name"', 19, "modz"),
        ('isadg = "3.3.1"', 'isadg = "9.9"', 19, "9.9"),
        ('type = "record"\nparts', 'type = "text"\nparts', 25, "record"),
        ('type = "integer", most', 'type = "whole", most', 26, "type"),
        ("most = 5000", 'most = "5000"', 26, "most"),
        ('Tone" }, type', 'Tone" }, typ', 27, "typ"),
        ('home = "case"', 'home = "shelf"', 10, "home"),
        ('id = "ref_code"', 'id = "shelf_mark"', 10, "shelf_mark"),
        ("version = 1", "version = 0", 2, "version"),
        ("version = 1", "version = ", 2, ""),
        ('id = "photograph"', 'id = "case_file"', 1, "case_file"),
        ("[[field]]", "[[feld]]", 5, "feld"),
    ],
)
def test_a_mistake_names_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in PHOTOGRAPH
    error = mistaken(tmp_path, PHOTOGRAPH.replace(old, new, -1 if old == "[[field]]" else 1))
    assert error.facts["line"] == line
    assert said in str(error)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    error = mistaken(tmp_path, 'id = "x"\nlabel = "صورة"\n'.encode("cp1256"))
    assert error.facts["line"] == 2
    assert "UTF-8" in str(error)


def test_an_empty_file_and_one_without_fields_are_told(tmp_path: Path) -> None:
    assert "id" in str(mistaken(tmp_path, ""))
    head = PHOTOGRAPH.partition("[[field]]")[0]
    assert "no field" in str(mistaken(tmp_path, head))


def test_all_shipped_profiles_are_toml_of_ours() -> None:
    assert {path.name for path in resource("profiles").iterdir()} == {
        "case_file.toml", "heritage_item.toml"
    }  # fmt: skip

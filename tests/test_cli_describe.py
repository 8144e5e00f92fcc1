"""describe, fields, validate and export metadata from the command line."""

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import answer, archiver
from tests.papers import CASE, JUDGMENT, save

REQUIRED = (
    "circuit=civil", "case_status=محفوظ", "party=name=شركة الواحة; role=appellant",
    "lower_court=ca_cairo", "lower_case=8888/139", "extent=2",
)  # fmt: skip


def said(root: Path, *words: str | Path, person: str = "منى", **env: str) -> dict[str, Any]:
    done = archiver(*words, "--archive", root, "--json", "--as", person, **env)
    assert "Traceback" not in done.stderr
    return answer(done)


def sets(*said_words: str) -> list[str]:
    return [word for text in said_words for word in ("--set", text)]


def test_the_way_from_proposals_to_a_sealed_description(read_archive: Path) -> None:
    shown = said(read_archive, "describe", CASE)
    assert shown["profile"] == "case_file"
    assert shown["proposals_fresh"] is True
    seen = [p for p in shown["proposals"] if p["field"] == "case_key"]
    assert seen[0]["value"] == {"series": "civil", "number": 99001, "judicial_year": 93}
    assert seen[0]["boxes"]
    assert seen[0]["page"] in (1, 2)
    missing = {c["fields"][0] for c in shown["complaints"] if c["rule"] == "required"}
    assert missing == {"circuit", "case_status", "party", "lower_court", "lower_case", "extent"}

    done = said(read_archive, "describe", CASE, *sets(*REQUIRED))
    assert [entry["field"] for entry in done["fields"]] == [
        "circuit", "case_status", "party", "lower_court", "lower_case", "extent"
    ]  # fmt: skip
    assert done["complaints"] == []
    assert said(read_archive, "validate", CASE)["errors"] == 0


def test_a_site_that_requires_fields_seals_no_hole(read_archive: Path) -> None:
    settings = read_archive / "station.toml"
    settings.write_text(settings.read_text("utf-8").replace("required = false", "required = true"))
    said(read_archive, "check", CASE, "--accept", person="سامي")
    refused = said(read_archive, "seal", CASE)["error"]
    assert refused["code"] == "FieldsWrong"
    assert "Circuit" in refused["message"]
    assert "describe" in refused["advice"]
    said(read_archive, "describe", CASE, *sets(*REQUIRED))
    said(read_archive, "check", CASE, "--accept", person="سامي")
    package = said(read_archive, "seal", CASE)["package"]
    with zipfile.ZipFile(package) as opened:
        (described,) = [name for name in opened.namelist() if name.endswith("/mods.xml")]
        assert "محكمة استئناف القاهرة" in opened.read(described).decode()
    sealed = said(read_archive, "describe", CASE, "--set", "circuit=labour")["error"]
    assert sealed["code"] == "CaseSealed"


def test_an_error_stands_only_with_a_reason_and_blocks_again_without(read_archive: Path) -> None:
    said(read_archive, "describe", CASE, *sets(*REQUIRED[:-1], "extent=9"))
    done = archiver("validate", CASE, "--archive", read_archive, "--json")
    assert done.returncode == 1
    (wrong,) = answer(done)["cases"][0]["complaints"]
    assert (wrong["rule"], wrong["severity"]) == ("extent", "error")
    said(read_archive, "check", CASE, "--accept", person="سامي")
    assert said(read_archive, "seal", CASE)["error"]["code"] == "FieldsWrong"
    stand = ("validate", CASE, "--let-stand", wrong["id"][:6])
    assert said(read_archive, *stand)["error"]["code"] == "ReasonNeeded"
    said(read_archive, *stand, "--reason", "سبع صفحات تالفة", person="هدى")
    found = said(read_archive, "validate", CASE)
    assert found["errors"] == 0
    assert found["cases"][0]["complaints"][0]["reason"] == "سبع صفحات تالفة"
    assert found["cases"][0]["complaints"][0]["let_stand_by"] == "هدى"
    events = said(read_archive, "show", CASE)["events"]
    assert ("هدى", "let stand") in [(event["person"], event["verb"]) for event in events]
    said(read_archive, "validate", CASE, "--take-up", wrong["id"][:6])
    assert said(read_archive, "validate", CASE)["errors"] == 1
    nothing = said(read_archive, "validate", CASE, "--let-stand", "zz", "--reason", "x")
    assert nothing["error"]["code"] == "NoSuchFinding"


def test_accept_take_and_undo(read_archive: Path) -> None:
    done = said(read_archive, "describe", CASE, "--set", "clerk=عادل قيد", "--set", "clerk=آخر")
    assert done["error"]["code"] == "WrongCount"
    said(read_archive, "describe", CASE, "--set", "clerk=عادل قيد")
    proposals = said(read_archive, "describe", CASE)["proposals"]
    key = next(p for p in proposals if p["field"] == "case_key")
    done = said(read_archive, "describe", CASE, "--take", str(key["id"]))
    assert done["fields"][0]["sources"] == ["proposal"]
    said(read_archive, "describe", CASE, "--undo", person="هدى")
    said(read_archive, "describe", CASE, "--undo", person="هدى")
    gone = said(read_archive, "describe", CASE, "--history")
    assert all(value["source"] == "kept" for value in gone["values"])
    assert [act["person"] for act in gone["history"]].count("هدى") == 2
    assert said(read_archive, "describe", CASE, "--undo")["error"]["code"] == "NothingDescribed"
    said(read_archive, "describe", CASE, "--redo")
    assert said(read_archive, "describe", CASE)["values"] != gone["values"]


def test_it_speaks_plain_words_in_both_languages(read_archive: Path) -> None:
    said(read_archive, "describe", CASE, "--set", "circuit=civil")
    wide = {"COLUMNS": "150"}
    english = archiver("describe", CASE, "--archive", read_archive, **wide).stdout
    arabic = archiver("describe", CASE, "--archive", read_archive, "--lang", "ar", **wide).stdout
    assert "Civil circuit" in english
    assert "الدائرة المدنية" in arabic
    assert "is missing" in english
    assert "is missing" not in arabic
    fields = archiver("fields", "heritage_item", "--archive", read_archive, "--lang", "ar", **wide)
    assert "مادة تراثية" in fields.stdout
    for verb in (["describe"], ["fields"], ["validate"], ["export", "metadata"]):
        for language in ("ar", "en"):
            told = archiver(*verb, "--help", "--lang", language)
            assert told.returncode == 0
            assert f"archiver {' '.join(verb)}" in told.stdout


def test_a_third_profile_and_vocabulary_need_no_code(read_archive: Path, tmp_path: Path) -> None:
    (read_archive / "profiles").mkdir()
    (read_archive / "vocabularies").mkdir()
    (read_archive / "profiles" / "photograph.toml").write_text(PHOTOGRAPH, "utf-8")
    (read_archive / "vocabularies" / "photo_tone.json").write_text(TONES, "utf-8")
    listed = said(read_archive, "fields", "photograph")
    assert [field["id"] for field in listed["fields"]] == ["ref_code", "tone", "sitters"]
    assert listed["shipped"] is False
    assert said(read_archive, "fields", "--vocabulary", "photo_tone")["terms"][0]["code"] == "sepia"
    page = save(tmp_path / "photo.png", JUDGMENT)
    taken = said(read_archive, "import", page, "--item", "P-1", "--profile", "photograph")
    assert taken["pages"] == 1
    unknown = said(read_archive, "import", page, "--item", "P-2", "--profile", "novel")
    assert unknown["error"]["code"] == "NoSuchProfile"
    done = said(read_archive, "describe", "P-1", *sets("tone=بني", "sitters=وفد القضاة"))
    assert [entry["values"] for entry in done["fields"]] == [
        ["sepia"], [{"name_as_written": "وفد القضاة"}]
    ]  # fmt: skip
    missing = said(read_archive, "describe", "P-1", "--set", "tone=")["complaints"]
    assert [c["fields"] for c in missing] == [["tone"], ["doc_kind"]]
    out = tmp_path / "mods.xml"
    said(read_archive, "export", "metadata", "--format", "mods", "--case", "P-1", "--out", out)
    assert "وفد القضاة" in out.read_text("utf-8")


PHOTOGRAPH = """
id = "photograph"
version = 1
label = { ar = "صورة", en = "Photograph" }
[[field]]
id = "ref_code"
label = { ar = "الرمز", en = "Code" }
type = "text"
values = "1"
home = "case"
[[field]]
id = "tone"
label = { ar = "اللون", en = "Tone" }
type = "code"
vocabulary = "photo_tone"
required = ["always"]
[[field]]
id = "sitters"
label = { ar = "من فيها", en = "Sitters" }
type = "name"
values = "0..n"
crosswalk = { mods = "subject*/name" }
"""
TONES = """{"vocabulary": "photo_tone", "version": 1, "title_ar": "اللون", "title_en": "Tone",
"items": [{"code": "sepia", "ar": "بني", "en": "Sepia"}]}"""


def test_a_profile_with_a_mistake_names_file_line_and_mend(read_archive: Path) -> None:
    (read_archive / "profiles").mkdir()
    path = read_archive / "profiles" / "photograph.toml"
    path.write_text(PHOTOGRAPH.replace('type = "code"', 'type = "colour"'), "utf-8")
    error = said(read_archive, "fields")["error"]
    assert error["code"] == "ProfileWrong"
    assert "values" in said(read_archive, "describe", CASE)  # the shipped ones go on
    assert (error["facts"]["path"], error["facts"]["line"]) == (str(path), 14)
    assert "code" in error["advice"]


def test_hostile_and_endless_words_are_refused_in_words(read_archive: Path) -> None:
    for words in ("lower_case=" + "٩" * 30_000, "title=أ\u202eب"):
        error = said(read_archive, "describe", CASE, "--set", words)["error"]
        assert error["code"] == "ValueRefused"
        assert len(error["message"]) < 300
    usage = archiver("describe", CASE, "--archive", read_archive, "--set", "circuit")
    assert usage.returncode == 2
    assert "field=words" in usage.stderr
    assert said(read_archive, "describe", CASE, "--set", "x=1")["error"]["code"] == "NoSuchField"
    assert said(read_archive, "fields", "novel")["error"]["code"] == "NoSuchProfile"
    unknown = said(read_archive, "fields", "--vocabulary", "novel")["error"]
    assert unknown["code"] == "NoSuchVocabulary"


@pytest.mark.parametrize("form", ["csv", "json", "dc", "mods", "isadg", "isadg-csv"])
def test_descriptions_leave_in_every_form(read_archive: Path, tmp_path: Path, form: str) -> None:
    said(read_archive, "describe", CASE, *sets(*REQUIRED, "title==SUM(A1)"))
    out = tmp_path / "out"
    done = said(read_archive, "export", "metadata", "--format", form, "--out", out)
    assert (done["cases"], done["format"]) == (1, form)
    text = out.read_text("utf-8")
    assert "محكمة استئناف القاهرة" in text or "ca_cairo" in text
    if form == "csv":
        (row,) = csv.DictReader(text.splitlines())
        assert row["case_key"] == "civil:99001/93"
        assert row["title"] == "'=SUM(A1)"
        assert row["party"].startswith("شركة الواحة – الطاعن")
    if form == "json":
        (case,) = json.loads(text)["case_files"]
        assert {"field", "value", "source", "person", "at"} <= set(case["values"][0])
    again = said(read_archive, "export", "metadata", "--format", form, "--out", out)
    assert again["error"]["code"] == "FileThere"


def test_excel_gets_its_mark_and_secrets_stay(read_archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    said(read_archive, "export", "metadata", "--format", "csv", "--excel", "--out", out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbfprofile,reference")
    said(read_archive, "describe", CASE, "--set", "access_level=deliberation")
    done = said(read_archive, "export", "metadata", "--format", "csv", "--out", tmp_path / "b.csv")
    assert (done["cases"], done["notices"][0]["code"]) == (0, "NeverExported")
    asked = ("export", "metadata", "--format", "csv", "--case", CASE, "--out", tmp_path / "c.csv")
    assert said(read_archive, *asked)["error"]["code"] == "NeverExported"
    assert not (tmp_path / "c.csv").exists()

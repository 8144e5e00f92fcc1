"""The verbs keying next, key, settle and report, as three people use them."""

from pathlib import Path

import pytest

from tests.command_line import answer, archiver
from tests.papers import CASE


@pytest.fixture
def keying(read_archive: Path):
    def call(*words: str, lang: str = "en"):
        return archiver("keying", *words, "--archive", read_archive, "--lang", lang)

    return call


def test_three_people_read_one_number(keying) -> None:
    shown = keying("next", "--as", "سلمى")
    assert shown.returncode == 0, shown.stderr
    assert "99001" not in shown.stdout
    told = answer(keying("next", "--as", "سلمى", "--json"))
    assert "99001" not in str(told)
    assert Path(told["look_at"][0]["image"]).is_file()
    handle = told["handle"]
    assert keying("key", handle, "99007/93", "--as", "سلمى").returncode == 2  # no series
    done = keying("key", handle, "99007/93", "--series", "civil", "--as", "سلمى",
                  "--seconds", "5.5", "--keystrokes", "9")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "99001" not in done.stdout
    again = answer(keying("key", handle, CASE, "--series", "civil", "--as", "سلمى", "--json"))
    assert again["error"]["code"] == "KeyedAlready"
    (case,) = answer(keying("settle", "--json"))["cases"]
    assert case["items"][0]["readings"] == {"منى": "99001", "سلمى": "99007"}
    assert "٩٩٠٠٧" in keying("settle", CASE, lang="ar").stdout
    settled = answer(keying("settle", CASE, CASE, "--as", "نادر", "--json"))
    assert settled["values"]["case_key.number.1"] == "99001"
    assert answer(keying("settle", "--json"))["cases"] == []
    made = answer(keying("report", "--json"))
    number = next(f for f in made["fields"] if f["part"] == "number")
    assert (number["count"], number["right"]) == (1, 0)
    readers = {r["reader"]: r["share"] for r in made["readers"] if r["part"] == "number"}
    assert (readers["منى"], readers["سلمى"]) == (1.0, 0.0)
    assert made["effort"][0]["seconds"] == 5.5
    words = keying("report", lang="ar").stdout
    assert "سلمى" in words
    assert "المحكمة" not in words


def test_who_took_a_file_in_is_told_that_nothing_waits(keying) -> None:
    refused = keying("next", "--as", "منى")
    assert refused.returncode == 2
    assert "nothing to key" in refused.stderr
    assert (
        answer(keying("key", "zzzzzzzz", CASE, "--series", "civil", "--json"))["error"]["code"]
        == "NoSuchSheet"
    )

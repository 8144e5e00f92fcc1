"""correct, reread and training-lines from the command line."""

from pathlib import Path
from typing import Any

from tests.command_line import answer, archiver
from tests.papers import CASE, JUDGMENT


def call(root: Path, *words: str | Path, code: int = 0) -> dict[str, Any]:
    done = archiver(*words, "--archive", root, "--as", "منى", "--json")
    assert done.returncode == code, done.stderr
    return answer(done)


def test_a_word_is_corrected_listed_and_taken_back(read_archive: Path) -> None:
    changed = call(read_archive, "correct", CASE, "1", "٢", "--word", "3", "--text", "القسطنطينية")
    assert changed["revisions"][0]["after"] == "القسطنطينية"
    assert call(read_archive, "search", "القسطنطينية")["total"] == 1
    listed = call(read_archive, "correct", CASE, "1", "--list")
    assert listed["lines"][1][2] == {
        "text": "القسطنطينية", "confidence": 1.0, "review": "checked",
    }  # fmt: skip
    assert [(r["kind"], r["person"], r["undone"]) for r in listed["revisions"]] == [
        ("text", "منى", False)
    ]
    call(read_archive, "correct", CASE, "1", "--undo")
    assert call(read_archive, "search", "القسطنطينية")["total"] == 0
    shown = archiver("correct", CASE, "1", "--list", "--archive", read_archive, "--lang", "en")
    assert "taken back" in shown.stdout
    assert JUDGMENT[1] in shown.stdout
    assert call(read_archive, "correct", CASE, "1", "--redo")["act"] == "make again"
    assert call(read_archive, "search", "القسطنطينية")["total"] == 1
    shown = archiver("correct", CASE, "1", "--list", "--archive", read_archive, "--lang", "en")
    assert "made again" in shown.stdout


def test_lines_go_out_as_lessons_and_a_page_is_read_again(
    read_archive: Path, tmp_path: Path
) -> None:
    call(read_archive, "correct", CASE, "1", "1", "--text", JUDGMENT[0])
    lessons = call(read_archive, "training-lines", tmp_path / "lines", "--case", CASE)
    assert lessons["lines"] == 1
    assert len(list((tmp_path / "lines").glob("*.txt"))) == 1
    again = call(read_archive, "reread", CASE, "1", "--language", "eng")
    assert (again["language"], again["read"]) == ("eng", 1)


def test_what_cannot_be_meant_is_refused_in_words(read_archive: Path) -> None:
    wrong = [
        (("correct", CASE, "1", "1"), "one of --text"),
        (("correct", CASE, "1", "--text", "x"), "Name a line"),
        (("correct", CASE, "1", "1", "--undo"), "Name a line"),
        (("reread", CASE, "1", "--box", "1,2,3"), "four whole numbers"),
        (("correct", CASE, "9", "1", "--accept"), "no page 9"),
        (("correct", CASE, "1", "1", "--word", "99", "--accept"), "no line 1 with a word 99"),
        (("correct", CASE, "1", "--undo"), "no correction"),
        (("correct", CASE, "1", "--redo"), "nothing is taken back"),
    ]
    for words, told in wrong:
        done = archiver(*words, "--archive", read_archive, "--lang", "en")
        assert done.returncode == 2
        assert told in done.stderr
        assert "Traceback" not in done.stderr

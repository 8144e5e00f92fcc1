"""The command line: help in both languages, one JSON object, exit codes, pipes that break."""

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import click
import pytest

from archiver import i18n
from archiver.errors import RequestRefused
from tests.command_line import PROGRAM, answer, archiver, environment
from tests.papers import CASE, CHECKER, JUDGMENT, OPERATOR, RECEIPT, save

VERBS = (
    "demo", "init", "import", "process", "show", "check", "search", "seal", "send", "collect",
    "receive", "key", "target", "status", "verify", "doctor",
)  # fmt: skip
HELP = """
import sys, io, contextlib
from archiver.cli import main
for words in ([], *[line.split() for line in sys.argv[2:]]):
    try:
        main.main([*words, "--help", "--lang", sys.argv[1]])
    except SystemExit as end:
        assert end.code == 0, (words, end.code)
    print("\\f")
"""
ARABIC = re.compile("[\u0621-\u064a]")


def helps(language: str) -> dict[str, str]:
    """The help of the program, of every verb and of the verbs under `target`."""
    wanted = [*VERBS, "target add", "target list"]
    done = subprocess.run(
        [sys.executable, "-c", HELP, language, *wanted],
        capture_output=True, text=True, check=True, timeout=120, env=environment(COLUMNS="100"),
    )  # fmt: skip
    return dict(zip(["", *wanted], done.stdout.split("\f"), strict=False))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_verb_explains_itself_in_both_languages(language: str) -> None:
    found = helps(language)
    assert set(VERBS) <= set(re.findall(r"^  ([a-z]+) ", found[""], re.MULTILINE))
    for words, text in found.items():
        first = next(line for line in text.strip().splitlines()[1:] if line.strip())
        assert bool(ARABIC.search(first)) == (language == "ar"), (words, first)
        if words in ("", "target"):
            continue
        for option in ("--json", "--archive", "--as", "--lang"):
            assert option in text, words
        assert text.count(f"archiver {words}") >= 2, words  # its usage and an example
        if language == "ar":
            for english in ("Options", "Examples", "Show this message", "Usage"):
                assert english not in text, words


def test_without_a_verb_it_lists_them() -> None:
    done = archiver(ARCHIVER_LANG="en")
    assert "import" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_language_is_the_locale_s_unless_told() -> None:
    outputs = {
        language: archiver("--help", LANG=locale).stdout
        for language, locale in (("ar", "ar_EG.UTF-8"), ("en", "en_GB.UTF-8"))
    }
    assert ARABIC.search(outputs["ar"])
    assert not ARABIC.search(outputs["en"])
    assert archiver("--help", "--lang", "en", LANG="ar_EG.UTF-8").stdout == outputs["en"]
    assert archiver("--help", ARCHIVER_LANG="ar").stdout == outputs["ar"]


def test_init_takes_its_folder_as_a_word_or_by_the_option(tmp_path: Path) -> None:
    made = answer(archiver("init", "first", "--json", cwd=tmp_path))
    assert made["archive"] == str(tmp_path / "first")
    other = archiver("init", tmp_path / "second", "--json", ARCHIVER_ARCHIVE=str(tmp_path / "no"))
    assert answer(other)["archive"] == str(tmp_path / "second")
    assert archiver("status", "--archive", tmp_path / "second").returncode == 0
    twice = archiver("init", "a", "--archive", "b", cwd=tmp_path, ARCHIVER_LANG="en")
    assert twice.returncode == 2
    assert "once" in twice.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"first", "second"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["status"], "NoArchive"),
        (["import", "x.jpg", "--case", "1/60"], "NoArchive"),
        (["import", "x.jpg", "--case", "many"], "NoArchive"),
    ],
)
def test_without_an_archive_it_says_how_to_make_one(
    tmp_path: Path, words: list[str], code: str
) -> None:
    done = archiver(*words, "--json", cwd=tmp_path)
    assert done.returncode == RequestRefused.exit_code == 2
    assert done.stderr == ""
    error = answer(done)["error"]
    assert error["code"] == code
    assert "archiver init" in error["advice"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["import"],
        ["check", CASE],
        ["check", CASE, "--accept", "--reject", "x"],
        ["status", "--lang", "fr"],
    ],
)
def test_a_wrong_call_is_explained(archive: Path, words: list[str]) -> None:
    done = archiver(*words, ARCHIVER_ARCHIVE=str(archive))
    assert done.returncode == click.UsageError.exit_code == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_requests_that_cannot_be_done_have_their_codes(read_archive: Path) -> None:
    calls = {
        ("show", "5/60"): "NoSuchCase",
        ("show", "nonsense"): "NoSuchCase",
        ("search", '"open'): "BadQuery",
        ("seal", CASE): "WrongState",
        ("check", CASE, "--accept", "--as", OPERATOR.person): "OwnWork",
        ("send", "--to", "nowhere"): "NoSuchTarget",
        ("import", "x.jpg"): "WhichCase",
        ("import", "x.jpg", "--case", CASE, "--series", "x"): "UnknownSeries",
        ("init",): "ArchiveExists",
    }
    for words, code in calls.items():
        done = archiver(*words, "--json", ARCHIVER_ARCHIVE=str(read_archive))
        assert (done.returncode, done.stderr) == (2, ""), words
        error = answer(done)["error"]
        assert error["code"] == code
        assert error["message"]
        assert error["advice"]


def test_the_whole_way_in_json(archive: Path, tmp_path: Path) -> None:
    file = save(tmp_path / "a.jpg", JUDGMENT)
    drop, desk = tmp_path / "drop", tmp_path / "desk"

    def run(*words: str | Path) -> dict[str, object]:
        done = archiver(*words, "--json", ARCHIVER_ARCHIVE=str(archive), ARCHIVER_LANG="en")
        assert (done.returncode, done.stderr) == (0, ""), (words, done)
        return answer(done)

    (tmp_path / "station.pem").write_text(str(run("key")["pem"]))
    run("receive", drop, "--desk", desk, "--prepare", "--trust", tmp_path / "station.pem")
    run("target", "add", "centre", drop, "--centre-key", desk / "centre.pem")
    assert run("import", file, "--case", CASE, "--as", OPERATOR.person)["pages"] == 1
    assert run("process")["read"] == 1
    assert run("check", CASE, "--accept", "--as", CHECKER.person)["state"] == "accepted"
    package = run("seal", CASE)["name"]
    assert run("send", "--to", "centre")["sent"] == 1
    assert run("receive", drop, "--desk", desk)["accepted"] == [package]
    assert run("collect", "--from", "centre")["receipts"] == [package]
    shown = run("show", CASE, "--text")
    assert shown["state"] == "sealed"
    assert shown["deliveries"] == [{"target": "centre", "state": "receipted"}]
    assert run("search", "جلسة", "علنية")["total"] == 1
    assert run("status")["deliveries"] == {"receipted": 1}
    assert run("verify")["problems"] == []


def test_verify_fails_when_something_is_wrong(read_archive: Path) -> None:
    blob = next(path for path in (read_archive / "blobs").glob("??/*"))
    blob.chmod(0o644)
    blob.write_bytes(b"")
    done = archiver("verify", "--archive", read_archive, "--json")
    assert done.returncode == 7
    assert answer(done)["problems"] == [blob.name]
    assert archiver("status", "--archive", read_archive).returncode == 0


def test_a_busy_archive_can_be_read_but_not_written(read_archive: Path, tmp_path: Path) -> None:
    from archiver import app

    with app.open_station(read_archive, holder="سامي"):
        assert archiver("search", CASE, "--archive", read_archive).returncode == 0
        done = archiver("process", "--archive", read_archive, "--json")
        assert done.returncode == 4
        error = answer(done)["error"]
        assert (error["code"], error["retry"]) == ("ArchiveBusy", True)
        assert "سامي" in error["message"]


@pytest.mark.parametrize("verb", [["status"], ["show", CASE, "--text"], ["status", "--json"]])
def test_a_reader_that_goes_away_ends_it_quietly(read_archive: Path, verb: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # as `| head` does when it has seen enough
    done = subprocess.run(
        [*PROGRAM, *verb, "--archive", str(read_archive)],
        stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        env=environment(ARCHIVER_LANG="en"),
    )  # fmt: skip
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr == ""


def test_at_a_terminal_it_shows_a_bar_and_every_line(archive: Path, tmp_path: Path) -> None:
    files = [save(tmp_path / "a.jpg", RECEIPT), tmp_path / "lost.jpg"]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, "import", *map(str, files), "--case", CASE, "--archive", str(archive)],
        stdin=theirs, stdout=theirs, stderr=theirs,
        env=environment(ARCHIVER_LANG="en", TERM="xterm", COLUMNS="100"),
    ) as child:  # fmt: skip
        os.close(theirs)
        told = b""
        with suppress(OSError):  # a terminal that nobody writes to any more
            while piece := os.read(ours, 4096):
                told += piece
        os.close(ours)
    assert child.returncode == 3
    text = told.decode()
    assert "[1/2] Taking" in text
    assert "lost.jpg" in text
    assert "1 page was taken" in text
    assert "Traceback" not in text


def test_names_are_shown_in_the_digits_of_the_language(read_archive: Path) -> None:
    arabic = archiver("show", CASE, "--archive", read_archive, "--lang", "ar").stdout
    english = archiver("show", CASE, "--archive", read_archive, "--lang", "en").stdout
    assert "٩٩٠٠١/٩٣" in arabic
    assert "99001/93" in english


def test_json_is_the_same_in_both_languages(read_archive: Path) -> None:
    told = [
        archiver("status", "--json", "--archive", read_archive, "--lang", language).stdout
        for language in i18n.LANGUAGES
    ]
    one, other = (json.loads(text) for text in told)
    one.pop("free_bytes"), other.pop("free_bytes")
    assert one == other


def test_doctor_names_the_mend_of_what_is_missing(tmp_path: Path) -> None:
    """Without any program on the path, the tools are missing."""
    done = archiver("doctor", "--json", cwd=tmp_path, PATH=str(tmp_path))
    assert done.returncode == 4
    found = {row["what"]: row for row in answer(done)["findings"]}
    assert not found["tesseract"]["sound"]
    assert "tesseract-ocr" in found["tesseract"]["mend"]
    assert found["Python"]["sound"]
    assert all(row["mend"] for row in found.values() if not row["sound"])


def test_a_second_person_finds_their_name_in_the_log(archive: Path, tmp_path: Path) -> None:
    file = save(tmp_path / "a.jpg", RECEIPT)
    archiver("import", file, "--case", CASE, "--archive", archive, "--as", "هدى")
    events = answer(archiver("show", CASE, "--archive", archive, "--json"))["events"]
    assert [(event["person"], event["verb"]) for event in events] == [("هدى", "import")]

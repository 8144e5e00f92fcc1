"""What keeps and removes, as people call it: codes, JSON, words."""

from pathlib import Path

from tests.command_line import answer, archiver


def test_the_log_is_verified_and_a_fault_has_its_code(archive: Path) -> None:
    done = archiver("audit", "verify", "--json", "--archive", archive)
    assert done.returncode == 0
    assert answer(done)["problems"] == []
    database = archive / "archive.sqlite"
    content = database.read_bytes()
    place = content.index(b'"format"')
    database.write_bytes(content[:place] + b'"farmat"' + content[place + 8 :])
    done = archiver("audit", "verify", "--json", "--archive", archive)
    assert done.returncode == 7
    assert answer(done)["problems"] == ["event 1"]


def test_rights_are_denied_in_both_languages(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "log.csv"
    done = archiver("audit", "export", out, "--archive", archive, "--as", "sami", "--lang", "ar")
    assert done.returncode == 2
    assert "مسؤول الأمن" in done.stderr
    done = archiver("audit", "export", out, "--archive", archive, "--as", "sami", "--json")
    assert answer(done)["error"]["code"] == "NotAllowed"
    assert not out.exists()


def test_an_archive_goes_to_another_place_and_comes_back(archive: Path, tmp_path: Path) -> None:
    done = archiver("backup", tmp_path / "disk", "--archive", archive, "--json")
    assert (done.returncode, answer(done)["verb"]) == (0, "backup")
    done = archiver("restore", tmp_path / "disk", "--archive", tmp_path / "back", "--json")
    assert (done.returncode, answer(done)["verb"]) == (0, "restore")
    done = archiver("verify", "--archive", tmp_path / "back", "--json")
    assert answer(done)["problems"] == []


def test_a_report_on_nothing_says_so(archive: Path) -> None:
    done = archiver("delivery-report", "--archive", archive, "--json")
    assert answer(done) == {
        "verb": "delivery-report", "deliveries": [], "green": 0, "yellow": 0, "red": 0,
    }  # fmt: skip
    done = archiver("delivery-report", "--archive", archive)
    assert "Nothing needs a person." in done.stdout

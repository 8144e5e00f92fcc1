"""`archiver ocr score` on images whose text is known."""

from pathlib import Path

import pytest

from ocr.measure import images_with_truth
from tests.command_line import answer, archiver
from tests.papers import JUDGMENT, save

KEYS = {"cer", "wer", "strict_cer", "number_recall", "items", "seconds_per_item"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page and a line with their texts, and an image that has none."""
    save(tmp_path / "صفحة.png", JUDGMENT)
    (tmp_path / "صفحة.txt").write_text("\n".join(JUDGMENT), "utf-8")
    save(tmp_path / "unknown.png", JUDGMENT)
    return tmp_path


def test_a_page_is_scored(folder: Path) -> None:
    found = answer(archiver("ocr", "score", folder, "--json"))
    assert found.keys() > KEYS
    assert found["items"] == 1
    assert found["cer"] <= 5
    assert found["number_recall"] == 100


def test_lines_are_scored_as_lines(tmp_path: Path) -> None:
    save(tmp_path / "line.png", JUDGMENT[:1], (620, 130))
    (tmp_path / "line.txt").write_text(JUDGMENT[0] + " زيادة", "utf-8")
    done = archiver("ocr", "score", tmp_path, "--lines", "--json")
    found = answer(done)
    assert found["items"] == 1
    assert 5 < found["cer"] < 40  # one word of the truth is not on the paper


def test_people_are_told_in_words(folder: Path) -> None:
    done = archiver("ocr", "score", folder, "--lang", "en")
    assert done.returncode == 0
    assert "numbers found, %" in done.stdout


def test_a_folder_without_truth(tmp_path: Path) -> None:
    done = archiver("ocr", "score", tmp_path, "--json")
    assert done.returncode == 2
    assert answer(done)["error"]["code"] == "NothingToScore"


def test_a_truth_that_is_not_utf_8(folder: Path) -> None:
    (folder / "صفحة.txt").write_bytes(b"\xff\xfe\xff")
    done = archiver("ocr", "score", folder, "--json")
    assert answer(done)["error"]["code"] == "NotScored"
    assert "صفحة.png" in answer(done)["error"]["message"]


def test_only_images_with_their_text_count(folder: Path) -> None:
    assert [path.name for path in images_with_truth(folder)] == ["صفحة.png"]

"""Which model is used: the better one, and the way back."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from ocr.score import Score
from ocr.training import succession, traineddata
from ocr.training.__main__ import main
from ocr.training.succession import Contest, NothingBefore
from ocr.training.traineddata import BadModel
from tests.training_lines import MODEL, written_lines


def model_at(path: Path, version: bytes) -> Path:
    traineddata.write(path, {**traineddata.read(MODEL), "version": version})
    return path


def version_of(path: Path) -> bytes:
    return traineddata.read(path)["version"]


@pytest.mark.parametrize(
    ("old", "new", "is_better"),
    [
        (Score(char_errors=9, numbers_found=3), Score(char_errors=8, numbers_found=3), True),
        (Score(char_errors=9, numbers_found=3), Score(char_errors=9, numbers_found=4), False),
        (Score(char_errors=9, numbers_found=3), Score(char_errors=2, numbers_found=2), False),
    ],
)
def test_a_contest_is_won_by_letters_without_losing_numbers(
    old: Score, new: Score, is_better: bool
) -> None:
    assert Contest(old, new).is_better is is_better


def test_a_new_model_can_be_rolled_back_and_brought_again(tmp_path: Path) -> None:
    model = model_at(tmp_path / "ara.traineddata", b"old")
    succession.install(model_at(tmp_path / "new.traineddata", b"new"), model)
    assert version_of(model) == b"new"
    succession.roll_back(model)
    assert version_of(model) == b"old"
    succession.roll_back(model)
    assert version_of(model) == b"new"
    assert {path.name for path in tmp_path.iterdir()} == {
        "ara.traineddata",
        "ara.traineddata.before",
        "new.traineddata",
    }


def test_what_is_no_model_is_never_installed(tmp_path: Path) -> None:
    model = model_at(tmp_path / "ara.traineddata", b"old")
    broken = tmp_path / "broken.traineddata"
    broken.write_bytes(b"\0" * 20)
    with pytest.raises(BadModel):
        succession.install(broken, model)
    assert version_of(model) == b"old"


def test_without_an_earlier_model_there_is_no_way_back(tmp_path: Path) -> None:
    with pytest.raises(NothingBefore):
        succession.roll_back(model_at(tmp_path / "ara.traineddata", b"old"))


def test_the_verbs_score_and_roll_back(tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    written_lines(lines, 3)
    scored = CliRunner().invoke(main, ["score", str(MODEL), "--lines", str(lines)])
    assert scored.exit_code == 0, scored.output
    assert "3 lines" in scored.output
    assert MODEL.stem in scored.output
    model = model_at(tmp_path / "ara.traineddata", b"old")
    succession.install(model_at(tmp_path / "new.traineddata", b"new"), model)
    assert CliRunner().invoke(main, ["rollback", str(model)]).exit_code == 0
    assert version_of(model) == b"old"


def test_every_verb_is_listed_and_explains_itself() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output
    for verb in ("train", "adapt", "pack", "lines", "score", "rollback"):
        assert verb in listed
        assert CliRunner().invoke(main, [verb, "--help"]).exit_code == 0


def test_an_unknown_verb_is_refused() -> None:
    assert CliRunner().invoke(main, ["guess"]).exit_code == 2

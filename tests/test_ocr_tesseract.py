"""The reader and its faults: each fault is a program in the place of Tesseract."""

import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from ocr import tesseract
from ocr.errors import EngineFailed, EngineMissing, EngineTimeout, OcrError
from ocr.page import Word
from ocr.tesseract import Tesseract, TesseractSettings
from ocr.tsv import lines
from tests.ocr_pages import DPI, TESSDATA, page

WHITE = np.full((40, 40), 255, np.uint8)
HEADER = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
MODEL_LOADED = 'case "$*" in *"--psm 7"*) printf "" > "$2.tsv"; exit 0;; esac\n'


def reader(tmp_path: Path, script: str, timeout_s: int = 20) -> Tesseract:
    """A reader over a program that answers as Tesseract does, but for `script`."""
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\ncase "$*" in *--version*) echo "tesseract 5.3.0"; exit 0;; esac\n' + script
    )
    program.chmod(0o755)
    return Tesseract(TesseractSettings(TESSDATA, TESSDATA, str(program), timeout_s))


@pytest.mark.parametrize(
    ("script", "error"),
    [
        (MODEL_LOADED + "kill -SEGV $$", EngineFailed),
        (MODEL_LOADED + "echo broken >&2; exit 1", EngineFailed),
        (MODEL_LOADED + "exit 0", EngineFailed),
        (MODEL_LOADED + 'printf "\\377\\376" > "$2.tsv"', EngineFailed),
        (MODEL_LOADED + 'echo "no table" > "$2.tsv"', EngineFailed),
        ("echo 'Error opening data file' >&2; exit 1", EngineMissing),
    ],
    ids=["crash", "exit code", "no output", "bad UTF-8", "no table", "no model loads"],
)
def test_faults(tmp_path: Path, script: str, error: type[OcrError]) -> None:
    with pytest.raises(error):
        reader(tmp_path, script).recognise(WHITE, DPI, "ara")


def test_a_reader_that_hangs(tmp_path: Path) -> None:
    with pytest.raises(EngineTimeout):
        reader(tmp_path, MODEL_LOADED + "exec sleep 60", timeout_s=1).recognise(WHITE, DPI, "ara")


def test_a_missing_program() -> None:
    with pytest.raises(EngineMissing):
        Tesseract(TesseractSettings(TESSDATA, command="/nowhere/tesseract")).check()


def test_an_old_program(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\necho "tesseract 4.1.1"\n')
    program.chmod(0o755)
    with pytest.raises(EngineMissing, match="too old"):
        Tesseract(TesseractSettings(TESSDATA, TESSDATA, str(program))).check()


def test_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ram = tmp_path / "ram"
    ram.mkdir()
    monkeypatch.setattr(tesseract, "RAM_FOLDER", ram)
    seen = 'ls "$(dirname "$1")" > ' + str(tmp_path / "seen") + "; "
    with pytest.raises(EngineFailed):
        reader(tmp_path, MODEL_LOADED + seen + "exit 1").recognise(WHITE, DPI, "ara")
    assert (tmp_path / "seen").read_text().startswith("ocr-")
    assert list(ram.iterdir()) == []


def test_a_damaged_model_gives_way_to_the_stock_one(tmp_path: Path) -> None:
    whole = (TESSDATA / "station_ara.traineddata").read_bytes()
    (tmp_path / "station_ara.traineddata").write_bytes(whole[: len(whole) // 2])
    engine = Tesseract(TesseractSettings(tmp_path))
    engine.check()
    assert engine.model("ara").name == "ara"


def test_a_damaged_model_and_no_other(tmp_path: Path) -> None:
    whole = (TESSDATA / "station_ara.traineddata").read_bytes()
    (tmp_path / "station_ara.traineddata").write_bytes(whole[:-10_000])
    with pytest.raises(EngineMissing, match="station_ara"):
        Tesseract(TesseractSettings(tmp_path, tmp_path)).check()


def test_a_folder_with_a_space_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "نماذج القراءة 1"
    folder.mkdir()
    shutil.copy(TESSDATA / "station_ara.traineddata", folder)
    assert Tesseract(TesseractSettings(folder)).model("ara").folder == folder


def test_an_unknown_language() -> None:
    with pytest.raises(EngineMissing, match="cop"):
        Tesseract(TesseractSettings(TESSDATA)).recognise(WHITE, DPI, "cop")


def test_settings_travel_to_a_worker() -> None:
    settings = TesseractSettings(TESSDATA, timeout_s=7)
    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301


def test_it_reads_a_page_in_logical_order() -> None:
    text = Tesseract(TesseractSettings(TESSDATA)).recognise(page(), DPI, "ara")
    number = next(word for word in text.words if word.text == "٩٩٠٠١")
    assert number.direction == "ltr"
    assert text.lines[3].text.startswith("في الطعن المقيد")
    assert "17/10/2024" in text.text
    assert "١٧/١٠/٢٠٢٤" in text.text
    assert "(254)" in text.text
    assert text.engine.endswith("station_ara")


def test_it_tells_which_way_up_a_page_is() -> None:
    engine = Tesseract(TesseractSettings(TESSDATA))
    turned = engine.orientation(np.ascontiguousarray(page()[::-1, ::-1]), DPI)
    assert turned is not None
    assert turned.turn_deg == 180
    assert engine.orientation(WHITE, DPI) is None


def words_of(*rows: tuple[str, int]) -> list[Word]:
    """Words of one line as Tesseract would give them, 20 pixels wide at these places."""
    table = [HEADER]
    for number, (text, left) in enumerate(rows, 1):
        table.append(f"5\t1\t1\t1\t1\t{number}\t{left}\t10\t20\t30\t90.5\t{text}")
    return [word for line in lines("\n".join(table), "ara") for word in line.words]


def test_letter_spaced_digits_are_one_number() -> None:
    found = words_of(
        ("رقم", 300), ("١", 240), ("٠", 210), ("٠", 180), ("٩", 150), ("٩", 120), ("ق", 60)
    )
    assert [word.text for word in found] == ["رقم", "٩٩٠٠١", "ق"]
    assert found[1].box.width == 140


def test_far_or_few_digits_stay_apart() -> None:
    assert len(words_of(("1", 300), ("2", 200), ("3", 100))) == 3
    assert len(words_of(("1", 130), ("2", 100))) == 2


def test_direction_marks_are_taken_out() -> None:
    (word,) = words_of(("\u200e1998\u200f", 10), ("\u200f", 60))
    assert (word.text, word.direction, word.confidence) == ("1998", "ltr", 0.905)


@pytest.mark.parametrize(
    "row", ["5\t1\t1\t1\t1\t1\tx\t1\t1\t1\t90\tا", "5\t1\t1\t1\t1\t1\t1\t1\t1\t1\t?\tا"]
)
def test_a_row_without_numbers_is_no_result(row: str) -> None:
    with pytest.raises(EngineFailed):
        lines(f"{HEADER}\n{row}", "ara")

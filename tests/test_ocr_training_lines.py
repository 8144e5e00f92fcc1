"""Rendered lines: what is printed on them is what their truth says."""

import re
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.training import corpus, dress, faces, forms, lettering, measure, pixels
from ocr.training.corpus import BadCorpus, TrueLine
from ocr.training.dress import Piece
from ocr.training.faces import NoFaces
from ocr.training.wear import Wearer
from tests.training_lines import FONTS, MODEL, chance, press_of, written_lines

PRESS = press_of()


def test_every_form_can_be_filled_and_written() -> None:
    for phrase in forms.material("forms.txt"):
        text = forms.filled(phrase, chance(), lambda _: "كلمة")
        assert not re.search("[{}]", text), phrase
        assert PRESS.charset.encode(text), phrase


@pytest.mark.parametrize("name", ["prose.txt", "names.txt", "courts.txt", "laws.txt"])
def test_all_our_material_can_be_written(name: str) -> None:
    unknown = {line for line in forms.material(name) if PRESS.charset.encode(line) is None}
    assert not unknown


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_stay_within_their_bounds(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert low <= forms.number(chance(one), low, high) <= high


def test_a_line_is_made_again_from_its_number() -> None:
    again = press_of()
    for number in (0, 5, 11):
        image, text = PRESS.line(number)
        same_image, same_text = again.line(number)
        assert text == same_text
        assert np.array_equal(image, same_image)
    assert PRESS.line(1)[1] != PRESS.line(2)[1]


def test_samples_are_worn_the_same_way_again() -> None:
    once, again = PRESS.samples(40, 16), press_of().samples(40, 16)
    assert len(once) > 10
    for one, other in zip(once, again, strict=True):
        assert one.targets == other.targets
        assert np.array_equal(one.pixels, other.pixels)
        assert one.pixels.shape[0] == 48
        assert np.abs(one.pixels).max() <= 1


def test_both_digit_sets_and_many_signs_are_trained() -> None:
    text = " ".join(PRESS.composer.line(chance(seed)) for seed in range(1500))
    missing = set("٠١٢٣٤٥٦٧٨٩0123456789،.:؛؟()[]«»/-٪%٫\u064e\u0651\u064b") - set(text)
    assert not missing


def test_dressing_leaves_the_letters_in_their_order() -> None:
    for seed in range(200):
        text = PRESS.composer.line(chance(seed))
        shown = "".join(piece.text for piece in dress.pieces(text, chance(seed)))
        plain = re.sub("[ ـ\u0670]", "", shown)
        assert plain == re.sub("[ ـ\u0670]", "", text)


def test_tesseract_reads_rendered_lines_as_their_truth_says(tmp_path: Path) -> None:
    lines = written_lines(tmp_path, 12)
    assert measure.of_model(MODEL, lines).cer < 0.04


def test_numbers_are_printed_in_the_order_of_their_truth(tmp_path: Path) -> None:
    text = "الطعن رقم ١٢٣٤ لسنة ٥٦ جلسة 17/2/1985 (٤١)"
    face = faces.companion(PRESS.faces)
    line = lettering.set_line([Piece(w, 1.0) for w in text.split(" ")], face, face, 1.0)
    assert line is not None
    cv2.imwrite(str(tmp_path / "a.png"), line)
    found = measure.of_model(MODEL, [TrueLine(tmp_path / "a.png", text)])
    assert found.numbers_found == found.numbers == 6


@pytest.mark.parametrize(
    "text", ["جلسة ٢٠-١١-١٩٥٢", "جلسة 20-11-1952", "بنسبة 45% من", "ص ٤١/٢٥", "المبلغ 12,345 جنيه"]
)
@pytest.mark.parametrize("lacking", ["", "/-%,", "/-%,0123456789"])
def test_a_line_is_printed_as_the_targets_say(text: str, lacking: str) -> None:
    """A line set at once, by the bidi algorithm of fribidi, is the measure for words in a row."""
    face = faces.companion(PRESS.faces)
    poor = faces.Face(face.path, 1.0, face.size_px, frozenset(lacking))
    words = [Piece(word, 1.0) for word in text.split(" ")]
    apart = lettering.set_line(words, poor, face, 1.0)
    whole = lettering.set_line([Piece(text, 1.0)], face, face, 1.0)
    assert apart is not None
    assert whole is not None
    assert ink_order(apart) == pytest.approx(ink_order(whole), abs=0.03)


def ink_order(line: np.ndarray) -> list[float]:
    """Ink in tenths of the line's width, as shares."""
    ink = (255 - line[:, 8:-8].astype(float)).sum(axis=0)
    return [float(part.sum() / ink.sum()) for part in np.array_split(ink, 10)]


def test_spaced_digits_stand_in_reading_order() -> None:
    face = faces.companion(PRESS.faces)
    whole = lettering.set_line([Piece("١٢٣٤", 0.0)], face, face, 1.0)
    spaced = lettering.set_line([Piece("١٢٣٤", 0.0, spaced=0.001)], face, face, 1.0)
    assert whole is not None
    assert spaced is not None
    assert abs(whole.shape[1] - spaced.shape[1]) <= 3
    width = min(whole.shape[1], spaced.shape[1])
    assert np.mean(np.abs(whole[:, :width].astype(int) - spaced[:, :width])) < 12


def test_a_face_borrows_the_letters_it_lacks() -> None:
    face = faces.companion(PRESS.faces)
    poor = faces.Face(face.path, 1.0, face.size_px, frozenset("("))
    line = lettering.set_line([Piece("(قال)", 1.0)], poor, face, 1.0)
    rich = lettering.set_line([Piece("(قال)", 1.0)], face, face, 1.0)
    assert line is not None
    assert rich is not None
    assert abs(line.shape[1] - rich.shape[1]) <= 3


def test_without_fonts_nothing_is_rendered(tmp_path: Path) -> None:
    with pytest.raises(NoFaces):
        faces.gather([tmp_path], "اب")


def test_every_family_names_its_licence_and_ours_are_there() -> None:
    assert all(family.licence and family.package for family in faces.FAMILIES)
    own = {name for f in faces.FAMILIES if f.package == "own" for name in f.files}
    assert own <= {path.stem for path in FONTS.glob("*.ttf")}


def test_wear_leaves_most_lines_readable() -> None:
    """Worn lines keep ink and paper apart: the network's contrast is never upside down."""
    images = [PRESS.line(number)[0] for number in range(30)]
    darker = 0
    for number, image in enumerate(images):
        worn = Wearer(np.random.default_rng(number)).worn(image, images)
        assert worn.shape[0] == 48
        darker += bool(np.median(worn) > worn.min() + 5)
    assert darker == 30


def test_low_contrast_is_stretched_and_clipped() -> None:
    faint = np.where(PRESS.line(3)[0] < 128, 120, 160).astype(np.uint8)
    seen = pixels.inputs(pixels.scaled(faint))
    assert seen.min() == -1
    assert seen.max() == 1


def test_an_empty_line_is_no_division_by_nought() -> None:
    assert np.isfinite(pixels.inputs(np.full((48, 30), 255, np.uint8))).all()


def test_a_folder_without_lines_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"")
    with pytest.raises(BadCorpus, match="holds no line"):
        corpus.lines(tmp_path)


def test_the_same_lines_are_held_back_when_more_come() -> None:
    lines = [TrueLine(Path(f"{number}.png"), "نص") for number in range(500)]
    held_back = [line for line in lines if line.is_held_back]
    assert 60 < len(held_back) < 140
    assert all(line.is_held_back for line in held_back)


def test_a_crop_for_training_is_cut_to_its_ink() -> None:
    page = np.full((140, 400), 255, np.uint8)
    page[60:90, 50:350] = 0
    cut = corpus.for_training(page, np.random.default_rng(1))
    assert cut.shape[0] == 48
    assert (cut < 128).any(axis=1).mean() > 0.6

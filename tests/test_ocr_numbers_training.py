"""What the second reader learns from, and how its answers become symbols and probabilities."""

from pathlib import Path

import numpy as np
import pytest

from ocr.numbers.alphabet import CLASSES, DIGITS, GAP, OTHER, SIGNS, SYMBOLS, class_of
from ocr.numbers.calibration import Curve, Curves, Evidence, probability_right
from ocr.numbers.crop import FRAME_PX, HEIGHT_PX, ink
from ocr.numbers.decode import Probabilities, doubts, one_digit_set, symbols
from ocr.numbers.training.calibrate import fitted
from ocr.numbers.training.draw import CANVAS_PX, Face, Span
from ocr.numbers.training.faces import FAMILIES
from ocr.numbers.training.lines import Faces, training_line
from ocr.numbers.training.numerals import numeral
from ocr.numbers.training.samples import WIDTH_PX, Sample, labels, sample
from ocr.numbers.training.wear import worn
from tests.numbers_drawn import ROOT, crop


@pytest.fixture(scope="module")
def faces() -> Faces:
    names = ("Amiri-Regular", "NotoNaskhArabic-Bold", "ScheherazadeNew-Regular")
    return Faces([(Face(ROOT / "fonts" / f"{name}.ttf"), 1.0) for name in names])


def answers(*letters: str, sure: float = 0.9) -> Probabilities:
    """One frame a letter; a blank is paper."""
    found = np.full((len(letters), CLASSES), (1 - sure) / (CLASSES - 1), np.float32)
    for frame, letter in enumerate(letters):
        found[frame, class_of(letter) if letter else 0] = sure
    return found


def text(found: Probabilities) -> str:
    return "".join(symbol.letter for symbol in symbols(found, 2.0))


def test_every_class_is_one_symbol() -> None:
    assert len(set(SYMBOLS)) == len(SYMBOLS) == CLASSES - 1
    assert [class_of(s) for s in SYMBOLS] == list(range(1, CLASSES))
    assert class_of("ش") == class_of(OTHER)
    assert class_of(",") == class_of("،")


def test_numbers_are_made_of_the_alphabet_in_one_digit_set() -> None:
    rng = np.random.default_rng(3)
    for _ in range(500):
        number = numeral(rng)
        assert all(class_of(letter) != class_of(OTHER) for letter in number), number
        assert sum(any(d in number for d in half) for half in (DIGITS[:10], DIGITS[10:])) == 1


def test_equal_seeds_give_equal_samples(faces: Faces) -> None:
    one, other = (sample(np.random.default_rng(5), faces) for _ in range(2))
    assert np.array_equal(one.ink, other.ink) and np.array_equal(one.labels, other.labels)


def test_samples_have_the_shape_that_the_network_takes(faces: Faces) -> None:
    rng = np.random.default_rng(11)
    made: list[Sample] = [sample(rng, faces) for _ in range(60)]
    for each in made:
        assert each.ink.shape == (HEIGHT_PX, WIDTH_PX) and each.ink.dtype == np.float32
        assert each.ink.min() >= 0 and each.ink.max() <= 1
        assert each.labels.shape == (WIDTH_PX // FRAME_PX,)
    seen = set(np.concatenate([each.labels for each in made]).tolist())
    assert {class_of(digit) for digit in DIGITS[10:]} <= seen


def test_labels_lie_on_the_ink_of_their_symbols(faces: Faces) -> None:
    rng = np.random.default_rng(2)
    for _ in range(40):
        line = training_line(rng, faces)
        assert line.canvas.shape[0] == CANVAS_PX
        for span in line.spans:
            if SYMBOLS[span.label - 1] in DIGITS and 0 <= span.left < line.canvas.shape[1] - 1:
                part = line.canvas[:, round(span.left) : max(round(span.right), 1)]
                assert part.max() > 0


def test_the_middle_of_a_symbol_is_labelled_and_its_borders_are_not() -> None:
    two = [Span(0, 20, class_of("٧")), Span(20, 40, class_of("٧"))]
    found = labels(two, 40)
    assert found.tolist() == [0, 0, *[class_of("٧")] * 6, 0, 0, 0, 0, *[class_of("٧")] * 6, 0, 0]


def test_wear_keeps_columns_where_the_caller_expects_them(faces: Faces) -> None:
    rng = np.random.default_rng(8)
    canvas = np.zeros((CANVAS_PX, 200), np.uint8)
    canvas[:, 90:110] = 255
    for _ in range(20):
        grey, wide, _ = worn(rng, canvas, 30)
        dark = 255 - grey[grey.shape[0] // 2].astype(float)
        middle = (dark - dark.min()) @ np.arange(dark.size) / (dark - dark.min()).sum()
        assert abs(middle - 100 * wide) < 0.12 * dark.size


def test_ink_is_stretched_from_faint_print() -> None:
    faint = (200 + crop("١٢٣") * 0.2).astype(np.uint8)
    found = ink(faint)
    assert found.shape[0] == HEIGHT_PX and found.shape[1] % FRAME_PX == 0
    assert found.max() > 0.95 and np.median(found) < 0.05


def test_symbols_are_runs_of_frames_and_paper_parts_equal_ones() -> None:
    assert text(answers("", "٤", "٤", "", "٤", "/", "")) == "٤٤/"
    (first, *_) = symbols(answers("", "٤", "٤", ""), 2.0)
    assert (first.left_px, first.right_px) == (2.0, 6.0)
    assert first.probability == pytest.approx(0.9, abs=0.03)


def test_a_lone_western_nought_among_arabic_digits_is_a_five() -> None:
    torn = answers("٤", "", "٦", "", "0", "", "٧")
    torn[4, class_of("٥")] = 0.3  # less than 0, until the set is known
    assert text(torn) == "٤٦٥٧"


def test_two_sets_of_equal_weight_are_left_as_they_are() -> None:
    both = answers("٤", "", "٦", "", "3", "", "8")
    assert np.array_equal(one_digit_set(both), both)


def test_a_digit_that_was_nearly_read_is_a_doubt() -> None:
    torn = answers("٤", "", "", "", "")
    torn[3, 0], torn[3, class_of("١")] = 0.55, 0.4
    (doubt,) = doubts(torn, 2.0)
    assert doubt.middle_px == 7.0 and doubt.probability > 0.4


def test_calibration_finds_the_curves_that_made_the_data() -> None:
    rng = np.random.default_rng(4)
    true = Curves(Curve(-1.0, 0.5, 0.8), Curve(-2.0, 0.4, 0.1), Curve(0.5, 0.9, -0.7))
    learnt = []
    for _ in range(20_000):
        agree, broken = bool(rng.random() < 0.6), bool(rng.random() < 0.4)
        known = Evidence(agree, rng.uniform(0.05, 0.99), rng.uniform(0.05, 0.99), broken)
        learnt.append((known, bool(rng.random() < probability_right(known, true))))
    for found, curve in zip(fitted(learnt), true, strict=True):
        assert found == pytest.approx(curve, abs=0.15)


def test_agreement_and_confidence_raise_the_probability() -> None:
    sure, unsure = Evidence(True, 0.95, 0.99, False), Evidence(True, 0.95, 0.6, False)
    assert probability_right(sure) > probability_right(unsure)
    assert probability_right(unsure) > probability_right(unsure._replace(agree=False))


def test_every_family_of_the_training_has_a_licence() -> None:
    assert all(family.licence and family.package for family in FAMILIES)
    assert {SYMBOLS[c - 1] for c in (class_of(s) for s in SIGNS + GAP)} == set(SIGNS + GAP)


def test_the_network_trains_ships_and_is_read(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the extra `training` is not installed")
    pytest.importorskip("onnx", reason="the extra `training` is not installed")
    from ocr.numbers.reader import DigitReader
    from ocr.numbers.training.export import write
    from ocr.numbers.training.network import DigitNet

    torch.manual_seed(1)
    write(DigitNet().eval(), tmp_path / "new.onnx")
    assert (tmp_path / "new.onnx").stat().st_size < 1_000_000
    assert 0 <= DigitReader(tmp_path / "new.onnx").read(crop("12")).confidence <= 1

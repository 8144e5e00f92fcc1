"""Model files: taken apart, put together, and still read by Tesseract."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ocr.errors import EngineFailed
from ocr.training import lstm_file, lstm_reader, measure, model_file, traineddata
from ocr.training.corpus import TrueLine
from ocr.training.lstm_file import Layer
from ocr.training.lstm_reader import Reader
from ocr.training.traineddata import BadModel
from tests.training_lines import MODEL, written_lines

COMPONENTS = traineddata.read(MODEL)


def test_a_model_packs_to_the_same_bytes() -> None:
    assert traineddata.pack(COMPONENTS) == MODEL.read_bytes()


@given(st.dictionaries(st.sampled_from(traineddata.NAMES), st.binary(max_size=40), min_size=1))
def test_any_components_come_back(components: dict[str, bytes]) -> None:
    assert traineddata.unpack(traineddata.pack(components)) == components


@pytest.mark.parametrize("length", [0, 3, 100, 1000])
def test_a_model_cut_short_is_refused(length: int) -> None:
    with pytest.raises(BadModel):
        model_file.opened(traineddata.unpack(MODEL.read_bytes()[:length]))


def test_a_component_nobody_knows_is_refused() -> None:
    with pytest.raises(BadModel, match="surprise"):
        traineddata.pack({"surprise": b""})


def test_a_network_cut_short_is_refused() -> None:
    with pytest.raises(BadModel, match="short"):
        lstm_reader.parse(COMPONENTS["lstm"][:-100_000])


def test_weights_survive_being_made_int8_again() -> None:
    once = lstm_reader.parse(COMPONENTS["lstm"])
    again = lstm_reader.parse(once.to_bytes())
    for before, after in zip(once.weights, again.weights, strict=True):
        np.testing.assert_allclose(after, before, rtol=0, atol=1e-12)
    assert [m.shape for m in once.weights][-2:] == [(512, 609), (99, 513)]


@given(hnp.arrays(np.float64, (3, 5), elements=st.floats(-9, 9)))
def test_int8_errs_by_half_a_step_at_most(weights: np.ndarray) -> None:
    read = Reader(lstm_file.int8_bytes(weights)).matrix()
    step = np.abs(weights).max(axis=1, keepdims=True) / 127
    assert (np.abs(read - weights) <= step * 0.5 + 1e-12).all()


def test_a_grown_last_layer_is_told_in_every_head() -> None:
    file = lstm_reader.parse(COMPONENTS["lstm"])
    *body, top = file.weights
    taller = np.concatenate([top, top[:1]])
    heads = [p for p in file.with_weights([*body, taller]).parts if isinstance(p, Layer)]
    assert heads[0].outputs == heads[-1].outputs == 100
    assert heads[-1].weights == 100 * 513
    assert heads[0].weights == 1_454_851 + 513
    with pytest.raises(BadModel, match="another"):
        file.with_weights([*body[1:], body[0], top])


def test_tesseract_reads_the_same_with_a_rewritten_model(tmp_path: Path) -> None:
    model = model_file.opened(COMPONENTS)
    rewritten = tmp_path / "again.traineddata"
    traineddata.write(rewritten, model.packed(model.weights, "again"))
    lines = written_lines(tmp_path / "lines", 6)
    assert measure.readings(rewritten, lines) == measure.readings(MODEL, lines)


def test_tesseract_takes_another_number_of_letters(tmp_path: Path) -> None:
    """The character set of best_int has 85 entries; ours 99. Fewer letters, the same container."""
    model = model_file.opened(COMPONENTS)
    fewer = [*model.weights[:-1], model.weights[-1][:85]]
    letters = model.charset.rows[:85]
    small = model_file.Model(
        COMPONENTS, model.lstm.with_weights(fewer), type(model.charset)(letters)
    )
    path = tmp_path / "small.traineddata"
    traineddata.write(path, small.packed(fewer, "small"))
    wide = tmp_path / "wide.traineddata"
    extended = model_file.opened(traineddata.read(path)).extended()
    assert extended.charset == model.charset
    assert len(extended.weights[-1]) == 99
    traineddata.write(wide, extended.packed(extended.weights, "wide"))
    line = written_lines(tmp_path / "lines", 1)
    for readable in (path, wide):
        assert measure.readings(readable, line)[0].strip()


def test_a_line_that_is_no_image_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"text")
    with pytest.raises(measure.corpus.BadCorpus, match=r"bad\.png"):
        measure.readings(MODEL, [TrueLine(bad, "نص")])


def test_a_model_that_tesseract_refuses_is_no_reading(tmp_path: Path) -> None:
    broken = tmp_path / "broken.traineddata"
    broken.write_bytes(MODEL.read_bytes()[:2000])
    with pytest.raises(EngineFailed, match="broken"):
        measure.readings(broken, written_lines(tmp_path / "lines", 2))

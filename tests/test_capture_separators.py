"""Slips are read however they come, nothing else is taken for one, and half a code is no code."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.capture.separators import Unreadable, seen_in
from archiver.capture.slip import Broken, NotOurs, Slip, of_bars, of_qr
from archiver.demo.manifest import faces
from archiver.demo.render import draw_face
from archiver.model.identity import CaseKey
from archiver.workflow import vocabulary
from archiver.workflow.slips import LEAST_MODULE_MM, bar_module_mm
from tests.slips_worn import printed, worn

SERIES = ("civil", "criminal", "misdemeanour", "judges", "national_courts", "unknown")
KEYS = st.builds(CaseKey, st.sampled_from(SERIES), st.integers(1, 199_999), st.integers(1, 199))
LOTS = st.one_of(
    st.just(""), st.builds("{}/{}".format, st.integers(1, 99_999), st.integers(1900, 9999))
)
SLIP = Slip(CaseKey("civil", 99001, 93), lot="118/2026")
QR = (slice(1250, 2270), slice(700, 1800))
BARS = (slice(2290, 2720), slice(100, 2400))


@given(KEYS, st.sampled_from(("", "cover", "contested_judgment")), LOTS)
def test_what_a_slip_says_comes_back(key: CaseKey, kind: str, lot: str) -> None:
    slip = Slip(key, "", kind, lot)
    assert of_qr(slip.payload) == slip
    bars = of_bars(slip.bars)
    assert bars.agree(slip)
    assert bars.slip == (None if kind else slip)
    assert bar_module_mm(slip) >= LEAST_MODULE_MM


@given(KEYS, LOTS, st.data())
def test_one_changed_character_is_not_believed(key: CaseKey, lot: str, data: st.DataObject) -> None:
    slip = Slip(key, "", "", lot)
    place = data.draw(st.integers(4, len(slip.payload) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    changed = slip.payload[:place] + other + slip.payload[place + 1 :]
    if changed != slip.payload:
        with pytest.raises(Broken):
            of_qr(changed)


def test_a_sheet_for_the_next_document_names_no_case() -> None:
    assert of_bars(Slip().bars).slip == of_qr(Slip().payload) == Slip()
    assert of_qr(Slip(kind="service").payload) == Slip(kind="service")
    assert of_bars(Slip(kind="service").bars).slip is None
    assert of_qr(Slip(item="H-0001").payload) == Slip(item="H-0001")


def test_other_codes_are_none_of_ours() -> None:
    for read in (of_qr, of_bars):
        with pytest.raises(NotOurs):
            read("https://example.org/notary/4711")


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[np.ndarray]:
    here = SimpleNamespace(station=SimpleNamespace(institution="محكمة النقض"))
    station = SimpleNamespace(settings=here)
    folder = tmp_path_factory.mktemp("slips")
    return printed(station, folder, SLIP, Slip(), Slip(kind="service"))  # type: ignore[arg-type]


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("skew_deg", [-6.0, -1.5, 0.0, 3.0])
@pytest.mark.parametrize("turn_deg", [0, 180])
def test_worn_slips_are_read(
    sheets: list[np.ndarray], dpi: int, skew_deg: float, turn_deg: int
) -> None:
    found = worn(sheets[0], dpi=dpi, skew_deg=skew_deg, turn_deg=turn_deg, dark=skew_deg > 0)
    assert seen_in(found) == SLIP


def test_sheets_for_documents_are_read(sheets: list[np.ndarray]) -> None:
    assert seen_in(worn(sheets[1], skew_deg=1)) == Slip()
    assert seen_in(worn(sheets[2], turn_deg=180)) == Slip(kind="service")


def test_one_code_that_says_all_is_enough(sheets: list[np.ndarray]) -> None:
    for part in (QR, BARS):
        assert seen_in(covered(sheets[0], part)) == SLIP


def test_what_cannot_be_read_is_said_and_never_guessed(sheets: list[np.ndarray]) -> None:
    bands_only = covered(covered(sheets[0], QR), BARS)
    assert seen_in(worn(bands_only, skew_deg=2)) == Unreadable("bands")
    assert seen_in(covered(sheets[2], QR)) == Unreadable("partial")  # the bars lack the kind
    mixed = sheets[0].copy()
    mixed[BARS] = sheets[1][BARS]
    assert seen_in(mixed) == Unreadable("contradiction")


@pytest.mark.parametrize("name", ["01_cover", "08_exhibit_list", "09_service"])
def test_no_paper_of_the_demonstration_is_taken_for_one(name: str) -> None:
    face = next(face for _bundle, face in faces() if face.name == name)
    assert seen_in(draw_face(face, colour=False)) is None


def covered(page: np.ndarray, part: tuple[slice, slice]) -> np.ndarray:
    """As if a paper lay on a part of it."""
    found = page.copy()
    found[part] = 250
    return found


def test_the_series_are_those_of_the_vocabulary() -> None:
    assert set(vocabulary.items("docket_series")) == set(SERIES)

"""The words on the screen: every text translated, every icon there, digits in one style."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from archiver.i18n import set_language
from archiver.model.casefile import CaseFile, CaseState, CaseSummary
from archiver.model.delivery import DeliveryState
from archiver.model.identity import CaseKey
from archiver.settings import resource
from ui import counts
from ui.acts import acts
from ui.steps import case_sign, next_verb, track
from ui.tabs import tabs
from ui.theme import DARK, LIGHT, Shape, Tokens
from ui.words import hijri, moment, percent, plate, size

pytest_plugins = ["tests.ui_fixtures"]
UI = Path(__file__).parent.parent / "ui"


def summary(state: CaseState = CaseState.OPEN, **change: object) -> CaseSummary:
    case = CaseFile(1, "0" * 32, "case_file", (CaseKey("civil", 99001, 93),), "99001/93", "", state,
                    "court_internal", "2026-11-22T08:00:00+00:00")  # fmt: skip
    facts = {"pages": 3, "read": 3, "failed": 0, "blank": 1, "delivery": "", **change}
    return CaseSummary(case=case, first_thumbnail="", **facts)


def messages(path: Path) -> set[tuple[str, str, str]]:
    return {
        (context.findtext("name") or "", m.findtext("source") or "", m.findtext("comment") or "")
        for context in ET.parse(path).getroot().iter("context")  # noqa: S314 - our own file
        for m in context.iter("message")
    }


def test_every_text_of_the_window_has_its_arabic(tmp_path: Path) -> None:
    known = resource("locale/ui_ar.ts")
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    files = [str(path) for path in sorted(UI.rglob("*.py"))]
    found = tmp_path / "found.ts"
    subprocess.run([tool, *files, "-ts", found, "-silent"], check=True, timeout=60)
    assert messages(found) == messages(known)
    for message in ET.parse(known).getroot().iter("message"):  # noqa: S314 - our own file
        translation = message.find("translation")
        assert translation.get("type") is None, message.findtext("source")
        forms = [form.text for form in translation.iter("numerusform")]
        assert len(forms) in (0, 6)
        assert all(forms) and (forms or translation.text), message.findtext("source")


def test_the_compiled_texts_are_those_of_the_source(tmp_path: Path) -> None:
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    for name in ("ui_ar", "ui_en"):
        made = tmp_path / f"{name}.qm"
        source = resource(f"locale/{name}.ts")
        subprocess.run([tool, "-silent", source, "-qm", made], check=True, timeout=60)
        assert made.read_bytes() == resource(f"locale/{name}.qm").read_bytes()


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "صفحة واحدة"), (2, "صفحتان"), (3, "٣ صفحات"), (11, "١١ صفحة"), (100, "١٠٠ صفحة")],
)
def test_arabic_counts_as_arabic_does(arabic: None, count: int, words: str) -> None:
    assert counts.pages(count) == words


def test_one_style_of_digits(arabic: None) -> None:
    assert plate(summary().case).sentence == "مدني طعن رقم ٩٩٠٠١ لسنة ٩٣ ق"
    assert percent(0.745) == "٧٤٪"
    assert size(35_600_000) == "٣٥٫٦ م.ب"
    assert size(999) == "٩٩٩ بايت"
    assert counts.time_left(90) == "بقيت نحو دقيقتين"
    assert counts.time_left(None) == ""
    assert not set("0123456789") & set(moment("2026-11-22T08:00:00+00:00"))


def test_every_icon_of_the_rail_is_there_in_both_weights() -> None:
    for tab in tabs():
        for name in (tab.icon, f"{tab.icon}-fill"):
            assert "currentColor" in resource(f"icons/{name}.svg").read_text("utf-8")


def test_no_two_acts_of_a_screen_share_a_key(arabic: None) -> None:
    for screen in {screen for act in acts() for screen in act.screens}:
        keys = [act.key for act in acts() if screen in act.screens]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("row", "shape", "verb"),
    [
        (summary(read=1), Shape.WAITING, "process"),
        (summary(read=2, failed=1), Shape.DOUBTFUL, "check"),
        (summary(), Shape.WAITING, "check"),
        (summary(CaseState.REJECTED), Shape.WRONG, "check"),
        (summary(CaseState.ACCEPTED), Shape.OK, "seal"),
        (summary(CaseState.SEALED), Shape.WAITING, "send"),
        (summary(CaseState.SEALED, delivery=DeliveryState.SENDING), Shape.SENDING, "send"),
        (summary(CaseState.SEALED, delivery=DeliveryState.HELD), Shape.DOUBTFUL, "send"),
        (summary(CaseState.SEALED, delivery=DeliveryState.COMMITTED), Shape.WAITING, "collect"),
        (summary(CaseState.SEALED, delivery=DeliveryState.REFUSED), Shape.WRONG, "send"),
        (summary(CaseState.SEALED, delivery=DeliveryState.RECEIPTED), Shape.SIGNED, ""),
        (summary(pages=0, read=0), Shape.WAITING, ""),
    ],
)
def test_each_state_has_a_sign_and_a_next_step(row: CaseSummary, shape: Shape, verb: str) -> None:
    assert (case_sign(row).shape, next_verb(row)) == (shape, verb)


def test_the_track_has_one_current_step_until_all_is_done() -> None:
    signs = [sign.shape for sign in track(summary())]
    assert signs == [Shape.OK, Shape.OK, Shape.CURRENT, *[Shape.WAITING] * 3]
    done = track(summary(CaseState.SEALED, delivery=DeliveryState.RECEIPTED))
    assert [sign.shape for sign in done] == [*[Shape.OK] * 5, Shape.SIGNED]
    refused = track(summary(CaseState.SEALED, delivery=DeliveryState.REFUSED))
    assert refused[5].shape is Shape.WRONG


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("light", [LIGHT, DARK])
def test_words_can_be_read_on_their_ground(light: Tokens) -> None:
    for ink in (light.ink, light.ink2, light.ink3, light.accent):
        assert min(contrast(ink, ground) for ground in (light.window, light.surface)) >= 4.5
    assert contrast(light.ink, light.selection) >= 4.5
    assert contrast(light.on_accent, light.accent) >= 4.5
    assert contrast(light.ink, light.found) >= 4.5
    for tone in light.tones.values():
        assert contrast(tone.ink, tone.tint) >= 4.5


def test_the_hijri_day_is_that_of_the_printed_judgment() -> None:
    set_language("en")
    assert hijri(date(2024, 11, 21)) == "19 Jumada al-Ula 1446"
    set_language("ar")
    assert hijri(date(2024, 11, 21)) == "١٩ جمادى الأولى ١٤٤٦"

"""What the colour card of the day says: asked for before heritage images, and shown as a trend."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits
from archiver.store import target_cards
from archiver.store.target_cards import CardMeasured
from archiver.workflow.station import Station

NAMES: Final = {
    "mean_delta_e": N_("mean colour difference (CIEDE2000)"),
    "worst_delta_e": N_("largest colour difference (CIEDE2000)"),
    "grey_step": N_("grey steps, largest error of lightness"),
    "mtf50": N_("sharpness (MTF50, cycles a pixel)"),
    "uneven_percent": N_("unevenness of the light, %"),
}
_LEAST: Final = ("mtf50",)  # all others are limits from above


class CardNotMeasured(RequestRefused):
    what = N_("No colour card was measured today, so no heritage images are taken in.")
    advice = N_(
        "Photograph the card and run “archiver target-card measure IMAGE”. A site without a card"
        " writes “target_required = false” under [heritage] in station.toml."
    )


class CardFailed(RequestRefused):
    what = N_("Today's colour card did not pass: {faults}.")
    advice = N_("Mend light, focus or colour profile, photograph the card and measure it again.")


def trend(station: Station, *, last: int = 30) -> tuple[CardMeasured, ...]:
    """What was measured, the newest first."""
    return target_cards.newest(station.database.connection, last)


def check_today(station: Station) -> None:
    """Raises CardNotMeasured, CardFailed unless the newest card of today passed."""
    found = trend(station, last=1)
    if not found or _day(found[0].at) != datetime.now(UTC).astimezone().date():
        raise CardNotMeasured
    if not found[0].passed:
        wrong = faults(found[0].figures, found[0].limits)
        raise CardFailed(faults=_(", ").join(_(NAMES[name]) for name in wrong))


def faults(figures: Mapping[str, float], limits: Mapping[str, float]) -> list[str]:
    """Names of the figures that do not pass; a sharpness that could not be measured does not."""
    missing = [name for name in _LEAST if name in limits and name not in figures]
    beyond = [
        name for name, figure in figures.items()
        if name in limits and (figure < limits[name] if name in _LEAST else figure > limits[name])
    ]  # fmt: skip
    return missing + beyond


def told(name: str, figure: float | None, limit: float) -> str:
    """`mean colour difference (CIEDE2000) 1.2, at most 4`."""
    words = _("{name} {figure}, at least {limit}") if name in _LEAST else _(
        "{name} {figure}, at most {limit}")  # fmt: skip
    shown = "–" if figure is None else digits(f"{figure:g}")
    return words.format(name=_(NAMES[name]), figure=shown, limit=digits(f"{limit:g}"))


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone().date()

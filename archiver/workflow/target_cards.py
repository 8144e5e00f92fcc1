"""The colour card at the start of a shift: measured, kept, and asked for before heritage images."""

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np

from archiver.capture.intake import Intake
from archiver.capture.target_card import NoCard, measure_card, unevenness_percent
from archiver.errors import InputError
from archiver.i18n import N_, _
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Progress, Step
from archiver.settings import HeritageSettings
from archiver.store import audit, pages, target_cards
from archiver.workflow.faults import storage_faults
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from archiver.workflow.todays_card import NAMES, faults, told
from ocr.imaging.arrays import Image
from ocr.imaging.stored import read_pixels


class NoCardThere(InputError):
    what = N_("No colour card with 24 patches was found on {name}.")
    advice = N_("Photograph the whole card, in focus, on a plain ground, and measure it again.")


@guarded(Right.TAKE_IN)
def measure(
    station: Station, actor: Actor, image: Path, *, white: Path | None = None, device: str = ""
) -> Iterator[Step]:
    """Measure a photograph of the card; `white`: of a plain sheet that fills the picture.

    The photograph is kept with its figures and the limits of the moment. Raises NoCardThere, what
    `import` raises for a file, DiskFull, StorageFailed.
    """
    yield Progress(0, 0, _("Measuring the colour card"))
    with storage_faults(station.root):
        picture, pixels = _opened(station, image)
        figures = _figures(pixels, image.name)
        if white is not None:
            figures["uneven_percent"] = unevenness_percent(_opened(station, white)[1])
        limits = _limits(station.settings.heritage)
        wrong = faults(figures, limits)
        with station.database.transaction() as connection:
            pages.note_blob(connection, *picture)
            number = target_cards.add(
                connection, person=actor.person, device=device, name=image.name,
                picture=picture[0], figures=figures, limits=limits, passed=not wrong,
            )  # fmt: skip
            audit.append(connection, actor, "target card", number=number, device=device,
                         picture=picture[0], figures=figures, passed=not wrong)  # fmt: skip
    yield Changed(
        "target-card",
        facts={"number": number, "device": device, "figures": figures, "limits": limits,
               "passed": not wrong, "faults": wrong},
        sentence=_sentence(figures, limits, wrong),
    )  # fmt: skip


def _opened(station: Station, path: Path) -> tuple[tuple[str, int, str], Image]:
    """((key, size, media type) of the photograph, its pixels), proved whole in the child."""
    folder = Path(tempfile.mkdtemp(prefix="card-", dir=station.incoming))
    try:
        with (
            Intake(station.settings.limits) as intake,
            closing(intake.unpack(path, folder)) as unpacked,
        ):
            page = next(unpacked)
            key = station.blobs.put_file(page.master)
            pixels = read_pixels(page.master)
        return (key, station.blobs.size(key), page.media_type), pixels
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _figures(pixels: Image, name: str) -> dict[str, float]:
    coloured = np.stack([pixels] * 3, axis=-1) if pixels.ndim == 2 else pixels
    try:
        found = dataclasses.asdict(measure_card(coloured))
    except NoCard as error:
        raise NoCardThere(name=name) from error
    return {key: value for key, value in found.items() if key in NAMES and value is not None}


def _limits(heritage: HeritageSettings) -> dict[str, float]:
    return {name: float(getattr(heritage, name)) for name in NAMES}


def _sentence(figures: Mapping[str, float], limits: Mapping[str, float], wrong: list[str]) -> str:
    if not wrong:
        return _("The colour card passes: {figures}.").format(
            figures=_(", ").join(told(name, figures[name], limits[name]) for name in figures)
        )
    return _("The colour card does not pass: {figures}.").format(
        figures=_(", ").join(told(name, figures.get(name), limits[name]) for name in wrong)
    )

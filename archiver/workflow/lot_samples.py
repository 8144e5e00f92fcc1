"""Lots beside their newest samples: what a checker still looks at, and what may be sealed."""

from collections import defaultdict
from dataclasses import dataclass

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits
from archiver.model.casefile import CaseFile
from archiver.model.lot import Lot
from archiver.model.sample import DRAWN, FAILED, Sample, SampleImage
from archiver.settings import SampleSettings
from archiver.store import samples
from archiver.workflow.page_reasons import reason_word
from archiver.workflow.station import Station


class SampleWanted(RequestRefused):
    what = N_("{case} is in lot {lot}, of which no sample was drawn.")
    advice = N_("A checker draws one first: “archiver sample draw {lot}”.")


class SampleNotDone(RequestRefused):
    what = N_("{case} is in lot {lot}, whose sample is still being checked; images left: {left}.")
    advice = N_("A checker looks at them and ends the sample: “archiver sample show {lot}”.")


class SampleFailed(RequestRefused):
    what = N_("{case} is in lot {lot}, whose sample failed.")
    advice = N_("When its pages are mended a checker draws anew: “archiver sample draw {lot}”.")


class NoSample(RequestRefused):
    what = N_("No sample of lot {lot} is being checked.")
    advice = N_("Draw one: “archiver sample draw {lot}”.")


@dataclass(frozen=True, slots=True)
class SampleView:
    """A sample as it stands."""

    lot: Lot
    sample: Sample
    images: tuple[SampleImage, ...]

    @property
    def left(self) -> tuple[SampleImage, ...]:
        return tuple(image for image in self.images if not image.judged)

    @property
    def drawn(self) -> int:
        return sum(image.why == DRAWN for image in self.images)

    @property
    def drawn_defects(self) -> int:
        return sum(image.why == DRAWN and bool(image.defect) for image in self.images)

    @property
    def defects(self) -> tuple[SampleImage, ...]:
        return tuple(image for image in self.images if image.defect)


@dataclass(frozen=True, slots=True)
class LotSample:
    """A lot that is not sealed yet."""

    lot: Lot
    images: int  # in the numbering of its case files that are not sealed
    sent_back: int  # of these case files
    sample: Sample | None  # the newest
    left: int  # images of it that nobody has looked at

    @property
    def is_open(self) -> bool:
        return self.sample is not None and not self.sample.outcome

    @property
    def failed(self) -> bool:
        return self.sample is not None and self.sample.outcome == FAILED


def lot_samples(station: Station) -> tuple[LotSample, ...]:
    """Of every lot with pages in case files that are not sealed, the newest lot first."""
    connection = station.database.connection
    return tuple(
        LotSample(lot, images, sent_back, newest, (newest and _left(station, newest)) or 0)
        for lot, images, sent_back in samples.unsealed_lots(connection)
        for newest in [samples.newest(connection, lot.id)]
    )


def waits(station: Station, row: LotSample) -> bool:
    """Whether a checker is wanted: to go on, to draw, or to draw anew what was mended."""
    if row.failed:
        return not row.sent_back
    return row.is_open or (
        row.sample is None and not row.lot.is_open and station.settings.samples.required
    )


def sample_of(station: Station, lot: Lot) -> SampleView:
    """The newest of a lot. Raises NoSample."""
    connection = station.database.connection
    found = samples.newest(connection, lot.id)
    if found is None:
        raise NoSample(lot=lot.name)
    return SampleView(lot, found, samples.images(connection, found.id))


def page_list(view: SampleView) -> dict[int, str]:
    """Case file -> its defective pages in words: `p. 3: too dark; p. 7: skewed`."""
    found: dict[int, list[str]] = defaultdict(list)
    for image in sorted(view.defects, key=lambda image: image.position):
        words = _("p. {page}: {defect}")
        found[image.case_id].append(
            words.format(page=digits(image.position), defect=reason_word(image.defect))
        )
    return {case_id: "; ".join(told) for case_id, told in found.items()}


def check_sample(station: Station, case: CaseFile) -> None:
    """Before a case file is sealed. Raises SampleWanted, SampleNotDone, SampleFailed."""
    connection = station.database.connection
    for lot in samples.lots_of(connection, case.id):
        found, told = samples.newest(connection, lot.id), {"case": case.reference, "lot": lot.name}
        if found is None and rule_of(station, case.profile).required:
            raise SampleWanted(**told)
        if found and not found.outcome:
            raise SampleNotDone(**told, left=_left(station, found))
        if found and found.outcome == FAILED:
            raise SampleFailed(**told)


def rule_of(station: Station, profile: str) -> SampleSettings:
    return station.settings.samples_of.get(profile, station.settings.samples)


def _left(station: Station, sample: Sample) -> int:
    if sample.outcome:
        return 0
    found = samples.images(station.database.connection, sample.id)
    return sum(not image.judged for image in found)

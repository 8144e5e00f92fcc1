"""A lot is checked by a sample that anybody can draw again, and by all that something complains of.

The seed is the end of the audit log at that moment: nobody can choose it, and it is on record. An
image is drawn when the SHA-256 of the seed and its uid is among the lowest of its profile.
"""

import hashlib
import math
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Any

from archiver.errors import OwnWork, RequestRefused
from archiver.i18n import N_, _, digits, isolate
from archiver.model.actor import Actor
from archiver.model.casefile import CaseState
from archiver.model.changes import Changed, Step
from archiver.model.lot import Lot
from archiver.model.sample import DRAWN, FAILED, FLAGGED, PASSED
from archiver.store import audit, samples, separators
from archiver.workflow.checking import check
from archiver.workflow.faults import storage_faults
from archiver.workflow.lot_samples import NoSample, SampleView, page_list, rule_of, sample_of
from archiver.workflow.page_checks import complaints_of
from archiver.workflow.page_reasons import REASONS, reason_word
from archiver.workflow.queries import case_by_id
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station

SEED_LETTERS = 16


class NothingToDraw(RequestRefused):
    what = N_("Lot {lot} has no images yet.")
    advice = N_("Scan or import its case files first.")


class SampleOpen(RequestRefused):
    what = N_("A sample of lot {lot} is being checked already.")
    advice = N_("“archiver sample show {lot}” tells what is left of it.")


class NotInSample(RequestRefused):
    what = N_("The sample has no image {number}.")
    advice = N_("Its images are numbered from 1: “archiver sample show”.")


class NoSuchDefect(RequestRefused):
    what = N_("There is no defect {defect}.")
    advice = N_("The defects are: {known}.")


class SampleUnfinished(RequestRefused):
    what = N_("Images of the sample that nobody has looked at: {left}.")
    advice = N_("Look at them first: “archiver sample show {lot}”.")


@guarded(Right.CHECK)
def draw(station: Station, actor: Actor, lot: Lot) -> Iterator[Step]:
    """Raises NotAllowed, NothingToDraw, SampleOpen."""
    connection = station.database.connection
    before = samples.newest(connection, lot.id)
    if before and not before.outcome:
        raise SampleOpen(lot=lot.name)
    images = samples.lot_pages(connection, lot.id)
    if not images:
        raise NothingToDraw(lot=lot.name)
    flagged = _flagged(station, {case_id for _id, _uid, case_id, _profile in images})
    with storage_faults(station.root), station.database.transaction() as connection:
        seed = audit.head(connection).hash[:SEED_LETTERS]
        drawn = set(drawn_pages(station, seed, images))
        chosen = [
            (page, DRAWN if page in drawn else FLAGGED)
            for page, _uid, _case, _profile in images
            if page in drawn or page in flagged
        ]
        facts: dict[str, Any] = {"seed": seed, "images": len(images), "drawn": len(drawn),
                 "flagged": len(chosen) - len(drawn)}  # fmt: skip
        number = samples.add(connection, lot.id, seed, len(images), actor.person, chosen)
        audit.append(connection, actor, "draw sample", lot=lot.name, sample=number, **facts)
    words = _("Sample of lot {lot}: {drawn} of {images} images drawn, {flagged} more flagged.")
    yield Changed(
        "sample",
        facts={"act": "draw", "lot": lot.name, **facts},
        sentence=words.format(
            lot=isolate(digits(lot.name)),
            drawn=digits(len(drawn)),
            images=digits(len(images)),
            flagged=digits(len(chosen) - len(drawn)),
        ),
    )


def drawn_pages(
    station: Station, seed: str, images: Iterable[tuple[int, str, int, str]]
) -> Iterator[int]:
    """The ids of the images that `seed` draws, of each profile its share."""
    by_profile: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for page_id, uid, _case_id, profile in images:
        place = hashlib.sha256(f"{seed}:{uid}".encode()).hexdigest()
        by_profile[profile].append((place, page_id))
    for profile, ranked in by_profile.items():
        rule = rule_of(station, profile)
        wanted = max(rule.least_images, math.ceil(len(ranked) * rule.percent / 100))
        yield from (page_id for _place, page_id in sorted(ranked)[:wanted])


@guarded(Right.CHECK)
def judge(
    station: Station, actor: Actor, lot: Lot, number: int, defect: str = ""
) -> Iterator[Step]:
    """Say that an image of the sample is good, or what is wrong with it; the last word counts.

    Raises NotAllowed, NoSample, NotInSample, NoSuchDefect, OwnWork.
    """
    view = _open(station, lot)
    image = next((image for image in view.images if image.number == number), None)
    if image is None:
        raise NotInSample(number=number)
    if defect and defect not in REASONS:
        raise NoSuchDefect(defect=defect, known=_(", ").join(REASONS))
    case = case_by_id(station, image.case_id)
    if actor.person == image.imported_by:
        raise OwnWork(person=actor.person, case=case.reference)
    with storage_faults(station.root), station.database.transaction() as connection:
        samples.judge(connection, view.sample.id, number, actor.person, defect)
        audit.append(connection, actor, "judge image", case_id=case.id, page_id=image.page_id,
                     lot=lot.name, sample=view.sample.id, defect=defect)  # fmt: skip
    words = _("Image {number} is good.") if not defect else _("Image {number}: {defect}.")
    yield Changed(
        "sample",
        cases=(case.id,),
        facts={"act": "judge", "lot": lot.name, "number": number, "defect": defect},
        sentence=words.format(number=digits(number), defect=reason_word(defect)),
    )


@guarded(Right.CHECK)
def close(station: Station, actor: Actor, lot: Lot) -> Iterator[Step]:
    """End the sample: the lot passes, or goes back with the list of its pages.

    In a lot that fails, every case file that is not sealed goes back; in one that passes those in
    which a defect was found. Raises NotAllowed, NoSample, SampleUnfinished.
    """
    view = _open(station, lot)
    if view.left:
        raise SampleUnfinished(left=len(view.left), lot=lot.name)
    failed, pages = fails(station, view), page_list(view)
    back = sorted(set(_cases(station, lot)) if failed else pages)
    # Sent back first: a kill in between leaves a sample that is closed once more.
    for case_id in back:
        _send_back(station, actor, lot, case_id, pages.get(case_id, ""))
    facts: dict[str, Any] = {"outcome": FAILED if failed else PASSED, "drawn": view.drawn,
             "defects": view.drawn_defects,
             "pages": {str(case): said for case, said in pages.items()}}  # fmt: skip
    with storage_faults(station.root), station.database.transaction() as connection:
        samples.end(connection, view.sample.id, str(facts["outcome"]), actor.person)
        audit.append(
            connection, actor, "close sample", lot=lot.name, sample=view.sample.id, **facts
        )
    words = _("Lot {lot} goes back: {defects} of {drawn}.") if failed else _("Lot {lot} passed.")
    yield Changed(
        "sample",
        cases=tuple(back),
        facts={"act": "close", "lot": lot.name, **facts},
        sentence=words.format(lot=isolate(digits(lot.name)), defects=digits(view.drawn_defects),
                              drawn=digits(view.drawn)),
    )  # fmt: skip


def fails(station: Station, view: SampleView) -> bool:
    """Whether more of the drawn images are defective than the site allows."""
    allowed = station.settings.samples.defects_per_mille
    return view.drawn_defects * 1000 > allowed * view.drawn


def _send_back(station: Station, who: Actor, lot: Lot, case_id: int, pages: str) -> None:
    """As a checker does it, with the same rules; a sealed case file stays as it is."""
    case = case_by_id(station, case_id)
    if case.state not in (CaseState.SEALED, CaseState.REJECTED):
        reason = pages or _("Lot {lot} failed its sample check.").format(lot=digits(lot.name))
        deque(check(station, who, case_id, accept=False, reason=reason), maxlen=0)


def _open(station: Station, lot: Lot) -> SampleView:
    view = sample_of(station, lot)
    if view.sample.outcome:
        raise NoSample(lot=lot.name)
    return view


def _cases(station: Station, lot: Lot) -> Iterator[int]:
    for _page, _uid, case_id, _profile in samples.lot_pages(station.database.connection, lot.id):
        yield case_id


def _flagged(station: Station, case_ids: Iterable[int]) -> set[int]:
    """Pages that a check complains of, or that came behind a slip nobody could read."""
    found: set[int] = set()
    for case_id in case_ids:
        found |= complaints_of(station, case_id).keys()
        found |= separators.flagged(station.database.connection, case_id).keys()
    return found

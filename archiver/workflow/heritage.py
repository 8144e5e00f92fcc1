"""What has to be done before images of a heritage item are taken: its condition, today's card."""

from archiver.errors import RequestRefused
from archiver.i18n import N_
from archiver.model.casefile import CaseFile
from archiver.store import fields
from archiver.workflow.profiles import profile_named
from archiver.workflow.station import Station
from archiver.workflow.todays_card import check_today

CONDITION = "condition"
CRITICAL = "critical"


class ConservationFirst(RequestRefused):
    what = N_("{item} is in a critical condition: it is not scanned before it was conserved.")
    advice = N_("Tell the conservators; then note its new condition: “archiver condition”.")


class ConditionUnknown(RequestRefused):
    what = N_("The condition of {item} was not noted.")
    advice = N_(
        "Look at it first and note it: “archiver condition {item} fair,damp”. A site that keeps no"
        " conditions writes “condition_required = false” under [heritage] in station.toml."
    )


def refuse_unready(station: Station, profile: str, reference: str, case: CaseFile | None) -> None:
    """Raises ConservationFirst, ConditionUnknown, CardNotMeasured, CardFailed.

    Heritage is what a profile describes that has the field `condition`. What is asked for beyond
    a critical condition, `[heritage]` in station.toml can switch off.
    """
    if profile == "case_file" or profile_named(station, profile).field(CONDITION) is None:
        return
    known = conditions(station, case)
    if CRITICAL in known:
        raise ConservationFirst(item=reference)
    asked = station.settings.heritage
    if asked.condition_required and not known:
        raise ConditionUnknown(item=reference)
    if asked.target_required:
        check_today(station)


def conditions(station: Station, case: CaseFile | None) -> tuple[str, ...]:
    """The codes that were noted of an item as a whole."""
    if case is None:
        return ()
    found = fields.of_case(station.database.connection, case.id)
    return tuple(
        str(value.value) for value in found
        if value.field == CONDITION and value.subject.document_id is None
        and value.subject.page_id is None
    )  # fmt: skip

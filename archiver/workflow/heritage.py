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
    advice = N_("Look at it first: “archiver condition {item} fair,damp”.")


def refuse_unready(station: Station, profile: str, reference: str, case: CaseFile | None) -> None:
    """Raises ConservationFirst, ConditionUnknown, CardNotMeasured, CardFailed.

    What is asked for beyond a critical condition, `[heritage]` in station.toml says.
    """
    if profile == "case_file":
        return
    known = conditions(station, case)
    if CRITICAL in known:
        raise ConservationFirst(item=reference)
    asked = station.settings.heritage
    has_field = profile_named(station, profile).field(CONDITION) is not None
    if asked.condition_required and has_field and not known:
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

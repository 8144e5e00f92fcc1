"""A sealed case file is opened again for a correction: its next seal names the one before."""

from collections.abc import Iterator

from archiver.errors import MastersGone, WrongState
from archiver.i18n import _, digits
from archiver.model.actor import Actor
from archiver.model.casefile import CaseState
from archiver.model.changes import Changed, Step
from archiver.store import audit, cases, purges
from archiver.workflow.checking import ReasonMissing
from archiver.workflow.faults import storage_faults
from archiver.workflow.indexing import index_pending
from archiver.workflow.queries import case_view
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import state_word


@guarded(Right.REOPEN)
def reopen(station: Station, actor: Actor, case_id: int, reason: str) -> Iterator[Step]:
    """Open a sealed case file; its packages stay as they are, and it has to be checked again.

    Raises WrongState, ReasonMissing, MastersGone.
    """
    view = case_view(station, case_id)
    case = view.case
    if case.state is not CaseState.SEALED or not view.seals:  # none: taken in from a station
        needed = state_word(CaseState.SEALED)
        raise WrongState(case=case.reference, state=state_word(case.state), needed=needed)
    if not reason.strip():
        raise ReasonMissing
    connection = station.database.connection
    if {page.master for page in view.pages} & purges.purged_blobs(connection):
        raise MastersGone(case=case.reference, package=view.seals[-1].name)
    with storage_faults(station.root):
        with station.database.transaction() as connection:
            cases.set_state(connection, case_id, CaseState.OPEN)
            audit.append(connection, actor, "reopen", case_id=case_id, reason=reason,
                         package=view.seals[-1].name, before=case.state.value,
                         after=CaseState.OPEN.value)  # fmt: skip
        index_pending(station)
    yield Changed(
        "reopen",
        cases=(case_id,),
        facts={"case": case.reference, "replaces": view.seals[-1].name, "reason": reason},
        sentence=_("{case} is open again; its next package will name {package}.").format(
            case=digits(case.reference), package=view.seals[-1].name
        ),
    )

"""A second person looks at a case file and accepts it or sends it back."""

from collections.abc import Iterator

from archiver.errors import OwnWork, PagesUnread, RequestRefused, WrongState
from archiver.i18n import N_, _, digits
from archiver.model.actor import Actor
from archiver.model.casefile import CaseState, PageState
from archiver.model.changes import Changed, Step
from archiver.store import audit, cases, pages
from archiver.workflow.faults import storage_faults
from archiver.workflow.indexing import index_pending
from archiver.workflow.queries import case_by_id
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import state_word


class ReasonMissing(RequestRefused):
    what = N_("A rejection needs a reason.")
    advice = N_("Say what is wrong, so that the operator can mend it.")


@guarded(Right.CHECK)
def check(
    station: Station, actor: Actor, case_id: int, *, accept: bool, reason: str = ""
) -> Iterator[Step]:
    """Accept or reject a case file whose pages are all read.

    Raises NotAllowed, OwnWork for a person who imported any of its pages, PagesUnread,
    WrongState, ReasonMissing.
    """
    case = case_by_id(station, case_id)
    connection = station.database.connection
    if actor.person in cases.importers(connection, case_id):
        raise OwnWork(person=actor.person, case=case.reference)
    if case.state is CaseState.SEALED:
        needed = state_word(CaseState.OPEN)
        raise WrongState(case=case.reference, state=state_word(case.state), needed=needed)
    unread = [p for p in pages.of_case(connection, case_id) if p.state is not PageState.READ]
    if accept and unread:
        raise PagesUnread(count=len(unread), case=case.reference)
    if not accept and not reason.strip():
        raise ReasonMissing
    state = CaseState.ACCEPTED if accept else CaseState.REJECTED
    with storage_faults(station.root):
        with station.database.transaction() as connection:
            cases.set_state(connection, case_id, state)
            verb = "accept" if accept else "reject"
            audit.append(connection, actor, verb, case_id=case_id, reason=reason, before=case.state)
        index_pending(station)
    sentence = _("{case} was accepted.") if accept else _("{case} was sent back.")
    yield Changed(
        "check",
        cases=(case_id,),
        facts={"case": case.reference, "state": state.value, "by": actor.person, "reason": reason},
        sentence=sentence.format(case=digits(case.reference)),
    )

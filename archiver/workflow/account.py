"""The account of the paper of a case file: what keeps it from being sealed."""

from archiver.errors import RequestRefused
from archiver.i18n import N_
from archiver.model.casefile import CaseFile
from archiver.model.lot import Account
from archiver.store import lots, separators
from archiver.workflow.station import Station


class PaperMissing(RequestRefused):
    what = N_("{case} cannot be sealed yet: declared sheets without an image: {sheets}.")
    advice = N_("Scan them, or change the declaration with a reason: “archiver lot declare”.")


class PaperTooMuch(RequestRefused):
    what = N_("{case} cannot be sealed yet: it has more images than faces declared: {faces}.")
    advice = N_(
        "Reject what does not belong to it, or change the declaration with a reason: “archiver lot"
        " declare”."
    )


class NotDeclared(RequestRefused):
    what = N_("{case} cannot be sealed yet: nobody declared how many sheets it has.")
    advice = N_("Count them: “archiver lot declare LOT --case {case} --sheets NUMBER”.")


class SlipUnsettled(RequestRefused):
    what = N_("{case} cannot be sealed yet: slips in it that could not be read: {count}.")
    advice = N_("“archiver slip list” shows them; say what they are: “archiver slip settle”.")


def account_of(station: Station, case_id: int) -> Account:
    """Its faces, against all that was declared of it in any lot."""
    return lots.account_of_case(station.database.connection, case_id)


def check_paper(station: Station, case: CaseFile) -> None:
    """Raises PaperMissing, PaperTooMuch, NotDeclared, SlipUnsettled."""
    connection = station.database.connection
    unsettled = separators.unsettled(connection, case.id)
    if unsettled:
        raise SlipUnsettled(case=case.reference, count=len(unsettled))
    if not lots.declared_of(connection, case.id):
        if station.settings.capture.declared:
            raise NotDeclared(case=case.reference)
        return
    account = account_of(station, case.id)
    if account.missing > 0:
        raise PaperMissing(case=case.reference, sheets=account.missing_sheets)
    if account.missing < 0:
        raise PaperTooMuch(case=case.reference, faces=-account.missing)

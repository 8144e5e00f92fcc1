"""A checked case file becomes a sealed package: signed, immutable, ready to be sent."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from archiver import __version__
from archiver.errors import MastersGone, PagesUnread, SettingsWrong, WrongState
from archiver.i18n import _, digits
from archiver.jobs.watched import Watched
from archiver.metadata.crosswalks import dublin_core, mods
from archiver.model.actor import Actor
from archiver.model.casefile import CaseState, PageState
from archiver.model.changes import Changed, Progress, Step
from archiver.model.delivery import BagReport, Seal
from archiver.package.seal import write_bag
from archiver.package.source import BagSource
from archiver.settings import FILE_NAME
from archiver.store import audit, cases, deliveries, heads, purges
from archiver.store.audit import now
from archiver.store.keys import SigningKey
from archiver.workflow.account import check_paper
from archiver.workflow.faults import storage_faults
from archiver.workflow.keying import check_read_twice
from archiver.workflow.lot_samples import check_sample
from archiver.workflow.metadata_export import described, value_rows
from archiver.workflow.queries import CaseView, case_view
from archiver.workflow.rights import Right, guarded
from archiver.workflow.searchable import NO_WAIVER, Waiver, searchable_pdf
from archiver.workflow.station import Station
from archiver.workflow.validating import check_sealable
from archiver.workflow.vocabulary import items, state_word

STATION_KEY = heads.STATION_KEY


@guarded(Right.SEAL)
def seal(
    station: Station, actor: Actor, case_id: int, *, waiver: Waiver = NO_WAIVER
) -> Iterator[Step]:
    """Seal an accepted case file, with a PDF that gives back its text.

    waiver: pages that the PDF may show without their words where it cannot give them back. Each
    that needed it is an event of its own before the seal, in the package's PREMIS too.

    Raises WrongState, PagesUnread, CriticalUnread, FieldsWrong, DiskFull, StorageFailed and what
    `check_paper`, `check_sample` and `searchable_pdf` raise.
    """
    view = case_view(station, case_id)
    _check_ready(station, view)
    check_paper(station, view.case)
    check_read_twice(station, view.case)
    check_sample(station, view.case)
    check_sealable(station, case_id)
    with storage_faults(station.root), tempfile.TemporaryDirectory(dir=station.incoming) as folder:
        pdf = Path(folder) / "access.pdf"
        without_words = yield from searchable_pdf(station, view, pdf, waiver)
        if without_words:
            view = _told_why(station, actor, view, without_words, waiver.reason)
        source = _source(station, actor, view, pdf)
        name = f"{source.bag_name}-{view.case.uid[:8]}.zip"
        signer = SigningKey.load_or_create(station.keys / STATION_KEY)
        packing = _packing(source, station.sealed / name, signer)
        for done in packing:
            yield Progress(done, 100, _("Hashing and packing"))
        report = packing.result
        try:
            sealed = _record(station, actor, view, source, report)
        except BaseException:  # a package that is in no book is none
            (station.sealed / name).unlink(missing_ok=True)
            raise
        heads.sign_head(station.root, signer, audit.head(station.database.connection))
    yield Changed(
        "seal",
        cases=(case_id,),
        facts={
            "case": view.case.reference,
            "package": str(station.sealed / name),
            "name": sealed.name,
            "size": sealed.size,
            "sha256": sealed.sha256,
            "files": len(report.files),
            "key_id": sealed.key_id,
        },
        sentence=_("{case} is sealed as {name}.").format(
            case=digits(view.case.reference), name=sealed.name
        ),
    )


def _told_why(
    station: Station, actor: Actor, view: CaseView, numbers: tuple[int, ...], reason: str
) -> CaseView:
    """The case file with the reason why the PDF shows pages without their words."""
    with station.database.transaction() as connection:
        for number in numbers:
            audit.append(connection, actor, "leave text out", case_id=view.case.id,
                         page_id=view.pages[number - 1].id, reason=reason)  # fmt: skip
    return case_view(station, view.case.id)


def _packing(source: BagSource, out: Path, signer: SigningKey) -> Watched[BagReport]:
    """Writes the package; reports percents."""

    def work(report: Callable[[int], None]) -> BagReport:
        return write_bag(source, out, signer, lambda done, total: report(100 * done // total))

    return Watched(work)


def _check_ready(station: Station, view: CaseView) -> None:
    case = view.case
    if case.state is not CaseState.ACCEPTED:
        needed = state_word(CaseState.ACCEPTED)
        raise WrongState(case=case.reference, state=state_word(case.state), needed=needed)
    unread = [page for page in view.pages if page.state is not PageState.READ]
    if unread:
        raise PagesUnread(count=len(unread), case=case.reference)
    gone = purges.purged_blobs(station.database.connection)
    if any(page.master in gone for page in view.pages):
        raise MastersGone(case=case.reference, package=view.seals[-1].name)


def _source(station: Station, actor: Actor, view: CaseView, pdf: Path) -> BagSource:
    known = described(station, view.case)
    return BagSource(
        case=view.case,
        version=len(view.seals) + 1,
        documents=view.documents,
        pages=view.pages,
        events=view.events,
        blob_path=station.blobs.path,
        pdf=pdf,
        sealed_at=now(),
        sealed_by=actor,
        organization=station.settings.station.institution,
        software=f"archiving-station {__version__}",
        kind_labels={code: item["ar"] for code, item in items("document_kind").items()},
        previous=view.seals[-1].name if view.seals else "",
        audit_head=audit.head(station.database.connection),
        algorithm=_algorithm(station),
        dublin_core=dublin_core.elements(known),
        mods=mods.mods(known),
        values=value_rows(station, view.case),
    )


def _algorithm(station: Station) -> Literal["sha256", "sha512"]:
    match station.settings.package.algorithm:
        case "sha256" | "sha512" as known:
            return known
        case other:
            path = station.root / FILE_NAME
            raise SettingsWrong(path=path, detail=f"package.algorithm = {other}")


def _record(
    station: Station, actor: Actor, view: CaseView, source: BagSource, report: BagReport
) -> Seal:
    sealed = Seal(
        id=0,
        case_id=view.case.id,
        version=source.version,
        name=report.name,
        size=report.size,
        sha256=report.sha256,
        manifest_sha256=report.manifest_sha256,
        signature=report.signature,
        key_id=report.key_id,
        sealed_at=source.sealed_at,
        sealed_by=actor.person,
    )
    with station.database.transaction() as connection:
        seal_id = deliveries.add_seal(connection, sealed, report.files)
        purges.keep_statement(connection, seal_id, report.statement)
        cases.set_state(connection, view.case.id, CaseState.SEALED)
        audit.append(connection, actor, "seal", case_id=view.case.id,
                     package=report.name, sha256=report.sha256, replaces=source.previous,
                     before=view.case.state.value, after=CaseState.SEALED.value)  # fmt: skip
    return sealed

"""Copies for use outside the archive: a searchable PDF, plain text, hOCR, ALTO."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from archiver import __version__
from archiver.errors import PagesUnread, RequestRefused
from archiver.i18n import N_, digits, ngettext
from archiver.model.actor import Actor
from archiver.model.casefile import PageState
from archiver.model.changes import Changed, Step
from archiver.store import audit
from archiver.store.durable import written
from archiver.workflow.faults import storage_faults
from archiver.workflow.queries import CaseView, case_view, page_text
from archiver.workflow.rights import Right, guarded
from archiver.workflow.searchable import searchable_pdf
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import label
from ocr import hocr, plain_text
from ocr.page import PageText

FORMATS: Final = ("pdf", "txt", "hocr", "alto")
NEVER_EXPORTED: Final = frozenset({"deliberation"})


class NeverExported(RequestRefused):
    what = N_("{case} is under “{level}”: it is never exported.")
    advice = N_("Nothing was written. Whoever may see it reads it at the station.")


class FileThere(RequestRefused):
    what = N_("{path} is already there; nothing was overwritten.")
    advice = N_("Name another folder, or take that file away.")


class UnknownExport(RequestRefused):
    what = N_("{format} is not a format of export.")
    advice = N_("The formats are: {known}.")


@guarded(Right.COPIES)
def export(
    station: Station, actor: Actor, case_id: int, *, form: str, folder: Path
) -> Iterator[Step]:
    """Write the case file into `folder` in one of FORMATS.

    The event stands in the audit log before a file is seen. Raises NeverExported, PagesUnread,
    FileThere, UnknownExport, StorageFailed, DiskFull and what `searchable_pdf` raises.
    """
    view = case_view(station, case_id)
    _check_allowed(view, form)
    with storage_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with storage_faults(station.root), tempfile.TemporaryDirectory(dir=station.incoming) as made:
        yield from _made(station, view, form, Path(made))
        names = sorted(path.name for path in Path(made).iterdir())
        _check_free(folder, names)
        with station.database.transaction() as connection:
            audit.append(connection, actor, "export", case_id=case_id, format=form, files=names,
                         folder=str(folder.absolute()))  # fmt: skip
        with storage_faults(folder):
            for name in names:
                _publish(Path(made) / name, folder / name)
    many = ngettext("{case}: {count} file is in {path}.", "{case}: {count} files are in {path}.",
                    len(names))  # fmt: skip
    yield Changed(
        "export",
        cases=(case_id,),
        facts={
            "case": view.case.reference,
            "format": form,
            "pages": len(view.pages),
            "files": [str(folder / name) for name in names],
            "by": actor.person,
        },
        sentence=many.format(
            case=digits(view.case.reference), count=digits(len(names)), path=folder
        ),
    )


def _check_allowed(view: CaseView, form: str) -> None:
    case = view.case
    if form not in FORMATS:
        raise UnknownExport(format=form, known=" ".join(FORMATS))
    if case.access in NEVER_EXPORTED:
        raise NeverExported(case=case.reference, level=label("access_level", case.access))
    unread = [page for page in view.pages if page.state is not PageState.READ]
    if unread:
        raise PagesUnread(count=len(unread), case=case.reference)


def _check_free(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        if (folder / name).exists():
            raise FileThere(path=folder / name)


def _publish(made: Path, place: Path) -> None:
    try:
        with written(place, replace=False) as file, made.open("rb") as source:
            shutil.copyfileobj(source, file)
    except FileExistsError as error:
        raise FileThere(path=place) from error


def _made(station: Station, view: CaseView, form: str, folder: Path) -> Iterator[Step]:
    """The files of the export, under their names, in a folder of the station's own."""
    if form == "pdf":
        yield from searchable_pdf(station, view, folder / f"{view.case.slug}.pdf")
    elif form == "alto":
        for page in view.pages:
            if page.alto:
                name = f"{view.case.slug}-{page.position:04d}.alto.xml"
                shutil.copyfile(station.blobs.path(page.alto), folder / name)
    else:
        pieces = _PIECES[form](station, view)
        with (folder / f"{view.case.slug}.{form}").open("w", encoding="utf-8") as file:
            file.writelines(pieces)


def _texts(station: Station, view: CaseView) -> Iterator[tuple[str, PageText]]:
    for page in view.pages:
        text = page_text(station, page)
        if text is not None:
            yield page.source_name, text


def _plain(station: Station, view: CaseView) -> Iterator[str]:
    return plain_text.write(text for _name, text in _texts(station, view))


def _hocr(station: Station, view: CaseView) -> Iterator[str]:
    title = f"{view.case.reference} {view.case.title}".strip()
    system = f"archiving-station {__version__}"
    return hocr.write(_texts(station, view), title=title, language="ar", system=system)


_PIECES: Final[dict[str, Callable[[Station, CaseView], Iterator[str]]]] = {
    "txt": _plain,
    "hocr": _hocr,
}

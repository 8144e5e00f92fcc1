"""The PDF of a case file with its text, and the gate that it has to pass before it leaves.

Its text is taken out again, by poppler and by PDFium in limited processes, and compared page by
page. A page that loses letters or changes a number is laid out anew in plain lines; where that
does not help, there is no PDF, unless a person gives a reason to leave that page's words out of it:
then nothing may come out of the page, and its words stand in the ALTO alone.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archiver.errors import (
    ArchiveDamaged,
    ArchiverError,
    EnvironmentProblem,
    RequestRefused,
    ToolMissing,
)
from archiver.i18n import N_, _
from archiver.jobs.watched import Watched
from archiver.model.casefile import Page
from archiver.model.changes import Notice, Progress, Step
from archiver.workflow.correcting import NoSuchPage
from archiver.workflow.queries import CaseView, page_text
from archiver.workflow.station import Station
from ocr import textlayer
from ocr.errors import EngineFailed, EngineMissing, EngineTimeout, OcrError
from ocr.page import PageText
from ocr.pdf_check import TIMEOUT_S, PageCheck, check_pages

if TYPE_CHECKING:
    from ocr.pdf import PdfPage

_MAKING: Final = N_("Making the PDF with its text")
_CHECKING: Final = N_("Taking the text out of the PDF again")
_BITONAL: Final = ("image/tiff", "image/png")
_SECONDS_A_PAGE: Final = 2.0


class PdfLosesText(ArchiverError):
    what = N_(
        "The PDF of {case} does not give back its text: on page {page}, {extractor} loses {lost}"
        " of {letters} letters ({percent} %)."
    )
    advice = N_(
        "Nothing was written. Look at the text of that page, correct it and try again. If it is"
        " right as it is, “archiver seal” takes --without-text and --reason: the PDF then shows"
        " that page without its words, and the ALTO keeps them."
    )
    exit_code = 5


class PdfChangesNumbers(PdfLosesText):
    what = N_(
        "The PDF of {case} does not give back its numbers: on page {page}, {extractor} changes"
        " {numbers}, and loses {lost} of {letters} letters ({percent} %)."
    )


class PageInPlainLines(ArchiverError):
    """Told, not raised: the PDF is sound."""

    what = N_("The words of page {page} stand in plain lines in the PDF, not over their picture.")
    advice = N_("Searching finds them; marking shows another place. The ALTO has the true places.")


class PageWithoutWords(ArchiverError):
    """Told, not raised: a person gave a reason."""

    what = N_("The PDF shows page {page} without its words: neither layout gave them back.")
    advice = N_("The ALTO has them, and the search. The reason stands in the audit log: {reason}")


class NoReasonGiven(RequestRefused):
    what = N_("Leaving the words of a page out of the PDF needs a reason.")
    advice = N_("Say with --reason why the page cannot be corrected instead.")


class PdfUncheckable(EnvironmentProblem):
    what = N_("The PDF could not be read back: {detail}.")
    advice = N_("Nothing was written. Run “archiver doctor”, then try again.")


class _Layer(Enum):
    """How the words of a page lie in the PDF, in the order in which it is tried."""

    PLACED = 1
    PLAIN = 2
    NONE = 3


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's leave to show pages without their words, where no layout gives them back.

    pages: numbers in the case file, from 1. It is used only for those of them that need it.
    """

    pages: frozenset[int]
    reason: str


NO_WAIVER: Final = Waiver(frozenset(), "")
_Layers = dict[int, _Layer]  # by page number; PLACED where it is not named


def searchable_pdf(
    station: Station, view: CaseView, out: Path, waiver: Waiver = NO_WAIVER
) -> Generator[Step, None, tuple[int, ...]]:
    """Write `out`, a PDF/A-2b that gives back its text; the numbers of the pages without words.

    Raises PdfLosesText, PdfChangesNumbers, PdfUncheckable, ToolMissing, ArchiveDamaged, OSError,
    NoReasonGiven, NoSuchPage.
    """
    _check_waiver(view, waiver)
    layers: _Layers = {}
    while True:
        yield from _told(_writing(station, view, out, layers), len(view.pages), _MAKING)
        checking = _checking(station, view, out, layers)
        yield from _told(checking, len(view.pages), _CHECKING)
        if not checking.result:
            break
        again = {check.page: _next_layer(view, check, layers, waiver) for check in checking.result}
        layers |= again
    for number, layer in sorted(layers.items()):
        yield Notice(_laid_out(number, layer, waiver), view.case.reference)
    return tuple(sorted(number for number, layer in layers.items() if layer is _Layer.NONE))


def _check_waiver(view: CaseView, waiver: Waiver) -> None:
    if waiver.pages and not waiver.reason.strip():
        raise NoReasonGiven
    for number in sorted(waiver.pages):
        if not 1 <= number <= len(view.pages):
            raise NoSuchPage(case=view.case.reference, page=number)


def _next_layer(view: CaseView, check: PageCheck, layers: _Layers, waiver: Waiver) -> _Layer:
    match layers.get(check.page, _Layer.PLACED):
        case _Layer.PLACED:
            return _Layer.PLAIN
        case _Layer.PLAIN if check.page in waiver.pages:
            return _Layer.NONE
        case _:
            raise refusal(view.case.reference, check)


def _laid_out(number: int, layer: _Layer, waiver: Waiver) -> ArchiverError:
    if layer is _Layer.PLAIN:
        return PageInPlainLines(page=number)
    return PageWithoutWords(page=number, reason=waiver.reason)


def refusal(case: str, check: PageCheck) -> PdfLosesText:
    """A check that failed, in words."""
    kind = PdfChangesNumbers if check.numbers else PdfLosesText
    return kind(
        case=case,
        page=check.page,
        extractor=check.extractor,
        lost=check.lost,
        letters=check.letters,
        percent=round(100 * check.lost / max(check.letters, 1), 1),
        numbers=" · ".join(check.numbers),
    )


def _told(work: Iterable[int], pages: int, what: str) -> Iterator[Step]:
    yield Progress(0, pages, _(what))
    told = 0
    for done in work:
        if done > told:
            told = done
            yield Progress(done, pages, _(what))


def _writing(station: Station, view: CaseView, out: Path, layers: _Layers) -> Watched[None]:
    def work(report: Callable[[int], None]) -> None:
        from ocr.pdf import write_pdf  # noqa: PLC0415 - brings numpy and Pillow, as below

        def pages() -> "Iterator[PdfPage]":
            for number, page in enumerate(view.pages, 1):
                yield _pdf_page(station, page, _text(station, page, layers.get(number)))
                report(number)

        title = f"{view.case.reference} {view.case.title}".strip()
        try:
            write_pdf(pages(), out, title=title, language="ar")
        except OcrError as error:
            raise ArchiveDamaged(detail=error) from error

    return Watched(work)


def _checking(
    station: Station, view: CaseView, pdf: Path, layers: _Layers
) -> Watched[list[PageCheck]]:
    def work(report: Callable[[int], None]) -> list[PageCheck]:
        texts = (
            _text(station, page, layers.get(number)) for number, page in enumerate(view.pages, 1)
        )
        failed = []
        try:
            for check in check_pages(pdf, texts, TIMEOUT_S + _SECONDS_A_PAGE * len(view.pages)):
                report(check.page)
                if not check.is_faithful:
                    failed.append(check)
        except EngineMissing as error:
            raise ToolMissing(tool="poppler", detail=error) from error
        except (EngineFailed, EngineTimeout) as error:
            raise PdfUncheckable(detail=error) from error
        return failed

    return Watched(work)


def _text(station: Station, page: Page, layer: _Layer | None) -> PageText | None:
    text = None if layer is _Layer.NONE else page_text(station, page)
    return textlayer.plain(text) if layer is _Layer.PLAIN and text is not None else text


def _pdf_page(station: Station, page: Page, text: PageText | None) -> "PdfPage":
    from ocr.pdf import PdfPage  # noqa: PLC0415
    from ocr.pdf_picture import is_bitonal  # noqa: PLC0415

    master = station.blobs.path(page.master)
    # A purged master leaves its access copy behind.
    whole = page.media_type in _BITONAL and not page.cut and master.exists()
    bitonal = whole and is_bitonal(master)
    return PdfPage(
        picture=master if bitonal else station.blobs.path(page.access),
        width_px=page.width_px,
        height_px=page.height_px,
        turn_deg=page.turn_deg,
        dpi=page.dpi,
        text=text,
    )

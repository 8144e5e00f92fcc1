"""The PDF of a case file with its text, and the gate that it has to pass before it leaves.

Its text is taken out again, by poppler and by PDFium in limited processes, and compared page by
page. A page that loses letters or changes a number is laid out anew in plain lines; where that
does not help, there is no PDF.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from archiver.errors import ArchiveDamaged, ArchiverError, EnvironmentProblem, ToolMissing
from archiver.i18n import N_, _
from archiver.jobs.watched import Watched
from archiver.model.casefile import Page
from archiver.model.changes import Notice, Progress, Step
from archiver.workflow.queries import CaseView, page_text
from archiver.workflow.station import Station
from ocr import textlayer
from ocr.errors import EngineFailed, EngineMissing, EngineTimeout, OcrError
from ocr.page import PageText
from ocr.pdf import PdfPage, write_pdf
from ocr.pdf_check import TIMEOUT_S, PageCheck, check_pages
from ocr.pdf_picture import is_bitonal

_MAKING: Final = N_("Making the PDF with its text")
_CHECKING: Final = N_("Taking the text out of the PDF again")
_BITONAL: Final = ("image/tiff", "image/png")
_SECONDS_A_PAGE: Final = 2.0


class PdfLosesText(ArchiverError):
    what = N_(
        "The PDF of {case} does not give back its text: on page {page}, {extractor} loses {lost}"
        " of {letters} letters ({percent} %)."
    )
    advice = N_("Nothing was written. Look at the text of that page, correct it and try again.")
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


class PdfUncheckable(EnvironmentProblem):
    what = N_("The PDF could not be read back: {detail}.")
    advice = N_("Nothing was written. Run “archiver doctor”, then try again.")


def searchable_pdf(station: Station, view: CaseView, out: Path) -> Iterator[Step]:
    """Write `out`, a PDF/A-2b that gives back its text.

    Raises PdfLosesText, PdfChangesNumbers, PdfUncheckable, ToolMissing, ArchiveDamaged, OSError.
    """
    plain: frozenset[int] = frozenset()
    while True:
        yield from _told(_writing(station, view, out, plain), len(view.pages), _MAKING)
        checking = _checking(station, view, out, plain)
        yield from _told(checking, len(view.pages), _CHECKING)
        failed = checking.result
        for check in failed:
            if check.page in plain:
                raise refusal(view.case.reference, check)
        if not failed:
            break
        plain |= {check.page for check in failed}
    for page in sorted(plain):
        yield Notice(PageInPlainLines(page=page), view.case.reference)


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


def _writing(station: Station, view: CaseView, out: Path, plain: frozenset[int]) -> Watched[None]:
    def work(report: Callable[[int], None]) -> None:
        def pages() -> Iterator[PdfPage]:
            for number, page in enumerate(view.pages, 1):
                yield _pdf_page(station, page, _text(station, page, number in plain))
                report(number)

        title = f"{view.case.reference} {view.case.title}".strip()
        try:
            write_pdf(pages(), out, title=title, language="ar")
        except OcrError as error:
            raise ArchiveDamaged(detail=error) from error

    return Watched(work)


def _checking(
    station: Station, view: CaseView, pdf: Path, plain: frozenset[int]
) -> Watched[list[PageCheck]]:
    def work(report: Callable[[int], None]) -> list[PageCheck]:
        texts = (_text(station, page, number in plain) for number, page in enumerate(view.pages, 1))
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


def _text(station: Station, page: Page, plain: bool) -> PageText | None:
    text = page_text(station, page)
    return textlayer.plain(text) if plain and text is not None else text


def _pdf_page(station: Station, page: Page, text: PageText | None) -> PdfPage:
    master = station.blobs.path(page.master)
    bitonal = page.media_type in _BITONAL and is_bitonal(master)
    return PdfPage(
        picture=master if bitonal else station.blobs.path(page.access),
        width_px=page.width_px,
        height_px=page.height_px,
        turn_deg=page.turn_deg,
        dpi=page.dpi,
        text=text,
    )

"""Separators on paper, an A4 sheet each: slips for case files and documents, patch sheets."""

import html
from base64 import b64encode
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
import pikepdf
import zxingcpp
from PIL import Image

from archiver.capture.separators import BAND_MM, Grey
from archiver.capture.slip import Broken, Slip, of_qr
from archiver.errors import RequestRefused, UnknownSeries
from archiver.i18n import N_, _, digits, language, ngettext
from archiver.model.changes import Changed, Progress, Step
from archiver.model.identity import CaseKey
from archiver.model.lot import Lot
from archiver.store.durable import write_bytes
from archiver.workflow import paper, vocabulary
from archiver.workflow.arranging import check_kind
from archiver.workflow.case_lists import rows_of
from archiver.workflow.faults import storage_faults
from archiver.workflow.lots import find_lot, lot_view
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import label

LEAST_MODULE_MM: Final = 0.5  # 6 px at 300 dpi: read at every angle
_QR_MM: Final = 78.0
_BARS_MM: Final = (186.0, 20.0)  # with their quiet zones
_MOST_BAR_MM: Final = 0.75
_TOGETHER: Final = 50  # slips that are laid out in one go
_QUIET: Final = (4, 10)  # modules on each side, of the QR code and of the bars
_STYLE: Final = f"""
@page {{ margin: 9mm 10mm; @bottom-center {{ content: none; }} }}
body {{ margin: 0; }}
.slip {{ break-after: page; position: relative; height: 278mm; text-align: center; }}
.slip:last-child {{ break-after: auto; }}
.band {{ width: {BAND_MM[0]}mm; height: {BAND_MM[1]}mm; background: #000; position: absolute;
  left: 5mm; top: 0; }}
.low {{ top: auto; bottom: 0; }}
.house {{ padding-top: 15mm; }}
.slip h1 {{ margin: 6mm 0 6mm; font-size: 20pt; }}
.plate {{ border: 1.2pt solid #000; border-radius: 2mm; display: inline-block; padding: 4mm 9mm;
  font-size: 30pt; font-weight: 700; direction: rtl; }}
.slip p {{ font-size: 16pt; margin: 3mm 0; }}
.slip .foot {{ font-size: 10pt; position: absolute; bottom: 14mm; left: 0; right: 0; }}
.codes {{ position: absolute; top: 100mm; left: 0; right: 0; direction: ltr; }}
.codes img {{ display: block; margin: 8mm auto; image-rendering: pixelated; }}
"""


class NoSlips(RequestRefused):
    what = N_("There is nothing to print a slip for.")
    advice = N_("Name case files, a list, a lot, a kind of document, or --patch.")


class NoSlipFor(RequestRefused):
    what = N_("No slip can be printed for {reference}: a slip holds Latin letters and figures.")
    advice = N_("Type the reference when you scan: --item.")


def slip_for(
    station: Station, *, key: CaseKey | None = None, item: str = "", kind: str = "", lot: str = ""
) -> Slip:
    """A slip that can be read back. Raises UnknownSeries, UnknownKind, NoSlipFor, NoSuchLot."""
    series = vocabulary.items("docket_series")
    if key and key.series not in series:
        raise UnknownSeries(series=key.series, known=", ".join(series))
    if kind:
        check_kind(kind)
    slip = Slip(key, item, kind, find_lot(station, lot).name if lot else "")
    try:
        of_qr(slip.payload)
    except Broken as error:
        raise NoSlipFor(reference=item) from error
    return slip


def slips_of_list(station: Station, number: int | None, lot: str = "") -> Iterator[Slip]:
    """One for each row of a case list, the newest where none is named. Raises NoSuchList."""
    for row, _case in rows_of(station, number):
        yield slip_for(station, key=row.key, lot=lot)


def slips_of_lot(station: Station, lot: Lot) -> Iterator[Slip]:
    """One for each case file that the lot declares."""
    for row in lot_view(station, lot).rows:
        declared = row.declared
        key = CaseKey.parse(declared.reference, declared.series) if declared.series else None
        item = "" if key else declared.reference
        yield slip_for(station, key=key, item=item, lot=lot.name)


def print_slips(station: Station, slips: Sequence[Slip], out: Path) -> Iterator[Step]:
    """Write a PDF with one page a slip. Raises NoSlips, ToolMissing, StorageFailed, DiskFull."""
    if not slips:
        raise NoSlips
    with pikepdf.new() as whole:
        for done in range(0, len(slips), _TOGETHER):
            yield Progress(done, len(slips), _("Drawing the slips"))
            part = pikepdf.open(BytesIO(_drawn(station, slips[done : done + _TOGETHER])))
            whole.pages.extend(part.pages)
        content = BytesIO()
        whole.save(content)
    with storage_faults(out):
        write_bytes(out, content.getvalue())
    words = ngettext("{count} slip is in {path}.", "{count} slips are in {path}.", len(slips))
    yield Changed(
        "slips",
        facts={"path": str(out), "slips": len(slips)},
        sentence=words.format(count=digits(len(slips)), path=out),
    )


def _drawn(station: Station, slips: Sequence[Slip]) -> bytes:
    body = "".join(_page(station, slip) for slip in slips)
    direction = "rtl" if language() == "ar" else "ltr"
    return paper.printed(_("Slips"), body, language=language(), direction=direction, style=_STYLE)


def _page(station: Station, slip: Slip) -> str:
    kind = label("document_kind", slip.kind) if slip.kind else ""
    told = [_("Document: {kind}").format(kind=kind)] if kind and slip.begins_case else []
    told += [_("Lot {lot}").format(lot=digits(slip.lot))] if slip.lot else []
    return (
        '<div class="slip"><div class="band"></div>'
        f'<p class="house">{paper.told(station.settings.station.institution)}</p>'
        f"<h1>{html.escape(_heading(slip))}</h1>"
        f'<div class="plate">{_plate(slip, kind)}</div>'
        + "".join(f"<p>{paper.told(line)}</p>" for line in told)
        + f'<div class="codes">{qr_image(slip)}{bars_image(slip)}</div>'
        f'<p class="foot">{html.escape(_foot(slip))}</p><div class="band low"></div></div>'
    )


def _heading(slip: Slip) -> str:
    return _("Case file separator") if slip.begins_case else _("Document separator")


def _plate(slip: Slip, kind: str) -> str:
    """As the file label has it, in Arabic whatever the language: series, number, year."""
    if slip.key is None:
        return paper.told(slip.item or kind or _("Next document"))
    return (
        paper.told(vocabulary.items("docket_series")[slip.key.series]["ar"])
        + " | "
        + paper.told(digits(slip.key.number))
        + " | "
        + paper.told(f"{digits(slip.key.judicial_year)} ق")
    )


def _foot(slip: Slip) -> str:
    if slip.begins_case:
        return _("Lay this sheet before the case file, face up. It stays out of the case file.")
    return _("Lay this sheet before the document, face up. It stays out of the case file.")


def qr_image(slip: Slip) -> str:
    """The QR code of the slip, with the highest error correction and its quiet zone."""
    code = zxingcpp.create_barcode(slip.payload, zxingcpp.BarcodeFormat.QRCode, ec_level="H")
    picture = np.pad(_modules(code), _QUIET[0], constant_values=255)
    return _image(picture, _QR_MM, _QR_MM)


def bars_image(slip: Slip) -> str:
    """The bars of the slip, each module 0.5 mm wide or wider."""
    line = bar_modules(slip)
    return _image(line, bar_module_mm(slip) * line.shape[1], _BARS_MM[1])


def bar_modules(slip: Slip) -> Grey:
    """One row, a pixel a module, the quiet zones on both sides."""
    code = zxingcpp.create_barcode(slip.bars, zxingcpp.BarcodeFormat.Code128)
    return np.pad(_modules(code)[:1], ((0, 0), (_QUIET[1], _QUIET[1])), constant_values=255)


def bar_module_mm(slip: Slip) -> float:
    return min(_BARS_MM[0] / int(bar_modules(slip).shape[1]), _MOST_BAR_MM)


def _modules(code: zxingcpp.Barcode) -> Grey:
    return np.array(code.to_image(add_quiet_zones=False), np.uint8)


def _image(picture: Grey, width_mm: float, height_mm: float) -> str:
    """A pixel a module, drawn with sharp edges whatever the size."""
    out = BytesIO()
    Image.fromarray(picture).convert("1").save(out, "PNG")
    data = b64encode(out.getvalue()).decode()
    size = f"width:{width_mm:.2f}mm;height:{height_mm:.2f}mm"
    return f'<img style="{size}" src="data:image/png;base64,{data}">'

"""What eSCL scanners say of themselves and how they are asked, in XML.

Source: Mopria Alliance, eSCL Technical Specification 2.97; PWG 5100.x names.
"""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from archiver.errors import (
    ArchiverError,
    CoverOpen,
    PaperJam,
    ScannerFault,
    ScannerRefuses,
)
from archiver.model.scanning import (
    LARGEST,
    PAPER_MM,
    Capabilities,
    Device,
    Mode,
    ScanSettings,
    Source,
)

_SCAN: Final = "http://schemas.hp.com/imaging/escl/2011/05/03"
_PWG: Final = "http://www.pwg.org/schemas/2010/12/sm"
_MODES: Final = {Mode.COLOUR: "RGB24", Mode.GREY: "Grayscale8", Mode.LINEART: "BlackAndWhite1"}
_INPUTS: Final = {
    Source.FLATBED: "PlatenInputCaps",
    Source.FEEDER: "AdfSimplexInputCaps",
    Source.DUPLEX: "AdfDuplexInputCaps",
}
_UNITS_PER_INCH: Final = 300  # of every length in eSCL
_MM_PER_INCH: Final = 25.4
_COMMON_DPIS: Final = (75, 100, 150, 200, 240, 300, 400, 600, 1200)
_CONDITIONS: Final[dict[str, type[ArchiverError]]] = {
    "ScannerAdfJam": PaperJam,
    "ScannerAdfMispick": PaperJam,
    "ScannerAdfMultipickDetected": PaperJam,
    "ScannerAdfHatchOpen": CoverOpen,
    "ScannerAdfDoorOpen": CoverOpen,  # not in the specification, but on devices
}
_UNDER_WAY: Final = frozenset({"Processing", "Pending"})


@dataclass(frozen=True, slots=True)
class Status:
    state: str  # of the scanner: Idle, Processing, Stopped, Down…
    feeder: str  # "" where it has none
    job: str  # the state of our job, "" where it is not listed

    @property
    def may_come(self) -> bool:
        """Whether a page may still come although none is there now."""
        return self.job in _UNDER_WAY or (not self.job and self.feeder == "ScannerAdfProcessing")


def _parsed(xml: bytes) -> etree._Element:
    """Raises ScannerFault. Entities stay unresolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise ScannerFault(detail="XML") from error


def _all(element: etree._Element, name: str) -> list[str]:
    return [(found.text or "").strip() for found in element.iter(f"{{*}}{name}")]


def _first(element: etree._Element, name: str) -> str:
    return next(iter(_all(element, name)), "")


def device(name: str, xml: bytes) -> Device:
    return Device(name, "", _first(_parsed(xml), "MakeAndModel"), "eSCL")


def capabilities(xml: bytes) -> Capabilities:
    root = _parsed(xml)
    inputs = {
        source: found
        for source, tag in _INPUTS.items()
        if (found := root.find(f".//{{*}}{tag}")) is not None
    }
    modes = {word for found in inputs.values() for word in _all(found, "ColorMode")}
    exact = {int(word) for word in _all(root, "XResolution") if word.isdigit()}
    span = root.find(".//{*}XResolutionRange")
    if span is not None:
        least, most = int(_first(span, "Min") or 0), int(_first(span, "Max") or 0)
        exact.update(dpi for dpi in _COMMON_DPIS if least <= dpi <= most)
    return Capabilities(
        sources=tuple(source for source in Source if source in inputs),
        modes=tuple(mode for mode in Mode if _MODES[mode] in modes),
        dpis=tuple(sorted(exact)),
        any_dpi=span is not None,
        width_mm=_most_mm(root, "MaxWidth"),
        height_mm=_most_mm(root, "MaxHeight"),
        options=(),
    )


def _most_mm(root: etree._Element, name: str) -> float:
    found = [int(word) for word in _all(root, name) if word.isdigit()]
    return round(max(found, default=0) / _UNITS_PER_INCH * _MM_PER_INCH, 1)


def request(settings: ScanSettings, can: Capabilities) -> bytes | None:
    """What to send for a job; None where the scanner does not offer it."""
    offered = settings.source in can.sources and settings.mode in can.modes
    if not offered or (settings.dpi not in can.dpis and not can.any_dpi):
        return None
    if settings.options:
        raise ScannerRefuses(detail=", ".join(settings.options))
    width_mm, height_mm = (can.width_mm, can.height_mm)
    if settings.paper != LARGEST:
        asked = PAPER_MM[settings.paper]
        width_mm, height_mm = min(asked[0], width_mm), min(asked[1], height_mm)
    root = etree.Element(f"{{{_SCAN}}}ScanSettings", nsmap={"scan": _SCAN, "pwg": _PWG})
    _put(root, _PWG, "Version", "2.0")
    region = _put(_put(root, _PWG, "ScanRegions"), _PWG, "ScanRegion")
    _put(region, _PWG, "ContentRegionUnits", "escl:ThreeHundredthsOfInches")
    for name, mm in (("XOffset", 0), ("YOffset", 0), ("Width", width_mm), ("Height", height_mm)):
        _put(region, _PWG, name, str(round(mm / _MM_PER_INCH * _UNITS_PER_INCH)))
    _put(root, _PWG, "InputSource", "Platen" if settings.source is Source.FLATBED else "Feeder")
    if settings.source is not Source.FLATBED:
        _put(root, _SCAN, "Duplex", str(settings.source is Source.DUPLEX).lower())
    _put(root, _SCAN, "ColorMode", _MODES[settings.mode])
    _put(root, _SCAN, "XResolution", str(settings.dpi))
    _put(root, _SCAN, "YResolution", str(settings.dpi))
    _put(root, _PWG, "DocumentFormat", "image/jpeg")
    _put(root, _SCAN, "DocumentFormatExt", "image/jpeg")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _put(above: etree._Element, space: str, name: str, text: str = "") -> etree._Element:
    made = etree.SubElement(above, f"{{{space}}}{name}")
    made.text = text or None
    return made


def status(xml: bytes, job: str) -> Status:
    """How the scanner and the job at the address `job` are."""
    root = _parsed(xml)
    own = ""
    for info in root.iter("{*}JobInfo"):
        if job and job.endswith(_first(info, "JobUri").rstrip("/").rpartition("/")[2]):
            own = _first(info, "JobState")
    states = [found.text or "" for found in root.findall("{*}State")]
    return Status((states or [""])[0].strip(), _first(root, "AdfState"), own)


def condition(found: Status, name: str) -> ArchiverError | None:
    """The named condition the scanner is in; None where nothing is wrong."""
    if kind := _CONDITIONS.get(found.feeder):
        return kind(device=name)
    if found.state in ("Stopped", "Down"):
        return ScannerFault(device=name, detail=found.state)
    return None

"""What SANE's drivers call their settings: names are standard for few, values for none."""

import re
from typing import Any, Final

import _sane

from archiver.model.scanning import (
    LARGEST,
    PAPER_MM,
    Capabilities,
    Mode,
    ScanSettings,
    Source,
)

_MM_PER_INCH: Final = 25.4
_COMMON_DPIS: Final = (75, 100, 150, 200, 240, 300, 400, 600, 1200)
_SOURCES: Final = {
    Source.DUPLEX: re.compile(r"duplex|both|two.?sided", re.IGNORECASE),
    Source.FEEDER: re.compile(r"adf|feeder|simplex", re.IGNORECASE),
    Source.FLATBED: re.compile(r"flatbed|platen|normal", re.IGNORECASE),
}
_NOT_FEEDER: Final = re.compile(r"back|duplex|both", re.IGNORECASE)
_MODES: Final = {
    Mode.COLOUR: re.compile(r"^(24.?bit )?colou?r", re.IGNORECASE),
    Mode.GREY: re.compile(r"gr[ae]y", re.IGNORECASE),
    Mode.LINEART: re.compile(r"line.?art|black ?(&|and) ?white|binary|monochrome", re.IGNORECASE),
}
_EDGES: Final = ("tl_x", "tl_y", "br_x", "br_y")
_OURS: Final = frozenset({"source", "mode", "resolution", "depth", *_EDGES})
# A second option that says "both faces": Epson's, Brother's and HP's drivers.
_DUPLEX_SWITCHES: Final = ("adf_mode", "duplex", "scan_both_sides")


class NotOffered(Exception):
    """The scanner has no such setting or value."""


def _values(opened: Any, name: str) -> list[Any]:
    option = opened.opt.get(name)
    found = option.constraint if option is not None and option.is_active() else None
    return list(found) if isinstance(found, list) else []


def _word(opened: Any, name: str, wanted: re.Pattern[str], never: re.Pattern[str] | None) -> str:
    words = [str(word) for word in _values(opened, name)]
    found = [word for word in words if wanted.search(word) and not (never and never.search(word))]
    return found[0] if found else ""


def mode_word(opened: Any, mode: Mode) -> str:
    """The driver's word for `mode`; for lineart that of grey where the depth makes it one."""
    word = _word(opened, "mode", _MODES[mode], None)
    if not word and mode is Mode.LINEART and 1 in _values(opened, "depth"):
        return _word(opened, "mode", _MODES[Mode.GREY], None)
    return word


def source_word(opened: Any, source: Source) -> str:
    """The driver's word for `source`; "" where it has none."""
    never = _NOT_FEEDER if source is Source.FEEDER else None
    return _word(opened, "source", _SOURCES[source], never)


def _duplex_switch(opened: Any) -> tuple[str, Any] | None:
    for name in _DUPLEX_SWITCHES:
        option = opened.opt.get(name)
        if option is None or not option.is_active():
            continue
        if option.type == _sane.TYPE_BOOL:
            return name, 1
        if word := _word(opened, name, _SOURCES[Source.DUPLEX], None):
            return name, word
    return None


def _has(opened: Any, source: Source) -> bool:
    if source_word(opened, source):
        return True
    if source is Source.DUPLEX:
        return _duplex_switch(opened) is not None
    return source is Source.FLATBED and not _values(opened, "source")


def capabilities(opened: Any) -> Capabilities:
    found = opened.opt.get("resolution")
    constraint = found.constraint if found is not None else None
    if isinstance(constraint, tuple):
        least, most = round(constraint[0]), round(constraint[1])
        dpis = tuple(dpi for dpi in _COMMON_DPIS if least <= dpi <= most) or (least, most)
    else:
        dpis = tuple(sorted(round(dpi) for dpi in constraint or ()))
    width, height = (_most_mm(opened, edge) for edge in ("br_x", "br_y"))
    return Capabilities(
        sources=tuple(source for source in Source if _has(opened, source)),
        modes=tuple(mode for mode in Mode if mode_word(opened, mode)),
        dpis=dpis,
        any_dpi=isinstance(constraint, tuple),
        width_mm=round(width, 1),
        height_mm=round(height, 1),
        options=tuple(sorted(set(opened.opt) - _OURS - {""})),
    )


def _most_mm(opened: Any, edge: str) -> float:
    option = opened.opt.get(edge)
    if option is None or not isinstance(option.constraint, tuple):
        return 0.0
    most = float(option.constraint[1])
    if option.unit == _sane.UNIT_PIXEL:
        return most / dpi(opened, 300) * _MM_PER_INCH
    return most


def apply(opened: Any, settings: ScanSettings) -> None:
    """Set everything and look whether it took. Raises NotOffered, or what the driver raises."""
    _set_source(opened, settings.source)
    if word := mode_word(opened, settings.mode):
        _set(opened, "mode", word)
    elif "mode" in opened.opt:
        raise NotOffered(settings.mode.value)
    bits = 1 if settings.mode is Mode.LINEART else 8
    if bits in _values(opened, "depth"):
        _set(opened, "depth", bits)
    if "resolution" in opened.opt:
        _set(opened, "resolution", settings.dpi)
        if dpi(opened, settings.dpi) != settings.dpi:
            raise NotOffered(f"{settings.dpi} dpi")
    _set_area(opened, settings)
    for name, value in settings.options.items():
        _set(opened, name.replace("-", "_"), value)


def _set_source(opened: Any, source: Source) -> None:
    word = source_word(opened, source)
    switch = _duplex_switch(opened) if source is Source.DUPLEX and not word else None
    if not _has(opened, source):
        raise NotOffered(source.value)
    if not word and source is Source.DUPLEX:
        word = source_word(opened, Source.FEEDER)
    if word:
        _set(opened, "source", word)
        if opened.source != word:
            raise NotOffered(source.value)
    if switch:
        _set(opened, *switch)


def _set(opened: Any, name: str, value: Any) -> None:
    if name not in opened.opt:
        raise NotOffered(name)
    if not opened.opt[name].is_active():
        return  # another setting decides it
    try:
        setattr(opened, name, value)
    except _sane.error as error:
        raise NotOffered(f"{name} = {value}") from error


def _set_area(opened: Any, settings: ScanSettings) -> None:
    if not all(edge in opened.opt for edge in _EDGES):
        return
    for edge, axis in (("tl_x", None), ("tl_y", None), ("br_x", 0), ("br_y", 1)):
        option = opened.opt[edge]
        if not option.is_active() or not isinstance(option.constraint, tuple):
            continue
        least, most = option.constraint[:2]
        wanted = least if axis is None else most
        if axis is not None and settings.paper != LARGEST:
            unit = settings.dpi / _MM_PER_INCH if option.unit == _sane.UNIT_PIXEL else 1.0
            wanted = min(most, least + PAPER_MM[settings.paper][axis] * unit)
        _set(opened, edge, type(most)(wanted))


def dpi(opened: Any, otherwise: int) -> int:
    option = opened.opt.get("resolution")
    return round(opened.resolution) if option is not None and option.is_active() else otherwise


def is_bilevel(opened: Any) -> bool:
    """Whether a pixel will be a bit: python-sane hands those out as bytes."""
    return bool(opened.get_parameters()[3] == 1)

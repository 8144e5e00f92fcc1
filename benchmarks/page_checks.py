"""How well the page checks find faults that were drawn, and how often they complain for nothing.

    python -m benchmarks.page_checks [--quick] [--json] [--scans FOLDER]

Clean faces of the demonstration are drawn, then spoilt in known ways, each from just beyond the
limit to plain to see. --scans: real scans beside them, of which it tells what they are flagged for.
"""

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from archiver.capture.copies import ACCESS_LONG_PX, viewable
from archiver.capture.page_image import dpi_of
from archiver.demo.lettering import px
from archiver.demo.manifest import faces
from archiver.demo.paper import Picture, uint8
from archiver.demo.render import draw_face
from archiver.settings import CheckSettings
from benchmarks.telling import command_line, tell
from ocr.imaging.checks import Measure, measure
from ocr.imaging.stored import read_pixels

DPI = 300
FACES = (
    *("01_cover", "02_appeal_statement_1", "06_contested_judgment_1", "08_exhibit_list"),
    *("11_minutes", "13_judgment_2"),
)
Fault = Callable[[Picture], Picture]


def skewed(angle_deg: float) -> Fault:
    def spoil(page: Picture) -> Picture:
        height, width = page.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle_deg, 1.0)
        return uint8(cv2.warpAffine(page, turn, (width, height), borderValue=(238, 238, 238)))

    return spoil


def blurred(sigma_px: float) -> Fault:
    return lambda page: uint8(cv2.GaussianBlur(page, (0, 0), sigma_px))


def shaded(depth: float, side: str) -> Fault:
    def spoil(page: Picture) -> Picture:
        height, width = page.shape[:2]
        ramp = np.linspace(1, 1 - depth, width if side == "right" else height, dtype=np.float32)
        light = ramp[None, :] if side == "right" else ramp[:, None]
        return uint8(page * (light if page.ndim == 2 else light[..., None]))

    return spoil


def faint(contrast: float) -> Fault:
    return lambda page: uint8(255 - (255.0 - page) * contrast)


def glare(radius_mm: float) -> Fault:
    def spoil(page: Picture) -> Picture:
        light = np.zeros(page.shape[:2], np.uint8)
        cv2.circle(light, (page.shape[1] // 3, page.shape[0] // 3), px(radius_mm), 255, -1)
        soft = cv2.GaussianBlur(light, (0, 0), 30)
        return uint8(cv2.add(page, soft if page.ndim == 2 else cv2.merge([soft] * 3)))

    return spoil


def cut(side: str, inside_mm: float) -> Fault:
    """Cropped through the text: some `inside_mm` within it, where a line or column is dense."""

    def spoil(page: Picture) -> Picture:
        ink = (page if page.ndim == 2 else page.min(axis=2)) < 110
        inner = ink[px(20) : -px(20), px(20) : -px(20)]
        across = side in ("left", "right")
        dense = inner.sum(0 if across else 1)
        places = np.flatnonzero(dense > (30 if across else 60))
        if side in ("left", "top"):
            first = int(places[0]) + px(inside_mm)
            at = px(20) + first + int(dense[first : first + px(8)].argmax())
            return page[:, at:] if across else page[at:]
        last = int(places[-1]) - px(inside_mm)
        at = px(20) + last - px(8) + int(dense[last - px(8) : last].argmax())
        return page[:, :at] if across else page[:at]

    return spoil


def folded(length_mm: float, corner: int, bed: int) -> Fault:
    """corner: quarter turns from the upper left. bed: grey level that shows in its place."""

    def spoil(page: Picture) -> Picture:
        turned = np.rot90(page, corner).copy()
        side, drop = px(length_mm), px(length_mm * 1.2)
        shadow = turned.copy()
        cv2.fillPoly(shadow, [np.array([(0, drop + 20), (side + 24, 0), (side, drop)])], (150,) * 3)
        soft = cv2.GaussianBlur(shadow[: drop + 60, : side + 60], (0, 0), 9)
        area = turned[: drop + 60, : side + 60]
        turned[: drop + 60, : side + 60] = cv2.min(area, soft)
        cv2.fillPoly(turned, [np.array([(0, 0), (side, 0), (0, drop)])], (bed,) * 3)
        flap = np.array([(side, 0), (0, drop), (int(side * 0.8), int(drop * 0.8))])
        cv2.fillPoly(turned, [flap], (230,) * 3)
        return np.ascontiguousarray(np.rot90(turned, -corner))

    return spoil


FAULTS: dict[str, dict[str, Fault]] = {
    "skew": {f"{deg}°": skewed(deg) for deg in (-6, -2.5, 2.2, 3, 8)},
    "blur": {f"sigma {sigma} px": blurred(sigma) for sigma in (2.5, 3, 4, 6)},
    "dark": {f"{side} {depth}": shaded(depth, side)
             for side in ("right", "foot") for depth in (0.35, 0.5)},
    "contrast": {f"{share}": faint(share) for share in (0.15, 0.25)},
    "clipped": {f"{mm} mm": glare(mm) for mm in (20, 40)},
    "cut": {f"{side} {mm} mm": cut(side, mm)
            for side in ("left", "right", "top", "foot") for mm in (3, 15)},
    "corner": {f"{mm} mm at {corner}, bed {bed}": folded(mm, corner, bed)
               for mm, corner, bed in ((12, 0, 158), (18, 1, 40), (26, 2, 158), (34, 3, 40),
                                       (22, 0, 205), (15, 1, 158))},
}  # fmt: skip


def seen(page: Picture, dpi: int) -> tuple[dict[str, Measure], float]:
    """Figures of the page's access copy, and milliseconds of decoding and measuring."""
    image = viewable(Image.fromarray(page))
    image.thumbnail((ACCESS_LONG_PX, ACCESS_LONG_PX))
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    started = time.thread_time()
    grey = uint8(cv2.imdecode(np.frombuffer(out.getvalue(), np.uint8), cv2.IMREAD_GRAYSCALE))
    found = measure(grey, round(dpi * image.width / page.shape[1]))
    return found, (time.thread_time() - started) * 1000


def flagged(found: dict[str, Measure]) -> set[str]:
    limits = CheckSettings()
    most = {"skew": limits.skew_deg, "blur": limits.blur_mm, "dark": limits.dark_percent / 100,
            "clipped": limits.clipped_percent / 100, "cut": limits.cut_mm,
            "corner": limits.corner_cm2}  # fmt: skip
    told = {name for name, limit in most.items()
            if name in found and abs(found[name].figure) > limit}  # fmt: skip
    contrast = found.get("contrast")
    if contrast and contrast.figure * 100 < limits.contrast_percent:
        told.add("contrast")
    return told


def clean_faces() -> Iterator[tuple[str, Picture]]:
    known = {face.name: face for _bundle, face in faces()}
    for name in FACES:
        yield name, draw_face(known[name], colour=name == "01_cover")


def run(wanted: int) -> dict[str, object]:
    hits: dict[str, list[int]] = {name: [0, 0] for name in FAULTS}
    missed: list[str] = []
    also: list[str] = []
    alarms: list[str] = []
    milliseconds: list[float] = []
    beside = dict.fromkeys(FAULTS, 0)
    for name, page in islice(clean_faces(), wanted):
        found, took = seen(page, DPI)
        milliseconds.append(took)
        alarms += [f"{name}: {fault}" for fault in flagged(found)]
        for fault, ways in FAULTS.items():
            for way, spoil in ways.items():
                found, took = seen(spoil(page), DPI)
                milliseconds.append(took)
                told = flagged(found)
                hits[fault][0] += fault in told
                hits[fault][1] += 1
                if fault not in told:
                    missed.append(f"{name}: {fault} {way}: {found.get(fault)}")
                for other in told - {fault}:
                    beside[other] += 1
                    also.append(f"{name}: {fault} {way}: {other} {found[other].figure}")
    return {
        "recall": {name: f"{got} of {count}" for name, (got, count) in hits.items()},
        "also_flagged_on_pages_with_another_fault": beside,
        "missed": missed,
        "also": also,
        "alarms_on_clean_pages": alarms,
        "clean_pages": len(FACES),
        "milliseconds_p50": round(float(np.median(milliseconds)), 1),
        "milliseconds_p95": round(float(np.percentile(milliseconds, 95)), 1),
    }


def scans(folder: Path) -> dict[str, list[str]]:
    told = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in (".tif", ".png", ".jpg"):
            with Image.open(path) as image:
                dpi = dpi_of(image)
            told[path.name] = sorted(flagged(seen(read_pixels(path), dpi)[0]))
    return told


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("--scans", type=Path)
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    result = run(2 if asked.quick else len(FACES))
    if asked.scans:
        result["scans"] = scans(asked.scans)
    tell(result, as_json=asked.json)


if __name__ == "__main__":
    main()

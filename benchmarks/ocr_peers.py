"""The readers that ours is held against."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2

from ocr.imaging.arrays import Image

ROOT: Final = Path(__file__).resolve().parent.parent
TESSDATA: Final = ROOT / "resources" / "tessdata"
STATION, STOCK = "station_ara", "ara"
TIMEOUT_S: Final = 90  # a page; grain can keep Tesseract busy for ever
ENVIRONMENT: Final = {**os.environ, "OMP_THREAD_LIMIT": "1"}


def write_image(image: Image, path: Path) -> None:
    pixels = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(path.suffix, pixels)
    path.write_bytes(data.tobytes())


def bare_tesseract(image: Path, out: Path, dpi: int, model: str, *outputs: str) -> list[str]:
    """The command that reads one image as it is."""
    folder = ["--tessdata-dir", str(TESSDATA)] if model == STATION else []
    resolution = ["--dpi", str(dpi)] if dpi else []
    return ["tesseract", str(image), str(out), "-l", model, *folder, *resolution, *outputs]


def text_of(command: list[str], out: Path) -> str | None:
    """What the command wrote; None where it took too long or failed."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S, env=ENVIRONMENT)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return out.read_text("utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class OcrMyPdf:
    command: str

    def version(self) -> str:
        told = subprocess.run(
            [self.command, "--version"], check=True, capture_output=True, text=True, timeout=60
        )
        return told.stdout.strip()

    def arguments(self, source: Path, out: Path, *options: str, jobs: int = 1) -> list[str]:
        """With the station's model, as well as it is configured without knowing the page."""
        return [self.command, "--jobs", str(jobs), "-l", STATION, *options, str(source), str(out)]

    def environment(self) -> dict[str, str]:
        return {**ENVIRONMENT, "TESSDATA_PREFIX": str(TESSDATA)}

    def text(self, image: Path, dpi: int) -> str | None:
        sidecar, out = image.with_suffix(".sidecar"), image.with_suffix(".out.pdf")
        options = ("--deskew", "--sidecar", str(sidecar), "--image-dpi", str(dpi or 300))
        command = self.arguments(image, out, *options)
        try:
            subprocess.run(
                command,
                check=True,
                capture_output=True,
                timeout=TIMEOUT_S,
                env=self.environment(),
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return None
        return sidecar.read_text("utf-8", errors="replace")

"""Pages drawn for the reader, and what scanners and time do to them."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.imaging.arrays import uint8

RESOURCES = Path(__file__).parent.parent / "resources"
TESSDATA = RESOURCES / "tessdata"
DPI = 200
LINES = (
    "باسم الشعب",
    "محكمة النقض",
    "الدائرة المدنية والتجارية",
    "في الطعن المقيد في جدول المحكمة برقم ٩٩٠٠١ لسنة ٩٣ ق",
    "جلسة يوم الخميس ١٧/١٠/٢٠٢٤ الموافق 17/10/2024",
    "وحيث إن الوقائع تتحصل في أن المطعون ضدها أقامت الدعوى",
    "بطلب الحكم بإلزام الطاعنة بأن تؤدي إليها مبلغ 1,250 جنيه",
    "عملا بالمادة (254) من قانون المرافعات المدنية والتجارية",
)
TEXT = "\n".join(LINES)

Pixels = NDArray[np.uint8]


def page(lines: tuple[str, ...] = LINES, font: str = "NotoNaskhArabic-Regular.ttf") -> Pixels:
    """A5 across at 200 dpi, grey, (1100, 1640)."""
    face = ImageFont.truetype(RESOURCES / "fonts" / font, 44, layout_engine=ImageFont.Layout.RAQM)
    sheet = Image.new("L", (1640, 1100), 250)
    draw = ImageDraw.Draw(sheet)
    for row, line in enumerate(lines):
        place = (1500, 120 + row * 115)
        draw.text(place, line, font=face, fill=25, anchor="ra", direction="rtl", language="ar")
    return np.asarray(sheet)


def skewed(sheet: Pixels, clockwise_deg: float) -> Pixels:
    height, width = sheet.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -clockwise_deg, 1)
    return uint8(cv2.warpAffine(sheet, turn, (width, height), borderValue=(250,)))


def noisy(sheet: NDArray[np.float64] | Pixels, spread: float = 5.0) -> Pixels:
    grain = np.random.default_rng(1).normal(0, spread, sheet.shape)
    return (sheet + grain).clip(0, 255).astype(np.uint8)


def badly_lit(sheet: Pixels) -> Pixels:
    """A quarter of the light in one corner, and the shadow of a hand."""
    height, width = sheet.shape
    y, x = np.mgrid[0:height, 0:width]
    fall = 1 - 0.75 * (0.7 * x / width + 0.5 * y / height - 0.1).clip(0, 1)
    shadow = np.exp(-((x - 0.25 * width) ** 2 + (y - 0.7 * height) ** 2) / (0.03 * width**2))
    return noisy((0.75 * sheet + 40) * fall * (1 - 0.35 * shadow), 3)


def stamped(sheet: Pixels, rgb: tuple[int, int, int] = (40, 60, 170)) -> Pixels:
    """Two round stamps across the text, ink over ink as it is on paper."""
    height, width = sheet.shape
    stamp = np.full((height, width, 3), 255, np.uint8)
    for across, down in ((0.4, 0.35), (0.7, 0.7)):
        middle = (round(across * width), round(down * height))
        for radius in (190, 140):
            cv2.circle(stamp, middle, radius, rgb, 10)
        cv2.line(
            stamp, (middle[0] - 190, middle[1] - 30), (middle[0] + 190, middle[1] + 40), rgb, 8
        )
    return (sheet[..., None] * (stamp / 255.0)).astype(np.uint8)


def worn_back() -> Pixels:
    """A blank back as a scanner sees it: grain, dust, a dark edge, two punched holes."""
    sheet = noisy(np.full((1100, 1640), 245, np.uint8))
    places = np.random.default_rng(2).integers((20, 60), (1620, 1080), (50, 2))
    for x, y in places.tolist():
        cv2.circle(sheet, (x, y), 1, (40,), -1)
    for x in (500, 1130):
        cv2.circle(sheet, (x, 70), 22, (20,), -1)
    sheet[:, -30:] = 15
    return sheet


def showing_through() -> Pixels:
    """A blank back with the front's print shining through it, mirrored and blurred."""
    front = cv2.GaussianBlur(page()[:, ::-1].copy(), (0, 0), 2.0).astype(np.float64)
    return noisy(250 - 0.3 * (250 - front), 4)

"""Small pages that read in less than a second, and the people who handle them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from archiver.model.actor import Actor
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.settings import resource

OPERATOR = Actor("منى", "operator", "محطة ١", "شركة الأرشفة")
CHECKER = Actor("سامي", "checker", "محطة ١", "شركة الأرشفة")
CASE = "99001/93"
JUDGMENT = ("الطعن رقم ٩٩٠٠١ لسنة ٩٣ القضائية", "صدر هذا الحكم في جلسة علنية اليوم")
RECEIPT = ("إيصال إيداع الكفالة", "استلمت من الطاعن مبلغ الرسم", "الطعن رقم 99001 لسنة 93 ق")
SIZE_PX = (620, 440)  # half of A5 at 105 dpi


def let_seal_undescribed(root: Path) -> None:
    """Tests of packages and their ways need not fill in a form first."""
    with (root / "station.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[description]\nrequired = false\n")


def without(archive: Path, *gates: str) -> None:
    """station.toml has both gates, in words, to be switched off."""
    path = archive / "station.toml"
    text = path.read_text("utf-8")
    for gate in gates:
        assert f"{gate}_required = true" in text
        text = text.replace(f"{gate}_required = true", f"{gate}_required = false")
    path.write_text(text, "utf-8")


def drawn(lines: Sequence[str], size_px: tuple[int, int] = SIZE_PX) -> Image.Image:
    """A grey page with these lines of Arabic print."""
    path = resource("fonts/NotoNaskhArabic-Regular.ttf")
    font = ImageFont.truetype(path, 30, layout_engine=ImageFont.Layout.RAQM)
    page = Image.new("L", size_px, 245)
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(lines):
        place = (size_px[0] - 40, 60 + row * 70)
        draw.text(place, line, font=font, fill=20, anchor="ra", direction="rtl", language="ar")
    return page


def save(path: Path, lines: Sequence[str], size_px: tuple[int, int] = SIZE_PX) -> Path:
    """A page as a file; its name tells the format."""
    drawn(lines, size_px).save(path, dpi=(105, 105))
    return path


def bind(path: Path, *pages: Sequence[str]) -> Path:
    """Several pages in one TIFF or PDF; its name tells which."""
    first, *others = [drawn(lines) for lines in pages]
    first.save(path, save_all=True, append_images=others, dpi=(105, 105))
    return path


def finish(steps: Iterable[Step]) -> tuple[Changed, list[Notice]]:
    """Run a command to its end: what it changed, and what it refused on the way."""
    told = list(steps)
    changed = told[-1]
    assert isinstance(changed, Changed)
    assert all(isinstance(step, Progress | Notice) for step in told[:-1])
    return changed, [step for step in told if isinstance(step, Notice)]

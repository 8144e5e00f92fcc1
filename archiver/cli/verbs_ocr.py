"""The verbs of the reader itself: ocr score."""

from collections.abc import Iterator
from pathlib import Path

import click

from archiver.cli.group import Call, lang_option, station_command, verb
from archiver.errors import NothingToScore, NotScored, ToolMissing
from archiver.i18n import _, digits
from archiver.model.changes import Changed, Progress, Step
from archiver.settings import resource
from ocr.errors import EngineMissing, OcrError
from ocr.measure import Item, images_with_truth, measure, summary
from ocr.recipe import PRINT
from ocr.tesseract import MODELS, Tesseract, TesseractSettings


@station_command.group("ocr", help=_("Measure the reader: score."))
@lang_option
def ocr_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


@verb(
    "score",
    _("Read images that have their text beside them (.txt), and tell how much was read wrongly."),
    "  archiver ocr score pages/\n  archiver ocr score crops/ --lines --json",
    group=ocr_group,
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--lines", is_flag=True, help=_("Each image is a crop of one line."))
@click.option(
    "--language",
    type=click.Choice(sorted(MODELS)),
    default="ara",
    show_default=True,
    help=_("The language of the print."),
)
def ocr_score(call: Call, folder: Path, lines: bool, language: str) -> None:
    call.voice.done(call.voice.follow(_steps(folder, language, lines=lines)))


def _steps(folder: Path, language: str, *, lines: bool) -> Iterator[Step]:
    images = images_with_truth(folder)
    if not images:
        raise NothingToScore(path=folder)
    engine = Tesseract(TesseractSettings(resource("tessdata")))
    found: list[Item] = []
    try:
        for item in measure(images, language, engine, PRINT, lines=lines):
            found.append(item)
            yield Progress(len(found), len(images), item.name)
    except EngineMissing as error:
        raise ToolMissing(tool="tesseract", detail=error) from error
    except (OcrError, OSError, UnicodeDecodeError) as error:
        raise NotScored(name=images[len(found)].name, detail=error) from error
    facts: dict[str, object] = {**summary(found)}
    words = [f"{digits(facts[name]):>8}  {text}" for name, text in _words()]
    yield Changed("ocr score", facts=facts, sentence="\n".join(words))


def _words() -> Iterator[tuple[str, str]]:
    yield "cer", _("wrong characters, %")
    yield "wer", _("wrong words, %")
    yield "strict_cer", _("wrong characters, vowel marks and digit sets counted, %")
    yield "number_recall", _("numbers found, %")
    yield "items", _("images")
    yield "seconds_per_item", _("seconds an image")

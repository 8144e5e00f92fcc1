"""The verb that shows what a model is trained on."""

from pathlib import Path

import click
import cv2
import numpy as np

from ocr.training import press_room
from ocr.training.press_room import Stock
from ocr.training.wear import Wearer

MODEL = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--base", required=True, type=MODEL, help="The model whose letters are used.")
@click.option("--fonts", multiple=True, type=FOLDER, help="Folders of fonts, beside our own.")
@click.option("--dictionary", type=MODEL, help="hunspell-ar's ar.dic.")
@click.option("--count", default=50, show_default=True)
@click.option("--seed", default=7, show_default=True)
@click.option("--worn/--clean", default=True, show_default=True)
def lines(
    folder: Path,
    base: Path,
    fonts: tuple[Path, ...],
    dictionary: Path | None,
    count: int,
    seed: int,
    worn: bool,
) -> None:
    """Write rendered lines with their texts to FOLDER, to look at or to measure with.

    \b
    Example: python -m ocr.training lines look/ --base ara.traineddata --count 20
    """
    folder.mkdir(parents=True, exist_ok=True)
    own = (press_room.own_fonts(), *fonts)
    press = press_room.press_of(Stock(base, own, dictionary, (press_room.own_texts(),), seed))
    clean = [press.line(number) for number in range(count)]
    images = [image for image, _ in clean]
    for number, (image, text) in enumerate(clean):
        wearer = Wearer(np.random.default_rng((seed, number)))
        shown = wearer.worn(image, images) if worn else image
        cv2.imwrite(str(folder / f"{number:05d}.png"), shown)
        (folder / f"{number:05d}.txt").write_text(text + "\n", "utf-8")
    click.echo(f"{count} lines in {folder}")

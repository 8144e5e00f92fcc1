# mypy: disable-error-code="import-not-found"
"""The verbs that run the network: train, pack, adapt."""

from pathlib import Path

import click
import torch

from ocr.training import adapt as adapting
from ocr.training import course, model_file, press_room, traineddata
from ocr.training.adapt import CHECKPOINT, EVERY_S, Adaptation
from ocr.training.commands_model import described
from ocr.training.course import Course, Plan, Progress
from ocr.training.press_room import Stock

MODEL = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--base", required=True, type=MODEL, help="Tesseract's best_int Arabic model.")
@click.option("--model", required=True, type=NEW_FILE, help="Where the new model is written.")
@click.option("--folder", required=True, type=NEW_FOLDER, help="Keeps the checkpoint.")
@click.option("--fonts", multiple=True, type=FOLDER, help="Folders of fonts, beside our own.")
@click.option("--dictionary", type=MODEL, help="hunspell-ar's ar.dic.")
@click.option("--texts", multiple=True, type=FOLDER, help="Folders of .txt, beside our own.")
@click.option("--lines", default=150_000, show_default=True, help="Lines to learn from.")
@click.option("--seed", default=7, show_default=True)
@click.option("--rate", default=1.3e-3, show_default=True, help="Highest learning rate.")
@click.option(
    "--threads", default=1, show_default=True, help="Of the network; lines take one more."
)
def train(
    base: Path,
    model: Path,
    folder: Path,
    fonts: tuple[Path, ...],
    dictionary: Path | None,
    texts: tuple[Path, ...],
    lines: int,
    seed: int,
    rate: float,
    threads: int,
) -> None:
    """Train from BASE on rendered lines; run it again and it goes on where it was.

    \b
    Example:
      python -m ocr.training train --base ara.traineddata --fonts /usr/share/fonts \\
          --dictionary /usr/share/hunspell/ar.dic --folder course --model new.traineddata
    """
    torch.set_num_threads(threads)
    opened = model_file.opened(traineddata.read(base)).extended()
    plan = Plan(lines, seed, rate=rate)
    training = course.begin(plan, opened.weights)
    checkpoint = _resumed(training, folder)
    stock = Stock(
        base,
        (press_room.own_fonts(), *fonts),
        dictionary,
        (press_room.own_texts(), *texts),
        seed,
    )
    chunks = press_room.chunks(stock, plan.chunk, training.next_chunk)
    course.run(training, chunks, checkpoint, EVERY_S, _tell)
    version = f"{model.stem}, {training.seen} lines, seed {seed}, from {base.name}"
    traineddata.write(model, opened.packed(training.weights(), version))
    click.echo(f"{model} written.")


@click.command()
@click.option("--base", required=True, type=MODEL, help="The model the course began from.")
@click.option("--folder", required=True, type=FOLDER, help="The folder of the course.")
@click.option("--model", required=True, type=NEW_FILE, help="Where the model is written.")
def pack(base: Path, folder: Path, model: Path) -> None:
    """Write a model from a course that is still under way."""
    opened = model_file.opened(traineddata.read(base)).extended()
    training = course.begin(Plan(1), opened.weights)
    training.resume(folder / CHECKPOINT)
    version = f"{model.stem}, {training.seen} lines, from {base.name}"
    traineddata.write(model, opened.packed(training.weights(), version))
    click.echo(f"{model} written, {training.seen} lines.")


@click.command()
@click.option("--model", required=True, type=MODEL, help="The model in use; it may be replaced.")
@click.option("--corrected", required=True, type=FOLDER, help="Line images, .txt beside each.")
@click.option(
    "--folder",
    required=True,
    type=NEW_FOLDER,
    help="Checkpoint and candidate; a new one each time.",
)
@click.option("--fonts", multiple=True, type=FOLDER, help="Folders of fonts, beside our own.")
@click.option("--rehearse/--no-rehearse", default=True, help="Mix rendered lines in (wordfreq).")
@click.option("--lines", default=10_000, show_default=True, help="Lines to learn from.")
@click.option("--seed", default=7, show_default=True)
@click.option("--rate", default=2e-4, show_default=True, help="Highest learning rate.")
def adapt(
    model: Path,
    corrected: Path,
    folder: Path,
    fonts: tuple[Path, ...],
    rehearse: bool,
    lines: int,
    seed: int,
    rate: float,
) -> None:
    """Learn from lines that operators corrected; MODEL is replaced only by a better one.

    One line of five is held back to decide. `rollback` brings the old model back.

    \b
    Example:
      python -m ocr.training adapt --model station_ara.traineddata --corrected lines/ \\
          --folder course
    """
    torch.set_num_threads(1)
    plan = Plan(lines, seed, rate=rate, top_rate=1.0)
    task = Adaptation(model, corrected, folder, plan)
    stock = Stock(model, (press_room.own_fonts(), *fonts), None, (press_room.own_texts(),), seed)
    rendered = press_room.chunks(stock, plan.chunk // 2, 0) if rehearse else None
    contest = adapting.adapt(task, rendered, _tell)
    click.echo(f"old  {described(contest.old)}\nnew  {described(contest.new)}")
    click.echo("The new model is in use." if contest.is_better else "The old model stays.")


def _resumed(training: Course, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / CHECKPOINT
    if checkpoint.exists():
        training.resume(checkpoint)
        click.echo(f"Going on after {training.seen} lines.")
    return checkpoint


def _tell(progress: Progress) -> None:
    minutes, seconds = divmod(round(progress.left_s), 60)
    click.echo(
        f"{progress.seen}/{progress.lines} lines  loss {progress.loss:.3f}"
        f"  {minutes}:{seconds:02d} left"
    )

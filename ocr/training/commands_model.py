"""Verbs that need no network: score a model, bring the one before back."""

from pathlib import Path

import click

from ocr.score import Score
from ocr.training import corpus, measure, succession

MODEL = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("models", nargs=-1, required=True, type=MODEL)
@click.option(
    "--lines", "folder", required=True, type=FOLDER, help="Line images, .txt beside each."
)
def score(models: tuple[Path, ...], folder: Path) -> None:
    """Read the lines with each model and say how well.

    \b
    Example: python -m ocr.training score old.traineddata new.traineddata --lines lines/
    """
    lines = corpus.lines(folder)
    click.echo(f"{len(lines)} lines            CER     WER  strict  numbers")
    for model in models:
        click.echo(f"{model.stem[:20]:20} {described(measure.of_model(model, lines))}")


def described(found: Score) -> str:
    """Rates in per cent, numbers as counts."""
    rates = " ".join(f"{100 * rate:7.2f}" for rate in (found.cer, found.wer, found.strict_cer))
    return f"{rates}  {found.numbers_found}/{found.numbers}"


@click.command()
@click.argument("model", type=MODEL)
def rollback(model: Path) -> None:
    """Put the model back that MODEL replaced; again to undo it."""
    succession.roll_back(model)
    click.echo(f"{model} is the earlier model again.")

"""`python -m ocr.training`: make the Arabic model, and adapt it to a station's own pages."""

import importlib
import sys
from importlib.util import find_spec

import click

from ocr.errors import OcrError

NETWORK = ("torch", "wordfreq")
NEEDED: dict[str, tuple[str, ...]] = {
    "train": NETWORK,
    "adapt": NETWORK,
    "pack": NETWORK,
    "lines": ("wordfreq",),
}
MODULES = {
    "train": "ocr.training.commands_course",
    "adapt": "ocr.training.commands_course",
    "pack": "ocr.training.commands_course",
    "lines": "ocr.training.commands_lines",
    "score": "ocr.training.commands_model",
    "rollback": "ocr.training.commands_model",
}


class Verbs(click.Group):
    """Loads a verb when it is called: scoring and rolling back need no PyTorch."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            return None
        missing = [name for name in NEEDED.get(cmd_name, ()) if find_spec(name) is None]
        if missing:
            return _refusal(cmd_name, missing)
        command = getattr(importlib.import_module(MODULES[cmd_name]), cmd_name)
        return command if isinstance(command, click.Command) else None


def _refusal(name: str, missing: list[str]) -> click.Command:
    def refuse() -> None:
        raise click.ClickException(
            f"{' and '.join(missing)} not installed: pip install 'archiving-station[training]'"
        )

    text = f"(needs {' and '.join(missing)}: pip install 'archiving-station[training]')"
    lenient = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(name, callback=refuse, help=text, context_settings=lenient)


@click.group(cls=Verbs, context_settings={"max_content_width": 100})
def main() -> None:
    """Train the Arabic reading model.

    \b
    Example, from Tesseract's own best_int model to ours:
      python -m ocr.training train --base ara.traineddata --fonts /usr/share/fonts \\
          --dictionary /usr/share/hunspell/ar.dic --folder course --model new.traineddata
      python -m ocr.training score new.traineddata --lines lines/
    """


if __name__ == "__main__":
    try:
        main()
    except (OcrError, OSError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)

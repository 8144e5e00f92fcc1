"""Make the lexicon and fit the curves of `ocr.probability`. Needs the `training` extra.

python -m ocr.probability.training lexicon --hunspell /usr/share/hunspell
python -m ocr.probability.training read READINGS --pages 150 --fonts /usr/share/fonts
python -m ocr.probability.training fit READINGS

`lexicon` writes the two tables, `read` renders pages, reads them and keeps the readings in a
folder (break off and go on as you like), `fit` writes the curves. All of it into
resources/lexicon, unless --into names another folder.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from index import arabic_lexicon as lexicon
from index import arabic_table as table
from ocr.probability import judge
from ocr.probability.training import fit, tables
from ocr.probability.training.readings import Press, kept, read_pages
from ocr.training.forms import material


def main(arguments: list[str]) -> None:
    chosen = _parser().parse_args(arguments)
    chosen.run(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ocr.probability.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    made = commands.add_parser("lexicon", help="stems and frequencies")
    made.add_argument("--hunspell", type=Path, required=True, help="folder of ar.dic and ar.aff")
    made.set_defaults(run=_lexicon)
    read = commands.add_parser("read", help="render pages, read them, keep the readings")
    read.add_argument("folder", type=Path)
    read.add_argument("--pages", type=int, default=150)
    read.add_argument("--fonts", type=Path, action="append", default=[], help="besides our own")
    read.add_argument("--seed", type=int, default=7)
    read.add_argument("--workers", type=int, default=2)
    read.set_defaults(run=_read)
    fitting = commands.add_parser("fit", help="fit the curves to the readings of a folder")
    fitting.add_argument("folder", type=Path)
    fitting.set_defaults(run=_fit)
    for command in (made, fitting):
        command.add_argument("--into", type=Path, default=_resources() / "lexicon")
    return parser


def _resources() -> Path:
    return Path(str(files("resources")))


def _lexicon(chosen: argparse.Namespace) -> None:
    from ocr.probability.training.frequencies import shares  # noqa: PLC0415 - the extra

    own = [*_vocabularies(), *material("names.txt"), *material("courts.txt")]
    stems, bands = tables.kinds(chosen.hunspell, own), tables.bands(shares())
    (chosen.into / lexicon.STEMS).write_bytes(table.pack(stems))
    (chosen.into / lexicon.FREQUENCIES).write_bytes(table.pack(bands))
    sys.stdout.write(f"{len(stems)} stems, {len(bands)} frequencies\n")


def _vocabularies() -> Iterator[str]:
    for file in sorted((_resources() / "vocabularies").glob("*.json")):
        yield file.read_text("utf-8")


def _read(chosen: argparse.Namespace) -> None:
    texts = sorted((_resources() / "demo" / "case").glob("*.txt"))
    press = Press(
        chosen.folder,
        _resources() / "tessdata",
        (_resources() / "fonts", *chosen.fonts),
        tuple(line for path in texts for line in path.read_text("utf-8").splitlines()),
        chosen.seed,
    )
    for done, _ in enumerate(read_pages(press, chosen.pages, chosen.workers), 1):
        sys.stderr.write(f"\r{done} read")
    sys.stderr.write("\n")


def _fit(chosen: argparse.Namespace) -> None:
    thin = fit.ThinLexicon(
        table.read(chosen.into / lexicon.STEMS), table.read(chosen.into / lexicon.FREQUENCIES)
    )
    arabic, other, figures = fit.fitted(fit.examples(kept(chosen.folder), thin))
    curves = {judge.ARABIC: arabic, judge.OTHER: other}
    (chosen.into / judge.CURVES).write_text(judge.packed(curves, figures), "utf-8")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

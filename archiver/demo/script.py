"""The text files of the demonstration: how each line is set, and what is printed."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from archiver.demo.manifest import demo_folder, faces


class Style(StrEnum):
    """The first characters of a line; see resources/demo/README.md."""

    TITLE = "^"
    HEADING = "*"
    CENTRED = "+"
    FAR = "<"
    SPREAD = "&"
    ROW = "|"
    BOXED = "#"
    BOXED_CENTRED = "#+"
    RULE = "-"
    BODY = ""
    GAP = " "


@dataclass(frozen=True, slots=True)
class Block:
    style: Style
    parts: tuple[str, ...]  # one but for SPREAD and ROW


def _block(line: str) -> Block:
    mark, _, rest = line.partition(" ")
    if not line:
        return Block(Style.GAP, ())
    if mark in (Style.SPREAD, Style.ROW):
        return Block(Style(mark), tuple(part.strip() for part in rest.split(f" {mark} ")))
    if mark in (*Style,):
        return Block(Style(mark), (rest,) if rest else ())
    return Block(Style.BODY, (line,))


def blocks(text: str) -> tuple[Block, ...]:
    return tuple(map(_block, text.splitlines()))


def runs(script: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """Blocks that are set together: the rows of one table, the lines of one frame."""
    return [tuple(run) for _, run in groupby(script, key=_family)]


def _family(block: Block) -> object:
    boxed = block.style in (Style.BOXED, Style.BOXED_CENTRED)
    return "box" if boxed else block.style if block.style is Style.ROW else id(block)


def source(name: str) -> str:
    """The marked-up text of a face, "" for a blank back. Raises KeyError for no such face."""
    bundle, face = {face.name: (bundle, face) for bundle, face in faces()}[name]
    return "" if face.back_of else (demo_folder() / bundle / f"{name}.txt").read_text("utf-8")


def truth(name: str) -> str:
    """What is printed on a face, line by line in logical order, without stamps and notes by hand.

    A table row and a spread line read as one line. Raises KeyError where there is no such face.
    """
    lines = (" ".join(block.parts) for block in blocks(source(name)))
    return "\n".join(line for line in lines if line)

"""The headings with their truth: see tests/headings/README.md."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent / "tests" / "headings"


@dataclass(frozen=True, slots=True)
class Heading:
    name: str
    text: str
    truth: dict[str, tuple[str, ...]]  # field -> its values

    @property
    def kind(self) -> str:
        return self.truth["kind"][0]


def headings() -> list[Heading]:
    """All entries of all files, in order."""
    return [
        _heading(entry)
        for path in sorted(FOLDER.glob("*.txt"))
        for entry in ("\n" + path.read_text("utf-8")).split("\n@ ")[1:]
    ]


def _heading(entry: str) -> Heading:
    head, _, text = entry.partition("\n--\n")
    name, *lines = head.splitlines()
    truth = {}
    for line in lines:
        field, _, values = line.partition(" = ")
        truth[field] = tuple(value.strip() for value in values.split(" | "))
    return Heading(name, text, truth)

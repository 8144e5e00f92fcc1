"""How the command line speaks: lines and bars for people, one JSON object for scripts."""

import json
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from archiver.errors import ArchiverError
from archiver.i18n import digits
from archiver.model.changes import Changed, Notice, Progress, Step


class Voice:
    """Results go to standard output, everything on the way to standard error."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._out = Console(highlight=False, soft_wrap=True)
        self._err = Console(stderr=True, highlight=False, soft_wrap=True)
        self.notices: list[dict[str, object]] = []

    def follow(self, steps: Iterable[Step]) -> Changed:
        """Tell a command's progress; its `Changed`."""
        if self.as_json or not self._err.is_terminal:
            return self._lines(steps)
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        with Bar(*columns, console=self._err, transient=True) as bar:
            task = bar.add_task("", total=None)
            for step in steps:
                match step:
                    case Progress(done, total, what):
                        bar.update(task, completed=done, total=total or None, description=what)
                        bar.console.print(f"  {_fraction(step)} {what}", markup=False)
                    case Notice():
                        self.tell(step.error, step.subject)
                    case Changed():
                        return step
        raise AssertionError("a command ends with Changed")

    def _lines(self, steps: Iterable[Step]) -> Changed:
        for step in steps:
            match step:
                case Progress() if not self.as_json:
                    self._err.print(f"  {_fraction(step)} {step.what}", markup=False)
                case Notice():
                    self.tell(step.error, step.subject)
                case Changed():
                    return step
        raise AssertionError("a command ends with Changed")

    def tell(self, error: ArchiverError, subject: str = "") -> None:
        """What happened and the way out; in JSON it joins the result."""
        self.notices.append({**error_record(error), "subject": subject})
        if not self.as_json:
            place = f"{subject}: " if subject else ""
            self._err.print(f"! {place}{error}", style="yellow", markup=False)
            if error.way_out():
                self._err.print(f"  {error.way_out()}", markup=False)

    def say(self, text: str = "") -> None:
        """A line for people; nothing in JSON."""
        if not self.as_json:
            self._out.print(text, markup=False)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        if self.as_json:
            return
        table = Table(*heads, box=None, pad_edge=False, header_style="bold")
        for row in rows:
            table.add_row(*(digits(cell) for cell in row))
        self._out.print(table)

    def done(self, changed: Changed) -> None:
        """The end of a command: its sentence, or its facts as JSON."""
        self.result({"verb": changed.verb, **changed.facts}, changed.sentence)

    def result(self, facts: dict[str, object], sentence: str = "") -> None:
        if self.as_json:
            whole = {**facts, "notices": self.notices} if self.notices else facts
            print(json.dumps(whole, ensure_ascii=False, indent=2), flush=True)
        elif sentence:
            self._out.print(sentence, markup=False)

    def fail(self, error: ArchiverError) -> None:
        if self.as_json:
            self.result({"error": error_record(error)})
            return
        self._err.print(str(error), style="red", markup=False)
        if error.way_out():
            self._err.print(error.way_out(), markup=False)


def error_record(error: ArchiverError) -> dict[str, object]:
    return {
        "code": error.code,
        "message": str(error),
        "advice": error.way_out(),
        "facts": error.facts,
        "retry": error.retry,
    }


def _fraction(step: Progress) -> str:
    return f"[{digits(step.done)}/{digits(step.total)}]" if step.total else "…"

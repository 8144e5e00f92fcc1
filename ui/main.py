"""The entry of the window: `archiving-station [--archive DIR] [--as PERSON] [--lang ar|en]`.

A process that reads pages imports this module anew; so it loads Qt only when it is called.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType


def load() -> ModuleType:
    """`ui.start`, behind what knows no Qt: PySide6 reads the source of all that comes after it."""
    import_module("archiver.app")
    import_module("archiver.workflow.today")
    return import_module("ui.start")


def main(argv: Sequence[str] | None = None) -> int:
    code: int = load().start(sys.argv[1:] if argv is None else argv)
    return code


if __name__ == "__main__":
    sys.exit(main())

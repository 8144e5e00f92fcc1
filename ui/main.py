"""The entry of the window: `archiving-station [--archive DIR] [--as PERSON] [--lang ar|en]`.

A process that reads pages imports this module anew; so it loads Qt only when it is called.
"""

import builtins
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType


def load_qt() -> None:
    """PySide6 without its own `import`, which reads the source of all that comes after it, on any
    thread, for switches that nothing here turns."""
    plain = builtins.__import__
    import_module("PySide6.QtCore")
    builtins.__import__ = plain


def load() -> ModuleType:
    """`ui.start`, behind what the first screen needs anyhow."""
    import_module("archiver.app")
    import_module("archiver.workflow.today")
    load_qt()
    return import_module("ui.start")


def main(argv: Sequence[str] | None = None) -> int:
    code: int = load().start(sys.argv[1:] if argv is None else argv)
    return code


if __name__ == "__main__":
    sys.exit(main())

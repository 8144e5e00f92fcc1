"""The entry of the window: `archiving-station [--archive DIR] [--as PERSON] [--lang ar|en]`.

A process that reads pages imports this module anew; so it loads Qt only when it is called.
"""

import sys
from collections.abc import Sequence
from importlib import import_module


def main(argv: Sequence[str] | None = None) -> int:
    code: int = import_module("ui.start").start(sys.argv[1:] if argv is None else argv)
    return code


if __name__ == "__main__":
    sys.exit(main())

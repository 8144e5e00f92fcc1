"""What every benchmark's command line shares: --quick, --json, and how figures are told."""

import argparse
import json
from typing import Any


def command_line(about: str | None) -> argparse.ArgumentParser:
    """A parser with --quick and --json; its help is the module's own text, as it stands."""
    parser = argparse.ArgumentParser(
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--quick", action="store_true", help="under a minute, rough figures")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    return parser


def tell(found: dict[str, Any], *, as_json: bool) -> None:
    """Print figures by name, one level of groups indented below theirs."""
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, value in found.items():
        if isinstance(value, dict):
            print(name)
            for inner, figure in value.items():
                print(f"  {inner:32} {_told(figure)}")
        else:
            print(f"{name:34} {_told(value)}")


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_told(figure)}" for name, figure in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

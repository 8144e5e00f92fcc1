"""`python -m ocr.numbers.training`: train the second reader, and write it as ONNX.

python -m ocr.numbers.training fit /tmp/digits.pt --steps 8000
python -m ocr.numbers.training write /tmp/digits.pt resources/digits/digits.onnx
"""

import argparse
import sys
from pathlib import Path

from ocr.numbers.training.export import write
from ocr.numbers.training.fit import Plan, fit, loaded


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m ocr.numbers.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    training = verbs.add_parser("fit", help="train; run it again to go on where it stopped")
    training.add_argument("checkpoint", type=Path)
    training.add_argument("--steps", type=int, default=8_000, help="batches of 48 (8000)")
    training.add_argument("--minutes", type=float, help="end by then, with fewer steps")
    training.add_argument("--seed", type=int, default=1)
    training.add_argument("--threads", type=int, default=1)
    writing = verbs.add_parser("write", help="write the model that ships")
    writing.add_argument("checkpoint", type=Path)
    writing.add_argument("model", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.verb == "fit":
        plan = Plan(chosen.steps, chosen.minutes, chosen.seed, threads=chosen.threads)
        fit(chosen.checkpoint, plan, _tell)
    else:
        write(loaded(chosen.checkpoint), chosen.model)


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])

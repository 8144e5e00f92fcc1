"""Training on lines that operators corrected, and the contest that decides about the result."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ocr.training import corpus, course, measure, model_file, succession, traineddata
from ocr.training.charset import Charset
from ocr.training.corpus import BadCorpus, TrueLine
from ocr.training.course import Plan, Progress
from ocr.training.pixels import inputs
from ocr.training.press import Sample, sample_of
from ocr.training.succession import Contest

FEWEST = 20  # held-back lines below which a contest says nothing
CHECKPOINT = "course.pt"
CANDIDATE = "candidate.traineddata"
EVERY_S = 180.0

Chunks = Iterator[Sequence[Sample]]


@dataclass(frozen=True, slots=True)
class Adaptation:
    """rendered: chunks of rendered lines to mix in, so that old skills stay; None: none."""

    model: Path
    lines: Path
    folder: Path
    plan: Plan
    fewest: int = FEWEST


def adapt(task: Adaptation, rendered: Chunks | None, told: Callable[[Progress], None]) -> Contest:
    """Train a candidate on the corrected lines, hold the contest, install the winner.

    Resumable: the same call goes on from the checkpoint in `task.folder`.
    Raises BadCorpus for too few lines, BadModel, and what reading raises.
    """
    lines = corpus.lines(task.lines)
    held_back = [line for line in lines if line.is_held_back]
    known = [line for line in lines if not line.is_held_back]
    if len(held_back) < task.fewest or not known:
        raise BadCorpus(f"{len(held_back)} held-back lines, at least {task.fewest} are needed")
    candidate = _train(task, known, rendered, told)
    contest = Contest(
        measure.of_model(task.model, held_back), measure.of_model(candidate, held_back)
    )
    if contest.is_better:
        succession.install(candidate, task.model)
    return contest


def _train(
    task: Adaptation,
    lines: Sequence[TrueLine],
    rendered: Chunks | None,
    told: Callable[[Progress], None],
) -> Path:
    model = model_file.opened(traineddata.read(task.model))
    training = course.begin(task.plan, model.weights)
    task.folder.mkdir(parents=True, exist_ok=True)
    checkpoint = task.folder / CHECKPOINT
    if checkpoint.exists():
        training.resume(checkpoint)
    chunks = mixed(lines, model.charset, task.plan, training.next_chunk, rendered)
    course.run(training, chunks, checkpoint, EVERY_S, told)
    candidate = task.folder / CANDIDATE
    version = f"{task.model.stem} adapted to {len(lines)} corrected lines"
    traineddata.write(candidate, model.packed(training.weights(), version))
    return candidate


def mixed(
    lines: Sequence[TrueLine],
    letters: Charset,
    plan: Plan,
    first: int,
    rendered: Chunks | None,
) -> Iterator[list[Sample]]:
    """Chunks of corrected lines, half of each rendered ones where there are any."""
    number = first
    while True:
        chance = np.random.default_rng((plan.seed, number))
        others = list(next(rendered))[: plan.chunk // 2] if rendered is not None else []
        drawn = chance.choice(len(lines), plan.chunk - len(others))
        own = [_sample(lines[place], letters, chance) for place in drawn]
        yield [sample for sample in own if sample is not None] + others
        number += 1


def _sample(line: TrueLine, letters: Charset, chance: np.random.Generator) -> Sample | None:
    return sample_of(inputs(corpus.for_training(line.pixels(), chance)), letters.encode(line.text))

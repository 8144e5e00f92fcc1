"""The network's twin and its course; they need PyTorch, the `training` extra."""

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch comes with the training extra")
pytest.importorskip("wordfreq", reason="wordfreq comes with the training extra")

from click.testing import CliRunner  # noqa: E402

from ocr import score  # noqa: E402
from ocr.training import (  # noqa: E402
    adapt,
    corpus,
    course,
    lesson,
    measure,
    model_file,
    network,
    pixels,
    press_room,
    traineddata,
)
from ocr.training.__main__ import main  # noqa: E402
from ocr.training.adapt import Adaptation  # noqa: E402
from ocr.training.charset import BLANK  # noqa: E402
from ocr.training.corpus import BadCorpus  # noqa: E402
from ocr.training.course import Plan, Progress  # noqa: E402
from tests.training_lines import FONTS, MODEL, ROOT, press_of, written_lines  # noqa: E402

OURS = model_file.opened(traineddata.read(MODEL))
torch.set_num_threads(1)  # on a busy machine two threads wait for each other
T = TypeVar("T")
SMALL = Plan(lines=48, seed=3, batch=8, chunk=16)


def test_weights_go_into_the_twin_and_come_back() -> None:
    net = network.build(99)
    net.load(OURS.weights)
    back = network.file_weights(net.layers.state_dict())
    for before, after in zip(OURS.weights, back, strict=True):
        np.testing.assert_allclose(after, before, atol=1e-5)


def test_the_twin_reads_what_tesseract_reads(tmp_path: Path) -> None:
    lines = written_lines(tmp_path, 8)
    net = network.build(99)
    net.load(OURS.weights)
    told = measure.readings(MODEL, lines)
    seen = [twin_reading(net, line) for line in lines]
    truth = [OURS.charset.decode(OURS.charset.encode(line.text) or []) for line in lines]
    twin = score.pooled(zip(seen, truth, strict=True)).cer
    assert twin < 0.05
    tesseract = score.pooled((t, line.text) for t, line in zip(told, lines, strict=True)).cer
    assert abs(twin - tesseract) < 0.04


def twin_reading(net: network.Network, line: corpus.TrueLine) -> str:
    """The likeliest letter of each step, repeats and blanks dropped, in print order."""
    cut = corpus.for_training(line.pixels(), np.random.default_rng(0))
    seen = torch.from_numpy(pixels.inputs(cut))[None]
    with torch.no_grad():
        scores, _ = net(seen, torch.tensor([seen.shape[2]]))
    best = [BLANK, *scores[0].argmax(-1).tolist()]
    return OURS.charset.decode([now for was, now in pairwise(best) if now not in (was, BLANK)])


def test_padding_changes_no_line() -> None:
    net = network.build(99)
    net.load(OURS.weights)
    line = torch.from_numpy(press_of().samples(0, 4)[0].pixels)[None]
    padded = torch.nn.functional.pad(line, (0, 90), value=1.0)
    widths = torch.tensor([line.shape[2]])
    with torch.no_grad():
        torch.manual_seed(1)
        alone, steps = net(line, widths)
        beside, _ = net(padded, widths)
    inner = int(steps[0]) - 3  # the noise around the image reaches the last column
    agree = (alone[0, :inner].argmax(-1) == beside[0, :inner].argmax(-1)).float().mean()
    assert agree > 0.95


def test_a_course_learns() -> None:
    samples = press_of().samples(0, 24)
    training = course.begin(Plan(lines=240, batch=4, chunk=24), OURS.weights)
    first = float(lesson.loss_of(training.network, samples[:16]).detach())
    training.learn(samples)
    assert float(lesson.loss_of(training.network, samples[:16]).detach()) < first


def test_a_course_broken_off_ends_as_one_that_was_not(tmp_path: Path) -> None:
    press = press_of()
    chunks = [press.samples(number * 16, 16) for number in range(3)]
    whole = course.begin(SMALL, OURS.weights)
    course.run(whole, chunks, tmp_path / "whole.pt", 1e9, lambda _: None)
    half = course.begin(SMALL, OURS.weights)
    course.run(half, chunks[:1], tmp_path / "half.pt", 1e9, lambda _: None)
    rest = course.begin(SMALL, OURS.weights)
    rest.resume(tmp_path / "half.pt")
    assert rest.next_chunk == 1
    course.run(rest, chunks[1:], tmp_path / "half.pt", 1e9, lambda _: None)
    assert rest.is_done
    for one, other in zip(whole.weights(), rest.weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_progress_says_what_is_left(tmp_path: Path) -> None:
    told: list[Progress] = []
    training = course.begin(SMALL, OURS.weights)
    chunks = [press_of().samples(0, 16)] * 9
    course.run(training, chunks, tmp_path / "a.pt", 0, told.append)
    assert [p.seen for p in told] == [16, 32, 48]
    assert told[-1].left_s == 0
    assert told[0].left_s > 0
    assert (tmp_path / "a.pt").is_file()


def test_a_worse_model_does_not_replace_the_one_in_use(tmp_path: Path) -> None:
    written_lines(tmp_path / "lines", 12)
    model = tmp_path / "ara.traineddata"
    model.write_bytes(MODEL.read_bytes())
    ruinous = Plan(lines=16, seed=3, batch=8, chunk=16, rate=0.5)
    task = Adaptation(model, tmp_path / "lines", tmp_path / "course", ruinous, fewest=1)
    contest = adapt.adapt(task, None, lambda _: None)
    assert contest.new.cer > contest.old.cer
    assert model.read_bytes() == MODEL.read_bytes()


def test_a_better_model_replaces_the_one_in_use(tmp_path: Path) -> None:
    """The model in use is made worse first: its commas are unlearnt."""
    written_lines(tmp_path / "lines", 30)
    weights = [w.copy() for w in OURS.weights]
    weights[-1][OURS.charset.numbers["،"]] *= 0.1
    weights[-1][OURS.charset.numbers["،"], -1] -= 3
    model = tmp_path / "ara.traineddata"
    traineddata.write(model, OURS.packed(weights, "no commas"))
    plan = Plan(lines=240, seed=3, batch=8, chunk=24, rate=3e-4)
    task = Adaptation(model, tmp_path / "lines", tmp_path / "course", plan, fewest=2)
    contest = adapt.adapt(task, None, lambda _: None)
    assert contest.is_better
    assert b"adapted" in traineddata.read(model)["version"]


def test_too_few_held_back_lines_decide_nothing(tmp_path: Path) -> None:
    written_lines(tmp_path / "lines", 5)
    task = Adaptation(MODEL, tmp_path / "lines", tmp_path / "course", SMALL)
    with pytest.raises(BadCorpus, match="at least 20"):
        adapt.adapt(task, None, lambda _: None)


def test_lines_come_from_a_process_of_their_own() -> None:
    stock = press_room.Stock(MODEL, (FONTS,), None, (), 5)
    chunks = press_room.chunks(stock, 16, 2)
    first, second = next(chunks), next(chunks)
    chunks.close()
    same = press_room.press_of(stock).samples(48, 16)
    assert [s.targets for s in second] == [s.targets for s in same]
    assert [s.targets for s in first] != [s.targets for s in second]


@pytest.mark.slow
def test_no_worker_outlives_a_killed_course(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ocr.training", "train", "--base", str(MODEL)]
    command += ["--model", str(tmp_path / "new.traineddata"), "--folder", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as course_process:
        assert course_process.stdout is not None
        assert b"192/" in course_process.stdout.readline()
        worker = wait_for(lambda: child_of(course_process.pid))
        course_process.kill()
    assert wait_for(lambda: not Path(f"/proc/{worker}/cmdline").exists())


def wait_for(found: Callable[[], T]) -> T:
    """What `found` gives, within a minute."""
    end = time.monotonic() + 60
    while not (value := found()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return value


def child_of(pid: int) -> str:
    """The worker among the children, the one that is no resource tracker."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    spawned = [c for c in children if "spawn_main" in Path(f"/proc/{c}/cmdline").read_text()]
    return next(iter(spawned), "")


@pytest.mark.slow
def test_the_verbs_train_and_pack(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        main,
        f"train --base {MODEL} --model {tmp_path / 'new.traineddata'}"
        f" --folder {tmp_path / 'course'} --lines 1 --rate 1e-6",
    )
    assert told.exit_code == 0, told.output
    packed = CliRunner().invoke(
        main,
        f"pack --base {MODEL} --folder {tmp_path / 'course'}"
        f" --model {tmp_path / 'packed.traineddata'}",
    )
    assert packed.exit_code == 0, packed.output
    lines = written_lines(tmp_path / "lines", 6)
    assert measure.of_model(tmp_path / "packed.traineddata", lines).cer < 0.05

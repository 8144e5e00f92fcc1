"""The verb arrange: the tree, one act at a time, in plain words and in JSON."""

from pathlib import Path

import pytest

from archiver import app
from archiver.errors import RequestRefused
from archiver.model.identity import CaseKey
from archiver.settings import Identity
from archiver.workflow.arranging import undo
from archiver.workflow.importing import import_files
from archiver.workflow.processing import process
from tests.command_line import answer, archiver
from tests.papers import CASE, OPERATOR, bind, finish

PAGES = (
    ("صحيفة طعن بالنقض", "مقدمة من الطاعن"),
    ("وحيث إن الحكم المطعون فيه", "قد خالف القانون"),
    ("باسم الشعب", "محكمة النقض", "أصدرت الحكم الآتي"),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arrange")
    app.init_archive(folder / "archive", OPERATOR, Identity("s", "c"))
    with app.open_station(folder / "archive") as opened:
        file = bind(folder / "ملف.tif", *PAGES)
        finish(import_files(opened, OPERATOR, [file], key=CaseKey.parse(CASE)))
        finish(process(opened, OPERATOR))
    return folder / "archive"


def arrange(root: Path, *words: str):
    return archiver("arrange", CASE, "--archive", root, *words)


def tree(root: Path, *words: str) -> list[tuple[str, list[int]]]:
    found = answer(arrange(root, "--json", *words))
    return [(d["kind"], [p["number"] for p in d["pages"]]) for d in found["documents"]]


def test_acts_of_the_command_line_one_after_the_other(root: Path) -> None:
    assert tree(root) == [("unsorted", [1, 2, 3])]
    told = answer(arrange(root, "--json", "--split", "3", "--as", "سعاد"))
    assert (told["act"], told["by"], told["documents"]) == ("split", "سعاد", 2)
    for words in (("--kind", "2=judgment"), ("--title", "2=الحكم"), ("--copy", "2=original"),
                  ("--place", "2=1"), ("--move", "2-3", "--to", "1"), ("--blank", "2=yes"),
                  ("--marks", "1=ختم، توقيع"), ("--side", "1=recto")):  # fmt: skip
        done = arrange(root, *words)
        assert done.returncode == 0, done.stderr
    assert tree(root) == [("judgment", [1, 2, 3])]
    shown = arrange(root, "--lang", "ar").stdout
    assert "الحكم" in shown
    assert "ختم" in shown
    assert "وجه" in shown
    past = answer(arrange(root, "--history", "--json"))["acts"]
    assert [act["act"] for act in past][:3] == ["split", "describe", "describe"]
    assert arrange(root, "--undo").returncode == 0
    with app.open_station(root) as opened:  # the others without a process each
        for _ in past[1:]:
            finish(undo(opened, OPERATOR, 1))
    assert tree(root) == [("unsorted", [1, 2, 3])]
    assert answer(arrange(root, "--undo", "--json"))["error"]["code"] == "NothingArranged"
    assert answer(arrange(root, "--redo", "--json"))["act"] == "redo"
    assert tree(root) != [("unsorted", [1, 2, 3])]
    assert "redo" in arrange(root, "--history", "--lang", "ar").stdout
    assert arrange(root, "--undo").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ("--split", "2", "--undo"),
        ("--move", "2"),
        ("--to", "2"),
        ("--move", "3-2", "--to", "1"),
        ("--kind", "judgment"),
        ("--place", "1=x"),
        ("--blank", "1=perhaps"),
    ],
)
def test_what_cannot_be_understood_is_told_and_changes_nothing(root: Path, words) -> None:
    done = arrange(root, *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert tree(root) == [("unsorted", [1, 2, 3])]


def test_a_page_that_is_not_there_is_refused_in_words(root: Path) -> None:
    done = arrange(root, "--split", "9", "--lang", "en")
    assert done.returncode == RequestRefused.exit_code
    assert "no page 9" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_has_examples_in_both_languages() -> None:
    for lang in ("ar", "en"):
        assert "--accept-proposals" in archiver("arrange", "--help", "--lang", lang).stdout

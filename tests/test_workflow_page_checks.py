"""What was measured on pages, beside the limits of the site; a person lets it stand."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from archiver import app
from archiver.errors import SettingsWrong
from archiver.model.casefile import Page
from archiver.model.checks import PageCheck, Verdict
from archiver.model.identity import CaseKey
from archiver.settings import read_settings
from archiver.workflow import desk, queries
from archiver.workflow.arranging import describe_page, undo
from archiver.workflow.importing import import_files
from archiver.workflow.measuring import measure_pending
from archiver.workflow.page_checks import checks_of, complaints_of, told
from archiver.workflow.page_numbers import page_numbers
from archiver.workflow.station import Station
from tests.command_line import answer, archiver
from tests.papers import CASE, JUDGMENT, OPERATOR, drawn, finish, save

A4_PX = (827, 1169)  # at 100 dpi


def taken(station: Station, *files: Path) -> tuple[Page, ...]:
    finish(import_files(station, OPERATOR, files, key=CaseKey.parse(CASE)))
    return queries.case_view(station, 1).pages


def page(folder: Path, name: str, size_px: tuple[int, int] = A4_PX, dpi: int = 100) -> Path:
    image = drawn(JUDGMENT, size_px)
    image.save(folder / name, dpi=(dpi, dpi))
    return folder / name


def check(station: Station, page_id: int, name: str) -> PageCheck:
    return next(found for found in checks_of(station, 1)[page_id] if found.name == name)


def limits(archive: Path, text: str) -> None:
    with (archive / "station.toml").open("a", encoding="utf-8") as settings:
        settings.write(text)


def test_a_page_is_measured_when_it_comes_in(station: Station, tmp_path: Path) -> None:
    (first,) = taken(station, page(tmp_path, "a.tif"))
    assert measure_pending(station, 1) == 0  # it was done
    resolution = check(station, first.id, "resolution")
    assert (resolution.figure, resolution.limit, resolution.verdict) == (100, 300, Verdict.WRONG)
    assert told(resolution) == "resolution 100 dpi, at least 300 dpi"
    assert check(station, first.id, "length").verdict is Verdict.OK


def test_a_sheet_longer_than_its_paper_is_two_sheets(station: Station, tmp_path: Path) -> None:
    (long,) = taken(station, page(tmp_path, "a.tif", (827, 1400)))
    found = check(station, long.id, "length")
    assert (found.figure, found.limit, found.verdict) == (356, 303, Verdict.WRONG)


def test_a_blank_back_is_marked_and_kept(station: Station, tmp_path: Path) -> None:
    Image.new("L", A4_PX, 245).save(tmp_path / "back.png", dpi=(100, 100))
    front, back = taken(station, page(tmp_path, "front.png"), tmp_path / "back.png")
    assert (front.blank, back.blank) == (False, True)
    for number, said in ((1, True), (2, False)):
        finish(describe_page(station, OPERATOR, 1, number, blank=said))
    assert [p.blank for p in queries.case_view(station, 1).pages] == [True, False]
    finish(undo(station, OPERATOR, 1))
    finish(undo(station, OPERATOR, 1))
    assert [p.blank for p in queries.case_view(station, 1).pages] == [False, True]


def test_limits_are_the_sites_and_count_for_what_is_there(archive: Path, tmp_path: Path) -> None:
    with app.open_station(archive) as station:
        (first,) = taken(station, page(tmp_path, "a.tif"))
        assert complaints_of(station, 1)[first.id]
    limits(archive, "\n[checks]\ndpi = 100\nskew_deg = 2\n[checks.heritage_item]\ndpi = 400\n")
    with app.open_station(archive) as station:
        assert not complaints_of(station, 1)
        assert station.settings.checks_of["heritage_item"].skew_deg == 2.0


@pytest.mark.parametrize("wrong", ["blur = 1.0", 'skew_deg = "1"', "dpi = 0", "dpi = 1.5"])
def test_a_limit_that_is_none_is_refused(archive: Path, wrong: str) -> None:
    limits(archive, f"\n[checks]\n{wrong}\n")
    with pytest.raises(SettingsWrong):
        read_settings(archive)


def test_a_person_lets_it_stand_until_something_else_is_wrong(
    archive: Path, tmp_path: Path
) -> None:
    with app.open_station(archive) as station:
        (first,) = taken(station, page(tmp_path, "a.tif"))
        finish(desk.accept(station, OPERATOR, 1, 1, "original"))
        assert not complaints_of(station, 1)
        assert check(station, first.id, "resolution").accepted
        with pytest.raises(desk.NothingFlagged):
            finish(desk.accept(station, OPERATOR, 1, 1, "original"))
        finish(undo(station, OPERATOR, 1))
        assert complaints_of(station, 1)
        finish(desk.accept(station, OPERATOR, 1, 1, "original"))
    limits(archive, "\n[checks]\ncontrast_percent = 99.5\n")
    with app.open_station(archive) as station:
        assert [found.name for found in complaints_of(station, 1)[first.id]] == ["contrast"]


# --- page numbers -------------------------------------------------------------------------------


def numbered(station: Station, tmp_path: Path, feet: Sequence[str]) -> list[Page]:
    (first,) = taken(station, page(tmp_path, "a.tif"))
    texts = [f"نص الصفحة\nوسطر ثان فيه ٧\n{foot}" for foot in feet]
    return [
        replace(first, id=n, position=n, blank=False, text=text) for n, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    ("feet", "wrong"),
    [
        (("- ١ -", "- ٢ -", "- ٣ -", "- ٥ -"), {4: (5, 4)}),  # one is missing
        (("1", "2", "3", "3", "4"), {4: (3, 4)}),  # one is there twice
        (("صفحة ٤", "(٥)", "", "٧", "٨"), {}),  # a page without a number
        (("١", "٩٩٠٠١", "سنة ٩٣", "٢"), {}),  # no numbering at all
    ],
)
def test_numbers_that_are_missing_or_there_twice(
    station: Station, tmp_path: Path, feet: Sequence[str], wrong: dict[int, tuple[int, int]]
) -> None:
    found = page_numbers(numbered(station, tmp_path, feet))
    assert {page: told for page, told in found.items() if told[0] != told[1]} == wrong


# --- the command line ---------------------------------------------------------------------------


def test_the_desk_by_commands(archive: Path, tmp_path: Path) -> None:
    with app.open_station(archive) as station:
        taken(station, page(tmp_path, "a.tif"), page(tmp_path, "b.tif", (827, 1400)))

    def run(*words: str | Path, **changes: str):
        return archiver(*words, "--archive", archive, **changes)

    found = answer(run("pages", CASE, "--flagged", "--json"))
    assert found["flagged"] == 2
    assert {c["check"] for c in found["pages"][1]["checks"] if c["verdict"] == "wrong"} == {
        "length",
        "resolution",
    }
    done = run("page", "reject", CASE, "2")
    assert done.returncode == 2 and "reason" in done.stderr
    told = answer(run("page", "reject", CASE, "2", "--reason", "two_sheets", "--json"))
    assert told["act"] == "reject"
    again = save(tmp_path / "again.png", JUDGMENT)
    assert run("page", "insert", CASE, again, "--after", "1").returncode == 0
    assert run("page", "turn", CASE, "2", "--by", "180").returncode == 0
    assert run("page", "mark", CASE, "2", "stamp,خاتم").returncode == 0
    assert run("page", "blank", CASE, "2").returncode == 0
    assert run("page", "accept", CASE, "1", "--reason", "original").returncode == 0
    words = run("pages", CASE, ARCHIVER_LANG="ar")
    assert "الأصل هكذا" in words.stdout and "أُديرت ١٨٠°" in words.stdout
    kept = answer(run("pages", CASE, "--aside", "--json"))["aside"]
    assert [(image["aside"], image["reason"]) for image in kept] == [("rejected", "two_sheets")]
    image = str(kept[0]["image"])
    assert run("page", "put-back", CASE, image, "--before", "1").returncode == 0
    for _ in range(7):
        assert run("page", "undo", CASE).returncode == 0
    assert len(answer(run("pages", CASE, "--json"))["pages"]) == 2
    refused = run("page", "split", CASE, "1", ARCHIVER_LANG="ar")
    assert refused.returncode == 2 and "موضع طي" in refused.stderr

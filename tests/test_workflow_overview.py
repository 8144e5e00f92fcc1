"""The work in figures: counted from the log, each page once, and a forecast with its doubt."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from archiver.model.actor import Actor
from archiver.store import audit
from archiver.workflow import overview as module
from archiver.workflow.overview import Stage, overview
from archiver.workflow.overview_table import heads, rows, write_table
from archiver.workflow.station import Station
from tests.command_line import answer, archiver
from tests.papers import CHECKER, OPERATOR

SEALER = Actor("هالة", "supervisor", "s", "c")


@pytest.fixture
def log(read_station: Station, monkeypatch: pytest.MonkeyPatch) -> Iterator["Log"]:
    """The case file of two pages, with a log of our own."""
    with read_station.database.transaction() as connection:
        connection.execute("DELETE FROM event")
    yield Log(read_station, monkeypatch)


class Log:
    def __init__(self, station: Station, patch: pytest.MonkeyPatch) -> None:
        self.station, self._patch = station, patch

    def add(self, days_ago: int, verb: str, actor: Actor = OPERATOR, **facts: object) -> None:
        noon = datetime.now().astimezone().replace(hour=12, minute=0) - timedelta(days=days_ago)
        at = noon.astimezone(UTC).isoformat(timespec="milliseconds")
        self._patch.setattr(audit, "now", lambda: at)
        with self.station.database.transaction() as connection:
            audit.append(connection, actor, verb, case_id=1, **facts)


def test_pages_count_by_stage_hour_and_person(log: Log) -> None:
    log.add(20, "import", masters=["x"] * 100)
    log.add(1, "import", masters=["x"] * 6)
    log.add(0, "import", masters=["x"] * 4)
    log.add(0, "read", page_id=1)
    log.add(0, "read", page_id=1)  # the same page again within the hour
    for _ in range(3):
        log.add(0, "describe")  # field by field: a case file counts once a day
    log.add(0, "reject", CHECKER, reason="ص ٢")
    log.add(0, "accept", CHECKER)
    found = overview(log.station, 7)
    assert found.worked_days == 2
    assert found.hours[Stage.SCAN] == {12: 5.0}
    assert found.hours[Stage.READ] == {12: 0.5}
    assert found.hours[Stage.DESCRIBE] == {12: 1.0}
    assert found.scanned_a_day == 5
    people = {row.name: row for row in found.people}
    assert people[OPERATOR.person].pages == {Stage.SCAN: 10, Stage.DESCRIBE: 2}
    assert people[CHECKER.person].pages == {Stage.CHECK: 2}
    assert (people[OPERATOR.person].judged, people[OPERATOR.person].sent_back) == (2, 1)
    assert overview(log.station, 0).scanned_a_day == pytest.approx(110 / 3)


def test_the_backlog_shrinks_by_what_is_sealed_and_is_forecast(log: Log) -> None:
    log.add(9, "import", masters=["x"] * 42)
    log.add(3, "seal", SEALER)
    log.add(2, "seal", SEALER)  # reopened and sealed anew: counted once
    found = overview(log.station, 30)
    today = date.today()
    assert found.backlog[0] == (today - timedelta(days=9), 42)
    assert found.backlog[-1] == (today, 40)
    assert dict(found.backlog)[today - timedelta(days=3)] == 40
    assert found.forecast is not None
    assert found.forecast.pages_a_day == 1.0  # four pages in four days
    assert found.forecast.done_on == today + timedelta(days=40)
    assert found.forecast.earliest == found.forecast.latest == found.forecast.done_on


def test_an_uneven_pace_has_doubt(log: Log) -> None:
    log.add(9, "import", masters=["x"] * 90)
    for days_ago, times in ((4, 1), (3, 2), (1, 3)):
        for _ in range(times):
            log.add(days_ago, "seal", SEALER)
    ahead = overview(log.station, 30).forecast
    assert ahead is not None
    assert ahead.earliest <= ahead.done_on <= (ahead.latest or date.max)


def test_an_empty_archive_has_an_overview(station: Station) -> None:
    found = overview(station, 7)
    assert (found.people, found.defects, found.forecast) == ((), (), None)
    assert found.backlog == ((date.today(), 0),)


def test_rejected_images_are_ranked_and_slips_are_no_defect() -> None:
    ranked = module._defects({"dark": 2, "folded": 5, "slip": 9, "cut": 2})
    assert ranked == (("folded", 5), ("cut", 2), ("dark", 2))


def test_the_table_is_safe_for_spreadsheets(log: Log, tmp_path: Path) -> None:
    log.add(0, "import", Actor("=cmd()", "operator", "s", "c"), masters=["x"])
    found = overview(log.station, 7)
    assert len(next(rows(found))) == len(heads())
    write_table(found, tmp_path / "work.csv")
    text = (tmp_path / "work.csv").read_text("utf-8-sig")
    assert text.splitlines()[1].startswith("'=cmd(),1,")


@pytest.mark.slow
def test_the_verb_overview(read_archive: Path, tmp_path: Path) -> None:
    here = ("--archive", read_archive)
    told = answer(archiver("overview", "--json", *here))
    assert told["people"][0]["pages"]["scan"] == 2
    assert told["forecast"] is None
    shown = archiver("overview", "--lang", "ar", "--csv", tmp_path / "a.csv", *here)
    assert "صفحات لم تُختم بعد" in shown.stdout
    assert (tmp_path / "a.csv").stat().st_size > 20

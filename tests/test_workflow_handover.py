"""The paper that goes with a delivery says what was delivered, and can be read by people."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from PIL import ImageFile

from archiver import app, i18n
from archiver.errors import NoSuchTarget
from archiver.model.delivery import DeliveryState
from archiver.store import audit, deliveries
from archiver.workflow import paper
from archiver.workflow.checking import check
from archiver.workflow.delivering import send
from archiver.workflow.handing_over import (
    Light,
    NothingToHandOver,
    delivery_report,
    hand_over,
    light_of,
    print_report,
)
from archiver.workflow.lots import all_lots, declare, open_lot
from archiver.workflow.queries import case_by_id
from archiver.workflow.receiving import Desk
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from archiver.workflow.targets import add_target
from tests.papers import CHECKER, OPERATOR, finish

TITLE = "شركة الواحة ضد <جمعية> النخيل & أخرى"


@pytest.fixture
def sent(read_archive: Path, tmp_path: Path) -> Iterator[Station]:
    with app.open_station(read_archive) as station:
        with station.database.transaction() as connection:
            connection.execute("UPDATE case_file SET title = ?", (TITLE,))
            connection.execute("UPDATE page SET side = CASE position WHEN 1 THEN 'recto'"
                               " ELSE 'verso' END")  # fmt: skip
        finish(open_lot(station, OPERATOR))
        (lot,), (key,) = all_lots(station), case_by_id(station, 1).keys
        finish(declare(station, OPERATOR, lot.lot, key=key, sheets=2, faces=2))
        finish(check(station, CHECKER, 1, accept=True))
        finish(seal(station, OPERATOR, 1))
        desk = Desk(tmp_path / "centre")
        add_target(station, OPERATOR, "centre", tmp_path / "drop", desk.key().public)
        finish(send(station, OPERATOR, "centre"))
        yield station


def words(pdf: Path) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True, timeout=30
    )
    return done.stdout.decode()


def test_the_record_names_what_was_handed_over(sent: Station, tmp_path: Path) -> None:
    out = tmp_path / "record.pdf"
    i18n.set_language("ar")
    changed, _ = finish(hand_over(sent, OPERATOR, "centre", audit.now()[:10], out))
    (sealed,) = deliveries.seals(sent.database.connection)
    found = "".join(words(out).split())
    assert sealed.sha256 in found
    assert sealed.name in found
    for letters in ("الواحة", "النخيل", "التوقيع"):
        assert letters in found or letters[::-1] in found
    assert changed.facts["images"] == 2
    last = list(audit.events(sent.database.connection))[-1]
    assert last.verb == "hand over"
    assert last.seq == changed.facts["number"]
    assert json.loads(last.detail)["sha256"] == changed.facts["sha256"]


def test_the_record_counts_sheets_by_their_faces_else_as_they_were_declared(
    sent: Station, tmp_path: Path
) -> None:
    def record() -> str:
        out = tmp_path / "record.pdf"
        finish(hand_over(sent, OPERATOR, "centre", audit.now()[:10], out))
        return " ".join(words(out).split())

    i18n.set_language("en")
    assert "Sheets 1 Images 2" in record()
    with sent.database.transaction() as connection:
        connection.execute("UPDATE page SET side = ''")
    assert "Sheets 2 Images 2" in record()


def test_nothing_to_hand_over_is_said(sent: Station, tmp_path: Path) -> None:
    with pytest.raises(NothingToHandOver):
        finish(hand_over(sent, OPERATOR, "centre", "1999-01-01", tmp_path / "x.pdf"))
    with pytest.raises(NoSuchTarget):
        finish(hand_over(sent, OPERATOR, "moon", audit.now()[:10], tmp_path / "x.pdf"))
    assert not (tmp_path / "x.pdf").exists()


def test_the_report_has_a_light_for_every_state(sent: Station, tmp_path: Path) -> None:
    lights = {}
    for state in DeliveryState:
        with sent.database.transaction() as connection:
            deliveries.set_state(connection, 1, state)
        (row,) = delivery_report(sent)
        lights[state] = light_of(row)
    assert lights[DeliveryState.RECEIPTED] is Light.GREEN
    assert {state for state, light in lights.items() if light is Light.RED} == {
        DeliveryState.HELD, DeliveryState.REFUSED,
    }  # fmt: skip
    print_report(sent, delivery_report(sent, "centre"), tmp_path / "report.pdf")
    assert "civil-99001-93-v1" in words(tmp_path / "report.pdf").replace("\n", "")
    assert delivery_report(sent, "moon") == ()


def test_what_stands_in_a_title_stays_text() -> None:
    cell = paper.told("<img src='file:///etc/passwd'>")
    assert etree.fromstring(cell).text == "<img src='file:///etc/passwd'>"


def test_printing_leaves_pillow_strict() -> None:
    paper.printed("-", "", language="ar", direction="rtl")
    assert not ImageFile.LOAD_TRUNCATED_IMAGES

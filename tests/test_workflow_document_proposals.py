"""Documents as the text suggests: runs of kinds, continuations with the page before."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import app
from archiver.model.identity import CaseKey
from archiver.settings import Identity
from archiver.workflow import arranging, queries
from archiver.workflow.document_proposals import NothingProposed, accept_proposals, proposed
from archiver.workflow.importing import import_files
from archiver.workflow.station import Station
from tests.papers import CASE, OPERATOR, bind, finish

# What the demonstration's pages say first, and a second page of two of them.
TEXTS = (
    ("cover", "جمهورية مصر العربية\nمحكمة النقض\nملف الطعن\nرقم الطعن: ٩٩٠٠١ لسنة ٩٣ قضائية"),
    ("appeal_statement", "صحيفة طعن بالنقض\nمقدمة من شركة الواحة الافتراضية"),
    ("", "ثانيًا: القصور في التسبيب والإخلال بحق الدفاع\nلما كان ذلك وكان الحكم المطعون فيه"),
    ("receipt_bail", "إيصال إيداع الكفالة\nاستلمت خزانة المحكمة من الطاعن"),
    ("", ""),
    ("judgment", "باسم الشعب\nمحكمة النقض\nالدائرة المدنية والتجارية\nأصدرت الحكم الآتي"),
    ("", "لذلك\nنقضت المحكمة الحكم المطعون فيه وأحالت القضية"),
)
WANTED = [("cover", 1), ("appeal_statement", 2), ("receipt_bail", 2), ("judgment", 2)]


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proposed")
    app.init_archive(folder / "a", OPERATOR, Identity("s", "c"))
    with app.open_station(folder / "a") as opened:
        file = bind(folder / "ملف.tif", *((str(n),) for n in range(len(TEXTS))))
        finish(import_files(opened, OPERATOR, [file], key=CaseKey.parse(CASE)))
        with opened.database.transaction() as connection:
            connection.executemany(
                "UPDATE page SET text = ?, blank = ?, state = 'read', alto = '' WHERE position = ?",
                [(text, not text, n) for n, (_kind, text) in enumerate(TEXTS, 1)],
            )
    return folder / "a"


@pytest.fixture
def bundle(unread: Path, tmp_path: Path) -> Iterator[Station]:
    root = Path(shutil.copytree(unread, tmp_path / "a"))
    with app.open_station(root) as opened:
        yield opened


def shape(station: Station) -> list[tuple[str, int]]:
    view = queries.case_view(station, 1)
    return [(d.kind, sum(p.document_id == d.id for p in view.pages)) for d in view.documents]


def test_one_file_of_many_documents_is_taken_apart(bundle: Station) -> None:
    asked = proposed(bundle, 1)
    assert [(d.kind, len(d.pages)) for d in asked.documents] == WANTED
    assert shape(bundle) == [("unsorted", len(TEXTS))]  # asking changes nothing
    changed, _ = finish(accept_proposals(bundle, OPERATOR, 1))
    assert (changed.facts["act"], changed.facts["documents"]) == ("accept", 4)
    assert shape(bundle) == WANTED
    assert [d.title for d in queries.case_view(bundle, 1).documents] == [""] * 4
    with pytest.raises(NothingProposed):
        finish(accept_proposals(bundle, OPERATOR, 1))
    finish(arranging.undo(bundle, OPERATOR, 1))
    assert shape(bundle) == [("unsorted", len(TEXTS))]


def test_what_a_person_sorted_is_not_proposed_anew(bundle: Station) -> None:
    finish(arranging.split(bundle, OPERATOR, 1, 4, kind="exhibit"))
    assert [(d.kind, len(d.pages)) for d in proposed(bundle, 1).documents] == [
        ("cover", 1), ("appeal_statement", 2), ("exhibit", 4)
    ]  # fmt: skip


def test_pages_without_a_cue_stay_as_they_are(bundle: Station) -> None:
    with bundle.database.transaction() as connection:
        connection.execute("UPDATE page SET text = 'كلام لا عنوان له'")
    assert proposed(bundle, 1) == arranging.arrangement_of(bundle, 1)

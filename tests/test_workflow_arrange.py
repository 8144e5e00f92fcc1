"""Arrange: documents and pages in the order of the paper, each act taken back as it was made."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archiver import app
from archiver.errors import RequestRefused
from archiver.model.arrangement import Arrangement, PageFacts, Placed
from archiver.model.casefile import CaseState
from archiver.model.changes import Step
from archiver.model.identity import CaseKey
from archiver.settings import Identity
from archiver.store import audit, documents
from archiver.workflow import arrangement as change
from archiver.workflow import arranging, queries
from archiver.workflow.arrangement import (
    IntoItself,
    NoPageThere,
    NoSuchDocument,
    NothingBefore,
    NothingToSplit,
)
from archiver.workflow.arranging import (
    NoSuchWord,
    NothingArranged,
    NothingChanges,
    TooLong,
    redo,
    undo,
)
from archiver.workflow.checking import check
from archiver.workflow.correcting import CaseSealed, NothingTakenBack, NotOneLine
from archiver.workflow.destination import UnknownKind
from archiver.workflow.importing import import_files
from archiver.workflow.processing import process
from archiver.workflow.sealing import seal
from archiver.workflow.search import search
from archiver.workflow.station import Station
from archiver.workflow.verifying import verify
from tests.papers import CASE, CHECKER, JUDGMENT, OPERATOR, bind, finish, let_seal_undescribed

METS = "{http://www.loc.gov/METS/}"
WORDS = ("أول", "ثان", "ثالث", "رابع")


@pytest.fixture(scope="module")
def bound_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one file of four pages, read; each page has a word of its own."""
    folder = tmp_path_factory.mktemp("bound")
    root = folder / "archive"
    app.init_archive(root, OPERATOR, Identity(OPERATOR.station, OPERATOR.company))
    let_seal_undescribed(root)
    file = bind(folder / "ملف.tif", *((JUDGMENT[0], f"هذه الصفحة {word}") for word in WORDS))
    with app.open_station(root) as opened:
        finish(import_files(opened, OPERATOR, [file], key=CaseKey.parse(CASE)))
        finish(process(opened, OPERATOR))
    return root


@pytest.fixture
def bound(bound_once: Path, tmp_path: Path) -> Iterator[Station]:
    root = Path(shutil.copytree(bound_once, tmp_path / "archive"))
    with app.open_station(root) as opened:
        yield opened


def do(station: Station, act: Callable[..., Iterator[Step]], *words: object, **more: object):
    return finish(act(station, OPERATOR, 1, *words, **more))[0]


def shape(station: Station) -> list[tuple[str, list[int]]]:
    """(kind, source pages) of each document, in order."""
    view = queries.case_view(station, 1)
    assert [p.position for p in view.pages] == list(range(1, len(view.pages) + 1))
    assert [d.position for d in view.documents] == list(range(1, len(view.documents) + 1))
    return [
        (d.kind, [p.source_page for p in view.pages if p.document_id == d.id])
        for d in view.documents
    ]


# --- the acts -----------------------------------------------------------------------------------


def test_split_merge_move_place_and_back_again(bound: Station) -> None:
    start = shape(bound)
    assert start == [("unsorted", [1, 2, 3, 4])]
    do(bound, arranging.split, 2)
    do(bound, arranging.split, 4, kind="judgment")
    seen = [start, [("unsorted", [1]), ("unsorted", [2, 3]), ("judgment", [4])]]
    assert shape(bound) == seen[1]
    do(bound, arranging.place, 3, 1)
    assert shape(bound) == [("judgment", [4]), ("unsorted", [1]), ("unsorted", [2, 3])]
    do(bound, arranging.move, 3, 3, to=1)
    assert shape(bound) == [("judgment", [4, 2]), ("unsorted", [1]), ("unsorted", [3])]
    do(bound, arranging.move, 1, 1, before=3)
    assert shape(bound) == [("judgment", [2]), ("unsorted", [4, 1]), ("unsorted", [3])]
    do(bound, arranging.merge, 2)
    assert shape(bound) == [("judgment", [2, 4, 1]), ("unsorted", [3])]
    for _ in range(4):
        do(bound, undo)
    assert shape(bound) == seen[1]
    do(bound, undo)
    do(bound, undo)
    assert shape(bound) == start
    with pytest.raises(NothingArranged):
        do(bound, undo)


def test_undo_survives_a_restart_and_an_import(bound: Station, tmp_path: Path) -> None:
    do(bound, arranging.split, 3)
    do(bound, arranging.describe_document, 2, kind="judgment", title="الحكم", folios="3-4")
    root = bound.root
    bound.close()
    with app.open_station(root) as again:
        file = bind(tmp_path / "مذكرة.tif", ("مذكرة بدفاع المطعون ضده",))
        finish(import_files(again, OPERATOR, [file], key=CaseKey.parse(CASE), kind="defence_memo"))
        do(again, undo)
        assert shape(again) == [("unsorted", [1, 2]), ("unsorted", [3, 4]), ("defence_memo", [1])]
        do(again, undo)
        assert shape(again) == [("unsorted", [1, 2, 3, 4]), ("defence_memo", [1])]
        acts = arranging.history(again, 1)
        assert [act.act for act in acts] == ["split", "describe", "undo", "undo"]
        assert [act.undoes for act in acts] == [None, None, 2, 1]
        do(again, arranging.split, 3)
        assert shape(again) == [("unsorted", [1, 2]), ("unsorted", [3, 4]), ("defence_memo", [1])]


def test_redo_makes_again_what_was_taken_back_and_ends_with_the_next_act(
    bound: Station, tmp_path: Path
) -> None:
    start = shape(bound)
    do(bound, arranging.split, 3)
    split = shape(bound)
    do(bound, arranging.describe_document, 2, kind="judgment")
    named = shape(bound)
    do(bound, undo)
    do(bound, undo)
    assert shape(bound) == start
    do(bound, redo)
    assert shape(bound) == split
    file = bind(tmp_path / "مذكرة.tif", ("مذكرة بدفاع المطعون ضده",))
    finish(import_files(bound, OPERATOR, [file], key=CaseKey.parse(CASE), kind="defence_memo"))
    do(bound, redo)
    assert shape(bound) == [*named, ("defence_memo", [1])]  # what came in since stays
    do(bound, undo)
    assert shape(bound) == [*split, ("defence_memo", [1])]
    do(bound, arranging.place, 2, 1)
    with pytest.raises(NothingTakenBack):
        do(bound, redo)
    acts = arranging.history(bound, 1)
    assert [act.act for act in acts] == [
        "split", "describe", "undo", "undo", "redo", "redo", "undo", "place",
    ]  # fmt: skip
    events = [e for e in audit.events(bound.database.connection, 1) if e.verb == "arrange"]
    assert [json.loads(e.detail)["act"] for e in events] == [act.act for act in acts]


def test_what_is_said_of_a_document_and_a_page(bound: Station) -> None:
    do(bound, arranging.describe_document, 1, kind="judgment", title=" حكم  النقض ",
       date="٢١ من نوفمبر ٢٠٢٤", copy="certified_copy", folios="١-٤")  # fmt: skip
    (found,) = queries.case_view(bound, 1).documents
    assert (found.kind, found.title, found.copy) == ("judgment", "حكم النقض", "certified_copy")
    assert (found.date, found.folios) == ("٢١ من نوفمبر ٢٠٢٤", "١-٤")
    do(bound, arranging.describe_page, 2, side="verso", blank=True, marks=["stamp", " "])
    page = queries.case_view(bound, 1).pages[1]
    assert (page.side, page.blank, json.loads(page.marks)) == ("verso", True, ["stamp"])
    finish(process(bound, OPERATOR))
    with bound.database.transaction() as connection:
        connection.execute("UPDATE page SET state = 'waiting'")
    finish(process(bound, OPERATOR))
    assert queries.case_view(bound, 1).pages[1].blank  # a person's word outlives a reading
    do(bound, undo)
    page = queries.case_view(bound, 1).pages[1]
    assert (page.side, page.blank, page.marks) == ("", False, "[]")


def test_the_index_follows_the_kind(bound: Station) -> None:
    word = WORDS[2]
    (hit,) = search(bound, f"نوع:judgment {word}").hits or (None,)
    assert hit is None
    do(bound, arranging.split, 3, kind="judgment")
    (hit,) = search(bound, f"نوع:judgment {word}").hits
    assert (hit.page.position, hit.document.kind) == (3, "judgment")
    do(bound, undo)
    assert search(bound, f"نوع:judgment {word}").total == 0
    assert search(bound, word).total == 1


def test_each_act_is_in_the_audit_log_with_what_it_changed(bound: Station) -> None:
    changed = do(bound, arranging.split, 2)
    event = list(audit.events(bound.database.connection, 1))[-1]
    detail = json.loads(event.detail)
    assert (event.verb, event.person) == ("arrange", OPERATOR.person)
    assert detail["act"] == changed.facts["act"] == "split"
    assert len(json.loads(detail["before"])["order"]) == 1
    assert len(json.loads(detail["after"])["order"]) == 2
    assert audit.first_broken(bound.database.connection) is None


def test_pages_whose_numbers_have_gaps_are_put_in_order(bound: Station) -> None:
    with bound.database.transaction() as connection:
        connection.execute("UPDATE page SET position = position * 10 + 90")
    do(bound, arranging.split, 3)
    assert shape(bound) == [("unsorted", [1, 2]), ("unsorted", [3, 4])]


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "words", "more", "error"),
    [
        (arranging.split, (1,), {}, NothingToSplit),
        (arranging.split, (5,), {}, NoPageThere),
        (arranging.split, (0,), {}, NoPageThere),
        (arranging.split, (2,), {"kind": "x"}, UnknownKind),
        (arranging.merge, (1,), {}, NothingBefore),
        (arranging.merge, (2,), {}, NoSuchDocument),
        (arranging.place, (1, 2), {}, NoSuchDocument),
        (arranging.place, (1, 1), {}, NothingChanges),
        (arranging.move, (1, 2), {"before": 2}, IntoItself),
        (arranging.move, (1, 9), {"to": 1}, NoPageThere),
        (arranging.move, (1, 1), {"to": 2}, NoSuchDocument),
        (arranging.describe_document, (1,), {"copy": "fax"}, NoSuchWord),
        (arranging.describe_document, (1,), {"title": "a\0b"}, NotOneLine),
        (arranging.describe_document, (1,), {"title": "ط" * 100_000}, TooLong),
        (arranging.describe_page, (1,), {"side": "left"}, NoSuchWord),
    ],
)
def test_a_request_that_cannot_be_met_changes_nothing(
    bound: Station, act, words, more, error: type[RequestRefused]
) -> None:
    before = shape(bound)
    with pytest.raises(error) as refused:
        do(bound, act, *words, **more)
    assert str(refused.value)
    assert shape(bound) == before
    assert arranging.history(bound, 1) == ()


def test_an_accepted_file_is_checked_again_and_a_sealed_one_refuses(bound: Station) -> None:
    finish(check(bound, CHECKER, 1, accept=True))
    changed = do(bound, arranging.split, 2)
    assert changed.facts["check_again"]
    assert "again" in changed.sentence
    assert queries.case_by_id(bound, 1).state is CaseState.OPEN
    finish(check(bound, CHECKER, 1, accept=True))
    finish(seal(bound, OPERATOR, 1))
    for act, words in ((arranging.split, (3,)), (undo, ()), (arranging.merge, (2,))):
        with pytest.raises(CaseSealed):
            do(bound, act, *words)


# --- what follows -------------------------------------------------------------------------------


def test_a_rearranged_case_is_sealed_in_its_new_order(bound: Station) -> None:
    """The package, its ALTO names and its PDF stand in the order that people gave."""
    do(bound, arranging.split, 2)
    do(bound, arranging.split, 4, kind="judgment")
    do(bound, arranging.place, 3, 1)
    do(bound, arranging.move, 4, 4, to=1)
    assert shape(bound) == [("judgment", [4, 3]), ("unsorted", [1]), ("unsorted", [2])]
    finish(check(bound, CHECKER, 1, accept=True))
    sealed, _ = finish(seal(bound, OPERATOR, 1))
    assert finish(verify(bound))[0].facts["problems"] == []
    view = queries.case_view(bound, 1)
    with zipfile.ZipFile(str(sealed.facts["package"])) as package:
        names = package.namelist()
        for page in view.pages:
            (alto,) = (n for n in names if n.endswith(f"/{page.position:04d}.xml"))
            assert package.read(alto) == bound.blobs.path(page.alto).read_bytes()
        (path,) = (n for n in names if n.endswith("/representations/master/METS.xml"))
        mets = etree.fromstring(package.read(path))
    divs = mets.findall(f".//{METS}div[@TYPE='document']")
    assert [len(div.findall(f"{METS}div")) for div in divs] == [2, 1, 1]
    order = [page.get("ORDER") for page in mets.findall(f".//{METS}div[@TYPE='page']")]
    assert order == ["1", "2", "3", "4"]


# --- the pure changes ---------------------------------------------------------------------------


def drawn_arrangement(sizes: list[int]) -> Arrangement:
    made, page = [], 0
    for number, size in enumerate(sizes, 1):
        made.append(Placed(number, "unsorted", "", tuple(range(page + 1, page + size + 1))))
        page += size
    return Arrangement(tuple(made), {1: PageFacts("recto")})


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=5),
    st.lists(st.tuples(st.sampled_from("smvpb"), *[st.integers(1, 12)] * 3), max_size=8),
)
def test_no_change_loses_or_doubles_a_page_and_all_go_back(sizes, acts) -> None:
    now, past = drawn_arrangement(sizes), []
    new = 100
    for act, a, b, c in acts:
        made = {
            "s": lambda n, a=a: change.split(n, a),
            "m": lambda n, a=a: change.merge(n, a),
            "v": lambda n, a=a, b=b, c=c: change.move(n, min(a, b), max(a, b), to=c),
            "b": lambda n, a=a, b=b, c=c: change.move(n, min(a, b), max(a, b), before=c),
            "p": lambda n, a=a, b=b: change.place(n, a, b),
        }[act]
        try:
            after = made(now)
        except RequestRefused:
            continue
        named = []
        for document in after.documents:
            new += document.id == 0
            named.append(replace(document, id=document.id or new))
        after = replace(after, documents=tuple(named))
        assert sorted(after.pages) == sorted(now.pages)
        assert all(document.pages for document in after.documents)
        past.append((now, documents.difference(now, after)[0]))
        now = after
    for before, record in reversed(past):
        now = documents.restored(now, record)
        assert now == before

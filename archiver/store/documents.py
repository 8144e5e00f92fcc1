"""The arrangement of a case file, and the acts that made it, as rows.

An act keeps what it changed, as it was and as it is:
`{"order": [document ids], "documents": {id: {…} or null}, "pages": {id: {…}}}`; null for a
document that is not there. `order` names all documents, the other two only those that changed.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from archiver.model.arrangement import Act, Arrangement, PageFacts, Placed

_BELOW_ALL: Final = -(1 << 40)


def read(connection: sqlite3.Connection, case_id: int) -> Arrangement:
    pages: dict[int, list[int]] = {}
    facts = {}
    for row in connection.execute(
        "SELECT id, document_id, side, marks, said_blank, said_turn, aside, aside_reason,"
        " accepted, accepted_reason FROM page WHERE case_id = ? ORDER BY position",
        (case_id,),
    ):
        if not row["aside"]:
            pages.setdefault(row["document_id"], []).append(row["id"])
        said = _said(row)
        if said != PageFacts():
            facts[row["id"]] = said
    rows = connection.execute(
        "SELECT * FROM document WHERE case_id = ? AND position > 0 ORDER BY position", (case_id,)
    )
    documents = tuple(
        Placed(d["id"], d["kind"], d["title"], tuple(pages.get(d["id"], ())), d["date"], d["copy"],
               d["folios"])
        for d in rows
    )  # fmt: skip
    return Arrangement(documents, facts)


def write(
    connection: sqlite3.Connection, case_id: int, before: Arrangement, after: Arrangement
) -> Arrangement:
    """Make `after` of `before`, inside the caller's transaction; `after` with its new ids.

    Pages that are to be found under another kind of document count as not indexed.
    """
    after = replace(after, documents=tuple(_known(connection, case_id, d) for d in after.documents))
    if before.documents != after.documents:
        _write_documents(connection, case_id, after)
        _write_pages(connection, case_id, before, after)
    for page in _said_otherwise(before, after):
        _write_facts(connection, page, after.facts.get(page, PageFacts()))
    return after


def _write_facts(connection: sqlite3.Connection, page: int, facts: PageFacts) -> None:
    """What was said of one page. Turned another way than it was read, it waits to be read again."""
    connection.execute(
        "UPDATE page SET side = ?, marks = ?, aside = ?, aside_reason = ?, accepted = ?,"
        " accepted_reason = ? WHERE id = ?",
        (facts.side, _list(facts.marks), facts.aside, facts.why, _list(facts.accepted),
         facts.accepted_why, page),
    )  # fmt: skip
    connection.execute(
        "UPDATE page SET said_blank = ?1, blank = coalesce(?1, (SELECT r.blank FROM reading r"
        " WHERE r.stage_key = page.stage_key), (SELECT json_extract(c.figures, '$.blank.figure')"
        " > 0 FROM page_check c WHERE c.page_id = page.id), 0)"
        " WHERE id = ?2 AND said_blank IS NOT ?1",
        (facts.blank, page),
    )
    connection.execute(
        "UPDATE page SET said_turn = ?1, turn_deg = coalesce(?1, (SELECT r.turn_deg FROM reading r"
        " WHERE r.stage_key = page.stage_key), hint_deg), state = 'waiting'"
        " WHERE id = ?2 AND said_turn IS NOT ?1",
        (facts.turn_deg, page),
    )


def _known(connection: sqlite3.Connection, case_id: int, document: Placed) -> Placed:
    if document.id:
        return document
    # It gets its place with the others; until then any that no document can have.
    cursor = connection.execute(
        "INSERT INTO document (case_id, position, kind, title) VALUES (?, (SELECT min(?,"
        " min(position)) - 1 FROM document WHERE case_id = ?), '', '')",
        (case_id, _BELOW_ALL, case_id),
    )
    return replace(document, id=cursor.lastrowid or 0)


def _write_documents(connection: sqlite3.Connection, case_id: int, after: Arrangement) -> None:
    # (case_id, position) is unique: out of the way first, then each to its place.
    connection.execute("UPDATE document SET position = -id WHERE case_id = ?", (case_id,))
    connection.executemany(
        "UPDATE document SET position = ?, kind = ?, title = ?, date = ?, copy = ?, folios = ?"
        " WHERE id = ?",
        [
            (place, d.kind, d.title, d.date, d.copy, d.folios, d.id)
            for place, d in enumerate(after.documents, 1)
        ],
    )


def _write_pages(
    connection: sqlite3.Connection, case_id: int, before: Arrangement, after: Arrangement
) -> None:
    """Each page to its place, wherever it stands now: numbers may have gaps."""
    rows = connection.execute(
        "SELECT id, position, document_id FROM page WHERE case_id = ?", (case_id,)
    )
    there = {row["id"]: (row["position"], row["document_id"]) for row in rows}
    owner = {page: document for document in after.documents for page in document.pages}
    wanted = {page: (n, owner[page].id) for n, page in enumerate(after.pages, 1)}
    moved = {page: at for page, at in wanted.items() if there[page] != at}
    away = [*moved, *(set(there) - set(wanted))]  # those that are aside stay there
    connection.executemany("UPDATE page SET position = -id WHERE id = ?", [(p,) for p in away])
    connection.executemany(
        "UPDATE page SET position = ?, document_id = ? WHERE id = ?",
        [(*at, page) for page, at in moved.items()],
    )
    kinds = {page: document.kind for document in before.documents for page in document.pages}
    connection.executemany(
        "UPDATE page SET indexed = 0 WHERE id = ?",
        [(page,) for page in wanted if kinds.get(page) != owner[page].kind],
    )


def add_act(connection: sqlite3.Connection, act: Act) -> int:
    """Record `act` (its id is ignored); its id."""
    names = tuple(Act.__dataclass_fields__)[1:]
    cursor = connection.execute(
        f"INSERT INTO arrangement ({', '.join(names)}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [getattr(act, name) for name in names],
    )
    return cursor.lastrowid or 0


def acts(connection: sqlite3.Connection, case_id: int) -> tuple[Act, ...]:
    """All of them, oldest first."""
    rows = connection.execute("SELECT * FROM arrangement WHERE case_id = ? ORDER BY id", (case_id,))
    return tuple(Act(**dict(row)) for row in rows)


def history(connection: sqlite3.Connection, case_id: int) -> list[tuple[int, int | None]]:
    """(id, id of the act that it takes back) of each act, oldest first."""
    rows = connection.execute(
        "SELECT id, undoes FROM arrangement WHERE case_id = ? ORDER BY id", (case_id,)
    )
    return [(number, undoes) for number, undoes in rows]


def act(connection: sqlite3.Connection, number: int) -> Act:
    row = connection.execute("SELECT * FROM arrangement WHERE id = ?", (number,)).fetchone()
    return Act(**dict(row))


def difference(before: Arrangement, after: Arrangement) -> tuple[str, str]:
    """What differs between the two, as each has it: JSON."""
    sides = []
    for one, other in ((before, after), (after, before)):
        mine, theirs = ({d.id: d for d in side.documents} for side in (one, other))
        changed = [key for key in {**mine, **theirs} if mine.get(key) != theirs.get(key)]
        said = _said_otherwise(one, other)
        record = {
            "order": [d.id for d in one.documents],
            "documents": {key: asdict(mine[key]) if key in mine else None for key in changed},
            "pages": {page: asdict(one.facts.get(page, PageFacts())) for page in said},
        }
        sides.append(json.dumps(record, ensure_ascii=False, sort_keys=True))
    return sides[0], sides[1]


def _said_otherwise(one: Arrangement, other: Arrangement) -> list[int]:
    pages, nothing = sorted({**one.facts, **other.facts}), PageFacts()
    return [p for p in pages if one.facts.get(p, nothing) != other.facts.get(p, nothing)]


def restored(now: Arrangement, record: str) -> Arrangement:
    """`now` with what `record` tells put back; documents that came in since stay, at the end."""
    old = json.loads(record)
    kept = {document.id: document for document in now.documents}
    for key, told in old["documents"].items():
        if told is None:
            kept.pop(int(key), None)
        else:
            kept[int(key)] = Placed(**{**told, "pages": tuple(told["pages"])})
    order = [*old["order"], *(d.id for d in now.documents if d.id not in old["order"])]
    facts = dict(now.facts)
    facts.update({int(page): _facts(told) for page, told in old["pages"].items()})
    documents = tuple(kept[key] for key in order if key in kept)
    return _with_newcomers(Arrangement(documents, facts), now)


def _with_newcomers(restored: Arrangement, now: Arrangement) -> Arrangement:
    """`restored` with the pages that came in since, each behind the page it came behind."""
    pages = [list(document.pages) for document in restored.documents]
    placed = set(restored.pages)
    before = 0
    for page in now.pages:
        if page not in placed and not restored.facts.get(page, PageFacts()).aside and pages:
            into = next((of for of in pages if before in of), pages[0])
            into.insert(into.index(before) + 1 if before in into else 0, page)
        before = page
    together = zip(restored.documents, pages, strict=True)
    documents = tuple(replace(document, pages=tuple(of)) for document, of in together)
    return replace(restored, documents=documents)


def _facts(told: dict[str, Any]) -> PageFacts:
    lists: dict[str, Any] = {n: tuple(told[n]) for n in ("marks", "accepted") if n in told}
    return PageFacts(**(told | lists))


def _list(words: Sequence[str]) -> str:
    return json.dumps(words, ensure_ascii=False)


def _said(row: sqlite3.Row) -> PageFacts:
    return PageFacts(
        side=row["side"],
        marks=tuple(json.loads(row["marks"])),
        blank=None if row["said_blank"] is None else bool(row["said_blank"]),
        turn_deg=row["said_turn"],
        aside=row["aside"],
        why=row["aside_reason"],
        accepted=tuple(json.loads(row["accepted"])),
        accepted_why=row["accepted_reason"],
    )

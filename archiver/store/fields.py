"""What was said of fields, what rules propose, and the complaints that people let stand."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Final

from archiver.model.description import (
    FieldAct,
    FieldProposal,
    FieldValue,
    NewValue,
    Subject,
    ValueSource,
)
from archiver.model.taking_back import Chain, chains
from archiver.store.audit import now
from ocr.page import Box

_VALUES: Final = (
    "SELECT a.*, v.* FROM field_act a JOIN field_value v ON v.act_id = a.id WHERE NOT EXISTS"
    " (SELECT 1 FROM field_act n WHERE n.case_id = a.case_id AND n.field = a.field"
    " AND n.document_id IS a.document_id AND n.page_id IS a.page_id AND n.id > a.id)"
)


def say(
    connection: sqlite3.Connection,
    subject: Subject,
    field: str,
    values: Sequence[NewValue],
    person: str,
    *,
    undoes: int | None = None,
) -> int:
    """Record what a whole field is from now on; the id of the act."""
    cursor = connection.execute(
        "INSERT INTO field_act (case_id, document_id, page_id, field, at, person, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (subject.case_id, subject.document_id, subject.page_id, field, now(), person, undoes),
    )
    act_id = cursor.lastrowid or 0
    connection.executemany(
        "INSERT INTO field_value VALUES (?, ?, ?, ?, ?, ?)",
        [
            (act_id, place, _json(new.value), new.as_written, new.source, new.proposal_id)
            for place, new in enumerate(values, 1)
        ],
    )
    return act_id


def of_case(connection: sqlite3.Connection, case_id: int) -> tuple[FieldValue, ...]:
    """The values that stand, of the case file, its documents and its pages."""
    rows = connection.execute(
        _VALUES + " AND a.case_id = ? ORDER BY a.field, a.document_id, a.page_id, v.position",
        (case_id,),
    )
    return tuple(_value(row) for row in rows)


def of_field(
    connection: sqlite3.Connection, subject: Subject, field: str
) -> tuple[FieldValue, ...]:
    """The values of one field that stand, in their order."""
    rows = connection.execute(
        _VALUES + " AND a.case_id = ? AND a.field = ? AND a.document_id IS ? AND a.page_id IS ?"
        " ORDER BY v.position",
        (subject.case_id, field, subject.document_id, subject.page_id),
    )
    return tuple(_value(row) for row in rows)


def history(
    connection: sqlite3.Connection, case_id: int, field: str | None = None
) -> tuple[FieldAct, ...]:
    """All acts of a case file, or those on one field of it, oldest first."""
    rows = connection.execute(
        "SELECT * FROM field_act WHERE case_id = ? AND (? IS NULL OR field = ?) ORDER BY id",
        (case_id, field, field),
    ).fetchall()
    return tuple(
        FieldAct(
            id=row["id"],
            subject=_subject(row),
            field=row["field"],
            at=row["at"],
            person=row["person"],
            undoes=row["undoes"],
            values=_said(connection, row["id"]),
        )
        for row in rows
    )


def chains_of(acts: Iterable[FieldAct]) -> tuple[Chain, ...]:
    return chains((act.id, act.undoes) for act in acts)


def _said(connection: sqlite3.Connection, act_id: int) -> tuple[NewValue, ...]:
    rows = connection.execute(
        "SELECT * FROM field_value WHERE act_id = ? ORDER BY position", (act_id,)
    )
    return tuple(
        NewValue(
            json.loads(row["value"]),
            row["as_written"],
            ValueSource(row["source"]),
            row["proposal_id"],
        )
        for row in rows
    )


# --- proposals ----------------------------------------------------------------------------------


def replace_proposals(
    connection: sqlite3.Connection,
    case_id: int,
    made: Iterable[FieldProposal],
    made_from: str,
) -> None:
    """Put these proposals (their ids are ignored) in the place of all there are.

    made_from: the state of the text they were made from. Those that a value rests on are kept,
    out of sight.
    """
    connection.execute(
        "DELETE FROM proposal WHERE case_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM field_value v WHERE v.proposal_id = proposal.id)",
        (case_id,),
    )
    connection.execute("UPDATE proposal SET stands = 0 WHERE case_id = ?", (case_id,))
    connection.executemany(
        "INSERT INTO proposal (case_id, page_id, field, position, value, as_written, probability,"
        " rule, pages, words, boxes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                case_id, p.page_id, p.field, p.position, _json(p.value), p.as_written,
                p.probability, p.rule, _json(p.pages), _json(p.words),
                _json([(b.x, b.y, b.width, b.height) for b in p.boxes]),
            )
            for p in made
        ],
    )  # fmt: skip
    connection.execute("INSERT OR REPLACE INTO proposed VALUES (?, ?)", (case_id, made_from))


def proposed_from(connection: sqlite3.Connection, case_id: int) -> str:
    """The state of the text that the proposals of a case file were made from; "" before."""
    row = connection.execute(
        "SELECT made_from FROM proposed WHERE case_id = ?", (case_id,)
    ).fetchone()
    return str(row["made_from"]) if row else ""


def proposals(
    connection: sqlite3.Connection, case_id: int, field: str | None = None
) -> tuple[FieldProposal, ...]:
    """The proposals that stand, in their order."""
    rows = connection.execute(
        "SELECT o.*, p.position AS page FROM proposal o JOIN page p ON p.id = o.page_id"
        " WHERE o.case_id = ? AND p.position > 0 AND o.stands AND (? IS NULL OR o.field = ?)"
        " ORDER BY o.field, o.position",
        (case_id, field, field),
    )
    return tuple(_proposal(row) for row in rows)


def proposal(connection: sqlite3.Connection, number: int) -> FieldProposal | None:
    """One proposal, whether it still stands or not: what a value rests on."""
    row = connection.execute(
        "SELECT o.*, p.position AS page FROM proposal o JOIN page p ON p.id = o.page_id"
        " WHERE o.id = ?",
        (number,),
    ).fetchone()
    return _proposal(row) if row else None


# --- complaints that a person lets stand --------------------------------------------------------


def override(
    connection: sqlite3.Connection,
    case_id: int,
    finding: str,
    rule: str,
    reason: str,
    person: str,
) -> None:
    """Let a complaint stand, with the reason; an empty reason takes that back."""
    connection.execute(
        "INSERT INTO finding_override (case_id, finding, rule, reason, person, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (case_id, finding, rule, reason, person, now()),
    )


def overrides(connection: sqlite3.Connection, case_id: int) -> dict[str, tuple[str, str]]:
    """finding -> (reason, person), for those that stand."""
    rows = connection.execute(
        "SELECT finding, reason, person FROM finding_override WHERE case_id = ? ORDER BY id",
        (case_id,),
    )
    newest = {row["finding"]: (row["reason"], row["person"]) for row in rows}
    return {finding: said for finding, said in newest.items() if said[0]}


# --- rows ---------------------------------------------------------------------------------------


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _subject(row: sqlite3.Row) -> Subject:
    return Subject(row["case_id"], row["document_id"], row["page_id"])


def _value(row: sqlite3.Row) -> FieldValue:
    return FieldValue(
        subject=_subject(row),
        field=row["field"],
        position=row["position"],
        value=json.loads(row["value"]),
        as_written=row["as_written"],
        source=ValueSource(row["source"]),
        proposal_id=row["proposal_id"],
        act_id=row["act_id"],
        person=row["person"],
        at=row["at"],
    )


def _proposal(row: sqlite3.Row) -> FieldProposal:
    return FieldProposal(
        id=row["id"],
        case_id=row["case_id"],
        page_id=row["page_id"],
        page=row["page"],
        field=row["field"],
        position=row["position"],
        value=json.loads(row["value"]),
        as_written=row["as_written"],
        probability=row["probability"],
        rule=row["rule"],
        pages=tuple(json.loads(row["pages"])),
        words=tuple(json.loads(row["words"])),
        boxes=tuple(Box(*box) for box in json.loads(row["boxes"])),
    )

"""The station's own record of a case file, whole, so that another archive can take it in.

Library standards say what a case file is about; they do not say how its pages were turned, read
and numbered here. Version `record/1`: one line of canonical JSON.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from archiver.model.casefile import Page
from archiver.package.source import BagSource
from archiver.store.keys import canonical

VERSION: Final = "record/1"
# Ids and blob keys are this station's own affair; the state is that of the way through it.
_LOCAL: Final = frozenset({"id", "case_id", "document_id", "state"})
_OF_PAGE: Final = _LOCAL | {
    "master", "access", "thumbnail", "alto", "text", "error_code", "error_facts",
    "aside", "aside_reason", "instead_of",
}  # fmt: skip
_NEEDED: Final = (
    "station", "package_version", "case.uid", "case.profile", "case.reference", "case.title",
    "case.access", "case.created_at", "case.keys.*.series", "case.keys.*.number",
    "case.keys.*.judicial_year", "documents.*.position", "documents.*.kind", "documents.*.title",
    "pages.*.uid", "pages.*.document", "pages.*.position", "pages.*.master_file",
    "pages.*.alto_file", "pages.*.source_name",
)  # fmt: skip
_OF_VALUES: Final = tuple(
    f"values.*.{name}"
    for name in ("field", "value", "as_written", "source", "person", "document", "page")
)


class RecordError(ValueError):
    """Not a record that this program knows."""


def record(source: BagSource, files: Mapping[int, Mapping[str, str]]) -> bytes:
    """`files`: page id -> `master` and `alto` -> path inside the bag."""
    positions = {document.id: document.position for document in source.documents}
    facts = {
        "version": VERSION,
        "case": _plain(source.case),
        "documents": [_flat(document, _LOCAL) for document in source.documents],
        "pages": [
            {
                **_flat(page, _OF_PAGE),
                "document": positions[page.document_id],
                **_files(files, page),
            }
            for page in source.pages
        ],
        "values": [dict(value) for value in source.values],
        "station": source.sealed_by.station,
        "company": source.sealed_by.company,
        "package_version": source.version,
    }
    return canonical(facts) + b"\n"


def _plain(row: Any) -> dict[str, object]:
    return {name: value for name, value in asdict(row).items() if name not in _LOCAL}


def _flat(row: Any, local: frozenset[str]) -> dict[str, object]:
    """`_plain` of a row whose fields hold no rows: there are thousands."""
    names = (each.name for each in fields(row))
    return {name: getattr(row, name) for name in names if name not in local}


def _files(files: Mapping[int, Mapping[str, str]], page: Page) -> dict[str, str]:
    return {f"{name}_file": path for name, path in files[page.id].items()}


def read_record(content: bytes) -> dict[str, Any]:
    """The facts of a record. Raises RecordError."""
    try:
        facts = json.loads(content)
        version = facts["version"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecordError("no record") from error
    needed = (*_NEEDED, *(_OF_VALUES if "values" in facts else ()))
    if version != VERSION or any(not _has(facts, path) for path in needed):
        raise RecordError(f"{version}")
    return dict(facts)


def _has(facts: Any, path: str) -> bool:
    """Whether every row that `path` leads to is there: `case.uid`, `pages.*.uid`."""
    head, _dot, rest = path.partition(".")
    if head == "*":
        return isinstance(facts, list) and all(_has(each, rest) for each in facts)
    found = isinstance(facts, dict) and head in facts
    return found and (not rest or _has(facts[head], rest))

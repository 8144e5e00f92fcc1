"""What was found, as a table with citations that leaves the station."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from archiver.i18n import _, digits, ngettext
from archiver.metadata.crosswalks.tables import EXCEL_MARK, line
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Progress, Step
from archiver.store import audit
from archiver.store.durable import written
from archiver.workflow.access import levels_seen
from archiver.workflow.exporting import NEVER_EXPORTED, FileThere
from archiver.workflow.faults import storage_faults
from archiver.workflow.search import Hit, search, why_word
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import items, label
from index.engine import Sort

MOST: Final = 10_000  # hits in one table
_AT_ONCE: Final = 500


def export_hits(
    station: Station,
    actor: Actor,
    out: Path,
    query: str,
    *,
    sort: str = Sort.RELEVANCE,
    exact: bool = False,
) -> Iterator[Step]:
    """Write what `query` finds as CSV, at most `MOST` hits, the surest first.

    The export is on record before the file is seen. What stands under deliberation secrecy is
    left out. Raises FileThere, BadQuery, IndexLost, StorageFailed, DiskFull.
    """
    if out.exists():
        raise FileThere(path=out)
    levels = levels_seen(station, actor.person)
    levels = (frozenset(items("access_level")) if levels is None else levels) - NEVER_EXPORTED
    done, total = 0, 1
    try:
        with storage_faults(out), written(out, replace=False) as file:
            text = io.TextIOWrapper(file, "utf-8", newline="")
            text.write(EXCEL_MARK + line(_heads()))
            while done < min(total, MOST):
                found = search(
                    station,
                    query,
                    limit=_AT_ONCE,
                    offset=done,
                    levels=levels,
                    sort=sort,
                    exact=exact,
                )
                total = found.total
                text.writelines(line(_row(hit)) for hit in found.hits)
                if not found.hits:
                    break
                done += len(found.hits)
                yield Progress(done, min(total, MOST), _("Writing what was found"))
            text.detach()
            with station.database.transaction() as connection:
                audit.append(
                    connection, actor, "export hits", query=query, file=out.name, hits=done
                )
    except FileExistsError as error:
        raise FileThere(path=out) from error
    words = ngettext(
        "{count} hit was written to {path}.", "{count} hits were written to {path}.", done
    )
    yield Changed(
        "export hits",
        facts={"path": str(out), "hits": done, "total": total, "complete": done >= total},
        sentence=words.format(count=digits(done), path=out),
    )


def citation(hit: Hit) -> str:
    """How a page is cited: its appeal, its document, its page."""
    return _("{case}, {document}, page {page}").format(
        case=_cited_case(hit), document=_document(hit), page=digits(hit.page.position)
    )


def _cited_case(hit: Hit) -> str:
    if not hit.case.keys:
        return hit.case.reference
    key = hit.case.keys[0]
    return _("Appeal {number} of year {year} J ({series})").format(
        number=digits(key.number),
        year=digits(key.judicial_year),
        series=label("docket_series", key.series),
    )


def _document(hit: Hit) -> str:
    return hit.document.title or label("document_kind", hit.document.kind)


def _heads() -> list[str]:
    return [
        _("Citation"), _("Case"), _("Series"), _("Document"), _("Page"), _("Access"), _("Why"),
        _("Words around"),
    ]  # fmt: skip


def _row(hit: Hit) -> list[str]:
    return [
        citation(hit),
        hit.case.reference,
        label("docket_series", hit.case.keys[0].series) if hit.case.keys else "",
        _document(hit),
        str(hit.page.position),
        label("access_level", hit.case.access),
        _(", ").join(why_word(why) for why in hit.why),
        " ".join(hit.snippet.text.split()),
    ]

"""Verbs that find: search, similar, suggest, searches."""

from pathlib import Path

import click

from archiver.cli.group import Call, series_option, verb
from archiver.i18n import _, digits
from archiver.workflow import correcting, queries
from archiver.workflow.access import levels_seen
from archiver.workflow.hit_lists import citation, export_hits
from archiver.workflow.saving_searches import (
    forget_search,
    save_search,
    saved_search,
    searches_of,
)
from archiver.workflow.search import (
    FacetValue,
    Hit,
    SearchResult,
    facet_name,
    hit_boxes,
    search,
    similar,
    suggest,
    told,
    why_word,
)
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import label
from index.engine import FACETS, Sort

_limit_option = click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True,
    help=_("How many hits to show."),
)  # fmt: skip


@verb(
    "search",
    _("Find pages by words, phrases, fields or case number."),
    "  archiver search 'القصور في التسبيب'\n"
    "  archiver search '٩٩٠٠١ لسنة ٩٣' --sort date\n"
    "  archiver search '\"الدفاع الجوهري\" -إيجار' --json\n"
    "  archiver search 'خصم:الواحة سنة:93' --counts --csv found.csv\n"
    "  archiver search 'تعويض*' --save compensation && archiver search --saved compensation",
)
@click.argument("query", nargs=-1)
@_limit_option
@click.option(
    "--offset", type=click.IntRange(0), default=0, help=_("How many hits to skip.")
)  # fmt: skip
@click.option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    help=_("In which order (relevance)."),
)
@click.option("--exact", is_flag=True, help=_("Only the words as typed: no tolerance at all."))
@click.option("--counts", is_flag=True, help=_("Also count the hits by year, circuit and others."))
@click.option("--boxes", is_flag=True, help=_("With --json: where the words stand on the page."))
@click.option(
    "--csv", "table", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help=_("Write all hits as a table with citations."),
)  # fmt: skip
@click.option("--save", metavar="NAME", help=_("Keep the search under this name."))
@click.option("--saved", metavar="NAME", help=_("Ask a search that was kept."))
def search_verb(
    call: Call,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    sort: str | None,
    exact: bool,
    counts: bool,
    boxes: bool,
    table: Path | None,
    save: str | None,
    saved: str | None,
) -> None:
    if bool(query) == bool(saved):
        raise click.UsageError(_("Say what to look for, or --saved NAME."))
    with call.station(write=bool(table or save)) as station:
        actor = call.actor(station)
        words = " ".join(query)
        if saved:
            kept = saved_search(station, actor.person, saved)
            words, sort, exact = kept.query, sort or kept.sort, exact or kept.exact
        order = sort or Sort.RELEVANCE.value
        if save:
            kept_as = save_search(station, actor, save, words, sort=order, exact=exact)
            call.voice.say(call.voice.follow(kept_as).sentence)
        if table:
            steps = export_hits(station, actor, table, words, sort=order, exact=exact)
            call.voice.done(call.voice.follow(steps))
            return
        result = search(
            station,
            words,
            limit=limit,
            offset=offset,
            levels=levels_seen(station, actor.person),
            sort=order,
            exact=exact,
            facets=FACETS if counts else (),
        )
        _tell(call, result)
        _tell_counts(call, result)
        facts = _facts(station, result, boxes=boxes)
    call.voice.result({"verb": "search", **facts}, told(result))


@verb(
    "similar",
    _("Find pages of other case files that are about the same as a page."),
    "  archiver similar 99001/93 12\n  archiver similar H-0001 2 --json",
)
@click.argument("case_text", metavar="CASE")
@click.argument("position", metavar="PAGE", type=int)
@series_option
@_limit_option
def similar_verb(call: Call, case_text: str, position: int, series: str, limit: int) -> None:
    with call.station(write=False) as station:
        levels = levels_seen(station, call.actor(station).person)
        page = correcting.page_at(station, queries.find_case(station, case_text, series), position)
        result = similar(station, page, limit=limit, levels=levels)
        _tell(call, result)
        facts = _facts(station, result, boxes=False)
    call.voice.result({"verb": "similar", **facts}, told(result))


@verb(
    "suggest",
    _("Show the case numbers, parties and subject headings that begin so."),
    "  archiver suggest ٩٩٠\n  archiver suggest الواح --json",
)
@click.argument("typed")
@_limit_option
def suggest_verb(call: Call, typed: str, limit: int) -> None:
    with call.station(write=False) as station:
        levels = levels_seen(station, call.actor(station).person)
        found = suggest(station, typed, limit=limit, levels=levels)
    words = {"case": _("case number"), "party": _("party"), "subject": _("subject heading")}
    heads = (_("Suggestion"), _("What"), _("Case files"))
    call.voice.table(heads, ((each.text, words[each.kind], each.files) for each in found))
    call.voice.result(
        {
            "verb": "suggest",
            "suggestions": [
                {"kind": each.kind, "text": each.text, "case_files": each.files} for each in found
            ],
        },
        "" if found else _("Nothing begins so."),
    )


@verb(
    "searches",
    _("List the searches that you have kept, or forget one."),
    "  archiver searches\n  archiver searches --forget compensation --as mona",
)
@click.option("--forget", metavar="NAME", help=_("Keep this one no longer."))
def searches_verb(call: Call, forget: str | None) -> None:
    with call.station(write=forget is not None) as station:
        actor = call.actor(station)
        if forget is not None:
            call.voice.done(call.voice.follow(forget_search(station, actor, forget)))
            return
        kept = searches_of(station, actor.person)
    call.voice.table((_("Name"), _("Search")), ((each.name, each.query) for each in kept))
    call.voice.result(
        {
            "verb": "searches",
            "searches": [
                {"name": s.name, "query": s.query, "sort": s.sort, "exact": s.exact} for s in kept
            ],
        },
        "" if kept else _("You have kept no search."),
    )


def _tell(call: Call, result: SearchResult) -> None:
    for number, hit in enumerate(result.hits):
        if number == result.sure_here:
            call.voice.say(_("Probably misread:"))
        kind = label("document_kind", hit.document.kind)
        place = _("page {number}").format(number=digits(hit.page.position))
        why = _(", ").join(why_word(each) for each in hit.why)
        parts = (digits(hit.case.reference), kind, place, *([why] if why else []))
        call.voice.say(" · ".join(parts))
        call.voice.say(f"    {hit.snippet.text}")


def _tell_counts(call: Call, result: SearchResult) -> None:
    for facet, values in result.facets.items():
        if values:
            counted = _(", ").join(f"{each.word} ({digits(each.pages)})" for each in values[:8])
            call.voice.say(f"{facet_name(facet)}: {counted}")


def _facts(station: Station, result: SearchResult, *, boxes: bool) -> dict[str, object]:
    return {
        "query": result.query,
        "total": result.total,
        "sure": result.sure,
        "seconds": round(result.seconds, 4),
        "hits": [_hit(station, hit, boxes=boxes) for hit in result.hits],
        "counts": {facet: list(map(_value, values)) for facet, values in result.facets.items()},
    }


def _hit(station: Station, hit: Hit, *, boxes: bool) -> dict[str, object]:
    facts: dict[str, object] = {
        "case": hit.case.reference,
        "document": hit.document.kind,
        "page": hit.page.position,
        "citation": citation(hit),
        "snippet": hit.snippet.text,
        "why": hit.why,
    }
    if boxes:
        facts["boxes"] = [(b.x, b.y, b.width, b.height) for b in hit_boxes(station, hit)]
    return facts


def _value(counted: FacetValue) -> dict[str, object]:
    return {"value": counted.value, "word": counted.word, "pages": counted.pages}

"""What is found of misread pages: queries with known answers, asked of the real engine.

python -m benchmarks.retrieval PAGES.jsonl.gz QUERIES.json --field noise5 [--engine whoosh] [--json]

PAGES: an object a line with `id` and a text under each field (`clean`, `noise5`, ...). QUERIES: a
list of {"kind", "query", "relevant": [ids]}. Only the text of the field is indexed: case numbers
and parties come out of it by the station's own extraction. Queries are asked as a person would
type them; a party in its field. Beside it, in the same run, the same queries by folded words
alone, ranked by BM25: what a search without tolerance finds.
"""

import argparse
import gzip
import json
import math
import secrets
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tantivy

from archiver.metadata.extraction.heading import heading_of
from index.arabic import terms
from index.engine import Engine
from index.page import IndexedPage
from index.query import parse
from index.tantivy_engine import TantivyEngine
from index.whoosh_engine import WhooshEngine

_NEAREST: Final = 10
_COLUMNS: Final = ("mrr", "s1", "s10", "r_precision", "recall10", "ms_p95")
Ask = Callable[[str, str, int], list[int]]
"""kind, query and how many are wanted, to the ids that are found, best first."""


@dataclass(frozen=True, slots=True)
class Answer:
    relevant: frozenset[int]
    found: list[int]
    seconds: float


def main(arguments: list[str]) -> None:
    chosen = _parser().parse_args(arguments)
    queries = json.loads(chosen.queries.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        engine = _engine(chosen.engine, Path(folder) / "index")
        engine.add(_pages(chosen.pages, chosen.field))
        engine.commit()
        built = time.process_time() - begun
        figures = measured(queries, lambda *asked: _asked(engine, *asked))
        plain = measured(queries, _plain(chosen.pages, chosen.field))
        told = {"field": chosen.field, "engine": chosen.engine, "pages": engine.count()}
        told |= {"pages_per_cpu_s": round(engine.count() / built, 1)}
        engine.close()
    if chosen.json:
        print(json.dumps({**told, "kinds": figures, "plain": plain}))
    else:
        print(", ".join(f"{name} {value}" for name, value in told.items()))
        _table("tolerant", figures)
        _table("folded words alone", plain)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.retrieval",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pages", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--field", default="noise5")
    parser.add_argument("--engine", choices=("tantivy", "whoosh"), default="tantivy")
    parser.add_argument("--json", action="store_true")
    return parser


def _engine(name: str, folder: Path) -> Engine:
    if name == "whoosh":
        return WhooshEngine.create(folder, secrets.token_bytes(32))
    return TantivyEngine.create(folder)


def _texts(path: Path, field: str) -> Iterator[tuple[int, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            yield page["id"], page[field]


def _pages(path: Path, field: str) -> Iterator[IndexedPage]:
    for number, text in _texts(path, field):
        heading = heading_of(text)
        yield IndexedPage(number, number, text, keys=heading.numbers, parties=heading.parties)


def _asked(engine: Engine, kind: str, query: str, wanted: int) -> list[int]:
    typed = f"خصم:({query})" if kind == "party" else query
    return [hit.page_id for hit in engine.search(parse(typed), limit=wanted).hits]


def _plain(path: Path, field: str) -> Ask:
    """Any of the folded words of the page, by BM25."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("page", fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for number, text in _texts(path, field):
        document = tantivy.Document()
        document.add_unsigned("page", number)
        document.add_text("words", " ".join(terms(text)))
        writer.add_document(document)
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(_kind: str, query: str, wanted: int) -> list[int]:
        words = [tantivy.Query.term_query(schema, "words", word) for word in terms(query)]
        asked = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])
        addresses = [address for _, address in searcher.search(asked, wanted).hits]
        return [int(number or 0) for number in searcher.fast_field_values("page", addresses)]

    return ask


def measured(queries: Sequence[dict[str, Any]], ask: Ask) -> dict[str, dict[str, float]]:
    """The figures of each kind of query."""
    answers: defaultdict[str, list[Answer]] = defaultdict(list)
    for query in queries:
        relevant = frozenset(query["relevant"])
        begun = time.perf_counter()
        found = ask(query["kind"], query["query"], max(_NEAREST, len(relevant)))
        seconds = time.perf_counter() - begun
        answers[query["kind"]].append(Answer(relevant, found, seconds))
    return {kind: figures(each) for kind, each in answers.items()}


def figures(answers: Sequence[Answer]) -> dict[str, float]:
    """mrr: mean of one over the rank of the first relevant page. s1, s10: share of queries with one
    there. r_precision: of the first r of r relevant ones. recall10: of those that ten can hold."""
    ranks = [_first(each) for each in answers]
    slowest = sorted(each.seconds for each in answers)[math.ceil(0.95 * len(answers)) - 1]
    values = (
        _mean([1 / rank if rank else 0.0 for rank in ranks]),
        _mean([rank == 1 for rank in ranks]),
        _mean([0 < rank <= _NEAREST for rank in ranks]),
        _mean([_held(each, len(each.relevant)) / len(each.relevant) for each in answers]),
        _mean([_held(each, _NEAREST) / min(_NEAREST, len(each.relevant)) for each in answers]),
        1000 * slowest,
    )
    return {name: round(value, 3) for name, value in zip(_COLUMNS, values, strict=True)}


def _first(answer: Answer) -> int:
    """The rank of the first relevant page, from 1; 0 where none was found."""
    ranks = (rank for rank, page in enumerate(answer.found, 1) if page in answer.relevant)
    return next(ranks, 0)


def _held(answer: Answer, first: int) -> int:
    return len(answer.relevant.intersection(answer.found[:first]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _table(title: str, kinds: dict[str, dict[str, float]]) -> None:
    print(f"\n{title:<20}" + "".join(f"{column:>13}" for column in _COLUMNS))
    for kind, figure in kinds.items():
        print(f"{kind:<20}" + "".join(f"{figure[column]:>13.3f}" for column in _COLUMNS))


if __name__ == "__main__":
    main(sys.argv[1:])

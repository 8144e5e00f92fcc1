"""How long it takes to index and to find, in both engines, beside SQLite's FTS5.

python -m benchmarks.search                       10,000 and 100,000 pages, both engines
python -m benchmarks.search --quick               2,000 pages, under a minute
python -m benchmarks.search --pages 1000000 --engine tantivy
python -m benchmarks.search --keep FOLDER       leaves the indexes there, asks again those it finds
python -m benchmarks.search --json                one object on standard output

Pages are generated (search_pages.py) and analysed in two processes, as a rebuild does it; making
them up is not timed. Each engine is built and asked in a process of its own, so that the memory
told is its own. FTS5 is given the same folded words and answers the plain questions.
"""

import argparse
import json
import multiprocessing
import resource
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.search_pages import misread, page, vocabulary, words_of
from index.arabic import terms
from index.engine import FACETS, Engine
from index.entry import Entry, entries
from index.highlight import matching_words, snippet
from index.query import parse
from index.tantivy_engine import TantivyEngine
from index.whoosh_engine import WhooshEngine

SIZES: Final = (10_000, 100_000)
QUICK: Final = 500
ENGINES: Final = ("tantivy", "whoosh", "fts5")
ANALYSTS: Final = 2
TASK, COMMIT = 250, 10_000
QUESTIONS: Final = 60
MOST_SECONDS: Final = 30.0  # to ask the questions of a kind once
NEW_PAGES, FIRST_NEW = 10, 1 << 40
LEVELS: Final = frozenset({"court_internal"})
KEY: Final = b"benchmark"
Question = tuple[str, dict[str, Any]]


def made(span: tuple[int, int]) -> tuple[list[Entry], float, int]:
    """Some pages, analysed; the processor seconds it took to make them up, and their bytes."""
    started = time.process_time()
    pages = [page(number) for number in range(*span)]
    seconds = time.process_time() - started
    return entries(pages), seconds, sum(len(each.text.encode()) for each in pages)


def spans(count: int) -> Iterator[tuple[int, int]]:
    yield from ((at, min(at + TASK, count)) for at in range(0, count, TASK))


def create(name: str, folder: Path) -> Engine:
    return TantivyEngine.create(folder) if name == "tantivy" else WhooshEngine.create(folder, KEY)


def opened(name: str, folder: Path) -> Engine:
    return TantivyEngine(folder) if name == "tantivy" else WhooshEngine(folder, KEY)


def build(name: str, folder: Path, count: int) -> dict[str, float]:
    """Index `count` pages.

    seconds: of two cores, without making the pages up: all processor time shared by two, or what
    adding and committing took, whichever is longer, as both go on at once.
    """
    engine = create(name, folder)
    making = text = writing = 0.0
    begun = time.process_time()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(ANALYSTS, mp_context=context) as pool:
        done, todo = 0, spans(count)
        while chunk := list(islice(todo, COMMIT // TASK)):
            for found, seconds, size in pool.map(made, chunk):
                making, text, done = making + seconds, text + size, done + len(found)
                started = time.perf_counter()
                engine.add(found, new=True)
                writing += time.perf_counter() - started
            started = time.perf_counter()
            engine.commit(more=done < count)
            writing += time.perf_counter() - started
    engine.close()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    analysis = children.ru_utime + children.ru_stime - making
    own = time.process_time() - begun  # merging and unpickling included
    return {
        "seconds": max((analysis + own) / ANALYSTS, writing),
        "writing_seconds": writing,
        "pages_per_cpu_s": count / (analysis + own),
        "analysis_cpu_s": analysis,
        "engine_cpu_s": own,
        "text_mb": text / 1e6,
        "disk_mb": size_mb(folder),
        "disk_to_text": size_mb(folder) * 1e6 / text,
        "memory_mb": peak_mb(),
        "analyst_mb": peak_mb(resource.RUSAGE_CHILDREN),
    }


def size_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def peak_mb(of: int = resource.RUSAGE_SELF) -> float:
    """The most memory this process had, shared pages included, or the largest of its children."""
    return resource.getrusage(of).ru_maxrss / 1e3


def questions(count: int) -> dict[str, list[Question]]:
    """Of each kind; words of pages that are there, from common to rare."""
    random, words = np.random.default_rng(count), vocabulary()
    texts = [words_of(int(number)) for number in random.integers(0, count, QUESTIONS)]
    common = [words[int(rank)] for rank in random.integers(5, 3000, QUESTIONS)]
    plain: dict[str, Any] = {"exact": True, "levels": LEVELS}
    found: dict[str, list[Question]] = {
        "term": [(word, plain) for word in common],
        "and3": [(" ".join(text[at : at + 3]), plain) for at, text in enumerate(texts)],
        "phrase": [(f'"{text[at]} {text[at + 1]}"', plain) for at, text in enumerate(texts)],
        "prefix": [(f"{word[:4]}*", plain) for word in common if len(word) >= 4],
        "filter": [(f"{word} kind:judgment سنة:{at + 3}", plain) for at, word in enumerate(common)],
        "facet": [(word, {**plain, "facets": FACETS}) for word in common],
        "date": [(word, {**plain, "sort": "date"}) for word in common],
        "tolerant": [
            (f"{text[3]} {misread(text[50], at)} {text[90]}", {"levels": LEVELS})
            for at, text in enumerate(texts)
        ],
        "case_number": [(page(int(n)).keys[0], {"levels": LEVELS}) for n in range(0, count, 997)],
    }
    return {kind: asked[:QUESTIONS] for kind, asked in found.items()}


def ask(name: str, folder: Path, count: int) -> dict[str, Any]:
    engine = opened(name, folder)
    started = time.perf_counter()
    engine.search(parse("محكمة"))
    times: dict[str, Any] = {"open_ms": 1000 * (time.perf_counter() - started)}
    for kind, asked in questions(count).items():
        times[kind] = timed([_search(engine, *each) for each in asked])
    words = [text for text, _ in questions(count)["term"]]
    times["highlighted20"] = timed([_highlighted(engine, word) for word in words])
    times["suggest"] = timed([_suggest(engine, word[:3]) for word in words])
    times["similar"] = timed([_similar(engine, at * 17 % count) for at in range(20)])
    times["found_after"] = found_after(engine, questions(count)["tolerant"])
    times["memory_mb"] = peak_mb()
    engine.close()
    return times


def found_after(engine: Engine, load: list[Question]) -> dict[str, float]:
    """From a page being read to its being found, while somebody else asks without a pause."""
    over = threading.Event()

    def ask_on() -> None:
        for asked in cycle(load):
            if over.is_set():
                return
            _search(engine, *asked)()

    asker = threading.Thread(target=ask_on)
    asker.start()
    try:
        return timed([_arrival(engine, number) for number in range(NEW_PAGES)])
    finally:
        over.set()
        asker.join()
        engine.delete(FIRST_NEW + number for number in range(NEW_PAGES))
        engine.commit()


def _arrival(engine: Engine, number: int) -> Callable[[], object]:
    name = "جديد" + "".join("ابتثجحخدذر"[int(figure)] for figure in str(number))
    new = replace(page(number), page_id=FIRST_NEW + number, text=f"{page(number).text} {name}")
    tree = parse(name)

    def answer() -> None:
        engine.add([new])
        engine.commit(more=True)
        if not engine.search(tree, exact=True).total:
            raise LookupError(name)

    return answer


def _search(engine: Engine, text: str, how: dict[str, Any]) -> Callable[[], object]:
    tree = parse(text)
    return lambda: engine.search(tree, limit=20, **how)


def _suggest(engine: Engine, typed: str) -> Callable[[], object]:
    return lambda: engine.suggest(typed, levels=LEVELS)


def _similar(engine: Engine, number: int) -> Callable[[], object]:
    like = page(number)
    return lambda: engine.similar(like, levels=LEVELS)


def _highlighted(engine: Engine, word: str) -> Callable[[], object]:
    tree = parse(word)
    hits = engine.search(tree, limit=20, levels=LEVELS).hits
    texts = {hit.page_id: page(hit.page_id - 1).text for hit in hits}

    def answer() -> None:
        for hit in engine.search(tree, limit=20, levels=LEVELS).hits:
            text = texts[hit.page_id]
            snippet(text, tree)
            matching_words(text.split(), tree)

    return answer


def timed(answers: list[Callable[[], object]]) -> dict[str, float]:
    """p50 and p95 in ms, after each question was asked once; of the first `asked` of them where
    asking once takes longer than MOST_SECONDS."""
    until, warm, taken = time.perf_counter() + MOST_SECONDS, 0, []
    while warm < len(answers) and time.perf_counter() < until:
        answers[warm]()
        warm += 1
    for answer in answers[:warm]:
        started = time.perf_counter()
        answer()
        taken.append(1000 * (time.perf_counter() - started))
    p50, p95 = (float(np.percentile(taken, share)) for share in (50, 95))
    return {"p50_ms": p50, "p95_ms": p95, "asked": warm, "of": len(answers)}


Row = tuple[int, str, str, int, str]


def folded(span: tuple[int, int]) -> tuple[list[Row], int]:
    """Rows for FTS5, and the bytes of their texts."""
    pages = [page(number) for number in range(*span)]
    rows = [
        (p.page_id, " ".join(terms(p.text)), p.kind, int(p.keys[0].split("/")[1]), p.circuit)
        for p in pages
    ]
    return rows, sum(len(each.text.encode()) for each in pages)


def build_fts5(path: Path, count: int) -> dict[str, float]:
    """Index the folded words of `count` pages; seconds: of the processor, without folding."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='unicode61')")
    connection.execute("CREATE TABLE p (id INTEGER PRIMARY KEY, kind TEXT, year INT, circuit TEXT)")
    text, used = 0.0, 0.0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(ANALYSTS, mp_context=context) as pool:
        todo = spans(count)
        while chunk := list(islice(todo, COMMIT // TASK)):
            for rows, size in pool.map(folded, chunk):
                started = time.process_time()
                words = ((number, found) for number, found, *_ in rows)
                connection.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", words)
                about = ((number, *rest) for number, _, *rest in rows)
                connection.executemany("INSERT INTO p VALUES (?, ?, ?, ?)", about)
                used, text = used + time.process_time() - started, text + size
    connection.commit()
    connection.close()
    size = path.stat().st_size
    return {"pages_per_cpu_s": count / used, "seconds": used, "text_mb": text / 1e6,
            "disk_mb": size / 1e6, "disk_to_text": size / text, "memory_mb": peak_mb()}  # fmt: skip


def ask_fts5(path: Path, count: int) -> dict[str, Any]:
    connection = sqlite3.connect(path)
    found = "FROM t WHERE t MATCH ?"
    # "rowid IN (…)" makes FTS5 look for the words once for each page of the year: 40 times as slow
    among = "FROM t CROSS JOIN p ON p.id = t.rowid WHERE t MATCH ?"
    kept = f"{among} AND p.kind = 'judgment' AND p.year = ?"
    ranked, total = "SELECT t.rowid {} ORDER BY rank LIMIT 20", "SELECT count(*) {}"
    counted = f"SELECT {{}}, count(*) {among} GROUP BY 1"

    def answer(kind: str, text: str) -> Callable[[], object]:
        words, _, filters = text.partition(" kind:")
        match = " ".join(f'"{word}"' for word in words.split()) if kind == "and3" else words
        values = (match, int(filters.partition(":")[2])) if filters else (match,)
        statements = [each.format(kept if filters else found) for each in (ranked, total)]
        if kind == "facet":
            statements += [counted.format(name) for name in ("kind", "year", "circuit")]
        return lambda: [connection.execute(each, values).fetchall() for each in statements]

    kinds = ("term", "and3", "phrase", "prefix", "filter", "facet")
    asked = questions(count)
    times: dict[str, Any] = {
        kind: timed([answer(kind, text) for text, _ in asked[kind]]) for kind in kinds
    }
    return {**times, "memory_mb": peak_mb()}


def alone(work: Callable[..., dict[str, Any]], *words: Any) -> dict[str, Any]:
    """In a process of its own, whose memory is told."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *words).result()


def measured(name: str, count: int, keep: Path | None) -> dict[str, Any]:
    """keep: where indexes are left; one that is there is asked again, and not built."""
    with tempfile.TemporaryDirectory(prefix="search-benchmark-") as folder:
        place = (keep or Path(folder)) / f"{name}-{count}"
        there = place.exists()
        if name == "fts5":
            built = {} if there else alone(build_fts5, place, count)
            return {"build": built, "ask": alone(ask_fts5, place, count)}
        built = {} if there else alone(build, name, place, count)
        return {"build": built, "ask": alone(ask, name, place, count)}


def table(count: int, found: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield f"{count:,} pages".ljust(24) + "".join(name.rjust(18) for name in found)
    for part in ("build", "ask"):
        rows = dict.fromkeys(row for each in found.values() for row in each[part])
        for row in rows:
            cells = (_cell(each[part].get(row)).rjust(18) for each in found.values())
            yield f"  {row}".ljust(24) + "".join(cells)


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        fewer = f" ({value['asked']})" if value["asked"] < value["of"] else ""
        return f"{value['p50_ms']:.1f} / {value['p95_ms']:.1f}{fewer}"
    return "" if value is None else f"{value:,.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=(__doc__ or "")[:70])
    parser.add_argument("--pages", type=int, action="append")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    sizes = [QUICK] if asked.quick else asked.pages or SIZES
    whole = {}
    for count in sizes:
        whole[count] = {name: measured(name, count, asked.keep) for name in asked.engine or ENGINES}
        if not asked.json:
            print("\n".join(table(count, whole[count])), flush=True)
    if asked.json:
        json.dump(whole, sys.stdout)
        print()


if __name__ == "__main__":
    main()

"""The retrieval benchmark on a handful of pages."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import retrieval

_HEAD = "الطعن رقم {} لسنة ٥٦ ق الدائرة المدنية المرفوع من {} ضد شركة الواحة"
_PAGES = [
    {"id": 1, "text": _HEAD.format("١٢٣٤", "مريم سعاد كريم") + " عن التعوبض والايجار"},
    {"id": 2, "text": _HEAD.format("٩٨٧٦", "سمير فوزي منصور") + " عن البيع والشفعة"},
]
_QUERIES = [
    {"kind": "known_item", "query": "التعويض", "relevant": [1]},
    {"kind": "party", "query": "سمير فوزي منصور", "relevant": [2]},
    {"kind": "case_number", "query": "1235/56", "relevant": [1]},
]


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_figures(tmp_path: Path, engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    pages, queries = tmp_path / "pages.jsonl.gz", tmp_path / "queries.json"
    with gzip.open(pages, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(page) + "\n" for page in _PAGES)
    queries.write_text(json.dumps(_QUERIES), "utf-8")
    options = ["--field", "text", "--engine", engine, "--json"]
    retrieval.main([str(pages), str(queries), *options])
    told = json.loads(capsys.readouterr().out)
    assert {kind: figures["mrr"] for kind, figures in told["kinds"].items()} == {
        "known_item": 1.0,
        "party": 1.0,
        "case_number": 1.0,
    }
    assert told["plain"]["known_item"]["mrr"] == 0


def test_measures() -> None:
    answers = [
        retrieval.Answer(frozenset({1, 2}), [1, 3, 2], 0.001),
        retrieval.Answer(frozenset({4}), [5], 0.002),
    ]
    assert retrieval.figures(answers) == {
        "mrr": 0.5,
        "s1": 0.5,
        "s10": 0.5,
        "r_precision": 0.25,
        "recall10": 0.5,
        "ms_p95": 2.0,
    }

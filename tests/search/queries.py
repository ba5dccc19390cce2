"""The table of everyday queries, written before the search that is measured by it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

QUERIES = Path(__file__).parent / "queries.tsv"
COLUMNS = ["query", "kind", "expected"]
KINDS = ("name", "alias", "colloquial", "question", "pinyin", "typo", "traditional", "number", "event")


class Query(NamedTuple):
    """What someone types, what sort of query it is, and the items of which any one is right."""

    text: str
    kind: str
    expected: frozenset[str]


def read_queries(path: Path = QUERIES) -> list[Query]:
    """Read the table of queries; ValueError for a line that has not three columns."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    if head.split("\t") != COLUMNS:
        raise ValueError(f"{path.name}: the first line is not {COLUMNS}")
    return [_query(line.split("\t")) for line in lines]


def _query(columns: Sequence[str]) -> Query:
    text, kind, expected = columns
    return Query(text, kind, frozenset(expected.split(" ")))

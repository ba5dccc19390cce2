"""The table of queries is what it says: known kinds, enough of each, nothing twice, every expected item exists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from project import ROOT

from tests.search.queries import COLUMNS, KINDS, QUERIES, read_queries

LINES = QUERIES.read_text(encoding="utf-8").splitlines()
ITEMS = ROOT / "items"


def test_the_table_has_three_columns_and_no_stray_space() -> None:
    assert LINES[0].split("\t") == COLUMNS
    assert [line for line in LINES if len(line.split("\t")) != 3 or any(c != c.strip() for c in line.split("\t"))] == []


def test_every_kind_is_known_and_has_enough_queries() -> None:
    counted = Counter(query.kind for query in read_queries())
    assert set(counted) == set(KINDS)
    assert counted.total() >= 200
    assert {kind: number for kind, number in counted.items() if number < 20} == {}


def test_no_query_stands_twice() -> None:
    counted = Counter(query.text for query in read_queries())
    assert [text for text, number in counted.items() if number > 1] == []


def test_every_expected_item_exists() -> None:
    paths = (path.relative_to(ITEMS) for path in ITEMS.rglob("*.yml"))
    existing = {f"{path.parts[0]}/{path.stem}" for path in paths}
    expected = {path for query in read_queries() for path in query.expected}
    assert sorted(expected - existing) == []


@pytest.mark.parametrize(
    "text",
    ["身份证\tname\n", "query\tkind\texpected\n身份证\tname\n", "query\tkind\texpected\n身份证\tname\ta\tb\n"],
)
def test_a_broken_table_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "queries.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        read_queries(tmp_path / "queries.tsv")

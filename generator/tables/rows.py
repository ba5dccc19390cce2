"""Canonical trees ⇄ rows of sheets, and canonical text ⇄ what stands in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.schema import FieldSpec
from generator.tables.layout import Column, Table
from generator.tables.values import Tree, joined, type_of

LONGEST_CELL = 32_000
"""Excel keeps 32,767 characters of a cell and cuts off the rest in silence."""
KEEP = "〔内容太长，没有放进表格，请直接在文件里改〕"
MOST_DIGITS = 15
"""Excel keeps so many digits of a number and turns the others into zeros."""
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def rows_of(table: Table, tree: Tree) -> Iterator[tuple[tuple[int, ...], Tree]]:
    """Yield for each row of a sheet that an item gives its numbers and the tree of its part."""
    yield from _rows(tree, table.lists, ())


def _rows(
    tree: Tree, lists: Sequence[tuple[str, ...]], numbers: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], Tree]]:
    if not lists:
        yield numbers, tree
        return
    for number, entry in enumerate(inner(tree, lists[0]) or (), 1):
        yield from _rows(entry, lists[1:], (*numbers, number))


def inner(tree: Tree, path: Sequence[str]) -> Any:
    """Return what stands at a path of keys, None where nothing does."""
    found: Any = tree
    for key in path:
        found = found.get(key) if found is not None else None
    return found


def cell_of(column: Column, tree: Tree) -> Any:
    """Return what a row's cell holds for a column: text, number, date or None."""
    value = inner(tree, column.path)
    if value is None:
        return None
    text = joined(value) if column.spec.is_list else value
    if len(text) > LONGEST_CELL:
        return KEEP
    return _ESCAPED.sub("_x005F_", text) if column.spec.is_list else _typed(column.spec, text)


def _typed(spec: FieldSpec, text: str) -> Any:
    kind = type_of(spec)
    if kind in (int, Decimal) and re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) and len(text) <= MOST_DIGITS:
        return float(text) if "." in text else int(text)
    if kind is date and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and text >= "1900-03-01":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return _ESCAPED.sub("_x005F_", text)

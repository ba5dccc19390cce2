"""What a workbook of all content looks like: a sheet for each kind and for each list of parts, made from the models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generator.item import Item, Part
from generator.kinds import all_kinds
from generator.schema import FieldSpec, fields_of

ID_TITLE, NUMBER_TITLE = "编号", "序号"
GUIDE_SHEET, CHOICES_SHEET, MARK_SHEET = "说明", "选项", "同窗"
FORMAT_PROPERTY, FORMAT_VERSION = "tongchuang-format", "1"
LONGEST_TITLE = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One field of a row. `path` holds the keys from the row's part inwards, through parts that are no lists."""

    path: tuple[str, ...]
    spec: FieldSpec
    title: str
    is_required: bool
    """Whether each row needs a value, that is, whether all on its path is required."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One sheet: the items of a kind, or the entries of one list in them.

    A row begins with the item's id; below lists it goes on with the numbers of the entries that hold it, and its own.
    """

    model: type[Item]
    lists: tuple[tuple[str, ...], ...]
    """For each list on the way, the keys that lead to it from the part before; empty for the items themselves."""
    part: type[Part]
    title: str
    numbers: tuple[str, ...]
    """Titles of the columns with the numbers of entries, the outer ones first."""
    columns: tuple[Column, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of all columns, from left to right."""
        return (ID_TITLE, *self.numbers, *(column.title for column in self.columns))

    @property
    def label(self) -> str:
        """The title without the kind, for messages."""
        return self.title.rpartition("·")[2]


@cache
def all_tables() -> tuple[Table, ...]:
    """Return the sheets of every kind, each followed by those of its lists."""
    taken = {GUIDE_SHEET, CHOICES_SHEET, MARK_SHEET}
    found: list[Table] = []
    for model in all_kinds().values():
        for table in _tables(model, model, (), (), model.kind.label, ()):
            title = _unique(table.title, taken)
            taken.add(title)
            found.append(_renamed(table, title))
    return tuple(found)


@cache
def tables_of(model: type[Item]) -> Mapping[tuple[tuple[str, ...], ...], Table]:
    """Return the sheets of a kind by the lists that lead to them; `()` is the sheet of the items."""
    return {table.lists: table for table in all_tables() if table.model is model}


def _tables(
    model: type[Item],
    part: type[Part],
    lists: tuple[tuple[str, ...], ...],
    labels: tuple[str, ...],
    title: str,
    numbers: tuple[str, ...],
) -> Iterator[Table]:
    columns = tuple(_columns(part, (), (), required=True))
    yield Table(model=model, lists=lists, part=part, title=title, numbers=numbers, columns=columns)
    for path, names, spec in _part_lists(part, (), ()):
        assert spec.part
        outer = tuple(f"{label}·{NUMBER_TITLE}" for label in labels)
        label = "·".join(names)
        yield from _tables(
            model, spec.part, (*lists, path), (*labels, label), f"{model.kind.label}·{label}", (*outer, NUMBER_TITLE)
        )


def _columns(part: type[Part], path: tuple[str, ...], labels: tuple[str, ...], *, required: bool) -> Iterator[Column]:
    for spec in fields_of(part):
        if spec.key == "id" and issubclass(part, Item):
            continue
        names = (*labels, spec.label)
        if spec.part is None:
            is_required = required and spec.required
            yield Column(path=(*path, spec.key), spec=spec, title="·".join(names), is_required=is_required)
        elif not spec.is_list:
            yield from _columns(spec.part, (*path, spec.key), names, required=required and spec.required)


def _part_lists(
    part: type[Part], path: tuple[str, ...], labels: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], FieldSpec]]:
    for spec in fields_of(part):
        if spec.part and spec.is_list:
            yield (*path, spec.key), (*labels, spec.label), spec
        elif spec.part:
            yield from _part_lists(spec.part, (*path, spec.key), (*labels, spec.label))


def _unique(title: str, taken: set[str]) -> str:
    """Return a title that Excel takes and no other sheet has."""
    plain = _FORBIDDEN.sub("", title)
    for number in range(1, 1000):
        suffix = "" if number == 1 else f"（{number}）"
        wanted = plain[: LONGEST_TITLE - len(suffix)] + suffix
        if wanted not in taken:
            return wanted
    raise AssertionError(f"a thousand sheets are called {title}")


def _renamed(table: Table, title: str) -> Table:
    return Table(
        model=table.model,
        lists=table.lists,
        part=table.part,
        title=title,
        numbers=table.numbers,
        columns=table.columns,
    )

"""What an import of an office's table found: as text for people, as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from generator.tables.office_account import Account, Entry, one_line
from generator.tables.office_grid import Table
from generator.tables.office_header import Column
from generator.tables.office_headings import SERIAL, SORTS, Sort
from generator.tables.office_plan import Planned, Verdict
from generator.tables.office_sections import Section, columns_of

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that is to be told of a file."""

    file: str
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    account: Account
    planned: tuple[Planned, ...]

    @property
    def headless(self) -> list[Table]:
        """The tables in which no headings were found."""
        headed = {section.table for section in self.sections}
        return [table for table in self.tables if table.name not in headed and any(table.own_cells())]

    @property
    def to_write(self) -> list[Planned]:
        """The new items."""
        return [each for each in self.planned if each.verdict is Verdict.NEW]

    @property
    def to_edit(self) -> list[Planned]:
        """The items whose files change."""
        return [each for each in self.planned if each.edit]

    @property
    def has_problems(self) -> bool:
        """Whether anything was not placed or could not be told."""
        clashes = any(each.verdict in (Verdict.CLASH, Verdict.REFUSED) for each in self.planned)
        return bool(self.headless or clashes or self.account.troubles())


def as_text(outcome: Outcome, *, written: bool = False, refused: bool = False) -> str:
    """Return the report for people: the columns, what was not placed, the items, the sums.

    `refused`: the checker does not let the table be written as it is.
    """
    lines = [outcome.file]
    for table in outcome.headless:
        lines += [f"{table.name}：没有找到表头。{_looked_for()}"]
    for section in outcome.sections:
        lines += _section_lines(section, {table.name for table in outcome.tables})
    notes = [f"  {table.name}：{note}" for table in outcome.tables for note in table.notes]
    notes += [f"  {section.table}：{note}" for section in outcome.sections for note in section.notes]
    lines += ["说明：", *notes] if notes else []
    troubles = outcome.account.troubles()
    lines += [f"没有放入的单元格（{len(troubles)}）：", *map(_trouble_line, troubles)] if troubles else []
    lines += ["条目：" + _counts(outcome), *(line for each in outcome.planned for line in _item_lines(each))]
    lines += [_sums(outcome), _ending(outcome, written=written, refused=refused)]
    return "\n".join(lines)


def _looked_for() -> str:
    sorts = "；".join(f"{sort.label}（{'、'.join(_some_words(sort))}）" for sort in SORTS)
    return f"表头要在一行里有三个以上认得的列名，找过：{sorts}。"


def _some_words(sort: Sort) -> list[str]:
    return [words[0] for field, words in sort.words.items() if field != SERIAL and "/" not in field][:5]


def _section_lines(section: Section, names: set[str]) -> Iterator[str]:
    sort = section.header.sort
    yield f"{section.table}：看作「{sort.label}」（{sort.kind}），{len(section.records)} 行"
    if titles := [one_line(title) for title in section.titles if title not in names]:
        yield f"  标题：{'；'.join(titles)}"
    for column in columns_of(section):
        yield f"  {column.letter}「{column.heading}」→ {_meaning(sort, column)}"


def _meaning(sort: Sort, column: Column) -> str:
    if not column.field:
        return "没有对应的字段"
    field = column.field.partition("/")
    words = sort.words[column.field][0]
    label = f"{sort.words[field[0]][0]}·{words}" if field[2] else words
    how = "" if column.score == 100 else f"（像「{column.synonym}」，{column.score}%，请核对）"
    return f"{label}{how}"


def _trouble_line(entry: Entry) -> str:
    heading = f"「{entry.heading}」" if entry.heading else ""
    place = entry.address if entry.address.startswith(entry.table) else f"{entry.table} {entry.address}"
    return f"  {place}{heading}：{_short(entry.rest)} —— {entry.why}"


def _short(text: str) -> str:
    line = one_line(text)
    return f"{line[:LONGEST]}…" if len(line) > LONGEST else line


def _counts(outcome: Outcome) -> str:
    counts = Counter(each.verdict for each in outcome.planned)
    return "，".join(f"{verdict} {counts[verdict]}" for verdict in Verdict if counts[verdict]) or "没有"


def _item_lines(each: Planned) -> Iterator[str]:
    if each.verdict is Verdict.SAME and not each.reason:
        return
    state = "，草稿" if each.verdict is Verdict.NEW and each.missing else ""
    yield f"  {each.verdict} {each.path or each.draft.name}「{each.draft.name}」（{each.draft.source}）{state}"
    if each.reason:
        yield f"    {each.reason}"
    if each.missing:
        yield f"    还缺：{'、'.join(each.missing)}"
    for fault in each.faults:
        yield f"    {fault}"
    for difference in each.differences:
        by_hand = (
            "" if each.edit and difference.path and difference.path[0] not in each.draft.unsure else "（请手工改）"
        )
        yield f"    {difference.label}：现为 {_short(difference.before)}；表里 {_short(difference.after)}{by_hand}"


def _sums(outcome: Outcome) -> str:
    sums = outcome.account.sums()
    parts = "，".join(f"{fate} {count}" for fate, count in sums.items())
    return f"单元格：有内容的 {sum(sums.values())} 格；{parts}"


def _ending(outcome: Outcome, *, written: bool, refused: bool) -> str:
    if refused:
        return "没有写任何文件：有错误，要先在表格里改好。"
    new, changed = len(outcome.to_write), len(outcome.to_edit)
    parts = [f" {new} 个新文件"] if new else []
    parts += [f" {changed} 个文件的改动"] if changed else []
    files = " 和".join(parts)
    if written:
        return f"写了{files}。"
    return f"没有写任何文件。要写{files}，请加 --write。" if files else "没有写任何文件。"


def as_json(outcome: Outcome, *, written: bool = False) -> str:
    """Return the report as a JSON document."""
    document = {
        "file": outcome.file,
        "written": written,
        "without_header": [table.name for table in outcome.headless],
        "tables": [_section_json(section) for section in outcome.sections],
        "notes": [{"table": table.name, "note": note} for table in outcome.tables for note in table.notes],
        "unplaced": [asdict(entry) for entry in outcome.account.troubles()],
        "items": [_item_json(each) for each in outcome.planned],
        "cells": {fate.name.lower(): count for fate, count in outcome.account.sums().items()},
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _section_json(section: Section) -> dict[str, object]:
    return {
        "table": section.table,
        "sort": section.header.sort.name,
        "kind": section.header.sort.kind,
        "titles": section.titles,
        "rows": len(section.records),
        "notes": section.notes,
        "columns": [asdict(column) for column in columns_of(section)],
    }


def _item_json(each: Planned) -> dict[str, object]:
    return {
        "verdict": each.verdict.name.lower(),
        "path": each.path,
        "name": each.draft.name,
        "source": each.draft.source,
        "missing": each.missing,
        "faults": each.faults,
        "reason": each.reason,
        "differences": [asdict(difference) for difference in each.differences],
    }

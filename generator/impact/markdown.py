"""What an edit touches, as a comment on a merge request: Markdown that content can neither break nor use to ping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.fact_classes import CLASSES
from generator.impact.assess import Impact, ItemEdit
from generator.impact.layouts import HOWS, STATES, address_of, compared_with, grouped, name_of, summary
from generator.impact.rows import NOTHING, rows_of
from generator.problems import SEVERITY_LABELS, Problem

LIMIT = 65_000
"""Characters; a comment on GitHub holds 65,536."""
MARK = "<!-- tongchuang-impact -->"
"""Stands first, so that whoever posts the comment finds the last one and replaces it."""
_CELL = 160
_SPECIAL = re.compile(r"[\\`*_{}\[\]()|~>]")
# A name after @, a number after #, an emoji between colons: services make links of them, and people are pinged.
_REFERS = re.compile(r"([@#!$%&~^:])(?=[A-Za-z0-9_+-])")
_JOINER = "\u2060"


class _Section(NamedTuple):
    """Lines that may be cut at the end between such as may not."""

    head: list[str]
    body: list[str]
    tail: list[str]


def escaped(text: str, limit: int = _CELL) -> str:
    """Return a text for inside a line or a cell of a table: shortened, on one line, without any effect."""
    line = " ".join(text.split())
    cut = line if len(line) <= limit else f"{line[: limit - 1]}…"
    parted = _REFERS.sub(rf"\1{_JOINER}", cut)
    return _SPECIAL.sub(r"\\\g<0>", parted).replace("&", "&amp;").replace("<", "&lt;")


def as_markdown(impact: Impact, limit: int = LIMIT) -> str:
    """Lay an impact out as a comment of no more than so many characters; what is left out is counted."""
    sections = list(_sections(impact))
    fixed = sum(len(line) + 1 for section in sections for line in (*section.head, *section.tail))
    left = limit - fixed - 40 * len(sections)
    lines: list[str] = []
    for section in sections:
        kept = 0
        while kept < len(section.body) and left > len(section.body[kept]):
            left -= len(section.body[kept]) + 1
            kept += 1
        more = [f"……另有 {len(section.body) - kept} 行"] if kept < len(section.body) else []
        lines += [*section.head, *section.body[:kept], *(["", *more] if more else []), *section.tail]
    return "\n".join(lines)


def _sections(impact: Impact) -> Iterator[_Section]:
    head = [MARK, "### 这次修改的影响", "", f"**{summary(impact)}**", "", f"{compared_with(impact)}。", ""]
    unread = [f"旧版本里有 {len(impact.base.unread)} 个文件读不出来，没有比较。", ""] if impact.base.unread else []
    yield _Section([*head, *unread], [], [])
    if impact.problems:
        title = f"#### 要先处理的问题：{len(impact.problems)} 个"
        yield _Section([title, ""], [_problem(problem) for problem in impact.problems], [""])
    if written := [edit for edit in impact.edits if edit.state != "follows"]:
        rows = [line for edit in written for line in _rows(edit, impact)]
        head = ["| 内容 | 类别 | 哪一处 | 原来 | 现在 |", "| --- | --- | --- | --- | --- |"]
        yield _Section(head, rows, [""])
    if impact.reprints:
        yield _folded(f"要重印的告知单：{len(impact.reprints)} 份", [_path(one.path) for one in impact.reprints])
    if impact.packs:
        packs = [f"- {escaped(pack.label)}（{pack.hall}，{pack.files} 个文件）" for pack in impact.packs]
        yield _folded(f"离线包要更新的机器：{len(impact.packs)} 台", packs)
    if follows := [edit for edit in impact.edits if edit.state == "follows"]:
        lines = [line for edit in follows for line in _follow_lines(edit, impact)]
        yield _folded(f"随之变化的内容：{len(follows)} 项", lines)
    for channel, touched in grouped(impact).items():
        lines = [_path(one.path, "" if one.how == "facts" else HOWS[one.how]) for one in touched]
        yield _folded(f"{name_of(channel)}：{len(touched)} 个文件", lines)


def _problem(problem: Problem) -> str:
    place = f"{problem.place.path}:{problem.place.line}".replace("`", "'")
    said = f"{escaped(problem.message, 400)} {escaped(problem.hint, 400)}".strip()
    return f"- **{SEVERITY_LABELS[problem.severity]}** `{place}` {said}"


def _rows(edit: ItemEdit, impact: Impact) -> Iterator[str]:
    owner = f"{escaped(edit.name)}<br>{STATES[edit.state]} `{edit.path}`"
    rows = rows_of(edit, impact)
    if not rows:
        yield f"| {owner} |  | 页面上不显示的字段 |  |  |"
    for number, row in enumerate(rows):
        cells = (CLASSES[row.bears], row.label, row.before or NOTHING, row.after or NOTHING)
        yield f"| {'' if number else owner} | {' | '.join(map(escaped, cells))} |"


def _follow_lines(edit: ItemEdit, impact: Impact) -> Iterator[str]:
    yield f"- {escaped(edit.name)} `{edit.path}`"
    for row in rows_of(edit, impact):
        before, after = escaped(row.before or NOTHING), escaped(row.after or NOTHING)
        yield f"  - {CLASSES[row.bears]} · {escaped(row.label)} {before} → {after}"


def _path(path: str, said: str = "") -> str:
    return f"- `{address_of(path)}`{f' {said}' if said else ''}"


def _folded(title: str, lines: list[str]) -> _Section:
    return _Section(["<details>", f"<summary>{title}</summary>", ""], lines, ["", "</details>", ""])

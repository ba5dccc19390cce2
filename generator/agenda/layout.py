"""An agenda as lines for people and as a JSON document; days of the document are ISO dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson

from generator.agenda import Agenda
from generator.agenda.entry import GROUPS, Due, distance
from generator.catalogue import Catalogue
from generator.due import Turn
from generator.item import Item
from generator.problems import Place

Places = Callable[[Item, tuple[str | int, ...]], Place]
"""Tells where in the content files a place inside an item is."""

_LATE = ("disclosure", "review")


def as_text(agenda: Agenda, turns: Sequence[Turn], catalogue: Catalogue, place: Places) -> str:
    """Lay an agenda out for a terminal: counts, the groups, then what changes by itself with both values."""
    groups = agenda.groups
    counts = "，".join(f"{GROUPS[group]} {len(entries)} 项" for group, entries in groups.items())
    lines = [
        f"下一次要重新生成：{agenda.rebuild}",
        "",
        f"截至 {agenda.today}，看到 {agenda.until}：共 {len(agenda.entries)} 项。{counts}。",
    ]
    for group, entries in groups.items():
        if entries:
            lines += ["", f"{GROUPS[group]}（{len(entries)} 项）"]
        for entry in entries:
            lines += _entry_lines(agenda, entry, catalogue, place)
    lines += ["", f"会自己变化的内容：{len(turns)} 处"]
    lines += [f"  {turn.day}  {turn.item.name} · {turn.label}：{_change(turn)}" for turn in turns]
    return "\n".join(lines)


def _entry_lines(agenda: Agenda, entry: Due, catalogue: Catalogue, place: Places) -> Iterator[str]:
    who = name_of(catalogue, entry.department)
    yield f"  {entry.day}  {distance(agenda.today, entry.day).text}  {entry.label}  {entry.item.name}{_by(who)}"
    yield f"      {entry.text}"
    yield f"      {entry.action}"
    yield f"      {place(entry.item, entry.path)}"


def _by(who: str) -> str:
    return f"（{who}）" if who else ""


def name_of(catalogue: Catalogue, department: str) -> str:
    """Name a department by its short name, empty where there is none."""
    found = catalogue.find("department", department)
    return str(getattr(found, "short_name", department))


def _change(turn: Turn) -> str:
    return f"{turn.before or '没有'} → {turn.after or '没有'}"


def as_json(agenda: Agenda, turns: Sequence[Turn], catalogue: Catalogue, place: Places) -> str:
    """Lay an agenda out as the JSON document of the public interface."""
    groups = agenda.groups
    document = {
        "as_of": agenda.today,
        "until": agenda.until,
        "due": agenda.rebuild,
        "counts": {"all": len(agenda.entries)} | {group: len(entries) for group, entries in groups.items()},
        "entries": [
            _record(agenda, entry, group, catalogue, place) for group, entries in groups.items() for entry in entries
        ],
        "turns": [
            {"day": turn.day, "path": turn.item.path, "name": turn.item.name, "label": turn.label,
             "before": turn.before, "after": turn.after}
            for turn in turns
        ],
        "reviews": [
            {"day": entry.day, "path": entry.item.path, "name": entry.item.name}
            for entry in agenda.entries
            if entry.kind == "review"
        ],
        "late": [
            {"path": entry.item.path, "name": entry.item.name, "message": entry.text}
            for entry in groups["overdue"]
            if entry.kind in _LATE
        ],
    }  # fmt: skip
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _record(agenda: Agenda, entry: Due, group: str, catalogue: Catalogue, place: Places) -> dict[str, Any]:
    away, spot = distance(agenda.today, entry.day), place(entry.item, entry.path)
    return {
        "id": entry.identity,
        "kind": entry.kind,
        "label": entry.label,
        "group": group,
        "severity": entry.severity,
        "day": entry.day,
        "days": away.days,
        "workdays": away.workdays,
        "path": entry.item.path,
        "name": entry.item.name,
        "department": entry.department,
        "department_name": name_of(catalogue, entry.department),
        "message": entry.text,
        "action": entry.action,
        "source": {"path": spot.path, "line": spot.line, "column": spot.column},
    }

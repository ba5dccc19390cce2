"""Coverage of the disclosure catalogue as lines for people and as a JSON document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson

from generator.agenda.layout import name_of
from generator.catalogue import Catalogue
from generator.coverage.promises import STATES, Coverage, Promise, Share, checkable
from generator.item import Item
from generator.problems import Place

Places = Callable[[Item, tuple[str | int, ...]], Place]
"""Tells where in the content files a place inside an item is."""


def share_text(counts: Share) -> str:
    """Say a share: 10 个能查的渠道做到 4 个，要人核对 2 个，没有做到 4 个；另有 3 个这里查不到。"""
    rest = f"；另有 {counts['unchecked']} 个{STATES['unchecked']}" if counts["unchecked"] else ""
    parts = (f"{STATES[state]} {counts[state]} 个" for state in ("unclear", "broken") if counts[state])
    return "，".join([f"{checkable(counts)} 个能查的渠道做到 {counts['kept']} 个", *parts]) + rest


def as_text(coverage: Coverage, catalogue: Catalogue, place: Places) -> str:
    """Lay coverage out for a terminal: the share, the shares by department and area, then what is to be done."""
    lines = [f"截至 {coverage.today}：{share_text(coverage.total)}。", "", "按公开主体"]
    lines += [f"  {name_of(catalogue, key)}：{share_text(counts)}" for key, counts in coverage.by("department").items()]
    lines += ["", "按领域"]
    lines += [f"  {area}：{share_text(counts)}" for area, counts in coverage.by("area").items()]
    for state in ("broken", "unclear"):
        found = [promise for promise in coverage.promises if promise.state == state]
        lines += ["", f"{STATES[state]}（{len(found)} 个）"] if found else []
        lines += [line for promise in found for line in _promise_lines(promise, catalogue, place)]
    if coverage.empty_rows:
        lines += ["", f"网站和大厅都没有内容的公开事项（{len(coverage.empty_rows)} 项）"]
        lines += [f"  {row.name}（{row.path}）" for row in coverage.empty_rows]
    if coverage.without_row:
        lines += ["", f"公开了、目录里没有写的内容（{len(coverage.without_row)} 项）"]
        lines += [f"  {item.name}（{item.path}）" for item in coverage.without_row]
    if coverage.silent:
        names = "、".join(name_of(catalogue, department) for department in coverage.silent)
        lines += ["", f"目录里是公开主体、本站没有它别的内容的部门：{names}"]
    return "\n".join(lines)


def _promise_lines(promise: Promise, catalogue: Catalogue, place: Places) -> Iterator[str]:
    row = promise.row
    yield f"  {row.name}（{name_of(catalogue, row.department)}） · {promise.channel}：{promise.found}"
    yield f"      {promise.action}"
    yield f"      {place(row, place_in(promise))}"


def place_in(promise: Promise) -> tuple[str | int, ...]:
    """Return the place of a promise inside its row: the tick."""
    return "channels", promise.row.channels.index(promise.channel)


def as_json(coverage: Coverage, catalogue: Catalogue, place: Places) -> str:
    """Lay coverage out as the JSON document of the public interface."""
    document = {
        "as_of": coverage.today,
        "total": _counts(coverage.total),
        "departments": [
            {"id": key, "name": name_of(catalogue, key), **_counts(counts)}
            for key, counts in coverage.by("department").items()
        ],
        "areas": [{"name": area, **_counts(counts)} for area, counts in coverage.by("area").items()],
        "promises": [_record(promise, place) for promise in coverage.promises],
        "empty_rows": [row.path for row in coverage.empty_rows],
        "without_row": [item.path for item in coverage.without_row],
        "silent_departments": list(coverage.silent),
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _counts(counts: Share) -> dict[str, int]:
    return {**counts, "checkable": checkable(counts), "all": sum(counts.values())}


def _record(promise: Promise, place: Places) -> dict[str, Any]:
    spot = place(promise.row, place_in(promise))
    return {
        "path": promise.row.path,
        "name": promise.row.name,
        "department": promise.row.department,
        "area": promise.row.area,
        "channel": promise.channel,
        "state": promise.state,
        "label": promise.label,
        "found": promise.found,
        "action": promise.action,
        "source": {"path": spot.path, "line": spot.line, "column": spot.column},
    }

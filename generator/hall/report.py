"""The report of a comparison: text, JSON and a printable page, each the same for the same input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from generator.fields import date_text
from generator.hall.compare_result import KINDS, Comparison, Difference
from generator.render.templates import render

NO_WINDOW = "没有写窗口的内容"


def by_window(differences: Sequence[Difference]) -> Mapping[str, list[Difference]]:
    """Return the differences by window in the order of the windows' numbers, those without a window at the end."""
    groups: dict[str, list[Difference]] = {}
    for entry in sorted(differences, key=lambda one: (not one.window, one.window)):
        groups.setdefault(f"{entry.window} 窗口" if entry.window else NO_WINDOW, []).append(entry)
    return groups


def summary(result: Comparison) -> str:
    """Return one sentence with the counts."""
    kinds = Counter(entry.kind for entry in result.differences)
    parts = [f"{kind} {kinds[kind]} 处" for kind in KINDS if kinds[kind]]
    if not result.checked:
        return f"{result.hall.name}，按 {date_text(result.day)} 的内容：没有可以核对的内容。"
    found = f"有 {len(result.differences)} 处不同（{'，'.join(parts)}）" if parts else "没有发现不同"
    return f"{result.hall.name}，按 {date_text(result.day)} 的内容，核对 {result.checked} 条：{found}。"


def as_text(result: Comparison) -> str:
    """Return a line a difference, grouped by window, then what could not be read or placed, and the counts."""
    lines: list[str] = []
    for window, entries in by_window(result.differences).items():
        lines += [window, *(f"  {line_of(entry)}" for entry in entries), ""]
    for title, texts in asides(result).items():
        lines += [f"{title}（{len(texts)} 处）", *(f"  {text}" for text in texts), ""]
    if result.empty_cells:
        lines += [f"没有填的格：{result.empty_cells} 个，没有核对。", ""]
    return "\n".join([*lines, summary(result)])


def asides(result: Comparison) -> Mapping[str, list[str]]:
    """Return what a person should look at beside the differences, by title; empty groups are left out."""
    groups = {
        "看不懂的写法，请人工核对": [line_of(entry) for entry in result.unread],
        "按相近名称认的，请确认": [f"{one.origin}：「{one.shown}」{one.text}" for one in result.remarks],
        "没有核对的内容": [
            f"{one.origin}：{f'「{_short(one.text)}」' if one.text else ''}{one.reason}" for one in result.leftovers
        ],
    }
    return {title: texts for title, texts in groups.items() if texts}


def line_of(entry: Difference) -> str:
    """Return the line of a difference: kind, place, item and field, what is shown, what is right, and by which fact."""
    about = "，".join(part for part in (entry.item, entry.field) if part)
    shown = f"显示「{_short(entry.shown)}」" if entry.shown and entry.shown != entry.item else ""
    expected = f"应为「{entry.expected}」" if entry.expected and entry.kind != "窗口缺少" else ""
    if entry.kind == "窗口缺少":
        shown, expected = "", f"没有显示，应有「{entry.expected}」"
    said = "，".join(part for part in (shown, expected, entry.note) if part)
    fact = f"（{entry.fact}）" if entry.fact else ""
    return f"[{entry.kind}] {entry.origin}：{about}{'：' if about and said else ''}{said}{fact}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:80]}…" if len(line) > 80 else line


def as_json(result: Comparison) -> str:
    """Return the JSON document.

    `hall`, `date`, `files`; `checked`: how many statements were compared; `differences` and `unread`: objects with
    `kind`, `file`, `sheet`, `row`, `column`, `window`, `item`, `field`, `shown`, `expected`, `fact`, `note`, all texts
    but `row`, a number that is 0 where the file has no rows; `remarks`: `file`, `sheet`, `row`, `column`, `shown`,
    `text`; `leftovers`: the same with `reason` beside `text`; `empty_cells`: a number.
    """
    document = {
        "hall": result.hall.id,
        "date": result.day.isoformat(),
        "files": list(result.files),
        "checked": result.checked,
        "differences": [_object(entry) for entry in result.differences],
        "unread": [_object(entry) for entry in result.unread],
        "remarks": [_object(entry) for entry in result.remarks],
        "leftovers": [_object(entry) for entry in result.leftovers],
        "empty_cells": result.empty_cells,
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _object(entry: Any) -> dict[str, Any]:
    values = entry._asdict()
    origin = values.pop("origin")._asdict()
    return {**origin, **values}


def as_html(result: Comparison, theme: Path) -> str:
    """Return the page for print."""
    return render(
        theme,
        "hall/report.html",
        result=result,
        summary=summary(result),
        day=date_text(result.day),
        groups=by_window(result.differences),
        asides=asides(result),
        places={entry.origin: _place(result, entry) for entry in result.differences},
    )


def _place(result: Comparison, entry: Difference) -> str:
    """Return where a difference stands; a single file need not be named again and again."""
    place = str(entry.origin)
    return place.removeprefix(entry.origin.file).strip() if len(result.files) == 1 else place

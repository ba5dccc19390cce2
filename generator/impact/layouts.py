"""What an edit touches, laid out for a terminal and as JSON, and the lines that all layouts share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import orjson

from generator.channels import CHANNELS
from generator.fact_classes import CLASSES
from generator.impact.assess import How, Impact, ItemEdit, Touched
from generator.impact.rendering import SEARCH
from generator.impact.rows import NOTHING, Row, editorial, rows_of, substantive
from generator.problems import as_text as problems_as_text
from generator.problems import counts

STATES: Mapping[str, str] = {"new": "新增", "gone": "删去", "edited": "修改", "follows": "随之变化"}
HOWS: Mapping[How, str] = {
    "new": "新的",
    "gone": "没有了",
    "facts": "内容变了",
    "rest": "只有顺序、计数、核对码或链接变了",
}
NO_DIFFERENCE = "内容与它相同，什么都不受影响。"
# In this order people are told: what citizens read, what hangs and stands in the hall, what is on paper.
_TOLD = ("page", "screen", "kiosk", "board", "plan", "led", "checklist", "handout")
_LISTED = 12


def name_of(channel: str) -> str:
    """Return the Chinese name of a channel."""
    return CHANNELS[channel][1]


def compared_with(impact: Impact) -> str:
    """Say with which commit the work tree was compared."""
    return f"与 {impact.base.commit[:10]}（{impact.base.day}）相比，按 {impact.now.today} 的内容"


def summary(impact: Impact) -> str:
    """Say in one line how much an edit touches."""
    if not impact.edits and not impact.touched:
        return NO_DIFFERENCE
    counted = counted_of(impact)
    parts = [f"实质性变化 {substantive(impact)} 处", f"其他变化 {editorial(impact)} 处"]
    parts += [f"{name_of(channel)} {counted[channel]}" for channel in _TOLD[:-1] if counted[channel]]
    if impact.reprints:
        parts.append(f"告知单 {len(impact.reprints)} 份要重印")
    if impact.packs:
        parts.append(f"离线包 {len(impact.packs)} 台要更新")
    return " · ".join(parts)


def counted_of(impact: Impact) -> Counter[str]:
    """Return how many outputs of each channel say something else; files for programs beside pages do not count."""
    told = (one for one in impact.touched if one.how != "rest" and (one.is_page or one.channel == "led"))
    found = Counter(one.channel for one in told)
    found["led"] = len({one.path.rpartition("/")[0] for one in impact.touched if one.channel == "led"})
    return found


def as_text(impact: Impact) -> str:
    """Lay an impact out in plain lines."""
    lines = [compared_with(impact), summary(impact), *_unread(impact)]
    for title, states in (("改了的内容", ("new", "gone", "edited")), ("随之变化的内容", ("follows",))):
        edits = [edit for edit in impact.edits if edit.state in states]
        lines += ["", f"{title}：{len(edits)} 项"] if edits else []
        lines += [line for edit in edits for line in _edit_lines(edit, impact)]
    if impact.reprints:
        lines += ["", f"要重印的告知单：{len(impact.reprints)} 份", *_listed(one.path for one in impact.reprints)]
    if impact.packs:
        lines += ["", f"离线包要更新的机器：{len(impact.packs)} 台"]
        lines += [f"  {pack.hall}：{pack.label}（{pack.files} 个文件）" for pack in impact.packs]
    lines += _outputs(impact)
    if impact.problems:
        lines += ["", problems_as_text(impact.problems)]
    return "\n".join(lines)


def _unread(impact: Impact) -> Iterator[str]:
    if impact.base.unread:
        files = "、".join(impact.base.unread)
        yield f"旧版本里有 {len(impact.base.unread)} 个文件按现在的规则读不出来，没有比较：{files}"


def _edit_lines(edit: ItemEdit, impact: Impact) -> Iterator[str]:
    yield f"  {STATES[edit.state]} {edit.name}（{edit.path}）"
    if edit.state in ("edited", "follows"):
        yield from (f"    {CLASSES[row.bears]} · {row.label} {row_text(row)}" for row in rows_of(edit, impact))


def row_text(row: Row) -> str:
    """Write before and after in one line."""
    return "改了" if row.path == "body" else f"{row.before or NOTHING} → {row.after or NOTHING}"


def _outputs(impact: Impact) -> Iterator[str]:
    for channel, touched in grouped(impact).items():
        counted = Counter(one.how for one in touched)
        said = "，".join(f"{text} {counted[how]}" for how, text in HOWS.items() if counted[how])
        yield from ("", f"{name_of(channel)}：{said}")
        yield from _listed(one.path for one in touched if one.how != "rest")


def grouped(impact: Impact) -> dict[str, list[Touched]]:
    """Return the touched outputs by channel, in the order in which people are told."""
    order = [*_TOLD, "json", "search"]
    found: dict[str, list[Touched]] = {channel: [] for channel in order}
    for one in impact.touched:
        found.setdefault(one.channel, []).append(one)
    return {channel: touched for channel, touched in found.items() if touched}


def address_of(path: str) -> str:
    """Write where an output stands; what the index of full texts knows of an item stands nowhere by itself."""
    if path.startswith(SEARCH):
        return f"{path.removeprefix(SEARCH)} 的全文检索"
    return f"/{path.removesuffix('index.html')}"


def _listed(paths: Iterator[str]) -> Iterator[str]:
    every = list(paths)
    yield from (f"  {address_of(path)}" for path in every[:_LISTED])
    if len(every) > _LISTED:
        yield f"  ……另有 {len(every) - _LISTED} 个，加 --format json 看全部"


def as_json(impact: Impact) -> str:
    """Lay an impact out as a JSON document with everything; days are ISO dates."""
    errors, warnings = counts(impact.problems)
    document = {
        "base": impact.base.commit,
        "base_day": impact.base.day,
        "as_of": impact.now.today,
        "summary": summary(impact),
        "substantive": substantive(impact),
        "editorial": editorial(impact),
        "unread": impact.base.unread,
        "items": [_item(edit, impact) for edit in impact.edits],
        "outputs": [one._asdict() for one in impact.touched],
        "reprints": [one.path for one in impact.reprints],
        "packs": [pack._asdict() for pack in impact.packs],
        "problems": impact.problems,
        "errors": errors,
        "warnings": warnings,
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _item(edit: ItemEdit, impact: Impact) -> dict[str, object]:
    facts = [
        {
            "fact": f"{edit.path}#{entry.path}",
            "label": next(fact.label for fact in (entry.after, entry.before) if fact),
            "before": entry.before.text if entry.before else None,
            "after": entry.after.text if entry.after else None,
        }
        for entry in edit.facts
    ]
    rows = [row._asdict() for row in rows_of(edit, impact)]
    return {"path": edit.path, "name": edit.name, "kind": edit.kind, "state": edit.state, "rows": rows, "facts": facts}

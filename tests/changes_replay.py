"""What an edit means, computed once more: plain dicts from YAML, compared field by field, without the product's code.

It knows the fields that the scripted history of `test_changes.py` edits, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

import yaml

Document = dict[str, Any]
Row = tuple[str, str, str, str | None, str | None]
"""Item, sort, label, before, after."""

_CHINESE = {"guides": "办事指南", "fees": "收费标准", "materials": "材料与表格"}


def item_of(file: str) -> str:
    """Return `<plural>/<id>` of a file; folders in between say nothing."""
    parts = file.removesuffix(".yml").split("/")
    return f"{parts[1]}/{parts[-1]}"


class Replay:
    """The documents as they could be read last, and the rows that each commit gives."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.known: dict[str, Document] = {}
        self.step(files)

    def step(self, files: Mapping[str, str]) -> list[Row]:
        """Go on to the files of the next commit and return what it changed."""
        before, after = self.known, {}
        for file, text in files.items():
            item = item_of(file)
            try:
                after[item] = yaml.load(text, yaml.CSafeLoader)
            except yaml.YAMLError:
                if item in before:
                    after[item] = before[item]
        self.known = after
        return sorted(_rows(before, after), key=str)


def _rows(before: dict[str, Document], after: dict[str, Document]) -> Iterator[Row]:
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    for item in sorted(new):
        kind = item.split("/")[0]
        same = [old for old in gone if old.split("/")[0] == kind and _share(before[old], after[item]) >= 0.7]
        if same:
            old = max(same, key=lambda path: _share(before[path], after[item]))
            gone = gone - {old}
            yield item, "renamed", "", old.split("/")[1], item.split("/")[1]
            yield from _fields(item, before[old], after[item], before, after)
        else:
            yield item, "added", "", None, None
    for item in gone:
        yield item, "removed", "", None, None
    for item in before.keys() & after.keys():
        yield from _fields(item, before[item], after[item], before, after)


def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for entry in value.values() for leaf in _leaves(entry)]
    return [leaf for entry in value for leaf in _leaves(entry)] if isinstance(value, list) else [str(value)]


def _share(before: Document, after: Document) -> float:
    old, new = _leaves(before), _leaves(after)
    left = list(new)
    for leaf in old:
        if leaf in left:
            left.remove(leaf)
    return (len(new) - len(left)) / max(len(old), len(new))


_SCALARS: dict[str, list[tuple[str, str, Callable[[Any], str]]]] = {
    "guides": [
        ("name", "事项名称", str),
        ("time.promised.number", "承诺办结时限", lambda value: f"{value} 个工作日"),
        ("visit.count", "到办事现场次数", str),
        ("consult.phone", "咨询方式：电话", str),
    ],
    "fees": [("name", "名称", str)],
    "materials": [("name", "名称", str), ("issuer", "出具单位", str), ("note", "说明", str)],
}


def _at(document: Document, path: str) -> Any:
    for name in path.split("."):
        document = document.get(name) if document else None  # type: ignore[assignment]
    return document


def _fields(
    item: str, old: Document, new: Document, before: dict[str, Document], after: dict[str, Document]
) -> Iterator[Row]:
    plural = item.split("/")[0]
    found: list[Row] = []
    for path, label, text in _SCALARS[plural]:
        left, right = _at(old, path), _at(new, path)
        if left != right:
            row = text(left) if left is not None else None, text(right) if right is not None else None
            found.append((item, "changed", label, *row))
    if plural == "guides":
        if sorted(old["windows"]) != sorted(new["windows"]):
            found.append((item, "changed", "办理窗口", "、".join(old["windows"]), "、".join(new["windows"])))
        found += [(item, "changed", "受理条件", *pair) for pair in _sentences(old["conditions"], new["conditions"])]
        found += _materials(item, old, new, before, after)
        if not found and old["revised"] != new["revised"]:
            day = (f"{value.year}年{value.month}月{value.day}日" for value in (old["revised"], new["revised"]))
            found.append((item, "changed", "最近修订", *day))
    if plural == "fees":
        found += _rates(item, old, new)
    yield from found


def _sentences(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    left, right = [text for text in old if text not in new], [text for text in new if text not in old]
    for text in list(right):
        like = [other for other in left if SequenceMatcher(None, other, text).ratio() > 0.5]
        if like:
            left.remove(like[0])
            right.remove(text)
            yield like[0], text
    yield from ((text, None) for text in left)
    yield from ((None, text) for text in right)


def _materials(
    item: str, old: Document, new: Document, before: dict[str, Document], after: dict[str, Document]
) -> Iterator[Row]:
    left, right = ({use["material"]: use for use in document["materials"]} for document in (old, new))
    for name in left.keys() - right.keys():
        yield item, "changed", "申请材料", before[f"materials/{name}"]["name"], None
    for name in right.keys() - left.keys():
        yield item, "changed", "申请材料", None, after[f"materials/{name}"]["name"]
    for name in left.keys() & right.keys():
        copies = [use[name].get("copies", 1) for use in (left, right)]
        if copies[0] != copies[1]:
            label = f"{after[f'materials/{name}']['name']}：份数"
            yield item, "changed", label, str(copies[0]), str(copies[1])


def _rates(item: str, old: Document, new: Document) -> Iterator[Row]:
    for rate, then in zip(new["rates"], old["rates"], strict=True):
        label = f"{rate['condition']}：收费标准"
        amounts = {str(period.get("from")): f"{period['amount']} 元/{rate['unit']}" for period in then["periods"]}
        earlier = None
        for period in rate["periods"]:
            start, text = str(period.get("from")), f"{period['amount']} 元/{rate['unit']}"
            if amounts.get(start, earlier) != text:
                yield item, "changed", label, amounts.pop(start, earlier), text
            else:
                amounts.pop(start, None)
            earlier = text
        for text in amounts.values():
            yield item, "changed", label, text, None

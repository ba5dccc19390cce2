"""A copy of an item's text to start a new item from: everything is kept but what no two items share.

Names, codes and dates are emptied, so that a copy cannot be published before they are written anew; what was there
stands in a comment beside. Fees stay, with a reminder.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.drafts import STATUS
from generator.fields import FORMATS
from generator.item import Item, Part
from generator.scaffold import DRAFT_LINE
from generator.schema import FieldSpec, fields_of
from generator.source import parse_text
from generator.tables.yaml_nodes import Node, Text, is_flow, is_mapping, is_scalar, is_sequence

_DROPPED = frozenset({STATUS, "accepted"})
_OWN = frozenset({"name", "short_name", "aliases", "number", "revision_note"})
"""Keys at the top of a file whose values belong to one item alone."""
_OWN_PARTS = frozenset({"codes"})
_TO_LOOK_AT = frozenset({"fees", "rates"})
_REMINDER = "# 下面的收费照抄自原文件，请逐项核对标准和依据\n"
_LONGEST = 40


class NotCopied(Exception):
    """The text can't be copied; the message is Chinese."""


class _Splice(NamedTuple):
    start: int
    end: int
    text: str


def copied_text(text: str, model: type[Item], path: str) -> str:
    """Return the text of a new item's file that begins as a copy; `path` is the old file's. Raise `NotCopied`."""
    values, found = parse_text(text, path)
    if values is None or found:
        raise NotCopied(f"{path} 里有格式错误，请先运行 tongchuang check 并改好。")
    source = Text(text)
    body, position = [], 0
    for splice in sorted(_splices(source, model)):
        body.append(text[position : splice.start] + splice.text)
        position = splice.end
    body.append(text[position:])
    head = [f"# {model.kind.label}，照着 {path} 写的：有「原来是」的地方都要写新的，其余逐条核对。", DRAFT_LINE]
    return "\n".join([*head, "".join(body).lstrip("\n")])


def _splices(source: Text, model: type[Item]) -> Iterator[_Splice]:
    specs = {spec.key: spec for spec in fields_of(model)}
    for key, (key_node, node) in source.pairs(source.root).items():
        if key in _DROPPED:
            yield _Splice(source.start(key_node), min(source.line_end(source.end(node)) + 1, len(source.text)), "")
        elif key in _OWN:
            yield from _emptied(source, node)
        elif key in _TO_LOOK_AT:
            yield _Splice(
                source.start(key_node), source.start(key_node), "# 下面的收费照抄自原文件，请逐项核对标准和依据\n"
            )
        if key in specs and key not in _DROPPED | _OWN:
            yield from _dates(source, node, specs[key], is_own=key in _OWN_PARTS)


def _dates(source: Text, node: Node, spec: FieldSpec, *, is_own: bool) -> Iterator[_Splice]:
    """Yield the splices that empty the dates below a value, or everything where it is the item's own."""
    if is_sequence(node):
        for entry in node.value:
            yield from _dates(source, entry, spec, is_own=is_own)
    elif is_mapping(node) and spec.part:
        inner = _specs(spec.part)
        for key, (_, value) in source.pairs(node).items():
            if key in inner:
                yield from _dates(source, value, inner[key], is_own=is_own)
    elif is_scalar(node) and node.value and (is_own or spec.format is FORMATS[date]):
        yield from _emptied(source, node)


def _specs(part: type[Part]) -> dict[str, FieldSpec]:
    return {spec.key: spec for spec in fields_of(part)}


def _emptied(source: Text, node: Node) -> Iterator[_Splice]:
    """Yield the splices that take a value away and put what it was into a comment at the end of its line."""
    start, end = source.start(node), source.end(node)
    if start == end:
        return
    was = " ".join(source.text[start:end].split())
    was = f"{was[:_LONGEST]}…" if len(was) > _LONGEST else was
    line_end = source.line_end(end)
    is_last = not source.text[end:line_end].strip()
    empty = "[]" if is_sequence(node) else ""
    if is_last or (is_sequence(node) and not is_flow(node)):  # the value alone: the blanks before it go too
        start = len(source.text[:start].rstrip())
        empty = empty and f" {empty}"
    yield _Splice(start, end, empty)
    yield _Splice(line_end, line_end, f"  # 原来是 {was}")

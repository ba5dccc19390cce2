"""Put new values into YAML text and leave every other byte as it is.

Old and new values are compared, and only spans that hold a changed value are replaced; the spans come from the marks
of the round-trip library. What comes out is read again: unless it says exactly the new values, the edit is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from generator.item import Part
from generator.schema import FieldSpec, fields_of
from generator.source import parse_text
from generator.tables import yaml_write
from generator.tables.alignment import align, identity
from generator.tables.yaml_nodes import Node, Text, is_flow, is_mapping, is_scalar, is_sequence

Values = Mapping[str, Any]


class NotEdited(Exception):
    """The text can't be changed safely by a program; the message is Chinese."""


class Splice(NamedTuple):
    """A span of the old text and what takes its place."""

    start: int
    end: int
    text: str


def edit_text(text: str, values: Values, part: type[Part]) -> str:
    """Return the text with the values of a part in place of those that it holds; raise `NotEdited`.

    Keys without a value are left out by the caller; new keys are put in the order of the part's fields.
    """
    old, problems = parse_text(text, "")
    if old is None or problems:
        raise NotEdited("文件里有格式错误，请先运行 tongchuang check 并改好。")
    if identity(old) == identity(values):
        return text
    source = Text(text)
    edited = _applied(source, _Edit(source).mapping(source.root, old, values, part))
    read, _ = parse_text(edited, "")
    if read is None or identity(read) != identity(values):
        raise NotEdited("这个文件的写法特殊，表格里的修改没法准确地写进去，请直接在文件里改。")
    return edited


def new_text(values: Values) -> str:
    """Return the text of a new file; raise `NotEdited` where it would not read back the same."""
    text = f"{yaml_write.mapping(values, 0)}\n"
    read, _ = parse_text(text, "")
    if read is None or identity(read) != identity(values):
        raise NotEdited("内容里有写不进文件的字符，请检查是否有看不见的字符。")
    return text


def _applied(source: Text, splices: Sequence[Splice], start: int = 0, end: int | None = None) -> str:
    """Return the span of the text with the splices in it; those at one spot come in their order."""
    end = len(source.text) if end is None else end
    pieces, position = [], start
    for splice in sorted(splices, key=lambda one: one.start):
        pieces += [source.text[position : splice.start], splice.text]
        position = max(position, splice.end)
    return "".join([*pieces, source.text[position:end]])


class _Edit:
    """The splices that turn old values into new ones."""

    def __init__(self, source: Text) -> None:
        self.source = source

    def mapping(
        self, node: Node, old: Values, new: Values, part: type[Part] | None, *, in_flow: bool = False
    ) -> list[Splice]:
        """Return the splices for a mapping."""
        pairs = self.source.pairs(node)
        specs = {spec.key: spec for spec in fields_of(part)} if part else {}
        if not any(key in new for key in pairs):
            return [self._whole_mapping(node, new, in_flow=in_flow)]
        if in_flow or is_flow(node):
            return self._flow_mapping(node, old, new, specs)
        splices = []
        for key, (key_node, value) in pairs.items():
            if key in new and identity(old[key]) != identity(new[key]):
                splices += self._pair(key_node, value, old[key], new[key], specs.get(key))
        kept = [key for key in pairs if key in new]
        for key in _in_order(new, specs):
            if key not in pairs:
                splices.append(self._inserted(node, pairs, kept, key, new[key], specs))
        return splices + self._removed(pairs, kept)

    def _whole_mapping(self, node: Node, new: Values, *, in_flow: bool) -> Splice:
        start, end = self.source.start(node), self.source.end(node)
        if in_flow or is_flow(node):
            return Splice(start, end, yaml_write.flow(new))
        return Splice(start, end, yaml_write.mapping(new, self.source.column(node)))

    def _pair(self, key_node: Node, node: Node, old: Any, new: Any, spec: FieldSpec | None) -> list[Splice]:
        """Return the splices for one changed value of a block mapping."""
        column = self.source.column(key_node)
        if (splices := self._inner(node, old, new, spec.part if spec else None, column + 2)) is not None:
            return splices
        start, end = self.source.start(key_node), self.source.end(node)
        return [Splice(start, end, yaml_write.entry(key_node.value, new, column))]

    def _inner(
        self, node: Node, old: Any, new: Any, part: type[Part] | None, indent: int, *, in_flow: bool = False
    ) -> list[Splice] | None:
        """Return the splices within a value that keeps its shape, None where the shape changes."""
        if is_mapping(node) and isinstance(new, Mapping) and old and new:
            return self.mapping(node, old, new, part, in_flow=in_flow)
        if is_sequence(node) and isinstance(new, list) and old and new:
            return self._sequence(node, old, new, part, in_flow=in_flow)
        if is_scalar(node) and not isinstance(new, Mapping | list):
            return [self._scalar(node, new, indent, in_flow=in_flow)]
        return None

    def _scalar(self, node: Node, new: Any, indent: int, *, in_flow: bool) -> Splice:
        start, end = self.source.start(node), self.source.end(node)
        if isinstance(new, str) and node.style in ("|", ">"):
            return Splice(start, end, self._block(node, new, start, indent))
        if isinstance(new, str) and "\n" in new and not in_flow and not new.startswith((" ", "\n")):
            return Splice(start, end, yaml_write.block_scalar(new, indent))
        return Splice(start, end, yaml_write.scalar(new, node.style or "", in_flow=in_flow))

    def _block(self, node: Node, new: str, start: int, indent: int) -> str:
        """Write a text in the block style that the old one has; folded lines only where they read back the same."""
        line_end = self.source.line_end(start)
        first = self.source.text[line_end + 1 : self.source.line_end(line_end + 1)]
        inner = len(first) - len(first.lstrip(" ")) if first.strip() else indent
        header = self.source.text[start:line_end].rstrip()
        folded = new.replace("\n", "\n\n") if node.style == ">" else new
        kept = yaml_write.block_scalar(folded.rstrip("\n"), inner, header)
        read, _ = parse_text(f"k: {kept}\n", "")
        return kept if read and read["k"] == new else yaml_write.block_scalar(new, inner)

    def _inserted(
        self,
        node: Node,
        pairs: Mapping[str, tuple[Node, Node]],
        kept: Sequence[str],
        key: str,
        value: Any,
        specs: Mapping[str, FieldSpec],
    ) -> Splice:
        """Return the splice for a new key of a block mapping, after the key that comes before it in the model."""
        column = self.source.column(node)
        text = yaml_write.entry(key, value, column)
        if (before := _key_before(key, kept, specs)) is None:
            start = self.source.start(pairs[kept[0]][0])
            return Splice(start, start, f"{text}\n{' ' * column}")
        end = self.source.line_end(self.source.end(pairs[before][1]))
        return Splice(end, end, f"\n{' ' * column}{text}")

    def _removed(self, pairs: Mapping[str, tuple[Node, Node]], kept: Sequence[str]) -> list[Splice]:
        """Return the splices for keys of a block mapping that go; comments above keys stay."""
        keys, splices = list(pairs), []
        last = keys.index(kept[-1])
        for key in keys[:last]:
            if key not in kept:
                start, end = self.source.start(pairs[key][0]), self.source.line_end(self.source.end(pairs[key][1]))
                rest = self.source.text[end:]
                splices.append(Splice(start, end + len(rest) - len(rest.lstrip()), ""))
        for key in keys[last + 1 :]:
            start, end = self.source.start(pairs[key][0]), self.source.line_end(self.source.end(pairs[key][1]))
            if self.source.column(pairs[key][0]):  # within a part, a comment above its end is about what goes
                start = self.source.line_end(self.source.end(pairs[keys[keys.index(key) - 1]][1])) + 1
            splices.append(Splice(self.source.line_start(start) - 1, end, ""))
        return splices

    def _flow_mapping(self, node: Node, old: Values, new: Values, specs: Mapping[str, FieldSpec]) -> list[Splice]:
        """Return the splices for a mapping in brackets; it is put together anew where a key comes or goes."""
        pairs = self.source.pairs(node)
        edits: dict[str, list[Splice]] = {}
        for key, (key_node, value) in pairs.items():
            if key in new and identity(old[key]) != identity(new[key]):
                part = specs[key].part if key in specs else None
                found = self._inner(value, old[key], new[key], part, 0, in_flow=True)
                start, end = self.source.start(key_node), self.source.end(value)
                edits[key] = [Splice(start, end, yaml_write.entry(key, new[key], 0, in_flow=True))]
                edits[key] = edits[key] if found is None else found
        if set(pairs) == set(new):
            return [splice for found in edits.values() for splice in found]
        order = [key for key in pairs if key in new]
        for key in _in_order(new, specs):
            if key not in pairs:
                before = _key_before(key, order, specs)
                order.insert(order.index(before) + 1 if before else 0, key)
        spans = {key: (self.source.start(one), self.source.end(other)) for key, (one, other) in pairs.items()}
        texts = [
            (list(spans).index(key), _applied(self.source, edits.get(key, []), *spans[key]))
            if key in spans
            else (None, yaml_write.entry(key, new[key], 0, in_flow=True))
            for key in order
        ]
        return [self._rebuilt_flow(node, list(spans.values()), texts)]

    def _rebuilt_flow(
        self, node: Node, spans: Sequence[tuple[int, int]], texts: Sequence[tuple[int | None, str]]
    ) -> Splice:
        """Put a collection in brackets together; between two neighbours that stay neighbours nothing changes."""
        text = self.source.text
        gaps = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
        pieces = [texts[0][1]]
        for (before, _), (index, one) in pairwise(texts):
            is_neighbour = before is not None and index == before + 1
            pieces += [gaps[before] if is_neighbour and before is not None else gaps[0] if gaps else ", ", one]
        return Splice(spans[0][0], spans[-1][1], "".join(pieces))

    def _sequence(
        self, node: Node, old: Sequence[Any], new: Sequence[Any], part: type[Part] | None, *, in_flow: bool
    ) -> list[Splice]:
        """Return the splices for a list; entries that stay keep their text, wherever they go."""
        plan = align(old, new, part)
        flow = in_flow or is_flow(node)
        edits: list[list[Splice]] = []
        for index, value in zip(plan, new, strict=True):
            edits.append([] if index is None else self._entry(node, index, old[index], value, part, in_flow=flow))
        if plan == list(range(len(old))):
            return [splice for found in edits for splice in found]
        spans = self._flow_spans(node) if flow else self._block_spans(node)
        if flow:
            made = [
                (None, yaml_write.flow(value)) if i is None else (i, _applied(self.source, found, *spans[i]))
                for i, value, found in zip(plan, new, edits, strict=True)
            ]
            return [self._rebuilt_flow(node, spans, made)]
        margin = " " * self.source.column(node)
        lines = []
        for index, value, found in zip(plan, new, edits, strict=True):
            if index is None:
                lines.append(f"{margin}- {yaml_write.item(value, len(margin))}")
            else:
                lines.append((margin if index == 0 else "") + _applied(self.source, found, *spans[index]))
        return [Splice(spans[0][0], spans[-1][1], "\n".join(lines).removeprefix(margin))]

    def _entry(
        self, node: Node, index: int, old: Any, new: Any, part: type[Part] | None, *, in_flow: bool
    ) -> list[Splice]:
        if identity(old) == identity(new):
            return []
        inner, column = node.value[index], self.source.column(node)
        found = self._inner(inner, old, new, part, column + 2, in_flow=in_flow or is_flow(inner))
        if found is not None:
            return found
        text = yaml_write.flow(new) if in_flow else yaml_write.item(new, column)
        return [Splice(self.source.start(inner), self.source.end(inner), text)]

    def _flow_spans(self, node: Node) -> list[tuple[int, int]]:
        return [(self.source.start(inner), self.source.end(inner)) for inner in node.value]

    def _block_spans(self, node: Node) -> list[tuple[int, int]]:
        """Return the spans of whole entries, each with the comments above it and the one on its last line."""
        spans: list[tuple[int, int]] = []
        for inner in node.value:
            start = spans[-1][1] + 1 if spans else self.source.dash(node, inner)
            spans.append((start, self.source.line_end(self.source.end(inner))))
        return spans


def _in_order(new: Values, specs: Mapping[str, FieldSpec]) -> list[str]:
    """Return the keys in the order of the model."""
    order = {key: number for number, key in enumerate(specs)}
    return sorted(new, key=lambda key: order.get(key, len(order)))


def _key_before(key: str, kept: Sequence[str], specs: Mapping[str, FieldSpec]) -> str | None:
    """Return the key, among those that stay, that comes last before a new one in the model."""
    order = {name: number for number, name in enumerate(specs)}
    earlier = [name for name in kept if order.get(name, -1) < order.get(key, len(order))]
    return max(earlier, key=lambda name: order.get(name, -1)) if earlier else None

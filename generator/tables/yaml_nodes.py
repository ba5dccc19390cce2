"""Where values stand in YAML text: spans of characters, from the marks of a round-trip library."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

Node = Any
"""A node of the library: scalar, sequence or mapping."""


@dataclass(frozen=True)
class Text:
    """A YAML text and its nodes. Without `slots`, for the cached property."""

    text: str

    @cached_property
    def root(self) -> Node:
        """The outermost node, a mapping."""
        return YAML().compose(self.text)

    def start(self, node: Node) -> int:
        """Return where a node begins."""
        return int(node.start_mark.index)

    def end(self, node: Node) -> int:
        """Return where a node's last character ends; comments and blank lines after it are not the node's."""
        if isinstance(node, ScalarNode):
            return self._end_of_block(node) if node.style in ("|", ">") else int(node.end_mark.index)
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(node, MappingNode) else last) or self.start(node)

    def _end_of_block(self, node: Node) -> int:
        """Return the end of the last line of a block scalar that is not empty."""
        position = end = self.line_end(self.start(node))
        inner = 0
        while position < len(self.text):
            following = self.line_end(position + 1)
            line = self.text[position + 1 : following]
            indent = len(line) - len(line.lstrip(" "))
            if line.strip(" "):
                inner = inner or indent
                if indent < inner or indent <= self._outer_indent(node):
                    break
                end = following
            position = following
        return end

    def _outer_indent(self, node: Node) -> int:
        line = self.text[self.line_start(self.start(node)) : self.start(node)]
        indent = len(line) - len(line.lstrip(" "))
        return indent if line.strip(" ") else -1

    def line_start(self, position: int) -> int:
        """Return where the line of a position begins."""
        return self.text.rfind("\n", 0, position) + 1

    def line_end(self, position: int) -> int:
        """Return where the line of a position ends, before its line end."""
        found = self.text.find("\n", position)
        return len(self.text) if found < 0 else found

    def column(self, node: Node) -> int:
        """Return how far a node is from the beginning of its line."""
        return int(node.start_mark.column)

    def pairs(self, node: Node) -> dict[str, tuple[Node, Node]]:
        """Return key and value nodes of a mapping by key."""
        return {key.value: (key, value) for key, value in node.value}

    def dash(self, sequence: Node, entry: Node) -> int:
        """Return where the dash of an entry of a block sequence stands."""
        column, line = self.column(sequence), self.line_start(self.start(entry))
        while self.text[line + column : line + column + 1] != "-" or line + column > self.start(entry):
            line = self.line_start(line - 1)
        return line + column


def is_scalar(node: Node) -> bool:
    """Tell whether a node is a scalar."""
    return isinstance(node, ScalarNode)


def is_mapping(node: Node) -> bool:
    """Tell whether a node is a mapping."""
    return isinstance(node, MappingNode)


def is_sequence(node: Node) -> bool:
    """Tell whether a node is a sequence."""
    return isinstance(node, SequenceNode)


def is_flow(node: Node) -> bool:
    """Tell whether a collection is written in brackets."""
    return bool(getattr(node, "flow_style", False))

"""The closer look at YAML text: the parser's steps → the places of all values, problems, slips, and the fault.

Whoever parses hands in the steps (only `source` knows the parser); nothing here expands an alias or makes a value
from text, so a hostile file costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from generator.problems import Place, Problem
from generator.text_files import STRANGE, strange_character
from generator.yaml_errors import SyntaxFault, markup_problem, shortened
from generator.yaml_slips import COLON_CODES, MARKUP, Slip, Spot, slips_of_line, slips_of_scalar, slips_of_value

MAX_DEPTH = 32
MAX_PROBLEMS = 100
"""A file with more problems than this is not read to its end; the rest appears when these are mended."""
WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip

_TEXT_HINT = '若这是文字，请用半角引号 " 把它括起来。'
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,999})\Z").match  # Python refuses to read numbers of thousands of digits

At = tuple[int, int]
"""Line and column, both from 0."""


def plain_value(text: str) -> str | int | bool | None:
    """Return what a plain scalar means: the core types of YAML 1.2, integers only in their plain decimal form.

    Everything else (`9:00`, `010`, `1.10`, `no`, dates) stays as it is written.
    """
    if text in WORDS:
        return WORDS[text]
    return int(text) if _INTEGER(text) else text


class Step(NamedTuple):
    """One event of the parser, with the spots where it begins and ends as places and as indexes of the text."""

    kind: Literal["document", "scalar", "mapping", "sequence", "alias", "end"]
    at: At
    end: At
    indexes: tuple[int, int]
    value: str = ""
    style: str = ""
    anchor: str | None = None
    tag: str | None = None
    in_flow: bool = False


@dataclass(slots=True)
class Node:
    """A value's place (from 0) and the places of what it holds."""

    at: At
    children: dict[str | int, Child] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Child:
    key_at: At
    node: Node


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet; in a mapping `key` waits for its value."""

    node: Node
    is_mapping: bool
    in_flow: bool
    at_key: bool
    key: str | None = None
    key_at: At = (0, 0)


class Survey:
    """All that one pass finds: the places of values, slips, other problems, and the fault that ended it early."""

    def __init__(self, steps: Iterable[Step | SyntaxFault], text: str, relative: str) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.slips: list[Slip] = []
        self.fault: SyntaxFault | None = None
        self.quoted: tuple[At, At] | None = None
        self._text = text
        self._lines = text.split("\n")
        self._relative = relative
        self._open: list[_Open] = []
        self._seen_document = False
        self._stopped = False
        self._outermost = ""
        self._anchors_told: set[str] = set()
        self._run(steps)

    def is_list(self) -> bool:
        """Tell whether the outermost value is a list."""
        return self._outermost == "sequence"

    def _is_full(self) -> bool:
        return len(self.problems) + len(self.slips) >= MAX_PROBLEMS

    def _run(self, steps: Iterable[Step | SyntaxFault]) -> None:
        for step in steps:
            if isinstance(step, SyntaxFault):
                self.fault = step
            else:
                self._take(step)
            if self._stopped or self._is_full():
                break
        if self.root is None and self.fault is None:
            message = "文件是空的，或者只有注释。"
            self._say((0, 0), "empty-file", message, "请按“字段名: 内容”的格式填写；不需要的文件请删去。")

    def _take(self, step: Step) -> None:
        if step.kind == "document":
            self._stopped = self._seen_document
            self._seen_document = True
            if self._stopped:
                hint = "一个文件只写一份内容；请删去单独一行的「---」，或者分成两个文件。"
                self._say(step.at, "several-documents", "「---」之后是另一份文档；一个文件只能有一份。", hint)
        elif step.kind == "end":
            self._open.pop()
        else:
            self._take_node(step)

    def _take_node(self, step: Step) -> None:
        self._check_properties(step)
        node = Node(step.at)
        is_key = bool(self._open) and self._open[-1].at_key
        if step.kind == "scalar":
            self._check_scalar(step, is_key)
        self._attach(step, node)
        if step.kind in ("mapping", "sequence"):
            if len(self._open) >= MAX_DEPTH:
                message = f"层次太深，超过 {MAX_DEPTH} 层。"
                self._say(node.at, "too-deep", message, f"请检查括号和缩进。{_TEXT_HINT}")
                self._stopped = True
            is_mapping = step.kind == "mapping"
            self._open.append(_Open(node, is_mapping, step.in_flow, is_mapping))

    def _attach(self, step: Step, node: Node) -> None:
        if not self._open:
            self.root = node
            self._outermost = step.kind
            self._check_top(step)
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.node.children[len(parent.node.children)] = Child(node.at, node)
        elif parent.at_key:
            parent.key, parent.key_at = self._key(step, parent), node.at
            parent.at_key = False
        else:
            if parent.key is not None:
                parent.node.children[parent.key] = Child(parent.key_at, node)
            parent.at_key = True

    def _key(self, step: Step, parent: _Open) -> str | None:
        """Return the key that this step writes, or None if it has to be refused."""
        at = step.at
        if step.kind == "scalar":
            if step.value == "<<" and not step.style:
                self._say(at, "merge-key", "不能用合并键「<<」。", "请把要合并的字段在这里逐个写出来。")
                return None
            name = step.value if step.style else plain_value(step.value)
            if isinstance(name, str):
                return self._unique(name, at, parent)
            if step.value:
                hint = f'字段名请用英文字母开头；确实要用「{step.value}」作名称，请写成 "{step.value}"。'
                self._say(at, "key-not-text", f"字段名「{step.value}」不是文字。", hint)
            else:
                self._say(at, "key-not-text", "冒号前面没有字段名。", "请在冒号前写上字段名。")
        elif step.kind != "alias":
            self._refuse_collection_key(at, parent)
        return None

    def _unique(self, name: str, at: At, parent: _Open) -> str | None:
        first = parent.node.children.get(name)
        if first is None:
            return name
        message = f"字段「{shortened(name)}」重复：第 {first.key_at[0] + 1} 行已经写过。"
        self._say(at, "duplicate-key", message, "请只保留一处，把另一处删去或改成正确的字段名。")
        return None

    def _refuse_collection_key(self, at: At, parent: _Open) -> None:
        outer = parent.node.at
        if self._lines[outer[0]].startswith("{{", outer[1]):
            self.problems.append(markup_problem("{{", self._place(outer)))
        else:
            message = "字段名不能是列表或一组字段，只能是文字。"
            self._say(at, "key-not-text", message, f"请改成「字段名: 内容」的写法。{_TEXT_HINT}")

    def _check_top(self, step: Step) -> None:
        if step.kind == "mapping":
            return
        if step.kind == "scalar" and not step.value and not step.style:
            self.root = None  # nothing but `---`
            return
        if step.kind == "scalar" and not step.style:
            opening = slips_of_line(self._lines[step.at[0]], step.at[0])
            self.slips += [slip for slip in opening if slip.code in COLON_CODES][: not self.slips]
        written = "列表" if step.kind == "sequence" else "一段文字"
        message = f"文件的内容是{written}；应为一组字段。"
        hint = "最外层请写成「字段名: 内容」，每个字段一行，冒号用半角并接一个空格。"
        self._say(step.at, "not-a-mapping", message, hint)

    def _check_properties(self, step: Step) -> None:
        if step.anchor is not None and step.kind not in self._anchors_told:  # one bomb, not a hundred messages
            self._anchors_told.add(step.kind)
            sign, kind = ("*", "引用") if step.kind == "alias" else ("&", "锚点")
            message = f"不能用 YAML 的{kind}「{sign}{step.anchor}」。"
            self._say(step.at, "anchor", message, f"请把内容在每一处都写出来。{_TEXT_HINT}")
        if step.tag is not None:
            written = shortened(self._lines[step.at[0]][step.at[1] :].split(" ")[0])
            self._say(step.at, "tag", f"不能用 YAML 的标签「{written}」。", f"请删去标签。{_TEXT_HINT}")

    def _check_scalar(self, step: Step, is_key: bool) -> None:
        if found := STRANGE.search(step.value):
            self.problems.append(strange_character(found.group(), self._place(step.at)))
        if self._open and (found := MARKUP.search(step.value)):  # the whole file is no group of fields else
            self.problems.append(markup_problem(found.group(), self._markup_place(step)))
        if step.style in ("'", '"'):
            self.quoted = (step.at, step.end)
        elif not step.style and step.value:
            line, column = step.at
            in_flow = bool(self._open) and self._open[-1].in_flow
            spot = Spot(text=self._lines[line], line=line, column=column, is_key=is_key, in_flow=in_flow)
            self.slips += list(slips_of_scalar(spot)) or slips_of_value(spot, step.value)
            self._check_folded_lines(step)

    def _check_folded_lines(self, step: Step) -> None:
        # The lines that a plain scalar goes on with are joined into one; some of them were surely not meant so.
        last = step.end[0] - (step.end[1] == 0)
        for number in range(step.at[0] + 1, last + 1):
            if self._is_full():
                break
            line = self._lines[number]
            column = len(line) - len(line.lstrip(" "))
            if line.startswith("＃", column):
                self.slips += [slip for slip in slips_of_line(line, number) if slip.code == "fullwidth-hash"][:1]
            elif line.startswith("- ", column):
                message = (
                    f"这一行的「- 」没有与上一项对齐，会被接在第 {step.at[0] + 1} 行的文字后面：「{shortened(line)}」。"
                )
                hint = "各项的「- 」左边要对齐，并从字段名的下一行写起；若这是文字，请用 | 另起一行书写。"
                self._say((number, column), "bad-indentation", message, hint)

    def _markup_place(self, step: Step) -> Place:
        # Escapes and folds may write markup that the raw text does not show; the scalar's start stands for it then.
        raw = self._text[step.indexes[0] : step.indexes[1]]
        found = MARKUP.search(raw)
        before = raw[: found.start()] if found else ""
        line, column = step.at
        above = before.count("\n")
        return self._place((line + above, len(before) - before.rfind("\n") - 1 if above else column + len(before)))

    def _place(self, at: At) -> Place:
        return Place(path=self._relative, line=at[0] + 1, column=at[1] + 1)

    def _say(self, at: At, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(place=self._place(at), code=code, message=message, hint=hint))

"""The codes of problems that the package can emit, read from its source with `ast`."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from test_architecture import modules

from generator.wording.tables import groups

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9*]+)+|anchor|tag|symlink")
NOT_PROBLEMS = {"agenda.entry", "audit.services", "hall.snapshot_tables", "hall.compare", "codelists"}
"""Modules whose `code` is another thing: a code of an item, a code list."""


@cache
def emitted() -> Mapping[str, set[str]]:
    """Return the modules that emit each code; `*` stands for a part that is put in when the program runs."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, tree in modules().items():
        if not name.startswith("rulebook") and name not in NOT_PROBLEMS:
            for code in _codes(tree):
                found[code].add(name)
    for entry in groups():  # wording rules are data
        found[entry.code].add("wording")
    return found


def _codes(tree: ast.Module) -> Iterator[str]:
    """Yield what stands in the place of a code: a keyword, an argument, a variable, the head of a tuple of texts."""
    places = {
        node.name: [argument.arg for argument in node.args.args].index("code")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and any(argument.arg == "code" for argument in node.args.args)
    }
    for node in ast.walk(tree):
        for value in _in_place_of_a_code(node, {"problem": 0, "Remark": 0, "Unreadable": 0, **places}):
            yield from _texts(value)


def _in_place_of_a_code(node: ast.AST, places: Mapping[str, int]) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "code")
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in places:
            at = places[called] - isinstance(node.func, ast.Attribute)  # `self` is no argument of the call
            yield from node.args[at : at + 1]
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
        for target, value in zip(node.targets[0].elts, node.value.elts, strict=True):
            if isinstance(target, ast.Name) and target.id == "code":
                yield value
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "code":
        yield node.value
    elif isinstance(node, ast.Tuple) and len(node.elts) in (2, 3) and _is_chinese(node.elts[1]):
        yield node.elts[0]  # code, message, hint
    elif isinstance(node, ast.Dict):  # texts by code
        pairs = zip(node.keys, node.values, strict=True)
        yield from (key for key, value in pairs if key is not None and (_is_chinese(value) or _opens_chinese(value)))


def _opens_chinese(node: ast.expr) -> bool:
    return isinstance(node, ast.Tuple) and bool(node.elts) and _is_chinese(node.elts[0])


def _is_chinese(node: ast.expr) -> bool:
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and re.search("[一-龥]", part.value)
        for part in ast.walk(node)
    )


def _texts(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in value.values)
        if _CODE.fullmatch(text):
            yield text
    elif isinstance(value, ast.IfExp):
        yield from (*_texts(value.body), *_texts(value.orelse))
    elif isinstance(value, ast.BoolOp):
        yield from (text for part in value.values for text in _texts(part))
    elif isinstance(value, ast.Constant) and isinstance(value.value, str) and _CODE.fullmatch(value.value):
        yield value.value

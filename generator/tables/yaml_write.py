"""Values → YAML text in the manner of the files at hand, each scalar in the plainest form that reads back the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.source import parse_text

SHORT_LIST = 80
"""A list of texts up to this many characters stands on one line, in brackets."""

# Other readers of YAML would take these for truth values, and rows of digits for numbers.
_WORDS = frozenset({"yes", "no", "on", "off", "y", "n"})


def scalar(value: Any, style: str = "", *, in_flow: bool = False) -> str:
    """Write a scalar on one line, in the wanted style (`'`, `"` or plain) where that reads back the same."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    single, double = "'" + value.replace("'", "''") + "'", json.dumps(value, ensure_ascii=False)
    plain = (double,) if value.isdecimal() or value.lower() in _WORDS else (value, double)
    preferred = {"'": (single, double), '"': (double,)}.get(style, plain)
    for text in preferred:
        if "\n" not in text and _reads_back(text, value, in_flow=in_flow):
            return text
    return json.dumps(value)  # with escapes for what the reader would not take as it is


def _reads_back(text: str, value: Any, *, in_flow: bool) -> bool:
    values, _ = parse_text(f"k: [{text}, x]\n" if in_flow else f"k: {text}\n", "")
    expected = [value, "x"] if in_flow else value
    return values is not None and repr(values["k"]) == repr(expected)


def block_scalar(value: str, indent: int, header: str = "") -> str:
    """Write a text of several lines as a literal block whose lines stand at an indent."""
    body, trailing = value.rstrip("\n"), len(value) - len(value.rstrip("\n"))
    chomping = {0: "-", 1: ""}.get(trailing, "+")
    lines = [" " * indent + line if line.strip() else line.strip() for line in body.split("\n")]
    return "\n".join([header or f"|{chomping}", *lines, *[""] * (trailing - 1)])


def entry(key: str, value: Any, indent: int, *, in_flow: bool = False) -> str:
    """Write a key and its value; the first line without indent, the others with that of the key and more."""
    if in_flow:
        return f"{key}: {flow(value)}"
    if isinstance(value, Mapping):
        return f"{key}:\n{' ' * (indent + 2)}{mapping(value, indent + 2)}" if value else f"{key}: {{}}"
    if isinstance(value, list):
        if _is_short(value):
            return f"{key}: {flow(value)}"
        return f"{key}:\n{' ' * (indent + 2)}{sequence(value, indent + 2)}"
    if isinstance(value, str) and _fits_block(value):
        return f"{key}: {block_scalar(value, indent + 2)}"
    return f"{key}: {scalar(value)}"


def _fits_block(value: str) -> bool:
    return "\n" in value.strip("\n") and not value.startswith((" ", "\n", "\t"))


def _is_short(value: list[Any]) -> bool:
    texts = [one for one in value if isinstance(one, str | int)]
    is_plain = len(texts) == len(value) and not any("\n" in str(one) or len(str(one)) > 30 for one in texts)
    return is_plain and sum(len(str(one)) for one in texts) <= SHORT_LIST


def mapping(value: Mapping[str, Any], indent: int) -> str:
    """Write a mapping whose keys stand at an indent; the first line without it."""
    return f"\n{' ' * indent}".join(entry(key, inner, indent) for key, inner in value.items())


def sequence(value: list[Any], indent: int) -> str:
    """Write a list whose dashes stand at an indent; the first line without it."""
    return f"\n{' ' * indent}".join(f"- {item(one, indent)}" for one in value)


def item(value: Any, indent: int) -> str:
    """Write what follows the dash of an entry that stands at an indent."""
    if isinstance(value, Mapping):
        return mapping(value, indent + 2)
    if isinstance(value, str) and _fits_block(value):
        return block_scalar(value, indent + 2)
    return scalar(value)


def flow(value: Any) -> str:
    """Write a value in brackets, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return scalar(value, in_flow=True)

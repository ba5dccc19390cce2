"""Values as YAML has them ⇄ their canonical text ⇄ what stands in a cell.

Two writings of one value (`20` and `20.00`, `是` and `true`) have one canonical text, so that only a change of meaning
is a change. A whole item becomes a canonical tree: keys in the model's order, nothing empty, texts at the ends.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from generator.fields import FORMATS, boolean_text, number_text
from generator.item import Part
from generator.schema import FieldSpec, fields_of

Raw = Any
"""What the reader of YAML gives: text, int, bool, lists and mappings of these."""
Tree = dict[str, Any]
"""Canonical values by key: texts, lists of texts, trees, lists of trees."""

_TRUE, _FALSE = (True, "是", "有"), (False, "否", "无")
_TYPE_OF = {id(shape): kind for kind, shape in FORMATS.items()}  # formats of two types may look the same


def type_of(spec: FieldSpec) -> type:
    """Return the type of a field that holds no parts: str, int, bool, Decimal or date."""
    return _TYPE_OF[id(spec.format)]


def canonical(spec: FieldSpec, raw: Raw) -> str:
    """Return the canonical text of one value of a field; a value of another shape keeps its own writing."""
    kind = type_of(spec)
    if kind is bool and any(raw is word or (isinstance(raw, str) and raw == word) for word in (*_TRUE, *_FALSE)):
        return boolean_text(raw in _TRUE)
    if kind is Decimal:
        try:
            return number_text(Decimal(str(raw)))
        except InvalidOperation:
            return str(raw)
    if isinstance(raw, date):
        return raw.isoformat()
    return clean(str(raw))


def clean(text: str) -> str:
    """Return a text without spaces around it, full-width ones too, and with no other line ends than LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def raw_of(spec: FieldSpec, text: str) -> Raw:
    """Return the value to write into YAML for a canonical text."""
    kind = type_of(spec)
    if kind is bool and text in ("是", "否"):
        return text == "是"
    if kind in (int, Decimal) and text.isdecimal() and text.isascii() and str(int(text)) == text:
        return int(text)
    return text


def tree_of(part: type[Part], raw: Mapping[str, Raw]) -> Tree:
    """Return the canonical tree of a part's raw values."""
    found: Tree = {}
    for spec in fields_of(part):
        if (value := raw.get(spec.key)) is None:
            continue
        if spec.is_list:
            entries = value if isinstance(value, list) else [value]
            made: Any = [tree_of(spec.part, entry) if spec.part else canonical(spec, entry) for entry in entries]
        else:
            made = tree_of(spec.part, value) if spec.part else canonical(spec, value)
        if made not in ("", [], {}):
            found[spec.key] = made
    return found


def digests(tree: Tree) -> dict[str, str]:
    """Return a short hash of each field of an item's tree, by key."""
    return {key: digest(value) for key, value in tree.items()}


def digest(value: Any) -> str:
    """Return a short hash of a canonical value."""
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


LINE_END = "↵"
"""Stands in a cell for a line end inside one entry of a list, whose entries stand on lines of their own."""


def joined(entries: Sequence[str]) -> str:
    """Return the entries of a list as lines of one cell."""
    return "\n".join(entry.replace("\n", LINE_END) for entry in entries)


def split(text: str) -> list[str]:
    """Return the entries of a list from the lines of one cell."""
    return [entry for line in text.split("\n") if (entry := clean(line.replace(LINE_END, "\n")))]

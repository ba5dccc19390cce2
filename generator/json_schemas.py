"""JSON Schemas of the kinds, for editors that complete and explain while somebody writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.fields import ID_PATTERN
from generator.item import Item
from generator.kinds import all_kinds

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OURS = ("shown", "of_districts")
"""What the models note for themselves."""
_ID_EXPECTED = "只用小写英文字母、数字和 -，例如 id-card-renewal。"

Node = dict[str, Any]


def json_schema(model: type[Item]) -> Node:
    """Return the JSON Schema (2020-12) of a kind, titled and explained in Chinese."""
    schema: Node = _tidy(model.model_json_schema(by_alias=True))
    for definition in schema.get("$defs", {}).values():
        # The class's name and docstring, which are English; a field's own title and explanation stand beside the link.
        definition.pop("title", None)
        definition.pop("description", None)
    # The id is the file's name and never written inside.
    schema["properties"].pop("id", None)
    schema["required"] = [name for name in schema.get("required", []) if name != "id"]
    head = {"$schema": _DIALECT, "title": model.kind.label, "description": model.kind.about}
    return {**head, **{key: value for key, value in schema.items() if key not in head}}


def schema_texts() -> Mapping[str, str]:
    """Return the JSON Schema of each kind as text, by the kind's name."""
    return {name: json.dumps(json_schema(model), ensure_ascii=False, indent=2) for name, model in all_kinds().items()}


def _tidy(node: Any) -> Any:
    """Return a part of a schema as an editor needs it: short to show, and with a message where a pattern can fail."""
    if isinstance(node, list):
        return [_tidy(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    found = {key: _tidy(value) for key, value in node.items() if key not in _OURS}
    if found.get("pattern") == ID_PATTERN:
        found["patternErrorMessage"] = _ID_EXPECTED
    if not isinstance(found.get("default", ""), bool | str | int | float):
        del found["default"]  # nothing, or nothing in a list: what is absent anyway
    return _merged(found)


def _merged(node: Node) -> Node:
    """Return "this or nothing" as one entry, because editors show alternatives one by one."""
    choices = node.get("anyOf", [])
    others = [choice for choice in choices if choice != {"type": "null"}]
    if len(others) != 1 or len(choices) != 2 or "$ref" in others[0]:
        return node
    (choice,) = others
    inner = {**choice}
    if "enum" in inner:
        inner["enum"] = [*inner["enum"], None]
    if "type" in inner:
        types = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        inner["type"] = [*types, "null"]
    return {**{key: value for key, value in node.items() if key != "anyOf"}, **inner}

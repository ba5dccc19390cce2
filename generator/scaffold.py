"""What kinds say of themselves, as files for editors: a commented starting file for a new item, and JSON Schemas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.case_parts import CaseQuestion
from generator.fields import ID_PATTERN
from generator.item import Item, Part
from generator.item_files import ITEMS_FOLDER
from generator.json_schemas import schema_texts
from generator.kinds import all_kinds
from generator.schema import FieldSpec, fields_of

_EXAMPLES: Mapping[type[Part], Sequence[str]] = {
    CaseQuestion: (
        "  - id: reason",
        "    text: 为什么要补办？",
        "    why: 丢了的要声明，坏了的要交回旧证。",
        "    options:",
        "      - {id: lost, text: 丢了}",
        "      - {id: damaged, text: 坏了, note: 证件还在，但看不清或者不能用}",
        "  - id: age",
        "    text: 办证的人多大？",
        "    why: 未成年人由监护人陪同。",
        "    when: reason = lost  # 丢了的才问",
        "    options:",
        "      - {id: child, text: 不满 16 岁}",
        "      - {id: adult, text: 16 岁以上}",
        "# 问题写好以后，只在某种情形才有的，在那一条写 when，例如：",
        "#   when: reason = damaged",
        "#   when: reason = lost and age = child",
        "#   when: age in [child, adult]",
        "#   when: not reason = lost",
    ),
}
"""What the words of a part alone do not show; lines that are valid below the part's key, comments aside."""


class UnknownKind(Exception):
    """The kind or id that was asked for cannot be."""


def write_schemas(folder: Path) -> None:
    """Write the JSON Schema of each kind into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")


def starting_file(root: Path, kind: str, identifier: str) -> Path:
    """Write a commented file for a new item and return its path; raise `UnknownKind` where that cannot be."""
    model = all_kinds().get(kind)
    if model is None:
        raise UnknownKind(f"没有「{kind}」这一类；可以写：{'、'.join(all_kinds())}。")
    if not re.fullmatch(ID_PATTERN, identifier):
        raise UnknownKind(f"编号「{identifier}」不行：只用小写英文字母、数字和 -，例如 id-card-renewal。")
    folder = root / ITEMS_FOLDER / model.kind.plural
    if taken := next(folder.rglob(f"{identifier}.yml"), None):
        raise UnknownKind(f"编号「{identifier}」已被 {taken.relative_to(root)} 使用。")
    path = folder / f"{identifier}.yml"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "\n".join([f"# {model.kind.label}：{model.kind.about}", *_lines(model, "")]) + "\n", encoding="utf-8"
    )
    return path


def _lines(part: type[Part], indent: str, *, is_entry: bool = False) -> list[str]:
    """Return the lines of a part. An entry of a list has at least one field to fill in, and starts with these."""
    specs = [spec for spec in fields_of(part) if not (issubclass(part, Item) and spec.key in ("id", "accepted"))]
    wanted = {spec.key for spec in specs if spec.required} or {spec.key for spec in specs[:1] if is_entry}
    if is_entry:
        specs.sort(key=lambda spec: spec.key not in wanted)
    return [line for spec in specs for line in _field_lines(spec, indent, is_wanted=spec.key in wanted)]


def _field_lines(spec: FieldSpec, indent: str, *, is_wanted: bool) -> list[str]:
    """Return the lines of a field; what need not be is commented out, so that the file says only what is meant."""
    off = "" if is_wanted else "# "
    choices = f" 可选：{'、'.join(spec.choices)}。" if spec.choices else ""
    lines = [f"{indent}# {spec.label}：{spec.explanation}{choices}".rstrip("：")]
    if spec.part:
        if not is_wanted:
            return [*lines, f"{indent}# {spec.key}:", *(f"{indent}# {line}" for line in _EXAMPLES.get(spec.part, ()))]
        inner = _lines(spec.part, f"{indent}    " if spec.is_list else f"{indent}  ", is_entry=spec.is_list)
        return [*lines, f"{indent}{spec.key}:", *(_as_entry(inner, indent) if spec.is_list else inner)]
    return [*lines, f"{indent}{off}{spec.key}:{' []' if spec.is_list else ''}"]


def _as_entry(lines: list[str], indent: str) -> list[str]:
    """Put the dash of a list entry before the first line that is not a comment."""
    first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
    lines[first] = f"{indent}  - {lines[first].lstrip()}"
    return lines

"""Values of one file → a checked item, or problems in an editor's words with their places."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.item import Item
from generator.problems import Place, Problem
from generator.schema import fields_of, label_at, spec_at
from generator.source import Source

PathInFile = tuple[str | int, ...]


def validate(model: type[Item], source: Source, extra: dict[str, object]) -> tuple[Item | None, list[Problem]]:
    """Return the item that a source describes; `extra` holds values that stand outside the file (id, body)."""
    if "id" in source.values and "id" in extra:
        return None, [_written_id(source, str(extra["id"]))]
    try:
        return model.model_validate({**source.values, **extra}), []
    except ValidationError as error:
        return None, [_problem(model, source, detail) for detail in error.errors(include_url=False)]


def _written_id(source: Source, stem: str) -> Problem:
    return Problem(
        place=source.place("id", key=True),
        code="written-id",
        field="编号",
        message="编号不写在文件里",
        hint=f"编号就是文件名「{stem}」，请删掉这一行。",
    )


def _problem(model: type[Item], source: Source, detail: ErrorDetails) -> Problem:
    path: PathInFile = tuple(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return _unknown_key(model, source, path)
    if detail["type"] == "missing":
        return _missing_key(model, source, path)
    if path == ("id",):
        return _bad_id(source, str(detail["input"]))
    code, message, hint = _said(model, path, detail)
    return Problem(
        place=source.place(*path),
        code=code,
        field=label_at(model, path),
        message=message,
        hint=hint or _explanation(model, path),
    )


def _bad_id(source: Source, written: str) -> Problem:
    return Problem(
        place=Place(path=source.path),
        code="wrong-id",
        field="编号",
        message=f"文件名「{written}」不能作编号",
        hint="文件名只用小写英文字母、数字和 -，例如 id-card-renewal.yml；公布后不要再改。",
    )


def _unknown_key(model: type[Item], source: Source, path: PathInFile) -> Problem:
    written = str(path[-1])
    outer = spec_at(model, path[:-1]) if len(path) > 1 else None
    part = outer.part if outer and outer.part else model
    known = {spec.key: spec.label for spec in fields_of(part) if spec.key != "id"}
    by_label = {label: key for key, label in known.items()}
    if written in by_label:
        hint = f"「{written}」的字段名是 {by_label[written]}。"
    elif near := difflib.get_close_matches(written, known, n=1, cutoff=0.6):
        hint = f"是不是想写 {near[0]}（{known[near[0]]}）？"
    else:
        hint = f"这里可以写：{'、'.join(f'{key}（{label}）' for key, label in known.items())}。"
    return Problem(
        place=source.place(*path, key=True),
        code="unknown-key",
        field=label_at(model, path[:-1]),
        message=f"没有「{written}」这个字段",
        hint=hint,
    )


def _missing_key(model: type[Item], source: Source, path: PathInFile) -> Problem:
    spec = spec_at(model, path)
    explanation = f"{spec.explanation}" if spec else ""
    return Problem(
        place=source.place(*path[:-1]) if len(path) > 1 else Place(path=source.path),
        code="missing-key",
        field=label_at(model, path),
        message=f"缺少必填的 {path[-1]}",
        hint=f"请补上 {path[-1]}: …。{explanation}",
    )


def _explanation(model: type[Item], path: PathInFile) -> str:
    spec = spec_at(model, path)
    return spec.explanation if spec else ""


def _said(model: type[Item], path: PathInFile, detail: ErrorDetails) -> tuple[str, str, str]:
    """Return code, message and hint of an error that is about a written value."""
    kind, written, context = detail["type"], detail["input"], detail.get("ctx", {})
    if "-" in kind:  # ours: said in Chinese already
        return kind, str(context["said"]), str(context["hint"])
    if kind == "literal_error":
        return _outside_list(model, path, str(written))
    if written is None:
        return "empty-value", "后面没有写内容", "填上内容；不需要这个字段就删掉整行。"
    shape = _SHAPES.get(kind)
    if shape:
        return "wrong-type", f"写的是{_described(written)}，应是{shape[0]}", shape[1]
    limits = {
        "string_too_short": ("too-short", f"太短，至少 {context.get('min_length')} 个字", ""),
        "string_too_long": ("too-long", f"太长：{len(str(written))} 个字，最多 {context.get('max_length')} 个字", ""),
        "too_short": ("too-few", f"至少要写 {context.get('min_length')} 条", "每条一行，以「- 」开头。"),
        "string_pattern_mismatch": ("wrong-form", f"「{written}」的写法不对", ""),
    }
    return limits.get(kind, ("wrong-value", f"「{written}」不对（{detail['msg']}）", ""))


_SHAPES = {
    "string_type": ("文字", "文字直接写在冒号后面；含冒号等符号时用半角引号括起来。"),
    "tuple_type": ("列表", "每条一行，以「- 」开头，或写成 [甲, 乙]。"),
    "model_type": ("一组字段", "换行后缩进两格，写「字段名: 内容」。"),
    "model_attributes_type": ("一组字段", "换行后缩进两格，写「字段名: 内容」。"),
    "dict_type": ("一组字段", "换行后缩进两格，写「字段名: 内容」。"),
}


def _described(written: Any) -> str:
    if isinstance(written, dict):
        return "一组字段"
    if isinstance(written, list):
        return "列表"
    return f"「{written}」"


def _outside_list(model: type[Item], path: PathInFile, written: str) -> tuple[str, str, str]:
    spec = spec_at(model, path)
    choices: Sequence[str] = list(spec.choices) if spec and spec.choices else []
    near = difflib.get_close_matches(written, choices, n=1, cutoff=0.4)
    guess = f"是不是「{near[0]}」？" if near else ""
    return "not-in-list", f"「{written}」不在可选范围内", f"{guess}可选：{'、'.join(choices)}。"

"""Values of one file → a checked item, or problems in an editor's words with their places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.fields import ID_PATTERN, quoted
from generator.item import Part
from generator.item_files import printable
from generator.near_miss import meant_key, near_miss
from generator.problems import Place, Problem
from generator.schema import fields_of, label_at, spec_at
from generator.source import Source, to_halfwidth

PathInFile = tuple[str | int, ...]
AnyPart = TypeVar("AnyPart", bound=Part)


Outside = Mapping[str, tuple[object, str]]
"""Values that stand outside the file (id, body), each with the path of the file that holds it."""


def validate(model: type[AnyPart], source: Source, outside: Outside) -> tuple[AnyPart | None, list[Problem]]:
    """Return the item (or other whole file) that a source describes, or all problems."""
    values = {**source.values, **{key: value for key, (value, _) in outside.items()}}
    problems = [_written_twice(source, key, *outside[key]) for key in outside if key in source.values]
    try:
        item = model.model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False)
        meant = {(*path[:-1], _meant_key(model, path)) for path in _unknown_paths(details)}
        # A missing key that stands there misspelt is said once.
        told = [detail for detail in details if not (detail["type"] == "missing" and detail["loc"] in meant)]
        told = [detail for detail in told if not _only_follows(detail, details)]
        told = [detail for detail in told if detail["loc"] not in _emptied(model, source, details)]
        return None, problems + [_problem(model, source, detail, outside) for detail in told]
    _forget_what_was_written(item)
    return (None if problems else item), problems


_NOTHING: set[str] = set()


def _forget_what_was_written(part: Part) -> None:
    """Drop pydantic's note of the fields that the file has: a set for each part, a tenth of all memory, never asked."""
    object.__setattr__(part, "__pydantic_fields_set__", _NOTHING)
    for value in part.__dict__.values():
        for entry in value if isinstance(value, tuple) else (value,):
            if isinstance(entry, Part):
                _forget_what_was_written(entry)


def _only_follows(detail: ErrorDetails, details: Sequence[ErrorDetails]) -> bool:
    """Tell whether a list is called too short only because its wrong entries were not counted."""
    path = detail["loc"]
    inner = (other["loc"] for other in details if len(other["loc"]) > len(path))
    return detail["type"] == "too_short" and any(other[: len(path)] == path for other in inner)


def _emptied(model: type[Part], source: Source, details: Sequence[ErrorDetails]) -> set[PathInFile]:
    """Return the groups that seem empty only because what belongs to them was not indented."""
    return {home for path in _unknown_paths(details) if (home := _home(model, path)) and source.at(*home) is None}


def _unknown_paths(details: Sequence[ErrorDetails]) -> list[PathInFile]:
    return [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]


def _written_twice(source: Source, key: str, value: object, path: str) -> Problem:
    """Say that the file holds what its name or the file beside it says already."""
    is_id = key == "id"
    return Problem(
        place=source.place(key, key=True),
        code="written-id" if is_id else "written-twice",
        field="编号" if is_id else "正文",
        message="不写在文件里" if is_id else f"写了两处：这里和 {path}",
        hint=f"编号就是文件名「{printable(str(value))}」，请删掉这一行。" if is_id else "请只留一处，删去另一处。",
    )


def _problem(model: type[Part], source: Source, detail: ErrorDetails, outside: Outside) -> Problem:
    path: PathInFile = tuple(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return _unknown_key(model, source, path)
    if detail["type"] == "missing":
        return _missing_key(model, source, path)
    if path == ("id",):
        return _bad_id(source, printable(str(detail["input"])))
    code, message, hint = _said(model, path, detail)
    return Problem(
        place=Place(path=outside[str(path[0])][1]) if path[0] in outside else source.place(*path),
        code=code,
        field=label_at(model, path),
        message=message,
        hint=_for_nothing(model, path, detail["input"]) or hint or _explanation(model, path),
    )


_NOTHING_WORDS = ("无", "没有", "暂无", "/", "-", "—", "N/A", "n/a", "NA", "待定", "同上")


def _for_nothing(model: type[Part], path: PathInFile, written: object) -> str:
    """Return the hint for a word that stands for no value, or for the one above it; else empty."""
    spec = spec_at(model, path)
    if written not in _NOTHING_WORDS or spec is None:
        return ""
    if written == "同上":
        return "「同上」在网页上看不懂；请把内容再写一遍。"
    return "" if spec.required or isinstance(path[-1], int) else f"没有{spec.label}就删掉 {spec.key} 这一行。"


def _bad_id(source: Source, written: str) -> Problem:
    return Problem(
        place=Place(path=source.path),
        code="wrong-id",
        field="编号",
        message=f"文件名「{written}」不能作编号",
        hint="文件名只用小写英文字母、数字和 -，例如 id-card-renewal.yml；公布后不要再改。",
    )


def _unknown_key(model: type[Part], source: Source, path: PathInFile) -> Problem:
    written = printable(str(path[-1]))
    known = _known_keys(model, path)
    meant = _meant_key(model, path)
    if home := _home(model, path):
        return _not_indented(model, source, path, home)
    if written == known.get(meant):
        hint = f"「{written}」的字段名是 {meant}。"
    elif meant:
        hint = f"是不是想写 {meant}（{known[meant]}）？"
    else:
        hint = f"这里可以写：{'、'.join(f'{key}（{label}）' for key, label in known.items())}。"
    return Problem(
        place=source.place(*path, key=True),
        code="unknown-key",
        field=label_at(model, path[:-1]),
        message=f"没有{quoted(written)}这个字段",
        hint=hint,
    )


def _home(model: type[Part], path: PathInFile) -> PathInFile | None:
    """Return the path of the one group beside an unknown key that has a field of this very name, if any."""
    outer = spec_at(model, path[:-1])
    specs = fields_of(outer.part if outer and outer.part else model)
    homes = [spec.key for spec in specs if spec.part and any(each.key == path[-1] for each in fields_of(spec.part))]
    return (*path[:-1], homes[0]) if len(homes) == 1 else None


def _not_indented(model: type[Part], source: Source, path: PathInFile, home: PathInFile) -> Problem:
    """Say that a field stands beside the group that it belongs to."""
    return Problem(
        place=source.place(*path, key=True),
        code="unknown-key",
        field=label_at(model, path[:-1]),
        message=f"{quoted(path[-1])}不写在这一层，它是{quoted(label_at(model, home))}（{home[-1]}）里的字段",
        hint=f"请移到 {home[-1]}: 下面，每行前面多加 2 个半角空格。",
    )


def _known_keys(model: type[Part], path: PathInFile) -> Mapping[str, str]:
    """Return the keys that may stand beside a path's last one, with their labels."""
    outer = spec_at(model, path[:-1])
    part = outer.part if outer and outer.part else model
    return {spec.key: spec.label for spec in fields_of(part) if not (spec.key == "id" and part is model)}


def _meant_key(model: type[Part], path: PathInFile) -> str:
    """Return the key that an unknown one was surely meant to be: the label's, or the near miss; else empty."""
    return meant_key(to_halfwidth(str(path[-1])), _known_keys(model, path))


def _missing_key(model: type[Part], source: Source, path: PathInFile) -> Problem:
    outer = path[:-1]
    return Problem(
        # A group that is written below a key is named by the key, one in a list by its first line.
        place=source.place(*outer, key=bool(outer) and isinstance(outer[-1], str)),
        code="missing-key",
        field=label_at(model, path),
        message=f"缺少必填的 {path[-1]}",
        hint=f"请补上 {path[-1]}: …。{_explanation(model, path)}",
    )


def _explanation(model: type[Part], path: PathInFile) -> str:
    spec = spec_at(model, path)
    return spec.explanation if spec else ""


def _said(model: type[Part], path: PathInFile, detail: ErrorDetails) -> tuple[str, str, str]:
    """Return code, message and hint of an error that is about a written value."""
    kind, written, context = detail["type"], detail["input"], detail.get("ctx", {})
    if written is None:
        return "empty-value", "后面没有写内容", "填上内容；不需要这个字段就删掉整行。"
    if "-" in kind:  # ours: said in Chinese already
        return kind, str(context["said"]), str(context["hint"])
    if kind == "literal_error":
        return _outside_list(model, path, written)
    if shape := _SHAPES.get(kind):
        return "wrong-type", f"写的是{quoted(written)}，应是{shape[0]}", shape[1]
    if kind == "string_too_short" and not str(written).strip():
        return "empty-value", "只有空格，没有内容", "填上内容；不需要这个字段就删掉整行。"
    if kind == "string_pattern_mismatch" and context.get("pattern") == ID_PATTERN:
        return "wrong-id", f"{quoted(written)}不是编号", f"{_ID_HINT}{_explanation(model, path)}"
    limits = {
        "string_too_short": ("too-short", f"{quoted(written)}太短，至少 {context.get('min_length')} 个字"),
        "string_too_long": ("too-long", f"太长：{len(str(written))} 个字，最多 {context.get('max_length')} 个字"),
        "too_short": ("too-few", f"至少要写 {context.get('min_length')} 条"),
        "string_pattern_mismatch": ("wrong-form", f"{quoted(written)}的写法不对"),
    }
    code, message = limits.get(kind, ("wrong-value", f"{quoted(written)}的写法不对"))
    return code, message, _LIMIT_HINTS.get(kind, "")


_ID_HINT = "编号只用小写英文字母、数字和 -，例如 id-card-renewal。"
_LIMIT_HINTS = {"too_short": "每条一行，以「- 」开头。", "string_too_long": "请缩短；细节写进说明、备注或正文。"}
_TEXT = ("文字", "文字直接写在冒号后面；含冒号等符号时用半角引号括起来。")
_LIST = ("列表", "每条一行，以「- 」开头，或写成 [甲, 乙]。")
_GROUP = ("一组字段", "换行后缩进两格，写「字段名: 内容」。")
_SEPARATORS = re.compile("[、，,；;/ ]+")
_SHAPES = {
    "string_type": _TEXT,
    "tuple_type": _LIST,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dict_type": _GROUP,
}


def _outside_list(model: type[Part], path: PathInFile, written: object) -> tuple[str, str, str]:
    spec = spec_at(model, path)
    choices: Sequence[str] = list(spec.choices) if spec and spec.choices else []
    several = [part for part in _SEPARATORS.split(str(written)) if part in choices]
    meant = several[0] if len(several) == 1 else near_miss(str(written), choices)  # 元/证 is 证
    guess = f"是不是「{meant}」？" if meant and not isinstance(written, list | dict) else ""
    if len(several) > 1 and spec and spec.is_list:
        guess = f"每项分开写：[{', '.join(several)}]。"
    return "not-in-list", f"{quoted(written)}不在可选范围内", f"{guess}可选：{'、'.join(choices)}。"

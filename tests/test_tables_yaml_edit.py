"""New values put into YAML text: what changes changes, and nothing else."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds import all_kinds
from generator.source import parse_text
from generator.tables.yaml_edit import NotEdited, edit_text, new_text

GUIDE = all_kinds()["guide"]
TEXT = """\
# 头
name: 小证   # 名
aliases: [证, 小]
summary: |
  甲
  乙

# 码
codes: {local: XQ-0101}   # c
type: "行政确认"
department: 'police'
free_basis: >-
  折行的
  一段
fees:
  # 一
  - {fee: a, rate: b}
  # 二
  - fee: c   # 注
    rate: d

    case: 情形
consult:
  phone: 0123-5550101
  # 窗
  window: 一楼
# 步
steps:
- name: 受理
  actor: 窗口
- name: 发证
  actor: 窗口
related: []
"""


def _values() -> dict[str, Any]:
    values, problems = parse_text(TEXT, "")
    assert values is not None and not problems
    return values


def _swap(values: dict[str, Any]) -> None:
    values["fees"].reverse()


def _several(values: dict[str, Any]) -> None:
    values["consult"].pop("window")
    values["fees"][1].pop("fee")
    values["aliases"].insert(1, "大, 中")


STEPS = ["-steps:", "-- name: 受理", "-  actor: 窗口", "-- name: 发证", "-  actor: 窗口"]
CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], list[str]]] = {
    "a plain scalar": (lambda v: v.update(name="大证"), ["-name: 小证   # 名", "+name: 大证   # 名"]),
    "a quoted scalar": (lambda v: v.update(type="其他：“x”"), ['-type: "行政确认"', '+type: "其他：“x”"']),
    "single quotes": (lambda v: v.update(department="it's"), ["-department: 'police'", "+department: 'it''s'"]),
    "a plain scalar that needs quotes": (
        lambda v: v.update(name="a: b"),
        ["-name: 小证   # 名", '+name: "a: b"   # 名'],
    ),
    "digits that are text": (
        lambda v: v["codes"].update(local="007"),
        ["-codes: {local: XQ-0101}   # c", '+codes: {local: "007"}   # c'],
    ),
    "a line of a block": (lambda v: v.update(summary="甲\n丙\n"), ["-  乙", "+  丙"]),
    "a block to one line": (lambda v: v.update(summary="丁\n"), ["-  甲", "-  乙", "+  丁"]),
    "a folded block": (lambda v: v.update(free_basis="新的一段"), ["-  折行的", "-  一段", "+  新的一段"]),
    "a scalar to several lines": (
        lambda v: v["consult"].update(window="一楼\n二楼"),
        ["-  window: 一楼", "+  window: |-", "+    一楼", "+    二楼"],
    ),
    "a key in its place": (lambda v: v.update(status="暂停"), ["+status: 暂停"]),
    "a key in brackets": (
        lambda v: v["codes"].update(basic="b"),
        ["-codes: {local: XQ-0101}   # c", "+codes: {local: XQ-0101, basic: b}   # c"],
    ),
    "a list": (lambda v: v.update(targets=["自然人", "企业法人"]), ["+targets: [自然人, 企业法人]"]),
    "an empty list filled": (lambda v: v.update(related=["a-b"]), ["-related: []", "+related: [a-b]"]),
    "a key that goes": (lambda v: v.pop("summary"), ["-summary: |", "-  甲", "-  乙", "-"]),
    "the first key below another": (lambda v: v["consult"].pop("phone"), ["-  phone: 0123-5550101"]),
    "the last key": (lambda v: v.pop("related"), ["-related: []"]),
    "the last keys": (lambda v: (v.pop("related"), v.pop("steps")), [*STEPS, "-related: []"]),
    "entries change places": (
        _swap,
        ["-  - {fee: a, rate: b}", "+  - {fee: a, rate: b}"],
    ),
    "an entry between": (
        lambda v: v["fees"].insert(1, {"fee": "x", "rate": "m"}),
        ["+  - fee: x", "+    rate: m"],
    ),
    "an entry that goes, with its comment": (
        lambda v: v["fees"].pop(),
        ["-  # 二", "-  - fee: c   # 注", "-    rate: d", "-", "-    case: 情形"],
    ),
    "an entry of a list without indent": (
        lambda v: v["steps"].insert(0, {"name": "a", "days": {"number": 3}}),
        ["+- name: a", "+  days:", "+    number: 3"],
    ),
    "an entry in brackets": (
        lambda v: v["fees"][0].update(rate="z"),
        ["-  - {fee: a, rate: b}", "+  - {fee: a, rate: z}"],
    ),
    "several": (
        _several,
        [
            "-aliases: [证, 小]",
            '+aliases: [证, "大, 中", 小]',
            "-  - fee: c   # 注",
            "-    rate: d",
            "+  - rate: d",
            "-  # 窗",
            "-  window: 一楼",
        ],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_only_the_lines_of_a_change_change(name: str) -> None:
    change, expected = CHANGES[name]
    values = _values()
    change(values)
    edited = edit_text(TEXT, values, GUIDE)
    lines = difflib.ndiff(TEXT.splitlines(), edited.splitlines())
    changed = [line[0] + line[2:] for line in lines if line[0] in "+-"]
    assert sorted(changed) == sorted(expected)
    assert parse_text(edited, "")[0] == values


def test_the_same_values_change_nothing() -> None:
    assert edit_text(TEXT, _values(), GUIDE) is TEXT


def test_a_new_file_has_its_keys_in_order_and_texts_that_need_it_in_quotes() -> None:
    values = {"name": "新", "aliases": ["甲", "乙"], "codes": {"local": "007"}, "fees": [{"fee": "a", "counted": True}]}
    assert new_text(values) == (
        'name: 新\naliases: [甲, 乙]\ncodes:\n  local: "007"\nfees:\n  - fee: a\n    counted: true\n'
    )


def test_a_text_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(NotEdited, match=r"^内容里有写不进文件的字符，请检查是否有看不见的字符。$"):
        new_text({"name": "\u200b"})
    with pytest.raises(NotEdited, match=r"^文件里有格式错误，请先运行 tongchuang check 并改好。$"):
        edit_text("name: [", {}, GUIDE)


TEXTS = st.text(
    st.sampled_from("甲乙ab 1:#-,[]{}'\"\n|>&*!%@`?是~.") | st.characters(codec="utf-8", categories=["L", "P", "N"])
)
SCALARS = TEXTS.map(str.strip).filter(bool) | st.integers(0, 99) | st.booleans()


@st.composite
def _changed(draw: st.DrawFn) -> dict[str, Any]:
    """Return the values with some of them replaced, taken out, doubled or moved."""
    values = copy.deepcopy(_values())
    for _ in range(draw(st.integers(1, 4))):
        holder: Any = values
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = draw(st.sampled_from(keys))
            if not isinstance(holder[key], dict | list) or not holder[key] or draw(st.booleans()):
                break
            holder = holder[key]
        action = draw(st.sampled_from(["replace", "remove", "double", "reverse"]))
        if action == "remove" and len(holder) > 1:
            del holder[key]
        elif action == "double" and isinstance(holder, list):
            holder.insert(draw(st.integers(0, len(holder))), copy.deepcopy(holder[key]))
        elif action == "reverse" and isinstance(holder, list):
            holder.reverse()
        elif not isinstance(holder[key], dict | list):
            holder[key] = draw(SCALARS)
    return values


@given(_changed())
def test_any_change_arrives_and_untouched_lines_stay(values: dict[str, Any]) -> None:
    edited = edit_text(TEXT, values, GUIDE)
    assert parse_text(edited, "")[0] == values
    untouched = [key for key, value in _values().items() if values.get(key) == value and key not in ("related",)]
    for key in untouched:
        assert _block(TEXT, key) == _block(edited, key)


def _block(text: str, key: str) -> list[str]:
    """Return the lines of a key at the top, without the blank lines and comments after them."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
    following = (number for number, line in enumerate(lines[start + 1 :], start + 1) if line and line[0] not in " -#")
    block = lines[start : next(following, len(lines))]
    while block and (not block[-1] or block[-1].startswith("#")):
        block.pop()
    return block

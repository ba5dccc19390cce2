"""What stands in a cell → the canonical text that a person would read there, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.utils.datetime import from_excel

from generator.fields import ID_PATTERN, boolean_text, number_text, quoted
from generator.schema import FieldSpec
from generator.tables.rows import MOST_DIGITS
from generator.tables.values import clean, split, type_of
from generator.tables.workbook import ERROR_VALUES
from generator.yaml_errors import MARKUP_HINT, markup_message
from generator.yaml_slips import MARKUP

Names = Mapping[str, Mapping[str, str]]
"""For each kind the ids by the items' names, names that two items share left out."""

_CARRIAGE_RETURN = "_x000D_"
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})(?:[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119: any other number is no date
_TRUE, _FALSE = ("是", "有", "true", "√", "y", "yes"), ("否", "无", "false", "×", "n", "no")


class CellFault(Exception):
    """A cell can't be read for sure."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def text_of(value: Any) -> str:
    """Return what a cell shows as text, for comparison and messages."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**MOST_DIGITS:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return clean(str(value).replace(_CARRIAGE_RETURN, ""))


def read_cell(spec: FieldSpec, value: Any, names: Names) -> str | list[str]:
    """Return the canonical text of a field's cell, or the entries of a list; empty where nothing is written.

    Raises `CellFault` where nobody could tell what is meant. What is plainly written but not allowed is left to the
    rules, which explain it better.
    """
    if isinstance(value, str) and value.strip() in ERROR_VALUES:
        raise CellFault("error-value", f"单元格是错误值 {quoted(value)}", "请在 Excel 里改成要写的内容。")
    if value is None or not text_of(value):
        return [] if spec.is_list else ""
    kind = str if spec.is_list else type_of(spec)
    text = _READERS[kind](value)
    if not spec.is_markdown and (found := MARKUP.search(text)):  # links in prose are told apart by its own rules
        raise CellFault("markup-in-text", markup_message(found.group()), MARKUP_HINT)
    if spec.is_list:
        return [_meant(spec, entry, names) for entry in split(text)]
    return _meant(spec, text, names)


def _meant(spec: FieldSpec, text: str, names: Names) -> str:
    """Return a code that was written with other spaces or widths, and an id in place of an item's name."""
    if spec.choices and text not in spec.choices:
        plain = _plain(text)
        return next((code for code in spec.choices if _plain(code) == plain), text)
    if spec.refers and not re.fullmatch(ID_PATTERN, text):
        return names.get(spec.refers, {}).get(text, text)
    return text


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _text(value: Any) -> str:
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _digits(value)
    shown = "是非值" if isinstance(value, bool) else "日期或时间"
    message = f"这里应是文字，Excel 把它变成了{shown} {quoted(text_of(value))}"
    raise CellFault("not-text", message, "请把单元格设成「文本」格式，再重新输入。")


def _digits(value: int | float) -> str:
    """Return a number in a cell for text, where no digit can have got lost."""
    hint = "请把单元格设成「文本」格式，再从原处重新输入。"
    if abs(value) >= 10**MOST_DIGITS:
        raise CellFault("lost-digits", f"这里应是文字，写的是数字；Excel 只留前 {MOST_DIGITS} 位，后面的已经丢了", hint)
    if isinstance(value, float) and not value.is_integer():
        message = f"这里应是文字，写的是数字 {quoted(value)}，末尾的 0 可能丢了"
        raise CellFault("not-text", message, hint)
    return str(int(value))


def _number(value: Any) -> str:
    if isinstance(value, bool):
        return text_of(value)
    if isinstance(value, int | float):
        return number_text(Decimal(str(value)))
    if isinstance(value, str):
        plain = _plain(value).replace(",", "")
        return number_text(Decimal(plain)) if _NUMBER.fullmatch(plain) else text_of(value)
    message = f"这里应是数字，Excel 把它变成了日期或时间 {quoted(text_of(value))}"
    raise CellFault("not-a-number", message, "请把单元格设成「常规」格式，再重新输入数字。")


def _date(value: Any) -> str:
    if isinstance(value, datetime) and value.time() != time():
        raise CellFault("not-a-date", f"这里应是日期，写的还有时间 {quoted(text_of(value))}", "请只留日期。")
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
        if _FIRST_SERIAL <= value <= _LAST_SERIAL:
            return str(from_excel(value))[:10]
        value = str(int(value))
    match = _DATE.fullmatch(_plain(text_of(value)))
    if match is None:
        return text_of(value)
    year, month, day = (part for part in match.groups() if part)
    return f"{year}-{int(month):02}-{int(day):02}"


def _boolean(value: Any) -> str:
    if isinstance(value, bool):
        return boolean_text(value)
    plain = _plain(text_of(value)).lower()
    return boolean_text(plain in _TRUE) if plain in (*_TRUE, *_FALSE) else text_of(value)


_READERS: Mapping[type, Callable[[Any], str]] = {
    str: _text,
    int: _number,
    Decimal: _number,
    date: _date,
    bool: _boolean,
}

"""The field types of content: what may be written, how it is shown, what its canonical value is.

A kind's module reads like the form it describes: `phone: Phone = field("咨询电话")`. The label and explanation go
into messages, JSON Schema and spreadsheets; the format goes into facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, StringConstraints, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.meant import is_excel_day, meant_date, meant_hours, meant_number, meant_phone, meant_url

REQUIRED: Any = ...
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

LOCAL, SHORTER, FIXED = "local", "shorter", "fixed"
"""What a district may make of a field: its own value; its own if that is shorter; never another value."""


def field(
    label: str,
    explanation: str = "",
    *,
    default: Any = REQUIRED,
    shown: bool = True,
    example: object = None,
    bears: str = "",
    local: str = "",
    **constraints: Any,
) -> Any:
    """Declare a field with its Chinese label and a one-line explanation; `shown=False` keeps it out of the facts.

    `bears` is the class of its facts (see `fact_classes`); a field within a part has the part's unless it says its own.
    `local` says what a district may make of it (see `LOCAL`); where it says nothing, a district gives its reasons.
    """
    extra: dict[str, Any] = {"shown": shown}
    if bears:
        extra["bears"] = bears
    if local:
        extra["of_districts"] = local
    if example is not None:
        constraints["examples"] = [example]
    if isinstance(default, list | tuple):
        default = tuple(default)
    return Field(default, title=label, description=explanation or None, json_schema_extra=extra, **constraints)


@dataclass(frozen=True, slots=True)
class Format:
    """How a value is shown to people (`text`) and compared by machines (`canonical`)."""

    text: Callable[[Any], str]
    canonical: Callable[[Any], str]


def number_text(value: Decimal | int) -> str:
    """Write a number in full, without exponent or trailing zeros: 20, 0.05, 1200."""
    return format(Decimal(value).normalize(), "f")


def date_text(value: date) -> str:
    """Write a date the Chinese way: 2026年11月22日."""
    return f"{value.year}年{value.month}月{value.day}日"


def boolean_text(value: bool) -> str:
    """Write a boolean as 是 or 否."""
    return "是" if value else "否"


def boolean_canonical(value: bool) -> str:
    """Write a boolean as true or false."""
    return "true" if value else "false"


AS_TEXT = Format(text=str, canonical=str)
FORMATS: Mapping[type, Format] = {
    str: AS_TEXT,
    int: Format(text=str, canonical=str),
    bool: Format(text=boolean_text, canonical=boolean_canonical),
    Decimal: Format(text=number_text, canonical=number_text),
    date: Format(text=date_text, canonical=date.isoformat),
}


def problem(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Make a validation error that already speaks to the editor; `code` becomes the problem's code."""
    # pydantic fills `{…}` from the context, so braces in what the editor wrote must not be read as templates.
    return PydanticCustomError(code, "{said}", {"said": message, "hint": hint})


LONGEST_QUOTE = 40


def quoted(value: object) -> str:
    """Quote what an editor wrote, as it was written and no longer than a message can bear."""
    if isinstance(value, Mapping):
        return "一组字段"
    if isinstance(value, list | tuple):
        return "一个列表"
    if value is None:
        return "空白"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    line = " ".join(text.split())
    return f"「{line[:LONGEST_QUOTE]}…」" if len(line) > LONGEST_QUOTE else f"「{line}」"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Field metadata: the value is one label of a code list."""

    codes: Mapping[str, str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.codes))

    def __hash__(self) -> int:
        return hash(tuple(self.codes))


@dataclass(frozen=True, slots=True)
class Refers:
    """Field metadata: the value is the id of an item of the named kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """Field metadata: the text is Markdown without raw HTML."""


@dataclass(frozen=True, slots=True)
class FilePath:
    """Field metadata: the value is the path of a file below `content/`, offered for download."""


@dataclass(frozen=True, slots=True)
class SitePath:
    """Field metadata: the value is the address of a page of this site, such as `fees/`."""


# Digits are written as [0-9]: \d would let full-width ones pass.
_PHONES = r"0[0-9]{2,3}-[0-9]{7,8}(-[0-9]{1,5})?|400-[0-9]{3}-[0-9]{4}|1[0-9]{2,4}"
_PHONE_HINT = "固定电话写 区号-号码，例如 0123-5550101；短号如 12345 可直接写。不要公布个人手机号。"
_BRACKETED_YEAR = re.compile(r"[〔\[(（【［〖{｛<＜〈《「﹝〘❲]\s*([0-9]{4})\s*[〕\])）】］〗}｝>＞〉》」﹞〙❳]")


EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""Beyond these a year is a slip, and counting days from it could leave the calendar."""
_DATE_HINT = "日期写成 年-月-日，月和日各两位，例如 {}。"


def _date(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        meant = meant_date(value)
        if meant and is_excel_day(value):
            hint = f"这是 Excel 里日期的序号，应写成 {meant}；请核对。"
            raise problem("wrong-date", f"{quoted(value)}不是日期", hint)
        raise problem("wrong-date", f"{quoted(value)}不是日期", _DATE_HINT.format(meant or "2026-07-01"))
    try:
        written = date.fromisoformat(value)
    except ValueError:
        message = f"「{value}」不是日历上有的日子"
        raise problem("impossible-date", message, "请核对年、月、日，例如 2026-02-28。") from None
    if not EARLIEST_YEAR <= written.year <= LATEST_YEAR:
        raise problem("impossible-date", f"「{value}」的年份不对", f"年份应在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 之间。")
    return written


def _boolean(value: object) -> object:
    words = {"是": True, "否": False, "有": True, "无": False}
    if isinstance(value, str) and value in words:
        return words[value]
    if isinstance(value, bool):
        return value
    raise problem("wrong-boolean", f"{quoted(value)}不是「是」或「否」", "写 true（是）或 false（否）。")


LARGEST_COUNT = 99_999
LARGEST_AMOUNT = 10**12


def _count(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        meant = meant_number(value)
        hint = f"只写半角数字，不带单位，例如 {meant if meant.isdigit() else 2}。"
        raise problem("wrong-number", f"{quoted(value)}不是整数", hint)
    if not 0 <= value <= LARGEST_COUNT:
        fault = "小于 0" if value < 0 else "太大"
        raise problem("wrong-number", f"{quoted(value)}{fault}", f"写 0 至 {LARGEST_COUNT} 的整数。")
    return value


def _amount(value: object) -> object:
    text = str(value)
    if isinstance(value, bool | list | dict) or not re.fullmatch(r"(0|[1-9][0-9]*)(\.[0-9]{1,4})?", text):
        raise problem("wrong-amount", f"{quoted(value)}不是金额", _amount_hint(value))
    if (amount := Decimal(text)) > LARGEST_AMOUNT:
        raise problem("wrong-amount", f"{quoted(value)}太大", "单位是元，请核对。")
    return amount


_FREE = ("免费", "免收", "不收费", "不收", "无")
_RANGE = re.compile("[0-9.]+元?[-~～—至到][0-9.]+元?")


def _amount_hint(value: object) -> str:
    if value in _FREE:
        return "免收写 0。"
    if isinstance(value, str) and _RANGE.fullmatch(value):
        return "一段标准只写一个金额；情形不同、金额不同的，分成几条标准，各写各的适用情形。"
    return f"只写半角数字，不带单位和千分号，例如 {meant_number(value) or '20 或 0.5'}。"


def _phone(value: str) -> str:
    if not re.fullmatch(_PHONES, value):
        raise problem(
            "wrong-phone",
            f"{quoted(value)}不是完整的公开电话",
            f"应写成 {meant}。" if (meant := meant_phone(value)) else _PHONE_HINT,
        )
    return value


def _clock_span(value: str) -> str:
    clock = r"([01][0-9]|2[0-3]):[0-5][0-9]"
    if not re.fullmatch(rf"{clock}-({clock}|24:00)", value) or value[:5] >= value[6:]:
        meant = meant_hours(value)
        hint = f"应写成 {meant[0]}。" if meant else "写成 09:00-12:00，24 小时制，先起后止。"
        if len(meant) > 1:
            hint = f"跨过零点的分成两条：{'、'.join(meant)}。"
        raise problem("wrong-hours", f"{quoted(value)}不是起止时间", hint)
    return value


def _url(value: str) -> str:
    if not re.fullmatch(r"https://[A-Za-z0-9.-]+(:\d+)?(/[^\s<>\"']*)?", value):
        meant = meant_url(value)
        hint = f"应写成 {meant}，写好后请打开看看。" if meant else "网址以 https:// 开头，不含空格。"
        raise problem("wrong-url", f"{quoted(value)}不是可用的网址", hint)
    return value


def _file_path(value: str) -> str:
    if not re.fullmatch(r"files/[A-Za-z0-9_./-]+\.[a-z0-9]+", value) or ".." in value:
        hint = "附件放在 content/files/ 下，写成 files/forms/名字.docx，名字用字母、数字和 -。"
        raise problem("wrong-file-path", f"{quoted(value)}不是附件路径", hint)
    return value


def _site_path(value: str) -> str:
    if not re.fullmatch(r"([a-z0-9][a-z0-9-]*/)+(#[A-Za-z0-9-]+)?", value):
        hint = "写成 fees/ 或 guides/id-card-renewal/，前面不带 /，后面带 /。"
        raise problem("wrong-site-path", f"{quoted(value)}不是站内地址", hint)
    return value


def _document_number(value: str) -> str:
    mended = _BRACKETED_YEAR.sub(r"〔\1〕", value)
    if mended != value:
        hint = f"文号的年份用六角括号〔〕，应写成「{mended}」。"
        raise problem("wrong-document-number", f"{quoted(value)}的年份括号不对", hint)
    if "〔" in value and not re.fullmatch(r"[^\s〔〕]+〔[0-9]{4}〕[1-9][0-9]*号", value):
        hint = "写成 机关代字〔年份〕序号号，例如 国发〔2016〕55号：年份四位，序号不加「第」、不补零。"
        raise problem("wrong-document-number", f"{quoted(value)}不是规范的文号", hint)
    if "〔" not in value and not re.fullmatch(r"GB(/T)? [0-9.]+-[0-9]{4}|[^\s〕]{2,40}", value):
        hint = "例如 国务院令第711号、国发〔2016〕55号。"
        raise problem("wrong-document-number", f"{quoted(value)}不是规范的文号", hint)
    return value


_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_NUMBER = r"[^\s〔〕]+〔[0-9]{4}〕[1-9][0-9]*号|GB(/T)? [0-9.]+-[0-9]{4}|[^\s〔〕]{2,40}"


def _written_as(pattern: str, expected: str) -> WithJsonSchema:
    """Say in JSON Schema how a text is written, and what an editor is told of any other."""
    return WithJsonSchema({"type": "string", "pattern": f"^({pattern})$", "patternErrorMessage": expected})


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
LongName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1000)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Date = Annotated[
    date,
    BeforeValidator(_date, json_schema_input_type=date),
    _written_as("[0-9]{4}-[0-9]{2}-[0-9]{2}", _DATE_HINT.format("2026-07-01")),
]
Flag = Annotated[
    bool,
    BeforeValidator(_boolean, json_schema_input_type=bool),
    WithJsonSchema({"enum": [True, False, "是", "否", "有", "无"]}),
]
Count = Annotated[
    int,
    BeforeValidator(_count, json_schema_input_type=int),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": LARGEST_COUNT}),
]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount, json_schema_input_type=float),
    WithJsonSchema(
        {
            "type": ["number", "string"],
            "minimum": 0,
            "maximum": LARGEST_AMOUNT,
            "pattern": r"^(0|[1-9][0-9]*)(\.[0-9]{1,4})?$",
            "patternErrorMessage": "只写半角数字，不带单位和千分号，例如 20 或 0.5。",
        }
    ),
]
Phone = Annotated[str, AfterValidator(_phone), _written_as(_PHONES, "写成 区号-号码，例如 0123-5550101。")]
ClockSpan = Annotated[
    str, AfterValidator(_clock_span), _written_as(f"{_CLOCK}-({_CLOCK}|24:00)", "写成 09:00-12:00，24 小时制。")
]
Url = Annotated[str, AfterValidator(_url), _written_as(r"https://[^\s<>\"']+", "网址以 https:// 开头，不含空格。")]
DownloadPath = Annotated[
    str,
    AfterValidator(_file_path),
    FilePath(),
    _written_as(r"files/[A-Za-z0-9_./-]+\.[a-z0-9]+", "写成 files/forms/名字.docx，名字用字母、数字和 -。"),
]
Markdown = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200_000), MarkdownText()]
DocumentNumber = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    AfterValidator(_document_number),
    _written_as(_NUMBER, "写成 国发〔2016〕55号：年份用六角括号，序号不补零。"),
]
SiteAddress = Annotated[
    str,
    AfterValidator(_site_path),
    SitePath(),
    _written_as("([a-z0-9][a-z0-9-]*/)+(#[A-Za-z0-9-]+)?", "写成 fees/ 或 guides/id-card-renewal/。"),
]

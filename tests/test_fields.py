"""Field types: what may be written, what is said otherwise, and how values read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator import fields
from generator.fields import FORMATS, boolean_canonical, boolean_text, date_text, number_text


def refusal(kind: Any, value: object) -> tuple[str, str, str]:
    """Return code, message and hint with which a value is refused."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    (error,) = caught.value.errors()
    return error["type"], error["ctx"]["said"], error["ctx"]["hint"]


def accepted(kind: Any, value: object) -> object:
    """Return what becomes of an accepted value."""
    return TypeAdapter(kind).validate_python(value)


DATE_HINT = "日期写成 年-月-日，月和日各两位，例如 {}。"
COUNT_HINT = "只写半角数字，不带单位，例如 {}。"
AMOUNT_HINT = "只写半角数字，不带单位和千分号，例如 {}。"
PHONE_HINT = "固定电话写 区号-号码，例如 0123-5550101；短号如 12345 可直接写。不要公布个人手机号。"
NUMBER_HINT = "写成 机关代字〔年份〕序号号，例如 国发〔2016〕55号：年份四位，序号不加「第」、不补零。"


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (fields.Date, "2026-07-01", date(2026, 7, 1)),
        (fields.Date, "2024-02-29", date(2024, 2, 29)),
        (fields.Flag, "是", True),
        (fields.Flag, "无", False),
        (fields.Flag, False, False),
        (fields.Count, 0, 0),
        (fields.Amount, 20, Decimal(20)),
        (fields.Amount, "0.05", Decimal("0.05")),
        (fields.Phone, "0123-5550101", "0123-5550101"),
        (fields.Phone, "010-55501234-8001", "010-55501234-8001"),
        (fields.Phone, "12345", "12345"),
        (fields.Phone, "400-555-0100", "400-555-0100"),
        (fields.ClockSpan, "09:00-12:00", "09:00-12:00"),
        (fields.ClockSpan, "00:00-24:00", "00:00-24:00"),
        (fields.Url, "https://www.small.example:8443/a/中文?q=1#x", "https://www.small.example:8443/a/中文?q=1#x"),
        (fields.DownloadPath, "files/forms/id-card.docx", "files/forms/id-card.docx"),
        (fields.DocumentNumber, "  国发〔2016〕55号 ", "国发〔2016〕55号"),
        (fields.DocumentNumber, "国务院令第711号", "国务院令第711号"),
        (fields.DocumentNumber, "GB/T 39554.2-2020", "GB/T 39554.2-2020"),
        (fields.DocumentNumber, "财政部公告2015年第4号", "财政部公告2015年第4号"),
        (fields.Name, "  身份证 ", "身份证"),
    ],
)
def test_well_written_values_are_taken(kind: Any, written: object, value: object) -> None:
    assert accepted(kind, written) == value


OTHER_DATES = ["2026-7-1", "2026/07/01", "2026年7月1日", "20260701", 20260701, "２０２６-07-01"]


@pytest.mark.parametrize("written", [*OTHER_DATES, "7月1日", "2026-2-30"])
def test_dates_in_another_form_are_refused(written: object) -> None:
    assert refusal(fields.Date, written) == ("wrong-date", f"「{written}」不是日期", DATE_HINT.format("2026-07-01"))


def test_the_date_that_was_meant_is_told() -> None:
    assert refusal(fields.Date, "2025.12.31")[2] == DATE_HINT.format("2025-12-31")


@pytest.mark.parametrize("written", ["2026-02-29", "2026-13-01", "2026-04-31", "0000-01-01", "2026-00-10"])
def test_days_that_no_calendar_has_are_refused(written: str) -> None:
    said = f"「{written}」不是日历上有的日子"
    assert refusal(fields.Date, written) == ("impossible-date", said, "请核对年、月、日，例如 2026-02-28。")


@pytest.mark.parametrize("written", ["0202-07-01", "1899-12-31", "2200-01-01"])
def test_years_far_away_are_slips(written: str) -> None:
    assert refusal(fields.Date, written) == (
        "impossible-date",
        f"「{written}」的年份不对",
        "年份应在 1900 至 2199 之间。",
    )


@pytest.mark.parametrize("written", ["yes", "true", 1, 0, "对"])
def test_other_words_are_no_booleans(written: object) -> None:
    said = f"「{written}」不是「是」或「否」"
    assert refusal(fields.Flag, written) == ("wrong-boolean", said, "写 true（是）或 false（否）。")


@pytest.mark.parametrize(
    ("written", "meant"), [("3", "3"), ("3 份", "3"), ("３个工作日", "3"), ("两", "2"), ("2.0x", "2")]
)
def test_counts_are_whole_numbers(written: object, meant: str) -> None:
    assert refusal(fields.Count, written) == ("wrong-number", f"「{written}」不是整数", COUNT_HINT.format(meant))


@pytest.mark.parametrize(("written", "fault"), [(-1, "小于 0"), (100_000, "太大")])
def test_counts_have_bounds(written: int, fault: str) -> None:
    assert refusal(fields.Count, written) == ("wrong-number", f"「{written}」{fault}", "写 0 至 99999 的整数。")


SURE = [
    ("20元", "20"),
    ("1,200", "1200"),
    ("¥20", "20"),
    ("020", "20"),
    ("２０", "20"),
    ("2０", "20"),
    ("20 元/证", "20"),
]
UNSURE = ["1e3", -5, "", ".5", 1e16, float("nan")]


@pytest.mark.parametrize(("written", "meant"), [*SURE, *((value, "20 或 0.5") for value in UNSURE)])
def test_amounts_are_plain_numbers(written: object, meant: str) -> None:
    assert refusal(fields.Amount, written) == ("wrong-amount", f"「{written}」不是金额", AMOUNT_HINT.format(meant))


def test_amounts_have_a_bound() -> None:
    said = "「1000000000001」太大"
    assert refusal(fields.Amount, "1000000000001") == ("wrong-amount", said, "单位是元，请核对。")


@pytest.mark.parametrize("kind", [fields.Count, fields.Amount, fields.Date])
@pytest.mark.parametrize("written", [True, None, ["2"], {"a": 1}])
def test_other_shapes_are_refused(kind: object, written: object) -> None:
    code, said, hint = refusal(kind, written)
    assert code.startswith("wrong-") and said and hint


@pytest.mark.parametrize("written", ["5550101", "13800138000", "+86-123-5550101", "0123-555", "110119"])
def test_phones_have_area_codes_and_belong_to_nobody(written: str) -> None:
    assert refusal(fields.Phone, written) == ("wrong-phone", f"「{written}」不是完整的公开电话", PHONE_HINT)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0123 5550101", "0123-5550101"),
        ("(0123)5550101", "0123-5550101"),
        ("（0123）5550101", "0123-5550101"),
        ("0１２３-5550101", "0123-5550101"),
        ("0123—5550101转8012", "0123-5550101-8012"),
        ("01235550101", "0123-5550101"),
    ],
)
def test_phones_in_another_form_are_told_in_the_right_one(written: str, meant: str) -> None:
    said = f"「{written}」不是完整的公开电话"
    assert refusal(fields.Phone, written) == ("wrong-phone", said, f"应写成 {meant}。")
    assert accepted(fields.Phone, meant) == meant


@pytest.mark.parametrize(
    "written",
    [
        "09:00-09:00",
        "12:00-09:00",
        "09:00",
        "25:00-26:00",
        "09:00-24:30",
        "09:60-10:00",
        "上午",
    ],
)
def test_clock_spans_start_before_they_end(written: str) -> None:
    said = f"「{written}」不是起止时间"
    assert refusal(fields.ClockSpan, written) == ("wrong-hours", said, "写成 09:00-12:00，24 小时制，先起后止。")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("9:00-12:00", "应写成 09:00-12:00。"),
        ("09:00—12:00", "应写成 09:00-12:00。"),
        ("0９：00～12：00", "应写成 09:00-12:00。"),
        ("9:00 至 17:30", "应写成 09:00-17:30。"),
        ("24:00-06:00", "应写成 00:00-06:00。"),
        ("22:00-02:00", "跨过零点的分成两条：22:00-24:00、00:00-02:00。"),
    ],
)
def test_hours_in_another_form_are_told_in_the_right_one(written: str, hint: str) -> None:
    assert refusal(fields.ClockSpan, written) == ("wrong-hours", f"「{written}」不是起止时间", hint)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("www.small.example", "https://www.small.example"),
        ("http://small.example/a", "https://small.example/a"),
        ("HTTP://small.example", "https://small.example"),
    ],
)
def test_web_addresses_in_another_form_are_told_in_the_right_one(written: str, meant: str) -> None:
    said = f"「{written}」不是可用的网址"
    assert refusal(fields.Url, written) == ("wrong-url", said, f"应写成 {meant}，写好后请打开看看。")
    assert accepted(fields.Url, meant) == meant


def test_a_day_by_the_number_that_excel_gives_it_is_told() -> None:
    said = ("wrong-date", "「46000」不是日期", "这是 Excel 里日期的序号，应写成 2025-12-09；请核对。")
    assert refusal(fields.Date, 46000) == said


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("免费", "免收写 0。"),
        ("20-40", "一段标准只写一个金额；情形不同、金额不同的，分成几条标准，各写各的适用情形。"),
    ],
)
def test_words_and_ranges_for_amounts_are_told_how_to_be_written(written: str, hint: str) -> None:
    assert refusal(fields.Amount, written) == ("wrong-amount", f"「{written}」不是金额", hint)


NO_URLS = ["javascript:alert(1)", "https://a b.example"]


@pytest.mark.parametrize("written", [*NO_URLS, 'https://x.example/"><b>', "https://me:pw@x.example/"])
def test_urls_are_https_and_harmless(written: str) -> None:
    said = f"「{written}」不是可用的网址"
    assert refusal(fields.Url, written) == ("wrong-url", said, "网址以 https:// 开头，不含空格。")


@pytest.mark.parametrize(
    "written",
    [
        "forms/a.docx",
        "/files/a.docx",
        "files/../a.docx",
        "files/表.docx",
        "files/a",
        "files/a b.docx",
        "files/a.docx?x",
    ],
)
def test_downloads_lie_below_files(written: str) -> None:
    assert refusal(fields.DownloadPath, written) == (
        "wrong-file-path",
        f"「{written}」不是附件路径",
        "附件放在 content/files/ 下，写成 files/forms/名字.docx，名字用字母、数字和 -。",
    )


@pytest.mark.parametrize(
    "brackets",
    [
        "[]",
        "()",
        "（）",
        "【】",
        "［］",
        "〖〗",
        "{}",
        "｛｝",
        "<>",
        "〈〉",
        "《》",
        "「」",
        "〔)",
        "(〕",
        "〔]",
        "[〕",
    ],
)
@pytest.mark.parametrize("year", ["2016", " 2016 "])
def test_the_year_of_a_document_number_stands_in_hexagonal_brackets(brackets: str, year: str) -> None:
    written = f"国发{brackets[0]}{year}{brackets[1]}55号"
    assert refusal(fields.DocumentNumber, written) == (
        "wrong-document-number",
        f"「{written}」的年份括号不对",
        "文号的年份用六角括号〔〕，应写成「国发〔2016〕55号」。",
    )


@pytest.mark.parametrize(
    "written",
    [
        "国发〔16〕55号",
        "国发〔2016〕第55号",
        "国发〔2016〕055号",
        "国发〔2016〕55",
        "国发〔２０１６〕55号",
        "国 发〔2016〕55号",
    ],
)
def test_document_numbers_have_four_digits_and_no_padding(written: str) -> None:
    assert refusal(fields.DocumentNumber, written) == (
        "wrong-document-number",
        f"「{written}」不是规范的文号",
        NUMBER_HINT,
    )


@pytest.mark.parametrize("written", ["国发2016〕55号", "关于 办证 的通知", "号"])
def test_other_texts_are_no_document_numbers(written: str) -> None:
    hint = "例如 国务院令第711号、国发〔2016〕55号。"
    assert refusal(fields.DocumentNumber, written) == ("wrong-document-number", f"「{written}」不是规范的文号", hint)


@pytest.mark.parametrize("written", ["ID-card", "../etc/passwd", "id_card", "-id", "id-", "证", "", "a/b", "a" * 81])
def test_ids_are_lower_case_ascii_words(written: str) -> None:
    with pytest.raises(ValidationError):
        accepted(fields.Id, written)


def test_braces_in_what_an_editor_wrote_are_no_template() -> None:
    assert refusal(fields.Phone, "{said}{x}")[1] == "「{said}{x}」不是完整的公开电话"


@given(st.decimals(min_value=0, max_value=10**12, places=4, allow_nan=False))
def test_numbers_read_back_as_they_were(value: Decimal) -> None:
    text = number_text(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))
    assert accepted(fields.Amount, text) == value


@given(st.integers(min_value=0, max_value=10**15))
def test_whole_numbers_are_written_in_full(value: int) -> None:
    assert number_text(value) == str(value)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_dates_read_back_as_they_were(value: date) -> None:
    style = FORMATS[date]
    assert accepted(fields.Date, style.canonical(value)) == value
    year, month, day = (
        int(part) for part in date_text(value).replace("年", " ").replace("月", " ").removesuffix("日").split()
    )
    assert date(year, month, day) == value == date.fromisoformat(style.canonical(value))


def test_booleans_read_as_words_and_compare_as_words() -> None:
    assert (boolean_text(True), boolean_text(False)) == ("是", "否")
    assert (boolean_canonical(True), boolean_canonical(False)) == ("true", "false")

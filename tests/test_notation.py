"""What people write and what it means: tables of the usual notations, and round trips through random ones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.hall.compare_hours import hours, lines_of, same_hours
from generator.hall.compare_numbers import clean, number
from generator.hall.notation import Sort, Verdict, bare, compare, sort_of

SAME, DIFFERENT, UNREADABLE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNREADABLE


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ("20元/证", SAME), ("２０元", SAME), ("贰拾元", SAME), ("贰拾元整", SAME), ("20.00 元", SAME), ("20", SAME),
        ("人民币20元整", SAME), ("¥20", SAME), ("￥ 20.0", SAME), ("每证20元", SAME), ("二十元一证", SAME),
        ("20块钱", SAME),
        ("工本费：20元", SAME), ("收费标准：20 元 / 证", SAME), ("廿元", SAME), ("20元。", SAME),
        ("20元/本", DIFFERENT), ("2元", DIFFERENT), ("200元", DIFFERENT), ("免费", DIFFERENT), ("20%", DIFFERENT),
        ("10-20元", DIFFERENT), ("2O元", DIFFERENT), ("2０0元", DIFFERENT), ("二百元", DIFFERENT),
        ("20万元", DIFFERENT),
        ("见公示栏", UNREADABLE), ("20元起", UNREADABLE), ("？", UNREADABLE), ("元", UNREADABLE),
    ],
)  # fmt: skip
def test_an_amount_in_each_usual_notation(shown: str, verdict: Verdict) -> None:
    assert compare(Sort.MONEY, shown, "20", "20 元/证") is verdict


@pytest.mark.parametrize(
    ("shown", "value", "text", "verdict"),
    [
        ("免费", "0", "免收", SAME), ("不收费", "0", "免收", SAME), ("0元", "0", "不收费", SAME),
        ("无", "0", "不收费", SAME),
        ("0元/本", "0", "免收", SAME), ("不收取任何费用", "0", "不收费", SAME), ("工本费10元", "0", "免收", DIFFERENT),
        ("10-40元", "10-40", "10～40 元/证", SAME), ("10～40 元/证", "10-40", "10～40 元/证", SAME),
        ("10元至40元", "10-40", "10～40 元/证", SAME), ("十至四十元", "10-40", "10～40 元/证", SAME),
        ("10-4元", "10-40", "10～40 元/证", DIFFERENT), ("40元", "10-40", "10～40 元/证", DIFFERENT),
        ("1,200元", "1200", "1200 元/件", SAME), ("1.2万元", "1200", "1200 元/件", DIFFERENT),
        ("0.5%", "0.5", "成交额的 0.5%", SAME), ("成交额的0.5％", "0.5", "成交额的 0.5%", SAME),
        ("百分之零点五", "0.5", "成交额的 0.5%", SAME), ("5%", "0.5", "成交额的 0.5%", DIFFERENT),
        ("0.5元", "0.5", "成交额的 0.5%", DIFFERENT),
        ("按省定标准", "按省定标准", "按省定标准", SAME), ("30元", "按省定标准", "按省定标准", DIFFERENT),
        ("按情形收费。", "", "按情形收费", SAME), ("15元", "", "按情形收费", DIFFERENT),
    ],
)  # fmt: skip
def test_nothing_to_pay_ranges_percentages_and_standards_in_words(
    shown: str, value: str, text: str, verdict: Verdict
) -> None:
    assert compare(Sort.MONEY, shown, value, text) is verdict


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ("5个工作日", SAME), ("五个工作日", SAME), ("5 工作日", SAME), ("法定5个工作日内", SAME), ("５个工作日", SAME),
        ("自受理之日起5个工作日内办结", SAME), ("不超过伍个工作日", SAME), ("承诺时限：5个工作日", SAME),
        ("5日（工作日）", SAME),
        ("15个工作日", DIFFERENT), ("5日", DIFFERENT), ("5天", DIFFERENT), ("5个自然日", DIFFERENT),
        ("即办", DIFFERENT),
        ("5个月", DIFFERENT), ("S个工作日", DIFFERENT),
        ("尽快", UNREADABLE), ("5至10个工作日", UNREADABLE), ("当天", UNREADABLE),
    ],
)  # fmt: skip
def test_a_time_limit_in_each_usual_notation(shown: str, verdict: Verdict) -> None:
    assert compare(Sort.DURATION, shown, "5", "5 个工作日") is verdict


@pytest.mark.parametrize("shown", ["即办", "当场", "当场办结", "即办件", "立等可取", "0个工作日", "零个工作日", "0天"])
def test_at_once_is_no_working_day(shown: str) -> None:
    assert compare(Sort.DURATION, shown, "0", "当场办结") is SAME
    assert compare(Sort.DURATION, shown, "1", "1 个工作日") is DIFFERENT


@pytest.mark.parametrize("shown", ["15日", "15天", "十五个自然日", "15日（自然日）", "15 个日历日内"])
def test_days_without_more_are_calendar_days(shown: str) -> None:
    assert compare(Sort.DURATION, shown, "15", "15 日（自然日）") is SAME
    assert compare(Sort.DURATION, shown, "15", "15 个工作日") is DIFFERENT


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ("0123-6001023", SAME), ("6001023", SAME), ("01236001023", SAME), ("（0123）6001023", SAME),
        ("0123 6001023", SAME),
        ("０１２３－６００１０２３", SAME), ("0123—6001023", SAME), ("600-1023", SAME), ("电话：6001023", SAME),
        ("+86-123-6001023", SAME), ("1236001023", SAME), ("热线0123-6001023", SAME),
        ("0123-6001032", DIFFERENT), ("600102", DIFFERENT), ("60010233", DIFFERENT), ("0124-6001023", DIFFERENT),
        ("0123-6001023转8", DIFFERENT), ("6001023、6001024", DIFFERENT), ("6OO1023", DIFFERENT),
        ("见门牌", UNREADABLE), ("12", UNREADABLE),
    ],
)  # fmt: skip
def test_a_phone_number_in_each_usual_notation(shown: str, verdict: Verdict) -> None:
    assert compare(Sort.PHONE, shown, "0123-6001023", "0123-6001023") is verdict


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("0123-6001023转801", "0123-6001023-801"), ("6001023-801", "0123-6001023-801"), ("12345", "12345"),
        ("400 123 4567", "400-123-4567"), ("6001023分机801", "0123-6001023-801"),
    ],
)  # fmt: skip
def test_extensions_and_short_numbers(shown: str, value: str) -> None:
    assert compare(Sort.PHONE, shown, value, value) is SAME


@pytest.mark.parametrize(
    ("shown", "value", "verdict"),
    [
        ("1次", "1", SAME), ("跑一次", "1", SAME), ("最多跑一次", "1", SAME), ("2次", "1", DIFFERENT),
        ("两次", "2", SAME),
        ("零跑动", "0", SAME), ("不用跑", "0", SAME), ("零跑动", "1", DIFFERENT), ("3份", "3", SAME),
        ("三件", "3", SAME),
        ("共四份材料", "4", SAME), ("若干", "4", UNREADABLE),
    ],
)  # fmt: skip
def test_how_often_and_how_many(shown: str, value: str, verdict: Verdict) -> None:
    assert compare(Sort.COUNT, shown, value, value) is verdict


@pytest.mark.parametrize(
    ("shown", "value", "verdict"),
    [
        ("是", "true", SAME), ("可", "true", SAME), ("支持", "true", SAME), ("√", "true", SAME),
        ("否", "true", DIFFERENT),
        ("不可", "false", SAME), ("不支持", "false", SAME), ("×", "false", SAME), ("可以网上办理", "true", SAME),
        ("部分", "true", UNREADABLE),
    ],
)  # fmt: skip
def test_yes_and_no(shown: str, value: str, verdict: Verdict) -> None:
    assert compare(Sort.FLAG, shown, value, "是" if value == "true" else "否") is verdict


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ("9:00-12:00，13:00-17:00", SAME), ("上午9点至12点，下午1点到5点", SAME), ("9：00—12：00 13：00—17：00", SAME),
        ("早上九点至十二点、下午一点至五点", SAME), ("周一至周五 9:00~12:00 13:00~17:00", SAME),
        ("9时-12时；13时-17时", SAME),
        ("9:00-12:00", DIFFERENT), ("9:00-12:00，13:30-17:00", DIFFERENT), ("每天9:00-12:00，13:00-17:00", DIFFERENT),
        ("下午一点半至五点半", DIFFERENT),
        ("上班时间", UNREADABLE),
    ],
)  # fmt: skip
def test_opening_hours_in_each_usual_notation(shown: str, verdict: Verdict) -> None:
    line = "工作日（周一至周五，法定节假日除外） 09:00–12:00，13:00–17:00"
    assert compare(Sort.HOURS, shown, line, line) is verdict


def test_hours_that_name_another_season_differ() -> None:
    summer = clean("工作日（夏令 5月1日至9月30日） 09:00–12:00，13:30–17:30")
    assert same_hours(clean("夏季 9:00-12:00 13:30-17:30"), summer) is True
    assert same_hours(clean("冬季 9:00-12:00 13:30-17:30"), summer) is False
    assert hours("下午一点半至五点半") == (((13 * 60 + 30, 17 * 60 + 30),), frozenset(), frozenset())


def test_a_notice_with_lines_for_several_seasons_is_parted() -> None:
    assert lines_of("夏季9:00-12:00；冬季9:30-12:00") == ["夏季9:00-12:00", "冬季9:30-12:00"]
    assert lines_of("9:00-12:00；下午休息") == ["9:00-12:00；下午休息"]


@pytest.mark.parametrize(
    ("shown", "text", "verdict"),
    [
        ("发改价格[2003]2322号", "发改价格〔2003〕2322号", SAME), ("明川区 公安局", "明川区公安局", SAME),
        ("ａ4", "A4", SAME), ("政和路18号", "政和路 18 号。", SAME), ("政和路81号", "政和路 18 号", DIFFERENT),
        ("1-20", "120", DIFFERENT), ("、。", "A", DIFFERENT),
    ],
)  # fmt: skip
def test_texts_are_equal_but_for_width_blanks_and_punctuation(shown: str, text: str, verdict: Verdict) -> None:
    assert compare(Sort.TEXT, shown, text, text) is verdict


def test_facts_are_sorted_by_path_value_and_text() -> None:
    assert sort_of("fee.amount", "20", "20 元/证", "收费标准") is Sort.MONEY
    assert sort_of("time.promised", "0", "当场办结", "承诺办结时限") is Sort.DURATION
    assert sort_of("consult.phone", "0123-6001023", "0123-6001023", "电话") is Sort.PHONE
    assert sort_of("visit.count", "2", "2", "到办事现场次数") is Sort.COUNT
    assert sort_of("revised", "2026-10-12", "2026年10月12日", "最近修订") is Sort.DATE
    assert sort_of("online.available", "true", "是", "是否网办") is Sort.FLAG
    assert sort_of("name", "农药经营许可", "农药经营许可", "事项名称") is Sort.TEXT


COUNTS = st.integers(0, 99_999)
CHINESE = st.sampled_from(["low", "up"])


@given(COUNTS, CHINESE)
def test_chinese_numerals_are_read_as_a_library_writes_them(count: int, style: str) -> None:
    assert number(cn2an.an2cn(count, style)) == count


@given(st.text(alphabet="零一二两三十百千万点半廿拾佰壹0123.,", max_size=8))
def test_any_heap_of_numerals_is_a_number_or_none(text: str) -> None:
    found = number(text)
    assert found is None or found >= 0


def money_notation(amount: int, way: int) -> str:
    """Write an amount in one of the usual ways."""
    low, up = cn2an.an2cn(amount, "low"), cn2an.an2cn(amount, "up")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(amount))
    ways = [
        f"{amount}元/证", f"{amount}.00 元", f"¥{amount}", f"人民币{amount}元整", f"每证{amount}元", f"{low}元",
        f"{up}元整",
        f"{wide}元", f"{amount:,}元", f"{amount} 块",
    ]  # fmt: skip
    return ways[way % len(ways)]


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.integers(0, 9))
def test_an_amount_in_any_notation_equals_itself_and_no_other(amount: int, other: int, way: int) -> None:
    text = f"{amount} 元/证"
    assert compare(Sort.MONEY, money_notation(amount, way), str(amount), text) is SAME
    wanted = SAME if amount == other else DIFFERENT
    assert compare(Sort.MONEY, money_notation(other, way), str(amount), text) is wanted


def duration_notation(count: int, unit: str, way: int) -> str:
    """Write a time limit in one of the usual ways."""
    low = cn2an.an2cn(count, "low")
    ways = [
        f"{count}个{unit}",
        f"{low}个{unit}",
        f"{count} {unit}",
        f"自受理之日起{count}个{unit}内",
        f"法定{low}{unit}办结",
    ]
    return ways[way % len(ways)]


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["工作日", "自然日"]), st.integers(0, 4))
def test_a_time_limit_in_any_notation_equals_itself_and_no_other(count: int, other: int, unit: str, way: int) -> None:
    text = f"{count} 个工作日"
    wanted = SAME if count == other and unit == "工作日" else DIFFERENT
    assert compare(Sort.DURATION, duration_notation(other, unit, way), str(count), text) is wanted


@given(st.from_regex(r"0[1-9][0-9]{1,2}-[2-8][0-9]{6,7}", fullmatch=True), st.integers(0, 4), st.data())
def test_a_phone_number_equals_itself_and_none_with_another_digit(value: str, way: int, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([place for place, sign in enumerate(value) if sign.isdigit() and place > 0]))
    other = value[:at] + str((int(value[at]) + data.draw(st.integers(1, 9))) % 10) + value[at + 1 :]
    for written, wanted in ((value, SAME), (other, DIFFERENT)):
        area, local = written.split("-")
        ways = [written, f"({area}){local}", f"{area} {local}", f"{area}—{local}", area + local]
        assert compare(Sort.PHONE, ways[way], value, value) is wanted


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 40), st.integers(0, 4))
def test_a_date_in_any_notation_equals_itself_and_no_other(day: date, later: int, way: int) -> None:
    shown = day + timedelta(days=later)
    chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(shown.year))
    months, days = cn2an.an2cn(shown.month, "low"), cn2an.an2cn(shown.day, "low")
    ways = [
        shown.isoformat(), f"{shown.year}年{shown.month}月{shown.day}日", f"{shown.year}.{shown.month}.{shown.day}",
        f"{shown:%Y/%m/%d}", f"{chinese}年{months}月{days}日",
    ]  # fmt: skip
    text = f"{day.year}年{day.month}月{day.day}日"
    assert compare(Sort.DATE, ways[way], day.isoformat(), text) is (DIFFERENT if later else SAME)


@given(st.text(max_size=30), st.sampled_from(list(Sort)))
def test_nothing_that_can_be_typed_stops_a_comparison(text: str, sort: Sort) -> None:
    value, said = {
        Sort.MONEY: ("20", "20 元/证"), Sort.DURATION: ("5", "5 个工作日"), Sort.COUNT: ("1", "1"),
        Sort.PHONE: ("0123-6001023", "0123-6001023"), Sort.DATE: ("2026-10-12", "2026年10月12日"),
        Sort.HOURS: ("09:00–12:00", "09:00–12:00"), Sort.FLAG: ("true", "是"), Sort.TEXT: ("甲", "甲"),
    }[sort]  # fmt: skip
    assert compare(sort, text, value, said) in Verdict


def test_figures_that_a_sign_parts_stay_apart() -> None:
    assert bare("10-20 元。") == "10·20元"
    assert number("一千零二十") == Decimal(1020)
    assert number("一百二") == Decimal(120)
    assert number("一二三") == Decimal(123)
    assert number("十十") is None

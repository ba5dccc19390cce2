"""The rules about periods of rates: for each a finding, in full, and what raises none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from conftest import MakeCatalogue
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.catalogue import catalogue_of
from generator.checks import periods
from generator.checks.finding import Finding
from generator.kinds.fee import Fee, Period, Rate
from generator.parts import Basis


def test_periods_leave_no_gap(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {until: 2026-01-30, amount: 20, basis: [{policy: small-law}]}
      - {from: 2026-02-02, amount: 10, basis: [{policy: small-law}]}
"""
        }
    )
    assert wrong.found(periods.periods_follow_each_other) == [
        "fees/small-card rates.0.periods.1.from error period-gap",
        "前面的标准到 2026-01-30 止，这一段从 2026-02-02 起，2026-01-31 至 2026-02-01 没有标准",
        "这一段改为 from: 2026-01-31，或补上中间一段；那几天免收的写 amount: 0。",
    ]
    right = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {until: 2026-01-31, amount: 20, basis: [{policy: small-law}]}
      - {from: 2026-02-01, amount: 10, basis: [{policy: small-law}]}
"""
        }
    )
    assert right.found(periods.periods_follow_each_other) == []


def test_periods_do_not_overlap(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {until: 2026-01-31, amount: 20, basis: [{policy: small-law}]}
      - {from: 2026-01-31, amount: 10, basis: [{policy: small-law}]}
      - {from: 2026-03-01, until: 2026-03-31, amount: 5, basis: [{policy: small-law}]}
"""
        }
    )
    assert wrong.found(periods.periods_follow_each_other) == [
        "fees/small-card rates.0.periods.1.from error period-overlap",
        "前面的标准到 2026-01-31 止，这一段从 2026-01-31 起，2026-01-31 这一天重叠",
        "前一段改为 until: 2026-01-30，或不写 until。",
    ]
    right = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 20, basis: [{policy: small-law}]}
      - {from: 2026-01-31, amount: 10, basis: [{policy: small-law}]}
"""
        }
    )
    assert right.found(periods.periods_follow_each_other) == []


def test_periods_are_in_order(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {from: 2026-02-01, amount: 20, basis: [{policy: small-law}]}
      - {from: 2026-01-01, amount: 10, basis: [{policy: small-law}]}
"""
        }
    )
    assert wrong.found(periods.periods_follow_each_other) == [
        "fees/small-card rates.0.periods.1.from error period-order",
        "第 2 段从 2026-01-01 起，不晚于前一段的 2026-02-01",
        "各段按起始日期先后排列，日期不能相同。",
    ]
    right = make_catalogue()
    assert right.found(periods.periods_follow_each_other) == []


def test_only_the_first_period_may_lack_its_start(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 20, basis: [{policy: small-law}]}
      - {amount: 10, basis: [{policy: small-law}]}
"""
        }
    )
    assert wrong.found(periods.periods_follow_each_other) == [
        "fees/small-card rates.0.periods.1 error period-start-missing",
        "第 2 段没有写起始日期",
        "只有第一段可以不写 from。",
    ]
    right = make_catalogue()
    assert right.found(periods.periods_follow_each_other) == []


def test_a_period_ends_after_its_start(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {from: 2026-02-01, until: 2026-01-31, amount: 20, basis: [{policy: small-law}]}
reductions: [{who: 特困人员, how: 免收, from: 2026-02-01, until: 2025-02-01, basis: [{policy: small-law}]}]
"""
        }
    )
    assert wrong.found(periods.periods_end_after_their_start) == [
        "fees/small-card reductions.0.until error period-reversed",
        "到 2025-02-01 止，早于起始日期 2026-02-01",
        "请核对两个日期。",
        "fees/small-card rates.0.periods.0.until error period-reversed",
        "到 2026-01-31 止，早于起始日期 2026-02-01",
        "请核对两个日期。",
    ]
    right = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {from: 2026-02-01, until: 2026-02-01, amount: 20, basis: [{policy: small-law}]}
"""
        }
    )
    assert right.found(periods.periods_end_after_their_start) == []


def test_a_period_has_a_value(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {from: 2026-02-01, basis: [{policy: small-law}]}
"""
        }
    )
    assert wrong.found(periods.periods_have_one_value) == [
        "fees/small-card rates.0.periods.0 error period-value",
        "没有写收费标准",
        "定额收费写 amount（免收写 0），按比例收费写 percent，另行核定的写 described，只写一个。",
    ]
    right = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {percent: 1, percent_of: 成交额, basis: [{policy: small-law}]}
"""
        }
    )
    assert right.found(periods.periods_have_one_value) == []


def test_a_period_has_one_value(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 20, percent: 1, basis: [{policy: small-law}]}
"""
        }
    )
    assert wrong.found(periods.periods_have_one_value) == [
        "fees/small-card rates.0.periods.0 error period-value",
        "写了不止一种标准",
        "定额收费写 amount（免收写 0），按比例收费写 percent，另行核定的写 described，只写一个。",
    ]
    right = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 0, basis: [{policy: small-law}]}
"""
        }
    )
    assert right.found(periods.periods_have_one_value) == []


def test_a_percentage_has_a_base(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {percent: 0.5, basis: [{policy: small-law}]}
"""
        }
    )
    assert wrong.found(periods.percentages_have_a_base) == [
        "fees/small-card rates.0.periods.0.percent error percent-base",
        "费率 0.5% 没有写计费基数",
        "请补上 percent_of，例如 成交额。",
    ]
    right = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {percent: 0.5, percent_of: 成交额, basis: [{policy: small-law}]}
"""
        }
    )
    assert right.found(periods.percentages_have_a_base) == []


def test_the_lowest_charge_is_below_the_highest(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {percent: 0.5, percent_of: 成交额, floor: 20, cap: 10, basis: [{policy: small-law}]}
"""
        }
    )
    assert wrong.found(periods.percentages_have_a_base) == [
        "fees/small-card rates.0.periods.0.floor error floor-above-cap",
        "最低收费 20 元高于最高收费 10 元",
        "请核对 floor 和 cap。",
    ]
    right = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {percent: 0.5, percent_of: 成交额, floor: 10, cap: 10, basis: [{policy: small-law}]}
"""
        }
    )
    assert right.found(periods.percentages_have_a_base) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - amount: 20
        until: 2026-01-31
        basis: [{policy: small-law}]
      - from: 2026-02-03
        amount: 10
        basis: [{policy: small-law}]
"""
        }
    )
    assert wrong.said("period-gap").splitlines() == [
        (
            "items/fees/small-card.yml:9:15: 错误: 「收费标准第1条·标准沿革第2条·起始日期」前面的标准到 2026-"
            "01-31 止，这一段从 2026-02-03 起，2026-02-01 至 2026-02-02 没有标准 [period-gap]"
        ),
        "    这一段改为 from: 2026-02-01，或补上中间一段；那几天免收的写 amount: 0。",
        "共 1 个错误，0 个提醒。",
    ]


DAYS = 40
FIRST = date(2026, 1, 1)


def a_day(number: int) -> date:
    return FIRST + timedelta(days=number)


# Starts on different days, in order; each period runs for some days or until the next one.
period_lists = st.lists(st.integers(0, DAYS), min_size=1, max_size=5, unique=True).flatmap(
    lambda starts: st.tuples(*(st.tuples(st.just(start), st.none() | st.integers(0, 12)) for start in sorted(starts)))
)


def rate_of(spans: Sequence[tuple[int, int | None]]) -> Rate:
    """Return a rate with periods from a day on, for a number of further days or open."""
    basis = (Basis(title="小证条例"),)
    periods = []
    for start, length in spans:
        until = None if length is None else a_day(start + length)
        periods.append(Period.model_validate({"from": a_day(start), "until": until, "amount": start, "basis": basis}))
    return Rate(id="renewal", condition="换领", unit="证", periods=tuple(periods))


def fee_of(rate: Rate) -> Fee:
    return Fee(id="small-card", name="小证工本费", department="police", level="中央", fund="不适用", rates=(rate,))


def days_by_hand(spans: Sequence[tuple[int, int | None]]) -> list[set[int]]:
    """Return the days of each period, found one by one."""
    found = []
    for index, (start, length) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else DAYS + 20
        last = start + length if length is not None else following - 1
        found.append({number for number in range(DAYS + 20) if start <= number <= last})
    return found


def told_days(finding: Finding) -> set[int]:
    """Read the days that a finding names as overlapping or lacking a rate."""
    written = [date.fromisoformat(text) for text in re.findall(r"\d{4}-\d\d-\d\d", finding.message)]
    days = [(day - FIRST).days for day in written[2:]]  # the first two are the end and the start that meet
    return set(range(min(days), max(days) + 1))


@given(period_lists)
def test_gaps_and_overlaps_are_those_found_day_by_day(spans: Sequence[tuple[int, int | None]]) -> None:
    fee = fee_of(rate_of(spans))
    told: dict[str, set[int]] = {"period-gap": set(), "period-overlap": set()}
    for finding in periods.periods_follow_each_other(catalogue_of([fee], FIRST)):
        told[finding.code] |= told_days(finding)
    covered = days_by_hand(spans)
    held = Counter(day for days in covered for day in days)
    last_start = spans[-1][0]
    assert told["period-overlap"] == {day for day, times in held.items() if times > 1}
    assert told["period-gap"] == {day for day in range(spans[0][0], last_start) if not held[day]}


@given(period_lists)
def test_the_period_of_a_day_is_the_one_found_by_hand(spans: Sequence[tuple[int, int | None]]) -> None:
    rate = rate_of(spans)
    assume(not list(periods.periods_follow_each_other(catalogue_of([fee_of(rate)], FIRST))))
    covered = days_by_hand(spans)
    for number in range(DAYS + 20):
        by_hand = next((index for index, days in enumerate(covered) if number in days), None)
        assert rate.on(a_day(number)) == (None if by_hand is None else rate.periods[by_hand])

"""Working days against the State Council's notice for 2026, and arithmetic against counting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.workdays import add_workdays, is_announced, is_workday

LAST_ANNOUNCED = 2026  # of the library that is pinned


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2026-01-01", False, "元旦"),
        ("2026-02-14", True, "调休：春节前的周六上班"),
        ("2026-02-17", False, "春节"),
        ("2026-02-28", True, "调休：春节后的周六上班"),
        ("2026-05-01", False, "劳动节"),
        ("2026-06-19", False, "端午节"),
        ("2026-09-20", True, "调休：国庆节前的周日上班"),
        ("2026-09-25", False, "中秋节"),
        ("2026-10-01", False, "国庆节"),
        ("2026-10-07", False, "国庆节"),
        ("2026-10-08", True, "节后第一天"),
        ("2026-10-10", True, "调休：国庆节后的周六上班"),
        ("2026-10-11", False, "平常的周日"),
        ("2026-11-23", True, "平常的周一"),
    ],
)
def test_holidays_and_shifted_working_days_of_2026(day: str, works: bool, why: str) -> None:
    assert is_workday(date.fromisoformat(day)) is works, why


def test_years_without_a_notice_have_weekends_only() -> None:
    assert is_announced(LAST_ANNOUNCED)
    assert not is_announced(2199)
    first = date(2199, 1, 1)
    for number in range(14):
        day = first + timedelta(days=number)
        assert is_workday(day) is (day.weekday() < 5)


def test_a_span_may_run_into_a_year_without_a_notice() -> None:
    assert is_announced(LAST_ANNOUNCED) and add_workdays(date(2199, 12, 31), 1) == date(2200, 1, 1)
    assert add_workdays(date(2002, 12, 31), 1) == date(2003, 1, 1)


def test_the_day_of_acceptance_does_not_count() -> None:
    assert add_workdays(date(2026, 11, 23), 0) == date(2026, 11, 23)
    assert add_workdays(date(2026, 11, 23), 1) == date(2026, 11, 24)
    assert add_workdays(date(2026, 11, 20), 1) == date(2026, 11, 23)  # Friday to Monday
    assert add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)  # over 国庆节
    assert add_workdays(date(2026, 10, 9), 1) == date(2026, 10, 10)  # a Saturday that is worked
    assert add_workdays(date(2026, 9, 24), 20) == date(2026, 10, 29)


@given(st.dates(min_value=date(2004, 1, 1), max_value=date(2028, 12, 31)), st.integers(min_value=1, max_value=80))
def test_adding_working_days_agrees_with_counting(start: date, count: int) -> None:
    end = add_workdays(start, count)
    between = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
    assert sum(is_workday(day) for day in between) == count
    assert is_workday(end)

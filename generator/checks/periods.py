"""Periods of rates: they follow each other day by day, and each says one amount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem
from generator.fields import number_text
from generator.kinds.fee import Fee, Period, Rate

ONE_DAY = timedelta(days=1)


def periods_follow_each_other(catalogue: Catalogue) -> Iterator[Finding]:
    """Find rates with periods out of order, or with a gap or an overlap (优化营商环境条例第二十五条: one standard)."""
    for fee, rate, path in _rates(catalogue):
        disorder = list(_disorder(fee, rate, path))
        yield from disorder
        # Days can be counted only where the periods are in order and none runs backwards.
        if not disorder and not any(_is_reversed(period.start, period.until) for period in rate.periods):
            yield from _seams(fee, rate, path)


def _disorder(fee: Fee, rate: Rate, path: PathInItem) -> Iterator[Finding]:
    for index, (earlier, later) in enumerate(pairwise(rate.periods), 1):
        place = (*path, "periods", index)
        if later.start is None:
            message, hint = f"第 {index + 1} 段没有写起始日期", "只有第一段可以不写 from。"
            yield _finding(fee, place, "period-start-missing", message, hint)
        elif earlier.start and later.start <= earlier.start:
            message = f"第 {index + 1} 段从 {later.start} 起，不晚于前一段的 {earlier.start}"
            hint = "各段按起始日期先后排列，日期不能相同。"
            yield _finding(fee, (*place, "from"), "period-order", message, hint)


def _seams(fee: Fee, rate: Rate, path: PathInItem) -> Iterator[Finding]:
    """Compare each start with the last day that any earlier period reaches."""
    reached = rate.last_day(0)
    for index, period in enumerate(rate.periods[1:], 1):
        start, last = period.start or date.min, rate.last_day(index)
        place = (*path, "periods", index, "from")
        before = f"前面的标准到 {reached} 止，这一段从 {start} 起"
        if reached >= start:
            message = f"{before}，{_days(start, min(reached, last))}重叠"
            hint = f"前一段改为 until: {start - ONE_DAY}，或不写 until。"
            yield _finding(fee, place, "period-overlap", message, hint)
        elif reached + ONE_DAY < start:
            message = f"{before}，{_days(reached + ONE_DAY, start - ONE_DAY)}没有标准"
            hint = f"这一段改为 from: {reached + ONE_DAY}，或补上中间一段；那几天免收的写 amount: 0。"
            yield _finding(fee, place, "period-gap", message, hint)
        reached = max(reached, last)


def periods_end_after_their_start(catalogue: Catalogue) -> Iterator[Finding]:
    """Find periods and reductions that end before they start (优化营商环境条例第二十五条)."""
    for fee in catalogue.all_of(Fee):
        spans: list[tuple[PathInItem, date | None, date | None]] = [
            (("reductions", index), reduction.start, reduction.until) for index, reduction in enumerate(fee.reductions)
        ]
        spans += [(path, period.start, period.until) for path, period in _periods(fee)]
        for path, start, until in spans:
            if _is_reversed(start, until):
                message = f"到 {until} 止，早于起始日期 {start}"
                yield _finding(fee, (*path, "until"), "period-reversed", message, "请核对两个日期。")


def periods_have_one_value(catalogue: Catalogue) -> Iterator[Finding]:
    """Find periods without a standard, or with several (收费标准 is a required column of fee lists)."""
    for fee in catalogue.all_of(Fee):
        for path, period in _periods(fee):
            written = [value for value in (period.amount, period.percent, period.described) if value is not None]
            if len(written) != 1:
                message = "写了不止一种标准" if written else "没有写收费标准"
                hint = "定额收费写 amount（免收写 0），按比例收费写 percent，另行核定的写 described，只写一个。"
                yield _finding(fee, path, "period-value", message, hint)


def percentages_have_a_base(catalogue: Catalogue) -> Iterator[Finding]:
    """Find percentages without what they are taken of, and bounds that cannot hold (计费单位, fee lists)."""
    for fee in catalogue.all_of(Fee):
        for path, period in _periods(fee):
            if period.percent is not None and not period.percent_of:
                message = f"费率 {number_text(period.percent)}% 没有写计费基数"
                yield _finding(fee, (*path, "percent"), "percent-base", message, "请补上 percent_of，例如 成交额。")
            if period.floor is not None and period.cap is not None and period.floor > period.cap:
                message = f"最低收费 {number_text(period.floor)} 元高于最高收费 {number_text(period.cap)} 元"
                yield _finding(fee, (*path, "floor"), "floor-above-cap", message, "请核对 floor 和 cap。")


def _is_reversed(start: date | None, until: date | None) -> bool:
    return start is not None and until is not None and until < start


def _rates(catalogue: Catalogue) -> Iterator[tuple[Fee, Rate, PathInItem]]:
    for fee in catalogue.all_of(Fee):
        for index, rate in enumerate(fee.rates):
            yield fee, rate, ("rates", index)


def _periods(fee: Fee) -> Iterator[tuple[PathInItem, Period]]:
    for number, rate in enumerate(fee.rates):
        for index, period in enumerate(rate.periods):
            yield ("rates", number, "periods", index), period


def _finding(fee: Fee, path: PathInItem, code: str, message: str, hint: str) -> Finding:
    return Finding(item=fee, path=path, code=code, message=message, hint=hint)


def _days(first: date, last: date) -> str:
    return f"{first} 这一天" if first == last else f"{first} 至 {last} "

"""Fees: periods that follow each other day by day, amounts with a basis, guides that charge what is listed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem, called, guess
from generator.fields import number_text
from generator.kinds.department import Department
from generator.kinds.fee import Fee, Period, Rate
from generator.kinds.guide import Guide
from generator.kinds.policy import Policy
from generator.parts import Basis

ONE_DAY = timedelta(days=1)


def periods_follow_each_other(catalogue: Catalogue) -> Iterator[Finding]:
    """Find periods of a rate out of order, with a gap or an overlap (优化营商环境条例第二十五条: one published standard)."""
    for fee, rate, path in _rates(catalogue):
        for index, (earlier, later) in enumerate(zip(rate.periods, rate.periods[1:], strict=False), 1):
            place = (*path, "periods", index)
            if later.start is None:
                yield _period_finding(fee, (*place,), "period-start-missing", f"第 {index + 1} 段没有写起始日期", "只有第一段可以不写 from。")
            elif earlier.start and later.start <= earlier.start:
                message = f"第 {index + 1} 段从 {later.start} 起，不晚于前一段的起始日期 {earlier.start}"
                yield _period_finding(fee, (*place, "from"), "period-order", message, "各段按起始日期先后排列，日期不能相同。")
            elif earlier.until:
                yield from _seam(fee, place, earlier.until, later.start)


def _seam(fee: Fee, place: PathInItem, until: date, start: date) -> Iterator[Finding]:
    if until >= start:
        message = f"前一段到 {until} 止，这一段从 {start} 起，{_days(start, until)}重叠"
        hint = f"前一段改为 until: {start - ONE_DAY}，或不写 until。"
        yield _period_finding(fee, (*place, "from"), "period-overlap", message, hint)
    elif until + ONE_DAY < start:
        message = f"前一段到 {until} 止，这一段从 {start} 起，{_days(until + ONE_DAY, start - ONE_DAY)}没有标准"
        hint = f"这一段改为 from: {until + ONE_DAY}，或补上中间一段；那几天免收的写 amount: 0。"
        yield _period_finding(fee, (*place, "from"), "period-gap", message, hint)


def periods_end_after_their_start(catalogue: Catalogue) -> Iterator[Finding]:
    """Find periods and reductions that end before they start (优化营商环境条例第二十五条)."""
    for fee in catalogue.all_of(Fee):
        spans: list[tuple[PathInItem, date | None, date | None]] = [
            (("reductions", index), reduction.start, reduction.until) for index, reduction in enumerate(fee.reductions)
        ]
        spans += [(path, period.start, period.until) for path, period in _periods(fee)]
        for path, start, until in spans:
            if start and until and until < start:
                message = f"到 {until} 止，早于起始日期 {start}"
                yield _period_finding(fee, (*path, "until"), "period-reversed", message, "请核对两个日期。")


def periods_have_one_value(catalogue: Catalogue) -> Iterator[Finding]:
    """Find periods with neither or both of amount and percentage (收费标准 is a required column of fee lists)."""
    for fee in catalogue.all_of(Fee):
        for path, period in _periods(fee):
            if (period.amount is None) == (period.percent is None):
                message = "没有写金额，也没有写费率" if period.amount is None else "既写了金额，又写了费率"
                hint = "定额收费写 amount（免收写 0），按比例收费写 percent，只写一个。"
                yield _period_finding(fee, path, "period-value", message, hint)


def percentages_have_a_base(catalogue: Catalogue) -> Iterator[Finding]:
    """Find percentages without what they are taken of, and bounds that cannot hold (计费单位, fee lists)."""
    for fee in catalogue.all_of(Fee):
        for path, period in _periods(fee):
            if period.percent is not None and not period.percent_of:
                message = f"费率 {number_text(period.percent)}% 没有写计费基数"
                yield _period_finding(fee, (*path, "percent"), "percent-base", message, "请补上 percent_of，例如 成交额。")
            if period.floor is not None and period.cap is not None and period.floor > period.cap:
                message = f"最低收费 {number_text(period.floor)} 元高于最高收费 {number_text(period.cap)} 元"
                yield _period_finding(fee, (*path, "floor"), "floor-above-cap", message, "请核对 floor 和 cap。")


def rates_are_distinct(catalogue: Catalogue) -> Iterator[Finding]:
    """Find two rates of a fee with one id or one condition (county notices list one fee twice)."""
    for fee, rate, path in _rates(catalogue):
        earlier = fee.rates[: int(path[1])]
        if any(other.id == rate.id for other in earlier):
            message, hint = f"标准编号「{rate.id}」写了两次", "同一收费项目下每个标准一个编号；标准变更写在同一编号的 periods 里。"
            yield Finding(item=fee, path=(*path, "id"), code="duplicate-rate", message=message, hint=hint)
        if any((other.condition, other.unit) == (rate.condition, rate.unit) for other in earlier):
            message, hint = f"适用情形「{rate.condition}」写了两次", "同一情形只能有一个标准；请合并，或把情形写得分得清。"
            yield Finding(item=fee, path=(*path, "condition"), code="duplicate-condition", message=message, hint=hint)


def fees_are_listed_once(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of two fees with the same department, conditions, units, amounts and bases (county notices list one twice)."""
    first: dict[object, Fee] = {}
    for fee in catalogue.all_of(Fee):
        content = (fee.department, tuple((rate.condition, rate.unit, rate.periods) for rate in fee.rates))
        holder = first.setdefault(_comparable(content), fee)
        if holder is not fee:
            yield Finding(
                item=fee,
                path=("rates",),
                code="same-fee",
                message=f"收费标准与{called(holder)}完全相同",
                hint="是不是同一项收费写了两遍？是就合并；不是就在适用情形里写明区别。",
                severity="warning",
            )


def guides_charge_listed_rates(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides that charge a rate that is not listed, or one rate twice (优化营商环境条例第二十五条)."""
    for guide in catalogue.all_of(Guide):
        seen = set()
        for index, use in enumerate(guide.fees):
            fee = catalogue.find("fee", use.fee)
            if isinstance(fee, Fee) and not fee.rate(use.rate):
                known = [rate.id for rate in fee.rates]
                message = f"收费项目{called(fee)}里没有标准「{use.rate}」"
                hint = f"{guess(use.rate, known)}可用的标准编号：{'、'.join(known)}。"
                yield Finding(item=guide, path=("fees", index, "rate"), code="unknown-rate", message=message, hint=hint)
            if (use.fee, use.rate) in seen:
                message, hint = f"收费「{use.fee}」的标准「{use.rate}」写了两次", "同一标准只引用一次；情形不同的写在一条的 case 里。"
                yield Finding(item=guide, path=("fees", index), code="duplicate-fee-use", message=message, hint=hint)
            seen.add((use.fee, use.rate))


def guides_charge_their_own_fees(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of fees that another department charges than the one that acts (执收单位, fee lists)."""
    for guide in catalogue.all_of(Guide):
        for index, use in enumerate(guide.fees):
            fee = catalogue.find("fee", use.fee)
            if isinstance(fee, Fee) and fee.department != guide.department:
                names = [_department_name(catalogue, identifier) for identifier in (fee.department, guide.department)]
                yield Finding(
                    item=guide,
                    path=("fees", index, "fee"),
                    code="fee-department",
                    message=f"「{fee.name}」由{names[0]}收取，本事项的实施主体是{names[1]}",
                    hint="请核对收费项目；确实由别的部门收取的，在 accepted 里说明。",
                    severity="warning",
                )


def guides_charge_rates_in_force(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of rates that have ended but are still named by a guide in force (domain: fees as of a date)."""
    for guide in catalogue.all_of(Guide):
        if guide.is_withdrawn(catalogue.today):
            continue
        for index, use in enumerate(guide.fees):
            fee = catalogue.find("fee", use.fee)
            rate = fee.rate(use.rate) if isinstance(fee, Fee) else None
            if rate and (last := rate.last_day(len(rate.periods) - 1)) < catalogue.today:
                message = f"标准「{rate.condition}」只到 {last} 止，今天没有标准"
                hint = "不再收取的从 fees 删掉；继续收的在收费标准里补上新的一段。"
                path = ("fees", index, "rate")
                yield Finding(item=guide, path=path, code="rate-ended", message=message, hint=hint, severity="warning")


def central_fees_cite_a_number(catalogue: Catalogue) -> Iterator[Finding]:
    """Find central fees whose basis has no document number (政策依据, national fee list)."""
    for fee in catalogue.all_of(Fee):
        if fee.level != "中央":
            continue
        for path, period in _periods(fee):
            if not any(_has_number(catalogue, basis) for basis in period.basis):
                message = "中央管理的收费，依据没有文号"
                hint = "请在 basis 引用政策文件库里有文号的文件，或写 number，例如 发改价格〔2003〕2322号。"
                yield _period_finding(fee, (*path, "basis"), "central-fee-number", message, hint)


def _rates(catalogue: Catalogue) -> Iterator[tuple[Fee, Rate, PathInItem]]:
    for fee in catalogue.all_of(Fee):
        for index, rate in enumerate(fee.rates):
            yield fee, rate, ("rates", index)


def _periods(fee: Fee) -> Iterator[tuple[PathInItem, Period]]:
    for number, rate in enumerate(fee.rates):
        for index, period in enumerate(rate.periods):
            yield ("rates", number, "periods", index), period


def _period_finding(fee: Fee, path: PathInItem, code: str, message: str, hint: str) -> Finding:
    return Finding(item=fee, path=path, code=code, message=message, hint=hint)


def _days(first: date, last: date) -> str:
    return f"{first} 这一天" if first == last else f"{first} 至 {last} "


def _department_name(catalogue: Catalogue, identifier: str) -> str:
    department = catalogue.find("department", identifier)
    return department.short_name if isinstance(department, Department) else f"「{identifier}」"


def _has_number(catalogue: Catalogue, basis: Basis) -> bool:
    policy = catalogue.find("policy", basis.policy) if basis.policy else None
    # A policy that is not in the library is reported as a dangling reference.
    return bool(basis.number) or (policy.number is not None if isinstance(policy, Policy) else bool(basis.policy))

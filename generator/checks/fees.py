"""Fees: each listed once, with a basis; guides charge what is listed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem, body_name, called
from generator.kinds.fee import Fee, Period, Rate
from generator.kinds.guide import Guide
from generator.kinds.policy import Policy
from generator.near_miss import guess
from generator.parts import Basis


def rates_are_distinct(catalogue: Catalogue) -> Iterator[Finding]:
    """Find two rates of a fee with one id or one condition (county notices list one fee twice)."""
    for fee, rate, path in _rates(catalogue):
        earlier = fee.rates[: int(path[1])]
        if any(other.id == rate.id for other in earlier):
            message, hint = (
                f"标准编号「{rate.id}」写了两次",
                "同一收费项目下每个标准一个编号；标准变更写在同一编号的 periods 里。",
            )
            yield Finding(item=fee, path=(*path, "id"), code="duplicate-rate", message=message, hint=hint)
        if any((other.condition, other.unit) == (rate.condition, rate.unit) for other in earlier):
            message, hint = (
                f"适用情形「{rate.condition}」写了两次",
                "同一情形只能有一个标准；请合并，或把情形写得分得清。",
            )
            yield Finding(item=fee, path=(*path, "condition"), code="duplicate-condition", message=message, hint=hint)


def fees_are_listed_once(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of fees with the same department, conditions, units, amounts and bases (county notices repeat rows)."""
    first: dict[object, Fee] = {}
    for fee in catalogue.all_of(Fee):
        holder = first.setdefault((fee.department, *map(_content, fee.rates)), fee)
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
                message, hint = (
                    f"收费「{use.fee}」的标准「{use.rate}」写了两次",
                    "同一标准只引用一次；情形不同的写在一条的 case 里。",
                )
                yield Finding(item=guide, path=("fees", index), code="duplicate-fee-use", message=message, hint=hint)
            seen.add((use.fee, use.rate))


def guides_charge_their_own_fees(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of fees that another department charges than the one that acts (执收单位, fee lists)."""
    for guide in catalogue.all_of(Guide):
        for index, use in enumerate(guide.fees):
            fee = catalogue.find("fee", use.fee)
            known = isinstance(fee, Fee) and catalogue.find("department", fee.department)
            if isinstance(fee, Fee) and known and _acts_elsewhere(catalogue, guide, fee.department):
                names = [body_name(catalogue, identifier) for identifier in (fee.department, guide.department)]
                yield Finding(
                    item=guide,
                    path=("fees", index, "fee"),
                    code="fee-department",
                    message=f"「{fee.name}」由{names[0]}收取，本事项的实施主体是{names[1]}",
                    hint="请核对收费项目；确实由别的部门收取的，在 accepted 里说明。",
                    severity="warning",
                )


def _acts_elsewhere(catalogue: Catalogue, guide: Guide, department: str) -> bool:
    """Tell whether a guide is another department's, where its own is known at all."""
    return guide.department != department and catalogue.find("department", guide.department) is not None


def guides_charge_rates_in_force(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of rates that have ended but are still named by a guide in force (优化营商环境条例第二十五条)."""
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
        for row, rate in enumerate(fee.rates):
            for index, period in enumerate(rate.periods):
                told = any(not (basis.policy or basis.title) for basis in period.basis)  # that it names no document
                if not told and not any(_has_number(catalogue, basis) for basis in period.basis):
                    yield Finding(
                        item=fee,
                        path=("rates", row, "periods", index, "basis"),
                        code="central-fee-number",
                        message="中央管理的收费，依据没有文号",
                        hint="请引用政策文件库里有文号的文件，或写 number，例如 发改价格〔2003〕2322号。",
                    )


def _rates(catalogue: Catalogue) -> Iterator[tuple[Fee, Rate, PathInItem]]:
    for fee in catalogue.all_of(Fee):
        for index, rate in enumerate(fee.rates):
            yield fee, rate, ("rates", index)


def _content(rate: Rate) -> object:
    """Return what a rate charges, when and by which documents, without its id and the dates of checking."""
    periods = [
        (*_value(period), *((basis.policy, basis.title, basis.number) for basis in period.basis))
        for period in rate.periods
    ]
    return rate.condition, rate.unit, tuple(periods)


def _value(period: Period) -> tuple[object, ...]:
    return period.start, period.until, period.amount, period.percent, period.described


def _has_number(catalogue: Catalogue, basis: Basis) -> bool:
    policy = catalogue.find("policy", basis.policy) if basis.policy else None
    # A policy that is not in the library is reported as a dangling reference.
    return bool(basis.number) or (policy.number is not None if isinstance(policy, Policy) else bool(basis.policy))

"""收费标准: rates as dated periods, each with its basis; reductions and waivers beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, ClassVar

from generator import codelists
from generator.fields import Amount, Date, Id, Name, OneOf, Refers, Text, field, number_text
from generator.item import Item, Kind, Lookup, Part, Shown
from generator.parts import Basis


class Period(Part):
    """What a rate amounts to between two days, both included; an open start means since the basis applies."""

    entry_key: ClassVar[tuple[str, ...]] = ("start",)
    state_fields: ClassVar[frozenset[str]] = frozenset(
        {"amount", "percent", "percent_of", "floor", "cap", "described"},
    )
    first_days: ClassVar[tuple[str, ...]] = ("start",)
    last_days: ClassVar[tuple[str, ...]] = ("until",)

    start: Date | None = field(
        "起始日期", "从这一天起按此标准；最早一段不知道起始日可不写。", default=None, alias="from"
    )
    until: Date | None = field("截止日期", "到这一天为止（含）；不写则到下一段开始前。", default=None)
    amount: Amount | None = field("金额", "单位元；免收写 0。", default=None, example=20)
    percent: Amount | None = field("费率", "按比例收费时写百分数，例如 0.5 表示 0.5%。", default=None)
    percent_of: Name | None = field("计费基数", "费率乘以什么，例如 成交额。", default=None)
    floor: Amount | None = field("最低收费", "按比例收费的下限，单位元。", default=None)
    cap: Amount | None = field("最高收费", "按比例收费的上限，单位元。", default=None)
    described: Name | None = field(
        "标准说明", "标准由上级另行核定、不能写成一个数时，写按什么收，例如 按省定标准。", default=None
    )
    basis: tuple[Basis, ...] = field("收费依据", "这一标准的文件。", min_length=1)
    note: Text | None = field("备注", "对这一段标准的补充说明。", default=None)


class Rate(Part):
    """One rate of a fee: the condition under which it applies and its periods."""

    entry_key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id = field("标准编号", "办事指南引用时用，例如 renewal。", shown=False)
    condition: Name = field("适用情形", "例如 期满换领。")
    unit: Annotated[str, OneOf(codelists.FEE_UNITS)] = field("计费单位", "证、本、张、件、副等。")
    periods: tuple[Period, ...] = field("标准沿革", "按时间先后，首尾相接。", min_length=1)

    def on(self, day: date) -> Period | None:
        """Return the period that a day falls in, None before the first and after the last."""
        for index, period in enumerate(self.periods):
            if (period.start is None or period.start <= day) and day <= self.last_day(index):
                return period
        return None

    def last_day(self, index: int) -> date:
        """Return the last day of the period at the index: its own end, or the day before the next one starts."""
        if (until := self.periods[index].until) is not None:
            return until
        following = self.periods[index + 1].start if index + 1 < len(self.periods) else None
        return following - timedelta(days=1) if following else date.max

    def next_after(self, day: date) -> Period | None:
        """Return the first period that starts after a day."""
        return next((period for period in self.periods if period.start and period.start > day), None)

    def state_text(self, state: Period) -> str:
        """Return what a period amounts to."""
        return self.describe(state)[1]

    def describe(self, period: Period) -> tuple[str, str]:
        """Return the canonical value and the text of a period: ("20", "20 元/证"), ("0", "免收")."""
        if period.described:
            return period.described, period.described
        if period.amount is not None:
            return number_text(period.amount), amount_text(period.amount, self.unit)
        bounds = [
            f"{word} {number_text(value)} 元"
            for word, value in (("最低", period.floor), ("最高", period.cap))
            if value is not None
        ]
        percent = number_text(period.percent or Decimal(0))
        return percent, "，".join([f"{period.percent_of or '计费额'}的 {percent}%", *bounds])


class Reduction(Part):
    """Who pays less or nothing, since when and by which basis."""

    first_days: ClassVar[tuple[str, ...]] = ("start",)
    last_days: ClassVar[tuple[str, ...]] = ("until",)

    who: Text = field("减免对象", "谁可以减免。")
    how: Name = field("减免办法", "免收、减半等。")
    start: Date | None = field("起始日期", "从这一天起减免。", default=None, alias="from")
    until: Date | None = field("截止日期", "到这一天为止（含）。", default=None)
    basis: tuple[Basis, ...] = field("减免依据", "减免的文件。", min_length=1)


class Fee(Item):
    """A fee and all its rates."""

    kind: ClassVar[Kind] = Kind(
        name="fee",
        plural="fees",
        label="收费标准",
        about="全部收费项目、标准和依据。不在本表里的项目，不得收费。",
        order=20,
        brief=("department", "level"),
        filters={"department": "执收单位", "level": "管理权限"},
    )

    aliases: tuple[Name, ...] = field("别名", "人们平常的叫法。", default=())
    department: Annotated[Id, Refers("department")] = field("执收单位", "收费的部门。")
    level: Annotated[str, OneOf(codelists.FEE_LEVELS)] = field("管理权限", "中央、省定或市县。")
    fund: Annotated[str, OneOf(codelists.FEE_FUNDS)] = field("资金管理方式", "收入缴到哪里。")
    rates: tuple[Rate, ...] = field("收费标准", "每种适用情形一条。", min_length=1, bears="fee")
    reductions: tuple[Reduction, ...] = field("减免", "减收、免收的规定。", default=(), bears="fee")
    note: Text | None = field("备注", "对整个收费项目的补充说明。", default=None, bears="fee")

    def terms(self) -> Iterator[str]:
        """Yield the aliases and the conditions of the rates."""
        yield from self.aliases
        yield from (rate.condition for rate in self.rates)

    def rate(self, identifier: str) -> Rate | None:
        """Return a rate by its id."""
        return next((rate for rate in self.rates if rate.id == identifier), None)

    def derived(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        """Yield for each rate today's standard, and the next one with its first day."""
        for rate in self.rates:
            yield from rate_statements(f"rates.{rate.id}", rate, look)


def rate_statements(path: str, rate: Rate, look: Lookup) -> Iterator[tuple[str, Shown]]:
    """Yield what a rate amounts to today, by which basis, and what it will change to, below a path."""
    current, following = rate.on(look.today), rate.next_after(look.today)
    value, text = rate.describe(current) if current else ("", "今日不收取")
    yield f"{path}.amount", Shown(value, text, "收费标准")
    if current:
        yield from _bases(f"{path}.basis_today[]", current.basis, look)
    if following and following.start:
        value, text = rate.describe(following)
        yield f"{path}.next_amount", Shown(value, text, "变更后的标准")
        start = following.start
        yield f"{path}.next_from", Shown(start.isoformat(), f"{start.year}年{start.month}月{start.day}日", "变更日期")


def _bases(path: str, bases: tuple[Basis, ...], look: Lookup) -> Iterator[tuple[str, Shown]]:
    for number, basis in enumerate(bases, 1):
        policy = look.find("policy", basis.policy) if basis.policy else None
        if policy:
            text = getattr(policy, "number", None) or policy.name
            yield f"{path}.{number}.document", Shown(policy.id, text, "收费依据", policy.path)
        elif text := basis.number or basis.title:
            yield f"{path}.{number}.document", Shown(text, text, "收费依据")


def amount_text(amount: Decimal, unit: str) -> str:
    """Write an amount with its unit, 20 元/证; nothing to pay reads 免收."""
    return f"{number_text(amount)} 元/{unit}" if amount else "免收"

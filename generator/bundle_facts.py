"""What the plans of a bundle say: totals, the order, materials and stops, as statements with their paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from generator.bundle_plan import Plan
from generator.bundle_sums import Fee, Wanted, fees_either, span_text
from generator.item import Shown

Statement = tuple[str, Shown]
NameOf = Callable[[str], Shown]
"""How a material is called, by its id."""


def statements(totals: str, rest: str, plan: Plan, material: NameOf) -> Iterator[Statement]:
    """Yield what a plan says: its totals and the rest below two prefixes, which are empty or end in a dot."""
    yield f"{totals}guides", _guides([plan])
    yield f"{totals}fee", _fee(plan.fee)
    yield f"{totals}days", _days([plan])
    yield f"{totals}materials", _materials(plan)
    if len(plan.chain) > 1 and plan.days:
        yield f"{totals}chain", Shown(",".join(plan.chain), _names(plan, plan.chain, " → "), "最长的一条")
    if plan.days and any(plan.errands[name].converted for name in plan.chain):
        yield f"{totals}converted", Shown("true", "自然日按每 7 日算 5 个工作日折算", "时限折算")
    yield from _order(rest, plan)
    for entry in plan.materials:
        yield from _material(f"{rest}union[].{entry.material}.", entry, plan, material)
    for number, stop in enumerate(plan.stops, 1):
        yield f"{rest}route[].{number}.where", Shown(stop.where.value, stop.where.text, "窗口")
        yield f"{rest}route[].{number}.for", Shown(",".join(stop.errands), _names(plan, stop.errands), "在这里办")


def ranges(plans: Sequence[Plan]) -> Iterator[Statement]:
    """Yield the totals over the cases, from the least to the most."""
    if plans:
        yield "total.guides", _guides(plans)
        yield "total.fee", _fee(fees_either(plan.fee for plan in plans))
        yield "total.days", _days(plans)
        numbers = [plan.to_prepare for plan in plans]
        yield "total.materials", Shown(_span(numbers), span_text(numbers, "件"), "带几件")


def _guides(plans: Sequence[Plan]) -> Shown:
    numbers = [len(plan.errands) for plan in plans]
    return Shown(_span(numbers), span_text(numbers, "件"), "要办几件")


def _fee(fee: Fee) -> Shown:
    return Shown(fee.value, fee.text, "费用合计")


def _days(plans: Sequence[Plan]) -> Shown:
    """Return how long it takes at most; every promise is a limit and not a duration."""
    numbers = [plan.days for plan in plans]
    most = f"{max(numbers)} 个工作日" if max(numbers) else "当场办结"
    return Shown(_span(numbers), most if min(numbers) == max(numbers) else f"最多 {most}", "多久")


def _materials(plan: Plan) -> Shown:
    count = plan.to_prepare
    perhaps = sum(bool(entry.cases) for entry in plan.materials)
    text = f"{count} 件" if count else "不用带材料"
    return Shown(str(count), text + (f"，看情形另加 {perhaps} 件" if perhaps else ""), "带几件")


def _order(rest: str, plan: Plan) -> Iterator[Statement]:
    for name, errand in plan.errands.items():
        path = f"{rest}plan[].{name}."
        step = plan.steps[name]
        yield f"{path}guide", errand.shown
        yield f"{path}step", Shown(str(step), f"第 {step} 步", "次序")
        yield f"{path}fee", errand.charged
        yield f"{path}time", errand.time
        yield f"{path}where", errand.where
        visits = f"跑 {errand.visits} 次" if errand.visits else "不用到现场"
        yield f"{path}visits", Shown(str(errand.visits), visits, "到办事现场次数")
        if earlier := plan.before[name]:
            yield f"{path}after", Shown(",".join(earlier), _names(plan, earlier), "先办好")


def _material(path: str, entry: Wanted, plan: Plan, material: NameOf) -> Iterator[Statement]:
    yield f"{path}material", material(entry.material)
    yield f"{path}for", Shown(",".join(entry.errands), _names(plan, entry.errands), "用于")
    if entry.exempt:
        yield f"{path}exempt", Shown("true", "免提交", "免提交")
    elif entry.is_made:
        made = f"办「{_names(plan, entry.made_by)}」后取得，不用先准备"
        yield f"{path}made", Shown(",".join(entry.made_by), made, "从哪里来")
    else:
        yield f"{path}copies", Shown(f"{entry.originals}+{entry.photocopies}", _copies(entry), "备几份")
        if entry.cases:
            text = "；".join(entry.cases)
            yield f"{path}perhaps", Shown(text, text, "何时要")
    if entry.sharing > 1:
        text = f"{entry.sharing} 处都要，备 {entry.originals} 份"
        yield f"{path}once", Shown(str(entry.sharing), text, "合用")


def _copies(entry: Wanted) -> str:
    parts = (("原件", entry.originals), ("复印件", entry.photocopies))
    return "，".join(f"{form} {count} 份" for form, count in parts if count) or "0 份"


def _names(plan: Plan, errands: Iterable[str], between: str = "、") -> str:
    return between.join(plan.errands[name].shown.text for name in errands)


def _span(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}-{high}"

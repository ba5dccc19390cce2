"""Figures about the guides, computed from the catalogue, with small charts."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from generator.kinds import all_kinds
from generator.kinds.guide import Guide
from generator.render.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: what it is, how much, in which unit, how it was counted, and a drawing."""

    label: str
    value: str
    unit: str
    note: str
    chart: Markup


def statistics(site: Site) -> list[Figure]:
    """Return the figures of the 数据 page: guides, fully online, at most one visit, free, cut of time limits."""
    guides = [guide for guide in site.catalogue.all_of(Guide) if not guide.is_withdrawn(site.today)]
    total = len(guides)
    online = sum(guide.online.level == "Ⅳ级" for guide in guides)
    once = sum(guide.visit.count <= 1 for guide in guides)
    free = sum(not guide.fees for guide in guides)
    kinds = {model.kind.label: len(site.catalogue.of_kind(name)) for name, model in all_kinds().items()}
    return [
        Figure(label="在用办事指南", value=str(total), unit="项", note="不含暂停和取消的事项", chart=bars(kinds)),
        _share("全程网办", online, total, "网办等级为Ⅳ级的事项"),
        _share("最多跑一次", once, total, "到办事现场次数为 0 或 1 的事项"),
        _share("不收费", free, total, "没有任何收费项目的事项"),
        _time_cut(guides),
    ]


def _share(label: str, part: int, total: int, note: str) -> Figure:
    percent = round(100 * part / total) if total else 0
    return Figure(
        label=label,
        value=str(percent),
        unit="%",
        note=f"{note}，{total} 项中有 {part} 项",
        chart=share_bar(percent, label),
    )


def _time_cut(guides: list[Guide]) -> Figure:
    """Compare promised with statutory limits where both are in the same unit, or the promise is 当场."""
    cuts = [
        1 - guide.time.promised.number / limit.number
        for guide in guides
        if (limit := guide.time.statutory)
        and limit.number
        and (limit.unit == guide.time.promised.unit or guide.time.promised.number == 0)
    ]
    percent = round(100 * sum(cuts) / len(cuts)) if cuts else 0
    note = f"承诺时限比法定时限平均缩短，{len(cuts)} 项两种时限单位相同、可以比较"
    return Figure(label="时限压缩", value=str(percent), unit="%", note=note, chart=share_bar(percent, "时限压缩"))


def share_bar(percent: int, label: str) -> Markup:
    """Draw a share as one horizontal bar."""
    return Markup(
        f'<svg class="share" viewBox="0 0 200 12" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(label)} {percent}%">'
        f'<rect class="share-all" width="200" height="12" rx="2"/>'
        f'<rect class="share-part" width="{2 * percent}" height="12" rx="2"/></svg>'
    )


def bars(values: dict[str, int]) -> Markup:
    """Draw numbers as labelled horizontal bars."""
    most = max(values.values(), default=1) or 1
    rows = "".join(
        _bar(26 * number, label, count, max(1, round(180 * count / most)))
        for number, (label, count) in enumerate(values.items())
    )
    said = escape("，".join(f"{label} {count}" for label, count in values.items()))
    height = 26 * len(values) + 4
    return Markup(f'<svg class="bars" viewBox="0 0 310 {height}" role="img" aria-label="{said}">{rows}</svg>')


def _bar(top: int, label: str, count: int, width: int) -> str:
    return (
        f'<text x="0" y="{top + 17}">{escape(label)}</text>'
        f'<rect class="share-part" x="90" y="{top + 4}" width="{width}" height="17" rx="2"/>'
        f'<text x="{96 + width}" y="{top + 17}">{count}</text>'
    )

"""What a guide's page has to say: the eight kinds of key elements and the fourteen core ones, read from its facts."""

from __future__ import annotations

from collections.abc import Mapping

from generator.audit.site import Audited
from generator.kinds.guide import Guide

# Label → the beginnings of the paths of facts of which one has to stand on the page.
KEY_ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "事项名称": ("name",),
    "设定依据": ("basis.",),
    "申请条件": ("conditions.",),
    "办理材料": ("materials.", "bring.brief"),
    "办理地点": ("place.where", "visit.place", "online.computer", "online.mobile"),
    "办理时间": ("place.hours", "visit.hours", "online.computer", "online.mobile"),
    "联系电话": ("consult.phone",),
    "办理流程": ("steps.",),
}
CORE_ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "事项名称": ("name",),
    "实施主体": ("department",),
    "办理条件": ("conditions.",),
    "申请材料": ("materials.", "bring.brief"),
    "办理流程": ("steps.",),
    "办理时限": ("time.promised",),
    "收费标准": ("fee.amount", "fees.", "free_basis"),
    "办理地点": KEY_ELEMENTS["办理地点"],
    "办理时间": KEY_ELEMENTS["办理时间"],
    "咨询电话": ("consult.phone",),
    "监督电话": ("complain.phone",),
    "网办深度": ("online.available", "online.depth", "online.level"),
    "结果送达方式": ("result.delivery.", "result.delivery"),
}
"""Thirteen of the fourteen: the last, 表格下载, is about files."""


def missing_key_elements(audited: Audited, guide: Guide) -> list[str]:
    """Return the kinds of key elements that a guide's page lacks; all of them where there is no page."""
    return _missing(audited, guide, KEY_ELEMENTS)


def missing_core_elements(audited: Audited, guide: Guide) -> list[str]:
    """Return the core elements that a guide's page lacks."""
    return _missing(audited, guide, CORE_ELEMENTS)


def _missing(audited: Audited, guide: Guide, elements: Mapping[str, tuple[str, ...]]) -> list[str]:
    page = audited.at(f"{guide.path}/")
    shown = [path for path, value in page.facts.items() if value] if page else []
    return [label for label, starts in elements.items() if not any(path.startswith(starts) for path in shown)]

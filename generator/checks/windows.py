"""Windows: guides name windows that exist and may handle them, and windows have something to handle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem, body_name
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.near_miss import guess

OF_DEPARTMENT = "部门窗口"
_SEPARATORS = re.compile("[、，,；; /]+")


def guides_name_existing_windows(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides that name a window their hall does not have, or windows without a hall (同一事实处处一致)."""
    for guide in catalogue.all_of(Guide):
        named = list(_named_windows(guide))
        if named and not guide.hall:
            message, hint = "写了窗口号，没有写是哪个大厅", "请补上 hall，或把地点写在 visit.place。"
            path = named[0][0][:-1]
            yield Finding(item=guide, path=path, code="windows-without-hall", message=message, hint=hint)
        hall = catalogue.find("hall", guide.hall) if guide.hall else None
        if not isinstance(hall, Hall):
            continue
        known = [window.no for window in hall.windows]
        if len(set(known)) < len(known):
            continue  # two windows bear one number, which is told there: the other may be the one that is meant
        for path, no in named:
            if no not in known:
                apart = [one for one in _SEPARATORS.split(no) if one in known]
                if len(apart) > 1:
                    message, hint = f"「{no}」是几个窗口写在了一起", f"请分开写成 [{', '.join(apart)}]。"
                    yield Finding(item=guide, path=path, code="unknown-window", message=message, hint=hint)
                    continue
                message = f"「{hall.name}」没有 {no} 窗口"
                hint = f"{guess(no, known)}请核对墙上挂的号，或先在大厅文件里加上这个窗口。"
                yield Finding(item=guide, path=path, code="unknown-window", message=message, hint=hint)


def windows_belong_to_the_department(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides at a window where their department does not sit (窗口屏 must equal the window directory)."""
    for guide in catalogue.all_of(Guide):
        hall = catalogue.find("hall", guide.hall) if guide.hall else None
        if not isinstance(hall, Hall) or not catalogue.find("department", guide.department):
            continue
        for path, no in _named_windows(guide):
            window = hall.window(no)
            if (
                window
                and window.kind == OF_DEPARTMENT
                and window.departments
                and all(catalogue.find("department", each) for each in window.departments)
                and guide.department not in window.departments
            ):
                names = "、".join(body_name(catalogue, each) for each in window.departments)
                message = f"{no} 是{names}的窗口，本事项的实施主体是{body_name(catalogue, guide.department)}"
                hint = "请核对窗口号；换了窗口的，在大厅文件里改进驻部门。"
                yield Finding(item=guide, path=path, code="window-department", message=message, hint=hint)


def stopped_items_leave_their_windows(catalogue: Catalogue) -> Iterator[Finding]:
    """Find suspended, cancelled or ended items that still name windows (取消、暂停的事项从各处撤下)."""
    for guide in catalogue.all_of(Guide):
        ended = guide.planned_end is not None and guide.planned_end < catalogue.today
        named = list(_named_windows(guide))
        if named and (guide.status in ("暂停", "取消") or ended):
            stopped = (
                f"事项状态是「{guide.status}」" if guide.status != "在用" else f"计划取消日期 {guide.planned_end} 已过"
            )
            yield Finding(
                item=guide,
                path=named[0][0][:-1],
                code="withdrawn-with-windows",
                message=f"{stopped}，还写着窗口 {'、'.join(dict.fromkeys(no for _, no in named))}",
                hint="停办的事项要从窗口屏和平面图撤下；请删掉 windows，恢复办理时再写。",
            )


def department_windows_have_a_department(catalogue: Catalogue) -> Iterator[Finding]:
    """Find department windows at which no department sits (窗口屏: window number, department, items)."""
    for hall in catalogue.all_of(Hall):
        for index, window in enumerate(hall.windows):
            if window.kind == OF_DEPARTMENT and not window.departments:
                yield Finding(
                    item=hall,
                    path=("windows", index, "kind"),
                    code="window-without-department",
                    message=f"窗口 {window.no} 是部门窗口，没有写进驻部门",
                    hint="请在 departments 写部门编号；不分部门的改为「综合窗口」。",
                )


def department_windows_handle_something(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of department windows that no guide in force names (窗口屏 would stay empty)."""
    if catalogue.lacks("guide"):
        return  # the guide that names it may be one that could not be read
    for hall in catalogue.all_of(Hall):
        # Guides whose hall is missing or misspelt may mean this one.
        guides = [
            guide
            for guide in catalogue.all_of(Guide)
            if guide.hall == hall.id or not (guide.hall and catalogue.find("hall", guide.hall))
        ]
        in_force = [guide for guide in guides if not guide.is_withdrawn(catalogue.today)]
        # Several that stand in one place are told there, and not here again.
        busy = {no for guide in in_force for _, several in _named_windows(guide) for no in _SEPARATORS.split(several)}
        for index, window in enumerate(hall.windows):
            if window.kind == OF_DEPARTMENT and window.no not in busy:
                yield Finding(
                    item=hall,
                    path=("windows", index, "no"),
                    code="idle-window",
                    message=f"窗口 {window.no}「{window.name}」没有办理任何事项",
                    hint="请在办事指南的 windows 里写上它，或从大厅撤下这个窗口。",
                    severity="warning",
                )


def _named_windows(guide: Guide) -> Iterator[tuple[PathInItem, str]]:
    """Yield the windows of a guide with their places, those of single cases after its own."""
    for index, no in enumerate(guide.windows):
        yield ("windows", index), no
    for row, difference in enumerate(guide.differences):
        for index, no in enumerate(difference.windows):
            yield ("differences", row, "windows", index), no

"""Guides: the eight key elements, dates and successors, and materials that can be handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem, called
from generator.checks.service import offered
from generator.guide_parts import MaterialUse
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.problems import Severity


def _has_basis(guide: Guide) -> bool:
    return any(basis.policy or basis.title or basis.number for basis in guide.basis)


def _has_place(guide: Guide) -> bool:
    return bool((guide.hall and guide.windows) or guide.visit.place or guide.online.available) or guide.status == "暂停"


def _has_hours(guide: Guide) -> bool:
    """Tell whether the hours are known; a hall brings its own, and online items are open at all times."""
    only_online = guide.online.available and not guide.visit.place
    return bool(guide.hall or guide.visit.hours) or only_online or guide.status == "暂停"


_ONE_CONDITION = "同一材料只写一条，几种情形都要的用 or 连在一个 when 里；份数不同的写在 note 里。"


class Element(NamedTuple):
    """A key element: where it stands, how to tell that it is there, how to mend its absence."""

    label: str
    path: PathInItem
    is_there: Callable[[Guide], bool]
    hint: str
    severity: Severity = "error"


# The eight 办事指南重点要素类别 of 政府网站与政务新媒体检查指标 (国办秘函〔2019〕19号), 单项否决 V6.
# The types already demand a name, a condition and a step; the whole list stands here all the same.
KEY_ELEMENTS = (
    Element("事项名称", ("name",), lambda guide: bool(guide.name), "请补上 name。"),
    Element("设定依据", ("basis",), _has_basis, "请在 basis 写依据文件的编号，或名称和文号。"),
    Element("申请条件", ("conditions",), lambda guide: bool(guide.conditions), "请补上 conditions，每条一项。"),
    Element(
        "办理材料",
        ("materials",),
        lambda guide: bool(guide.materials),
        "请补上 materials；确实不用交材料的，在 accepted 里说明。",
        "warning",
    ),
    Element("办理地点", ("visit",), _has_place, "请写大厅和窗口（hall、windows），或 visit.place，或网上办理地址。"),
    Element("办理时间", ("visit",), _has_hours, "不在大厅办理的，请写 visit.hours，例如 工作日 09:00-12:00。"),
    Element("联系电话", ("consult",), lambda guide: bool(guide.consult.phone), "请补上 consult.phone，带区号。"),
    Element("办理流程", ("steps",), lambda guide: bool(guide.steps), "请补上 steps。"),
)


def key_elements_are_there(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides that lack one of the eight key elements (国办秘函〔2019〕19号, 单项否决 服务不实用)."""
    for guide in offered(catalogue):
        for element in KEY_ELEMENTS:
            if element.path == ("visit",) and guide.windows and not guide.hall:
                continue  # the windows are there, and that their hall is not is told there
            if not element.is_there(guide):
                yield Finding(
                    item=guide,
                    path=element.path,
                    code="key-element-missing",
                    message=f"缺少重点要素「{element.label}」",
                    hint=element.hint,
                    severity=element.severity,
                )


def reviews_are_done(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of guides whose review is overdue (a law revision can change materials, fee and place at once)."""
    for guide in catalogue.all_of(Guide):
        if guide.revised <= guide.review_by < catalogue.today and not guide.is_withdrawn(catalogue.today):
            yield Finding(
                item=guide,
                path=("review_by",),
                code="review-overdue",
                message=f"应在 {guide.review_by} 前复核，已过期 {(catalogue.today - guide.review_by).days} 天",
                hint=f"请「{guide.owner}」与现行文件核对，改 revised 和 review_by。",
                severity="warning",
            )


def dates_are_in_order(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides that end before they start, or are reviewed before their revision (计划生效日期、计划取消日期)."""
    for guide in catalogue.all_of(Guide):
        start, end = guide.planned_start, guide.planned_end
        if start and end and end < start:
            message = f"计划取消日期 {end} 早于计划生效日期 {start}"
            yield Finding(
                item=guide, path=("planned_end",), code="planned-dates", message=message, hint="请核对两个日期。"
            )
        if guide.review_by < guide.revised:
            message = f"下次复核 {guide.review_by} 早于最近修订 {guide.revised}"
            yield Finding(
                item=guide, path=("review_by",), code="review-dates", message=message, hint="请核对两个日期。"
            )


def cancelled_items_say_what_follows(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of cancelled items without successor or note, and of successors that are cancelled (事项状态 3 取消)."""
    for guide in catalogue.all_of(Guide):
        successor = catalogue.find("guide", guide.successor) if guide.successor else None
        if guide.status == "取消" and not guide.successor and not guide.revision_note:
            path, code, message = ("status",), "successor-missing", "事项已取消，没有写接替事项，也没有修订说明"
            hint = "请写 successor（改办哪一项），或在 revision_note 说明为什么取消。"
        elif successor and successor.is_withdrawn(catalogue.today):
            path, code, message = ("successor",), "successor-withdrawn", f"接替事项{called(successor)}也已停办"
            hint = "请改为现在能办的事项。"
        else:
            continue
        yield Finding(item=guide, path=path, code=code, message=message, hint=hint, severity="warning")


def entrusted_bodies_name_who_entrusts(catalogue: Catalogue) -> Iterator[Finding]:
    """Find entrusted bodies without the department that entrusts them (实施主体性质 3 ⇒ 委托部门)."""
    for guide in offered(catalogue):
        if guide.body.nature == "受委托组织" and not guide.body.entrusted_by:
            yield Finding(
                item=guide,
                path=("body",),
                code="entrusted-by",
                message="实施主体性质是「受委托组织」，没有写委托部门",
                hint="请补上 body.entrusted_by。",
            )


def materials_are_listed_once(catalogue: Catalogue) -> Iterator[Finding]:
    """Find materials listed twice in one guide (行政许可法第三十条: the complete list of materials)."""
    for guide, index, use in _uses(catalogue):
        if any(other.material == use.material for other in guide.materials[:index]):
            yield Finding(
                item=guide,
                path=("materials", index, "material"),
                code="duplicate-material",
                message=f"材料「{use.material}」写了两次",
                hint=_ONE_CONDITION if use.when else "同一材料只写一条；几种情形的份数不同的，写在 case 和 note 里。",
            )


def needed_materials_have_copies(catalogue: Catalogue) -> Iterator[Finding]:
    """Find paper that must be handed in, in no copy (纸质份数; 材料清晰, 政府网站检查指标)."""
    for guide, index, use in _uses(catalogue):
        if use.copies == 0 and use.necessity == "必要" and not use.exempt and use.medium != "电子":
            yield Finding(
                item=guide,
                path=("materials", index, "copies"),
                code="zero-copies",
                message=f"必要材料「{use.material}」的份数是 0",
                hint="请写份数；只看原件、不收的写 1 并在 note 说明；不用带的写 exempt: true。",
            )


def exempt_materials_come_from_elsewhere(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of materials that need not be brought and yet are the applicant's own (国务院令第716号第七条)."""
    for guide, index, use in _uses(catalogue):
        if use.exempt and use.source == "申请人自备":
            yield Finding(
                item=guide,
                path=("materials", index, "source"),
                code="exempt-self-provided",
                message=f"材料「{use.material}」免提交，来源渠道却是「申请人自备」",
                hint="能共享获取的，来源一般是「政府部门核发」；申请人要自己带的，删掉 exempt。",
                severity="warning",
            )


def hall_visits_have_one_place(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of guides in a hall that name a second place or other hours (同一事实处处一致: 办理地点、办理时间)."""
    for guide in offered(catalogue):
        hall = catalogue.find("hall", guide.hall) if guide.hall else None
        if isinstance(hall, Hall) and guide.visit.hours:
            yield Finding(
                item=guide,
                path=("visit", "hours"),
                code="hours-twice",
                message=f"在「{hall.name}」办理，又另写了办理时间",
                hint="在大厅办的用大厅的时间，请删掉 visit.hours；确实不同的在 accepted 里说明。",
                severity="warning",
            )


def _uses(catalogue: Catalogue) -> Iterator[tuple[Guide, int, MaterialUse]]:
    for guide in offered(catalogue):
        for index, use in enumerate(guide.materials):
            yield guide, index, use

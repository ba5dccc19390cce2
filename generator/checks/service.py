"""The audit rules of city item bases on how an item is handled: time, visits, applying online, paying.

Rules 1–8 of the consistency rules for service items; rule 2 is also law. Cancelled items are left as they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.checks.case_survey import cases_here, label_of
from generator.checks.finding import Finding
from generator.guide_cases import different_in
from generator.guide_parts import Step
from generator.kinds.guide import Guide
from generator.parts import Duration
from generator.problems import Severity

LICENCE = "行政许可"
LICENCE_STEPS = ("受理", "审查", "决定", "办结", "送达")
LONGEST_HOLIDAY = 9  # days, Spring Festival with its shifted weekends


def promise_fits_the_kind(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides where 当场办结 and 即办件 do not go together (audit rule 1: 承诺=即办 ⇔ 办件类型=即办件)."""
    for guide in offered(catalogue):
        at_once, kind = guide.time.promised.number == 0, guide.handling.kind
        if at_once == (kind == "即办件"):
            continue
        promised = guide.time.promised.headline()[1]
        yield Finding(
            item=guide,
            path=("handling", "kind"),
            code="promise-kind",
            message=f"办件类型是「{kind}」，承诺办结时限却是 {promised}",
            hint="当场办结（时限数 0）的是即办件，其余是承诺件；请改其中一处。",
        )


def promise_keeps_the_statute(catalogue: Catalogue) -> Iterator[Finding]:
    """Find promises longer than the statutory limit (audit rule 2; 优化营商环境条例第三十六条)."""
    for guide in offered(catalogue):
        promised, statutory = guide.time.promised, guide.time.statutory
        if statutory and certainly_longer(promised, statutory):
            yield Finding(
                item=guide,
                path=("time", "promised", "number"),
                code="promise-exceeds-statute",
                message=f"承诺 {promised.headline()[1]}，超过法定的 {statutory.headline()[1]}",
                hint="承诺时限不得长于法定时限（优化营商环境条例第三十六条）；请核对数字和单位。",
            )


def steps_keep_the_promise(catalogue: Catalogue) -> Iterator[Finding]:
    """Find procedures whose steps together take longer than promised (audit rule 3); only equal units are added."""
    for guide in offered(catalogue):
        message = next(filter(None, (_excess(procedure) for procedure in _procedures(guide))), "")
        if message:
            hint = "请缩短环节时限，或改承诺办结时限。"
            yield Finding(item=guide, path=("steps",), code="steps-exceed-promise", message=message, hint=hint)


def _excess(procedure: Procedure) -> str:
    """Say by how much the steps of a procedure exceed its promise, empty where they don't."""
    promised = procedure.promised
    days = [step.days.number for step in procedure.steps if step.days and step.days.unit == promised.unit]
    if sum(days) <= promised.number:
        return ""
    added = " + ".join(str(number) for number in days if number)
    breakdown = f"（{added}）" if "+" in added else ""
    total = f"{sum(days)} 个{promised.unit}{breakdown}"
    return f"{procedure.case}各环节时限合计 {total}，超过承诺的 {promised.headline()[1]}"


def licences_show_all_steps(catalogue: Catalogue) -> Iterator[Finding]:
    """Find licences whose procedure is not 受理→审查→决定→办结→送达 (audit rule 4)."""
    for guide in offered(catalogue):
        if guide.type != LICENCE:
            continue
        whole = _missing_steps(Procedure("", guide.steps, guide.time.promised))
        # A case may be one step at a machine; whether it is, only the editor knows.
        message = whole or next(filter(None, map(_missing_steps, _procedures(guide))), "")
        severity: Severity = "error" if whole else "warning"
        if message:
            hint = f"行政许可的流程依次写明{'→'.join(LICENCE_STEPS)}，环节名称里要有这些词。"
            yield Finding(
                item=guide, path=("steps",), code="licence-steps", message=message, hint=hint, severity=severity
            )


def _missing_steps(procedure: Procedure) -> str:
    """Say what a licence's procedure lacks or has in a wrong order, empty where it is right."""
    names = [step.name for step in procedure.steps]
    missing = [word for word in LICENCE_STEPS if not any(word in name for name in names)]
    if missing:
        return f"{procedure.case}行政许可的办理流程缺{'、'.join(f'「{word}」' for word in missing)}"
    if not _in_order(names):
        return f"{procedure.case}办理流程的次序是{'→'.join(names)}，与行政许可的次序不符"
    return ""


class Procedure(NamedTuple):
    """Steps that follow each other, the promise that they have to keep, and in which case, if in one of several."""

    case: str
    steps: tuple[Step, ...]
    promised: Duration


def _procedures(guide: Guide) -> Iterator[Procedure]:
    """Yield a guide's procedure, or that of each case where they differ; none where a condition is wrong."""
    promises = any(difference.promised for difference in guide.differences)
    if not promises and not any(step.when for step in guide.steps):
        yield Procedure("", guide.steps, guide.time.promised)
        return
    for case in cases_here(guide):
        found = guide.applying(case.answers)
        promised = different_in(found.differences).promised or guide.time.promised
        yield Procedure(f"{label_of(case)}：" if case.chosen else "", found.steps, promised)


def visits_have_reasons(catalogue: Catalogue) -> Iterator[Finding]:
    """Find visits without a reason and reasons without a visit (audit rule 5)."""
    for guide in offered(catalogue):
        count, reasons = guide.visit.count, guide.visit.reasons
        if bool(count) == bool(reasons):
            continue
        if count:
            message, hint = (
                f"要到现场 {count} 次，没有写原因",
                "请在 visit.reasons 写明为什么必须到现场；能不跑的把次数改为 0。",
            )
        else:
            message, hint = "到现场次数是 0，却写了必须现场办理的原因", "不用跑就删掉 reasons；要跑就改次数。"
        yield Finding(item=guide, path=("visit", "count"), code="visit-reasons", message=message, hint=hint)


def there_is_a_way_to_apply(catalogue: Catalogue) -> Iterator[Finding]:
    """Find items that need no visit, cannot be done online and do not take applications by post (audit rule 6)."""
    for guide in offered(catalogue):
        if guide.visit.count == 0 and not guide.online.available and "快递" not in guide.handling.forms:
            yield Finding(
                item=guide,
                path=("handling", "forms"),
                code="no-way-to-apply",
                message="不用到现场，也不能网办，办理形式里又没有「快递」",
                hint="请补上申请的途径：网上办理、快递，或者改到现场次数。",
            )


def fully_online_items_need_no_visit(catalogue: Catalogue) -> Iterator[Finding]:
    """Find items that are fully online (Ⅳ级) and yet need a visit (audit rule 7)."""
    for guide in offered(catalogue):
        if guide.online.level == "Ⅳ级" and guide.visit.count:
            yield Finding(
                item=guide,
                path=("visit", "count"),
                code="online-level-visits",
                message=f"网办等级是Ⅳ级（全程网办），到现场次数却是 {guide.visit.count}",
                hint="全程网办的次数应是 0；要到现场的，网办等级不到Ⅳ级。",
            )


def online_statements_agree(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn where 是否网办 contradicts 办理形式, level or address (audit rule 7; 国发〔2016〕55号)."""
    for guide in offered(catalogue):
        online, by_web = guide.online, "网上" in guide.handling.forms
        if online.available:
            message = "" if by_web else "可以网办，办理形式里却没有「网上」"
        else:
            said = [online.level, online.depth, online.computer, online.mobile]
            written = "、".join(value for value in ("「网上」这一办理形式" if by_web else None, *said) if value)
            message = f"不能网办，却写了{written}" if written else ""
        if message:
            yield Finding(
                item=guide,
                path=("online", "available"),
                code="online-contradiction",
                message=message,
                hint="请核对 online.available 与 handling.forms、网办等级和地址。",
                severity="warning",
            )


def charges_say_how_to_pay(catalogue: Catalogue) -> Iterator[Finding]:
    """Find charges that do not say whether they can be paid online, and payment where nothing is due (audit rule 8)."""
    for guide in offered(catalogue):
        if guide.fees and guide.payment is None:
            path, message, hint = ("fees",), "收费，却没有写能不能网上支付", "请补上 payment: {online: true 或 false}。"
        elif not guide.fees and guide.payment and guide.payment.online:
            path, message = ("payment",), "不收费，却写了支持网上支付"
            hint = "不收费就删掉 payment；收费的在 fees 写明项目和标准。"
        else:
            continue
        yield Finding(item=guide, path=path, code="fee-payment", message=message, hint=hint)


def offered(guides_of: Catalogue) -> Iterator[Guide]:
    """Yield the guides that are not cancelled."""
    return (guide for guide in guides_of.all_of(Guide) if guide.status != "取消")


def certainly_longer(promised: Duration, statutory: Duration) -> bool:
    """Compare conservatively across units: N working days never pass in fewer than N calendar days."""
    allowed = statutory.number
    if promised.unit == "自然日" and statutory.unit == "工作日" and allowed:
        # M working days take less than 2M calendar days and the longest holiday.
        allowed = 2 * allowed + LONGEST_HOLIDAY
    return promised.number > allowed


def _in_order(names: list[str]) -> bool:
    """Tell whether the five steps follow each other; rows may hold several, and others may stand between."""
    row = 0
    for word in LICENCE_STEPS:
        row = next((number for number, name in enumerate(names) if number >= row and word in name), len(names))
    return row < len(names)

"""What is due about what is published: reviews, rates, guides that begin or end, announcements that expire."""

from __future__ import annotations

from collections.abc import Iterator

from generator.agenda.entry import Due, said
from generator.catalogue import Catalogue
from generator.kinds.announcement import Announcement
from generator.kinds.fee import Fee, Rate
from generator.kinds.guide import Guide

_REVIEW = "review_by"
_WITHDRAWAL = "announcement-expired"
"""The code by which an editor says, in `accepted`, that an expired announcement stays, and why."""
_PUBLIC_NOTICE = ("公示", "名单")


def reviews_are_due(catalogue: Catalogue) -> Iterator[Due]:
    """Yield the next review of every item that has one and is in force."""
    for item in catalogue.items:
        day = getattr(item, _REVIEW, None)
        if day is None or item.is_withdrawn(catalogue.today):
            continue
        owner = getattr(item, "owner", "")
        who = f"请「{owner}」" if owner else "请"
        yield Due(
            kind="review",
            day=day,
            item=item,
            path=(_REVIEW,),
            message=("最迟在 ", said(catalogue, item, _REVIEW), " 复核"),
            action=f"{who}与现行文件核对，改 revised 和 review_by。",
        )


def fees_change(catalogue: Catalogue) -> Iterator[Due]:
    """Yield the next rate of each case of a fee, and the end of a rate that nothing follows."""
    for fee in catalogue.all_of(Fee):
        for number, rate in enumerate(fee.rates):
            yield from _rate_changes(catalogue, fee, rate, number)
        for number, reduction in enumerate(fee.reductions):
            if reduction.until and reduction.until >= catalogue.today:
                yield Due(
                    kind="fee-change",
                    day=reduction.until,
                    item=fee,
                    path=("reductions", number, "until"),
                    message=(f"第 {number + 1} 条减免到这一天为止",),
                    action="请核对以后还减不减免，有新文件的写进 reductions。",
                    severity="notice",
                    detail=f"reduction-{number + 1}",
                )


def _rate_changes(catalogue: Catalogue, fee: Fee, rate: Rate, number: int) -> Iterator[Due]:
    following, path = rate.next_after(catalogue.today), f"rates.{rate.id}"
    condition = said(catalogue, fee, f"{path}.condition")
    if following and following.start:
        amounts = (said(catalogue, fee, f"{path}.{name}") for name in ("amount", "next_amount"))
        before, after = amounts
        yield Due(
            kind="fee-change",
            day=following.start,
            item=fee,
            path=("rates", number),
            message=(condition, "：", before, " → ", after, _touched(catalogue, fee)),
            action="请核对收费系统和大厅的公示；这一天要重新生成。",
            severity="notice",
            detail=rate.id,
        )
    elif (until := rate.periods[-1].until) and until >= catalogue.today:
        yield Due(
            kind="fee-change",
            day=until,
            item=fee,
            path=("rates", number),
            message=(condition, "：现行标准到这一天为止，以后没有写", _touched(catalogue, fee)),
            action="请补上以后的标准和依据；不再收费的，金额写 0。",
            detail=rate.id,
        )


def _touched(catalogue: Catalogue, fee: Fee) -> str:
    """Say how much else changes with a fee: what refers to it, and what is made of that."""
    guides = catalogue.referring("guide", fee)
    bundles = {item.path for guide in guides for item in catalogue.referring("bundle", guide)}
    found = [f"{len(guides)} 份办事指南" if guides else "", f"{len(bundles)} 个一件事" if bundles else ""]
    return f"，{'、'.join(filter(None, found))}跟着变" if any(found) else ""


def guides_begin_and_end(catalogue: Catalogue) -> Iterator[Due]:
    """Yield the planned first and last days of guides that are still to come."""
    for guide in catalogue.all_of(Guide):
        for key, word, action in (
            ("planned_start", "这一天开始办理", "请确认窗口、系统、告知单都已备好；这一天要重新生成。"),
            ("planned_end", "办到这一天为止", "请写 successor（改办哪一项），并告诉窗口；下一天要重新生成。"),
        ):
            day = getattr(guide, key)
            if day and day >= catalogue.today:
                yield Due(
                    kind="planned",
                    day=day,
                    item=guide,
                    path=(key,),
                    message=(word,),
                    action=action,
                    severity="notice",
                    detail=key.removeprefix("planned_"),
                )


def announcements_expire(catalogue: Catalogue) -> Iterator[Due]:
    """Yield announcements that expire; what has expired is to be looked at until somebody says that it stays."""
    for announcement in catalogue.all_of(Announcement):
        if announcement.expires is None or _stays(announcement):
            continue
        is_notice = any(word in announcement.name for word in _PUBLIC_NOTICE)
        over = "公示期到这一天为止" if is_notice else "到这一天为止有效"
        yield Due(
            kind="announcement",
            day=announcement.expires,
            item=announcement,
            path=("expires",),
            message=(over,),
            action=_after_expiry(is_notice),
            severity="warning" if is_notice else "notice",
        )


def _stays(announcement: Announcement) -> bool:
    return any(acceptance.code == _WITHDRAWAL for acceptance in announcement.accepted)


def _after_expiry(is_notice: bool) -> str:
    first = "公示期过后看有没有个人信息，不再需要的撤下" if is_notice else "过期后看还要不要留在网上"
    return f"{first}；要留的，在 accepted 里写 {_WITHDRAWAL} 和理由。"

"""Disclosure catalogue: complete due rules, publication in time, and a place to find what is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.catalogue import Catalogue
from generator.checks.finding import Finding
from generator.kinds.disclosure import Disclosure, Due
from generator.workdays import add_workdays

WEBSITE = "政府网站"
EARLY_DAYS = 90
"""What is published this long before a yearly deadline already serves that year."""


def due_rules_are_complete(catalogue: Catalogue) -> Iterator[Finding]:
    """Find due rules without the number or the day that they need (公开时限, 基层政务公开标准目录)."""
    for entry in catalogue.all_of(Disclosure):
        due = entry.due
        if due.rule == "形成或变更后" and not due.days:
            message, hint = "没有写几日内公开", "请补上 due.days，例如 20，单位写在 due.unit。"
        elif due.rule == "每年" and _deadline_in(due, 2001) is None:
            message, hint = (
                f"每年的最迟日期「{due.month or '—'}月{due.day or '—'}日」不完整或不存在",
                "请写 due.month 和 due.day，例如 3 和 31。",
            )
        elif due.rule == "按约定日期" and due.on is None:
            message, hint = "没有写约定的日期", "请补上 due.on，写成 2026-12-31。"
        else:
            continue
        yield Finding(item=entry, path=("due",), code="due-incomplete", message=message, hint=hint)


def publications_are_in_time(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of entries not published by their deadline as of today (政府信息公开条例第二十六条)."""
    for entry in catalogue.all_of(Disclosure):
        deadline = missed_deadline(entry, catalogue.today)
        if deadline is None or entry.manner != "主动公开":
            continue
        last = f"最近公开是 {entry.published}" if entry.published else "还没有公开过"
        formed = f"信息 {entry.formed} 形成或变更，" if entry.formed and entry.due.rule != "每年" else ""
        yield Finding(
            item=entry,
            path=("published",) if entry.published else ("due",),
            code="disclosure-overdue",
            message=f"{formed}最迟应在 {deadline} 公开，{last}",
            hint="请尽快公开，并更新 published（政府信息公开条例第二十六条）；已经公开的，核对 formed 和 published。",
            severity="warning",
        )


def particular_audiences_are_named(catalogue: Catalogue) -> Iterator[Finding]:
    """Find entries for a particular group that do not name it (公开对象, 基层政务公开标准目录)."""
    for entry in catalogue.all_of(Disclosure):
        if entry.audience == "特定群体" and not entry.group:
            yield Finding(
                item=entry,
                path=("audience",),
                code="group-missing",
                message="公开对象是「特定群体」，没有写是谁",
                hint="请补上 group，例如 被征收人。",
            )


def published_entries_can_be_found(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of entries for the website without a place there (公开渠道和载体: a tick is a promise)."""
    for entry in catalogue.all_of(Disclosure):
        if WEBSITE in entry.channels and not entry.places and entry.manner == "主动公开":
            yield Finding(
                item=entry,
                path=("channels",),
                code="places-missing",
                message="公开渠道有「政府网站」，没有写在网站哪里能看到",
                hint="请在 places 写栏目名和地址。",
                severity="warning",
            )


def missed_deadline(entry: Disclosure, today: date) -> date | None:
    """Return the deadline that has passed without the latest information being public."""
    due = entry.due
    if due.rule == "每年":
        return _missed_year(due, entry.published, today)
    if entry.published and (entry.formed is None or entry.published >= entry.formed):
        return None
    deadline = _deadline_once(entry)
    return deadline if deadline and deadline < today else None


def coming_deadline(entry: Disclosure, today: date) -> date | None:
    """Return the next deadline, today included, that what is public does not meet yet."""
    if entry.due.rule == "每年":
        years = (_deadline_in(entry.due, today.year + later) for later in (0, 1))
        deadline = next((day for day in years if day and day >= today), None)
        return None if deadline is None or _serves(entry.published, deadline) else deadline
    if entry.published and (entry.formed is None or entry.published >= entry.formed):
        return None
    deadline = _deadline_once(entry)
    return deadline if deadline and deadline >= today else None


def _deadline_once(entry: Disclosure) -> date | None:
    return entry.due.on if entry.due.rule == "按约定日期" else _deadline_after(entry.due, entry.formed)


def _deadline_after(due: Due, formed: date | None) -> date | None:
    """Count from the day when the information was formed; 实时 and 长期 leave no days."""
    if formed is None:
        return None
    days = due.days or 0 if due.rule == "形成或变更后" else 0
    return add_workdays(formed, days) if due.unit == "工作日" else formed + timedelta(days=days)


def _missed_year(due: Due, published: date | None, today: date) -> date | None:
    this_year, last_year = _deadline_in(due, today.year), _deadline_in(due, today.year - 1)
    deadline = this_year if this_year and this_year < today else last_year
    if deadline is None:
        return None
    return None if _serves(published, deadline) else deadline


def _serves(published: date | None, deadline: date) -> bool:
    """Tell whether what was published last is that of the year of a deadline."""
    early = deadline - timedelta(days=EARLY_DAYS)
    return published is not None and (published.year >= deadline.year or published >= early)


def _deadline_in(due: Due, year: int) -> date | None:
    if not due.month or not due.day:
        return None
    try:
        return date(year, due.month, due.day)
    except ValueError:
        return None

"""What has to be published by a day: rows of the disclosure catalogue, and annual reports."""

from __future__ import annotations

from collections.abc import Iterator

from generator.agenda.entry import Due, Message, said
from generator.catalogue import Catalogue
from generator.checks.annual_reports import deadline_of
from generator.checks.disclosures import coming_deadline, missed_deadline
from generator.kinds.annual_report import AnnualReport
from generator.kinds.disclosure import Disclosure


def disclosures_are_due(catalogue: Catalogue) -> Iterator[Due]:
    """Yield what is to be published by its own rule and is not public yet (政府信息公开条例第二十六条)."""
    for entry in catalogue.all_of(Disclosure):
        if entry.manner != "主动公开":
            continue
        day = missed_deadline(entry, catalogue.today) or coming_deadline(entry, catalogue.today)
        if day:
            yield Due(
                kind="disclosure",
                day=day,
                item=entry,
                path=("published",) if entry.published else ("due",),
                message=_promise(catalogue, entry),
                action="请公开，并更新 published；已经公开的，核对 formed 和 published。",
            )


def _promise(catalogue: Catalogue, entry: Disclosure) -> Message:
    formed, published = (said(catalogue, entry, name) for name in ("formed", "published"))
    happened: Message = ("，信息形成或变更于 ", formed) if formed and entry.due.rule != "每年" else ()
    last: Message = ("，最近公开是 ", published) if published else ("，还没有公开过",)
    return said(catalogue, entry, "due"), *happened, *last


def annual_reports_are_due(catalogue: Catalogue) -> Iterator[Due]:
    """Yield the next report of each body that has published one (政府信息公开条例第四十九条)."""
    latest: dict[str | None, AnnualReport] = {}
    for report in sorted(catalogue.all_of(AnnualReport), key=lambda each: (each.year, each.id)):
        latest[report.department] = report
    for report in latest.values():
        yield Due(
            kind="annual-report",
            day=deadline_of(report, later=1),
            item=report,
            path=("year",),
            message=(f"{report.year + 1} 年度的报告还没有公布",),
            action="请在 items/reports/ 里补上；部门 1 月 31 日前、政府 3 月 31 日前公布。",
        )

"""Annual reports on disclosure: the sums of their tables, what is carried over, and publication in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem, called
from generator.item import Part
from generator.kinds.annual_report import AnnualReport, Applicants, Outcomes
from generator.schema import fields_of, label_at

_TOTAL = "total"
_RECEIVED = "一、本年新收"
_CARRIED = "二、上年结转"
_RESULTS = "三、办理结果（七）总计"
_PENDING = "四、结转下年度"


class Row(NamedTuple):
    """A row of a table with its place in the report."""

    path: PathInItem
    cells: Applicants | Outcomes


def totals_are_sums_of_their_rows(catalogue: Catalogue) -> Iterator[Finding]:
    """Find rows of tables 三 and 四 whose total is not the sum of their columns (国办公开办函〔2021〕30号)."""
    for report in catalogue.all_of(AnnualReport):
        for row in (*_rows(report.applications, ("applications",)), *_rows(report.disputes, ("disputes",))):
            added = sum(value for column, value in _columns(row.cells).items() if column != _TOTAL)
            if added != row.cells.total:
                yield Finding(
                    item=report,
                    path=(*row.path, _TOTAL),
                    code="report-row-sum",
                    message=f"「{_label(row.path)}」总计写的是 {row.cells.total}，各列相加是 {added}",
                    hint="请核对这一行的各列和总计。",
                )


def totals_are_sums_of_results(catalogue: Catalogue) -> Iterator[Finding]:
    """Find columns of table 三 whose （七）总计 is not the sum of the results (国办公开办函〔2021〕30号)."""
    for report in catalogue.all_of(AnnualReport):
        results = report.applications.results
        path: PathInItem = ("applications", "results")
        rows = [_columns(row.cells) for row in _rows(results, path) if row.path != (*path, _TOTAL)]
        for column, written in _columns(results.total).items():
            added = sum(row[column] for row in rows)
            if added != written:
                yield Finding(
                    item=report,
                    path=(*path, _TOTAL, column),
                    code="report-results-sum",
                    message=f"办理结果「（七）总计」的「{_column(column)}」写的是 {written}，各种结果相加是 {added}",
                    hint="请核对（一）至（六）各行的这一列。",
                )


def applications_balance(catalogue: Catalogue) -> Iterator[Finding]:
    """Find columns of table 三 where 一 + 二 is not 三总计 + 四 (国办公开办函〔2021〕30号)."""
    for report in catalogue.all_of(AnnualReport):
        table = report.applications
        parts = (table.received, table.carried, table.results.total, table.pending)
        received, carried, handled, pending = map(_columns, parts)
        for column in received:
            came, went = received[column] + carried[column], handled[column] + pending[column]
            if came != went:
                first = f"{_RECEIVED} {received[column]} + {_CARRIED} {carried[column]} = {came}"
                second = f"{_RESULTS} {handled[column]} + {_PENDING} {pending[column]} = {went}"
                yield Finding(
                    item=report,
                    path=("applications",),
                    code="report-balance",
                    message=f"表三「{_column(column)}」一列不平：{first}，{second}",
                    hint="一 + 二 应等于 三的总计 + 四，请核对这一列的四个数。",
                )


def pending_applications_are_carried_over(catalogue: Catalogue) -> Iterator[Finding]:
    """Find columns where last year's 四 is not this year's 二 of the same body (国办公开办函〔2021〕30号)."""
    reports = {(report.department, report.year): report for report in catalogue.all_of(AnnualReport)}
    for (body, year), report in reports.items():
        before = reports.get((body, year - 1))
        if before is None:
            continue
        left, carried = _columns(before.applications.pending), _columns(report.applications.carried)
        for column in carried:
            if left[column] != carried[column]:
                yield Finding(
                    item=report,
                    path=("applications", "carried"),
                    code="report-carried",
                    message=(
                        f"「{_CARRIED}」的「{_column(column)}」写的是 {carried[column]}，"
                        f"{year - 1} 年度报告「{_PENDING}」是 {left[column]}"
                    ),
                    hint=f"两个数应当相同，请核对{called(before)}。",
                )


def reports_are_published_in_time(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of reports published after 31 January or, for a government, 31 March (政府信息公开条例第四十九条)."""
    for report in catalogue.all_of(AnnualReport):
        latest = deadline_of(report)
        if report.published > latest:
            yield Finding(
                item=report,
                path=("published",),
                code="report-late",
                message=f"{report.year} 年度报告最迟应在 {latest} 公布，写的是 {report.published}",
                hint="部门 1 月 31 日前、政府 3 月 31 日前公布（政府信息公开条例第四十九条）；请核对日期。",
                severity="warning",
            )


def reports_follow_their_year(catalogue: Catalogue) -> Iterator[Finding]:
    """Find reports published before their year was over, which cannot be (政府信息公开条例第四十九条)."""
    for report in catalogue.all_of(AnnualReport):
        if report.published.year <= report.year:
            yield Finding(
                item=report,
                path=("published",),
                code="report-early",
                message=f"{report.published} 公布的不会是 {report.year} 年度报告",
                hint="年度报告在次年公布；请核对 year 和 published。",
            )


def every_year_has_a_report(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of a body whose next report is overdue, and find a year with two (政府信息公开条例第四十九条)."""
    latest: dict[str | None, AnnualReport] = {}
    for report in sorted(catalogue.all_of(AnnualReport), key=lambda entry: (entry.year, entry.id)):
        earlier = latest.get(report.department)
        latest[report.department] = report
        if earlier and earlier.year == report.year:
            yield Finding(
                item=report,
                path=("year",),
                code="report-twice",
                message=f"{report.year} 年度已有一份报告：{called(earlier)}",
                hint="一个单位一年只有一份；请合并，或核对 year 和 department。",
            )
    for report in latest.values():
        due = deadline_of(report, later=1)
        if due < catalogue.today:
            yield Finding(
                item=report,
                path=("year",),
                code="report-missing",
                message=f"{report.year + 1} 年度的报告最迟应在 {due} 公布，还没有",
                hint="请在 items/reports/ 里补上（政府信息公开条例第四十九条）。",
                severity="warning",
            )


def deadline_of(report: AnnualReport, later: int = 0) -> date:
    """Return the last day for a report, or for the one that comes so many years after it."""
    year = report.year + 1 + later
    return date(year, 1, 31) if report.department else date(year, 3, 31)


def _rows(part: Part, path: PathInItem) -> Iterator[Row]:
    """Yield the rows of a table in their order, those of inner groups included."""
    for spec in fields_of(type(part)):
        value = getattr(part, spec.attribute)
        if isinstance(value, Applicants | Outcomes):
            yield Row((*path, spec.key), value)
        elif isinstance(value, Part):
            yield from _rows(value, (*path, spec.key))


def _columns(cells: Applicants | Outcomes) -> Mapping[str, int]:
    return {spec.key: getattr(cells, spec.attribute) for spec in fields_of(type(cells))}


def _label(path: PathInItem) -> str:
    """Return the label of a row with that of the group above it: （三）不予公开·2.其他法律行政法规禁止公开."""
    return label_at(AnnualReport, path).partition("·")[2].removeprefix("三、本年度办理结果·")


def _column(column: str) -> str:
    return next(spec.label for spec in fields_of(Applicants) if spec.key == column)

"""The rules about annual reports on disclosure: for each a finding, in full, and what raises none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import MakeCatalogue, overridden
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.catalogue import catalogue_of
from generator.checks import annual_reports
from generator.kinds.annual_report import AnnualReport

REPORT = """\
name: 小区2025年度政府信息公开工作年度报告
year: 2025
published: 2026-03-20
summary: [总体情况。]
disclosed: {licences: 3}
applications:
  received: {person: 5, company: 1, total: 6}
  carried: {person: 1, total: 1}
  results:
    granted: {person: 4, total: 4}
    refused:
      secret: {person: 1, total: 1}
    total: {person: 5, total: 5}
  pending: {person: 1, company: 1, total: 2}
disputes:
  review: {upheld: 1, total: 1}
problems: [没有。]
remarks: [没有收取信息处理费。]
"""
BEFORE = """\
name: 小区2024年度政府信息公开工作年度报告
year: 2024
published: 2025-03-20
applications:
  received: {person: 1, total: 1}
  results: {total: {}}
  pending: {person: 1, total: 1}
"""
RULES = (
    annual_reports.totals_are_sums_of_their_rows,
    annual_reports.totals_are_sums_of_results,
    annual_reports.applications_balance,
    annual_reports.pending_applications_are_carried_over,
    annual_reports.reports_are_published_in_time,
    annual_reports.reports_follow_their_year,
    annual_reports.every_year_has_a_report,
)


def report(changes: str = "") -> str:
    """Return a report that differs from the sound one."""
    return overridden(REPORT, changes)


def changed(right: str, wrong: str) -> str:
    """Return the sound report with one line written otherwise."""
    assert REPORT.count(right) == 1
    return REPORT.replace(right, wrong)


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_report_raises_nothing(make_catalogue: MakeCatalogue, rule: object) -> None:
    world = make_catalogue({"reports/all-2025": REPORT, "reports/all-2024": report(BEFORE)})
    assert world.found(rule) == []  # type: ignore[arg-type]


def test_a_rows_total_is_the_sum_of_its_columns(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue(
        {"reports/all-2025": changed("secret: {person: 1, total: 1}", "secret: {person: 2, total: 1}")}
    )
    assert world.found(annual_reports.totals_are_sums_of_their_rows) == [
        "reports/all-2025 applications.results.refused.secret.total error report-row-sum",
        "「（三）不予公开·1.属于国家秘密」总计写的是 1，各列相加是 2",
        "请核对这一行的各列和总计。",
    ]


def test_the_total_of_a_row_of_disputes_is_its_sum(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue({"reports/all-2025": changed("{upheld: 1, total: 1}", "{upheld: 1, pending: 2, total: 1}")})
    assert world.found(annual_reports.totals_are_sums_of_their_rows) == [
        "reports/all-2025 disputes.review.total error report-row-sum",
        "「行政复议」总计写的是 1，各列相加是 3",
        "请核对这一行的各列和总计。",
    ]


def test_the_total_of_results_is_their_sum_in_each_column(make_catalogue: MakeCatalogue) -> None:
    wrong = changed("    granted: {person: 4, total: 4}", "    granted: {person: 3, company: 1, total: 4}")
    world = make_catalogue({"reports/all-2025": wrong})
    assert world.found(annual_reports.totals_are_sums_of_results) == [
        "reports/all-2025 applications.results.total.person error report-results-sum",
        "办理结果「（七）总计」的「自然人」写的是 5，各种结果相加是 4",
        "请核对（一）至（六）各行的这一列。",
        "reports/all-2025 applications.results.total.company error report-results-sum",
        "办理结果「（七）总计」的「商业企业」写的是 0，各种结果相加是 1",
        "请核对（一）至（六）各行的这一列。",
    ]


def test_what_came_is_what_was_handled_or_is_left(make_catalogue: MakeCatalogue) -> None:
    wrong = changed("pending: {person: 1, company: 1, total: 2}", "pending: {person: 1, total: 1}")
    world = make_catalogue({"reports/all-2025": wrong})
    assert world.found(annual_reports.applications_balance) == [
        "reports/all-2025 applications error report-balance",
        "表三「商业企业」一列不平：一、本年新收 1 + 二、上年结转 0 = 1，"
        "三、办理结果（七）总计 0 + 四、结转下年度 0 = 0",
        "一 + 二 应等于 三的总计 + 四，请核对这一列的四个数。",
        "reports/all-2025 applications error report-balance",
        "表三「总计」一列不平：一、本年新收 6 + 二、上年结转 1 = 7，三、办理结果（七）总计 5 + 四、结转下年度 1 = 6",
        "一 + 二 应等于 三的总计 + 四，请核对这一列的四个数。",
    ]


def test_what_was_left_is_carried_over_to_the_next_year(make_catalogue: MakeCatalogue) -> None:
    before = report(BEFORE).replace("pending: {person: 1, total: 1}", "pending: {company: 1, total: 1}")
    world = make_catalogue({"reports/all-2025": REPORT, "reports/all-2024": before})
    assert world.found(annual_reports.pending_applications_are_carried_over) == [
        "reports/all-2025 applications.carried error report-carried",
        "「二、上年结转」的「自然人」写的是 1，2024 年度报告「四、结转下年度」是 0",
        "两个数应当相同，请核对「小区2024年度政府信息公开工作年度报告」（reports/all-2024）。",
        "reports/all-2025 applications.carried error report-carried",
        "「二、上年结转」的「商业企业」写的是 0，2024 年度报告「四、结转下年度」是 1",
        "两个数应当相同，请核对「小区2024年度政府信息公开工作年度报告」（reports/all-2024）。",
    ]


def test_another_bodys_report_carries_nothing_over(make_catalogue: MakeCatalogue) -> None:
    other = report(f"{BEFORE}department: police").replace("pending: {person: 1", "pending: {other: 1")
    world = make_catalogue({"reports/all-2025": REPORT, "reports/police-2024": other})
    assert world.found(annual_reports.pending_applications_are_carried_over) == []


@pytest.mark.parametrize(
    ("body", "last", "next_day"),
    [("", "2026-03-31", "2026-04-01"), ("department: police\n", "2026-01-31", "2026-02-01")],
)
def test_reports_are_public_by_their_day(make_catalogue: MakeCatalogue, body: str, last: str, next_day: str) -> None:
    in_time = make_catalogue({"reports/all-2025": report(f"{body}published: {last}")})
    assert in_time.found(annual_reports.reports_are_published_in_time) == []
    late = make_catalogue({"reports/all-2025": report(f"{body}published: {next_day}")})
    assert late.found(annual_reports.reports_are_published_in_time) == [
        "reports/all-2025 published warning report-late",
        f"2025 年度报告最迟应在 {last} 公布，写的是 {next_day}",
        "部门 1 月 31 日前、政府 3 月 31 日前公布（政府信息公开条例第四十九条）；请核对日期。",
    ]


def test_a_report_comes_after_its_year(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue({"reports/all-2025": report("published: 2025-12-31")})
    assert world.found(annual_reports.reports_follow_their_year) == [
        "reports/all-2025 published error report-early",
        "2025-12-31 公布的不会是 2025 年度报告",
        "年度报告在次年公布；请核对 year 和 published。",
    ]


def test_the_next_report_is_asked_for_once_its_day_is_over(make_catalogue: MakeCatalogue) -> None:
    files = {"reports/all-2025": REPORT}
    assert make_catalogue(files, "2027-03-31").found(annual_reports.every_year_has_a_report) == []
    assert make_catalogue(files, "2027-04-01").found(annual_reports.every_year_has_a_report) == [
        "reports/all-2025 year warning report-missing",
        "2026 年度的报告最迟应在 2027-03-31 公布，还没有",
        "请在 items/reports/ 里补上（政府信息公开条例第四十九条）。",
    ]


def test_a_body_has_one_report_a_year(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue({"reports/all-2025": REPORT, "reports/all-again": report("name: 再写一份")})
    assert world.found(annual_reports.every_year_has_a_report) == [
        "reports/all-again year error report-twice",
        "2025 年度已有一份报告：「小区2025年度政府信息公开工作年度报告」（reports/all-2025）",
        "一个单位一年只有一份；请合并，或核对 year 和 department。",
    ]


def test_a_wrong_sum_is_told_with_its_line(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue(
        {"reports/all-2025": changed("secret: {person: 1, total: 1}", "secret: {person: 2, total: 1}")}
    )
    assert world.said("report-row-sum").splitlines()[0] == (
        "items/reports/all-2025.yml:12:34: 错误: 「三、收到和处理政府信息公开申请情况·三、本年度办理结果·（三）不予公开"
        "·1.属于国家秘密·总计」「（三）不予公开·1.属于国家秘密」总计写的是 1，各列相加是 2 [report-row-sum]"
    )


ROW = st.fixed_dictionaries(
    {name: st.integers(0, 40) for name in ("person", "company", "research", "charity", "legal", "other")}
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(carried=ROW, handled=st.lists(ROW, min_size=2, max_size=2), pending=ROW, slip=st.integers(1, 5))
def test_any_table_that_adds_up_passes_and_one_slip_is_found(
    carried: dict[str, int], handled: list[dict[str, int]], pending: dict[str, int], slip: int
) -> None:
    results = {name: sum(row[name] for row in handled) for name in carried}
    # Whatever was carried over is among what was handled or left, as far as the table can tell.
    carried = {name: min(carried[name], results[name] + pending[name]) for name in carried}
    received = {name: results[name] + pending[name] - carried[name] for name in carried}
    rows = {"received": received, "carried": carried, "pending": pending}
    table: dict[str, Any] = {name: _totalled(row) for name, row in rows.items()}
    granted, partial = map(_totalled, handled)
    table["results"] = {"granted": granted, "partial": partial, "total": _totalled(results)}
    assert _faults(table) == []
    granted["total"] += slip
    assert _faults(table) == ["report-row-sum", "report-results-sum"]


def _totalled(row: dict[str, int]) -> dict[str, int]:
    return {**row, "total": sum(row.values())}


def _faults(table: dict[str, Any]) -> list[str]:
    made = AnnualReport.model_validate(
        {
            "id": "all-2025", "name": "报告", "year": 2025, "published": date(2026, 3, 1), "summary": ["无"],
            "disclosed": {}, "applications": table, "problems": ["无"], "remarks": ["无"],
        }
    )  # fmt: skip
    catalogue = catalogue_of([made], date(2026, 11, 23))
    return [finding.code for rule in RULES for finding in rule(catalogue)]

"""The report of an inspection: text, JSON and a printable page, each the same for the same input."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import orjson

from generator.audit.indicator import CERTAINTIES, VETO
from generator.audit.score import Assessed, Finding, Inspection
from generator.fields import number_text
from generator.render.templates import render

SHOWN = 5
"""How many findings of an indicator the text names; the other formats have all."""
_ESTIMATED = {"M", "M-"}
_TEMPLATE = "audit/report.html"


def summary(result: Inspection) -> str:
    """Return the line of the result."""
    score = f"得分 {number_text(result.score)}/100"
    verdict = "" if result.is_qualified else " · 不合格"
    return f"否决项 {result.vetoes} · {score} · 未能检查 {len(result.unchecked)} 项{verdict}"


def scope(result: Inspection) -> str:
    """Say what was looked at, and what the score leaves open."""
    rest = number_text(Decimal(100) - result.checkable)
    return (
        f"按 {result.day} 检查 {result.pages} 个网页、{result.links} 个链接。"
        f"能查的指标共 {number_text(result.checkable)} 分；其余 {rest} 分的指标查不了，没有扣分。"
    )


def as_text(result: Inspection) -> str:
    """Return vetoes, deductions by group with their places, what could not be checked, and the result."""
    lines = [f"{result.name}：网站检查预演", scope(result), ""]
    for group, entries in groupby(result.assessed, key=lambda entry: entry.indicator.group):
        lines += [group, *(line for entry in entries for line in _indicator_lines(entry)), ""]
    lines.append("未能检查")
    for one in result.unchecked:
        lines += [f"  ? {one.group} · {one.name}", f"      {one.reason}。{one.advice}"]
    for remark in result.unused_remarks:
        lines.append(f"items/audit.yml 里对 {remark.indicator} 的说明已经用不上：{remark.reason}")
    return "\n".join([*lines, "", summary(result)])


def _indicator_lines(entry: Assessed) -> Iterator[str]:
    yield f"  {_sign(entry)} {entry.indicator.name}（{cost(entry)}）[{entry.indicator.id}]"
    for finding in entry.findings[:SHOWN]:
        yield f"      {where(finding)}{finding.message}"
        yield f"        {f'说明：{finding.remark}' if finding.remark else finding.hint}"
    if len(entry.findings) > SHOWN:
        yield f"      另有 {len(entry.findings) - SHOWN} 处，用 --format json 或 html 看全部"


def _sign(entry: Assessed) -> str:
    return "✗" if entry.is_veto else "−" if entry.findings else "✓"


def cost(entry: Assessed) -> str:
    """Say what the findings of an indicator cost."""
    indicator, count = entry.indicator, len(entry.findings)
    if indicator.group == VETO:
        return f"否决：{count} 处" if entry.is_veto else f"{count} 处，满 {indicator.limit} 处否决" if count else "没有"
    if not indicator.points:
        return f"{count} 处，不计分" if count else "符合"
    full = f"{number_text(indicator.points)} 分{'（估计）' if indicator.certainty in _ESTIMATED else ''}"
    return f"{full}，扣 {number_text(entry.lost)}，{count} 处" if count else full


def where(finding: Finding) -> str:
    """Return page and source of a finding, each if it has one."""
    parts = [finding.address, str(finding.place) if finding.place else ""]
    return "".join(f"{part} " for part in parts if part)


def as_json(result: Inspection) -> str:
    """Return everything as a JSON document."""
    document = {
        "site": result.name,
        "as_of": result.day,
        "pages": result.pages,
        "links": result.links,
        "vetoes": result.vetoes,
        "score": float(result.score),
        "checkable_points": float(result.checkable),
        "qualified": result.is_qualified,
        "unexplained": result.unexplained,
        "indicators": [_indicator_data(entry) for entry in result.assessed],
        "unchecked": [one._asdict() for one in result.unchecked],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _indicator_data(entry: Assessed) -> dict[str, object]:
    indicator = entry.indicator
    return {
        "id": indicator.id,
        "group": indicator.group,
        "name": indicator.name,
        "threshold": indicator.threshold,
        "source": indicator.source,
        "certainty": indicator.certainty,
        "how": indicator.how,
        "points": float(indicator.points),
        "lost": float(entry.lost),
        "veto": entry.is_veto,
        "findings": [_finding_data(finding) for finding in entry.findings],
    }


def _finding_data(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "message": finding.message,
        "hint": finding.hint,
        "address": finding.address,
        "source": {"path": place.path, "line": place.line, "column": place.column} if place else None,
        "remark": finding.remark,
    }


def as_html(result: Inspection, theme: Path) -> str:
    """Return the report as a page of its own, to read and to print on A4."""
    groups = groupby(result.assessed, key=lambda entry: entry.indicator.group)
    return render(
        theme,
        _TEMPLATE,
        result=result,
        groups=[(group, list(entries)) for group, entries in groups],
        summary=summary(result),
        scope=scope(result),
        cost=cost,
        certainties=CERTAINTIES,
        score=number_text(result.score),
    )

"""Problems that stand in cells, and how they are laid out: file, sheet and cell in place of line and column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from generator.problems import SEVERITY_LABELS, Place, Problem, counts
from generator.tables.workbook import address


def cell_problem(
    sheet: str,
    row: int,
    column: int,
    code: str,
    message: str,
    hint: str = "",
    field: str = "",
    severity: Literal["error", "warning"] = "error",
) -> Problem:
    """Make a problem of a cell; row and column from 1."""
    place = Place(path=f"「{sheet}」{address(row, column)}", line=row, column=column)
    return Problem(place=place, code=code, message=message, hint=hint, field=field, severity=severity)


def sheet_problem(sheet: str, code: str, message: str, hint: str = "") -> Problem:
    """Make a warning about a whole sheet."""
    return Problem(place=Place(path=f"「{sheet}」"), code=code, message=message, hint=hint, severity="warning")


def as_text(problems: Iterable[Problem]) -> str:
    """Lay problems of a workbook out for a terminal, in their order, with the count at the end."""
    found = list(dict.fromkeys(problems))
    lines = []
    for problem in found:
        subject = f"「{problem.field}」" if problem.field else ""
        place, severity = problem.place.path, SEVERITY_LABELS[problem.severity]
        lines.append(f"{place}: {severity}: {subject}{problem.message} [{problem.code}]")
        if problem.hint:
            lines.append(f"    {problem.hint}")
    errors, warnings = counts(found)
    return "\n".join([*lines, f"共 {errors} 个错误，{warnings} 个提醒。"])

"""Problems in content as plain values: where, what is written, what was expected, how to mend it.

Everything that reads or checks content yields `Problem`s; laying them out for a terminal or a machine is done
here too, so that every command prints them alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]
SEVERITY_LABELS = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Place:
    """A spot in a content file: path relative to the configuration file, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing an editor should mend. `code` is a stable ASCII slug, `field` the field's Chinese label."""

    place: Place
    code: str
    message: str
    hint: str = ""
    field: str = ""
    severity: Severity = "error"

    def is_error(self) -> bool:
        """Tell whether this problem stops a build."""
        return self.severity == "error"

    def sort_key(self) -> tuple[Place, str, str]:
        """Order problems by place, then code, then message, so that output is repeatable."""
        return (self.place, self.code, self.message)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by place, each said once."""
    return sorted(set(problems), key=Problem.sort_key)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems stops a build."""
    return any(problem.is_error() for problem in problems)


def as_text(problems: Iterable[Problem]) -> str:
    """Lay problems out briefly, two lines each, with the count at the end."""
    ordered = in_order(problems)
    lines = []
    for problem in ordered:
        lines.append(f"{problem.place}: {SEVERITY_LABELS[problem.severity]}: {said(problem)} [{problem.code}]")
        if problem.hint:
            lines.append(f"    {problem.hint}")
    lines.append(summary(ordered))
    return "\n".join(lines)


def said(problem: Problem) -> str:
    """Say what is wrong, with the field that it is about."""
    return f"「{problem.field}」{problem.message}" if problem.field else problem.message


def summary(problems: Iterable[Problem]) -> str:
    """Say in one line how many errors and warnings there are."""
    errors, warnings = counts(problems)
    if not errors and not warnings:
        return "检查通过：没有发现问题。"
    return f"共 {errors} 个错误，{warnings} 个提醒。"


def counts(problems: Iterable[Problem]) -> tuple[int, int]:
    """Return the numbers of errors and of warnings."""
    severities = [problem.severity for problem in problems]
    return severities.count("error"), severities.count("warning")


def as_json(problems: Iterable[Problem]) -> str:
    """Lay problems out as the JSON document of the public interface."""
    ordered = in_order(problems)
    errors, warnings = counts(ordered)
    records = []
    for problem in ordered:
        record = asdict(problem)
        records.append({**record.pop("place"), **record})
    return json.dumps({"problems": records, "errors": errors, "warnings": warnings}, ensure_ascii=False, indent=2)


FORMATS = {"text": as_text, "json": as_json}
"""The formats that any command can give; `check` has more, for which it reads the sources."""

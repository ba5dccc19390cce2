"""Prose pages: what they tell of people and how they are worded, without what the page accepts with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.attachments.parts import Cell, Part, Passage, Remark, Row
from generator.attachments.scan import told_by
from generator.house_rules import HouseRules
from generator.problems import Place, Problem
from generator.source import Source

ACCEPTED = "accepted"
_RULER = re.compile(r"[\s|:-]+")
_EXAMPLE = "写成 - {code: 提醒的代码, reason: 为什么可以这样}；只对一句话说的，加上 text: 那句话里的词。"


class _Acceptance(NamedTuple):
    code: str
    text: str

    def fits(self, problem: Problem, line: str) -> bool:
        return problem.code == self.code and (not self.text or self.text in line)


def prose_problems(body: str, first_line: int, head: Source, house: HouseRules) -> Iterator[Problem]:
    """Yield the problems of a page's title, description and body; `head` is its front matter."""
    texts = {f"{head.place(key).line}": str(head.values[key]) for key in ("title", "description") if key in head.values}
    lines = {str(number): line for number, line in enumerate(body.split("\n"), first_line)} | texts
    problems = [_problem(head.path, remark) for remark in told_by(_parts(lines), house, "prose")]
    accepted, wrong = _acceptances(head)
    yield from wrong
    used: set[int] = set()
    for problem in problems:
        fitting = [n for n, entry in accepted.items() if entry.fits(problem, lines.get(str(problem.place.line), ""))]
        if not fitting or problem.is_error():
            yield problem
        used.update(fitting if not problem.is_error() else ())
    for number, entry in accepted.items():
        if number not in used:
            yield Problem(
                place=head.place(ACCEPTED, number),
                code="unused-acceptance",
                field="已说明的提醒",
                message=f"这一页已经没有 {entry.code} 这个提醒" + (f"（{entry.text}）" if entry.text else ""),
                hint="请删去这一条。",
                severity="warning",
            )


def _parts(lines: Mapping[str, str]) -> Iterator[Part]:
    """Yield the lines of a page; rows of a table as such, each with the number of its line as its place."""
    table = ""
    for number, line in lines.items():
        if not line.lstrip().startswith("|"):
            table = ""
            yield Passage(number, line)
        elif not _RULER.fullmatch(line):
            table = table or number
            cells = enumerate(line.strip().strip("|").split("|"))
            yield Row(table, tuple(Cell(str(column), number, text.strip()) for column, text in cells if text.strip()))


def _problem(path: str, remark: Remark) -> Problem:
    return Problem(
        place=Place(path=path, line=int(remark.where)),
        code=remark.code,
        field="正文",
        message=remark.message,
        hint=remark.hint,
        severity=remark.severity,
    )


def _acceptances(head: Source) -> tuple[dict[int, _Acceptance], list[Problem]]:
    written = head.values.get(ACCEPTED, [])
    accepted: dict[int, _Acceptance] = {}
    problems = []
    for number, entry in enumerate(written if isinstance(written, list) else [written]):
        values = entry if isinstance(entry, dict) else {}
        known = {key: value for key, value in values.items() if isinstance(value, str) and value.strip()}
        if known.keys() - {"code", "reason", "text"} or not {"code", "reason"} <= known.keys() or known != values:
            problems.append(
                Problem(
                    place=head.place(ACCEPTED, number),
                    code="wrong-acceptance",
                    field="已说明的提醒",
                    message="没有写清楚是哪个提醒、为什么可以",
                    hint=_EXAMPLE,
                )
            )
        else:
            accepted[number] = _Acceptance(known["code"], known.get("text", ""))
    return accepted, problems

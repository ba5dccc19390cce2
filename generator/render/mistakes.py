"""The commonest mistakes in items, for editors: a wrong passage, what `check` says of it, and the passage put right.

What is said is not written here: the passages are read as files are, so that the page says what an editor will see.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.drafts import OF_COMPLETENESS
from generator.kinds import all_kinds
from generator.problems import Problem
from generator.render.site import Site
from generator.source import Source, parse_text
from generator.validation import validate


class Mistake(NamedTuple):
    """A mistake: what it is called, a passage of an item of a kind with it, and the same passage put right."""

    title: str
    kind: str
    wrong: str
    right: str


COMMONEST = (
    Mistake("冒号打成了全角", "material", "name: 户口簿\nissuer：公安机关", "name: 户口簿\nissuer: 公安机关"),
    Mistake("冒号后面没有空格", "material", "name: 户口簿\nissuer:公安机关", "name: 户口簿\nissuer: 公安机关"),
    Mistake(
        "缩进用了 Tab 键",
        "guide",
        "visit:\n\tcount: 1\n\treasons: [本人到窗口采集相片]",
        "visit:\n  count: 1\n  reasons: [本人到窗口采集相片]",
    ),
    Mistake(
        "该缩进的没有缩进",
        "guide",
        "visit:\ncount: 1\nreasons: [本人到窗口采集相片]",
        "visit:\n  count: 1\n  reasons: [本人到窗口采集相片]",
    ),
    Mistake("列表里用了中文逗号", "guide", "windows: [A01，A02]", "windows: [A01, A02]"),
    Mistake("字段名拼错了", "guide", "departmnet: public-security", "department: public-security"),
    Mistake("选项与规定的写法不一样", "guide", "type: 行政确任", "type: 行政确认"),
    Mistake("日期没有按规定写", "guide", "revised: 2026.7.1", "revised: 2026-07-01"),
    Mistake("数字带了单位", "guide", "time:\n  promised: {number: 5个工作日}", "time:\n  promised: {number: 5}"),
    Mistake("电话没有按规定写", "department", "phone: （0123）5550101", "phone: 0123-5550101"),
)


def problems_of(kind: str, passage: str) -> list[Problem]:
    """Return what is said of a passage of an item of a kind; that the rest of the item is not there does not count."""
    model = all_kinds()[kind]
    path = f"items/{model.kind.plural}/….yml"
    values, problems = parse_text(f"{passage}\n", path)
    if values is not None:
        source = Source(path=path, text=passage, values=values)
        problems = validate(model, source, {"id": ("example", "")})[1]
    return [problem for problem in problems if problem.code not in OF_COMPLETENESS]


def commonest(site: Site) -> Mapping[str, Any]:
    """Return the mistakes with what is said of each."""
    return {"mistakes": [(mistake, problems_of(mistake.kind, mistake.wrong)) for mistake in COMMONEST]}

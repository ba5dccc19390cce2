"""The tables of wording rules: YAML files beside this module, one group a file, read once."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from generator.fields import Name, Text, field
from generator.item import Part
from generator.problems import Severity, as_text
from generator.source import read_source
from generator.validation import validate

Place = Literal["items", "prose", "attachments"]
FOLDER = Path(__file__).parent / "data"


class Rule(Part):
    """A wrong wording, the words without which it cannot occur, the right one, and who says so."""

    words: tuple[Text, ...] = field("词", "有一个才去查。", default=())
    pattern: Text | None = field("样子", "正则表达式。", default=None)
    not_after: Text | None = field("前面不是", "前面紧接其中一个字时不算。", default=None)
    right: Text | None = field("应写", "正确的写法。", default=None)
    source: Name = field("来源", "谁规定的。")
    certainty: Literal["S1", "S2", "M"] = field("把握", "看过原文、转述或凭记忆。")
    severity: Severity = field("轻重", "阻止发布或提醒。")
    wrong: tuple[Text, ...] = field("错例", "会被查出来的例子。", min_length=1)
    good: tuple[Text, ...] = field("对例", "不应被查出来的例子。", min_length=1)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, or the words themselves where there is none."""
        written = self.pattern or "|".join(map(re.escape, self.words))
        # Content may hold no "<!", so tables say what must not stand before in a key of its own.
        return re.compile(f"(?<![{self.not_after}])(?:{written})" if self.not_after else written)


class Group(Part):
    """The rules of one file, and what is said when one of them is broken."""

    title: Name = field("名称", "这一组叫什么。")
    code: Name = field("代码", "提醒的代码。")
    fault: Name = field("错在哪里", "接在错的说法后面。")
    advice: Text | None = field("怎么改", "每条有自己的正确写法时不写。", default=None)
    whole: bool = field("整句", "整个内容就是这句话才算错。", default=False)
    applies: tuple[Place, ...] = field("查哪里", "不写就都查。", default=("items", "prose", "attachments"))
    quotes: bool = field("引文不查", "政策文件和依据里是原文。", default=False)
    rules: tuple[Rule, ...] = field("规则", "每条一个。", min_length=1)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The patterns of all rules as one."""
        return re.compile("|".join(rule.regex.pattern for rule in self.rules))

    def hint(self, rule: Rule) -> str:
        """Say what is right instead, and who says so."""
        return self.advice or f"应写：{rule.right}（{rule.source}）。"


@cache
def groups() -> tuple[Group, ...]:
    """Return all groups, by the names of their files; raise `ValueError` where a file is not well formed."""
    return tuple(_group(file) for file in sorted(FOLDER.glob("*.yml")))


@cache
def group(code: str) -> Group:
    """Return the group with this code."""
    return next(entry for entry in groups() if entry.code == code)


def _group(file: Path) -> Group:
    source, problems = read_source(file, file.name)
    found = None
    if source is not None:
        found, problems = validate(Group, source, {})
    if found is None:
        raise ValueError(as_text(problems))
    return found

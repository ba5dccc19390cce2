"""What the rule book holds for each code of a problem: what it finds, why, how sure, a wrong and a right example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.problems import Severity

Harm = Literal["false", "unusable", "unlawful", "inspected", "leaked", "doubtful", "remembered", "style"]
Sureness = Literal["", "S", "M"]
HARMS: dict[Harm, str] = {
    "false": "会公布错的内容",
    "unusable": "读不出来、发布不了，或者群众照着办不成",
    "unlawful": "不合法律、法规和国家规定",
    "inspected": "不合检查指标和事项审计规则，会被通报、扣分",
    "leaked": "会公开不该公开的信息，或让网页不安全",
    "doubtful": "可能有错，要人看过才知道",
    "remembered": "所依据的规定还没有与原文核对",
    "style": "不影响群众办事，但难看懂、难维护",
}
"""What happens to the public where a rule is broken."""
STOPPING: frozenset[Harm] = frozenset({"false", "unusable", "unlawful", "inspected", "leaked"})
"""The harms that may not be published. The others are told and may stand, for they rest on a person's judgement."""
SURENESS: dict[Sureness, str] = {
    "S": "已见原文或权威出处",
    "M": "凭记忆，待与原文核对",
    "": "写法的要求，不出自文件",
}
GUIDE = "items/guides/card-renewal.yml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the book. `bad` and `good` are passages as an editor writes them in `file`.

    A line `# items/…` in an example opens another file; `# 不写 KEY` says that a field is left out. `warns` says when
    a rule that stops a build only warns; `not_run` why its examples stand in no single file of text.
    """

    code: str
    harm: Harm
    title: str
    finds: str
    why: str
    bad: str
    good: str
    sure: Sureness = ""
    file: str = GUIDE
    warns: str = ""
    not_run: str = ""

    @property
    def severity(self) -> Severity:
        """Whether the rule stops a build, which follows from the harm to the public."""
        return "error" if self.harm in STOPPING else "warning"

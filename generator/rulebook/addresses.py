"""Addresses that were published, and what an edit may not do."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 16, "公布过的地址和改动"
_OWN = "要与以前的内容比较，或写在地址登记里"
_KEPT = "公布过的地址印在单子上、收藏在别人手里，不能打不开。"


def _rule(code: str, title: str, finds: str, why: str = _KEPT) -> Rule:
    return Rule(
        code, "unusable", title, finds, why, "删掉或改名，什么也不说", "写 redirect 或 gone 和原因", not_run=_OWN
    )


# ruff: noqa: E501
RULES = (
    _rule("address-vanished", "公布过的地址没有了", "公布过的内容删掉或改名，没有说到哪里去找。"),
    _rule("address-removed", "地址登记少了一行", "地址登记里原有的一行被删掉。"),
    _rule("address-since", "首次公布的日子改了", "地址登记里首次公布的日子被改。"),
    _rule("address-form", "不是内容的地址", "地址登记里写的不是 类别/编号。"),
    _rule("address-twice", "地址登记了两次", "同一个地址登记了两行。"),
    _rule("address-occupied", "撤下的地址又有内容", "写了改址或撤下的地址，现在还有内容。"),
    _rule("address-both", "又改址又撤下", "一行里又写 redirect，又写 gone。"),
    _rule("address-without-day", "没写哪天", "改址或撤下没有写日子。"),
    _rule("address-day", "日子不合", "改址或撤下的日子早于首次公布。"),
    _rule("address-loop", "改址绕成了圈", "几个地址互相改来改去。"),
    _rule("address-chain", "改址转了两次", "改到的地址自己也改了址。"),
    _rule("address-target", "改到的地址不能用", "改到的内容没有或已撤下。"),
    _rule("fee-rewritten", "改了过去的收费", "已经开始的一段收费标准被改写，不是另写一段。", "过去收多少是事实，改写了就查不到当时的标准。"),
    Rule(
        "fee-without-basis", "unlawful", "改收费没有依据和日期", "收费标准变了，没有新的依据或起始日期。",
        "优化营商环境条例第二十五条：收费实行目录清单管理，并向社会公布。", "直接把金额 40 改成 20",
        "另写一段：from、amount、basis", sure="S", not_run=_OWN,
        warns="在 accepted 里写明原因的，只提醒。",
    ),
)  # fmt: skip

"""Disclosure catalogue and announcements."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 11, "信息公开和公告"
_ENTRY = "items/disclosures/fees.yml"
_CATALOGUE = "基层政务公开标准目录：每一项都要写明公开时限、渠道、对象。"
RULES = (
    Rule(
        "due-incomplete",
        "unusable",
        "公开时限不完整",
        "时限规则缺少天数、日期，或日期不存在。",
        _CATALOGUE,
        "due: {rule: 形成或变更后}",
        "due: {rule: 形成或变更后, days: 20}",
        sure="S",
        file=_ENTRY,
    ),
    Rule(
        "disclosure-overdue",
        "doubtful",
        "过了公开的期限",
        "信息形成或变更以后，到期还没有公开。",
        "政府信息公开条例第二十六条：20 个工作日内公开。",
        "formed: 2026-09-01\n# 不写 published",
        "formed: 2026-10-12\npublished: 2026-10-14",
        sure="S",
        file=_ENTRY,
    ),
    Rule(
        "group-missing",
        "unusable",
        "特定群体没写是谁",
        "公开对象是特定群体，没有写是哪些人。",
        _CATALOGUE,
        "audience: 特定群体",
        "audience: 特定群体\ngroup: 被征收人",
        sure="S",
        file=_ENTRY,
    ),
    Rule(
        "places-missing",
        "doubtful",
        "没写在网站哪里",
        "公开渠道有政府网站，没有写栏目和地址。",
        "在目录里打了钩就是承诺，群众要能找到。",
        "# 不写 places",
        "places: [{title: 收费标准, page: fees/}]",
        sure="S",
        file=_ENTRY,
    ),
    Rule(
        "expires-before-published",
        "false",
        "失效早于发布",
        "公告的失效日期早于发布日期。",
        "政府网站发展指引：过期信息要标明；日期必有一个写错。",
        "expires: 2026-10-01",
        "expires: 2026-12-31",
        file="items/announcements/saturday.yml",
        sure="S",
    ),
)

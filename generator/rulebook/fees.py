"""Fees: each listed once, with a basis, day by day."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 8, "收费"
_FEE = "items/fees/small-card.yml"
_CLAUSE = "优化营商环境条例第二十五条：收费实行目录清单管理，并向社会公布。"
_TWICE = "县级收费公示里同一项收费常写两遍，金额还不一样。"
_BASIS = "basis: [{policy: small-law}]"
_PERIODS = "rates:\n  - id: renewal\n    condition: 期满换领\n    unit: 证\n    periods:\n"
_ASKED = """\
questions:
  - id: reason
    text: 为什么换领？
    why: 材料不同
    options: [{id: lost, text: 丢了}, {id: old, text: 到期了}]
materials: [{material: small-card, form: 原件, when: reason = old}]
"""
_SECOND = "  - {id: %s, condition: %s, unit: 证, periods: [{amount: 40, basis: [{policy: small-law}]}]}"


def _of(*periods: str) -> str:
    """Return a rate with these periods."""
    return _PERIODS + "\n".join(f"      - {{{period}, {_BASIS}}}" for period in periods)


def _with(identifier: str, condition: str) -> str:
    """Return the rate of a renewal and a second one."""
    return f"{_of('amount: 20')}\n{_SECOND % (identifier, condition)}"


# ruff: noqa: E501
RULES = (
    Rule(
        "duplicate-rate",
        "false",
        "标准编号重复",
        "一个收费项目里两个标准用了同一个编号。",
        "办事指南按编号引用标准，重复了就不知道收哪一个。",
        _with("renewal", "丢失补领"),
        _with("loss", "丢失补领"),
        file=_FEE,
    ),
    Rule(
        "duplicate-condition",
        "false",
        "适用情形重复",
        "一个收费项目里两个标准的适用情形和单位都一样。",
        _TWICE,
        _with("loss", "期满换领"),
        _with("loss", "丢失补领"),
        file=_FEE,
    ),
    Rule(
        "same-fee",
        "doubtful",
        "两项收费完全相同",
        "两个收费项目的部门、标准和依据完全相同。",
        _TWICE,
        "# items/fees/other-card.yml\nname: 小证另一笔费",
        "# items/fees/small-card.yml\nname: 小证工本费",
    ),
    Rule(
        "period-start-missing",
        "false",
        "标准没有起始日期",
        "第二段以后的标准没有写 from。",
        _CLAUSE,
        _of("until: 2026-12-31, amount: 20", "amount: 15"),
        _of("until: 2026-12-31, amount: 20", "from: 2027-01-01, amount: 15"),
        sure="S",
        file=_FEE,
    ),
    Rule(
        "period-order",
        "false",
        "标准没有按先后排列",
        "后一段的起始日期不晚于前一段。",
        _CLAUSE,
        _of("from: 2027-01-01, amount: 15", "from: 2026-01-01, amount: 20"),
        _of("from: 2026-01-01, amount: 20", "from: 2027-01-01, amount: 15"),
        sure="S",
        file=_FEE,
    ),
    Rule(
        "period-overlap",
        "false",
        "两段标准重叠",
        "同一天有两个标准。",
        _CLAUSE,
        _of("until: 2027-01-31, amount: 20", "from: 2027-01-01, amount: 15"),
        _of("until: 2026-12-31, amount: 20", "from: 2027-01-01, amount: 15"),
        sure="S",
        file=_FEE,
    ),
    Rule(
        "period-gap",
        "false",
        "两段标准之间有空档",
        "有几天没有标准。",
        _CLAUSE,
        _of("until: 2026-12-31, amount: 20", "from: 2027-02-01, amount: 15"),
        _of("until: 2026-12-31, amount: 20", "from: 2027-01-01, amount: 15"),
        sure="S",
        file=_FEE,
    ),
    Rule(
        "period-reversed",
        "false",
        "截止早于起始",
        "一段标准或减免的截止日期早于起始日期。",
        "日期必有一个写错。",
        _of("from: 2026-06-01, until: 2026-01-01, amount: 20"),
        _of("from: 2026-01-01, until: 2027-06-01, amount: 20"),
        file=_FEE,
    ),
    Rule(
        "period-value",
        "false",
        "标准没有写或写了几种",
        "一段标准里没有金额，或同时写了金额、费率、说明中的几样。",
        "收费标准是收费目录清单的必备栏目。",
        _of("note: 按规定的标准"),
        _of("amount: 20"),
        sure="S",
        file=_FEE,
    ),
    Rule(
        "percent-base",
        "unusable",
        "费率没有计费基数",
        "按比例收费，没有写乘以什么。",
        "没有基数，谁也算不出要交多少。",
        _of("percent: 0.5"),
        _of("percent: 0.5, percent_of: 成交额"),
        file=_FEE,
    ),
    Rule(
        "floor-above-cap",
        "false",
        "最低收费高于最高收费",
        "最低收费比最高收费还高。",
        "两个数必有一个写错。",
        _of("percent: 0.5, percent_of: 成交额, floor: 90, cap: 50"),
        _of("percent: 0.5, percent_of: 成交额, floor: 50, cap: 90"),
        file=_FEE,
    ),
    Rule(
        "central-fee-number",
        "unlawful",
        "中央收费没有文号",
        "中央管理的收费，依据里没有文号。",
        "全国性收费目录清单的「政策依据」列都是文号。",
        "rates: [{id: renewal, condition: 期满换领, unit: 证, periods: [{amount: 20, basis: [{title: 关于小证收费的通知}]}]}]",
        _of("amount: 20"),
        sure="S",
        file=_FEE,
    ),
    Rule(
        "unknown-rate",
        "false",
        "没有这个收费标准",
        "办事指南引用的标准编号，收费项目里没有。",
        _CLAUSE,
        "fees: [{fee: small-card, rate: renewall}]",
        "fees: [{fee: small-card, rate: renewal}]",
        sure="S",
    ),
    Rule(
        "duplicate-fee-use",
        "false",
        "同一标准引用了两次",
        "一份办事指南把同一个标准写了两条。",
        "两条会加在一起收。",
        "fees:\n  - {fee: small-card, rate: renewal}\n  - {fee: small-card, rate: renewal}",
        "fees:\n  - {fee: small-card, rate: renewal}",
    ),
    Rule(
        "fee-department",
        "doubtful",
        "收费的不是办事的部门",
        "收费项目的执收单位与事项的实施主体不同。",
        "收费目录清单按执收单位列出，多半是引错了项目。",
        "department: other\n# items/departments/other.yml\nname: 小区民政局\nshort_name: 民政局",
        "department: police",
        sure="S",
    ),
    Rule(
        "rate-ended",
        "doubtful",
        "引用的标准已经到期",
        "办事指南引用的标准今天已经没有效力。",
        _CLAUSE,
        "# items/fees/small-card.yml\n" + _of("until: 2026-10-31, amount: 20"),
        "# items/fees/small-card.yml\n" + _of("amount: 20"),
        sure="S",
    ),
    Rule(
        "choice-of-one",
        "unusable",
        "「只收其一」只有一条",
        "写了 one_of，却没有别的收费写同样的词。",
        "没有可选的，群众不知道还能选什么。",
        "fees: [{fee: small-card, rate: renewal, one_of: 按有效期}]",
        "fees: [{fee: small-card, rate: renewal}]",
    ),
    Rule(
        "choice-decided",
        "style",
        "情形已经分清，不用再选",
        "写了 one_of 的收费，没有一种情形里会同时收。",
        "多余的「只收其一」会让人以为还要选。",
        "多条收费的 when 已经互斥，又写 one_of",
        "删掉 one_of",
        not_run="要一整份分情形的指南",
    ),
    Rule(
        "charged-together",
        "doubtful",
        "同一项收费的两条加在一起收",
        "一种情形里，同一收费项目的两个标准会一起收。",
        "行政许可法第五十九条：按照公布的项目和标准收费。",
        _ASKED + "fees:\n  - {fee: small-card, rate: renewal}\n  - {fee: small-card, rate: loss}",
        _ASKED
        + "fees:\n  - {fee: small-card, rate: renewal, one_of: 按情况}\n  - {fee: small-card, rate: loss, one_of: 按情况}",
        sure="S",
    ),
)

"""Districts: the same item, the same standard; what a district may say of its own."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 16, "各地办事"
_MAIN, _OWN = "items/districts/east/district.yml", "items/districts/east/guides/card-renewal.yml"
_HEAD = f"# {_MAIN}\nname: 东湖街道\nphone: 0123-5550201\n"
_BELOW = f"# {_OWN}\n"
_SAME = "优化营商环境条例第三十五条：同一事项在各地同标准办理，没有依据不得增加条件。"
_PLAIN = f"{_HEAD}{_BELOW}consult: {{phone: 0123-5550202}}"
_OTHER = "conditions: [小证有效期已满, 户口在本街道]\n"
_BASIS = "basis: {policy: small-law, article: 第六条}"
_WHY = f"differs: [{{field: conditions, reason: 本街道只受理本街道的户口, {_BASIS}}}]"


RULES = (
    Rule(
        "missing-district",
        "unusable",
        "没有说是哪个地区",
        "items/districts/ 下的一个文件夹里没有 district.yml。",
        "没有名称和电话，这个地区的页面做不出来。",
        f"{_BELOW}consult: {{phone: 0123-5550202}}",
        _PLAIN,
        file=_OWN,
    ),
    Rule(
        "not-local",
        "unlawful",
        "标准与统一的不同",
        "地区的文件改了不能由各地自己定的内容，又没有写理由和依据。",
        _SAME,
        f"{_HEAD}{_BELOW}{_OTHER}",
        f"{_HEAD}{_BELOW}{_OTHER}{_WHY}",
        sure="S",
        file=_OWN,
    ),
    Rule(
        "longer-than-city",
        "unlawful",
        "承诺时限比统一的长",
        "地区的承诺时限或环节时限比统一的长，或单位不同、比不出长短，又没有写理由和依据。",
        _SAME,
        f"{_HEAD}{_BELOW}time: {{promised: {{number: 20}}}}",
        f"{_HEAD}{_BELOW}time: {{promised: {{number: 12}}}}",
        sure="S",
        file=_OWN,
    ),
    Rule(
        "code-differs",
        "false",
        "同一事项编码不同",
        "地区的文件改了事项的编码。",
        "同一事项用同一编码，才能知道是同一件事；写了理由也不行。",
        f"{_HEAD}{_BELOW}codes: {{local: XQ-0909}}",
        _PLAIN,
        file=_OWN,
    ),
    Rule(
        "same-as-city",
        "style",
        "写的与不写时完全一样",
        "地区的文件写了与统一的指南、或与 district.yml 里的 local 一样的内容。",
        "统一的内容改了，这里不会跟着改，就变成不同了。",
        f"{_HEAD}{_BELOW}windows: [A01, A02]",
        f"{_HEAD}{_BELOW}windows: [A01]",
        file=_OWN,
    ),
    Rule(
        "unknown-entry",
        "unusable",
        "指的那一条找不到",
        "只改列表里的一条时写的名字，统一的指南里没有，或不止一条。",
        "不知道要改哪一条。",
        f"{_HEAD}{_BELOW}steps: {{审查: {{days: {{number: 5}}}}}}",
        f"{_HEAD}{_BELOW}steps: {{发证: {{days: {{number: 5}}}}}}",
        file=_OWN,
    ),
    Rule(
        "unknown-city-item",
        "unusable",
        "没有这一项统一的指南",
        "地区文件夹里的文件，与哪一份统一的指南都不同名。",
        "地区的文件只写不同的内容，找不到统一的指南就不完整。",
        f"{_HEAD}# items/districts/east/guides/card-renewals.yml\nwindows: [A01]",
        f"{_HEAD}{_BELOW}windows: [A01]",
        file=_OWN,
    ),
    Rule(
        "not-handled-here",
        "false",
        "不办的事项却写了文件",
        "district.yml 的 guides 里没有这一项，地区文件夹里却有它的文件。",
        "写的人以为发布了，群众却看不到。",
        f"{_HEAD}guides: [card-loss]\n{_BELOW}windows: [A01]",
        f"{_HEAD}guides: [card-renewal]\n{_BELOW}windows: [A01]",
        file=_OWN,
    ),
    Rule(
        "unknown-field-to-differ",
        "unusable",
        "说不同的字段不存在",
        "differs 里 field 写的不是指南的字段。",
        "不知道理由说的是哪一项内容。",
        f"{_HEAD}{_BELOW}{_OTHER}differs: [{{field: 条件, reason: 本街道只受理本街道的户口, {_BASIS}}}]",
        f"{_HEAD}{_BELOW}{_OTHER}{_WHY}",
        file=_OWN,
    ),
    Rule(
        "no-difference",
        "false",
        "写了理由却没有不同",
        "differs 里写了理由的字段，与统一的指南没有不同。",
        "对照表会说这里不同，其实一样。",
        f"{_HEAD}{_BELOW}{_WHY}",
        f"{_HEAD}{_BELOW}{_OTHER}{_WHY}",
        file=_OWN,
    ),
    Rule(
        "no-basis-to-differ",
        "unlawful",
        "不同没有写明依据",
        "differs 里的依据没有写是哪份文件，或没有写是哪一条。",
        _SAME,
        f"{_HEAD}{_BELOW}{_OTHER}{_WHY.replace(', article: 第六条', '')}",
        f"{_HEAD}{_BELOW}{_OTHER}{_WHY}",
        sure="S",
        file=_OWN,
    ),
)

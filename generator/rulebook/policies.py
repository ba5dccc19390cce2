"""Policy documents and legal bases; disclosures and announcements."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 10, "政策文件和依据"
_LAW = "items/policies/small-law.yml"
_FORCE = "行政许可法第三十条要求公示依据；依据废止了，事项就没有依据。"
_GUIDELINES = "政府网站发展指引（国办发〔2017〕47号）：失效、修改的文件要标明。"
_OTHER = "# items/policies/new-law.yml\nname: 小证管理条例\nnumber: 小政发〔2026〕9号\n"
# ruff: noqa: E501
RULES = (
    Rule(
        "empty-basis",
        "unlawful",
        "依据没写是哪份文件",
        "依据里没有文件编号、名称和文号。",
        "行政许可法第三十条：公示依据。",
        "basis: [{article: 第五条}]",
        "basis: [{policy: small-law, article: 第五条}]",
        sure="S",
    ),
    Rule(
        "repealed-basis",
        "unlawful",
        "依据已经废止",
        "在用的内容引用了已废止、失效的文件。",
        _FORCE,
        "validity: 废止\nended: 2026-01-01",
        "validity: 有效",
        sure="S",
        file=_LAW,
    ),
    Rule(
        "future-basis",
        "doubtful",
        "依据还没有施行",
        "引用的文件到将来才施行。",
        _FORCE,
        "effective: 2027-06-01\nvalidity: 尚未施行",
        "effective: 2016-02-01",
        sure="S",
        file=_LAW,
    ),
    Rule(
        "duplicate-number",
        "false",
        "文号重复",
        "两份文件用了同一个文号。",
        "一个文号就是一份文件。",
        "# items/policies/new-law.yml\nname: 小证管理条例",
        _OTHER.rstrip(),
    ),
    Rule(
        "same-title",
        "false",
        "同名同日的文件文号不同",
        "名称、成文日期都相同的两份文件，文号不同。",
        "县级收费公示里，同一份文件常被引成两个文号。",
        "# items/policies/new-law.yml\nnumber: 小政发〔2016〕6号",
        _OTHER.rstrip(),
    ),
    Rule(
        "policy-dates",
        "false",
        "发布或修订早于成文",
        "发布日期、最近修订早于成文日期。",
        "文件先成文、后发布，日期必有一个写错。",
        "published: 2015-01-08",
        "published: 2016-01-08",
        file=_LAW,
    ),
    Rule(
        "effective-before-written",
        "doubtful",
        "施行早于成文",
        "施行日期早于成文日期。",
        "溯及既往的文件很少，多半是写错。",
        "effective: 2015-02-01",
        "effective: 2016-02-01",
        file=_LAW,
    ),
    Rule(
        "publication-gap",
        "doubtful",
        "公开迟了",
        "从成文到发布超过 20 个工作日。",
        "政府信息公开条例第二十六条：20 个工作日内公开。",
        "written: 2020-01-06\npublished: 2020-06-08\neffective: 2020-07-01",
        "written: 2020-01-06\npublished: 2020-01-08\neffective: 2020-07-01",
        sure="S",
        file=_LAW,
    ),
    Rule(
        "interpretation-target",
        "inspected",
        "解读没写解读哪份文件",
        "政策解读没有写被解读的文件。",
        "政府网站检查指标：解读与政策相互链接。",
        _OTHER + "genre: 政策解读",
        _OTHER + "genre: 政策解读\ninterprets: [small-law]",
        sure="S",
    ),
    Rule(
        "interprets-interpretation",
        "false",
        "解读了另一篇解读",
        "写的被解读文件本身就是政策解读。",
        "政府网站检查指标：解读与政策相互链接。",
        _OTHER
        + "genre: 政策解读\ninterprets: [note]\n# items/policies/note.yml\nname: 小证办法解读\nnumber: 小政办发〔2016〕9号\ngenre: 政策解读\ninterprets: [small-law]",
        _OTHER + "genre: 政策解读\ninterprets: [small-law]",
        sure="S",
    ),
    Rule(
        "ended-missing",
        "doubtful",
        "废止了没写日子",
        "有效性是废止或失效，没有写哪天、被谁废止。",
        _GUIDELINES,
        _OTHER + "validity: 废止",
        _OTHER + "validity: 废止\nended: 2026-10-01",
        sure="S",
    ),
    Rule(
        "validity-date",
        "false",
        "有效性与日期不合",
        "写着有效却已过废止日期，或写着尚未施行却已施行。",
        _GUIDELINES,
        _OTHER + "ended: 2026-10-01",
        _OTHER + "validity: 废止\nended: 2026-10-01",
        sure="S",
    ),
    Rule(
        "repealed-still-valid",
        "false",
        "被废止的文件还写着有效",
        "别的文件已废止它，它自己还写着有效。",
        _GUIDELINES,
        _OTHER + "repeals: [old-law]\n# items/policies/old-law.yml\nname: 旧办法\nnumber: 小政发〔2010〕3号",
        _OTHER
        + "repeals: [old-law]\n# items/policies/old-law.yml\nname: 旧办法\nnumber: 小政发〔2010〕3号\nvalidity: 废止\nended: 2026-10-01",
        sure="S",
    ),
)

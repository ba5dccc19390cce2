"""Guides: materials, bodies, dates of review, successors."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 6, "办事指南：材料、日期和接替"
_ONE = "网上、窗口同一事项同一内容（国发〔2016〕55号）。"
_CLEAR = "材料要写清原件还是复印件、纸质还是电子、几份（政府网站检查指标「材料清晰」）。"
_LISTS = "行政许可法第三十条：公示需要提交的全部材料的目录。"
# ruff: noqa: E501
RULES = (
    Rule(
        "entrusted-by",
        "unlawful",
        "没写委托部门",
        "实施主体是受委托组织，没有写是谁委托的。",
        "国家事项要素：实施主体性质为受委托组织的，委托部门必填。",
        "body: {nature: 受委托组织}",
        "body: {nature: 受委托组织, entrusted_by: 小区公安局}",
        sure="S",
    ),
    Rule(
        "duplicate-material",
        "false",
        "材料写了两次",
        "同一份材料在一份指南里写了两条。",
        _LISTS,
        "materials:\n  - {material: small-card, form: 原件}\n  - {material: small-card, form: 复印件}",
        "materials:\n  - {material: small-card, form: 原件和复印件}",
        sure="S",
    ),
    Rule(
        "zero-copies",
        "unusable",
        "必要材料的份数是 0",
        "必须交的纸质材料写了 0 份。",
        _CLEAR,
        "materials: [{material: small-card, form: 原件, copies: 0}]",
        "materials: [{material: small-card, form: 原件, copies: 1}]",
        sure="M",
    ),
    Rule(
        "exempt-self-provided",
        "doubtful",
        "免提交的材料要申请人自备",
        "写了免提交，来源渠道却是申请人自备。",
        "国务院令第716号第七条：能共享获取的，不得要求申请人提交。",
        "materials: [{material: small-card, form: 原件, exempt: true}]",
        "materials: [{material: small-card, form: 原件, exempt: true, source: 政府部门核发}]",
        sure="S",
    ),
    Rule(
        "hours-twice",
        "doubtful",
        "在大厅办又另写了时间",
        "在大厅办理，又另写了办理时间。",
        _ONE,
        "visit: {count: 1, reasons: [采集相片], hours: 工作日 09:00 到 12:00}",
        "visit: {count: 1, reasons: [采集相片]}",
        sure="S",
    ),
    Rule(
        "unused-material",
        "style",
        "没有指南用到这份材料",
        "材料库里的一份材料，没有一份办事指南用到它。",
        _LISTS,
        "# items/materials/photo.yml\nname: 照片\naliases: [相片]",
        "# items/materials/small-card.yml\nname: 小证",
        sure="S",
    ),
    Rule(
        "blank-form-missing",
        "doubtful",
        "没有空白表格可下载",
        "要申请人填写的表格，没有空白表格。",
        "表格样表（政府网站检查指标）；行政许可法第三十条。",
        "category: 申请表格文书\nissuer: 申请人填写",
        "category: 申请表格文书\nissuer: 申请人填写\nblank_form: {title: 申请表, path: files/samples/small-card.pdf}",
        sure="S",
        file="items/materials/small-card.yml",
    ),
    Rule(
        "review-overdue",
        "doubtful",
        "过了复核的日子",
        "下次复核的日子已经过了。",
        "法律一改，材料、收费、地点可能都跟着改；不复核，就不知道内容还对不对。",
        "review_by: 2026-11-01",
        "review_by: 2027-10-12",
    ),
    Rule(
        "planned-dates",
        "false",
        "计划取消早于计划生效",
        "计划取消日期早于计划生效日期。",
        "这样的事项一天也办不了，日期必有一个写错。",
        "planned_start: 2026-12-01\nplanned_end: 2026-10-01",
        "planned_start: 2026-10-01\nplanned_end: 2026-12-01",
    ),
    Rule(
        "review-dates",
        "false",
        "下次复核早于最近修订",
        "下次复核的日子早于最近修订的日子。",
        "日期必有一个写错，到期提醒就不准。",
        "review_by: 2026-10-01",
        "review_by: 2027-10-12",
    ),
    Rule(
        "successor-missing",
        "doubtful",
        "取消了没说怎么办",
        "事项已取消，没有写接替事项，也没有修订说明。",
        "来办的人要知道改办什么、为什么不办了。",
        "status: 取消\n# 不写 windows",
        "status: 取消\nrevision_note: 并入居民身份证办理。\n# 不写 windows",
    ),
    Rule(
        "successor-withdrawn",
        "doubtful",
        "接替事项也停办了",
        "接替事项本身已取消或暂停。",
        "指过去的人还是办不了。",
        "status: 取消\n# 不写 windows\nsuccessor: card-loss\n# items/guides/card-loss.yml\nname: 小证补领\naliases: [补小证]\n"
        "codes: {local: XQ-0102}\nstatus: 取消\nrevision_note: 不再办理。\n# 不写 windows",
        "status: 取消\n# 不写 windows\nsuccessor: card-loss\n# items/guides/card-loss.yml\nname: 小证补领\naliases: [补小证]\ncodes: {local: XQ-0102}",
    ),
)

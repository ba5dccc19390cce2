"""Each mistake that a file can hold, with all that `tongchuang check` says of it; the input stands beside the message.

`ruff` may not break the lines of messages: they are what an editor reads.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from project import FILES

DEPARTMENT = "items/departments/police.yml"
HALL = "items/hall/main.yml"
FEE = "items/fees/small-card.yml"
POLICY = "items/policies/small-law.yml"
BODY = "items/policies/small-law.md"
MATERIAL = "items/materials/small-card.yml"
GUIDE = "items/guides/card-renewal.yml"
ABOUT = "content/about.md"

Files = Mapping[str, str | bytes | None]
"""Texts or bytes by path; None where the project's own file is taken away."""


@dataclass(frozen=True, slots=True)
class Case:
    """Files that differ from the tiny project, and the whole output of `check`."""

    files: Files
    says: str


def edited(path: str, old: str, new: str) -> dict[str, str]:
    """Return a file of the project with one passage replaced, where it stands first."""
    assert old in FILES[path], f"{path} does not hold {old!r}"
    return {path: FILES[path].replace(old, new, 1)}


ALIAS_BOMB = "a: &a0 [x, x]\n" + "".join(f"b{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
OTHER_MATERIAL = FILES[MATERIAL].replace("name: 小证\naliases: [证]", "name: 照片")


# Keys: unknown, missing, without a value.
KEYS = {
    "unknown key with a near miss": Case(
        edited(GUIDE, "consult: {phone:", "consult: {phnoe:"),
        """\
items/guides/card-renewal.yml:37:11: 错误: 「咨询方式」没有「phnoe」这个字段 [unknown-key]
    是不是想写 phone（电话）？
共 1 个错误，0 个提醒。
""",
    ),
    "key written in Chinese": Case(
        edited(MATERIAL, "name: 小证", "名称: 小证"),
        """\
items/materials/small-card.yml:1:1: 错误: 没有「名称」这个字段 [unknown-key]
    「名称」的字段名是 name。
共 1 个错误，0 个提醒。
""",
    ),
    "Chinese key near a label": Case(
        edited(GUIDE, "name: 小证期满换领", "名称: 小证期满换领"),
        """\
items/guides/card-renewal.yml:1:1: 错误: 没有「名称」这个字段 [unknown-key]
    是不是想写 name（事项名称）？
共 1 个错误，0 个提醒。
""",
    ),
    "unknown key like no other": Case(
        edited(MATERIAL, "issuer: 公安机关", "issuer: 公安机关\nzzz: 1"),
        """\
items/materials/small-card.yml:5:1: 错误: 没有「zzz」这个字段 [unknown-key]
    这里可以写：name（名称）、accepted（已说明的提醒）、aliases（别名）、category（材料类型）、issuer（出具单位）、shared（可共享获取）、blank_form（空白表格）、sample（示例样表）、note（说明）。
共 1 个错误，0 个提醒。
""",
    ),
    "key with capitals": Case(
        edited(MATERIAL, "issuer:", "Issuer:"),
        """\
items/materials/small-card.yml:4:1: 错误: 没有「Issuer」这个字段 [unknown-key]
    是不是想写 issuer（出具单位）？
共 1 个错误，0 个提醒。
""",
    ),
    "unknown key in a list": Case(
        edited(GUIDE, "form: 原件,", "from: 原件,"),
        """\
items/guides/card-renewal.yml:25:28: 错误: 「申请材料第1条」没有「from」这个字段 [unknown-key]
    是不是想写 form（材料形式）？
共 1 个错误，0 个提醒。
""",
    ),
    "id written in the file": Case(
        edited(MATERIAL, "name: 小证", "id: small-card\nname: 小证"),
        """\
items/materials/small-card.yml:1:1: 错误: 「编号」不写在文件里 [written-id]
    编号就是文件名「small-card」，请删掉这一行。
共 1 个错误，0 个提醒。
""",
    ),
    "missing key at the top": Case(
        edited(MATERIAL, "issuer: 公安机关\n", ""),
        """\
items/materials/small-card.yml:1:1: 错误: 「出具单位」缺少必填的 issuer [missing-key]
    请补上 issuer: …。由谁出具；自己填写的写「申请人填写」。
共 1 个错误，0 个提醒。
""",
    ),
    "missing key in a group": Case(
        edited(GUIDE, "codes: {local: XQ-0101}", "codes: {basic: '000107001000'}"),
        """\
items/guides/card-renewal.yml:4:1: 错误: 「编码·本区事项编号」缺少必填的 local [missing-key]
    请补上 local: …。本区自编，打印件和窗口都用它。
共 1 个错误，0 个提醒。
""",
    ),
    "missing key in a list": Case(
        edited(FEE, "    unit: 证\n    periods:\n      - until", "    periods:\n      - until"),
        """\
items/fees/small-card.yml:6:5: 错误: 「收费标准第1条·计费单位」缺少必填的 unit [missing-key]
    请补上 unit: …。证、本、张、件、副等。
共 1 个错误，0 个提醒。
""",
    ),
    "key without a value": Case(
        edited(GUIDE, "owner: 公安局证件科", "owner:"),
        """\
items/guides/card-renewal.yml:42:7: 错误: 「维护科室」后面没有写内容 [empty-value]
    填上内容；不需要这个字段就删掉整行。
共 1 个错误，0 个提醒。
""",
    ),
    "list without a value": Case(
        edited(GUIDE, "conditions: [小证有效期已满]", "conditions:"),
        """\
items/guides/card-renewal.yml:11:12: 错误: 「受理条件」后面没有写内容 [empty-value]
    填上内容；不需要这个字段就删掉整行。
共 1 个错误，0 个提醒。
""",
    ),
    "date without a value": Case(
        edited(GUIDE, "review_by: 2027-10-12", "review_by:"),
        """\
items/guides/card-renewal.yml:44:11: 错误: 「下次复核」后面没有写内容 [empty-value]
    填上内容；不需要这个字段就删掉整行。
共 1 个错误，0 个提醒。
""",
    ),
}

# Values of a wrong sort, beyond reason or outside a list.
VALUES = {
    "text for a list": Case(
        edited(GUIDE, "conditions: [小证有效期已满]", "conditions: 小证有效期已满"),
        """\
items/guides/card-renewal.yml:11:13: 错误: 「受理条件」写的是「小证有效期已满」，应是列表 [wrong-type]
    每条一行，以「- 」开头，或写成 [甲, 乙]。
共 1 个错误，0 个提醒。
""",
    ),
    "list for a text": Case(
        edited(MATERIAL, "issuer: 公安机关", "issuer: [公安机关, 派出所]"),
        """\
items/materials/small-card.yml:4:9: 错误: 「出具单位」写的是一个列表，应是文字 [wrong-type]
    文字直接写在冒号后面；含冒号等符号时用半角引号括起来。
共 1 个错误，0 个提醒。
""",
    ),
    "group for a text": Case(
        edited(MATERIAL, "issuer: 公安机关", "issuer: {name: 公安机关}"),
        """\
items/materials/small-card.yml:4:9: 错误: 「出具单位」写的是一组字段，应是文字 [wrong-type]
    文字直接写在冒号后面；含冒号等符号时用半角引号括起来。
共 1 个错误，0 个提醒。
""",
    ),
    "text for a group": Case(
        edited(GUIDE, "consult: {phone: 0123-5550101, window: 一楼 A01 窗口}", "consult: 0123-5550101"),
        """\
items/guides/card-renewal.yml:37:10: 错误: 「咨询方式」写的是「0123-5550101」，应是一组字段 [wrong-type]
    换行后缩进两格，写「字段名: 内容」。
共 1 个错误，0 个提醒。
""",
    ),
    "list for a group": Case(
        edited(GUIDE, "online: {available: false}", "online: [false]"),
        """\
items/guides/card-renewal.yml:20:9: 错误: 「网上办理」写的是一个列表，应是一组字段 [wrong-type]
    换行后缩进两格，写「字段名: 内容」。
共 1 个错误，0 个提醒。
""",
    ),
    "true for a text": Case(
        edited(MATERIAL, "issuer: 公安机关", "issuer: true"),
        """\
items/materials/small-card.yml:4:9: 错误: 「出具单位」写的是「true」，应是文字 [wrong-type]
    文字直接写在冒号后面；含冒号等符号时用半角引号括起来。
共 1 个错误，0 个提醒。
""",
    ),
    "empty list": Case(
        edited(GUIDE, "conditions: [小证有效期已满]", "conditions: []"),
        """\
items/guides/card-renewal.yml:11:13: 错误: 「受理条件」至少要写 1 条 [too-few]
    每条一行，以「- 」开头。
共 1 个错误，0 个提醒。
""",
    ),
    "only spaces": Case(
        edited(MATERIAL, "issuer: 公安机关", 'issuer: "  "'),
        """\
items/materials/small-card.yml:4:9: 错误: 「出具单位」只有空格，没有内容 [empty-value]
    填上内容；不需要这个字段就删掉整行。
共 1 个错误，0 个提醒。
""",
    ),
    "amount with a unit": Case(
        edited(FEE, "amount: 40", "amount: 40元"),
        """\
items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「40元」不是金额 [wrong-amount]
    只写半角数字，不带单位和千分号，例如 40。
共 1 个错误，0 个提醒。
""",
    ),
    "amount with a full-width digit": Case(
        edited(FEE, "amount: 40", "amount: ４０"),
        """\
items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「４０」不是金额 [wrong-amount]
    只写半角数字，不带单位和千分号，例如 40。
共 1 个错误，0 个提醒。
""",
    ),
    "amount with a thousands separator": Case(
        edited(FEE, "amount: 40", 'amount: "1,200"'),
        """\
items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「1,200」不是金额 [wrong-amount]
    只写半角数字，不带单位和千分号，例如 1200。
共 1 个错误，0 个提醒。
""",
    ),
    "amount in words": Case(
        edited(FEE, "amount: 40", "amount: 四十"),
        """\
items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「四十」不是金额 [wrong-amount]
    只写半角数字，不带单位和千分号，例如 20 或 0.5。
共 1 个错误，0 个提醒。
""",
    ),
    "negative amount": Case(
        edited(FEE, "amount: 40", "amount: -40"),
        """\
items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「-40」不是金额 [wrong-amount]
    只写半角数字，不带单位和千分号，例如 20 或 0.5。
共 1 个错误，0 个提醒。
""",
    ),
    "amount beyond reason": Case(
        edited(FEE, "amount: 40", "amount: 1000000000000000000000000000001"),
        """\
items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「1000000000000000000000000000001」太大 [wrong-amount]
    单位是元，请核对。
共 1 个错误，0 个提醒。
""",
    ),
    "list for an amount": Case(
        edited(FEE, "amount: 40", "amount: [40, 60]"),
        """\
items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」一个列表不是金额 [wrong-amount]
    只写半角数字，不带单位和千分号，例如 20 或 0.5。
共 1 个错误，0 个提醒。
""",
    ),
    "count with a unit": Case(
        edited(GUIDE, "  count: 1\n", "  count: 1次\n"),
        """\
items/guides/card-renewal.yml:18:10: 错误: 「现场办理·到办事现场次数」「1次」不是整数 [wrong-number]
    只写半角数字，不带单位，例如 1。
共 1 个错误，0 个提醒。
""",
    ),
    "count beyond reason": Case(
        edited(GUIDE, "promised: {number: 15}", "promised: {number: 100000000000}"),
        """\
items/guides/card-renewal.yml:14:22: 错误: 「时限·承诺办结时限·时限数」「100000000000」太大 [wrong-number]
    写 0 至 99999 的整数。
共 1 个错误，0 个提醒。
""",
    ),
    "negative count": Case(
        edited(GUIDE, "  count: 1\n", "  count: -1\n"),
        """\
items/guides/card-renewal.yml:18:10: 错误: 「现场办理·到办事现场次数」「-1」小于 0 [wrong-number]
    写 0 至 99999 的整数。
共 1 个错误，0 个提醒。
""",
    ),
    "neither yes nor no": Case(
        edited(GUIDE, "online: {available: false}", "online: {available: 不能}"),
        """\
items/guides/card-renewal.yml:20:21: 错误: 「网上办理·是否网办」「不能」不是「是」或「否」 [wrong-boolean]
    写 true（是）或 false（否）。
共 1 个错误，0 个提醒。
""",
    ),
    "phone without area code": Case(
        edited(DEPARTMENT, "phone: 0123-5550101", "phone: 5550101"),
        """\
items/departments/police.yml:6:8: 错误: 「咨询电话」「5550101」不是完整的公开电话 [wrong-phone]
    固定电话写 区号-号码，例如 0123-5550101；短号如 12345 可直接写。不要公布个人手机号。
共 1 个错误，0 个提醒。
""",
    ),
    "mobile phone": Case(
        edited(DEPARTMENT, "\nphone: 0123-5550101", "\nphone: 13900001234"),
        """\
items/departments/police.yml:6:8: 错误: 「咨询电话」「13900001234」不是完整的公开电话 [wrong-phone]
    固定电话写 区号-号码，例如 0123-5550101；短号如 12345 可直接写。不要公布个人手机号。
共 1 个错误，0 个提醒。
""",
    ),
    "hours the wrong way round": Case(
        edited(DEPARTMENT, "09:00-12:00", "12:00-09:00"),
        """\
items/departments/police.yml:9:25: 错误: 「办公时间第1条·起止时间第1条」「12:00-09:00」不是起止时间 [wrong-hours]
    写成 09:00-12:00，24 小时制，先起后止。
共 1 个错误，0 个提醒。
""",
    ),
    "web address of a script": Case(
        edited(DEPARTMENT, "address: 政和路 6 号", "address: 政和路 6 号\nwebsite: javascript:alert(1)"),
        """\
items/departments/police.yml:6:10: 错误: 「网站」「javascript:alert(1)」不是可用的网址 [wrong-url]
    网址以 https:// 开头，不含空格。
共 1 个错误，0 个提醒。
""",
    ),
    "path out of the site": Case(
        edited(GUIDE, "files/samples/small-card.pdf", "files/../../etc/passwd.pdf"),
        """\
items/guides/card-renewal.yml:34:31: 错误: 「审批结果·结果样本·文件路径」「files/../../etc/passwd.pdf」不是附件路径 [wrong-file-path]
    附件放在 content/files/ 下，写成 files/forms/名字.docx，名字用字母、数字和 -。
共 1 个错误，0 个提醒。
""",
    ),
    "file that is not there": Case(
        edited(GUIDE, "files/samples/small-card.pdf", "files/samples/Small-card.pdf"),
        """\
items/guides/card-renewal.yml:34:31: 错误: 「审批结果·结果样本·文件路径」没有「files/samples/Small-card.pdf」这个文件 [missing-file]
    把文件放到 content/files/ 下，名字与这里写的完全一致（大小写也要一致）。
共 1 个错误，0 个提醒。
""",
    ),
    "text beyond its length": Case(
        edited(MATERIAL, "name: 小证\n", f"name: {'证' * 201}\n"),
        """\
items/materials/small-card.yml:1:7: 错误: 「名称」太长：201 个字，最多 200 个字 [too-long]
    请缩短；细节写进说明、备注或正文。
共 1 个错误，0 个提醒。
""",
    ),
    "text with a line end and more for a choice": Case(
        edited(MATERIAL, "category: 证件证书证明", f"category: |\n  {'证' * 60}\n  明"),
        """\
items/materials/small-card.yml:3:11: 错误: 「材料类型」「证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证证…」不在可选范围内 [not-in-list]
    可选：证件证书证明、申请表格文书、其他。
共 1 个错误，0 个提醒。
""",
    ),
    "value outside a list, near miss": Case(
        edited(GUIDE, "type: 行政确认", "type: 行政确任"),
        """\
items/guides/card-renewal.yml:5:7: 错误: 「事项类型」「行政确任」不在可选范围内 [not-in-list]
    是不是「行政确认」？可选：行政许可、行政处罚、行政强制、行政征收、行政给付、行政检查、行政确认、行政奖励、行政裁决、其他行政权力、公共服务。
共 1 个错误，0 个提醒。
""",
    ),
    "value outside a list, far off": Case(
        edited(GUIDE, "kind: 承诺件", "kind: xyz"),
        """\
items/guides/card-renewal.yml:10:18: 错误: 「办理·办件类型」「xyz」不在可选范围内 [not-in-list]
    可选：即办件、承诺件。
共 1 个错误，0 个提醒。
""",
    ),
    "value outside a list in a list": Case(
        edited(GUIDE, "targets: [自然人]", "targets: [自然人, 企业]"),
        """\
items/guides/card-renewal.yml:7:16: 错误: 「服务对象第2条」「企业」不在可选范围内 [not-in-list]
    是不是「企业法人」？可选：自然人、企业法人、事业法人、社会组织法人、非法人企业、行政机关、其他组织。
共 1 个错误，0 个提醒。
""",
    ),
    "list for a choice": Case(
        edited(GUIDE, "type: 行政确认", "type: [行政确认]"),
        """\
items/guides/card-renewal.yml:5:7: 错误: 「事项类型」一个列表不在可选范围内 [not-in-list]
    可选：行政许可、行政处罚、行政强制、行政征收、行政给付、行政检查、行政确认、行政奖励、行政裁决、其他行政权力、公共服务。
共 1 个错误，0 个提醒。
""",
    ),
}

# Dates.
DATES = {
    "impossible date": Case(
        edited(GUIDE, "revised: 2026-10-12", "revised: 2026-02-30"),
        """\
items/guides/card-renewal.yml:43:10: 错误: 「最近修订」「2026-02-30」不是日历上有的日子 [impossible-date]
    请核对年、月、日，例如 2026-02-28。
共 1 个错误，0 个提醒。
""",
    ),
    "date in Chinese": Case(
        edited(GUIDE, "revised: 2026-10-12", "revised: 2026年7月1日"),
        """\
items/guides/card-renewal.yml:43:10: 错误: 「最近修订」「2026年7月1日」不是日期 [wrong-date]
    日期写成 年-月-日，月和日各两位，例如 2026-07-01。
共 1 个错误，0 个提醒。
""",
    ),
    "date without hyphens": Case(
        edited(GUIDE, "revised: 2026-10-12", "revised: 20260701"),
        """\
items/guides/card-renewal.yml:43:10: 错误: 「最近修订」「20260701」不是日期 [wrong-date]
    日期写成 年-月-日，月和日各两位，例如 2026-07-01。
共 1 个错误，0 个提醒。
""",
    ),
    "date with single digits": Case(
        edited(GUIDE, "revised: 2026-10-12", "revised: 2026-7-1"),
        """\
items/guides/card-renewal.yml:43:10: 错误: 「最近修订」「2026-7-1」不是日期 [wrong-date]
    日期写成 年-月-日，月和日各两位，例如 2026-07-01。
共 1 个错误，0 个提醒。
""",
    ),
    "date with slashes": Case(
        edited(GUIDE, "revised: 2026-10-12", "revised: 2026/7/1"),
        """\
items/guides/card-renewal.yml:43:10: 错误: 「最近修订」「2026/7/1」不是日期 [wrong-date]
    日期写成 年-月-日，月和日各两位，例如 2026-07-01。
共 1 个错误，0 个提醒。
""",
    ),
    "year only": Case(
        edited(GUIDE, "revised: 2026-10-12", "revised: 2026"),
        """\
items/guides/card-renewal.yml:43:10: 错误: 「最近修订」「2026」不是日期 [wrong-date]
    日期写成 年-月-日，月和日各两位，例如 2026-07-01。
共 1 个错误，0 个提醒。
""",
    ),
    "year of another age": Case(
        edited(GUIDE, "revised: 2026-10-12", "revised: 0206-10-12"),
        """\
items/guides/card-renewal.yml:43:10: 错误: 「最近修订」「0206-10-12」的年份不对 [impossible-date]
    年份应在 1900 至 2199 之间。
共 1 个错误，0 个提醒。
""",
    ),
    "list for a date": Case(
        edited(GUIDE, "revised: 2026-10-12", "revised: [2026-10-12]"),
        """\
items/guides/card-renewal.yml:43:10: 错误: 「最近修订」一个列表不是日期 [wrong-date]
    日期写成 年-月-日，月和日各两位，例如 2026-07-01。
共 1 个错误，0 个提醒。
""",
    ),
}

# References, ids and addresses.
REFERENCES = {
    "dangling reference, near miss": Case(
        edited(GUIDE, "material: small-card, form", "material: smal-card, form"),
        """\
items/guides/card-renewal.yml:25:16: 错误: 「申请材料第1条·材料」「smal-card」不在材料与表格里 [dangling-reference]
    是不是 small-card？请核对编号，或先在 items/materials/ 下新建 smal-card.yml。
共 1 个错误，0 个提醒。
""",
    ),
    "dangling reference, far off": Case(
        edited(GUIDE, "{policy: small-law, article: 第五条", "{policy: road-traffic-act, article: 第五条"),
        """\
items/guides/card-renewal.yml:36:14: 错误: 「设定依据第1条·依据文件」「road-traffic-act」不在政策文件里 [dangling-reference]
    请核对编号，或先在 items/policies/ 下新建 road-traffic-act.yml。
共 1 个错误，0 个提醒。
""",
    ),
    "name instead of an id": Case(
        edited(GUIDE, "department: police", "department: 小区公安局"),
        """\
items/guides/card-renewal.yml:6:13: 错误: 「实施主体」「小区公安局」不是编号 [wrong-id]
    编号只用小写英文字母、数字和 -，例如 id-card-renewal。部门的编号。
共 1 个错误，0 个提醒。
""",
    ),
    "unknown rate": Case(
        edited(GUIDE, "rate: renewal", "rate: renewel"),
        """\
items/guides/card-renewal.yml:22:29: 错误: 「收费第1条·收费标准编号」收费项目「小证工本费」（fees/small-card）里没有标准「renewel」 [unknown-rate]
    是不是 renewal？可用的标准编号：renewal、loss。
共 1 个错误，0 个提醒。
""",
    ),
    "unknown window": Case(
        edited(GUIDE, "windows: [A01, A02]", "windows: [A01, A20]"),
        """\
items/guides/card-renewal.yml:16:16: 错误: 「办理窗口第2条」「小区政务服务中心」没有 A20 窗口 [unknown-window]
    是不是 A02？请核对墙上挂的号，或先在大厅文件里加上这个窗口。
items/hall/main.yml:16:10: 提醒: 「窗口第2条·窗口号」窗口 A02「证件领取」没有办理任何事项 [idle-window]
    请在办事指南的 windows 里写上它，或从大厅撤下这个窗口。
共 1 个错误，1 个提醒。
""",
    ),
    "dangling link in prose": Case(
        edited(ABOUT, "/guides/card-renewal/", "/guides/card-renewel/"),
        """\
content/about.md:7:11: 错误: 「正文」站内链接 /guides/card-renewel/ 没有对应的页面 [dangling-link]
    链接到内容页写 /类别/编号/，例如 /guides/id-card-renewal/；链接到别的文字页用相对路径的 .md。
共 1 个错误，0 个提醒。
""",
    ),
    "item with a mistake that others refer to": Case(
        edited(DEPARTMENT, "nature: 法定机关", "nature: 法定机构"),
        """\
items/departments/police.yml:3:9: 错误: 「主体性质」「法定机构」不在可选范围内 [not-in-list]
    是不是「法定机关」？可选：法定机关、授权组织、受委托组织。
共 1 个错误，0 个提醒。
""",
    ),
    "one id in two sub-folders": Case(
        {
            "items/guides/police/card-renewal.yml": FILES[GUIDE],
            "items/guides/centre/card-renewal.yml": FILES[GUIDE],
            GUIDE: None,
        },
        """\
items/guides/police/card-renewal.yml:1:1: 错误: 「编号」「card-renewal」已被 items/guides/centre/card-renewal.yml 使用 [duplicate-id]
    两个文件不能同名（子文件夹不算在地址里）；请改其中一个的文件名，已公布的不要改。
共 1 个错误，0 个提醒。
""",
    ),
    "prose at an item's address": Case(
        {"content/guides/card-renewal.md": FILES[ABOUT]},
        """\
content/guides/card-renewal.md:1:1: 错误: 「地址」与 items/guides/card-renewal.yml 占用同一个地址 /guides/card-renewal/ [address-clash]
    请给其中一个文件改名；已公布的地址、自动生成的地址不能改。
共 1 个错误，0 个提醒。
""",
    ),
    "prose at a list's address": Case(
        {"content/fees/index.md": FILES[ABOUT]},
        """\
content/fees/index.md:1:1: 错误: 「地址」与 自动生成的页面 占用同一个地址 /fees/ [address-clash]
    请给其中一个文件改名；已公布的地址、自动生成的地址不能改。
共 1 个错误，0 个提醒。
""",
    ),
    "prose at a portal page's address": Case(
        {"content/search.md": FILES[ABOUT]},
        """\
content/search.md:1:1: 错误: 「地址」与 自动生成的页面 占用同一个地址 /search/ [address-clash]
    请给其中一个文件改名；已公布的地址、自动生成的地址不能改。
共 1 个错误，0 个提醒。
""",
    ),
    "id with a blank": Case(
        {"items/materials/A B.yml": OTHER_MATERIAL},
        """\
items/materials/A B.yml:1:1: 错误: 「编号」文件名「A B」不能作编号 [wrong-id]
    文件名只用小写英文字母、数字和 -，例如 id-card-renewal.yml；公布后不要再改。
共 1 个错误，0 个提醒。
""",
    ),
    "id in Chinese": Case(
        {"items/materials/身份证.yml": OTHER_MATERIAL},
        """\
items/materials/身份证.yml:1:1: 错误: 「编号」文件名「身份证」不能作编号 [wrong-id]
    文件名只用小写英文字母、数字和 -，例如 id-card-renewal.yml；公布后不要再改。
共 1 个错误，0 个提醒。
""",
    ),
    "id with capitals": Case(
        {"items/materials/Small-Card.yml": OTHER_MATERIAL},
        """\
items/materials/Small-Card.yml:1:1: 错误: 「编号」文件名「Small-Card」不能作编号 [wrong-id]
    文件名只用小写英文字母、数字和 -，例如 id-card-renewal.yml；公布后不要再改。
共 1 个错误，0 个提醒。
""",
    ),
    "id that climbs": Case(
        {"items/materials/..%2f..%2fetc%2fpasswd.yml": OTHER_MATERIAL},
        """\
items/materials/..%2f..%2fetc%2fpasswd.yml:1:1: 错误: 「编号」文件名「..%2f..%2fetc%2fpasswd」不能作编号 [wrong-id]
    文件名只用小写英文字母、数字和 -，例如 id-card-renewal.yml；公布后不要再改。
共 1 个错误，0 个提醒。
""",
    ),
    "id with a line end": Case(
        {"items/materials/a\nb.yml": OTHER_MATERIAL},
        """\
items/materials/a\\nb.yml:1:1: 错误: 「编号」文件名「a\\nb」不能作编号 [wrong-id]
    文件名只用小写英文字母、数字和 -，例如 id-card-renewal.yml；公布后不要再改。
共 1 个错误，0 个提醒。
""",
    ),
    "id that climbs inside": Case(
        edited(GUIDE, "material: small-card, form", "material: ../../etc/passwd, form"),
        """\
items/guides/card-renewal.yml:25:16: 错误: 「申请材料第1条·材料」「../../etc/passwd」不是编号 [wrong-id]
    编号只用小写英文字母、数字和 -，例如 id-card-renewal。材料库里的编号。
共 1 个错误，0 个提醒。
""",
    ),
}

# Periods of fees, and document numbers.
PERIODS = {
    "overlapping periods": Case(
        edited(FEE, "from: 2027-01-01", "from: 2026-12-01"),
        """\
items/fees/small-card.yml:13:15: 错误: 「收费标准第1条·标准沿革第2条·起始日期」前面的标准到 2026-12-31 止，这一段从 2026-12-01 起，2026-12-01 至 2026-12-31 重叠 [period-overlap]
    前一段改为 until: 2026-11-30，或不写 until。
共 1 个错误，0 个提醒。
""",
    ),
    "gap between periods": Case(
        edited(FEE, "from: 2027-01-01", "from: 2027-02-01"),
        """\
items/fees/small-card.yml:13:15: 错误: 「收费标准第1条·标准沿革第2条·起始日期」前面的标准到 2026-12-31 止，这一段从 2027-02-01 起，2027-01-01 至 2027-01-31 没有标准 [period-gap]
    这一段改为 from: 2027-01-01，或补上中间一段；那几天免收的写 amount: 0。
共 1 个错误，0 个提醒。
""",
    ),
    "periods out of order": Case(
        edited(FEE, "- until: 2026-12-31", "- from: 2028-01-01"),
        """\
items/fees/small-card.yml:13:15: 错误: 「收费标准第1条·标准沿革第2条·起始日期」第 2 段从 2027-01-01 起，不晚于前一段的 2028-01-01 [period-order]
    各段按起始日期先后排列，日期不能相同。
共 1 个错误，0 个提醒。
""",
    ),
    "later period without start": Case(
        edited(FEE, "- from: 2027-01-01\n        amount: 15", "- amount: 15"),
        """\
items/fees/small-card.yml:13:9: 错误: 「收费标准第1条·标准沿革第2条」第 2 段没有写起始日期 [period-start-missing]
    只有第一段可以不写 from。
共 1 个错误，0 个提醒。
""",
    ),
    "period without amount": Case(
        edited(FEE, "      - amount: 40\n        basis", "      - basis"),
        """\
items/fees/small-card.yml:20:9: 错误: 「收费标准第2条·标准沿革第1条」没有写收费标准 [period-value]
    定额收费写 amount（免收写 0），按比例收费写 percent，另行核定的写 described，只写一个。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in []": Case(
        edited(POLICY, "number: 小政发〔2016〕5号", 'number: "小政发[2016]5号"'),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发[2016]5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in ()": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发(2016)5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发(2016)5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in （）": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发（2016）5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发（2016）5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in 【】": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发【2016】5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发【2016】5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in ［］": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发［2016］5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发［2016］5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in ｛｝": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发｛2016｝5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发｛2016｝5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in 〈〉": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发〈2016〉5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发〈2016〉5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in 《》": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发《2016》5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发《2016》5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in 「」": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发「2016」5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发「2016」5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in ﹝﹞": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发﹝2016﹞5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发﹝2016﹞5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in 〖〗": Case(
        edited(POLICY, "小政发〔2016〕5号", "小政发〖2016〗5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发〖2016〗5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number in <>": Case(
        edited(POLICY, "number: 小政发〔2016〕5号", 'number: "小政发<2016>5号"'),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发<2016>5号」的年份括号不对 [wrong-document-number]
    文号的年份用六角括号〔〕，应写成「小政发〔2016〕5号」。
共 1 个错误，0 个提醒。
""",
    ),
    "document number with 第": Case(
        edited(POLICY, "〔2016〕5号", "〔2016〕第5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发〔2016〕第5号」不是规范的文号 [wrong-document-number]
    写成 机关代字〔年份〕序号号，例如 国发〔2016〕55号：年份四位，序号不加「第」、不补零。
共 1 个错误，0 个提醒。
""",
    ),
    "document number with a blank": Case(
        edited(POLICY, "〔2016〕5号", "〔2016〕 5 号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发〔2016〕 5 号」不是规范的文号 [wrong-document-number]
    写成 机关代字〔年份〕序号号，例如 国发〔2016〕55号：年份四位，序号不加「第」、不补零。
共 1 个错误，0 个提醒。
""",
    ),
    "document number with half a year": Case(
        edited(POLICY, "〔2016〕5号", "〔16〕5号"),
        """\
items/policies/small-law.yml:2:9: 错误: 「发文字号」「小政发〔16〕5号」不是规范的文号 [wrong-document-number]
    写成 机关代字〔年份〕序号号，例如 国发〔2016〕55号：年份四位，序号不加「第」、不补零。
共 1 个错误，0 个提醒。
""",
    ),
}

# Markup, template marks and script links.
MARKUP = {
    "script in YAML": Case(
        edited(GUIDE, "summary: 小证有效期满时换领新证。", "summary: 换领<script>alert(1)</script>新证。"),
        """\
items/guides/card-renewal.yml:3:12: 错误: 文字里有 HTML 标记「<script>」。 [markup-in-text]
    内容里只写文字，网页的样子由模板决定；请删去标记。
共 1 个错误，0 个提醒。
""",
    ),
    "script in a list in a list": Case(
        edited(GUIDE, "action: 发给新证", 'action: "<img src=x onerror=alert(1)>"'),
        """\
items/guides/card-renewal.yml:28:58: 错误: 文字里有 HTML 标记「<img」。 [markup-in-text]
    内容里只写文字，网页的样子由模板决定；请删去标记。
共 1 个错误，0 个提醒。
""",
    ),
    "script behind an escape": Case(
        edited(MATERIAL, "issuer: 公安机关", 'issuer: "\\x3cscript>"'),
        """\
items/materials/small-card.yml:4:9: 错误: 文字里有 HTML 标记「<script>」。 [markup-in-text]
    内容里只写文字，网页的样子由模板决定；请删去标记。
共 1 个错误，0 个提醒。
""",
    ),
    "template marks in YAML": Case(
        edited(GUIDE, "summary: 小证有效期满时换领新证。", "summary: 换领 {{ 7 * 7 }} 新证。"),
        """\
items/guides/card-renewal.yml:3:13: 错误: 文字里有模板标记「{{」。 [markup-in-text]
    内容里只写文字，网页的样子由模板决定；请删去标记。
共 1 个错误，0 个提醒。
""",
    ),
    "template statement in YAML": Case(
        edited(MATERIAL, "issuer: 公安机关", "issuer: 公安{% include 'x' %}"),
        """\
items/materials/small-card.yml:4:11: 错误: 文字里有模板标记「{%」。 [markup-in-text]
    内容里只写文字，网页的样子由模板决定；请删去标记。
共 1 个错误，0 个提醒。
""",
    ),
    "script in a body": Case(
        {BODY: "# 办法\n\n第一条 <script>alert(1)</script>\n"},
        """\
items/policies/small-law.md:3:5: 错误: 「正文」「<script>」是网页代码，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
共 1 个错误，0 个提醒。
""",
    ),
    "template marks in a body": Case(
        {BODY: "第一条 {{ config }}\n第二条 {% raw %}\n"},
        """\
items/policies/small-law.md:1:5: 错误: 「正文」「{{」是模板符号，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/policies/small-law.md:2:5: 错误: 「正文」「{%」是模板符号，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
共 2 个错误，0 个提醒。
""",
    ),
    "script in a YAML body": Case(
        edited(POLICY, "summary:", "body: |\n  第一条 <script>alert(1)</script>\nsummary:"),
        """\
items/policies/small-law.yml:11:7: 错误: 文字里有 HTML 标记「<script>」。 [markup-in-text]
    内容里只写文字，网页的样子由模板决定；请删去标记。
共 1 个错误，0 个提醒。
""",
    ),
    "script in prose": Case(
        edited(ABOUT, "先看", "<script>alert(1)</script>先看"),
        """\
content/about.md:7:1: 错误: 「正文」「<script>」是网页代码，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
共 1 个错误，0 个提醒。
""",
    ),
    "template marks in prose": Case(
        edited(ABOUT, "先看", "{{ config }}先看"),
        """\
content/about.md:7:1: 错误: 「正文」「{{」是模板符号，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
共 1 个错误，0 个提醒。
""",
    ),
    "handler in prose": Case(
        edited(ABOUT, "/guides/card-renewal/)", '/guides/card-renewal/){ onclick="alert(1)" }'),
        """\
content/about.md:7:34: 错误: 「正文」「onclick」是网页代码的属性，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
共 1 个错误，0 个提醒。
""",
    ),
    "script link in a body": Case(
        {BODY: "[看](javascript:alert(1))\n"},
        """\
items/policies/small-law.md:1:5: 错误: 「正文」「javascript:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
共 1 个错误，0 个提醒。
""",
    ),
    "script link in a YAML body": Case(
        edited(POLICY, "summary:", "body: '[看](javascript:alert(1))'\nsummary:"),
        """\
items/policies/small-law.yml:10:7: 错误: 「正文」「javascript:」是会运行程序的链接，不能用 [unsafe-markdown]
    链接只写 https:// 开头的网址，或本站的地址。
共 1 个错误，0 个提醒。
""",
    ),
    "script links in disguise": Case(
        {
            BODY: "[一](JavaScript:alert(1))\n[二](java&#115;cript:alert(1))\n[三](javascript&colon;alert(1))\n[四](java&Tab;script:alert(1))\n[五](java\nscript:alert(1))\n[六]\n\n[六]: <  javascript\\:alert(1)>\n[七](&#x6A;avascript:alert(1))\n[八](&#1;vbscript:x)\n[九](data:text/html;base64,PHNjcmlwdD4=)\n"
        },
        """\
items/policies/small-law.md:1:5: 错误: 「正文」「JavaScript:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/policies/small-law.md:2:5: 错误: 「正文」「java&#115;cript:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/policies/small-law.md:3:5: 错误: 「正文」「javascript&colon;」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/policies/small-law.md:4:5: 错误: 「正文」「java&Tab;script:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/policies/small-law.md:5:5: 错误: 「正文」「java\\nscript:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/policies/small-law.md:9:9: 错误: 「正文」「javascript\\:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/policies/small-law.md:10:5: 错误: 「正文」「&#x6A;avascript:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/policies/small-law.md:11:9: 错误: 「正文」「vbscript:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/policies/small-law.md:12:5: 错误: 「正文」「data:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
共 9 个错误，0 个提醒。
""",
    ),
    "script link in prose": Case(
        edited(ABOUT, "/guides/card-renewal/", "java&#115;cript:alert(1)"),
        """\
content/about.md:7:10: 错误: 「正文」「java&#115;cript:」是会运行程序的链接，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
共 1 个错误，0 个提醒。
""",
    ),
}

# Files as programs save them.
FILES_AS_SAVED = {
    "alias bomb": Case(
        {MATERIAL: ALIAS_BOMB},
        """\
items/materials/small-card.yml:1:4: 错误: 不能用 YAML 的锚点「&a0」。 [anchor]
    请把内容在每一处都写出来。若这是文字，请用半角引号 " 把它括起来。
items/materials/small-card.yml:2:10: 错误: 不能用 YAML 的引用「*a0」。 [anchor]
    请把内容在每一处都写出来。若这是文字，请用半角引号 " 把它括起来。
共 2 个错误，0 个提醒。
""",
    ),
    "file of 10 MB": Case(
        {MATERIAL: FILES[MATERIAL] + "# 说明\n" * 1_100_000},
        """\
items/materials/small-card.yml:1:1: 错误: 文件有 9.4 MB，超过 1 MB 的上限，没有读取。 [file-too-large]
    内容文件只写文字；图片、附件等请放到单独的文件里，再在这里写出文件名。
共 1 个错误，0 个提醒。
""",
    ),
    "empty file": Case(
        {MATERIAL: ""},
        """\
items/materials/small-card.yml:1:1: 错误: 文件是空的，或者只有注释。 [empty-file]
    请按“字段名: 内容”的格式填写；不需要的文件请删去。
共 1 个错误，0 个提醒。
""",
    ),
    "comments only": Case(
        {MATERIAL: "# 小证\n# 待补\n"},
        """\
items/materials/small-card.yml:1:1: 错误: 文件是空的，或者只有注释。 [empty-file]
    请按“字段名: 内容”的格式填写；不需要的文件请删去。
共 1 个错误，0 个提醒。
""",
    ),
    "list at the top": Case(
        {MATERIAL: "- name: 小证\n"},
        """\
items/materials/small-card.yml:1:1: 错误: 文件的内容是列表；应为一组字段。 [not-a-mapping]
    最外层请写成「字段名: 内容」，每个字段一行，冒号用半角并接一个空格。
共 1 个错误，0 个提醒。
""",
    ),
    "text at the top": Case(
        {MATERIAL: "小证\n"},
        """\
items/materials/small-card.yml:1:1: 错误: 文件的内容是一段文字；应为一组字段。 [not-a-mapping]
    最外层请写成「字段名: 内容」，每个字段一行，冒号用半角并接一个空格。
共 1 个错误，0 个提醒。
""",
    ),
    "GBK": Case(
        {MATERIAL: FILES[MATERIAL].encode("gbk")},
        """\
items/materials/small-card.yml:3:12: 错误: 文件是 GBK 编码；应为 UTF-8。 [gbk-encoding]
    请把文件另存为 UTF-8：在 VS Code 中点右下角的编码名称，选“通过编码保存”→“UTF-8”；在记事本中用“另存为”，编码选“UTF-8”。
共 1 个错误，0 个提醒。
""",
    ),
    "byte-order mark": Case(
        {MATERIAL: FILES[MATERIAL].encode("utf-8-sig")},
        """\
items/materials/small-card.yml:1:1: 错误: 文件开头有字节顺序标记（BOM）；应为不带 BOM 的 UTF-8。 [byte-order-mark]
    在 VS Code 中点右下角的“UTF-8 with BOM”，选“通过编码保存”→“UTF-8”；在记事本中用“另存为”，编码选“UTF-8”。
共 1 个错误，0 个提醒。
""",
    ),
    "UTF-16": Case(
        {MATERIAL: FILES[MATERIAL].encode("utf-16")},
        """\
items/materials/small-card.yml:1:1: 错误: 文件是 UTF-16 编码；应为 UTF-8。 [utf16-encoding]
    在 VS Code 中点右下角的编码名称，选“通过编码保存”→“UTF-8”；在记事本中用“另存为”，编码选“UTF-8”。
共 1 个错误，0 个提醒。
""",
    ),
    "CRLF": Case(
        {MATERIAL: FILES[MATERIAL].replace("\n", "\r\n").encode()},
        """\
items/materials/small-card.yml:1:9: 错误: 行尾是 Windows 格式（CRLF），共 4 行；应为 LF。 [crlf]
    在 VS Code 中点右下角的 CRLF 改选 LF 后保存；记事本不能改行尾，请换用 VS Code。若是 Git 检出时换的，请执行 git config core.autocrlf input 后重新检出。
共 1 个错误，0 个提醒。
""",
    ),
    "full-width colon": Case(
        edited(MATERIAL, "issuer: ", "issuer："),
        """\
items/materials/small-card.yml:4:7: 错误: 「issuer」后面是全角冒号；应为半角冒号加一个空格。 [fullwidth-colon]
    请在英文输入状态下改成「issuer: 」；若这里是正文，请用半角引号 " 把整段文字括起来。
共 1 个错误，0 个提醒。
""",
    ),
    "ideographic-space indentation": Case(
        edited(HALL, "    name: 一楼", "\u3000\u3000name: 一楼"),
        """\
items/hall/main.yml:10:1: 错误: 行首用了全角空格；应为半角空格。 [wide-space-indentation]
    请删去后在英文输入状态下输入半角空格，每深一层加 2 个空格；若要保留文字开头的空格，请用 | 另起一行书写。
共 1 个错误，0 个提醒。
""",
    ),
    "tabs": Case(
        edited(HALL, "    name: 一楼", "\tname: 一楼"),
        """\
items/hall/main.yml:10:1: 错误: 这里用了制表符（Tab）；应为半角空格。 [tab-indentation]
    请改成半角空格，每深一层加 2 个空格。在 VS Code 中点右下角的“制表符长度”，选“将缩进转换为空格”。
共 1 个错误，0 个提醒。
""",
    ),
    "empty body": Case(
        {BODY: "\n"},
        """\
items/policies/small-law.md:1:1: 错误: 「正文」文件是空的 [empty-file]
    请写上正文；不需要正文就删掉这个文件。
共 1 个错误，0 个提醒。
""",
    ),
    "GBK in a body": Case(
        {BODY: "第一条 本办法自公布之日起施行。\n".encode("gbk")},
        """\
items/policies/small-law.md:1:1: 错误: 文件是 GBK 编码；应为 UTF-8。 [gbk-encoding]
    请把文件另存为 UTF-8：在 VS Code 中点右下角的编码名称，选“通过编码保存”→“UTF-8”；在记事本中用“另存为”，编码选“UTF-8”。
共 1 个错误，0 个提醒。
""",
    ),
    "body too long": Case(
        {BODY: "第一条。\n" * 60_000},
        """\
items/policies/small-law.md:1:1: 错误: 「正文」太长：300000 个字，最多 200000 个字 [too-long]
    请缩短；细节写进说明、备注或正文。
共 1 个错误，0 个提醒。
""",
    ),
    "body in two places": Case(
        {**edited(POLICY, "summary:", "body: 第一条。\nsummary:"), BODY: "第一条。\n"},
        """\
items/policies/small-law.yml:10:1: 错误: 「正文」写了两处：这里和 items/policies/small-law.md [written-twice]
    请只留一处，删去另一处。
共 1 个错误，0 个提醒。
""",
    ),
    "body without item": Case(
        {"items/policies/smal-law.md": "第一条。\n"},
        """\
items/policies/smal-law.md:1:1: 错误: 旁边没有 smal-law.yml，这个文件不会发布 [stray-file]
    正文要与它的 .yml 文件同名，放在同一个文件夹里。
共 1 个错误，0 个提醒。
""",
    ),
    "body of a kind without bodies": Case(
        {"items/materials/small-card.md": "说明。\n"},
        """\
items/materials/small-card.md:1:1: 错误: 「材料与表格」没有正文，这个文件不会发布 [stray-file]
    请把内容写进 .yml 文件，再删掉它。
共 1 个错误，0 个提醒。
""",
    ),
}

# Prose pages.
PROSE = {
    "unclosed front matter": Case(
        edited(ABOUT, "title: 关于本站\n---", "title: 关于本站"),
        """\
content/about.md:1:1: 错误: 文件第 1 行是「---」，但后面没有另一行「---」来结束文件头。 [unclosed-front-matter]
    请在文件头之后、正文之前加一行「---」；若没有文件头，请删去第 1 行。
共 1 个错误，0 个提醒。
""",
    ),
    "broken front matter": Case(
        edited(ABOUT, "title: 关于本站", "title：关于本站"),
        """\
content/about.md:2:6: 错误: 「title」后面是全角冒号；应为半角冒号加一个空格。 [fullwidth-colon]
    请在英文输入状态下改成「title: 」；若这里是正文，请用半角引号 " 把整段文字括起来。
共 1 个错误，0 个提醒。
""",
    ),
    "unknown front-matter key": Case(
        edited(ABOUT, "title: 关于本站", "title: 关于本站\n\nsubtitel: x\ndescripton: 说明"),
        """\
content/about.md:4:1: 错误: 「页首」没有「subtitel」这个字段 [unknown-key]
    是不是想写 title（标题）？
content/about.md:5:1: 错误: 「页首」没有「descripton」这个字段 [unknown-key]
    是不是想写 description（摘要）？
共 2 个错误，0 个提醒。
""",
    ),
    "front matter without title": Case(
        edited(ABOUT, "title: 关于本站", "description: 说明"),
        """\
content/about.md:1:1: 错误: 「页首」缺少 title [missing-key]
    在文件最前面写三行：「---」，「title: 标题」，「---」。
共 1 个错误，0 个提醒。
""",
    ),
    "no front matter": Case(
        {ABOUT: "# 关于本站\n"},
        """\
content/about.md:1:1: 错误: 「页首」缺少 title [missing-key]
    在文件最前面写三行：「---」，「title: 标题」，「---」。
共 1 个错误，0 个提醒。
""",
    ),
    "title that is no text": Case(
        edited(ABOUT, "title: 关于本站", "title: [关于, 本站]"),
        """\
content/about.md:2:8: 错误: 「标题」写的是一个列表，应是文字 [wrong-type]
    文字直接写在冒号后面；像数字的文字用半角引号 " 括起来。
共 1 个错误，0 个提醒。
""",
    ),
    "mistakes in front matter and prose": Case(
        {ABOUT: "---\ntitle：关于\n---\n\n<b>粗</b>\n"},
        """\
content/about.md:2:6: 错误: 「title」后面是全角冒号；应为半角冒号加一个空格。 [fullwidth-colon]
    请在英文输入状态下改成「title: 」；若这里是正文，请用半角引号 " 把整段文字括起来。
content/about.md:5:1: 错误: 「正文」「<b>」是网页代码，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
共 2 个错误，0 个提醒。
""",
    ),
}

# Files in the wrong place.
PLACES = {
    "other extension": Case(
        {"items/materials/photo.yaml": OTHER_MATERIAL},
        """\
items/materials/photo.yaml:1:1: 错误: 扩展名是 .yaml，不会发布 [stray-file]
    请改成 .yml（小写）。
共 1 个错误，0 个提醒。
""",
    ),
    "extension in capitals": Case(
        {"items/materials/photo.YML": OTHER_MATERIAL},
        """\
items/materials/photo.YML:1:1: 错误: 扩展名是 .YML，不会发布 [stray-file]
    请改成 .yml（小写）。
共 1 个错误，0 个提醒。
""",
    ),
    "saved by Notepad": Case(
        {"items/materials/photo.yml.txt": OTHER_MATERIAL},
        """\
items/materials/photo.yml.txt:1:1: 错误: 这不是内容文件，不会发布 [stray-file]
    内容写在 .yml 文件里；存成 .yml.txt 的请去掉 .txt；附件和表格放在 content/files/ 下。
共 1 个错误，0 个提醒。
""",
    ),
    "folder of no kind": Case(
        {"items/guide/card-loss.yml": FILES[GUIDE]},
        """\
items/guide:1:1: 错误: 没有「guide」这一类内容，里面的文件不会发布 [stray-file]
    是不是想写 guides？内容放在 items/ 下的这些文件夹里：announcements、bundles、departments、disclosures、fees、guides、hall、materials、policies。
共 1 个错误，0 个提醒。
""",
    ),
    "file of no kind": Case(
        {"items/card-loss.yml": FILES[GUIDE]},
        """\
items/card-loss.yml:1:1: 错误: 文件没有放在任何一类的文件夹里，不会发布 [stray-file]
    内容放在 items/ 下的这些文件夹里：announcements、bundles、departments、disclosures、fees、guides、hall、materials、policies。
共 1 个错误，0 个提醒。
""",
    ),
    "folder named like a file": Case(
        {"items/materials/photo.yml/note.yml": OTHER_MATERIAL},
        """\
items/materials/photo.yml:1:1: 错误: 这是文件夹，名字却以 .yml 结尾，像一个内容文件 [stray-file]
    请给文件夹改名，去掉 .yml；内容写在文件夹里的 .yml 文件中。
items/materials/photo.yml/note.yml:1:1: 提醒: 没有办事指南用到这份材料 [unused-material]
    请删掉这份材料，或在需要它的办事指南里引用；是不是与另一份材料重复？
共 1 个错误，1 个提醒。
""",
    ),
}

QUESTIONS = """\
questions:
  - {id: reason, text: 为什么换？, why: 不同。, options: [{id: old, text: 到期}, {id: worn, text: 磨损}]}
"""


def asking(when: str, questions: str = QUESTIONS) -> Files:
    """Return the guide with questions and a step that has a condition."""
    step = "  - {name: 发证, actor: 证件窗口, days: {number: 10}, action: 发给新证"
    found = edited(GUIDE, f"{step}}}\n", f"{step}, when: {when}}}\n{questions}")
    return {**found, GUIDE: found[GUIDE].replace(", case: 期满换领", "")}


_MANY = "questions:\n" + "".join(
    f"  - {{id: q{row}, text: 问{row}？, why: 不同。, options: [{{id: a, text: 甲}}, {{id: b, text: 乙}}, {{id: c, text: 丙}}]}}\n"
    for row in range(4)
)
_STEPS = "".join(
    f"  - {{name: 第{row}{option}步, actor: 窗口, action: 核对, when: q{row} = {option}}}\n"
    for row in range(4)
    for option in "ab"
)

# Questions that tell cases apart, and conditions.
QUESTIONS_AND_CONDITIONS = {
    "condition with an unknown answer": Case(
        asking("reason = wron"),
        """\
items/guides/card-renewal.yml:28:69: 错误: 「办理流程第2条·何时有」问题「reason」没有「wron」这个选项 [unknown-option]
    是不是 worn？可用的选项：old、worn。
共 1 个错误，0 个提醒。
""",
    ),
    "condition with an unknown question": Case(
        asking("raeson = worn"),
        """\
items/guides/card-renewal.yml:28:69: 错误: 「办理流程第2条·何时有」没有「raeson」这个问题 [unknown-question]
    是不是 reason？可用的问题：reason。
共 1 个错误，0 个提醒。
""",
    ),
    "condition that is none": Case(
        asking("reason 是 worn"),
        """\
items/guides/card-renewal.yml:28:69: 错误: 「办理流程第2条·何时有」「reason 是 worn」不是条件：从第 8 个字起看不懂 [wrong-condition]
    写「问题 = 选项」或「问题 in [选项, 选项]」，用 not、and、or 和括号连接，例如 reason = lost and not age = child。
共 1 个错误，0 个提醒。
""",
    ),
    "condition that ends too early": Case(
        asking("reason = worn and"),
        """\
items/guides/card-renewal.yml:28:69: 错误: 「办理流程第2条·何时有」「reason = worn and」不是条件：没有写完 [wrong-condition]
    写「问题 = 选项」或「问题 in [选项, 选项]」，用 not、and、or 和括号连接，例如 reason = lost and not age = child。
共 1 个错误，0 个提醒。
""",
    ),
    "condition longer than any": Case(
        asking("reason = worn or " * 30 + "reason = old"),
        """\
items/guides/card-renewal.yml:28:69: 错误: 「办理流程第2条·何时有」太长：522 个字，最多 500 个字 [too-long]
    请缩短；细节写进说明、备注或正文。
共 1 个错误，0 个提醒。
""",
    ),
    "condition without questions": Case(
        asking("reason = worn", ""),
        """\
items/guides/card-renewal.yml:28:69: 错误: 「办理流程第2条·何时有」写了条件「reason = worn」，却没有情形问题 [condition-without-questions]
    请在 questions 写上要问的问题，或删掉这个条件。
共 1 个错误，0 个提醒。
""",
    ),
    "question with one option": Case(
        asking("reason = worn", QUESTIONS.replace("{id: old, text: 到期}, ", "")),
        """\
items/guides/card-renewal.yml:30:50: 错误: 「情形问题第1条·选项」至少要写 2 条 [too-few]
    每条一行，以「- 」开头。
共 1 个错误，0 个提醒。
""",
    ),
    "question about itself": Case(
        asking("reason = worn", QUESTIONS.replace("why: 不同。", "why: 不同。, when: reason = old")),
        """\
items/guides/card-renewal.yml:30:47: 错误: 「情形问题第1条·什么情况下问」条件用到了这个问题自己 [condition-order]
    什么时候问，只能由前面问题的回答决定；请改条件，或把用到的问题移到前面。
共 1 个错误，0 个提醒。
""",
    ),
    "more cases than the bound": Case(
        {**asking("q0 = a", _STEPS + _MANY)},
        """\
items/guides/card-renewal.yml:38:3: 错误: 「情形问题」有 81 种情形，最多 64 种；「问0？」这个问题使情形增加得最多 [too-many-cases]
    请减少选项，或只在需要时才问（when）；确实要这么多的，在 mkdocs.yml 的 extra.site 写 case_limit。
共 1 个错误，0 个提醒。
""",
    ),
    "more cases than the bound of the settings": Case(
        {**asking("q0 = a", _STEPS + _MANY), "mkdocs.yml": FILES["mkdocs.yml"] + "    case_limit: 80\n"},
        """\
items/guides/card-renewal.yml:38:3: 错误: 「情形问题」有 81 种情形，最多 80 种；「问0？」这个问题使情形增加得最多 [too-many-cases]
    请减少选项，或只在需要时才问（when）；确实要这么多的，在 mkdocs.yml 的 extra.site 写 case_limit。
共 1 个错误，0 个提醒。
""",
    ),
    "more questions than anybody can answer": Case(
        asking(
            "q1 = a",
            "questions:\n" + "".join(_MANY.splitlines(keepends=True)[1].replace("q0", f"q{row}") for row in range(300)),
        ),
        """\
items/guides/card-renewal.yml:30:3: 错误: 「情形问题」情形多得算不完：各种回答的组合超过 20000 种 [too-many-cases]
    请减少选项，或只在需要时才问（when）；不相干的事分开写。
共 1 个错误，0 个提醒。
""",
    ),
}

CASES: dict[str, Case] = {
    **KEYS,
    **VALUES,
    **DATES,
    **REFERENCES,
    **PERIODS,
    **MARKUP,
    **FILES_AS_SAVED,
    **PROSE,
    **PLACES,
    **QUESTIONS_AND_CONDITIONS,
}

MANY_MISTAKES = Case(
    {
        **edited(ABOUT, "先看", "{{ x }}先看"),
        **edited(DEPARTMENT, "phone: 0123-5550101", "phnoe: 0123-5550101"),
        **edited(FEE, "from: 2027-01-01", "from: 2026-12-01"),
        **edited(HALL, "kind: 部门窗口", "kind: 部门窗"),
        **edited(MATERIAL, "issuer: ", "issuer："),
        POLICY: FILES[POLICY].encode("gbk"),
        **edited(GUIDE, "rate: renewal", "rate: renewel"),
        "items/guides/copy/card-renewal.yml": FILES[GUIDE],
        "items/materials/photo.yaml": OTHER_MATERIAL,
    },
    """\
content/about.md:7:1: 错误: 「正文」「{{」是模板符号，正文里不能用 [unsafe-markdown]
    正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。
items/departments/police.yml:6:1: 错误: 没有「phnoe」这个字段 [unknown-key]
    是不是想写 phone（咨询电话）？
items/fees/small-card.yml:13:15: 错误: 「收费标准第1条·标准沿革第2条·起始日期」前面的标准到 2026-12-31 止，这一段从 2026-12-01 起，2026-12-01 至 2026-12-31 重叠 [period-overlap]
    前一段改为 until: 2026-11-30，或不写 until。
items/guides/card-renewal.yml:22:29: 错误: 「收费第1条·收费标准编号」收费项目「小证工本费」（fees/small-card）里没有标准「renewel」 [unknown-rate]
    是不是 renewal？可用的标准编号：renewal、loss。
items/guides/copy/card-renewal.yml:1:1: 错误: 「编号」「card-renewal」已被 items/guides/card-renewal.yml 使用 [duplicate-id]
    两个文件不能同名（子文件夹不算在地址里）；请改其中一个的文件名，已公布的不要改。
items/hall/main.yml:15:68: 错误: 「窗口第1条·窗口类别」「部门窗」不在可选范围内 [not-in-list]
    是不是「部门窗口」？可选：部门窗口、综合窗口、缴费窗口。
items/materials/photo.yaml:1:1: 错误: 扩展名是 .yaml，不会发布 [stray-file]
    请改成 .yml（小写）。
items/materials/small-card.yml:4:7: 错误: 「issuer」后面是全角冒号；应为半角冒号加一个空格。 [fullwidth-colon]
    请在英文输入状态下改成「issuer: 」；若这里是正文，请用半角引号 " 把整段文字括起来。
items/policies/small-law.yml:1:9: 错误: 文件是 GBK 编码；应为 UTF-8。 [gbk-encoding]
    请把文件另存为 UTF-8：在 VS Code 中点右下角的编码名称，选“通过编码保存”→“UTF-8”；在记事本中用“另存为”，编码选“UTF-8”。
共 9 个错误，0 个提醒。
""",
)

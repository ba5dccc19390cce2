"""Codes of guides and departments."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 7, "编码"
_STANDARD = "GB/T 39554.1-2020 编码要求。"
_BASE = "codes: {local: XQ-0101, %s}"
_CODE = "11990101602013017D49907%s356000"
RULES = (
    Rule(
        "duplicate-local-code",
        "false",
        "本区事项编号重复",
        "两个事项用了同一个本区事项编号。",
        "打印件和窗口靠它区分，重复了就会拿错。",
        "# items/guides/card-loss.yml\nname: 小证补领\naliases: [补小证]",
        "# items/guides/card-loss.yml\nname: 小证补领\naliases: [补小证]\ncodes: {local: XQ-0102}",
    ),
    Rule(
        "wrong-basic-code",
        "unlawful",
        "基本编码位数不对",
        "基本编码不是 12 位数字或大写字母。",
        "GB/T 39554.1-2020；已在用的事项库都是 12 位。",
        _BASE % "basic: '00070435600'",
        _BASE % "basic: '000704356000'",
        sure="S",
    ),
    Rule(
        "basic-code-type",
        "remembered",
        "基本编码与事项类型不合",
        "基本编码第 3–4 位不是事项类型的代码。",
        _STANDARD,
        _BASE % "basic: '000104356000'",
        _BASE % "basic: '000704356000'",
        sure="M",
    ),
    Rule(
        "wrong-implementation-code",
        "remembered",
        "实施编码位数不对",
        "实施编码不是 31 位。",
        _STANDARD,
        _BASE % "implementation: '1199010160201301'",
        _BASE % "local_basic: '000704356000'",
        sure="M",
    ),
    Rule(
        "wrong-handling-code",
        "remembered",
        "业务办理项编码位数不对",
        "业务办理项编码不是 33 位。",
        _STANDARD,
        _BASE % "handling: '1199010160201301'",
        _BASE % "local_basic: '000704356000'",
        sure="M",
    ),
    Rule(
        "implementation-credit-code",
        "remembered",
        "实施编码里的信用代码不对",
        "实施编码前 18 位不是实施主体的统一社会信用代码。",
        _STANDARD,
        _BASE % "implementation: 1199010160201301014000704356000",
        _BASE % "local_basic: '000704356000'",
        sure="M",
    ),
    Rule(
        "implementation-level",
        "remembered",
        "实施编码里的层级不对",
        "实施编码第 19 位不是行使层级的代码。",
        _STANDARD,
        _BASE % "implementation: 1199010160201301009000704356000",
        _BASE % "local_basic: '000704356000'",
        sure="M",
    ),
    Rule(
        "implementation-basic-code",
        "remembered",
        "实施编码里的基本编码不对",
        "实施编码后 12 位不是基本编码。",
        _STANDARD,
        _BASE % "basic: '000704356000', implementation: 1199010160201301003000704356111",
        _BASE % "basic: '000704356000'",
        sure="M",
    ),
    Rule(
        "handling-code-start",
        "remembered",
        "业务办理项编码不以实施编码开头",
        "业务办理项编码的前 31 位不是实施编码。",
        _STANDARD,
        _BASE % "implementation: 1199010160201301003000704356000, handling: 229901016020130100300070435600001",
        _BASE % "basic: '000704356000'",
        sure="M",
    ),
    Rule(
        "wrong-credit-code",
        "false",
        "统一社会信用代码不对",
        "统一社会信用代码的位数、字母或校验位不对。",
        "GB 32100-2015，校验位能算出来。",
        "credit_code: 119901016020130101",
        "# 不写 credit_code",
        sure="S",
        file="items/departments/police.yml",
    ),
)

"""Published addresses, and what an edit may not do to what is published."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 40, "公布过的地址和标准"
_LEDGER = "items/addresses.yml"
_PRINTED = "印出去的二维码和别处的链接，几年后还有人打开。"
_COMPARED = "要与旧版本比较才看得出，检查时加 --base"
_FEE = "items/fees/small-card.yml"


def _line(rest: str) -> str:
    return f"published:\n  - {{address: {rest}}}"


_RIGHT = _line("hall/main, since: 2026-01-05")
_MOVED = _line("hall/b, since: 2026-01-05, redirect: hall/main, day: 2026-02-01")
RULES = (
    Rule(
        "address-vanished",
        "unusable",
        "公布过的地址没有内容了",
        "登记过的地址，现在没有这一项，也没有写改到哪里、为什么撤下。",
        _PRINTED,
        _line("hall/b, since: 2026-01-05"),
        _MOVED,
        file=_LEDGER,
    ),
    Rule(
        "address-form",
        "unusable",
        "写的不是内容的地址",
        "登记的地址不是 类别/编号 的样子。",
        _PRINTED,
        _line("guide/card, since: 2026-01-05"),
        _RIGHT,
        file=_LEDGER,
    ),
    Rule(
        "address-twice",
        "false",
        "一个地址登记了两次",
        "同一个地址在登记里有两行。",
        "两行说的不一样，就不知道哪一行算数。",
        f"{_RIGHT}\n  - {{address: hall/main, since: 2026-01-06}}",
        _RIGHT,
        file=_LEDGER,
    ),
    Rule(
        "address-occupied",
        "false",
        "说已撤下，内容还在",
        "登记说改址或撤下了，这个地址上却还有内容。",
        "打开这个地址的人看到的与登记的不符。",
        _line("hall/main, since: 2026-01-05, gone: 撤了, day: 2026-02-01"),
        _RIGHT,
        file=_LEDGER,
    ),
    Rule(
        "address-both",
        "false",
        "又改址又撤下",
        "同一行里既写了改到哪里，又写了撤下的原因。",
        "打开旧地址的人只能看到一种说法。",
        _line("hall/b, since: 2026-01-05, redirect: hall/main, gone: 撤了, day: 2026-02-01"),
        _MOVED,
        file=_LEDGER,
    ),
    Rule(
        "address-without-day",
        "unusable",
        "没有写从哪一天起",
        "改址或撤下的，没有写日期。",
        "打开旧地址的人要知道手里的是什么时候的。",
        _line("hall/b, since: 2026-01-05, redirect: hall/main"),
        _MOVED,
        file=_LEDGER,
    ),
    Rule(
        "address-day",
        "false",
        "日期早于首次公布",
        "改址或撤下的日子，早于首次公布的日子。",
        "还没有公布的不会改址，也不会撤下。",
        _line("hall/b, since: 2026-01-05, redirect: hall/main, day: 2025-02-01"),
        _MOVED,
        file=_LEDGER,
    ),
    Rule(
        "address-target",
        "unusable",
        "改到的地方没有内容",
        "改到的、接替的地址上没有内容，或那一项也撤下了。",
        _PRINTED,
        _line("hall/b, since: 2026-01-05, redirect: hall/mian, day: 2026-02-01"),
        _MOVED,
        file=_LEDGER,
    ),
    Rule(
        "address-chain",
        "unusable",
        "改址转了两次",
        "改到的地址自己也改址了。",
        "转两次的，有的设备会停下。",
        _line("hall/b, since: 2026-01-05, redirect: hall/c, day: 2026-02-01")
        + "\n  - {address: hall/c, since: 2026-01-05, redirect: hall/main, day: 2026-02-01}",
        _MOVED,
        file=_LEDGER,
    ),
    Rule(
        "address-loop",
        "unusable",
        "改址绕成了圈",
        "顺着改到的地址走，又回到了原处。",
        "绕成圈的地址永远打不开。",
        _line("hall/b, since: 2026-01-05, redirect: hall/b, day: 2026-02-01"),
        _MOVED,
        file=_LEDGER,
    ),
    Rule(
        "address-removed",
        "unusable",
        "登记里少了一行",
        "旧版本登记过的地址，现在的登记里没有了。",
        _PRINTED,
        "# 删掉了一行",
        _RIGHT,
        file=_LEDGER,
        not_run=_COMPARED,
    ),
    Rule(
        "address-since",
        "false",
        "首次公布的日子改了",
        "首次公布的日子与旧版本登记的不同。",
        "第一次公布的日子不会再变。",
        _line("hall/main, since: 2026-01-06"),
        _RIGHT,
        file=_LEDGER,
        not_run=_COMPARED,
    ),
    Rule(
        "fee-rewritten",
        "false",
        "改写了已经执行的标准",
        "已经开始执行的一段收费标准，金额被就地改了。",
        "那一段时间收的就是原来的钱，改了就与事实不符。",
        "# 原来是 amount: 20\n- amount: 25",
        "- until: 2026-12-31\n  amount: 20\n- from: 2027-01-01\n  amount: 25",
        file=_FEE,
        warns="在 accepted 里说明是录入错误的，只提醒。",
        not_run=_COMPARED,
    ),
    Rule(
        "fee-without-basis",
        "false",
        "标准变了，依据没有变",
        "还没有执行的一段收费标准改了金额，起始日期和依据都没有变。",
        "收费标准要变，必有新的文件或新的日期。",
        "# 原来是 amount: 15\n- from: 2027-01-01\n  amount: 16\n  basis: [{policy: small-law}]",
        "- from: 2027-01-01\n  amount: 16\n  basis: [{title: 小证收费办法, number: 小政发〔2026〕3号}]",
        file=_FEE,
        not_run=_COMPARED,
    ),
)

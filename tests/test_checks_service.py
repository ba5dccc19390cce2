"""The rules about how an item is handled: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import service


def test_only_what_is_done_at_once_is_handled_at_once(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "handling: {kind: 即办件, forms: [窗口]}"})
    assert wrong.found(service.promise_fits_the_kind) == [
        "guides/card-renewal handling.kind error promise-kind",
        "办件类型是「即办件」，承诺办结时限却是 15 个工作日",
        "当场办结（时限数 0）的是即办件，其余是承诺件；请改其中一处。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
handling: {kind: 即办件, forms: [窗口]}
time: {promised: {number: 0}}
"""
        }
    )
    assert right.found(service.promise_fits_the_kind) == []


def test_a_promise_is_not_longer_than_the_statute(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "time: {statutory: {number: 10}, promised: {number: 15}}"})
    assert wrong.found(service.promise_keeps_the_statute) == [
        "guides/card-renewal time.promised.number error promise-exceeds-statute",
        "承诺 15 个工作日，超过法定的 10 个工作日",
        "承诺时限不得长于法定时限（优化营商环境条例第三十六条）；请核对数字和单位。",
    ]
    right = make_catalogue({"guides/card-renewal": "time: {statutory: {number: 15}, promised: {number: 15}}"})
    assert right.found(service.promise_keeps_the_statute) == []


def test_working_days_exceed_calendar_days_only_where_there_are_more_of_them(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {"guides/card-renewal": "time: {statutory: {number: 15, unit: 自然日}, promised: {number: 16}}"}
    )
    assert wrong.found(service.promise_keeps_the_statute) == [
        "guides/card-renewal time.promised.number error promise-exceeds-statute",
        "承诺 16 个工作日，超过法定的 15 日（自然日）",
        "承诺时限不得长于法定时限（优化营商环境条例第三十六条）；请核对数字和单位。",
    ]
    right = make_catalogue(
        {"guides/card-renewal": "time: {statutory: {number: 15, unit: 自然日}, promised: {number: 15}}"}
    )
    assert right.found(service.promise_keeps_the_statute) == []


def test_calendar_days_exceed_working_days_only_beyond_weekends_and_holidays(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {"guides/card-renewal": "time: {statutory: {number: 10}, promised: {number: 30, unit: 自然日}}"}
    )
    assert wrong.found(service.promise_keeps_the_statute) == [
        "guides/card-renewal time.promised.number error promise-exceeds-statute",
        "承诺 30 日（自然日），超过法定的 10 个工作日",
        "承诺时限不得长于法定时限（优化营商环境条例第三十六条）；请核对数字和单位。",
    ]
    right = make_catalogue(
        {"guides/card-renewal": "time: {statutory: {number: 10}, promised: {number: 29, unit: 自然日}}"}
    )
    assert right.found(service.promise_keeps_the_statute) == []


def test_steps_together_keep_the_promise(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "time: {promised: {number: 9}}"})
    assert wrong.found(service.steps_keep_the_promise) == [
        "guides/card-renewal steps error steps-exceed-promise",
        "各环节时限合计 10 个工作日，超过承诺的 9 个工作日",
        "请缩短环节时限，或改承诺办结时限。",
    ]
    right = make_catalogue({"guides/card-renewal": "time: {promised: {number: 9, unit: 自然日}}"})
    assert right.found(service.steps_keep_the_promise) == []


def test_the_steps_that_are_added_are_named(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
time: {promised: {number: 5}}
steps:
  - {name: 受理, actor: 窗口, days: {number: 1}, action: 核对}
  - {name: 办结, actor: 窗口, days: {number: 5}, action: 制证}
"""
        }
    )
    assert wrong.found(service.steps_keep_the_promise) == [
        "guides/card-renewal steps error steps-exceed-promise",
        "各环节时限合计 6 个工作日（1 + 5），超过承诺的 5 个工作日",
        "请缩短环节时限，或改承诺办结时限。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
time: {promised: {number: 6}}
steps:
  - {name: 受理, actor: 窗口, days: {number: 1}, action: 核对}
  - {name: 办结, actor: 窗口, days: {number: 5}, action: 制证}
"""
        }
    )
    assert right.found(service.steps_keep_the_promise) == []


def test_a_licence_shows_all_five_steps(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
type: 行政许可
faq: [{question: 能代办吗, answer: 须本人到场}]
steps:
  - {name: 受理, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 审查, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 送达, actor: 窗口, days: {number: 0}, action: 核对}
"""
        }
    )
    assert wrong.found(service.licences_show_all_steps) == [
        "guides/card-renewal steps error licence-steps",
        "行政许可的办理流程缺「决定」、「办结」",
        "行政许可的流程依次写明受理→审查→决定→办结→送达，环节名称里要有这些词。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
type: 行政许可
faq: [{question: 能代办吗, answer: 须本人到场}]
steps:
  - {name: 受理, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 审查与决定, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 办结, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 送达, actor: 窗口, days: {number: 0}, action: 核对}
"""
        }
    )
    assert right.found(service.licences_show_all_steps) == []


def test_the_steps_of_a_licence_follow_each_other(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
type: 行政许可
faq: [{question: 能代办吗, answer: 须本人到场}]
steps:
  - {name: 审查, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 受理, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 决定, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 办结, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 送达, actor: 窗口, days: {number: 0}, action: 核对}
"""
        }
    )
    assert wrong.found(service.licences_show_all_steps) == [
        "guides/card-renewal steps error licence-steps",
        "办理流程的次序是审查→受理→决定→办结→送达，与行政许可的次序不符",
        "行政许可的流程依次写明受理→审查→决定→办结→送达，环节名称里要有这些词。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
type: 行政许可
faq: [{question: 能代办吗, answer: 须本人到场}]
steps:
  - {name: 村级审查, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 受理, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 审查, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 决定, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 办结, actor: 窗口, days: {number: 0}, action: 核对}
  - {name: 送达, actor: 窗口, days: {number: 0}, action: 核对}
"""
        }
    )
    assert right.found(service.licences_show_all_steps) == []


def test_a_visit_has_a_reason(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "visit: {count: 1}"})
    assert wrong.found(service.visits_have_reasons) == [
        "guides/card-renewal visit.count error visit-reasons",
        "要到现场 1 次，没有写原因",
        "请在 visit.reasons 写明为什么必须到现场；能不跑的把次数改为 0。",
    ]
    right = make_catalogue({"guides/card-renewal": "visit: {count: 1, reasons: [采集相片]}"})
    assert right.found(service.visits_have_reasons) == []


def test_no_visit_has_no_reason(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "visit: {count: 0, reasons: [采集相片]}"})
    assert wrong.found(service.visits_have_reasons) == [
        "guides/card-renewal visit.count error visit-reasons",
        "到现场次数是 0，却写了必须现场办理的原因",
        "不用跑就删掉 reasons；要跑就改次数。",
    ]
    right = make_catalogue({"guides/card-renewal": "visit: {count: 0}"})
    assert right.found(service.visits_have_reasons) == []


def test_there_is_a_way_to_apply(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "visit: {count: 0}"})
    assert wrong.found(service.there_is_a_way_to_apply) == [
        "guides/card-renewal handling.forms error no-way-to-apply",
        "不用到现场，也不能网办，办理形式里又没有「快递」",
        "请补上申请的途径：网上办理、快递，或者改到现场次数。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
visit: {count: 0}
handling: {kind: 承诺件, forms: [快递]}
"""
        }
    )
    assert right.found(service.there_is_a_way_to_apply) == []


def test_what_is_fully_online_needs_no_visit(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "online: {available: true, level: Ⅳ级}"})
    assert wrong.found(service.fully_online_items_need_no_visit) == [
        "guides/card-renewal visit.count error online-level-visits",
        "网办等级是Ⅳ级（全程网办），到现场次数却是 1",
        "全程网办的次数应是 0；要到现场的，网办等级不到Ⅳ级。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
online: {available: true, level: Ⅳ级}
visit: {count: 0}
"""
        }
    )
    assert right.found(service.fully_online_items_need_no_visit) == []


def test_online_items_name_the_web_among_their_forms(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "online: {available: true}"})
    assert wrong.found(service.online_statements_agree) == [
        "guides/card-renewal online.available warning online-contradiction",
        "可以网办，办理形式里却没有「网上」",
        "请核对 online.available 与 handling.forms、网办等级和地址。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
online: {available: true}
handling: {kind: 承诺件, forms: [网上]}
"""
        }
    )
    assert right.found(service.online_statements_agree) == []


def test_items_that_are_not_online_name_no_level_and_address(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
online: {available: false, level: Ⅱ级, computer: https://a.example/}
handling: {kind: 承诺件, forms: [窗口, 网上]}
"""
        }
    )
    assert wrong.found(service.online_statements_agree) == [
        "guides/card-renewal online.available warning online-contradiction",
        "不能网办，却写了「网上」这一办理形式、Ⅱ级、https://a.example/",
        "请核对 online.available 与 handling.forms、网办等级和地址。",
    ]
    right = make_catalogue()
    assert right.found(service.online_statements_agree) == []


def test_a_charge_says_how_it_is_paid(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "# without payment"})
    assert wrong.found(service.charges_say_how_to_pay) == [
        "guides/card-renewal fees error fee-payment",
        "收费，却没有写能不能网上支付",
        "请补上 payment: {online: true 或 false}。",
    ]
    right = make_catalogue()
    assert right.found(service.charges_say_how_to_pay) == []


def test_what_is_free_takes_no_payment(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "# without fees"})
    assert wrong.found(service.charges_say_how_to_pay) == [
        "guides/card-renewal payment error fee-payment",
        "不收费，却写了支持网上支付",
        "不收费就删掉 payment；收费的在 fees 写明项目和标准。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
# without fees
# without payment
"""
        }
    )
    assert right.found(service.charges_say_how_to_pay) == []


def test_cancelled_items_are_left_as_they_were(make_catalogue: MakeCatalogue) -> None:
    right = make_catalogue(
        {
            "guides/card-renewal": """\
status: 取消
handling: {kind: 即办件, forms: [窗口]}
"""
        }
    )
    assert right.found(service.promise_fits_the_kind) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
handling:
  kind: 即办件
  forms: [窗口]
"""
        }
    )
    assert wrong.said("promise-kind").splitlines() == [
        (
            "items/guides/card-renewal.yml:2:9: 错误: 「办理·办件类型」办件类型是「即办件」，承诺办结时限却是"
            " 15 个工作日 [promise-kind]"
        ),
        "    当场办结（时限数 0）的是即办件，其余是承诺件；请改其中一处。",
        "共 1 个错误，0 个提醒。",
    ]

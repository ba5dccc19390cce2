"""The rules about what a guide tells the applicant: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import consistency


def test_complaints_go_to_another_phone_than_questions(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": "complain: {phone: 0123-5550101}",
            "departments/police": "complaint_phone: 0123-5550101",
            "hall/main": "complaint_phone: 0123-5550123",
        }
    )
    assert wrong.found(consistency.phones_differ) == [
        "guides/card-renewal complain.phone error phone-same",
        "监督投诉电话 0123-5550101 与咨询电话相同",
        "投诉电话应由另外的人接听；没有专用电话的写 12345。",
        "hall/main complaint_phone error phone-same",
        "监督投诉电话 0123-5550123 与咨询电话相同",
        "投诉电话应由另外的人接听；没有专用电话的写 12345。",
        "departments/police complaint_phone error phone-same",
        "监督投诉电话 0123-5550101 与咨询电话相同",
        "投诉电话应由另外的人接听；没有专用电话的写 12345。",
    ]
    right = make_catalogue()
    assert right.found(consistency.phones_differ) == []


def test_a_guide_has_a_phone_for_complaints(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "complain: {window: 总服务台}"})
    assert wrong.found(consistency.complaints_have_a_phone) == [
        "guides/card-renewal complain warning complain-phone-missing",
        "没有写监督投诉电话",
        "请补上 complain.phone，例如 12345 或带区号的电话。",
    ]
    right = make_catalogue()
    assert right.found(consistency.complaints_have_a_phone) == []


def test_a_phone_inside_a_sentence_has_its_area_code(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": "summary: 也可以先打电话 5550101 预约。",
            "announcements/saturday": """\
body: |
  周六开放。
  咨询电话：5550101。
""",
        }
    )
    assert wrong.found(consistency.phones_have_area_codes) == [
        "guides/card-renewal summary error phone-area-code",
        "「电话 5550101」没有区号",
        "电话写成 区号-号码，例如 0123-5550101，外地和手机才能打通。",
        "announcements/saturday body error phone-area-code",
        "正文第 2 行「电话：5550101」没有区号",
        "电话写成 区号-号码，例如 0123-5550101，外地和手机才能打通。",
    ]
    right = make_catalogue({"guides/card-renewal": "summary: 电话 0123-5550101，或者拨打（0123）5550101、12345。"})
    assert right.found(consistency.phones_have_area_codes) == []


def test_hours_say_on_which_days_they_hold(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
# without hall
# without windows
visit: {count: 1, reasons: [拍照], place: 政和路 6 号, hours: 09:00 到 12:00}
""",
            "hall/main": "hours: [{days: 周六, spans: ['09:00-12:00']}]",
        }
    )
    assert wrong.found(consistency.hours_name_the_days) == [
        "guides/card-renewal visit.hours error hours-workday",
        "「09:00 到 12:00」没有写明是哪些日子",
        "请写明「工作日」「每天」或「24 小时」，再写起止时间。",
        "hall/main hours error hours-workday",
        "没有工作日的起止时间",
        "请写明「工作日」「每天」或「24 小时」，再写起止时间。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
# without hall
# without windows
visit: {count: 1, reasons: [拍照], place: 政和路 6 号, hours: 工作日 09:00 到 12:00}
"""
        }
    )
    assert right.found(consistency.hours_name_the_days) == []


def test_hours_name_both_seasons_or_none(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": "visit: {count: 0, hours: 工作日夏令 14:30 到 17:30}",
            "hall/main": "hours: [{days: 工作日, season: 冬令 10月1日至4月30日, spans: ['09:00-12:00']}]",
        }
    )
    assert wrong.found(consistency.hours_name_both_seasons) == [
        "guides/card-renewal visit.hours error hours-season",
        "写了夏令时间，没有写冬令时间",
        "冬夏令时间不同的，两季都写，各写明起止日期；全年一样的不写季节。",
        "hall/main hours error hours-season",
        "写了冬令时间，没有写夏令时间",
        "冬夏令时间不同的，两季都写，各写明起止日期；全年一样的不写季节。",
    ]
    right = make_catalogue({"guides/card-renewal": "visit: {count: 0, hours: 工作日夏令 14:30 冬令 14:00 起}"})
    assert right.found(consistency.hours_name_both_seasons) == []


def test_a_place_is_precise_to_a_window_or_door(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": "# without windows",
            "guides/card-loss": """\
name: 小证补领
codes: {local: XQ-0102}
aliases: [补小证]
# without hall
# without windows
visit: {count: 1, reasons: [拍照], place: 户籍所在地派出所}
""",
            "departments/police": "address: 政和路",
        }
    )
    assert wrong.found(consistency.places_are_precise) == [
        "guides/card-loss visit.place error place-precise",
        "「户籍所在地派出所」没有写到窗口号或门牌号",
        "写到能直接找到的地方，例如 政和路 6 号 102 室。",
        "guides/card-renewal hall error place-precise",
        "进驻大厅，没有写窗口号",
        "请在 windows 写窗口号，例如 [A07]。",
        "departments/police address error place-precise",
        "「政和路」没有写到窗口号或门牌号",
        "写到能直接找到的地方，例如 政和路 6 号 102 室。",
    ]
    right = make_catalogue(
        {
            "guides/card-loss": """\
name: 小证补领
codes: {local: XQ-0102}
aliases: [补小证]
# without hall
# without windows
visit: {count: 1, reasons: [拍照], place: 政和路派出所三号窗口}
"""
        }
    )
    assert right.found(consistency.places_are_precise) == []


def test_a_suspended_item_needs_no_window(make_catalogue: MakeCatalogue) -> None:
    right = make_catalogue(
        {
            "guides/card-renewal": """\
status: 暂停
# without windows
"""
        }
    )
    assert right.found(consistency.places_are_precise) == []


def test_topics_are_there_for_those_whom_the_item_serves(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "targets: [自然人, 企业法人]"})
    assert wrong.found(consistency.topics_fit_the_targets) == [
        "guides/card-renewal targets error target-topics",
        "服务对象有法人和其他组织，没有写面向法人主题分类",
        "请补上 legal_topics。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
targets: [自然人, 企业法人]
legal_topics: [准营准办]
"""
        }
    )
    assert right.found(consistency.topics_fit_the_targets) == []


def test_topics_are_not_there_for_others(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "legal_topics: [准营准办]"})
    assert wrong.found(consistency.topics_fit_the_targets) == [
        "guides/card-renewal legal_topics error target-topics",
        "服务对象没有法人和其他组织，却写了面向法人主题分类",
        "请改 targets，或删掉 legal_topics。",
    ]
    right = make_catalogue()
    assert right.found(consistency.topics_fit_the_targets) == []


def test_a_licence_answers_a_question(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "type: 行政许可"})
    assert wrong.found(consistency.licences_answer_a_question) == [
        "guides/card-renewal type error licence-faq",
        "行政许可事项没有常见问题",
        "请在 faq 至少写一问一答，写窗口真正常被问到的。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
type: 行政许可
faq: [{question: 能代办吗, answer: 须本人到场}]
"""
        }
    )
    assert right.found(consistency.licences_answer_a_question) == []


def test_a_certificate_is_a_certificate(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "result: {kind: 批文, name: 小证, delivery: [窗口领取]}"})
    assert wrong.found(consistency.results_fit_their_kind) == [
        "guides/card-renewal result.kind error result-kind",
        "结果「小证」的类型写成了「批文」，应是「证照」",
        "请改为 kind: 证照，或核对名称。",
    ]
    right = make_catalogue({"guides/card-renewal": "result: {kind: 其他, name: 小证注销证明, delivery: [窗口领取]}"})
    assert right.found(consistency.results_fit_their_kind) == []


def test_an_approval_is_an_approval(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "result: {kind: 证照, name: 设立批复, delivery: [窗口领取]}"})
    assert wrong.found(consistency.results_fit_their_kind) == [
        "guides/card-renewal result.kind error result-kind",
        "结果「设立批复」的类型写成了「证照」，应是「批文」",
        "请改为 kind: 批文，或核对名称。",
    ]
    right = make_catalogue({"guides/card-renewal": "result: {kind: 批文, name: 设立批复, delivery: [窗口领取]}"})
    assert right.found(consistency.results_fit_their_kind) == []


def test_a_result_has_a_name(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "result: {kind: 证照, delivery: [窗口领取]}"})
    assert wrong.found(consistency.results_fit_their_kind) == [
        "guides/card-renewal result.kind error result-kind",
        "审批结果类型是「证照」，没有写结果名称",
        "请补上 result.name；没有结果的把类型改为「无」。",
    ]
    right = make_catalogue({"guides/card-renewal": "result: {kind: 无, delivery: [当场告知]}"})
    assert right.found(consistency.results_fit_their_kind) == []


def test_no_result_has_no_name(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "result: {kind: 无, name: 告知单, delivery: [当场告知]}"})
    assert wrong.found(consistency.results_fit_their_kind) == [
        "guides/card-renewal result.kind error result-kind",
        "审批结果类型是「无」，却写了结果「告知单」",
        "请改类型，或删掉名称。",
    ]
    right = make_catalogue()
    assert right.found(consistency.results_fit_their_kind) == []


def test_a_result_shows_a_sample(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "result: {kind: 证照, name: 小证, delivery: [窗口领取]}"})
    assert wrong.found(consistency.results_show_a_sample) == [
        "guides/card-renewal result error result-sample",
        "审批结果「小证」没有样本",
        "请在 result.sample 写样本的名称和文件路径，样本内容用虚构的。",
    ]
    right = make_catalogue({"guides/card-renewal": "result: {kind: 无, delivery: [当场告知]}"})
    assert right.found(consistency.results_show_a_sample) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
complain:
  phone: 0123-5550101
"""
        }
    )
    assert wrong.said("phone-same").splitlines() == [
        (
            "items/guides/card-renewal.yml:2:10: 错误: 「监督投诉方式·电话」监督投诉电话 0123-5550101 与咨询电"
            "话相同 [phone-same]"
        ),
        "    投诉电话应由另外的人接听；没有专用电话的写 12345。",
        "共 1 个错误，0 个提醒。",
    ]

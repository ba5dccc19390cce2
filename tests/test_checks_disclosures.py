"""The rules about the disclosure catalogue: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import disclosures


def test_a_due_rule_by_days_has_days(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"disclosures/card-fees": "due: {rule: 形成或变更后}"})
    assert wrong.found(disclosures.due_rules_are_complete) == [
        "disclosures/card-fees due error due-incomplete",
        "没有写几日内公开",
        "请补上 due.days，例如 20，单位写在 due.unit。",
    ]
    right = make_catalogue({"disclosures/card-fees": ""})
    assert right.found(disclosures.due_rules_are_complete) == []


def test_a_yearly_due_rule_has_a_day_of_the_calendar(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"disclosures/card-fees": "due: {rule: 每年, month: 2, day: 30}"})
    assert wrong.found(disclosures.due_rules_are_complete) == [
        "disclosures/card-fees due error due-incomplete",
        "每年的最迟日期「2月30日」不完整或不存在",
        "请写 due.month 和 due.day，例如 3 和 31。",
    ]
    right = make_catalogue({"disclosures/card-fees": "due: {rule: 每年, month: 3, day: 31}"})
    assert right.found(disclosures.due_rules_are_complete) == []


def test_a_due_rule_by_agreement_has_a_date(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"disclosures/card-fees": "due: {rule: 按约定日期}"})
    assert wrong.found(disclosures.due_rules_are_complete) == [
        "disclosures/card-fees due error due-incomplete",
        "没有写约定的日期",
        "请补上 due.on，写成 2026-12-31。",
    ]
    right = make_catalogue({"disclosures/card-fees": "due: {rule: 按约定日期, on: 2026-12-31}"})
    assert right.found(disclosures.due_rules_are_complete) == []


def test_a_change_is_published_in_time(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "disclosures/card-fees": """\
formed: 2026-10-23
published: 2026-03-01
"""
        }
    )
    assert wrong.found(disclosures.publications_are_in_time) == [
        "disclosures/card-fees published warning disclosure-overdue",
        "信息 2026-10-23 形成或变更，最迟应在 2026-11-20 公开，最近公开是 2026-03-01",
        "请尽快公开，并更新 published（政府信息公开条例第二十六条）；已经公开的，核对 formed 和 published。",
    ]
    right = make_catalogue(
        {
            "disclosures/card-fees": """\
formed: 2026-10-26
published: 2026-03-01
"""
        }
    )
    assert right.found(disclosures.publications_are_in_time) == []


def test_what_is_due_at_once_is_published_at_once(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "disclosures/card-fees": """\
due: {rule: 实时}
formed: 2026-11-22
# without published
"""
        }
    )
    assert wrong.found(disclosures.publications_are_in_time) == [
        "disclosures/card-fees due warning disclosure-overdue",
        "信息 2026-11-22 形成或变更，最迟应在 2026-11-22 公开，还没有公开过",
        "请尽快公开，并更新 published（政府信息公开条例第二十六条）；已经公开的，核对 formed 和 published。",
    ]
    right = make_catalogue(
        {
            "disclosures/card-fees": """\
due: {rule: 实时}
formed: 2026-11-22
published: 2026-11-22
"""
        }
    )
    assert right.found(disclosures.publications_are_in_time) == []


def test_a_yearly_publication_comes_every_year(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "disclosures/card-fees": """\
due: {rule: 每年, month: 3, day: 31}
published: 2025-03-31
"""
        }
    )
    assert wrong.found(disclosures.publications_are_in_time) == [
        "disclosures/card-fees published warning disclosure-overdue",
        "最迟应在 2026-03-31 公开，最近公开是 2025-03-31",
        "请尽快公开，并更新 published（政府信息公开条例第二十六条）；已经公开的，核对 formed 和 published。",
    ]
    right = make_catalogue(
        {
            "disclosures/card-fees": """\
due: {rule: 每年, month: 1, day: 31}
published: 2025-12-20
"""
        }
    )
    assert right.found(disclosures.publications_are_in_time) == []


def test_an_agreed_day_is_kept(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "disclosures/card-fees": """\
due: {rule: 按约定日期, on: 2026-11-22}
# without published
"""
        }
    )
    assert wrong.found(disclosures.publications_are_in_time) == [
        "disclosures/card-fees due warning disclosure-overdue",
        "信息 2026-10-12 形成或变更，最迟应在 2026-11-22 公开，还没有公开过",
        "请尽快公开，并更新 published（政府信息公开条例第二十六条）；已经公开的，核对 formed 和 published。",
    ]
    right = make_catalogue(
        {
            "disclosures/card-fees": """\
due: {rule: 按约定日期, on: 2026-11-23}
# without published
"""
        }
    )
    assert right.found(disclosures.publications_are_in_time) == []


def test_what_is_published_on_request_is_not_overdue(make_catalogue: MakeCatalogue) -> None:
    right = make_catalogue(
        {
            "disclosures/card-fees": """\
manner: 依申请公开
formed: 2026-01-23
# without published
"""
        }
    )
    assert right.found(disclosures.publications_are_in_time) == []


def test_a_particular_group_is_named(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"disclosures/card-fees": "audience: 特定群体"})
    assert wrong.found(disclosures.particular_audiences_are_named) == [
        "disclosures/card-fees audience error group-missing",
        "公开对象是「特定群体」，没有写是谁",
        "请补上 group，例如 被征收人。",
    ]
    right = make_catalogue(
        {
            "disclosures/card-fees": """\
audience: 特定群体
group: 被征收人
"""
        }
    )
    assert right.found(disclosures.particular_audiences_are_named) == []


def test_what_is_published_can_be_found(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"disclosures/card-fees": "# without places"})
    assert wrong.found(disclosures.published_entries_can_be_found) == [
        "disclosures/card-fees channels warning places-missing",
        "公开渠道有「政府网站」，没有写在网站哪里能看到",
        "请在 places 写栏目名和地址。",
    ]
    right = make_catalogue(
        {
            "disclosures/card-fees": """\
# without places
channels: [公开查阅点]
"""
        }
    )
    assert right.found(disclosures.published_entries_can_be_found) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "disclosures/card-fees": """\
parent: 证件管理
due:
  rule: 每年
  month: 2
  day: 30
"""
        }
    )
    assert wrong.said("due-incomplete").splitlines() == [
        (
            "items/disclosures/card-fees.yml:3:3: 错误: 「公开时限」每年的最迟日期「2月30日」不完整或不存在 ["
            "due-incomplete]"
        ),
        "    请写 due.month 和 due.day，例如 3 和 31。",
        "共 1 个错误，0 个提醒。",
    ]

"""The rules about policy documents: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import policies


def test_a_repealed_document_is_no_basis(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "policies/old-law": """\
name: 旧办法
number: 小政发〔2006〕1号
validity: 废止
written: 2006-01-04
published: 2006-01-05
effective: 2006-02-01
ended: 2016-02-01
""",
            "policies/small-law": "repeals: [old-law]",
            "guides/card-renewal": "basis: [{policy: old-law}]",
        }
    )
    assert wrong.found(policies.bases_are_in_force) == [
        "guides/card-renewal basis.0.policy error repealed-basis",
        "依据「旧办法」已废止，自 2016-02-01 起",
        "它被「小证管理办法」（policies/small-law）废止，请核对新文件后改引用。",
    ]
    right = make_catalogue(
        {
            "policies/old-law": """\
name: 旧办法
number: 小政发〔2006〕1号
validity: 废止
written: 2006-01-04
published: 2006-01-05
effective: 2006-02-01
ended: 2016-02-01
""",
            "guides/card-renewal": """\
status: 取消
basis: [{policy: old-law}]
""",
        }
    )
    assert right.found(policies.bases_are_in_force) == []


def test_a_period_that_is_over_keeps_its_basis(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "policies/old-law": """\
name: 旧办法
number: 小政发〔2006〕1号
validity: 废止
written: 2006-01-04
published: 2006-01-05
effective: 2006-02-01
ended: 2016-02-01
""",
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 20, basis: [{policy: old-law}]}
""",
        }
    )
    assert wrong.found(policies.bases_are_in_force) == [
        "fees/small-card rates.0.periods.0.basis.0.policy error repealed-basis",
        "依据「旧办法」已废止，自 2016-02-01 起",
        "请改引现行有效的文件；事项或标准也已停止的，写明截止日期。",
    ]
    right = make_catalogue(
        {
            "policies/old-law": """\
name: 旧办法
number: 小政发〔2006〕1号
validity: 废止
written: 2006-01-04
published: 2006-01-05
effective: 2006-02-01
ended: 2016-02-01
""",
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 20, until: 2016-01-31, basis: [{policy: old-law}]}
""",
        }
    )
    assert right.found(policies.bases_are_in_force) == []


def test_a_document_that_has_not_taken_effect_is_no_basis_yet(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"policies/small-law": "effective: 2026-12-01"})
    assert wrong.found(policies.bases_have_taken_effect) == [
        "guides/card-renewal basis.0.policy warning future-basis",
        "依据「小证管理办法」自 2026-12-01 起才施行",
        "请引用现在有效的文件；到那天才改的，另写一段或到时再改。",
        "fees/small-card rates.0.periods.0.basis.0.policy warning future-basis",
        "依据「小证管理办法」自 2026-12-01 起才施行",
        "请引用现在有效的文件；到那天才改的，另写一段或到时再改。",
        "fees/small-card rates.1.periods.0.basis.0.policy warning future-basis",
        "依据「小证管理办法」自 2026-12-01 起才施行",
        "请引用现在有效的文件；到那天才改的，另写一段或到时再改。",
    ]
    right = make_catalogue(
        {
            "policies/small-law": "effective: 2026-12-01",
            "guides/card-renewal": "basis: [{title: 小证条例}]",
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {from: 2026-12-01, amount: 10, basis: [{policy: small-law}]}
""",
        }
    )
    assert right.found(policies.bases_have_taken_effect) == []


def test_a_number_names_one_document(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"policies/again": "name: 小证办法"})
    assert wrong.found(policies.numbers_are_unique) == [
        "policies/small-law number error duplicate-number",
        "文号「小政发〔2016〕5号」已用于「小证办法」（policies/again）",
        "一份文件只写一份；请合并，或核对文号。",
    ]
    right = make_catalogue(
        {
            "policies/small-law": """\
number: 主席令第6号
written: 2008-10-28
""",
            "policies/again": """\
name: 小证法
number: 主席令第6号
written: 2023-06-28
""",
        }
    )
    assert right.found(policies.numbers_are_unique) == []


def test_a_title_of_one_day_has_one_number(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"policies/again": "number: 小政发〔2016〕15号"})
    assert wrong.found(policies.titles_have_one_number) == [
        "policies/small-law number error same-title",
        "与 policies/again 同名、同日成文，文号却是「小政发〔2016〕15号」和「小政发〔2016〕5号」",
        "请对照原文核对文号，删掉写错的一份。",
    ]
    right = make_catalogue(
        {
            "policies/again": """\
number: 小政发〔2017〕15号
written: 2017-01-04
"""
        }
    )
    assert right.found(policies.titles_have_one_number) == []


def test_a_document_is_published_and_revised_after_it_was_written(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "policies/small-law": """\
published: 2016-01-03
revised: 2015-01-01
"""
        }
    )
    assert wrong.found(policies.dates_are_in_order) == [
        "policies/small-law published error policy-dates",
        "发布日期 2016-01-03 早于成文日期 2016-01-04",
        "文件先成文、后发布；请核对两个日期。",
        "policies/small-law revised error policy-dates",
        "最近修订 2015-01-01 早于成文日期 2016-01-04",
        "文件先成文、后发布；请核对两个日期。",
    ]
    right = make_catalogue(
        {
            "policies/small-law": """\
published: 2016-01-04
revised: 2019-01-01
"""
        }
    )
    assert right.found(policies.dates_are_in_order) == []


def test_a_document_takes_effect_after_it_was_written(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"policies/small-law": "effective: 2016-01-03"})
    assert wrong.found(policies.effect_follows_writing) == [
        "policies/small-law effective warning effective-before-written",
        "施行日期 2016-01-03 早于成文日期 2016-01-04",
        "请核对两个日期；确有溯及既往的，在 accepted 里说明。",
    ]
    right = make_catalogue({"policies/small-law": "effective: 2016-01-04"})
    assert right.found(policies.effect_follows_writing) == []


def test_a_document_is_published_within_20_working_days(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "policies/small-law": """\
written: 2026-09-01
published: 2026-10-09
"""
        }
    )
    assert wrong.found(policies.documents_are_published_in_time) == [
        "policies/small-law published warning publication-gap",
        "2026-09-01 成文，2026-10-09 才发布，超过 20 个工作日（最迟 2026-09-29）",
        "信息形成之日起 20 个工作日内公开（政府信息公开条例第二十六条）；请核对日期。",
    ]
    right = make_catalogue(
        {
            "policies/small-law": """\
written: 2026-09-01
published: 2026-09-28
"""
        }
    )
    assert right.found(policies.documents_are_published_in_time) == []


def test_an_interpretation_names_its_document(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"policies/small-law": "genre: 政策解读"})
    assert wrong.found(policies.interpretations_name_their_document) == [
        "policies/small-law genre error interpretation-target",
        "政策解读没有写解读的是哪份文件",
        "请在 interprets 写文件的编号，两边会自动互相链接。",
    ]
    right = make_catalogue(
        {
            "policies/why": """\
genre: 政策解读
interprets: [small-law]
"""
        }
    )
    assert right.found(policies.interpretations_name_their_document) == []


def test_an_interpretation_is_not_interpreted(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "policies/why": """\
genre: 政策解读
interprets: [small-law]
""",
            "policies/more": """\
genre: 政策解读
interprets: [why]
""",
        }
    )
    assert wrong.found(policies.interpretations_name_their_document) == [
        "policies/more interprets.0 error interprets-interpretation",
        "「小证管理办法」（policies/why）本身就是政策解读",
        "请改为被解读的文件。",
    ]
    right = make_catalogue()
    assert right.found(policies.interpretations_name_their_document) == []


def test_an_ended_document_says_when_it_ended(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"policies/small-law": "validity: 失效"})
    assert wrong.found(policies.ended_documents_say_when) == [
        "policies/small-law validity warning ended-missing",
        "有效性是「失效」，没有写废止日期，也没有文件写明废止它",
        "请补上 ended，或在废止它的文件里写 repeals。",
    ]
    right = make_catalogue(
        {
            "policies/old-law": """\
name: 旧办法
number: 小政发〔2006〕1号
validity: 废止
written: 2006-01-04
published: 2006-01-05
effective: 2006-02-01
""",
            "policies/small-law": "repeals: [old-law]",
        }
    )
    assert right.found(policies.ended_documents_say_when) == []


def test_a_document_that_has_ended_is_not_valid(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"policies/small-law": "ended: 2026-11-23"})
    assert wrong.found(policies.validity_agrees_with_dates) == [
        "policies/small-law validity error validity-date",
        "有效性是「有效」，2026-11-23 已经废止",
        "请把有效性改为「废止」或「失效」，或核对 ended。",
    ]
    right = make_catalogue({"policies/small-law": "ended: 2026-11-24"})
    assert right.found(policies.validity_agrees_with_dates) == []


def test_a_document_that_has_taken_effect_says_so(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "policies/small-law": """\
validity: 尚未施行
effective: 2026-11-23
"""
        }
    )
    assert wrong.found(policies.validity_agrees_with_dates) == [
        "policies/small-law validity error validity-date",
        "有效性是「尚未施行」，2026-11-23 已经施行",
        "请把有效性改为「有效」。",
    ]
    right = make_catalogue(
        {
            "policies/small-law": """\
validity: 尚未施行
effective: 2026-11-24
"""
        }
    )
    assert right.found(policies.validity_agrees_with_dates) == []


def test_a_repealed_document_is_marked(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "policies/old-law": """\
name: 旧办法
number: 小政发〔2006〕1号
validity: 有效
written: 2006-01-04
published: 2006-01-05
effective: 2006-02-01
ended: 2016-02-01
""",
            "policies/small-law": "repeals: [old-law]",
        }
    )
    assert wrong.found(policies.repealed_documents_are_marked) == [
        "policies/old-law validity error repealed-still-valid",
        "有效性是「有效」，但「小证管理办法」（policies/small-law）已废止它",
        "请把有效性改为「废止」并写 ended，或核对那份文件的 repeals。",
    ]
    right = make_catalogue(
        {
            "policies/old-law": """\
name: 旧办法
number: 小政发〔2006〕1号
validity: 废止
written: 2006-01-04
published: 2006-01-05
effective: 2006-02-01
ended: 2016-02-01
""",
            "policies/small-law": "repeals: [old-law]",
        }
    )
    assert right.found(policies.repealed_documents_are_marked) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "policies/small-law": """\
written: 2016-01-04
published: 2016-01-03
"""
        }
    )
    assert wrong.said("policy-dates").splitlines() == [
        (
            "items/policies/small-law.yml:2:12: 错误: 「发布日期」发布日期 2016-01-03 早于成文日期 2016-01-04"
            " [policy-dates]"
        ),
        "    文件先成文、后发布；请核对两个日期。",
        "共 1 个错误，0 个提醒。",
    ]

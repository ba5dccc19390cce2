"""The rules about references and bases: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import bases, references


def test_a_reference_leads_to_an_item(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "department: polise"})
    assert wrong.found(references.references_resolve) == [
        "guides/card-renewal department error dangling-reference",
        "「polise」不在部门里",
        "是不是 police？请核对编号，或先在 items/departments/ 下新建 polise.yml。",
    ]
    right = make_catalogue()
    assert right.found(references.references_resolve) == []


def test_nothing_refers_to_itself(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {"guides/card-renewal": "related: [card-renewal]", "policies/small-law": "repeals: [small-law]"}
    )
    assert wrong.found(references.nothing_refers_to_itself) == [
        "guides/card-renewal related.0 error self-reference",
        "「card-renewal」就是本条自己",
        "请改成另一条的编号，或删掉这一行。",
        "policies/small-law repeals.0 error self-reference",
        "「small-law」就是本条自己",
        "请改成另一条的编号，或删掉这一行。",
    ]
    right = make_catalogue(
        {
            "guides/card-loss": """\
name: 小证补领
codes: {local: XQ-0102}
aliases: [补小证]
related: [card-renewal]
"""
        }
    )
    assert right.found(references.nothing_refers_to_itself) == []


def test_a_basis_names_a_document(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": "basis: [{article: 第五条}]",
            "fees/small-card": "reductions: [{who: 特困人员, how: 免收, basis: [{article: 第五条}]}]",
        }
    )
    assert wrong.found(bases.bases_name_a_document) == [
        "guides/card-renewal basis.0 error empty-basis",
        "依据没有写是哪份文件",
        "请写 policy（政策文件库里的编号），或 title 和 number。",
        "fees/small-card reductions.0.basis.0 error empty-basis",
        "依据没有写是哪份文件",
        "请写 policy（政策文件库里的编号），或 title 和 number。",
    ]
    right = make_catalogue({"guides/card-renewal": "basis: [{title: 小证条例}]"})
    assert right.found(bases.bases_name_a_document) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
related:
  - card-renewal
"""
        }
    )
    assert wrong.said("self-reference").splitlines() == [
        ("items/guides/card-renewal.yml:2:5: 错误: 「相关事项第1条」「card-renewal」就是本条自己 [self-reference]"),
        "    请改成另一条的编号，或删掉这一行。",
        "共 1 个错误，0 个提醒。",
    ]

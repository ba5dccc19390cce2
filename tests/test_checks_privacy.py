"""The rules about privacy: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import privacy


def test_identity_numbers_are_not_published(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": "summary: 申请人ID的号码是 999999199001010016。",
            "announcements/saturday": """\
body: |
  名单
  张三 ９９９９９９１９９００１０１００１６
""",
        }
    )
    assert wrong.found(privacy.identity_numbers_are_not_published) == [
        "guides/card-renewal summary error identity-number",
        "「999999********0016」是公民身份号码",
        "公民身份号码不得公开（政府信息公开条例第十五条）；请删去，样例用校验位不对的虚构号码。",
        "announcements/saturday body error identity-number",
        "正文第 2 行「999999********0016」是公民身份号码",
        "公民身份号码不得公开（政府信息公开条例第十五条）；请删去，样例用校验位不对的虚构号码。",
    ]
    right = make_catalogue({"guides/card-renewal": "summary: 样例 999999199001010017，信用代码 1199010160201301XR。"})
    assert right.found(privacy.identity_numbers_are_not_published) == []


def test_mobile_numbers_are_not_published(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": "owner: 公安局证件科 13800138000",
            "announcements/saturday": """\
body: |
  请找
  老王 +86 138-0013-8000
""",
        }
    )
    assert wrong.found(privacy.mobile_numbers_are_not_published) == [
        "guides/card-renewal owner error mobile-number",
        "「138****8000」是手机号码",
        "不公布个人手机号；请写带区号的办公电话或 12345。",
        "announcements/saturday body error mobile-number",
        "正文第 2 行「138****8000」是手机号码",
        "不公布个人手机号；请写带区号的办公电话或 12345。",
    ]
    right = make_catalogue(
        {"guides/card-renewal": "summary: 见 https://a.example/13800138000.html，编号 113800138000。"}
    )
    assert right.found(privacy.mobile_numbers_are_not_published) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
revision_note: 找老王
owner: 证件科 13800138000
"""
        }
    )
    assert wrong.said("mobile-number").splitlines() == [
        "items/guides/card-renewal.yml:2:8: 错误: 「维护科室」「138****8000」是手机号码 [mobile-number]",
        "    不公布个人手机号；请写带区号的办公电话或 12345。",
        "共 1 个错误，0 个提醒。",
    ]

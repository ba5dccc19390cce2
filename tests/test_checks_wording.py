"""The rules about wording: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import wording


def test_an_answer_says_something(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
conditions: [符合条件, 按有关规定办理, 待定]
time: {promised: {number: 15, note: 详见窗口公告}}
""",
            "materials/small-card": """\
name: 其他相关材料
issuer: 有关部门
""",
        }
    )
    assert wrong.found(wording.answers_say_something) == [
        "guides/card-renewal conditions.0 error placeholder-text",
        "「符合条件」等于没有写",
        "请写出具体内容，让人看了就知道怎么做；没有内容的就不写这个字段。",
        "guides/card-renewal conditions.1 error placeholder-text",
        "「按有关规定办理」等于没有写",
        "请写出具体内容，让人看了就知道怎么做；没有内容的就不写这个字段。",
        "guides/card-renewal conditions.2 error placeholder-text",
        "「待定」等于没有写",
        "请写出具体内容，让人看了就知道怎么做；没有内容的就不写这个字段。",
        "guides/card-renewal time.promised.note error placeholder-text",
        "「详见窗口公告」等于没有写",
        "请写出具体内容，让人看了就知道怎么做；没有内容的就不写这个字段。",
        "materials/small-card name error placeholder-text",
        "「其他相关材料」等于没有写",
        "请写出具体内容，让人看了就知道怎么做；没有内容的就不写这个字段。",
        "materials/small-card issuer error placeholder-text",
        "「有关部门」等于没有写",
        "请写出具体内容，让人看了就知道怎么做；没有内容的就不写这个字段。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
conditions:
  - 小证有效期已满，符合条件的当场受理
  - 按省定标准收费
  - 本人或者有关部门的工作人员申请
"""
        }
    )
    assert right.found(wording.answers_say_something) == []


def test_aliases_and_quotations_are_left_alone(make_catalogue: MakeCatalogue) -> None:
    right = make_catalogue(
        {
            "guides/card-renewal": """\
aliases: [其他材料]
basis: [{policy: small-law, excerpt: 按规定}]
"""
        }
    )
    assert right.found(wording.answers_say_something) == []


def test_a_demand_has_an_end(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
conditions: [法律、法规规定的其他条件]
refusals: [窗口认为需要提交的其他材料不全的]
"""
        }
    )
    assert wrong.found(wording.demands_have_an_end) == [
        "guides/card-renewal conditions.0 error catch-all",
        "「法律、法规规定的其他条件」是兜底的说法",
        "办事指南不能有兜底条款；请把条件和材料一项一项列出来，列不出的删掉。",
        "guides/card-renewal refusals.0 error catch-all",
        "「窗口认为需要提交的其他材料」是兜底的说法",
        "办事指南不能有兜底条款；请把条件和材料一项一项列出来，列不出的删掉。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
faq:
  - {question: 要别的吗, answer: 窗口要求其他材料的可以投诉}
conditions: [没有其他房产]
basis: [{policy: small-law, excerpt: 法律、法规规定的其他条件}]
"""
        }
    )
    assert right.found(wording.demands_have_an_end) == []


def test_places_are_not_called_countries(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "conditions: [持日本、台湾等国家护照的, 前往国家：香港]"})
    assert wrong.found(wording.names_are_right) == [
        "guides/card-renewal conditions.0 error wrong-wording",
        "「台湾等国家」是错误的说法",
        "应写：国家和地区；中国台湾、台湾地区（关于正确使用涉台宣传用语的意见，2016年）。",
        "guides/card-renewal conditions.1 error wrong-wording",
        "「前往国家：香港」是错误的说法",
        "应写：国家和地区；中国台湾、台湾地区（关于正确使用涉台宣传用语的意见，2016年）。",
    ]
    right = make_catalogue({"guides/card-renewal": "conditions: [持日本、台湾等国家和地区旅行证件的, 前往香港的]"})
    assert right.found(wording.names_are_right) == []


def test_names_of_authorities_and_offices_are_right(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "announcements/saturday": """\
body: |
  第一行。
  “一带一路”战略下，前苏联和两岸三地的村长、某某省省委书记与台湾同胞来华。
"""
        }
    )
    assert wrong.found(wording.names_are_right) == [
        "announcements/saturday body error wrong-wording",
        "正文第 2 行「两岸三地」是错误的说法",
        "应写：内地与香港、大陆与台湾（关于正确使用涉台宣传用语的意见，2016年）。",
        "announcements/saturday body error wrong-wording",
        "正文第 2 行「台湾同胞来华」是错误的说法",
        "应写：来内地、来大陆（关于正确使用涉台宣传用语的意见，2016年）。",
        "announcements/saturday body error wrong-wording",
        "正文第 2 行「村长」是错误的说法",
        "应写：村委会主任、村干部（新华社新闻信息报道中的禁用词和慎用词）。",
        "announcements/saturday body error wrong-wording",
        "正文第 2 行「一带一路”战略」是错误的说法",
        "应写：“一带一路”倡议（新华社新闻信息报道中的禁用词和慎用词）。",
        "announcements/saturday body error wrong-wording",
        "正文第 2 行「前苏联」是错误的说法",
        "应写：苏联（新华社新闻信息报道中的禁用词和慎用词）。",
        "announcements/saturday body error wrong-wording",
        "正文第 2 行「某某省省委书记」是错误的说法",
        "应写：中共××省委书记（新华社新闻信息报道中的禁用词和慎用词）。",
    ]
    right = make_catalogue(
        {
            "announcements/saturday": """\
body: |
  其中港澳居民在农村长期居住的，可以到数据中台查询；以前苏联专家住过的解放前路 3 号，大学生村官在场。
"""
        }
    )
    assert right.found(wording.names_are_right) == []


def test_the_time_before_1949_is_named_with_care(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "summary: 新中国成立前出生的。"})
    assert wrong.found(wording.names_are_right) == [
        "guides/card-renewal summary warning wrong-wording",
        "「新中国成立前」是错误的说法",
        "应写：中华人民共和国成立前（新华社新闻信息报道中的禁用词和慎用词）。",
    ]
    right = make_catalogue()
    assert right.found(wording.names_are_right) == []


def test_bodies_bear_their_present_name(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "summary: 到工商局、国土局、卫计委、地税局、食药监局办。"})
    assert wrong.found(wording.bodies_bear_their_present_name) == [
        "guides/card-renewal summary warning superseded-body",
        "「工商局」是已撤并机构的名称",
        "应写：市场监督管理局（2018 年机构改革）。",
        "guides/card-renewal summary warning superseded-body",
        "「国土局」是已撤并机构的名称",
        "应写：自然资源局（2018 年机构改革）。",
        "guides/card-renewal summary warning superseded-body",
        "「卫计委」是已撤并机构的名称",
        "应写：卫生健康委员会或局（2018 年机构改革）。",
        "guides/card-renewal summary warning superseded-body",
        "「地税局」是已撤并机构的名称",
        "应写：税务局（2018 年机构改革）。",
        "guides/card-renewal summary warning superseded-body",
        "「食药监局」是已撤并机构的名称",
        "应写：市场监督管理局（2018 年机构改革）。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
aliases: [工商局换证]
summary: 到市场监督管理局、税务局办。
basis: [{title: 国家工商行政管理局公告}]
""",
            "policies/small-law": "issuer: 国家工商行政管理局",
        }
    )
    assert right.found(wording.bodies_bear_their_present_name) == []


def test_laws_that_have_ended_are_not_cited(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
basis: [{title: 中华人民共和国婚姻法}]
summary: 依据物权法和《合同法》办理。
"""
        }
    )
    assert wrong.found(wording.laws_are_in_force) == [
        "guides/card-renewal summary warning superseded-law",
        "「依据物权法」已经废止",
        "应写：民法典及其条款（民法典第一千二百六十条，2021年1月1日起施行）。",
        "guides/card-renewal summary warning superseded-law",
        "「《合同法》」已经废止",
        "应写：民法典及其条款（民法典第一千二百六十条，2021年1月1日起施行）。",
        "guides/card-renewal basis.0.title warning superseded-law",
        "「中华人民共和国婚姻法」已经废止",
        "应写：民法典及其条款（民法典第一千二百六十条，2021年1月1日起施行）。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
basis: [{title: 中华人民共和国民法典}]
summary: 依据《劳动合同法》和农村土地承包合同法办理。
""",
            "policies/small-law": "name: 物权法",
        }
    )
    assert right.found(wording.laws_are_in_force) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
conditions:
  - 小证有效期已满
  - 按规定
"""
        }
    )
    assert wrong.said("placeholder-text").splitlines() == [
        ("items/guides/card-renewal.yml:3:5: 错误: 「受理条件第2条」「按规定」等于没有写 [placeholder-text]"),
        "    请写出具体内容，让人看了就知道怎么做；没有内容的就不写这个字段。",
        "共 1 个错误，0 个提醒。",
    ]

"""The rules about guides: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import guides


def test_the_eight_key_elements_are_there(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
# without hall
# without windows
# without materials
basis: [{article: 第五条}]
consult: {window: 总服务台}
"""
        }
    )
    assert wrong.found(guides.key_elements_are_there) == [
        "guides/card-renewal basis error key-element-missing",
        "缺少重点要素「设定依据」",
        "请在 basis 写依据文件的编号，或名称和文号。",
        "guides/card-renewal materials warning key-element-missing",
        "缺少重点要素「办理材料」",
        "请补上 materials；确实不用交材料的，在 accepted 里说明。",
        "guides/card-renewal visit error key-element-missing",
        "缺少重点要素「办理地点」",
        "请写大厅和窗口（hall、windows），或 visit.place，或网上办理地址。",
        "guides/card-renewal visit error key-element-missing",
        "缺少重点要素「办理时间」",
        "不在大厅办理的，请写 visit.hours，例如 工作日 09:00-12:00。",
        "guides/card-renewal consult error key-element-missing",
        "缺少重点要素「联系电话」",
        "请补上 consult.phone，带区号。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
# without hall
# without windows
online: {available: true}
"""
        }
    )
    assert right.found(guides.key_elements_are_there) == []


def test_a_place_of_its_own_has_its_own_hours(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
# without hall
# without windows
visit: {count: 1, reasons: [拍照], place: 政和路 6 号}
"""
        }
    )
    assert wrong.found(guides.key_elements_are_there) == [
        "guides/card-renewal visit error key-element-missing",
        "缺少重点要素「办理时间」",
        "不在大厅办理的，请写 visit.hours，例如 工作日 09:00-12:00。",
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
    assert right.found(guides.key_elements_are_there) == []


def test_a_review_is_done_in_time(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "review_by: 2026-11-20"})
    assert wrong.found(guides.reviews_are_done) == [
        "guides/card-renewal review_by warning review-overdue",
        "应在 2026-11-20 前复核，已过期 3 天",
        "请「公安局证件科」与现行文件核对，改 revised 和 review_by。",
    ]
    right = make_catalogue({"guides/card-renewal": "review_by: 2026-11-23"})
    assert right.found(guides.reviews_are_done) == []


def test_a_guide_ends_after_its_start(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
planned_start: 2026-11-02
planned_end: 2026-11-01
review_by: 2026-10-11
"""
        }
    )
    assert wrong.found(guides.dates_are_in_order) == [
        "guides/card-renewal planned_end error planned-dates",
        "计划取消日期 2026-11-01 早于计划生效日期 2026-11-02",
        "请核对两个日期。",
        "guides/card-renewal review_by error review-dates",
        "下次复核 2026-10-11 早于最近修订 2026-10-12",
        "请核对两个日期。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
planned_start: 2026-11-02
planned_end: 2026-11-02
"""
        }
    )
    assert right.found(guides.dates_are_in_order) == []


def test_a_cancelled_item_says_what_follows(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "status: 取消"})
    assert wrong.found(guides.cancelled_items_say_what_follows) == [
        "guides/card-renewal status warning successor-missing",
        "事项已取消，没有写接替事项，也没有修订说明",
        "请写 successor（改办哪一项），或在 revision_note 说明为什么取消。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
status: 取消
revision_note: 并入补领
"""
        }
    )
    assert right.found(guides.cancelled_items_say_what_follows) == []


def test_the_successor_of_a_cancelled_item_can_be_done(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
status: 取消
successor: card-loss
""",
            "guides/card-loss": """\
name: 小证补领
codes: {local: XQ-0102}
aliases: [补小证]
planned_end: 2026-11-22
""",
        }
    )
    assert wrong.found(guides.cancelled_items_say_what_follows) == [
        "guides/card-renewal successor warning successor-withdrawn",
        "接替事项「小证补领」（guides/card-loss）也已停办",
        "请改为现在能办的事项。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
status: 取消
successor: card-loss
""",
            "guides/card-loss": """\
name: 小证补领
codes: {local: XQ-0102}
aliases: [补小证]
""",
        }
    )
    assert right.found(guides.cancelled_items_say_what_follows) == []


def test_an_entrusted_body_names_who_entrusts(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "body: {nature: 受委托组织}"})
    assert wrong.found(guides.entrusted_bodies_name_who_entrusts) == [
        "guides/card-renewal body error entrusted-by",
        "实施主体性质是「受委托组织」，没有写委托部门",
        "请补上 body.entrusted_by。",
    ]
    right = make_catalogue({"guides/card-renewal": "body: {nature: 受委托组织, entrusted_by: 小区公安局}"})
    assert right.found(guides.entrusted_bodies_name_who_entrusts) == []


def test_a_material_is_listed_once(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
materials: [{material: small-card, form: 原件}, {material: small-card, form: 复印件}]
"""
        }
    )
    assert wrong.found(guides.materials_are_listed_once) == [
        "guides/card-renewal materials.1.material error duplicate-material",
        "材料「small-card」写了两次",
        "同一材料只写一条；几种情形的份数不同的，写在 case 和 note 里。",
    ]
    right = make_catalogue()
    assert right.found(guides.materials_are_listed_once) == []


def test_a_needed_material_has_copies(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "materials: [{material: small-card, form: 原件, copies: 0}]"})
    assert wrong.found(guides.needed_materials_have_copies) == [
        "guides/card-renewal materials.0.copies error zero-copies",
        "必要材料「small-card」的份数是 0",
        "请写份数；只看原件、不收的写 1 并在 note 说明；不用带的写 exempt: true。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
materials: [{material: small-card, form: 原件, copies: 0, exempt: true, source: 政府部门核发}]
"""
        }
    )
    assert right.found(guides.needed_materials_have_copies) == []


def test_an_exempt_material_comes_from_elsewhere(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "materials: [{material: small-card, form: 原件, exempt: true}]"})
    assert wrong.found(guides.exempt_materials_come_from_elsewhere) == [
        "guides/card-renewal materials.0.source warning exempt-self-provided",
        "材料「small-card」免提交，来源渠道却是「申请人自备」",
        "能共享获取的，来源一般是「政府部门核发」；申请人要自己带的，删掉 exempt。",
    ]
    right = make_catalogue(
        {"guides/card-renewal": "materials: [{material: small-card, form: 原件, exempt: true, source: 政府部门核发}]"}
    )
    assert right.found(guides.exempt_materials_come_from_elsewhere) == []


def test_a_guide_in_a_hall_has_the_hours_of_the_hall(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "visit: {count: 1, reasons: [拍照], hours: 工作日 09:00 到 12:00}"})
    assert wrong.found(guides.hall_visits_have_one_place) == [
        "guides/card-renewal visit.hours warning hours-twice",
        "在「小区政务服务中心」办理，又另写了办理时间",
        "在大厅办的用大厅的时间，请删掉 visit.hours；确实不同的在 accepted 里说明。",
    ]
    right = make_catalogue()
    assert right.found(guides.hall_visits_have_one_place) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
revised: 2026-10-12
review_by: 2026-10-11
"""
        }
    )
    assert wrong.said("review-dates").splitlines() == [
        (
            "items/guides/card-renewal.yml:2:12: 错误: 「下次复核」下次复核 2026-10-11 早于最近修订 2026-10-1"
            "2 [review-dates]"
        ),
        "    请核对两个日期。",
        "共 1 个错误，0 个提醒。",
    ]

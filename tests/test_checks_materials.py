"""The rules about the register of materials: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import materials


def test_a_material_is_used_by_a_guide(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "materials/photo": """\
name: 相片
# without aliases
"""
        }
    )
    assert wrong.found(materials.materials_are_used) == [
        "materials/photo  warning unused-material",
        "没有办事指南用到这份材料",
        "请删掉这份材料，或在需要它的办事指南里引用；是不是与另一份材料重复？",
    ]
    right = make_catalogue()
    assert right.found(materials.materials_are_used) == []


def test_a_form_can_be_downloaded(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "materials/small-card": """\
category: 申请表格文书
issuer: 申请人填写
"""
        }
    )
    assert wrong.found(materials.forms_can_be_downloaded) == [
        "materials/small-card category warning blank-form-missing",
        "申请人要填的表格，没有空白表格可下载",
        "请在 blank_form 写文件名称和路径，文件放在 content/files/ 下。",
    ]
    right = make_catalogue(
        {
            "materials/small-card": """\
category: 申请表格文书
issuer: 申请人填写
blank_form: {title: 申请表, path: files/forms/card.docx}
"""
        }
    )
    assert right.found(materials.forms_can_be_downloaded) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "materials/photo": """\
aliases: [照片]
name: 相片
"""
        }
    )
    assert wrong.said("unused-material").splitlines() == [
        "items/materials/photo.yml:1:1: 提醒: 没有办事指南用到这份材料 [unused-material]",
        "    请删掉这份材料，或在需要它的办事指南里引用；是不是与另一份材料重复？",
        "共 0 个错误，1 个提醒。",
    ]

"""The register of materials: everything in it is used, and what applicants fill in can be downloaded."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.finding import Finding
from generator.kinds.material import Material

FORMS = "申请表格文书"
FILLED_IN_BY_APPLICANT = "申请人填写"


def materials_are_used(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of materials that no guide asks for or issues (行政许可法第三十条: the complete list, and nothing else)."""
    if catalogue.lacks("guide"):
        return  # the guide that asks for it may be one that could not be read
    for material in catalogue.all_of(Material):
        if not catalogue.referring("guide", material):
            yield Finding(
                item=material,
                path=(),
                code="unused-material",
                message="没有办事指南用到这份材料",
                hint="请删掉这份材料，或在需要它的办事指南里引用；是不是与另一份材料重复？",
                severity="warning",
            )


def forms_can_be_downloaded(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of forms for the applicant without a blank to download (政府网站检查指标 表格样表; 行政许可法第三十条)."""
    for material in catalogue.all_of(Material):
        if material.category == FORMS and material.issuer == FILLED_IN_BY_APPLICANT and not material.blank_form:
            yield Finding(
                item=material,
                path=("category",),
                code="blank-form-missing",
                message="申请人要填的表格，没有空白表格可下载",
                hint="请在 blank_form 写文件名称和路径，文件放在 content/files/ 下。",
                severity="warning",
            )

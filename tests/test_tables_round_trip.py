"""The whole demonstration as a workbook and back: nothing changes of itself, and each edit changes what it says."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from project import ROOT
from tables import brought_back, cell, changed_lines, entries, given_out, row_of

from generator.tables.layout import LONGEST_TITLE, all_tables
from generator.tables.plan import plan_of
from generator.tables.workbook import open_workbook


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the items of the demonstration."""
    root = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(ROOT / "items", root / "items")
    return root


def test_the_whole_demonstration_comes_back_without_a_change(demonstration: Path) -> None:
    (demonstration / "a.xlsx").write_bytes(given_out(demonstration))
    plan = plan_of(open_workbook(demonstration / "a.xlsx"), entries(demonstration))
    assert (plan.edits, plan.gone, plan.problems) == ([], [], [])


def test_sheets_have_titles_that_excel_takes_and_columns_with_titles_of_their_own() -> None:
    titles = [table.title for table in all_tables()]
    assert len(set(titles)) == len(titles)
    for table in all_tables():
        assert len(table.title) <= LONGEST_TITLE
        assert len(set(table.titles)) == len(table.titles), table.title


def test_cells_are_what_they_say(demonstration: Path) -> None:
    (demonstration / "a.xlsx").write_bytes(given_out(demonstration))
    book = load_workbook(demonstration / "a.xlsx")
    guides, departments = book["办事指南"], book["部门"]
    row = row_of(guides, "id-card-loss")
    assert isinstance(cell(guides, row, "最近修订").value, datetime)
    assert cell(guides, row, "事项版本").data_type in ("n", None) or cell(guides, row, "事项版本").value is None
    phone = cell(departments, 2, "咨询电话")
    assert (phone.data_type, phone.number_format) == ("s", "@")
    assert guides.freeze_panes == "B2"
    assert guides.auto_filter.ref
    assert {sheet.title: sheet.sheet_state for sheet in book if sheet.sheet_state != "visible"} == {
        "选项": "hidden",
        "同窗": "veryHidden",
    }
    assert cell(guides, 1, "实施主体").comment.text == "部门的编号。\n必填。\n写「部门」的编号。"


def _thirty(book: Workbook) -> None:
    """Make thirty changes of all sorts."""
    guides, loss = book["办事指南"], row_of(book["办事指南"], "id-card-loss")
    cell(guides, loss, "一句话说明").value = "居民身份证丢了，补领新证。"  # 1
    cell(guides, loss, "时限·承诺办结时限·时限数").value = 12  # 2
    cell(guides, loss, "咨询方式·电话").value = "0123-6001022"  # 3
    cell(guides, loss, "最近修订").value = date(2026, 11, 20)  # 4
    cell(guides, loss, "别名").value = "身份证丢了\n补办身份证"  # 5
    cell(guides, loss, "事项版本").value = 3  # 6
    cell(guides, loss, "计划取消日期").value = datetime(2027, 12, 31)  # 7
    cell(guides, loss, "审批结果·是否支持物流快递").value = "是"  # 8
    steps = book["办事指南·办理流程"]
    cell(steps, row_of(steps, "id-card-loss", 1), "办理人").value = "户籍窗口人员"  # 9
    steps.append(["id-card-loss", None, "回访", "户籍窗口人员"])  # 10
    cell(steps, steps.max_row, "办理内容").value = "电话回访一次"
    fees = book["收费标准·标准沿革"]
    cell(fees, row_of(fees, "adoption-registration", 1, 1), "备注").value = "已取消"  # 11
    bases = book["收费标准·收费依据"]
    cell(bases, row_of(bases, "adoption-registration", 1, 1, 1), "条款").value = "附件"  # 12
    titles = book["收费标准"]
    cell(titles, row_of(titles, "adoption-registration"), "备注").value = None  # 13
    cell(titles, row_of(titles, "company-registration"), "管理权限").value = "市县"  # 14
    halls = book["服务大厅"]
    cell(halls, 2, "交通指引").value = "公交 3 路到政务服务中心站。"  # 15
    cell(halls, 2, "LED 屏·自设文字").value = "办事不收取公示以外的任何费用"  # 16
    windows = book["服务大厅·窗口"]
    cell(windows, row_of(windows, "main", 1), "窗口名称").value = "户籍"  # 17
    cell(windows, row_of(windows, "main", 2), "无障碍").value = "低位服务台"  # 18
    zones = book["服务大厅·分区"]
    cell(zones, row_of(zones, "main", 1, 1), "分区名称").value = "户籍服务区"  # 19
    zones.delete_rows(row_of(zones, "main", 3, 6))  # 20
    hours = book["服务大厅·开放时间"]
    cell(hours, row_of(hours, "main", 3), "起止时间").value = "09:00-11:30"  # 21
    departments = book["部门"]
    cell(departments, row_of(departments, "finance"), "简称").value = "财政"  # 22
    cell(departments, row_of(departments, "finance"), "咨询电话").value = "0123-6009999"  # 23
    policies = book["政策文件"]
    cell(policies, row_of(policies, "company-law"), "内容概述").value = "公司的设立、运行和解散。"  # 24
    cell(policies, row_of(policies, "company-law"), "正文").value = "正文另见原文。"  # 25
    news = book["通知公告"]
    cell(news, row_of(news, "winter-hours"), "失效日期").value = "2027年5月15日"  # 26
    rows = book["公开目录"]
    row = row_of(rows, "affordable-housing-policy")
    cell(rows, row, "公开内容").value = "文件名称和文号\n保障方式\n准入条件\n租金和补贴办法\n施行日期\n解读"  # 27
    cell(rows, row, "公开时限·天数").value = "１０"  # 28
    cell(rows, row, "公开层级").value = "县级\n乡级"  # 29
    questions = book["一件事·选项"]
    cell(questions, row_of(questions, "citizen-death", 2, 2), "选项").value = "没开店"  # 30


def test_thirty_edits_arrive_as_exactly_those_changes(demonstration: Path) -> None:
    plan = brought_back(demonstration, _thirty)
    assert plan.problems == []
    assert sum(len(edit.differences) for edit in plan.edits) == 30
    lines = changed_lines(plan, demonstration)
    assert lines == EXPECTED


EXPECTED: dict[str, list[str]] = {
    "guides/public-security/id-card-loss.yml": [
        "-aliases: [身份证丢了, 补办身份证, 身份证遗失补办, 身份证补领]",
        "-summary: 居民身份证丢失后，本人申请补领新证。",
        "+aliases: [身份证丢了, 补办身份证]",
        "+summary: 居民身份证丢了，补领新证。",
        "+version: 3",
        "+planned_end: 2027-12-31",
        "-    number: 15",
        "+    number: 12",
        "-    actor: 户籍窗口",
        "+    actor: 户籍窗口人员",
        "+  - name: 回访",
        "+    actor: 户籍窗口人员",
        "+    action: 电话回访一次",
        "+  express: true",
        "-  phone: 0123-6001021",
        "+  phone: 0123-6001022",
        "-revised: 2026-10-12",
        "+revised: 2026-11-20",
    ],
    "bundles/citizen-death.yml": ['-      - {id: "no", text: 没有开店}', '+      - {id: "no", text: 没开店}'],
    "fees/adoption-registration.yml": [
        "+            article: 附件",
        "-        note: 取消的起始日期需与原文附件核对，这里没有写",
        "-note: 收费项目已取消",
        "+        note: 已取消",
    ],
    "fees/company-registration.yml": ["-level: 中央", "+level: 市县"],
    "policies/company-law.md": [
        "-## 开办公司要知道的三点",
        "-",
        "-- 有限责任公司全体股东认缴的出资，自公司成立之日起五年内按章程缴足。",
        "-- 设立公司要向登记机关提交设立登记申请书、公司章程等文件，文件应当真实、合法和有效（第二十九条、第三十条）。",
        "-- 住所、法定代表人、注册资本等登记事项变更的，要办理变更登记；未经变更登记，不得对抗善意相对人。",
        "-",
        "-## 关门怎么办",
        "-",
        "-公司存续期间没有债务，或者已经清偿全部债务的，经全体股东承诺，可以通过简易程序注销，公告期限不少于二十日。",
        "+正文另见原文。",
    ],
    "policies/company-law.yml": [
        "-summary: 规定有限责任公司和股份有限公司的设立、组织机构、出资、合并分立、解散和清算。",
        "+summary: 公司的设立、运行和解散。",
    ],
    "hall/main.yml": [
        '-    spans: ["09:00-12:00"]',
        '+    spans: ["09:00-11:30"]',
        "-transit: 公交 3 路、16 路、21 路到“政务服务中心”站，下车即到南门。"
        "自驾从环城路东口进地下停车场。非机动车停南门西侧车棚。",
        "+transit: 公交 3 路到政务服务中心站。",
        "-      - {id: household, name: 户籍和身份证服务区, x: 0, y: 0, width: 20, height: 12}",
        "+      - {id: household, name: 户籍服务区, x: 0, y: 0, width: 20, height: 12}",
        "-      - {id: openness, name: 政务公开专区, x: 42, y: 12, width: 18, height: 20}",
        "-    name: 户籍业务",
        "+    name: 户籍",
        "+    accessible: 低位服务台",
        "-    - 老年人、残疾人、孕妇和带婴幼儿的办事人可以优先办理",
    ],
    "departments/finance.yml": [
        "-short_name: 区财政局",
        "+short_name: 财政",
        "-phone: 0123-6002900",
        "+phone: 0123-6009999",
    ],
    "announcements/winter-hours.yml": ["-expires: 2027-04-30", "+expires: 2027-05-15"],
    "disclosures/affordable-housing/affordable-housing-policy.yml": [
        "+  - 解读",
        "-  days: 20",
        "+  days: 10",
        "-levels: [县级]",
        "+levels: [县级, 乡级]",
    ],
}

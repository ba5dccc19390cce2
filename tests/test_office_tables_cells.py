"""What single cells say, and the sorts of tables that the layouts leave out."""

from __future__ import annotations

from pathlib import Path

import office_tables as makers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import FILES, tiny_project

from generator import codelists
from generator.mkdocs_build import load_catalogue
from generator.tables.office_bases import Document, documents_in
from generator.tables.office_cells import choices_in, days_in, entries_of, is_box, is_tick, number_of
from generator.tables.office_import import read_office_file
from generator.tables.office_report import Outcome


def read(file: Path, folder: Path) -> Outcome:
    root = tiny_project(folder / "site")
    project, catalogue, _ = load_catalogue(str(root / "mkdocs.yml"), None)
    return read_office_file(file, project, catalogue)


@pytest.mark.parametrize("text", ["√", "■", "☑", "✓", "t", "T", " R ", "是", "√\n√"])
def test_ticks(text: str) -> None:
    assert is_tick(text)
    assert not is_box(text)


@pytest.mark.parametrize("text", ["□", "口", "☐", "○", "□ □"])
def test_boxes(text: str) -> None:
    assert is_box(text)
    assert not is_tick(text)


@pytest.mark.parametrize("text", ["", "项目单位", "tt", "人口"])
def test_neither_ticks_nor_boxes(text: str) -> None:
    assert not is_tick(text)
    assert not is_box(text)


@pytest.mark.parametrize(
    ("text", "chosen", "others"),
    [
        ("■政府网站    ■两微一端\n■公开查阅点", ["政府网站", "两微一端", "公开查阅点"], []),
        ("■政府网站  □政府公报 □发布会/听证会", ["政府网站"], ["政府公报", "发布会/听证会"]),
        ("■政府\n网站口政府公报", ["政府网站"], ["政府公报"]),
        ("口两微一端■窗口公示", ["窗口公示"], ["两微一端"]),
        ("政府网站、公示栏\n电子屏", ["政府网站", "公示栏", "电子屏"], []),
        ("□政府网站", [], ["政府网站"]),
    ],
)
def test_choices(text: str, chosen: list[str], others: list[str]) -> None:
    found = choices_in(text, tuple(codelists.CHANNELS))
    assert (list(found.chosen), list(found.others)) == (chosen, others)


@given(
    st.lists(st.tuples(st.sampled_from(list(codelists.CHANNELS)), st.booleans()), min_size=1, unique_by=lambda e: e[0])
)
def test_boxes_are_read_whatever_stands_between_them(entries: list[tuple[str, bool]]) -> None:
    for box, gap in (("□", ""), ("口", "\n"), ("☐", "  ")):
        text = gap.join(f"{'■' if ticked else box}{name}" for name, ticked in entries)
        found = choices_in(text, tuple(codelists.CHANNELS))
        if box != "□" and not any(ticked for _, ticked in entries):
            continue
        assert list(found.chosen) == [name for name, ticked in entries if ticked]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("1、补贴项目 2、补贴对象3、标准", ["补贴项目", "补贴对象", "标准"]),
        ("包括：1、补贴项目。2、补贴对象", ["包括：", "补贴项目", "补贴对象"]),
        ("第1、2项内容", ["第1、2项内容"]),
        ("1、补贴项目；2、补贴对象；3.标准", ["补贴项目", "补贴对象", "标准"]),
        ("一、甲\n二、乙", ["甲", "乙"]),
        ("①甲②乙", ["甲", "乙"]),
        ("（1）甲\n（2）乙", ["甲", "乙"]),
        ("文件名称\n文号\n全文", ["文件名称", "文号", "全文"]),
        ("受理条件\n申请材料\n办理流程\n办理时限", ["受理条件", "申请材料", "办理流程", "办理时限"]),
        ("甲；乙;丙。", ["甲", "乙", "丙"]),
        ("自信息形\n成或者变\n更之日起\n公开", ["自信息形成或者变更之日起公开"]),
        ("2.5元标准", ["2.5元标准"]),
        ("投 诉电话 12345", ["投诉电话 12345"]),
        ("", []),
    ],
)
def test_entries(text: str, entries: list[str]) -> None:
    assert entries_of(text) == entries


@given(st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=8), min_size=2, max_size=9))
def test_numbered_entries_come_back(entries: list[str]) -> None:
    assert entries_of("\n".join(f"{number}、{entry}" for number, entry in enumerate(entries, 1))) == entries


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("自信息形成或者变更之日起20个工作日内", (20, "工作日")),
        ("二十个\n工作日内", (20, "工作日")),
        ("７日内", (7, "自然日")),
        ("5天", (5, "自然日")),
        ("20个工作日内，特殊情况30个工作日内", None),
        ("每年 3 月 31 日前", None),
        ("及时", None),
    ],
)
def test_days(text: str, days: tuple[int, str] | None) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize(
    ("text", "number"), [("10", 10), ("十", 10), ("十五", 15), ("二十", 20), ("两", 2), ("甲", -1)]
)
def test_numbers(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "documents", "rest"),
    [
        (
            "《政府信息公开条例》（国务院令第711号）第二十条、《意见》（中办发[2016]08号）",
            [
                Document("政府信息公开条例", "国务院令第711号", "第二十条"),
                Document("意见", "中办发〔2016〕8号"),
            ],
            [],
        ),
        ("《规划\n条例》（2019年修正）", [Document("规划条例", revision="2019年修正")], []),
        (
            "财税〔2018〕37号发改价格(2003)2322号",
            [Document(number="财税〔2018〕37号"), Document(number="发改价格〔2003〕2322号")],
            [],
        ),
        ("行政复议法；相关文件规定", [Document("行政复议法")], ["相关文件规定"]),
        ("《条例》（以下简称条例）", [Document("条例")], ["以下简称条例"]),
        ("见附件", [], ["见附件"]),
    ],
)
def test_documents(text: str, documents: list[Document], rest: list[str]) -> None:
    assert documents_in(text) == (documents, rest)


def test_a_number_that_others_bear_too_makes_no_document(tmp_path: Path) -> None:
    policy = FILES["items/policies/small-law.yml"].replace("小政发〔2016〕5号", "主席令第91号")
    root = tiny_project(tmp_path / "site", {"items/policies/small-law.yml": policy})
    project, catalogue, _ = load_catalogue(str(root / "mkdocs.yml"), None)
    rows = [
        ["收费项目", "收费标准", "收费依据"],
        ["甲费", "1元/证", "《个人信息保护法》（主席令第91号）"],
        ["乙费", "1元/证", "主席令第91号"],
        ["丙费", "1元/证", "《小证管理办法》（主席令第91号）"],
    ]
    outcome = read_office_file(makers.csv_of(tmp_path / "a.csv", rows), project, catalogue)
    bases = [each.draft.values["rates"][0]["periods"][0]["basis"] for each in outcome.planned]  # type: ignore[index]
    assert bases == [
        [{"title": "个人信息保护法", "number": "主席令第91号"}],
        [{"number": "主席令第91号"}],
        [{"policy": "small-law"}],
    ]


def test_a_list_of_powers(tmp_path: Path) -> None:
    rows = [
        ["小区公安局权责清单", None, None, None, None, None],
        ["序号", "职权名称", "职权类别", "实施依据", "责任事项", "追责情形"],
        [1, "小证核发", "许可", "《小证管理办法》第五条", "1.受理责任；2.审查责任", "不履行职责的"],
    ]
    outcome = read(makers.sheet_of(tmp_path / "powers.xlsx", rows, ["A1:F1"]), tmp_path)
    assert outcome.sections[0].header.sort.label == "权责清单"
    assert outcome.planned[0].draft.values == {
        "name": "小证核发",
        "type": "行政许可",
        "basis": [{"policy": "small-law", "article": "第五条"}],
    }
    assert [(entry.address, entry.why) for entry in outcome.account.troubles()] == [
        ("E3", "办事指南里没有「责任事项」这一项"),
        ("F3", "办事指南里没有「追责情形」这一项"),
    ]


def test_a_list_of_departments_keeps_people_out(tmp_path: Path) -> None:
    rows = [
        ["单位名称", "办公地址", "办公电话", "监督电话", "办公时间", "负责人"],
        ["小区水务局", "政和路9号", "0123-5550177", "13800001234", "周一至周五上午9:00-12:00，下午13:00-17:00", "张三"],
        ["小区公安局", "政和路 6 号", "0123 5550101", "5550199", "", ""],
    ]
    outcome = read(makers.csv_of(tmp_path / "departments.csv", rows), tmp_path)
    assert [each.verdict for each in outcome.planned] == ["新增", "不变"]
    assert outcome.planned[0].draft.values == {
        "name": "小区水务局",
        "address": "政和路9号",
        "phone": "0123-5550177",
        "hours": [{"days": "工作日", "spans": ["09:00-12:00", "13:00-17:00"]}],
    }
    assert "张三" not in outcome.planned[0].text
    assert "13800001234" not in outcome.planned[0].text
    assert "# 表里还有：监督电话：（号码没有抄）" in outcome.planned[0].text.splitlines()
    assert [(entry.address, entry.why) for entry in outcome.account.troubles()] == [
        ("D2", "这是个人手机号，不公布"),
        ("F2", "部门里不写个人"),
        ("D3", "没有区号，不是完整的公开电话"),
    ]


def test_what_cannot_be_merged_goes_on_from_above_and_is_said(tmp_path: Path) -> None:
    rows = [
        ["序号", "一级事项", "二级事项", "公开内容", "公开渠道", "公开时限"],
        ["1", "补贴", "补贴政策", "文件", "政府网站", "实时"],
        ["2", "", "补贴结果", "名单", "政府网站", "长期"],
    ]
    outcome = read(makers.csv_of(tmp_path / "a.csv", rows), tmp_path)
    assert [each.draft.values["parent"] for each in outcome.planned] == ["补贴", "补贴"]
    assert outcome.sections[0].notes == ["B3「一级事项」空白，按上一行写成「补贴」"]


def test_columns_renamed_and_in_another_order(tmp_path: Path) -> None:
    rows = [
        ["公开渠道载体", "公开的时限", "责任单位", "公开事项名称", "公开内容要素", "甲乙丙"],
        ["政府网站", "长期", "公安局", "名录", "名单", "备用"],
    ]
    outcome = read(makers.csv_of(tmp_path / "a.csv", rows), tmp_path)
    columns = [(column.field, column.synonym, column.score) for column in outcome.sections[0].header.columns]
    assert columns == [
        ("channels", "公开渠道和载体", 92),
        ("due", "公开时限", 89),
        ("department", "责任单位", 100),
        ("name", "公开事项名称", 100),
        ("contents", "公开内容要素", 100),
        ("", "", 0),
    ]
    assert [(entry.address, entry.rest, entry.why) for entry in outcome.account.troubles()] == [
        ("F2", "备用", "「甲乙丙」这一列没有对应的字段")
    ]


@pytest.mark.parametrize(
    ("text", "audience", "group"),
    [
        ("全社会", "全社会", None),
        ("■全社会 □特定群体", "全社会", None),
        ("□全社会\n■特定群体", "特定群体", None),
        ("申请的公民、法人和组织", "特定群体", "申请的公民、法人和组织"),
    ],
)
def test_the_audience_in_one_column(text: str, audience: str, group: str | None, tmp_path: Path) -> None:
    rows = [["公开事项", "公开内容", "公开渠道", "公开对象"], ["名录", "名单", "政府网站", text]]
    values = read(makers.csv_of(tmp_path / "a.csv", rows), tmp_path).planned[0].draft.values
    assert (values["audience"], values.get("group")) == (audience, group)

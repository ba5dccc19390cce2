"""Workbooks as they come back from people: read as a person would, or refused with sheet, cell and reason."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from project import run, tiny_project, tree
from tables import brought_back, cell, changed_lines, entries, given_out, row_of

from generator.tables.findings import as_text
from generator.tables.plan import described, plan_of
from generator.tables.workbook import open_workbook

GUIDE, FEE = "guides/card-renewal.yml", "fees/small-card.yml"
Change = Callable[[Workbook], object]


def _set(sheet: str, row: int, title: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        cell(book[sheet], row, title).value = value

    return change


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small project, which these tests only read."""
    return tiny_project(tmp_path_factory.mktemp("tables") / "project")


READ: dict[str, tuple[Change, str, list[str]]] = {
    "a full-width number": (
        _set("办事指南", 2, "时限·承诺办结时限·时限数", "１２"),
        GUIDE,
        ["-  promised: {number: 15}", "+  promised: {number: 12}"],
    ),
    "a date as text": (
        _set("办事指南", 2, "最近修订", "2026年11月1日"),
        GUIDE,
        ["-revised: 2026-10-12", "+revised: 2026-11-01"],
    ),
    "a date as a serial number": (
        _set("办事指南", 2, "最近修订", 46327),
        GUIDE,
        ["-revised: 2026-10-12", "+revised: 2026-11-01"],
    ),
    "a date as such": (
        _set("办事指南", 2, "最近修订", datetime(2026, 11, 1)),
        GUIDE,
        ["-revised: 2026-10-12", "+revised: 2026-11-01"],
    ),
    "a name for an id, blanks around": (
        _set("办事指南", 2, "实施主体", "　小区公安局 "),
        GUIDE,
        [],
    ),
    "a code with a blank in it": (_set("办事指南", 2, "事项类型", "行政 确认"), GUIDE, []),
    "a truth value of Excel": (
        _set("办事指南", 2, "网上办理·是否网办", True),
        GUIDE,
        ["-online: {available: false}", "+online: {available: true}"],
    ),
    "another writing of a number": (_set("收费标准·标准沿革", 2, "金额", "20.00"), FEE, []),
    "an amount with a fraction": (
        _set("收费标准·标准沿革", 2, "金额", 20.5),
        FEE,
        ["-        amount: 20", "+        amount: 20.5"],
    ),
    "line ends within a cell": (
        _set("办事指南", 2, "受理条件", "小证有效期已满\r\n本人申请\n\n"),
        GUIDE,
        ["-conditions: [小证有效期已满]", "+conditions: [小证有效期已满, 本人申请]"],
    ),
    "a text like a formula": (
        lambda book: _as_text(book, "办事指南", "修订说明", "=1+1"),
        GUIDE,
        ["+revision_note: =1+1"],
    ),
    "numbers that change places": (
        lambda book: _numbers(book, "办事指南·办理流程", 2, 1),
        GUIDE,
        [
            "+  - {name: 发证, actor: 证件窗口, days: {number: 10}, action: 发给新证}",
            "-  - {name: 发证, actor: 证件窗口, days: {number: 10}, action: 发给新证}",
        ],
    ),
    "columns in another order": (lambda book: _moved_columns(book["办事指南·收费"]), GUIDE, []),
    "a row with an id and nothing else": (lambda book: book["办事指南·设定依据"].append(["card-renewal"]), GUIDE, []),
}


def _as_text(book: Workbook, sheet: str, title: str, text: str) -> None:
    wanted = cell(book[sheet], 2, title)
    wanted.value, wanted.data_type = text, "s"


def _numbers(book: Workbook, sheet: str, *numbers: int) -> None:
    for row, number in enumerate(numbers, 2):
        cell(book[sheet], row, "序号").value = number


def _moved_columns(sheet: object) -> None:
    rows = [[one.value for one in row] for row in sheet.iter_rows()]  # type: ignore[attr-defined]
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(reversed(values), 1):
            sheet.cell(number, column).value = value  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", READ)
def test_what_a_person_would_read_is_read(name: str, project: Path) -> None:
    change, file, lines = READ[name]
    plan = brought_back(project, change)
    assert as_text(plan.problems) == "共 0 个错误，0 个提醒。"
    assert changed_lines(plan, project) == ({file: lines} if lines else {})


def _merge(book: Workbook) -> None:
    book["办事指南·办理流程"].merge_cells("A2:A3")


def _hide(book: Workbook) -> None:
    book["部门"].sheet_state = "hidden"
    book["政策文件"].row_dimensions[2].hidden = True


def _rename_column(book: Workbook) -> None:
    cell(book["部门"], 1, "办公地址").value = "办公地点"
    book["部门"].cell(1, 30).value = "备注"
    book["部门"].cell(2, 30).value = "自己记的"


def _rename_sheet(book: Workbook) -> None:
    book["材料与表格"].title = "材料和表格"


def _formula(book: Workbook) -> None:
    cell(book["办事指南"], 2, "事项版本").value = "=1+1"


def _twice(book: Workbook) -> None:
    book["部门"].append(["police", "又一个"])
    _numbers(book, "办事指南·办理流程", 1, 1)


def _misspelt(book: Workbook) -> None:
    book["办事指南·申请材料"].append(["card-renewals", 1, "small-card", "原件"])
    book["收费标准·收费依据"].append(["small-card", 7, 1, 1, "small-law"])


def _lost_id(book: Workbook) -> None:
    book["部门"]["A2"].value = None


def _renamed_id(book: Workbook) -> None:
    book["办事指南"]["A2"].value = "small-card-renewal"


def _emptied_step(book: Workbook) -> None:
    row = book["办事指南·办理流程"][2]
    for number in range(3, len(row) + 1):
        row[number - 1].value = None


def _near_id(book: Workbook) -> None:
    book["部门"].append(["polices", "另一个局"])


REFUSED: dict[str, tuple[Change, str]] = {
    "an id that no item has, without a name": (
        lambda book: book["部门"].append(["polices"]),
        """\
「部门」A3: 错误: 「编号」没有编号为「polices」的内容 [unknown-id]
    是不是「police」？
共 1 个错误，0 个提醒。""",
    ),
    "an id that is no id": (
        lambda book: book["部门"].append(["公安局", "小区公安局"]),
        """\
「部门」A3: 错误: 「编号」「公安局」不能作编号 [wrong-id]
    编号只用小写英文字母、数字和 -，例如 id-card-renewal。
共 1 个错误，0 个提醒。""",
    ),
    "an id as a formula": (
        lambda book: book["部门"].append(["=A2", "小区公安局"]),
        """\
「部门」A3: 错误: 「编号」不能用公式 [formula]
    请直接写编号。
共 1 个错误，0 个提醒。""",
    ),
    "a number that is no number": (
        lambda book: _numbers(book, "办事指南·办理流程", 0, 2),
        """\
「办事指南·办理流程」B2: 错误: 「序号」「0」不是序号 [wrong-number]
    写 1、2、3 这样的数。
共 1 个错误，0 个提醒。""",
    ),
    "a day with an hour": (
        _set("办事指南", 2, "最近修订", datetime(2026, 11, 1, 9, 30)),
        """\
「办事指南」CP2: 错误: 「最近修订」这里应是日期，写的还有时间 「2026-11-01 09:30」 [not-a-date]
    请只留日期。
共 1 个错误，0 个提醒。""",
    ),
    "a row that was emptied": (
        _emptied_step,
        """\
「办事指南·办理流程」B2: 错误: 「序号」「card-renewal」的第 1 条只剩编号和序号 [emptied-row]
    这一条不要了，请整行删掉；还要的，请把内容填回去。
共 1 个错误，0 个提醒。""",
    ),
    "a template mark in a text": (
        _set("部门", 2, "简称", "公安{% if %}"),
        """\
「部门」D2: 错误: 「简称」文字里有模板标记「{%」 [markup-in-text]
    内容里只写文字，网页的样子由模板决定；请删去标记。
共 1 个错误，0 个提醒。""",
    ),
    "a truth value in a text": (
        _set("部门", 2, "简称", True),
        """\
「部门」D2: 错误: 「简称」这里应是文字，Excel 把它变成了是非值 「TRUE」 [not-text]
    请把单元格设成「文本」格式，再重新输入。
共 1 个错误，0 个提醒。""",
    ),
    "a column twice": (
        lambda book: setattr(cell(book["部门"], 1, "别名"), "value", "简称"),
        """\
「部门」E1: 错误: 「简称」有两列，不知道看哪一列 [twice-column]
    请删掉一列。
「部门」: 提醒: 没有「别名」这一列，其中的内容都不改 [missing-column]
共 1 个错误，1 个提醒。""",
    ),
    "no column with ids": (
        lambda book: setattr(book["部门"]["A1"], "value", "机构代码"),
        """\
「部门」A1: 提醒: 「机构代码」没有读 [unknown-column]
    列名要与导出时一样。
「部门」A1: 错误: 没有「编号」这一列，不知道每行属于哪一项 [missing-column]
    请从新导出的工作簿里取回列名。
共 1 个错误，1 个提醒。""",
    ),
    "an emptied sheet": (
        lambda book: book["部门"].delete_rows(1, 9),
        """\
「部门」: 提醒: 工作表是空的，列名也没有，其中的内容都不改 [empty-sheet]
共 0 个错误，1 个提醒。""",
    ),
    "an error value": (
        _set("办事指南", 2, "一句话说明", "#REF!"),
        """\
「办事指南」E2: 错误: 「一句话说明」单元格是错误值 「#REF!」 [error-value]
    请在 Excel 里改成要写的内容。
共 1 个错误，0 个提醒。""",
    ),
    "a formula": (
        _formula,
        """\
「办事指南」F2: 错误: 「事项版本」单元格里是公式「=1+1」，还没有算过，现在的内容是「空白」 [formula]
    请复制这个单元格，用「选择性粘贴 - 值」粘回去，再核对。
共 1 个错误，0 个提醒。""",
    ),
    "a long code as a number": (
        _set("办事指南", 2, "编码·实施编码", 11330000000000000000),
        """\
「办事指南」J2: 错误: 「编码·实施编码」这里应是文字，写的是数字；Excel 只留前 15 位，后面的已经丢了 [lost-digits]
    请把单元格设成「文本」格式，再从原处重新输入。
共 1 个错误，0 个提醒。""",
    ),
    "1.10 as a number": (
        _set("部门", 2, "简称", 1.1),
        """\
「部门」D2: 错误: 「简称」这里应是文字，写的是数字 「1.1」，末尾的 0 可能丢了 [not-text]
    请把单元格设成「文本」格式，再从原处重新输入。
共 1 个错误，0 个提醒。""",
    ),
    "a date in a text": (
        _set("部门", 2, "简称", datetime(2026, 3, 4)),
        """\
「部门」D2: 错误: 「简称」这里应是文字，Excel 把它变成了日期或时间 「2026-03-04」 [not-text]
    请把单元格设成「文本」格式，再重新输入。
共 1 个错误，0 个提醒。""",
    ),
    "a date in a number": (
        _set("收费标准·标准沿革", 2, "金额", datetime(2026, 3, 4)),
        """\
「收费标准·标准沿革」F2: 错误: 「金额」这里应是数字，Excel 把它变成了日期或时间 「2026-03-04」 [not-a-number]
    请把单元格设成「常规」格式，再重新输入数字。
共 1 个错误，0 个提醒。""",
    ),
    "merged cells": (
        _merge,
        """\
「办事指南·办理流程」: 提醒: 有合并的单元格 A2:A3，每一格都按左上角的内容读 [merged-cells]
共 0 个错误，1 个提醒。""",
    ),
    "hidden things": (
        _hide,
        """\
「政策文件」: 提醒: 第 2 行是隐藏的（可能是筛选），照样读入 [hidden-rows]
「部门」: 提醒: 工作表是隐藏的，照样读入 [hidden-sheet]
共 0 个错误，2 个提醒。""",
    ),
    "columns renamed and added": (
        _rename_column,
        """\
「部门」I1: 提醒: 「办公地点」没有读 [unknown-column]
    是不是「办公地址」改了名？请改回去。
「部门」AD1: 提醒: 「备注」没有读 [unknown-column]
    列名要与导出时一样。
「部门」: 提醒: 没有「办公地址」这一列，其中的内容都不改 [missing-column]
共 0 个错误，3 个提醒。""",
    ),
    "a sheet renamed": (
        _rename_sheet,
        """\
「材料和表格」: 提醒: 不是本站的工作表，没有读 [unknown-sheet]
    是不是「材料与表格」改了名？请改回去。
「材料与表格」: 提醒: 没有这张工作表，其中的内容都不改 [missing-sheet]
共 0 个错误，2 个提醒。""",
    ),
    "things twice": (
        _twice,
        """\
「办事指南·办理流程」B3: 错误: 「序号」「card-renewal」的序号 1 在第 2 行已经用过 [twice-number]
    每条一个序号，不能重复；新加的一条可以空着。
「部门」A3: 错误: 「编号」「police」在第 2 行已经有了 [twice-id]
    一项内容一行，请删掉一行。
共 2 个错误，0 个提醒。""",
    ),
    "rows that belong to nothing": (
        _misspelt,
        """\
「办事指南·申请材料」A3: 错误: 「编号」「办事指南」里没有「card-renewals」这一行 [stray-row]
    请改成那张表里有的；上一行删了，这一行也要删。
「收费标准·收费依据」C5: 错误: 「标准沿革·序号」「收费标准·标准沿革」里没有「1」这一行 [stray-row]
    请改成那张表里有的；上一行删了，这一行也要删。
共 2 个错误，0 个提醒。""",
    ),
    "an id that is gone": (
        _lost_id,
        """\
「部门」A2: 错误: 「编号」这一行有内容，却没有编号 [missing-id]
    请写上属于哪一项的编号；不要的行请整行删掉。
共 1 个错误，0 个提醒。""",
    ),
    "an id that was changed": (
        _renamed_id,
        """\
「办事指南」A2: 错误: 「编号」编号由「card-renewal」改成了「small-card-renewal」 [changed-id]
    编号是网址的一部分，公布后不能改；请改回「card-renewal」。""",
    ),
    "a new id like another": (
        _near_id,
        """\
「部门」A3: 提醒: 「编号」「polices」是新编号，会新建一项；它与已有的「police」很像 [near-id]
    若是写错了，请改正。
共 0 个错误，1 个提醒。""",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_sure_is_said_with_its_cell(name: str, project: Path) -> None:
    change, message = REFUSED[name]
    said = as_text(brought_back(project, change).problems)
    assert said.startswith(message) if name == "an id that was changed" else said == message


@pytest.mark.parametrize(("result", "said"), [("15", ""), ("16", "算出来是「16」，现在的内容是「15」")])
def test_a_formula_is_taken_only_where_it_gives_what_is_there(result: str, said: str, project: Path) -> None:
    file = project / "公式.xlsx"
    brought_back(project, _set("办事指南", 2, "时限·承诺办结时限·时限数", "=10+5"), file.name)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            written = re.sub(rb"<f>10\+5</f><v ?/?>(</v>)?", b"<f>10+5</f><v>%b</v>" % result.encode(), data)
            archive.writestr(name, written)
    plan = plan_of(open_workbook(file), entries(project))
    assert plan.edits == []
    assert [problem.message for problem in plan.problems] == ([f"单元格里是公式「=10+5」，{said}"] if said else [])


def _one_edit(folder: Path, change: Change) -> Path:
    file = folder / "表.xlsx"
    book = load_workbook(file)
    change(book)
    book.save(file)
    return file


def test_the_verbs_give_out_show_and_write(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    assert run(folder, "export", "表.xlsx").stdout == "已导出 6 项内容到 表.xlsx。\n"
    assert run(folder, "import", "表.xlsx", "--write").stdout == "没有改动。\n"
    _one_edit(folder, _set("办事指南", 2, "时限·承诺办结时限·时限数", 12))
    before = tree(folder / "items")
    shown = run(folder, "import", "表.xlsx")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == (
        "items/guides/card-renewal.yml（小证期满换领）\n"
        "  「办事指南」AL2 → 14 行「时限·承诺办结时限·时限数」「15」 → 「12」\n"
        "共 1 处改动，涉及 1 个文件；还没有写。没有问题的话，加 --write 再运行一次。\n"
    )
    assert tree(folder / "items") == before
    assert run(folder, "import", "表.xlsx", "--write").stdout.endswith("共 1 处改动，已写进 1 个文件。\n")
    after = tree(folder / "items")
    assert {name for name in after if after[name] != before[name]} == {GUIDE}
    assert run(folder, "import", "表.xlsx", "--write").stdout == "没有改动。\n"


def test_what_the_checker_would_refuse_is_said_with_its_cell_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    (folder / "表.xlsx").write_bytes(given_out(folder))

    def change(book: Workbook) -> None:
        cell(book["办事指南"], 2, "服务对象").value = "自然任"
        cell(book["部门"], 2, "咨询电话").value = "13800000000"
        cell(book["政策文件"], 2, "内容概述").value = "照样可以。"
        cell(book["材料与表格"], 2, "出具单位").value = None

    _one_edit(folder, change)
    before = tree(folder / "items")
    said = run(folder, "import", "表.xlsx", "--write")
    assert (said.returncode, tree(folder / "items")) == (1, before)
    lines = said.stderr.splitlines()
    for line in (
        "「办事指南」U2: 错误: 「服务对象第1条」「自然任」不在可选范围内 [not-in-list]",
        "「材料与表格」F2: 错误: 「出具单位」必填，没有写 [missing-key]",
        "表格里有错误，什么也没有写。",
    ):
        assert line in lines, said.stderr
    assert any(line.startswith("「部门」J2: 错误: 「咨询电话」「13800000000」不是完整的公开电话") for line in lines)


def test_rows_that_were_removed_delete_files_only_when_that_is_asked_for(tmp_path: Path) -> None:
    text = "name: 新局\nshort_name: 新\nnature: 法定机关\nduties: [甲]\naddress: 新路 1 号\nphone: 0123-5550105\n"
    text += 'complaint_phone: 0123-5550106\nhours:\n  - {days: 工作日, spans: ["09:00-12:00"]}\n'
    folder = tiny_project(tmp_path / "project", {"items/departments/new.yml": text})
    (folder / "表.xlsx").write_bytes(given_out(folder))
    _one_edit(folder, lambda book: book["部门"].delete_rows(row_of(book["部门"], "new")))
    kept = run(folder, "import", "表.xlsx", "--write")
    message = "表格里没有 items/departments/new.yml（新局），文件留着；确实要删，请加 --delete。"
    assert (kept.returncode, kept.stdout, kept.stderr.strip()) == (0, "没有改动。\n", message)
    run(folder, "import", "表.xlsx", "--write", "--delete")
    assert not (folder / "items/departments/new.yml").exists()


def test_links_to_other_workbooks_are_told_and_not_followed(project: Path) -> None:
    (project / "表.xlsx").write_bytes(given_out(project))
    plan = plan_of(replace(open_workbook(project / "表.xlsx"), has_links=True), entries(project))
    assert plan.edits == []
    assert (
        as_text(plan.problems)
        == """\
「表.xlsx」: 提醒: 有指向别的工作簿的链接，没有打开它们，只看这里最后显示的值 [external-links]
共 0 个错误，1 个提醒。"""
    )


def test_twenty_thousand_new_rows_are_planned_in_seconds(project: Path) -> None:
    (project / "表.xlsx").write_bytes(given_out(project))
    book = open_workbook(project / "表.xlsx")
    sheet = book.sheet("部门")
    assert sheet
    head, row = sheet.rows[1], sheet.rows[2]
    rows = {number: [f"bureau-{number}", f"第 {number} 局", *row[2:]] for number in range(3, 20_003)}
    long = replace(sheet, rows={1: head, 2: row, **rows})
    others = [other for other in book.sheets if other is not sheet]
    started = time.process_time()
    plan = plan_of(replace(book, sheets=(*others, long)), entries(project))
    assert time.process_time() - started < 30  # four to eight on an idle machine
    assert (len(plan.edits), plan.gone, plan.problems) == (20_000, [], [])


def test_a_new_row_becomes_a_new_file(project: Path) -> None:
    def change(book: Workbook) -> None:
        book["材料与表格"].append(["photo", "相片", None, "一寸照\n证件照"])
        row = book["材料与表格"].max_row
        cell(book["材料与表格"], row, "材料类型").value = "其他"
        cell(book["材料与表格"], row, "出具单位").value = "申请人"

    plan = brought_back(project, change)
    assert changed_lines(plan, project) == {
        "materials/photo.yml": ["+name: 相片", "+aliases: [一寸照, 证件照]", "+category: 其他", "+issuer: 申请人"]
    }
    assert list(described(plan.edits[0])) == ["新建 items/materials/photo.yml（「材料与表格」A3）：相片"]


def test_what_both_sides_changed_is_told_and_what_one_side_changed_goes_through(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    (folder / "表.xlsx").write_bytes(given_out(folder))

    def change(book: Workbook) -> None:
        cell(book["部门"], 2, "简称").value = "公安"
        cell(book["部门"], 2, "办公地址").value = "表格路 1 号"

    _one_edit(folder, change)
    file = folder / "items/departments/police.yml"
    text = file.read_text(encoding="utf-8")
    lines = [
        "address: 文件路 2 号" if line.startswith("address:") else line.replace("管理证件", "办证")
        for line in text.splitlines()
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = run(folder, "import", "表.xlsx", "--write")
    assert said.returncode == 1
    assert said.stdout == (
        "items/departments/police.yml（小区公安局）\n  「部门」D2 → 2 行「简称」「公安局」 → 「公安」\n"
    )
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("address:"))
    assert said.stderr.splitlines() == [
        f"「部门」I2: 错误: 「办公地址」导出以后文件里也改过：items/departments/police.yml:{number}:10 "
        "现在是「文件路 2 号」，表格里是「表格路 1 号」 [table-conflict]",
        "    请先定下用哪个：用文件里的，就把单元格改成一样；用表格里的，就重新导出后再改。",
        "共 1 个错误，0 个提醒。",
        "表格里有错误，什么也没有写。",
    ]

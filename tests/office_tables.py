"""Tables as offices really publish them, made in the formats and with the habits in which they come."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import docx
from docx.table import Table
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]


def sheet_of(file: Path, rows: Rows, merged: Iterable[str] = (), title: str = "Sheet1") -> Path:
    """Save a workbook with one sheet; `merged` are ranges, whose text stands in their corner."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    fill(sheet, rows, merged)
    book.save(file)
    return file


def fill(sheet: Worksheet, rows: Rows, merged: Iterable[str] = ()) -> None:
    """Write rows into a sheet, then merge."""
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)


def csv_of(file: Path, rows: Rows, encoding: str = "utf-8", separator: str = ",") -> Path:
    """Save rows as separated values."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    file.write_bytes(text.getvalue().encode(encoding))
    return file


def document_of(file: Path, *parts: str | tuple[Rows, Sequence[tuple[int, int, int, int]]]) -> Path:
    """Save a document of paragraphs and tables; a table is its rows and merged areas (top, left, bottom, right)."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            rows, merged = part
            add_table(document.add_table(len(rows), max(map(len, rows))), rows, merged)
    document.save(str(file))
    return file


def add_table(table: Table, rows: Rows, merged: Sequence[tuple[int, int, int, int]]) -> None:
    """Fill a table of a document, then merge."""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                table.cell(at, column).text = str(value)
    for top, left, bottom, right in merged:
        corner = table.cell(top, left)
        text = corner.text
        corner.merge(table.cell(bottom, right)).text = text


def district(folder: Path) -> Path:
    """A: 重大建设项目, two header rows, 一级事项 merged downwards, groups named, 同上."""
    channels = "■政府网站    ■两微一端    ■纸质媒体    ■公开查阅点  \n■政务服务中心■便民服务站"
    rows = [
        ["赛罕区重大建设项目领域基层政务公开标准目录", *[None] * 11],
        [
            "序号", "公开事项", None, "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
            "公开对象", None, "公开方式", None,
        ],
        [None, "一级事项", "二级事项", None, None, None, None, None, "全社会", "特定群众", "主动", "依申请公开"],
        [
            1, "批准服务信息", "办事指南", "申报要件、申报材料清单、批准流程、办理时限、受理机构联系方式",
            "《政府信息公开条例》（国务院令第711号）、《企业投资项目核准和备案管理条例》（国务院令第673号）",
            "实时公开", "小区公安局", f"{channels}\n■投资项目在线审批监管平台", "√", None, "√", None,
        ],
        [
            2, None, "审批结果", "批复结果\n批复时间\n批复文号", "同上", "及时公开", "同上", channels,
            None, "项目单位", None, "√",
        ],
        [3, "招标投标信息", "中标信息", "中标结果", "同上", "同上", "住建局", "■信用中国网站", "√", None, "√", None],
    ]  # fmt: skip
    merged = ["A1:L1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2", "B4:B5"]
    return sheet_of(folder / "district.xlsx", rows, merged)


def county(folder: Path) -> Path:
    """B: 涉农资金, a title over the whole width, one column of 公开事项, every channel listed and some ticked."""
    boxes = "■政府网站  □政府公报 □两微一端 □发布会/听证会 □广播电视 □纸质媒体 ■公开查阅点 □政务服务中心 □其他"
    rows = [
        ["德安县涉农资金领域政务公开标准目录", *[None] * 9],
        [
            "序号", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
            "公开对象", None, "公开层级",
        ],
        [None, None, None, None, None, None, None, "全社会", "特定群体", "乡级"],
        [
            1, "惠农补贴政策", "1、补贴项目名称；2、补贴对象；3、补贴标准",
            "《政府信息公开条例》（国务院令第711号）号", "自政策形成之日起20个工作日内", "公安局", boxes,
            "√", None, "√",
        ],
    ]  # fmt: skip
    merged = ["A1:J1", *(f"{letter}2:{letter}3" for letter in "ABCDEFG"), "H2:I2"]
    return sheet_of(folder / "county.xlsx", rows, merged)


_TOWN_CHANNELS = "■政府网站\n■单位/村委会公示栏（电子屏）\n■会议"


def town(folder: Path) -> Path:
    """C: 政府文件, in a document; headings split by spaces and line breaks, levels 镇级 and 村级."""
    rows = [
        [
            "序号", "公开事项", "", "公开内容\n（要素）", "公开\n依据", "公 开\n时 限", "公开\n主体",
            "公开渠道\n和载体", "公开层级", "",
        ],
        ["", "一级\n事项", "二级\n事项", "", "", "", "", "", "镇级", "村级"],
        [
            "1", "政府文件", "规范性文件", "文件名称\n文号\n全文", "《政府信息公开条例》第二十条",
            "信息形成或变更之日起3个工作日内", "小区公安局", _TOWN_CHANNELS, "√", "",
        ],
        [
            "2", "", "其他文件", "1、文件名称\n2、文号", "《政府信息公开条例》第二十条",
            "信息形成或变更之日起20个工作日内",
            "小区公安局", _TOWN_CHANNELS, "√", "t",
        ],
    ]  # fmt: skip
    merged = [(0, at, 1, at) for at in (0, 3, 4, 5, 6, 7)] + [(0, 1, 0, 2), (0, 8, 0, 9), (2, 1, 3, 1)]
    return document_of(folder / "town.docx", "凤屯镇政府文件领域公开事项标准目录", (rows, merged))


def city(folder: Path) -> Path:
    """D: 公共法律服务, levels of local names, two columns more, 同上, second names in brackets, notes in the cell."""
    head = [
        [
            "序号", "公开事项", None, "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开格式",
            "五公开", "公开层级", None, None,
        ],
        [None, "一级事项", "二级事项", *[None] * 7, "东阳市级", "镇街乡", "村"],
    ]  # fmt: skip
    rows = [
        [
            "1", "法治宣传", "普法责任清单", "清单内容", "《法治宣传教育法》", "20个工作日内", "公安局（交警大队）",
            "■政府网站 □政府公报 注：涉及个人隐私的不公开", "■文本", "□决策", "√", None, None,
        ],
        [
            "2", "同上", "普法活动", "活动时间\n活动地点", "同上", "同上", "同上", "■入户/现场 ■其他", "□文本", "■执行",
            "√", "√", "√",
        ],
    ]  # fmt: skip
    areas = [f"{letter}1:{letter}2" for letter in "ADEFGHIJ"]
    return sheet_of(folder / "city.xlsx", [*head, *rows], ["B1:C1", "K1:M1", *areas], "公共法律服务领域")


def areas(folder: Path) -> Path:
    """E: several areas in a document, leading zeros, 口 for a box, broken words, a header repeated after a page."""
    head = [
        [
            "序号", "公开事项", "", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
            "公开层级", "",
        ],
        ["", "一级事项", "二级事项", "", "", "", "", "", "县级", "乡级"],
    ]  # fmt: skip
    across = [(0, at, 1, at) for at in (0, 3, 4, 5, 6, 7)] + [(0, 1, 0, 2), (0, 8, 0, 9)]
    boxes = "■政府网站 口政府公报\n口两微一端 ■政务服务中心\n口便民服务站"
    due = "自信息形\n成或者变\n更之日起\n20个工作\n日内予以\n公开"
    basis = "《社会救助\n暂行办法》\n（国务院令\n第649号）"
    first = [
        ["0505", "最低生活保障", "办理结果", "保障人员\n保障金额", basis, due, "公安局", boxes, "■", "口"],
        [*head[0]],
        [*head[1]],
        ["0507", "05", "政策法规文件", "政策法规\n文件全文", basis, due, "公安局", boxes, "■", "■"],
    ]  # fmt: skip
    goes_on = [["0508", "临时救助", "救助标准", "救助对象\n标准", basis, due, "公安局", boxes, "■", "口"]]
    repeated = [(top + 3, left, bottom + 3, right) for top, left, bottom, right in across]
    return document_of(
        folder / "areas.docx",
        "锡林浩特市社会救助领域基层政务公开标准目录",
        ([*head, *first], [*across, *repeated]),
        (goes_on, []),
    )


def fees(folder: Path, encoding: str = "gbk", separator: str = ",") -> Path:
    """F: a fee notice as separated values, amounts in every notation, two bases in a cell, a row twice."""
    rows = [
        ["收费公示", "", "", "", "", "", ""],
        ["序号", "收费项目", "计费单位", "收费标准", "收费依据", "执收单位", "备注"],
        ["01", "居民身份证工本费", "证", "20元/证", "发改价格〔2003〕2322号、财税[2018]37号", "公安局", ""],
        ["02", "临时身份证工本费", "元/证", "10", "发改价格〔2003〕2322号", "公安局", "现场办理"],
        ["03", "不动产登记费", "件", "住宅80元/件；非住宅550元/件", "发改价格规〔2016〕2559号", "", ""],
        ["04", "婚姻登记费", "", "免收", "财税〔2017〕20号", "", ""],
        ["05", "考试费", "人", "见文件", "相关文件", "", ""],
        ["06", "临时身份证工本费", "元/证", "10", "发改价格〔2003〕2322号", "公安局", "现场办理"],
    ]
    return csv_of(folder / "fees.csv", rows, encoding, separator)


def services(folder: Path) -> Path:
    """G: a list of items, a merged department, time limits in every notation."""
    rows = [
        ["小区政务服务事项清单", *[None] * 11],
        [
            "序号", "事项名称", "子项", "事项类型", "实施主体", "服务对象", "办件类型", "法定时限", "承诺时限",
            "是否收费", "跑动次数", "窗口",
        ],
        [
            1, "印章刻制备案", None, "行政许可", "小区公安局", "企业法人", "承诺件", "20个工作日", "1",
            "否", "1次", "A01",
        ],
        [2, "户口登记", "出生登记", "行政确认", None, "自然人", "即办件", "20日", "即办", "否", 0, "A01、A02"],
        [3, "户口登记", "迁出登记", "其他权力", None, "自然人、群众", "即办件", None, "当场", "是", "0次", "B09"],
    ]  # fmt: skip
    return sheet_of(folder / "services.xlsx", rows, ["A1:L1", "E3:E5"], "事项")

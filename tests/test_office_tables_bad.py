"""Files that are no proper table: refused with the reason, or read as a person would read them; no traceback."""

from __future__ import annotations

import argparse
import base64
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import office_tables as makers
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from project import tiny_project

from generator.build import Project
from generator.catalogue import Catalogue
from generator.mkdocs_build import load_catalogue
from generator.tables.office_import import read_office_file, run
from generator.tables.office_report import as_text

Loaded = tuple[Project, Catalogue]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HEADINGS = ["序号", "收费项目", "计费单位", "收费标准", "收费依据"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    root = tiny_project(tmp_path_factory.mktemp("office") / "site")
    project, catalogue, _ = load_catalogue(str(root / "mkdocs.yml"), None)
    return project, catalogue


def refused(file: Path, loaded: Loaded, capsys: pytest.CaptureFixture[str]) -> str:
    options = argparse.Namespace(file=str(file), write=True, format="text", kind="")
    assert run(options, *loaded) == 1
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def saved(data: bytes) -> Callable[[Path], Path]:
    def make(file: Path) -> Path:
        file.write_bytes(data)
        return file

    return make


def _words(file: Path) -> Path:
    return makers.document_of(file, "收费项目  标准", "身份证  20元")


def _picture(file: Path) -> Path:
    picture = file.with_name("scan.png")
    picture.write_bytes(PIXEL)
    document = docx.Document()
    document.add_picture(str(picture))
    document.save(str(file))
    return file


def _archive(*names: str) -> Callable[[Path], Path]:
    def make(file: Path) -> Path:
        with zipfile.ZipFile(file, "w") as packed:
            for name in names:
                packed.writestr(name, "x")
        return file

    return make


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSALS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty.xlsx": (lambda file: makers.sheet_of(file, []), "文件里一格内容也没有。"),
    "blank.csv": (saved(b" \r\n,,\r\n"), "文件里一格内容也没有。"),
    "nothing.csv": (saved(b""), "文件是空的。"),
    "words.docx": (_words, "文档里没有表格。请确认文件选对了；用空格对齐的文字不是表格，请改成表格再导入。"),
    "picture.docx": (_picture, "文档里没有表格，只有 1 张图片。图片里的表格读不出来，请找可编辑的原件，或重新录入。"),
    "scan.xlsx": (saved(PIXEL), "这是图片，图片里的表格读不出来。请找可编辑的原件（xlsx、docx、csv），或重新录入。"),
    "old.docx": (
        saved(OLE + "WordDocument".encode("utf-16-le")),
        "这是旧格式的 doc 文件（改扩展名没有用）。请用办公软件打开，另存为 docx 再导入。",
    ),
    "old.xlsx": (
        saved(OLE + "Workbook".encode("utf-16-le")),
        "这是旧格式的 xls 文件（改扩展名没有用）。请用办公软件打开，另存为 xlsx 再导入。",
    ),
    "locked.xlsx": (
        saved(OLE + "EncryptedPackage".encode("utf-16-le")),
        "文件有打开密码，读不了。请去掉密码后再导入。",
    ),
    "print.xlsx": (saved(b"%PDF-1.7\n"), "这是 PDF，里面的表格读不准。请找 xlsx 或 docx 原件。"),
    "page.csv": (
        saved(b"<html><table></table></html>"),
        "这是网页或 XML，不是表格文件。请用表格软件打开后另存为 xlsx 再导入。",
    ),
    "noise.csv": (
        saved(b"\xff\x00\x81\xfe\x9f"),
        "文件不是 UTF-8 或 GBK 编码的文字，读不出来。请用表格软件打开后另存为 xlsx 再导入。",
    ),
    "files.docx": (_archive("a.txt"), "这是压缩文件，不是表格。请解压后导入里面的 xlsx、docx 或 csv。"),
    "hollow.docx": (_archive("word/document.xml"), "这个文档打不开，文件已损坏。请用 Word 打开后另存为 docx 再导入。"),
    "torn.xlsx": (saved(b"PK\x03\x04torn"), "文件已损坏，不是完整的 xlsx 或 docx。请重新保存或重新传送。"),
    "macros.docx": (
        _archive("word/document.xml", "word/vbaProject.bin"),
        "文件里有宏，没有打开。请另存为不带宏的 xlsx 或 docx 再导入。",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_be_read_says_why(
    name: str, tmp_path: Path, loaded: Loaded, capsys: pytest.CaptureFixture[str]
) -> None:
    make, message = REFUSALS[name]
    assert refused(make(tmp_path / name), loaded, capsys) == f"{name}：{message}\n"


def test_a_file_that_is_not_there(tmp_path: Path, loaded: Loaded, capsys: pytest.CaptureFixture[str]) -> None:
    options = argparse.Namespace(file=str(tmp_path / "no.xlsx"), write=False, format="text", kind="")
    assert run(options, *loaded) == 3
    assert capsys.readouterr().err == f"{tmp_path / 'no.xlsx'}：No such file or directory\n"


def test_a_kind_that_no_table_holds(tmp_path: Path, loaded: Loaded, capsys: pytest.CaptureFixture[str]) -> None:
    options = argparse.Namespace(file=str(makers.county(tmp_path)), write=False, format="text", kind="hall")
    assert run(options, *loaded) == 2
    assert capsys.readouterr().err == "不能按「hall」导入；可以写：disclosure、fee、guide、department。\n"


def test_a_table_without_headings_says_what_was_looked_for(tmp_path: Path, loaded: Loaded) -> None:
    file = makers.sheet_of(tmp_path / "a.xlsx", [["甲", "乙", "丙"], ["1", "2", "3"]])
    outcome = read_office_file(file, *loaded)
    assert as_text(outcome).splitlines()[:2] == [
        "a.xlsx",
        "Sheet1：没有找到表头。表头要在一行里有三个以上认得的列名，找过："
        "基层政务公开标准目录（一级事项、二级事项、公开内容、公开依据、公开时限）；"
        "收费目录清单、收费公示（收费项目、适用情形、计费单位、收费标准、收费依据）；"
        "政务服务事项清单（事项名称、子项、事项编码、事项类型、实施主体）；"
        "权责清单（职权名称、子项、职权编码、职权类别、责任主体）；"
        "机构名录（机构名称、简称、主要职责、办公地址、办公电话）。",
    ]
    assert [entry.why for entry in outcome.account.troubles()] == ["这张表没有找到表头"] * 6
    assert outcome.has_problems


def test_two_tables_in_one_sheet(tmp_path: Path, loaded: Loaded) -> None:
    rows = [
        ["一、收费公示", None, None, None],
        ["序号", "收费项目", "计费单位", "收费标准"],
        [1, "小证工本费", "证", "20元"],
        [None, None, None, None],
        ["二、机构名录", None, None, None],
        ["序号", "单位名称", "地址", "联系电话"],
        [1, "小区水务局", "政和路 9 号", "（0123）5550177"],
    ]
    outcome = read_office_file(makers.sheet_of(tmp_path / "two.xlsx", rows), *loaded)
    found = [(section.header.sort.label, len(section.records), section.titles[1:]) for section in outcome.sections]
    assert found == [
        ("收费目录清单、收费公示", 1, ("一、收费公示",)),
        ("机构名录", 1, ("一、收费公示", "二、机构名录")),
    ]
    assert outcome.planned[1].draft.values == {
        "name": "小区水务局",
        "address": "政和路9号",
        "phone": "0123-5550177",
    }
    assert outcome.account.troubles() == []


def test_twenty_thousand_rows(tmp_path: Path, loaded: Loaded) -> None:
    rows = [[str(n), f"第{n}号检测费", "件", f"{n}元/件", "发改价格〔2003〕2322号"] for n in range(20_000)]
    file = makers.csv_of(tmp_path / "many.csv", [HEADINGS, *rows], "gbk")
    started = time.process_time()
    outcome = read_office_file(file, *loaded)
    assert len(outcome.planned) == 20_000
    assert sum(outcome.account.sums().values()) == 100_005
    assert time.process_time() - started < 60


def test_formulas_errors_and_formats_of_a_workbook(tmp_path: Path, loaded: Loaded) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    makers.fill(sheet, [HEADINGS, [5, "甲费", "证", "=10+10", "国务院令第663号"], [6, "乙费", "件", 0.005, "#REF!"]])
    sheet["A2"].number_format = sheet["A3"].number_format = "0000"
    sheet["D3"].number_format = "0.0%"
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    outcome = read_office_file(tmp_path / "a.xlsx", *loaded)
    assert [(entry.address, entry.rest, entry.why) for entry in outcome.account.troubles()] == [
        ("D2", "=10+10", "公式没有算好的结果，请在表格软件里打开、保存后再导入"),
        ("E3", "#REF!", "这一格是错误值，请在表格软件里改好"),
    ]
    assert [entry.text for entry in outcome.account if entry.address in ("A2", "A3", "D3")] == ["0005", "0006", "0.5%"]
    assert outcome.tables[0].notes == ("隐藏的行也读了：3",)
    rates = outcome.planned[1].draft.values["rates"]
    assert rates == [{"id": "standard", "unit": "件", "periods": [{"percent": 0.5}]}]


def test_ticks_of_picture_fonts_in_word(tmp_path: Path, loaded: Loaded) -> None:
    rows = [
        ["序号", "公开事项", "公开内容", "公开时限", "公开渠道和载体", "全社会"],
        ["1", "预算", "预算表", "长期公开", "", ""],
    ]
    document = docx.Document()
    table = document.add_table(2, 6)
    makers.add_table(table, rows, [])
    channels = table.cell(1, 4).paragraphs[0]
    for code, name in (("F0FE", "政府网站"), ("F0A8", "政府公报")):
        _symbol(channels.add_run(), code)
        channels.add_run(name)
    letter = table.cell(1, 5).paragraphs[0].add_run("R")
    letter.font.name = "Wingdings 2"
    document.save(str(tmp_path / "a.docx"))
    outcome = read_office_file(tmp_path / "a.docx", *loaded)
    assert outcome.planned[0].draft.values == {
        "name": "预算",
        "contents": ["预算表"],
        "due": {"rule": "长期", "wording": "长期公开"},
        "channels": ["政府网站"],
        "audience": "全社会",
    }
    assert outcome.account.troubles() == []


def _symbol(run: object, code: str) -> None:
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Wingdings")
    symbol.set(qn("w:char"), code)
    run._r.append(symbol)  # type: ignore[attr-defined]

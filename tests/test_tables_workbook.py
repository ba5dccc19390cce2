"""What is opened as a workbook, what is refused, and in which words."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from project import tiny_project, tree

from generator.cli import main
from generator.tables.workbook import WrongWorkbook, address, open_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _saved(file: Path, fill: Callable[[Workbook], None]) -> Path:
    book = Workbook()
    fill(book)
    book.save(file)
    return file


def _with_part(file: Path, name: str, data: bytes) -> None:
    _saved(file, lambda book: None)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)


def _zip(file: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)


def _damaged(file: Path) -> None:
    _saved(file, lambda book: None)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row r='1'>"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


SAVE_AS = "请用 Excel 或 WPS 打开，另存为「Excel 工作簿（.xlsx）」。"
REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda file: file.write_bytes(b""), f"表.xlsx 是空文件。{SAVE_AS}"),
    "a web page": (
        lambda file: file.write_bytes(b"<html><table><tr><td>1"),
        f"表.xlsx 不是 Excel 工作簿，只是扩展名像。{SAVE_AS}",
    ),
    "xls renamed": (
        lambda file: file.write_bytes(OLE + bytes(600) + "Workbook".encode("utf-16-le")),
        f"表.xlsx 是旧的 .xls 格式，改扩展名不行。{SAVE_AS}",
    ),
    "password": (
        lambda file: file.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        "表.xlsx 设了打开密码，读不出来。请在 Excel 的「文件 - 信息 - 保护工作簿」里去掉密码后再试。",
    ),
    "macros": (
        lambda file: _with_part(file, "xl/vbaProject.bin", b"x"),
        "表.xlsx 里有宏，没有打开。请另存为不带宏的「Excel 工作簿（.xlsx）」。",
    ),
    "bomb": (
        lambda file: _with_part(file, "xl/media/image1.xml", bytes(40 << 20)),
        "表.xlsx 解压后有 40 MB，不像正常的工作簿（可能是压缩炸弹），没有打开。",
    ),
    "docx": (lambda file: _zip(file, "word/document.xml", b"x"), f"表.xlsx 是 Word 文档。{SAVE_AS}"),
    "zip": (lambda file: _zip(file, "a.txt", b"x"), f"表.xlsx 是压缩包，里面没有工作簿。{SAVE_AS}"),
    "damaged": (_damaged, "表.xlsx 损坏了，读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_safe_workbook_is_refused_with_the_reason(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, message = REFUSED[name]
    make(tmp_path / "表.xlsx")
    root = tiny_project(tmp_path / "project")
    before = tree(root / "items")
    config = str(root / "mkdocs.yml")
    assert main(["import", str(tmp_path / "表.xlsx"), "--write", "--config", config]) == 1
    assert (*capsys.readouterr(), tree(root / "items")) == ("", f"{message}\n", before)
    with pytest.raises(WrongWorkbook) as refused:
        open_workbook(tmp_path / "表.xlsx")
    assert str(refused.value) == message


def test_values_hidden_things_merged_cells_and_formulas_are_told(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.title = "甲"
        sheet.append(["编号", "名称", "日子"])
        sheet.append(["0101", 20, datetime(2026, 7, 1)])
        sheet.append([None, "=1+1"])
        sheet.append([None])
        sheet.merge_cells("A2:A3")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        book.create_sheet("乙").sheet_state = "veryHidden"

    book = open_workbook(_saved(tmp_path / "表.xlsx", fill))
    first, second = book.sheets
    assert dict(first.rows) == {1: ("编号", "名称", "日子"), 2: ("0101", 20, datetime(2026, 7, 1))}
    assert first.value(2, 3) == datetime(2026, 7, 1)
    assert first.value(2, 4) is None
    assert first.value(9, 1) is None
    assert first.formulas == {(3, 2): "=1+1"}
    assert first.merged_from() == {(3, 1): (2, 1)}
    assert (set(first.hidden_rows), set(first.hidden_columns), first.is_hidden) == ({3}, {2}, False)
    assert (second.title, second.is_hidden, second.rows) == ("乙", True, {})
    assert (book.name, book.has_links) == ("表.xlsx", False)


def test_links_to_other_workbooks_are_told(tmp_path: Path) -> None:
    _with_part(tmp_path / "表.xlsx", "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert open_workbook(tmp_path / "表.xlsx").has_links


def test_a_cell_at_the_far_end_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0]["A1"] = "编号"
        book.worksheets[0]["B1048576"] = "末"

    sheet = open_workbook(_saved(tmp_path / "表.xlsx", fill)).sheets[0]
    assert dict(sheet.rows) == {1: ("编号",), 1_048_576: (None, "末")}


def test_twenty_thousand_rows_are_read_in_seconds(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        for number in range(20_000):
            book.worksheets[0].append([f"item-{number}", "名称", number, "二十个工作日", None, "是"])

    file = _saved(tmp_path / "表.xlsx", fill)
    started = time.process_time()
    sheet = open_workbook(file).sheets[0]
    assert len(sheet.rows) == 20_000
    assert time.process_time() - started < 20  # two to three on an idle machine


def test_addresses_are_written_as_excel_does() -> None:
    assert [address(1, 1), address(12, 3), address(5, 28)] == ["A1", "C12", "AB5"]

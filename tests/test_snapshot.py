"""Snapshots: tables as people keep them, our own documents, and files that cannot be read."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from generator.hall.snapshot import read_snapshot
from generator.hall.snapshot_types import Snapshot, Statement, UnreadableSnapshot

Row = tuple[str, str, str, str]


def written(folder: Path, data: bytes | str, name: str = "walk.csv") -> Path:
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


def rows(snapshot: Snapshot) -> list[Row]:
    """Return window, item or code, field and text of the statements."""
    return [(one.window, one.item or one.code, one.field, one.text) for one in snapshot.statements]


def refused(folder: Path, data: bytes | str, name: str = "walk.csv") -> str:
    with pytest.raises(UnreadableSnapshot) as error:
        read_snapshot(written(folder, data, name))
    return str(error.value)


def test_a_row_a_statement(tmp_path: Path) -> None:
    snapshot = read_snapshot(written(tmp_path, "窗口,事项,字段,显示\nA01,出生登记,收费,免费\n"))
    assert rows(snapshot) == [("A01", "出生登记", "收费", "免费")]
    assert str(snapshot.statements[0].origin) == "walk.csv 第 2 行 D 列"


def test_a_row_an_item_with_a_column_for_each_field(tmp_path: Path) -> None:
    text = "窗口号,业务名称,收费（元）,承诺时限,咨询电话,备注\nA01,出生登记,免费,即办,,旧牌\n"
    snapshot = read_snapshot(written(tmp_path, text))
    assert rows(snapshot) == [
        ("A01", "出生登记", "", ""),
        ("A01", "出生登记", "收费（元）", "免费"),
        ("A01", "出生登记", "承诺时限", "即办"),
        ("A01", "出生登记", "咨询电话", ""),
    ]
    assert [one.origin.column for one in snapshot.statements] == ["B", "C", "D", "E"]
    assert snapshot.empty_cells == 1


def test_an_export_of_a_queue_system_names_items_at_windows(tmp_path: Path) -> None:
    snapshot = read_snapshot(written(tmp_path, "窗口\t业务类别\nA01\t出生登记\n\t户口迁移\n"))
    assert rows(snapshot) == [("A01", "出生登记", "", ""), ("A01", "户口迁移", "", "")]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_and_separators(tmp_path: Path, separator: str, encoding: str) -> None:
    text = f"窗口{separator}事项{separator}字段{separator}显示\nA01{separator}出生登记{separator}收费{separator}免费\n"
    assert rows(read_snapshot(written(tmp_path, text.encode(encoding)))) == [("A01", "出生登记", "收费", "免费")]


def test_titles_blank_rows_repeated_heads_and_notes_around_the_table(tmp_path: Path) -> None:
    text = (
        "核对表,,,\n核对日期：11月23日,,,\n\n窗口,事项,项目,内容\nA01,出生登记,收费,免费\n,,,\n"
        "窗口,事项,项目,内容\nA02,户口迁移,收费,0元\n注：照抄。,,,\n"
    )
    snapshot = read_snapshot(written(tmp_path, text))
    assert rows(snapshot) == [("A01", "出生登记", "收费", "免费"), ("A02", "户口迁移", "收费", "0元")]
    assert [(str(one.origin), one.text, one.reason) for one in snapshot.leftovers] == [
        ("walk.csv 第 1 行", "核对表", "表头上面的文字"),
        ("walk.csv 第 2 行", "核对日期：11月23日", "表头上面的文字"),
        ("walk.csv 第 9 行", "注：照抄。", "看不出是哪个窗口、哪件事项的什么内容"),
    ]


def test_a_column_that_nobody_knows_is_said(tmp_path: Path) -> None:
    snapshot = read_snapshot(written(tmp_path, "窗口,事项,收费,心情\nA01,出生登记,免费,好\n"))
    assert [(str(one.origin), one.text, one.reason) for one in snapshot.leftovers] == [
        ("walk.csv 第 1 行 D 列", "心情", "不认识的列，没有核对")
    ]


def test_a_blank_window_repeats_the_one_above_until_a_blank_row(tmp_path: Path) -> None:
    text = (
        "窗口,事项,字段,显示\nA01,出生登记,收费,免费\n,户口迁移,收费,免费\n,,时限,即办\n,,,\n,死亡注销户口,收费,免费\n"
    )
    assert rows(read_snapshot(written(tmp_path, text))) == [
        ("A01", "出生登记", "收费", "免费"),
        ("A01", "户口迁移", "收费", "免费"),
        ("A01", "户口迁移", "时限", "即办"),
        ("", "死亡注销户口", "收费", "免费"),
    ]


def test_titles_of_windows_between_tables_without_a_column_for_the_window(tmp_path: Path) -> None:
    text = "A01窗口,,\n事项,收费,时限\n出生登记,免费,即办\nA02窗口,,\n户口迁移,免费,\n"
    found = rows(read_snapshot(written(tmp_path, text)))
    assert [(window, item) for window, item, field, _ in found if field == "收费"] == [
        ("A01窗口", "出生登记"),
        ("A02窗口", "户口迁移"),
    ]


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    fill(book)
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_merged_cells_several_sheets_and_typed_cells(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.title = "一楼"
        for row in (
            ["一楼核对表"], ["窗口", "事项", "字段", "显示"], ["A01", "出生登记", "材料件数", 4],
            [None, None, "收费", 20.0],
            [None, None, "修订日期", date(2026, 10, 12)], [None, "户口迁移", "能否网办", True],
        ):  # fmt: skip
            sheet.append(row)
        sheet.append([None, None, "费率", 0.005])
        sheet["D7"].number_format = "0.0%"
        for area in ("A1:D1", "A3:A7", "B3:B5"):
            sheet.merge_cells(area)
        book.create_sheet("说明").append(["照抄"])
        book.create_sheet("空白")
        book.create_sheet("草稿").append(["窗口", "事项"])
        book["草稿"].sheet_state = "hidden"

    snapshot = read_snapshot(written(tmp_path, workbook(fill), "walk.xlsx"))
    assert rows(snapshot) == [
        ("A01", "出生登记", "材料件数", "4"),
        ("A01", "出生登记", "收费", "20"),
        ("A01", "出生登记", "修订日期", "2026-10-12"),
        ("A01", "户口迁移", "能否网办", "是"),
        ("A01", "户口迁移", "费率", "0.5%"),
    ]
    assert str(snapshot.statements[1].origin) == "walk.xlsx 工作表「一楼」 第 4 行 D 列"
    assert [(str(one.origin), one.reason) for one in snapshot.leftovers] == [
        ("walk.xlsx 工作表「一楼」 第 1 行", "表头上面的文字"),
        ("walk.xlsx 工作表「说明」", "这个工作表没有认得的表头，没有核对"),
    ]


def test_a_sheet_named_after_its_window(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.title = "A01"
        sheet.append(["事项", "收费"])
        sheet.append(["出生登记", "免费"])

    assert rows(read_snapshot(written(tmp_path, workbook(fill), "walk.xlsx")))[1] == ("A01", "出生登记", "收费", "免费")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WANTED = (
    "要有的列：一行一条：窗口、事项（名称或编码）、字段、实际显示；"
    "或一行一件事项：窗口、事项，再加收费、承诺时限、咨询电话等列。"
)


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo("a.txt"), "a")  # of 1980: the bytes name the test, in every process alike
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.csv", "a.csv 是空文件。"),
        (b"\xef\xbb\xbf \n", "a.csv", "a.csv 是空文件。"),
        ("今天\n去了大厅\n", "a.txt", "a.txt 不是表格：没有找到用逗号、制表符或分号隔开的列。"),
        ("窗口,心情\nA01,好\n", "a.csv", f"a.csv 缺少要核对的列。现有的列：「窗口」、「心情」。{WANTED}"),
        ("窗口,事项,字段,显示\n", "a.csv", "a.csv 只有表头，下面没有内容。"),
        ('窗口,事项\nA01,"出生\n', "a.csv", "a.csv 不是完好的 CSV 表格，可能有引号没有配对。"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.csv", "a.csv 不是表格：里面有二进制内容。请用 .csv 或 .xlsx 文件。"),
        ("窗口,事项,字段,显示\n".encode() + b"A01,\xff\n", "a.csv",
         "a.csv 的编码认不出来，请另存为 UTF-8 编码的 CSV（Excel 里选“CSV UTF-8”）。"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "a.xlsx 有密码，读不了。请去掉密码后另存，再来核对。"),
        (OLE, "a.xls", "a.xls 是旧格式的文件（.xls），请用 Excel 或 WPS 另存为 .xlsx。"),
        (b"text", "a.xlsx", "a.xlsx 不是 XLSX 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx 或 .csv。"),
        (archive(), "a.xlsx", "a.xlsx 不是完好的 XLSX 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx。"),
        (archive()[:30], "a.xlsx", "a.xlsx 不是完好的 XLSX 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx。"),
        ("{", "a.json", "a.json 不是完好的 JSON 文件：第 1 行读不下去。"),
        ('{"a": [1, {"fact": 2}]}', "a.json", "a.json 里没有本站的事实（fact、value、text），不是本站的屏幕数据。"),
        ("<p>你好</p>", "a.html", "a.html 里没有本站标记的内容，不是本站的页面、窗口屏或告知单。"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_gets_one_clear_message(
    tmp_path: Path, data: bytes | str, name: str, message: str
) -> None:
    assert refused(tmp_path, data, name) == message


def test_data_of_an_item_and_marks_of_a_page_name_their_facts(tmp_path: Path) -> None:
    entry = '{"path": "guides/a", "facts": {"fee.amount": {"value": "20", "text": "20 元/证", "label": "收费标准"}}}'
    page = '<p><span data-fact="guides/a#fee.amount" data-value="20">20<span class="unit"> 元/证</span></span></p>'
    for data, name in ((entry, "a.json"), (f'{{"items": [{entry}]}}', "list.json"), (page, "a.html")):
        found = read_snapshot(written(tmp_path, data, name)).statements
        assert [(one.fact, one.value, one.text) for one in found] == [("guides/a#fee.amount", "20", "20 元/证")]


CELL = st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(CELL, min_size=1, max_size=6))
def test_every_typed_text_becomes_a_statement_in_its_row(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(
        [["窗口", "事项", "字段", "显示"], *(["A01", "出生登记", "收费", text] for text in texts)]
    )
    found = read_snapshot(written(tmp_path_factory.mktemp("typed"), out.getvalue())).statements
    wanted = [
        Statement(one.origin, text, "A01", "出生登记", "", "收费") for one, text in zip(found, texts, strict=True)
    ]
    assert list(found) == wanted
    assert [one.origin.row for one in found] == list(range(2, len(texts) + 2))


@settings(max_examples=80, deadline=None)
@given(data=st.binary(max_size=200), name=st.sampled_from(["a.csv", "a.xlsx", "a.json", "a.html", "a"]))
def test_no_file_whatever_ends_in_anything_but_a_message(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    file = written(tmp_path_factory.mktemp("any"), data, name)
    try:
        read_snapshot(file)
    except UnreadableSnapshot as error:
        assert str(error).startswith(name)

"""Attachments: what they are, what is hidden in them, what they tell of people; each with the whole message."""
# ruff: noqa: E501

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from PIL import ExifTags, Image
from private_numbers import Planted, planted

from generator.attachments import remarks_of
from generator.house_rules import HouseRules
from generator.settings import Settings

TYPES = frozenset(Settings.__dataclass_fields__["attachment_types"].default)
NUMBER = "110101199003070038"


def said(name: str, data: bytes, types: frozenset[str] = TYPES, house: HouseRules | None = None) -> list[str]:
    """Return what is told of a file: place, severity and code, message."""
    remarks = remarks_of(name, data, types, house or HouseRules())
    return [f"{remark.where} {remark.severity} {remark.code}: {remark.message}" for remark in remarks]


def workbook(*rows: list[object], edit: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "名单"
    for row in rows:
        book.active.append(row)
    if edit:
        edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def document(*paragraphs: str, edit: Callable[[docx.document.Document], None] | None = None) -> bytes:
    paper = docx.Document()
    for paragraph in paragraphs:
        paper.add_paragraph(paragraph)
    if edit:
        edit(paper)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def pdf(*lines: str) -> bytes:
    """Return a PDF of one page; lines of ASCII signs only."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 20 700 Td {shown} ET"
    return f"""\
%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources <</Font <</F1 4 0 R>>>> /Contents 5 0 R>> endobj
4 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
5 0 obj <</Length {len(stream)}>> stream
{stream}
endstream endobj
trailer <</Root 1 0 R>>
%%EOF
""".encode()


def picture(exif: Image.Exif | None = None, kind: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, kind, **({"exif": exif} if exif else {}))
    return buffer.getvalue()


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return buffer.getvalue()


def repacked(data: bytes, **files: bytes) -> bytes:
    """Return an office document with further parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, part in files.items():
            new.writestr(name.replace("__", "."), part)
    return buffer.getvalue()


CLEAN = {
    "form.docx": document("申请表", "统一社会信用代码 91110000100003962T"),
    "list.xlsx": workbook(["单位名称", "联系电话"], ["区档案馆", "0123-5550101"]),
    "fees.csv": "项目,金额\n小证,20\n".encode(),
    "gbk.csv": "项目,金额\n小证,20\n".encode("gb18030"),
    "sample.pdf": pdf("sample 0123-5550101"),
    "photo.jpg": picture(),
    "logo.png": picture(kind="PNG"),
    "all.zip": packed(form__docx=document("申请表")),
}


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_file_raises_nothing(name: str) -> None:
    assert said(name, CLEAN[name]) == []


def test_a_number_is_found_in_each_format_with_its_place() -> None:
    found = "error identity-number: 「110101********0038」是公民身份号码"
    text = f"身份证 {NUMBER}"
    table = document(edit=lambda paper: setattr(paper.add_table(1, 2).cell(0, 1), "text", text))
    assert said("a.xlsx", workbook(["甲"], ["乙", text])) == [f"工作表“名单”B2 {found}"]
    assert said("a.docx", document("一", text)) == [f"第 2 段 {found}"]
    assert said("a.docx", table) == [f"第 1 个表第 1 行第 2 格 {found}"]
    assert said("a.pdf", pdf("one", NUMBER)) == [f"第 1 页 {found}"]
    assert said("a.csv", f"甲,乙\n丙,{text}\n".encode("gb18030")) == [f"第 2 行第 2 列 {found}"]
    assert said("a.txt", f"一\n{text}\n".encode()) == [f"第 2 行 {found}"]
    assert said("a.zip", packed(b__txt=text.encode())) == [f"“b.txt”第 1 行 {found}"]
    assert said(f"{NUMBER}.pdf", pdf("one")) == [
        " error identity-number: 文件名里的「110101********0038」是公民身份号码"
    ]


def test_numbers_kept_as_numbers_are_read() -> None:
    data = workbook(["姓名", "手机号"], ["张三", 13800138000])
    assert said("a.xlsx", data) == ["工作表“名单”B2 error mobile-number: 「138****8000」是手机号码"]


def test_deleted_text_hidden_sheets_and_comments_are_read() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("底稿")
        sheet.sheet_state = "hidden"
        sheet["A1"] = NUMBER
        book.active.column_dimensions["A"].hidden = True
        book.active.row_dimensions[1].hidden = True
        book.active["A1"].comment = Comment("问 13800138000", "张三")

    assert said("a.xlsx", workbook(["甲"], edit=hide)) == [
        "工作表“名单” warning attachment-hidden: 有隐藏的1 行、1 列",
        "工作表“底稿” warning attachment-hidden: 是隐藏的",
        "工作表“底稿”A1 error identity-number: 「110101********0038」是公民身份号码",
        "批注或图形里的文字 error mobile-number: 「138****8000」是手机号码",
        " warning attachment-comment: 有批注，看的人都能打开",
    ]
    deleted = b'<w:del w:author="\xe5\xbc\xa0\xe4\xb8\x89"><w:r><w:delText>13800138000</w:delText></w:r></w:del>'
    plain = document("甲")
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        body = archive.read("word/document.xml")
    changed = body.replace(b"<w:r><w:t>", deleted + b"<w:r><w:t>", 1)
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = repacked(plain, **{"word/document__xml": changed})
    assert said("a.docx", data) == [
        "第 1 段 error mobile-number: 「138****8000」是手机号码",
        " warning attachment-tracked-changes: 有 1 处修订没有接受（张*），看的人能看到删去的文字",
    ]


def test_a_filled_column_is_told_once() -> None:
    rows = [["姓名", "银行账号", "家庭住址"]] + [
        ["张三", f"4001234567890{n}", f"柳树村 {n} 组 12 号"] for n in range(10, 30)
    ]
    assert said("a.xlsx", workbook(*rows)) == [
        "工作表“名单”B21 error private-column: 这一列的标题是“银行账号”，有 20 格填了银行账号或遮盖得不够",
        "工作表“名单”C21 error private-column: 这一列的标题是“家庭住址”，有 20 格填了家庭住址或遮盖得不够",
    ]
    masked = [["姓名", "银行账号", "家庭住址"], ["张*", "***********0123", "柳树村"]]
    assert said("a.xlsx", workbook(*masked)) == []


def test_many_findings_are_summed_up() -> None:
    rows = [["姓名", "手机号"]] + [["张三", f"138001380{n:02}"] for n in range(30)]
    found = said("a.xlsx", workbook(*rows))
    assert len(found) == 6
    assert found[-1] == " error mobile-number: 还有 25 处同样的问题，最后一处在工作表“名单”B31"


def test_pictures_do_not_tell_where_they_were_taken_or_by_whom() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Zhang San"
    exif[ExifTags.Base.ImageDescription] = "tel 13800138000"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (30.0, 15.0, 0.0)
    expected = [
        " error attachment-position: 图片里记着拍摄的地点（GPS），会露出拍摄人到过哪里",
        " warning attachment-author: 文件属性里的作者是「Z*******n」，像人名",
        "图片的属性 error mobile-number: 「138****8000」是手机号码",
    ]
    assert said("a.jpg", picture(exif)) == expected
    assert said("a.png", picture(exif, "PNG")) == expected
    inside = repacked(document("甲"), **{"word/media/image1__jpg": picture(exif)})
    assert (
        said("a.docx", inside)[0]
        == "“图片 image1.jpg” error attachment-position: 图片里记着拍摄的地点（GPS），会露出拍摄人到过哪里"
    )


def test_authors_are_told() -> None:
    named = document("甲", edit=lambda paper: setattr(paper.core_properties, "author", "李小敏"))
    assert said("a.docx", named) == [" warning attachment-author: 文件属性里的作者是「李*敏」，像人名"]
    office = document("甲", edit=lambda paper: setattr(paper.core_properties, "author", "明川区政务服务中心"))
    assert said("a.docx", office) == []


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docm", b"PK", "attachment-macro: 文件里有宏（程序），打开它的电脑会有危险"),
        ("a.docx", repacked(document("甲"), **{"word/vbaProject__bin": b"x"}), "attachment-macro: 文件里有宏（程序），打开它的电脑会有危险"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "attachment-type: .xls 是旧格式，里面有没有个人信息无法检查"),
        ("a.exe", b"MZ", "attachment-type: 不发布 .exe 文件"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "attachment-wrong-type: 扩展名是 .xlsx，里面其实是旧格式的 Office 文件（.doc、.xls 一类）"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "attachment-locked: 文件加了密码，看不了也查不了"),
        ("a.pdf", picture(), "attachment-wrong-type: 扩展名是 .pdf，里面其实是JPG 图片"),
        ("a.png", b"<html><script>x</script>", "attachment-wrong-type: 扩展名是 .png，里面其实是网页"),
        ("a.docx", workbook(["甲"]), "attachment-wrong-type: 扩展名是 .docx，里面其实是Excel 工作簿"),
        ("a.zip", document("甲"), "attachment-wrong-type: 扩展名是 .zip，里面其实是Word 文档"),
        ("a.pdf", b"", "attachment-broken: 文件是空的"),
        ("a.pdf", b"%PDF-1.4\n", "attachment-broken: 文件打不开：PDF 已损坏"),
        ("a.docx", document("甲")[:900], "attachment-broken: 文件打不开：压缩包已损坏"),
        ("a.png", picture(kind="PNG")[:40], "attachment-broken: 文件打不开：图片已损坏"),
        ("a.docx", packed(**{"word/document__xml": b"<w:p><w:t>x"}), "attachment-broken: 文件打不开：里面的内容不合格式"),
        ("a.docx", packed(**{"word/document__xml": b'<!DOCTYPE a [<!ENTITY b "c">]><p>&b;</p>'}), "attachment-broken: 文件打不开：里面的内容不合格式"),
        ("a.zip", packed(big__txt=bytes(80_000_000)), "attachment-too-large: 解开后有 1 个文件、76 MB，太大，没有读取"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_published_is_told(name: str, data: bytes, message: str) -> None:
    assert said(name, data) == [f" error {message}"]


def test_a_scanned_pdf_is_told() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(buffer, "PDF")
    assert said("a.pdf", buffer.getvalue()) == [
        "第 1 页 warning attachment-scanned: 是扫描的图，没有文字：搜不到，读屏软件读不出，里面有没有个人信息也没有检查"
    ]


@pytest.mark.parametrize("name", CLEAN)
def test_damage_gives_a_message_and_no_traceback(name: str) -> None:
    pick = random.Random(7)
    for _ in range(40):
        data = bytearray(CLEAN[name])
        for _ in range(pick.randint(1, 8)):
            data[pick.randrange(len(data))] = pick.randrange(256)
        said(name, bytes(data[: pick.randint(1, len(data))]))


def test_every_row_of_a_large_workbook_is_read() -> None:
    rows: list[list[object]] = [["序号", "姓名", "金额", "备注"]]
    rows += [[number, "张三", number * 10, "已发放"] for number in range(20_000)]
    rows[-1][3] = NUMBER
    assert said("a.xlsx", workbook(*rows)) == [
        "工作表“名单”D20001 error identity-number: 「110101********0038」是公民身份号码"
    ]


def in_csv(entries: list[Planted]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[entry.text] for entry in entries])
    return buffer.getvalue().encode()


@pytest.mark.parametrize("entry", planted(seed=11, fewest=30), ids=lambda entry: entry.code)
def test_every_kind_is_found_in_every_format_of_text(entry: Planted) -> None:
    files = {
        "a.xlsx": workbook(["甲"], [entry.text]),
        "a.docx": document(entry.text),
        "a.csv": in_csv([entry]),
        "a.zip": packed(a__txt=entry.text.encode()),
    }
    for name, data in files.items():
        assert any(f" {entry.code}: " in line for line in said(name, data)), name

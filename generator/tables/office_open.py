"""A file of an office → its tables; what the file really is counts, not how it is called."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from generator.tables.office_csv import read_csv
from generator.tables.office_docx import read_docx
from generator.tables.office_grid import Table, Unreadable
from generator.tables.office_xlsx import read_xlsx

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
_WORD = "WordDocument".encode("utf-16-le")


def read_tables(file: Path) -> list[Table]:
    """Return the tables of a workbook, a document or a file of separated values; raise `Unreadable` or `OSError`."""
    data = file.read_bytes()
    if not data:
        raise Unreadable("文件是空的。")
    if data.startswith(_OLE):
        raise Unreadable(_old_format(data))
    if data.startswith(b"%PDF"):
        raise Unreadable("这是 PDF，里面的表格读不准。请找 xlsx 或 docx 原件。")
    if data.startswith(_PICTURES):
        raise Unreadable("这是图片，图片里的表格读不出来。请找可编辑的原件（xlsx、docx、csv），或重新录入。")
    if data.lstrip()[:200].lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise Unreadable("这是网页或 XML，不是表格文件。请用表格软件打开后另存为 xlsx 再导入。")
    if data.startswith(b"PK"):
        return _packed(file)
    return [table] if (table := read_csv(file)).rows else []


def _old_format(data: bytes) -> str:
    if _ENCRYPTED in data:
        return "文件有打开密码，读不了。请去掉密码后再导入。"
    old, new = ("doc", "docx") if _WORD in data else ("xls", "xlsx")
    return f"这是旧格式的 {old} 文件（改扩展名没有用）。请用办公软件打开，另存为 {new} 再导入。"


def _packed(file: Path) -> list[Table]:
    try:
        with ZipFile(file) as packed:
            entries = packed.infolist()
    except BadZipFile as error:
        raise Unreadable("文件已损坏，不是完整的 xlsx 或 docx。请重新保存或重新传送。") from error
    size, names = sum(entry.file_size for entry in entries), {entry.filename for entry in entries}
    if size > MAX_UNPACKED or size > MAX_RATIO * max(file.stat().st_size, 50_000):
        raise Unreadable(f"文件展开后有 {size // 1_000_000} MB，不像表格，没有打开。")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable("文件里有宏，没有打开。请另存为不带宏的 xlsx 或 docx 再导入。")
    if "word/document.xml" in names:
        return read_docx(file)
    if "xl/workbook.xml" in names:
        return read_xlsx(file)
    raise Unreadable("这是压缩文件，不是表格。请解压后导入里面的 xlsx、docx 或 csv。")

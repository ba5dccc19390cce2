"""PDF: the text of each page, notes and filled fields, properties, attached files; pages that are mere pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from generator.attachments.archives import locked
from generator.attachments.office import person
from generator.attachments.parts import Part, Passage, Remark, broken
from generator.privacy.names import is_personal_name

_CLEAR = "重新导出一份 PDF，导出时不写作者；或在 PDF 软件的“文件→属性”里删去作者。"
_NOTE_KEYS = (b"Contents", b"V", b"T")
_SHOWN_PAGES = 5


def pdf_parts(data: bytes) -> Iterator[Part]:
    """Yield the texts of a PDF, and remarks about what cannot be searched or seen."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise locked() if "password" in str(error).lower() else broken("PDF 已损坏") from error
    try:
        yield from _properties(document)
        yield from _pages(document)
    except pypdfium2.PdfiumError as error:
        raise broken("PDF 里有损坏的页") from error
    finally:
        document.close()


def _properties(document: Any) -> Iterator[Part]:
    values = document.get_metadata_dict()
    if is_personal_name(values.get("Author", "")):
        yield person("作者", values["Author"], _CLEAR)
    for key in ("Title", "Subject", "Keywords"):
        if values.get(key, "").strip():
            yield Passage("文件属性", values[key])
    if count := document.count_attachments():
        message = f"里面附有 {count} 个别的文件，看的人不知道，也没有检查"
        yield Remark("attachment-embedded", "", message, "请删去附在里面的文件，要公布的单独放上来。", "warning")
    if raw.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
        yield Remark("attachment-macro", "", "文件里有程序，打开它的电脑会有危险", "请重新导出一份不带程序的 PDF。")


def _pages(document: Any) -> Iterator[Part]:
    pictures: list[int] = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage().get_text_range()
        if text.strip():
            yield Passage(f"第 {number + 1} 页", text.replace("\r\n", "\n"))
        elif any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])):
            pictures.append(number + 1)
        yield from _notes(page, number + 1)
        page.close()
    if pictures:
        listed = "、".join(map(str, pictures[:_SHOWN_PAGES])) + ("等" if len(pictures) > _SHOWN_PAGES else "")
        yield Remark(
            "attachment-scanned",
            f"第 {listed} 页",
            "是扫描的图，没有文字：搜不到，读屏软件读不出，里面有没有个人信息也没有检查",
            "请用原来的电子文件导出 PDF；只有纸质的，先做文字识别，再逐页核对有没有个人信息。",
            "warning",
        )


def _notes(page: Any, number: int) -> Iterator[Passage]:
    """Yield what is written in notes and in filled fields of a page."""
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        for key in _NOTE_KEYS:
            if text := _note_text(note, key):
                yield Passage(f"第 {number} 页的批注或填写框", text)
        raw.FPDFPage_CloseAnnot(note)


def _note_text(note: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", errors="replace")

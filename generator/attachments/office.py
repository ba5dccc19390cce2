"""What office documents have in common: macros, embedded files, outside links, and who wrote them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from generator.attachments.archives import Archive
from generator.attachments.parts import Part, Passage, Remark
from generator.attachments.xml import parse
from generator.privacy.leaks import masked_name
from generator.privacy.names import is_personal_name

_CLEAR = "在 Word、Excel、WPS 里点“文件→信息→检查文档”，删去作者和个人信息后再存一次。"
_PEOPLE = {"creator": "作者", "lastModifiedBy": "最后保存的人", "Manager": "经理"}
_WRITTEN = ("title", "subject", "description", "keywords", "category")
_EMBEDDED = ("/embeddings/", "/activeX/", "/oleObject")
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "xlm")


def package_parts(archive: Archive) -> Iterator[Part]:
    """Yield what any office document may hold besides its text."""
    if any(posixpath.basename(name).lower() in _MACRO_PARTS or "/macrosheets/" in name for name in archive.names):
        yield macros()
    embedded = [name for name in archive.names if any(sign in name for sign in _EMBEDDED)]
    if embedded:
        yield Remark(
            "attachment-embedded",
            "",
            f"里面嵌有 {len(embedded)} 个别的文件（{posixpath.basename(embedded[0])}），看的人不知道，也没有检查",
            "请删去嵌入的文件，要公布的单独放上来。",
            "warning",
        )
    yield from _outside_links(archive)
    for name in ("docProps/core.xml", "docProps/app.xml"):
        if name in archive.entries:
            yield from properties(texts_by_element(archive, name))


def macros() -> Remark:
    """Say that a document holds programs."""
    return Remark(
        "attachment-macro", "", "文件里有宏（程序），打开它的电脑会有危险", "请另存为不带宏的 .docx 或 .xlsx。"
    )


def properties(values: Mapping[str, str]) -> Iterator[Part]:
    """Yield who is named in the properties of a document, and what is written there."""
    for key, label in _PEOPLE.items():
        if is_personal_name(values.get(key, "")):
            yield person(label, values[key])
    for key in _WRITTEN:
        if values.get(key, "").strip():
            yield Passage("文件属性", values[key])


def person(label: str, name: str, hint: str = _CLEAR) -> Remark:
    """Say that a person is named where nobody looks."""
    message = f"文件属性里的{label}是「{masked_name(name.strip())}」，像人名"
    return Remark("attachment-author", "", message, hint, "warning")


def texts_by_element(archive: Archive, name: str) -> dict[str, str]:
    """Return the texts of a small part by the element that they stand in."""
    found: dict[str, str] = {}
    open_elements: list[str] = []

    def text(data: str) -> None:
        if open_elements:
            found[open_elements[-1]] = found.get(open_elements[-1], "") + data

    parse(archive.chunks(name), lambda element, _: open_elements.append(element), lambda _: _pop(open_elements), text)
    return found


def _pop(elements: list[str]) -> None:
    elements.pop()


def _outside_links(archive: Archive) -> Iterator[Remark]:
    """Yield a remark where a document takes content from elsewhere: ordinary links to pages are none."""
    outside: list[str] = []

    def start(element: str, values: Mapping[str, str]) -> None:
        if element == "Relationship" and values.get("TargetMode") == "External":
            kind = values.get("Type", "").rpartition("/")[2]
            if kind != "hyperlink":
                outside.append(values.get("Target", ""))

    for name in archive.names:
        if name.endswith(".rels"):
            parse(archive.chunks(name), start, lambda _: None, lambda _: None)
    if outside:
        yield Remark(
            "attachment-outside-link",
            "",
            f"内容取自别处的文件（{outside[0][-40:]}），换一台电脑就打不开，还露出内部的文件夹",
            "请断开链接，把数值粘贴成普通的内容。",
            "warning",
        )

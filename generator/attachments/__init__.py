"""Attachments: files that are published as they are. What they are, what is hidden in them, what they tell of people.

Reading is done by a module for each format; all give the same parts, which are searched in one way.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.attachments.archives import Archive, locked
from generator.attachments.documents import document_parts, ofd_parts, slide_parts
from generator.attachments.office import macros
from generator.attachments.pages import pdf_parts
from generator.attachments.parts import Part, Remark, Row, Unreadable
from generator.attachments.pictures import picture_parts
from generator.attachments.plain import table_parts, text_parts
from generator.attachments.scan import remarks_on
from generator.attachments.types import (
    LEGACY_TYPES,
    LOCKED,
    MACRO_TYPES,
    NAMES,
    PICTURES,
    real_type,
    suffix_of,
    wanted_type,
)
from generator.attachments.workbooks import workbook_parts
from generator.house_rules import HouseRules
from generator.privacy import KINDS, find

__all__ = ["remarks_of"]

_DEEPEST = 2
_PACKAGES = {"xlsx": workbook_parts, "docx": document_parts, "pptx": slide_parts, "ofd": ofd_parts}
_MEDIA = ("/media/", "/Res/")


def remarks_of(name: str, data: bytes, types: frozenset[str], house: HouseRules) -> Iterator[Remark]:
    """Yield what is wrong with a file of this name; `types` are the extensions that may be published."""
    yield from _about_name(name, house)
    suffix = suffix_of(name)
    if suffix in MACRO_TYPES:
        yield macros()
        return
    if suffix not in types:
        yield _not_published(suffix, types)
        return
    try:
        if wrong := _other_type(suffix, data):
            yield wrong
            return
        yield from remarks_on(_parts(suffix, data, types, house, 0), house)
    except Unreadable as error:
        yield error.remark


def _about_name(name: str, house: HouseRules) -> Iterator[Remark]:
    for leak in find(name.rpartition(".")[0].replace("_", " "), house.numbers):
        kind = KINDS[leak.kind]
        yield Remark(leak.kind, "", f"文件名里的「{leak.masked}」是{kind.label}", kind.hint, kind.severity)


def _not_published(suffix: str, types: frozenset[str]) -> Remark:
    if suffix in LEGACY_TYPES:
        message = f".{suffix} 是旧格式，里面有没有个人信息无法检查"
        return Remark("attachment-type", "", message, "请另存为 .docx、.xlsx 或 PDF 再放上来。")
    message = f"不发布 .{suffix} 文件" if suffix else "文件没有扩展名，不发布"
    hint = f"可以放：{'、'.join(sorted(types))}；要放别的类型，写在 mkdocs.yml 的 attachment_types 里。"
    return Remark("attachment-type", "", message, hint)


def _other_type(suffix: str, data: bytes) -> Remark | None:
    """Return a remark where the content is not what the extension says."""
    if not data:
        return Remark("attachment-broken", "", "文件是空的", "请重新放一份。")
    found = real_type(data)
    if found == wanted_type(suffix):
        return None
    if found == "ole" and LOCKED in data:
        raise locked()
    hint = f"请用原来的软件另存为真正的 .{suffix}，不要只改扩展名。"
    return Remark("attachment-wrong-type", "", f"扩展名是 .{suffix}，里面其实是{NAMES.get(found, found)}", hint)


def _parts(suffix: str, data: bytes, types: frozenset[str], house: HouseRules, depth: int) -> Iterator[Part]:
    if suffix in _PACKAGES:
        archive = Archive(data)
        yield from _PACKAGES[suffix](archive)
        for name in archive.names:
            if any(sign in f"/{name}" for sign in _MEDIA) and suffix_of(name) in PICTURES:
                yield from _inside(f"图片 {name.rpartition('/')[2]}", picture_parts(archive.read(name)))
    elif suffix == "zip":
        yield from _archive_parts(Archive(data), types, house, depth)
    elif suffix == "pdf":
        yield from pdf_parts(data)
    elif suffix in PICTURES:
        yield from picture_parts(data)
    elif suffix in LEGACY_TYPES:
        yield _not_published(suffix, types)._replace(severity="warning")
    else:
        yield from table_parts(data) if suffix == "csv" else text_parts(data)


def _archive_parts(archive: Archive, types: frozenset[str], house: HouseRules, depth: int) -> Iterator[Part]:
    """Yield the parts of all files in a zip file, each with its name."""
    for name in archive.names:
        suffix = suffix_of(name)
        yield from _inside(name, _about_name(name.replace("/", " "), house))
        if suffix in MACRO_TYPES or suffix not in types or (suffix == "zip" and depth >= _DEEPEST):
            yield from _inside(name, iter([macros() if suffix in MACRO_TYPES else _not_published(suffix, types)]))
            continue
        data = archive.read(name)
        try:
            wrong = _other_type(suffix, data)
            yield from _inside(name, iter([wrong]) if wrong else _parts(suffix, data, types, house, depth + 1))
        except Unreadable as error:
            yield from _inside(name, iter([error.remark]))


def _inside(name: str, parts: Iterator[Part]) -> Iterator[Part]:
    """Yield parts with the name of the file that they stand in."""
    for part in parts:
        if isinstance(part, Row):
            cells = tuple(cell._replace(where=f"“{name}”{cell.where}") for cell in part.cells)
            yield part._replace(table=f"{name} {part.table}", cells=cells)
        else:
            yield part._replace(where=f"“{name}”{part.where}")

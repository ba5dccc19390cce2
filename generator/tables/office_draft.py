"""What a row of an office's table gives for an item, and the steps that several sorts of tables share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from generator.parts import Basis
from generator.settings import Settings
from generator.tables.office_account import Record
from generator.tables.office_bases import Document, documents_in
from generator.tables.office_cells import entries_of
from generator.tables.office_grid import squeezed
from generator.tables.office_known import Known

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as far as a table gives it; `values` are plain, as in YAML, in the order of the model."""

    kind: str
    name: str
    values: Values
    source: str
    comments: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    """Fields that must agree with those of an item of the same name for it to be the same item."""
    unsure: frozenset[str] = frozenset()
    """Keys of values that somebody should confirm before they replace what is published."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at hand when rows are read."""

    known: Known
    settings: Settings


def said(values: Mapping[str, object]) -> Values:
    """Return the values that say anything."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def name_of(record: Record, *fields: str) -> str:
    """Return the name in one line from the first field that has one, and place it."""
    for field in fields:
        if name := squeezed(record.text(field)).strip("；;。"):
            if not re.search("[\u4e00-\u9fffA-Za-z]", name):
                record.leave(field, "这不是名称")
                continue
            record.place(field)
            return name
    return ""


def choice(record: Record, field: str, codes: Iterable[str], words: Mapping[str, str]) -> str:
    """Return the label of a code list that a cell means, by itself or by other words for it; else say so."""
    text = squeezed(record.text(field))
    if not text:
        return ""
    found = text if text in codes else words.get(text, "")
    if found:
        record.place(field)
    else:
        record.leave(field, f"不在可选的范围里，可选：{'、'.join(codes)}")
    return found


def department(record: Record, desk: Desk, field: str = "department") -> str:
    """Return the id of the department that a cell names; of several the first one, the others are said."""
    text = squeezed(record.text(field))
    if not text:
        return ""
    if found := desk.known.named("department", text).item:
        record.place(field)
        return found.id
    names = [name for name in re.split("[、，,；;/和]", text) if name]
    matches = [(name, desk.known.named("department", name)) for name in names]
    chosen = next(((name, match.item) for name, match in matches if match.item), None)
    if chosen is None:
        hint = desk.known.named("department", text).hint
        record.leave(field, f"部门里没有「{text}」{hint}")
        return ""
    rest = [name for name in names if name != chosen[0]]
    record.leave(field, f"只能写一个部门，取了「{chosen[0]}」", "、".join(rest), partly=True)
    return chosen[1].id


def bases(record: Record, desk: Desk, field: str = "basis") -> list[Values]:
    """Return the documents that a cell names, those of the library by their ids; what names none is said."""
    text = record.text(field)
    if not text:
        return []
    named, rest = documents_in(text)
    documents = [document for document in named if _is_proper(document)]
    rest += [document.label for document in named if document not in documents]
    if rest:
        record.leave(field, "这一部分看不出是哪份文件", "、".join(rest), partly=bool(documents))
    elif documents:
        record.place(field)
    return [_basis(record, desk, document) for document in documents]


def _is_proper(document: Document) -> bool:
    try:
        Basis.model_validate(said({"title": document.title, "number": document.number}))
    except ValidationError:
        return False
    return True


def _basis(record: Record, desk: Desk, document: Document) -> Values:
    match = desk.known.document(document)
    if match.item:
        return said({"policy": match.item.id, "article": document.article, "revision": document.revision})
    if match.near:
        record.comments.append(f"政策文件库里没有「{document.label}」{match.hint}")
    return said(
        {
            "title": document.title,
            "number": document.number,
            "article": document.article,
            "revision": document.revision,
        }
    )


def texts(record: Record, field: str) -> list[str]:
    """Return the entries of a cell and place it."""
    found = entries_of(record.text(field))
    if found:
        record.place(field)
    return found

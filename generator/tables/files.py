"""Edits of items → new texts of their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.item_files import BODY_SUFFIX, ITEM_SUFFIX, ITEMS_FOLDER
from generator.schema import fields_of
from generator.tables.entries import BODY, Entry
from generator.tables.plan import Edit
from generator.tables.transaction import FileChange
from generator.tables.yaml_edit import NotEdited, edit_text, new_text


class NotWritable(Exception):
    """The new values of an item can't be put into its files."""

    def __init__(self, edit: Edit, message: str) -> None:
        super().__init__(message)
        self.edit, self.message = edit, message


def item_path(edit: Edit) -> str:
    """Return the path of an item's file, also of one that is still to be made."""
    return edit.entry.source.path if edit.entry else f"{ITEMS_FOLDER}/{edit.path}{ITEM_SUFFIX}"


def changed_files(edits: Iterable[Edit], gone: Iterable[Entry], root: Path) -> list[FileChange]:
    """Return every change of a file; raise `NotWritable` where the values don't go into a text."""
    changes = [change for edit in edits for change in _of_edit(edit, root)]
    for entry in gone:
        changes.append(_change(root / entry.source.path, entry.source.text, None))
        if entry.body is not None:
            changes.append(_change(root / entry.body_path, entry.body, None))
    return changes


def _of_edit(edit: Edit, root: Path) -> Iterator[FileChange]:
    entry, values = edit.entry, dict(edit.values)
    file = root / item_path(edit)
    has_body_file = entry is not None and entry.body is not None
    if has_body_file or (_takes_body(edit) and BODY in values and (entry is None or BODY not in entry.source.values)):
        body = values.pop(BODY, None)
        before = entry.body if entry else None
        text = body if body is None or body.endswith("\n") else f"{body}\n"
        if text != before:
            yield _change(file.with_suffix(BODY_SUFFIX), before, text)
    try:
        if entry is None:
            yield _change(file, None, new_text(values))
        else:
            yield _change(file, entry.source.text, edit_text(entry.source.text, values, entry.model))
    except NotEdited as error:
        raise NotWritable(edit, str(error)) from error


def _takes_body(edit: Edit) -> bool:
    return any(spec.is_markdown and spec.key == BODY for spec in fields_of(edit.incoming.model))


def _change(path: Path, before: str | None, after: str | None) -> FileChange:
    return FileChange(
        path=path,
        before=None if before is None else before.encode("utf-8"),
        after=None if after is None else after.encode("utf-8"),
    )

"""A file that shows what is in the hall, of whatever form → a snapshot."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from generator.hall.snapshot_documents import html_snapshot, json_snapshot
from generator.hall.snapshot_files import is_workbook, sheets_of_csv, sheets_of_workbook
from generator.hall.snapshot_tables import table_snapshot
from generator.hall.snapshot_types import Snapshot, UnreadableSnapshot

LARGEST = 20 * 1024 * 1024


def read_snapshot(path: Path, labels: Collection[str] = ()) -> Snapshot:
    """Read a file of any known form, told by its content; raise UnreadableSnapshot with one clear message.

    `labels` are the labels of facts, which may head a column of a table besides the usual names of fields.
    """
    data = _bytes_of(path)
    name = path.name
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if is_workbook(data, name):
        return table_snapshot(name, sheets_of_workbook(data, name), labels)
    if start in (b"{", b"["):
        return json_snapshot(name, data)
    if start == b"<" or path.suffix.lower() in (".html", ".htm"):
        return html_snapshot(name, data)
    return table_snapshot(name, sheets_of_csv(data, name), labels)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableSnapshot(f"{path} 是文件夹，请写里面的文件。")
        if path.stat().st_size > LARGEST:
            raise UnreadableSnapshot(f"{path.name} 超过 {LARGEST // 1024**2} MB，不像是核对表，请拆小。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableSnapshot(f"没有文件 {path}。") from None
    except (OSError, ValueError) as error:
        raise UnreadableSnapshot(f"{path} 读不出来：{getattr(error, 'strerror', None) or error}。") from None
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise UnreadableSnapshot(f"{path.name} 是空文件。")
    return data

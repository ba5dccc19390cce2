"""`tongchuang addresses`: which addresses are not in the ledger yet, and writing them there."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator import problems
from generator.addresses import Ledger
from generator.exit_status import FINE, PROBLEMS_FOUND
from generator.git import log_of
from generator.item_files import ADDRESSES, ITEM_SUFFIX, ITEMS_FOLDER
from generator.mkdocs_build import load_catalogue
from generator.past import item_path

_HEAD = """\
# 公布过的地址，一行一个，按地址排列。新的由 tongchuang addresses --write 加上。
# 不要删行，不要改 since（第一次公布的日子）。换了编号的，加 redirect；撤下的，加 gone：
#   - {address: guides/old-id, since: 2026-01-05, redirect: guides/new-id, day: 2026-11-22, name: 原来的名称}
#   - {address: guides/old-id, since: 2026-01-05, gone: 原因, day: 2026-11-22, successor: guides/new-id}
published:
"""
_SHALLOW = "没有仓库，或没有取全（浅克隆）：首次公布的日子可能写晚，请先运行 git fetch --unshallow。"
_LINE = re.compile(r"\s*-\s+(?:\{\s*)?address:\s*([^\s,}]+)")


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    verb = verbs.add_parser("addresses", parents=[common], help="哪些地址还没有登记；公布过的地址不能消失")
    verb.add_argument("--write", action="store_true", help=f"登记到 {ITEMS_FOLDER}/{ADDRESSES}")
    verb.set_defaults(command=_addresses)


def _addresses(options: argparse.Namespace) -> int:
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    # What is wrong with the ledger's own words does not matter for adding lines, but a broken file must stay as it is.
    broken = [one for one in found if one.is_error() and not one.code.startswith("address-")]
    if broken:
        print(problems.as_text(broken), file=sys.stderr)
        return PROBLEMS_FOUND
    days, complete = first_days(project.root, project.as_of)
    since = {path: days.get(path, project.as_of) for path in catalogue.by_path.keys() | days.keys()}
    missing = unrecorded(catalogue.addresses, since)
    if not missing:
        print(f"登记是全的：{len(catalogue.addresses.published)} 个地址。")
        return FINE
    if not complete:
        print(_SHALLOW, file=sys.stderr)
    if not options.write:
        print("\n".join(f"{path}  {day}" for path, day in missing.items()))
        print(f"有 {len(missing)} 个地址没有登记，请运行 tongchuang addresses --write。", file=sys.stderr)
        return PROBLEMS_FOUND
    file = project.root / ITEMS_FOLDER / ADDRESSES
    text = file.read_text(encoding="utf-8") if file.is_file() else _HEAD
    _write(file, with_lines(text, missing))
    print(f"登记了 {len(missing)} 个地址，在 {ITEMS_FOLDER}/{ADDRESSES}。")
    _tell_gone(missing, set(catalogue.by_path))
    return FINE


def _tell_gone(missing: Mapping[str, date], present: set[str]) -> None:
    if gone := [path for path in missing if path not in present]:
        print(f"其中 {len(gone)} 个现在没有内容了，请写明改到哪里或为什么撤下：{'、'.join(gone)}", file=sys.stderr)


def first_days(root: Path, today: date) -> tuple[dict[str, date], bool]:
    """Return the first day of every item that was ever committed, by its path, and whether the history is complete."""
    log = log_of(root, ITEMS_FOLDER)
    days: dict[str, date] = {}
    for commit in log.commits:
        for change in commit.changes:
            path = item_path(change.path) if change.path.endswith(ITEM_SUFFIX) and change.blob else None
            if path and commit.day <= today:
                days[path] = min(days.get(path, commit.day), commit.day)
    return days, log.complete


def unrecorded(ledger: Ledger, since: Mapping[str, date]) -> dict[str, date]:
    """Return the addresses that the ledger lacks, in order, with their days."""
    return {path: since[path] for path in sorted(since) if path not in ledger.by_address}


def with_lines(text: str, missing: Mapping[str, date]) -> str:
    """Return the text of a ledger with a line for each address at its place; nothing that stands there is changed."""
    lines = text.rstrip("\n").split("\n")
    if not any(line.startswith("published:") for line in lines):
        lines.append("published:")
    start = next(number for number, line in enumerate(lines) if line.startswith("published:"))
    lines[start] = re.sub(r":\s*(\[\]|\{\})\s*$", ":", lines[start])
    indent = next((re.match(r"\s*", line)[0] for line in lines[start:] if _LINE.match(line)), "  ")  # type: ignore[index]
    for path, day in missing.items():
        after = (number for number, line in enumerate(lines) if (at := _LINE.match(line)) and at[1] > path)
        lines.insert(next(after, len(lines)), f"{indent}- {{address: {path}, since: {day}}}")
    return "\n".join([*lines, ""])


def _write(file: Path, text: str) -> None:
    """Write the ledger under another name first, so that it is whole or as it was."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)

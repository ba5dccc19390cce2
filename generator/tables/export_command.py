"""`tongchuang export`: the whole content as a workbook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import problems
from generator.exit_status import FINE, PROBLEMS_FOUND, WRONG_USAGE
from generator.mkdocs_build import load_catalogue
from generator.reading import read_items
from generator.tables.entries import entries_of
from generator.tables.export import workbook_bytes
from generator.tables.transaction import FileChange, NotWritten, write_all


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    export = verbs.add_parser("export", parents=[common], help="把全部内容导出成 Excel 工作簿")
    export.add_argument("file", metavar="FILE", type=Path, help="写到哪个 .xlsx 文件")
    export.set_defaults(command=_export)


def _export(options: argparse.Namespace) -> int:
    file: Path = options.file
    if file.suffix.lower() != ".xlsx":
        print(f"「{file}」要以 .xlsx 结尾。", file=sys.stderr)
        return WRONG_USAGE
    project, _, found = load_catalogue(options.config, options.as_of)
    if problems.has_errors(found):
        print(problems.as_text(found), file=sys.stderr)
        print("内容有错误，没有导出；请先改好。", file=sys.stderr)
        return PROBLEMS_FOUND
    entries = entries_of(read_items(project.root, project.jobs), project.root)
    before = file.read_bytes() if file.is_file() else None
    change = FileChange(path=file.absolute(), before=before, after=workbook_bytes(entries))
    try:
        write_all([change], file.absolute().parent)
    except NotWritten as error:
        print(error, file=sys.stderr)
        return PROBLEMS_FOUND
    print(f"已导出 {len(entries)} 项内容到 {file}。")
    return FINE

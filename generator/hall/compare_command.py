"""`tongchuang hall compare` and `checklist`: what the hall really shows against the source."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.build import Project
from generator.catalogue import Catalogue
from generator.exit_status import FINE, MISSING_PART, PROBLEMS_FOUND
from generator.hall import checklist, report
from generator.hall.compare import compare_snapshots
from generator.hall.matching import windows_meant
from generator.hall.snapshot import read_snapshot
from generator.hall.snapshot_types import UnreadableSnapshot
from generator.kinds.hall import Hall
from generator.mkdocs_build import BuildFailed, load_catalogue
from generator.problems import as_text, has_errors


class _Unusable(Exception):
    """The command cannot do what was asked; the message is for the person who ran it."""


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of this module below `hall`; `common` has the options of every verb."""
    compare = verbs.add_parser("compare", parents=[common], help="核对窗口、屏幕、公示栏实际显示的内容")
    compare.add_argument(
        "snapshots", nargs="+", metavar="SNAPSHOT", help="核对表（CSV、XLSX）、屏幕数据（JSON）或保存的页面（HTML）"
    )
    compare.add_argument("--hall", default="main", metavar="ID", help="大厅的编号，默认 main")
    compare.add_argument("--format", choices=["text", "json", "html"], default="text")
    compare.add_argument("--out", metavar="FILE", help="写到文件；不写则打印")
    compare.add_argument("--strict", action="store_true", help="看不懂的写法也算不同")
    compare.add_argument("--partial", action="store_true", help="只核对列出的内容，不报窗口缺少的事项")
    compare.set_defaults(command=_compare)

    form = verbs.add_parser("checklist", parents=[common], help="打印核对用的空表")
    form.add_argument("--hall", default="main", metavar="ID", help="大厅的编号，默认 main")
    form.add_argument("--window", nargs="+", default=[], metavar="NO", help="只要这些窗口，例如 A01 A02")
    form.add_argument("--format", choices=["html", "csv", "xlsx"], default="html")
    form.add_argument("--out", metavar="FILE", help="写到文件；xlsx 必须写")
    form.set_defaults(command=_checklist)


def _compare(options: argparse.Namespace) -> int:
    try:
        project, catalogue, hall = _loaded(options)
        labels = _labels(catalogue)
        snapshots = [read_snapshot(Path(path), labels) for path in options.snapshots]
    except (UnreadableSnapshot, _Unusable) as error:
        sys.stderr.write(f"{error}\n")
        return MISSING_PART
    if options.partial:
        snapshots = [snapshot._replace(covers_windows=False) for snapshot in snapshots]
    result = compare_snapshots(catalogue, hall, snapshots)
    if options.format == "html":
        text = report.as_html(result, project.theme)
    else:
        text = report.as_json(result) if options.format == "json" else report.as_text(result)
    _give(text.rstrip("\n").encode() + b"\n", options.out)
    if options.out:
        sys.stderr.write(f"{report.summary(result)}\n报告写在 {options.out}。\n")
    return PROBLEMS_FOUND if result.differences or (options.strict and result.unread) else FINE


def _checklist(options: argparse.Namespace) -> int:
    try:
        project, catalogue, hall = _loaded(options)
        form = checklist.lines(catalogue, hall, _windows(options.window, hall))
        if options.format == "xlsx" and not options.out:
            raise _Unusable("xlsx 不能打印在屏幕上，请用 --out 写明文件名，例如 --out 核对表.xlsx。")
    except _Unusable as error:
        sys.stderr.write(f"{error}\n")
        return MISSING_PART
    if options.format == "html":
        data = checklist.as_html(form, catalogue, hall, project.theme).encode() + b"\n"
    else:
        data = checklist.as_csv(form) if options.format == "csv" else checklist.as_workbook(form, hall)
    _give(data, options.out)
    if options.out:
        sys.stderr.write(f"核对表写在 {options.out}，{len({line.window for line in form})} 个窗口。\n")
    return FINE


def _loaded(options: argparse.Namespace) -> tuple[Project, Catalogue, Hall]:
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    if has_errors(found):
        raise BuildFailed(as_text(found))
    hall = catalogue.find(Hall.kind.name, options.hall)
    if not isinstance(hall, Hall):
        known = "、".join(f"{one.id}（{one.name}）" for one in catalogue.all_of(Hall))
        raise _Unusable(f"没有编号为「{options.hall}」的大厅。现有的大厅：{known or '没有'}。")
    return project, catalogue, hall


def _windows(texts: Sequence[str], hall: Hall) -> list[str]:
    found: list[str] = []
    for text in texts:
        meant = windows_meant(text, hall)
        if not meant.sure:
            known = f"可能是 {'、'.join(meant.possible)}，请写全" if meant.possible else f"现有窗口：{_numbers(hall)}"
            raise _Unusable(f"{hall.name}没有窗口「{text}」。{known}。")
        found += meant.sure
    return found


def _numbers(hall: Hall) -> str:
    return "、".join(window.no for window in hall.windows)


def _labels(catalogue: Catalogue) -> frozenset[str]:
    """Return the labels of all facts, each of which may head a column."""
    return frozenset(fact.label for item in catalogue.items for fact in catalogue.sheet(item).facts.values())


def _give(data: bytes, file: str | None) -> None:
    """Write to a file or to standard output."""
    if file:
        Path(file).write_bytes(data)
    elif hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

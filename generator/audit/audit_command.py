"""`tongchuang audit`: the rehearsal of an inspection over a built site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import problems
from generator.audit import report
from generator.audit.remarks import read_remarks
from generator.audit.score import INDICATORS, Inspection, inspect_site
from generator.audit.site import Audited, read_site
from generator.audit.sources import sources_of
from generator.exit_status import FINE, MISSING_PART, PROBLEMS_FOUND
from generator.mkdocs_build import load_catalogue
from generator.render.templates import MissingTemplate


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    audit = verbs.add_parser("audit", parents=[common], help="按政府网站检查指标预演一次检查")
    audit.add_argument("--site-dir", type=Path, help="生成的站点，默认 mkdocs.yml 里的 site_dir")
    audit.add_argument("--format", choices=["text", "json", "html"], default="text")
    audit.add_argument("--out", metavar="FILE", type=Path, help="写到文件；不写则打印")
    audit.set_defaults(command=_audit)


def _audit(options: argparse.Namespace) -> int:
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    if problems.has_errors(found):
        return _said(problems.as_text(found), PROBLEMS_FOUND)
    folder = options.site_dir or project.site_folder
    if not folder.is_dir():
        return _said(f"没有 {folder}，请先运行 tongchuang build。", MISSING_PART)
    remarks, faults = read_remarks(project.root, frozenset(indicator.id for indicator in INDICATORS))
    if faults:
        return _said(problems.as_text(faults), PROBLEMS_FOUND)
    files, pages = read_site(folder, project.jobs)
    audited = Audited(
        catalogue=catalogue,
        settings=project.settings,
        folder=folder,
        content=project.content,
        root=project.root,
        files=files,
        pages=pages,
    )
    result = inspect_site(audited, sources_of(project.root), remarks)
    try:
        document = _document(result, options.format, project.theme)
    except MissingTemplate as error:
        return _said(f"site_theme 里没有模板 {error.name}。请从原来的项目里取回。", PROBLEMS_FOUND)
    if options.out:
        options.out.write_text(f"{document}\n", encoding="utf-8")
        print(report.summary(result), file=sys.stderr)
    else:
        print(document)
    return FINE if result.is_qualified and not result.unexplained else PROBLEMS_FOUND


def _document(result: Inspection, form: str, theme: Path) -> str:
    if form == "html":
        return report.as_html(result, theme)
    return report.as_json(result) if form == "json" else report.as_text(result)


def _said(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status

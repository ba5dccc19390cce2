"""`tongchuang check`: all problems of the content, for people, machines and code review; or what one rule is about."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from generator import drafts
from generator.build import Project
from generator.exit_status import FINE, PROBLEMS_FOUND, WRONG_USAGE
from generator.impact.rules import against
from generator.mkdocs_build import load_catalogue
from generator.near_miss import guess
from generator.problems import SEVERITY_LABELS, Problem, as_json, as_text, has_errors, in_order
from generator.problems_examples import accepted_example
from generator.problems_excerpt import Sources
from generator.problems_github import as_github
from generator.problems_sarif import as_sarif
from generator.problems_text import WIDTH, Terminal, as_excerpts
from generator.rulebook import rules
from generator.rulebook.rule import HARMS, SURENESS, Rule

FORMATS = ("github", "json", "sarif", "text")
NARROWEST, WIDEST = 40, 160


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    check = verbs.add_parser("check", parents=[common], help="检查内容，列出全部问题")
    check.add_argument("--format", choices=FORMATS, default="text")
    check.add_argument("--brief", action="store_true", help="每个问题只写两行，不列原文和例子")
    check.add_argument("--explain", metavar="CODE", help="说明一条规则：检查结果方括号里的代码")
    check.add_argument("--base", metavar="REV", help="再与这个版本比：标准不能就地改，公布过的不能消失")
    check.add_argument("paths", nargs="*", metavar="PATH", help="只列这些文件或文件夹的问题")
    check.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    if options.explain is not None:
        return _explain(options.explain)
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    if options.base:
        found = in_order([*found, *against(project, catalogue, options.base)])
    if options.paths:
        wanted = [Path(path).resolve() for path in options.paths]
        if absent := [path for path in wanted if not path.exists()]:
            print(f"没有 {absent[0]}", file=sys.stderr)
            return WRONG_USAGE
        found = [one for one in found if _is_below((project.root / one.place.path).resolve(), wanted)]
    print(_laid_out(found, project, options))
    if options.format == "text" and catalogue.drafts:
        print(drafts.summary(catalogue.drafts))
    return PROBLEMS_FOUND if has_errors(found) else FINE


def _is_below(path: Path, folders: list[Path]) -> bool:
    return any(path == folder or folder in path.parents for folder in folders)


def _laid_out(found: list[Problem], project: Project, options: argparse.Namespace) -> str:
    sources = Sources(project.root)
    if options.format == "json":
        return as_json(found)
    if options.format == "github":
        return as_github(found, sources)
    if options.format == "sarif":
        return as_sarif(found, sources, project.settings.url)
    return as_text(found) if options.brief else as_excerpts(found, sources, accepted_example, _terminal())


def _terminal() -> Terminal:
    """Return how standard output shows text: in colours only for people who want them (https://no-color.org)."""
    if not sys.stdout.isatty():
        return Terminal()
    width = min(max(shutil.get_terminal_size((WIDTH, 24)).columns, NARROWEST), WIDEST)
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Terminal(width=width, colours=not plain)


def _explain(code: str) -> int:
    rule = rules().get(code)
    if rule is None:
        print(f"没有「{code}」这个代码。{guess(code, rules())}代码写在检查结果的方括号里。", file=sys.stderr)
        return WRONG_USAGE
    print(_entry(rule))
    return FINE


def _entry(rule: Rule) -> str:
    """Return what the book says of a rule."""
    lines = [f"{rule.title} [{rule.code}] {SEVERITY_LABELS[rule.severity]}", "", f"查什么：{rule.finds}"]
    lines.append(f"为什么：{rule.why}{f'（{SURENESS[rule.sure]}）' if rule.sure else ''}")
    lines.append(f"不改会怎样：{HARMS[rule.harm]}。")
    if rule.warns:
        lines.append(f"什么时候只提醒：{rule.warns}")
    for title, example in (("不对", rule.bad), ("对", rule.good)):
        lines += ["", f"{title}：", *(f"    {line}" for line in example.split("\n"))]
    return "\n".join(lines)

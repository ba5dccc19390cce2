"""`tongchuang impact`: which pages, windows and handouts an edit touches."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import Any

from generator import problems
from generator.exit_status import FINE, PROBLEMS_FOUND
from generator.impact.assess import impact_of
from generator.impact.layouts import as_json, as_text
from generator.impact.markdown import as_markdown
from generator.impact.rules import problems_against
from generator.mkdocs_build import load_catalogue
from generator.render.templates import MissingTemplate
from generator.revision import base_of, revision_at

FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown}


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    verb = verbs.add_parser("impact", parents=[common], help="这次修改会影响哪些网页、窗口屏、告知单")
    verb.add_argument("--base", metavar="REV", help="与哪个版本比，默认本分支从主分支分出来的地方")
    verb.add_argument("--format", choices=sorted(FORMATS), default="text")
    verb.set_defaults(command=_impact)


def _impact(options: argparse.Namespace) -> int:
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    if problems.has_errors(found):
        print(problems.as_text(found), file=sys.stderr)
        return PROBLEMS_FOUND
    if catalogue.local:  # those of the older version are not read, and would all seem new
        catalogue = replace(catalogue, local=())
        print("items/districts/ 里的修改不在比较之内：统一的内容改了，各地的页面会跟着改。", file=sys.stderr)
    try:
        base = revision_at(project.root, base_of(project.root, options.base), catalogue)
        impact = impact_of(project, catalogue, base, tuple(problems_against(base, catalogue, project.root)))
    except MissingTemplate as error:
        print(f"site_theme 里没有模板 {error.name}。请从原来的项目里取回。", file=sys.stderr)
        return PROBLEMS_FOUND
    print(FORMATS[options.format](impact))
    return PROBLEMS_FOUND if problems.has_errors(impact.problems) else FINE

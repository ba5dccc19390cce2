"""`tongchuang coverage`: what the disclosure catalogue promises against what is published here."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from generator import problems
from generator.coverage.layout import as_json, as_text
from generator.coverage.promises import coverage_of
from generator.exit_status import FINE, PROBLEMS_FOUND
from generator.item_places import places_of
from generator.mkdocs_build import load_catalogue


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    coverage = verbs.add_parser("coverage", parents=[common], help="公开目录写的渠道，网站和大厅做到了几个")
    coverage.add_argument("--format", choices=["text", "json"], default="text")
    coverage.add_argument("--strict", action="store_true", help="有没做到的，退出码为 1")
    coverage.set_defaults(command=_coverage)


def _coverage(options: argparse.Namespace) -> int:
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    if problems.has_errors(found):
        print(problems.as_text(found), file=sys.stderr)
        return PROBLEMS_FOUND
    coverage = coverage_of(catalogue)
    layout = as_json if options.format == "json" else as_text
    print(layout(coverage, catalogue, places_of(project.root)))
    return PROBLEMS_FOUND if options.strict and coverage.total["broken"] else FINE

"""`tongchuang due`: what has to be done or known soon, for people, programs and calendars."""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import Any

from generator import problems
from generator.agenda import Agenda, agenda_of
from generator.agenda.layout import as_json, as_text, name_of
from generator.build import Project
from generator.catalogue import Catalogue
from generator.due import coming_turns
from generator.exit_status import FINE, PROBLEMS_FOUND, WRONG_USAGE
from generator.item_places import places_of
from generator.mkdocs_build import load_catalogue

# Faults that come with the passing of days: on such a day it must be told what to do, not only what is wrong.
_BY_TIME = frozenset({"repealed-basis", "validity-date", "repealed-still-valid"})


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    due = verbs.add_parser("due", parents=[common], help="哪些过期了、快到期了，哪天什么内容会自己变化")
    due.add_argument("--days", type=_days, default=90, help="往后看多少天，默认 90")
    due.add_argument("--department", metavar="ID", help="只列一个部门的，写部门的编号")
    due.add_argument("--format", choices=["text", "json", "ics"], default="text")
    due.add_argument("--strict", action="store_true", help="有该办没办的，退出码为 1")
    due.set_defaults(command=_due)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 3650:
        raise argparse.ArgumentTypeError(f"「{text}」不是 1 到 3650 之间的整数")
    return int(text)


def _due(options: argparse.Namespace) -> int:
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    errors = [problem for problem in found if problem.is_error()]
    if errors:
        print(problems.as_text(errors), file=sys.stderr)
        if any(problem.code not in _BY_TIME for problem in errors):
            return PROBLEMS_FOUND
    agenda = agenda_of(catalogue, project.settings.announce_days, options.days)
    if options.department:
        if catalogue.find("department", options.department) is None:
            known = "、".join(item.id for item in catalogue.of_kind("department"))
            print(f"没有编号为 {options.department} 的部门，有：{known}。", file=sys.stderr)
            return WRONG_USAGE
        agenda = agenda.of_department(options.department)
    print(_document(options, project, catalogue, agenda), end="" if options.format == "ics" else "\n")
    return PROBLEMS_FOUND if errors or (options.strict and agenda.has_missed) else FINE


def _document(options: argparse.Namespace, project: Project, catalogue: Catalogue, agenda: Agenda) -> str:
    if options.format == "ics":
        # Imported here: reading a calendar library takes a while.
        calendar = importlib.import_module("generator.agenda.ics")
        title = f"{project.settings.name}到期提醒{_of(catalogue, options.department)}"
        return str(calendar.as_ics(agenda, catalogue, project.settings.url, title).decode())
    turns = [
        turn
        for turn in coming_turns(catalogue, agenda.until)
        if options.department in (None, getattr(turn.item, "department", None))
    ]
    layout = as_json if options.format == "json" else as_text
    return layout(agenda, turns, catalogue, places_of(project.root))


def _of(catalogue: Catalogue, department: str | None) -> str:
    return f"（{name_of(catalogue, department)}）" if department else ""

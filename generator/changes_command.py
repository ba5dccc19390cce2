"""`tongchuang changes`: which facts changed between two commits or days, the work tree included."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import orjson

from generator.changes.records import CHANGE_CLASSES, Change
from generator.changes.span import NothingKnown, Span, WrongRevision, span_of
from generator.exit_status import FINE, MISSING_PART, WRONG_USAGE
from generator.kinds import all_kinds
from generator.mkdocs_build import load_catalogue

USUAL_DAYS = 30
_NOTHING = "没有改动。"


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    verb = verbs.add_parser("changes", parents=[common], help="两个版本之间改了哪些内容")
    verb.add_argument("--since", metavar="版本或日期", help=f"从哪个版本或哪一天起，默认 {USUAL_DAYS} 天前")
    verb.add_argument("--until", metavar="版本或日期", help="到哪个版本或哪一天（含），默认现在，没有提交的也算")
    verb.add_argument("--kind", choices=list(all_kinds()), help="只看一类内容")
    verb.add_argument("--class", dest="bears", choices=list(CHANGE_CLASSES), help="只看一类改动")
    verb.add_argument("--item", metavar="ID", help="只看一项，例如 id-card-renewal 或 guides/id-card-renewal")
    verb.add_argument("--format", choices=list(_FORMATS), default="text")
    verb.set_defaults(command=_changes)


def _changes(options: argparse.Namespace) -> int:
    project, catalogue, _ = load_catalogue(options.config, options.as_of)
    since = options.since or (catalogue.today - timedelta(days=USUAL_DAYS)).isoformat()
    try:
        span = span_of(project.root, catalogue, since, options.until)
    except NothingKnown as error:
        print(error, file=sys.stderr)
        return MISSING_PART
    except WrongRevision as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    for note in span.notes:
        print(note, file=sys.stderr)
    wanted = [change for change in span.changes if _is_wanted(change, options)]
    print(_FORMATS[options.format](Span(wanted, span.notes)))
    return FINE


def _is_wanted(change: Change, options: argparse.Namespace) -> bool:
    plural = all_kinds()[options.kind].kind.plural if options.kind else change.plural
    is_item = options.item in (None, change.item, change.item.partition("/")[2])
    return change.plural == plural and options.bears in (None, change.bears) and is_item


def _by_class(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Return the changes of each class, the weightiest class first."""
    groups = ((label, [change for change in changes if change.bears == name]) for name, label in CHANGE_CLASSES.items())
    return [(label, found) for label, found in groups if found]


def _when(change: Change) -> str:
    return f"{change.day.isoformat()} {change.commit[:7]}" if change.commit else "未提交"


def _as_text(span: Span) -> str:
    lines = [f"{label}（{len(found)}）\n{_rows(found)}" for label, found in _by_class(span.changes)]
    return "\n\n".join(lines) or _NOTHING


def _rows(changes: Sequence[Change]) -> str:
    return "\n".join(f"  {_when(change):<18}  {change.line}" for change in changes)


def _as_markdown(span: Span) -> str:
    groups = [
        f"### {label}（{len(found)}）\n\n"
        + "\n".join(f"- {_escaped(change.line)}（{_when(change)}）" for change in found)
        for label, found in _by_class(span.changes)
    ]
    return "\n\n".join([*(f"> {note}" for note in span.notes), *groups]) if groups else _NOTHING


def _escaped(text: str) -> str:
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, f"\\{sign}")
    return text


def _as_json(span: Span) -> str:
    document = {"changes": [change.as_json() for change in span.changes], "notes": span.notes}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


_FORMATS = {"text": _as_text, "json": _as_json, "markdown": _as_markdown}

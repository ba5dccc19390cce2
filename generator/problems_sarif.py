"""Problems as SARIF 2.1.0, the exchange format of code-scanning services, with the rule book's words for each rule."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from generator.problems import Problem, in_order, said
from generator.problems_excerpt import Sources, written_length
from generator.rulebook import Area, areas
from generator.rulebook.rule import SURENESS, Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RULES_PAGE = "office/rules/"
"""The page of the rule book below the site root; each rule's section has its code as id."""
SOURCE_ROOT = "%SRCROOT%"


def as_sarif(problems: Sequence[Problem], sources: Sources, site_url: str) -> str:
    """Lay problems out as one run; `site_url`, with a slash at its end, is where the rule book is published."""
    ordered = in_order(problems)
    codes = sorted({problem.code for problem in ordered})
    book = {rule.code: (area, rule) for area in areas() for rule in area.rules}
    described = [_rule(*book[code], site_url) if code in book else {"id": code} for code in codes]
    driver = {"name": "tongchuang", "fullName": "同窗", "informationUri": site_url, "rules": described}
    met: Counter[str] = Counter()
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {SOURCE_ROOT: {"description": {"text": "mkdocs.yml 所在的文件夹"}}},
        "results": [_result(problem, codes.index(problem.code), sources, met) for problem in ordered],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(area: Area, rule: Rule, site_url: str) -> dict[str, Any]:
    why = f"{rule.why}（{SURENESS[rule.sure]}）" if rule.sure else rule.why
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.code.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.finds}{why}"},
        "help": {
            "text": f"{rule.finds}\n{why}\n\n不对：\n{rule.bad}\n\n对：\n{rule.good}",
            "markdown": f"{rule.finds}\n\n{why}\n\n不对：\n\n{_fenced(rule.bad)}\n\n对：\n\n{_fenced(rule.good)}",
        },
        "helpUri": f"{site_url}{RULES_PAGE}#{rule.code}",
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [area.title]},
    }


def _fenced(example: str) -> str:
    return f"```yaml\n{example.rstrip()}\n```"


def _result(problem: Problem, index: int, sources: Sources, met: Counter[str]) -> dict[str, Any]:
    place = problem.place
    line = sources.line(place.path, place.line)
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.line,
        "endColumn": place.column + written_length(problem, line),
    }
    artifact = {"uri": quote(place.path), "uriBaseId": SOURCE_ROOT}
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": f"{said(problem)} {problem.hint}".strip()},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(problem, line, met)},
    }


def _fingerprint(problem: Problem, line: str, met: Counter[str]) -> str:
    """Return what tells a result from others and stays when lines move: rule, file, the line's text, which of equals.

    Messages tell how many days something is overdue, and fields number the rows of lists: neither stays.
    """
    key = "\n".join((problem.code, problem.place.path, " ".join(line.split())))
    met[key] += 1
    return f"{hashlib.sha256(key.encode()).hexdigest()[:16]}:{met[key]}"

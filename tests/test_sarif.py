"""SARIF: valid by its schema, with the rule book's words, and with fingerprints that stay when lines move.

The schema is sarif-2.1.0-rtm.5.json as published by OASIS and carried by the npm package @microsoft/jest-sarif
1.0.0-beta.0 (MIT).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from project import FILES, ROOT, tiny_project

from generator import cli
from generator.problems import Place, Problem
from generator.problems_excerpt import Sources
from generator.problems_sarif import as_sarif
from generator.rulebook import rules

URL = "https://www.small.example/"
WRONG = {"items/guides/card-renewal.yml": FILES["items/guides/card-renewal.yml"].replace("0123-5550101", '"5550101"')}


@cache
def validator() -> Draft4Validator:
    """Return the validator for SARIF."""
    schema = json.loads((ROOT / "tests/data/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def run_of(text: str) -> dict[str, Any]:
    """Return the only run of a document, which must be valid."""
    document = json.loads(text)
    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors(document)] == []
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def test_the_schema_refuses_what_is_wrong() -> None:
    wrong = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"level": "fatal"}]}]}
    assert len(list(validator().iter_errors(wrong))) == 2  # no message, no such level


def test_problems_of_a_project_are_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tiny_project(tmp_path / "project", WRONG))
    assert cli.main(["check", "--format", "sarif"]) == 1
    run = run_of(capsys.readouterr().out)
    assert run["columnKind"] == "unicodeCodePoints"
    (rule,) = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "wrong-phone"]
    assert rule == {
        "id": "wrong-phone",
        "name": "WrongPhone",
        "shortDescription": {"text": "不是完整的公开电话"},
        "fullDescription": {"text": "电话没有区号，或是手机号。没有区号，外地人和手机打不通；手机号是个人信息。"},
        "help": {
            "text": "电话没有区号，或是手机号。\n没有区号，外地人和手机打不通；手机号是个人信息。\n\n"
            '不对：\nconsult: {phone: "5550101"}\n\n对：\nconsult: {phone: 0123-5550101}',
            "markdown": "电话没有区号，或是手机号。\n\n没有区号，外地人和手机打不通；手机号是个人信息。\n\n不对：\n\n"
            '```yaml\nconsult: {phone: "5550101"}\n```\n\n对：\n\n```yaml\nconsult: {phone: 0123-5550101}\n```',
        },
        "helpUri": "https://www.small.example/office/rules/#wrong-phone",
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["字段和值"]},
    }
    (result,) = run["results"]
    fingerprint = result.pop("partialFingerprints")
    assert list(fingerprint) == ["primaryLocationLineHash"]
    assert result == {
        "ruleId": "wrong-phone",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "「咨询方式·电话」「5550101」不是完整的公开电话 固定电话写 区号-号码，例如 0123-5550101；"
            "短号如 12345 可直接写。不要公布个人手机号。"
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "items/guides/card-renewal.yml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 37, "startColumn": 18, "endLine": 37, "endColumn": 25},
                }
            }
        ],
    }


def test_a_project_without_problems_is_valid(tmp_path: Path) -> None:
    assert run_of(as_sarif([], Sources(tmp_path), URL))["results"] == []


def test_every_rule_is_valid(tmp_path: Path) -> None:
    problems = [Problem(place=Place(path="a.yml"), code=code, message="不对") for code in [*rules(), "no-such-code"]]
    described = run_of(as_sarif(problems, Sources(tmp_path), URL))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == sorted([*rules(), "no-such-code"])
    assert {len(rule) for rule in described} == {8, 1}
    assert len({rule["name"] for rule in described if "name" in rule}) == len(rules())


def test_a_path_is_a_relative_address(tmp_path: Path) -> None:
    found = [Problem(place=Place(path="content/办事 #1?.md"), code="crlf", message="不对")]
    (result,) = run_of(as_sarif(found, Sources(tmp_path), URL))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "content/%E5%8A%9E%E4%BA%8B%20%231%3F.md"


def _fingerprints(folder: Path, text: str, *lines: int) -> list[str]:
    (folder / "a.yml").write_text(text, encoding="utf-8")
    found = [Problem(place=Place(path="a.yml", line=line), code="crlf", message=f"第 {line} 行") for line in lines]
    results = run_of(as_sarif(found, Sources(folder), URL))["results"]
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    before = _fingerprints(tmp_path, "a: 1\nb: 2\nb: 2\n", 1, 2, 3)
    assert len(set(before)) == 3
    assert _fingerprints(tmp_path, "# 说明\n\na: 1\n\n  b: 2\nb: 2\n", 3, 5, 6) == before
    assert _fingerprints(tmp_path, "a: 9\n", 1)[0] not in before

"""The page of the rule book: a section for each rule, at the address that SARIF names, findable and without leaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import run, tiny_project
from selectolax.lexbor import LexborHTMLParser

from generator.problems_sarif import RULES_PAGE
from generator.render.rulebook import shown_example
from generator.rulebook import areas, rules


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> LexborHTMLParser:
    project: Path = tiny_project(tmp_path_factory.mktemp("rules") / "project")
    built = run(project, "build", "--no-search", "--site-dir", "site")
    assert built.returncode == 0, built.stderr
    return LexborHTMLParser((project / "site" / RULES_PAGE / "index.html").read_text(encoding="utf-8"))


def test_each_rule_has_a_section_with_its_code(page: LexborHTMLParser) -> None:
    assert [node.attributes["id"] for node in page.css("section.rule")] == list(rules())
    for node, rule in zip(page.css("section.rule"), rules().values(), strict=True):
        text = node.text()
        assert rule.finds in text
        assert rule.why in text
        assert {"error": "错误", "warning": "提醒"}[rule.severity] in text
        assert [example.text() for example in node.css("pre")] == [
            shown_example(rule, rule.bad), shown_example(rule, rule.good),
        ]  # fmt: skip


def test_links_lead_to_areas_and_rules(page: LexborHTMLParser) -> None:
    links = [node.attributes["href"] for node in page.css(".rule-areas a, .rule-index a")]
    assert links == [
        *(f"#area-{area.name}" for area in areas()),
        *(f"#{rule.code}" for area in areas() for rule in area.rules),
    ]
    assert all(page.css_first(f'[id="{link[1:]}"]') for link in links if link)


def test_no_private_number_is_published_even_as_an_example(page: LexborHTMLParser) -> None:
    assert page.body is not None
    assert not re.search(r"\d{11}", re.sub(r"codes: .*|credit_code: .*", "", page.body.text()))
    assert shown_example(rules()["mobile-number"], "打 13800138000") == "打 138****8000"

"""Fixtures: a catalogue from short YAML snippets that override or add to the small valid project."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from project import FILES, TODAY

from generator.catalogue import Catalogue, catalogue_of
from generator.checks import run_checks
from generator.checks.finding import Finding
from generator.checks.texts import texts_of
from generator.problems import as_text
from generator.reading import read_items
from generator.source import Source

pytest_plugins = ["browser", "in_memory"]

DISCLOSURE = """\
name: 小证收费公开
parent: 证件管理
contents: [收费项目, 收费标准]
area: 户籍管理
statutory: 行政事业性收费
basis: [{policy: small-law, article: 第九条}]
due: {rule: 形成或变更后, days: 20, unit: 工作日}
department: police
channels: [政府网站]
levels: [县级]
places: [{title: 收费标准, page: fees/}]
formed: 2026-10-12
published: 2026-10-14
"""
ANNOUNCEMENT = """\
name: 小证窗口周六开放
column: 通知公告
published: 2026-11-02
source: 小区公安局
department: police
summary: 周六上午办理换领。
body: 周六上午来办。
"""
BASES: Mapping[str, str] = {
    "disclosures": DISCLOSURE,
    "announcements": ANNOUNCEMENT,
    **{Path(name).parts[1]: text for name, text in FILES.items() if name.startswith("items/")},
}
"""A valid item of each kind by the kind's folder; a snippet says what is different."""


@dataclass(frozen=True, kw_only=True)
class World:
    """A catalogue with the sources of its items."""

    catalogue: Catalogue
    sources: Mapping[str, Source]

    def found(self, rule: Callable[[Any], Iterator[Finding]]) -> list[str]:
        """Return all findings of a rule, three lines each: item, path, severity and code; message; hint."""
        if "texts" in inspect.signature(rule).parameters:
            findings = [finding for item in self.catalogue.items for finding in rule(texts_of(item))]
        else:
            findings = list(rule(self.catalogue))
        return [line for finding in findings for line in _lines(finding)]

    def said(self, code: str) -> str:
        """Return what a person is told about problems of a code, places included."""
        problems = [problem for problem in run_checks(self.catalogue, self.sources) if problem.code == code]
        return as_text(problems)


def _lines(finding: Finding) -> tuple[str, str, str]:
    path = ".".join(map(str, finding.path))
    return f"{finding.item.path} {path} {finding.severity} {finding.code}", finding.message, finding.hint


MakeCatalogue = Callable[..., World]


@pytest.fixture
def make_catalogue(tmp_path_factory: pytest.TempPathFactory) -> MakeCatalogue:
    """Return a function that makes a catalogue of the small project and of snippets by the item's path."""

    def make(snippets: Mapping[str, str] | None = None, today: str = TODAY) -> World:
        root = tmp_path_factory.mktemp("world")
        files = {name.removesuffix(".yml"): text for name, text in FILES.items() if name.startswith("items/")}
        for path, snippet in (snippets or {}).items():
            files[f"items/{path}"] = overridden(BASES.get(path.split("/")[0], ""), snippet)
        for name, text in files.items():
            file = root / f"{name}.yml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        read = read_items(root)
        assert not read.problems, as_text(read.problems)
        catalogue = catalogue_of(read.items, date.fromisoformat(today), thesaurus=read.thesaurus)
        return World(catalogue=catalogue, sources=read.all_sources)

    return make


def overridden(base: str, snippet: str) -> str:
    """Return the snippet with what it does not say from the base; `# without KEY` leaves a key out."""
    said = set(re.findall(r"^(?:# without )?(\w+)(?=:|$)", snippet, re.MULTILINE))
    blocks = re.split(r"^(?=\w)", base, flags=re.MULTILINE)
    return snippet.rstrip("\n") + "\n" + "".join(block for block in blocks if block.split(":")[0] not in said)

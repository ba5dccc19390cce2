"""The script, the static pages, the handouts and a reference evaluator agree on every case of every guide."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import printed, reading
from cases_project import CASE_IDS, FILES_WITH_CASES
from playwright.sync_api import Browser, Page, expect
from project import ROOT, read, run, tiny_project
from search_site import serving
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import Catalogue
from generator.facts import Sheet
from generator.kinds.guide import Guide

GUIDE_PAGE = "guides/card-renewal/"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
TOP = ("fee", "time", "visits", "where")
LISTS = {"materials": ".materials > li", "steps": ".steps > li", "fees": "#fees tbody > tr"}

# Reads of the page as it is shown: what is not visible does not count.
READ = """() => {
    const shown = (part) => part.checkVisibility();
    const names = (selector) => [...document.querySelectorAll(selector)].filter(shown).map(
        (row) => row.querySelector("[data-fact]").dataset.fact.split("#")[1].split(".")[1]);
    const marks = [...document.querySelectorAll(".answers .answer [data-fact]")];
    return {
        materials: names(".materials > li"),
        steps: names(".steps > li"),
        fees: names("#fees tbody > tr"),
        answers: marks.map((mark) => [mark.dataset.fact.split(".").pop(), mark.dataset.value, mark.textContent]),
        elsewhere: document.querySelector(".case-said [data-fact$='.elsewhere'], .case-elsewhere [data-fact]")?.dataset.fact,
    };
}"""


class Built(NamedTuple):
    """A project's catalogue and the folder of its site."""

    catalogue: Catalogue
    site: Path


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the small project with cases, built."""
    root = tiny_project(tmp_path_factory.mktemp("cases") / "project", FILES_WITH_CASES)
    done = run(root, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    (root / "site/announcements").mkdir()
    (root / "site/announcements/feed.xml").touch()  # the small project announces nothing
    return Built(read(root), root / "site")


@pytest.fixture(scope="module")
def tiny_address(tiny: Built) -> Iterator[str]:
    """Yield the address at which the small site is served."""
    with serving(tiny.site) as address:
        yield address


@pytest.fixture(scope="module")
def demonstration(site_folder: Path) -> Built:
    """Return the demonstration."""
    return Built(read(ROOT), site_folder)


def holds(text: str | None, answers: dict[str, str]) -> bool:
    """Evaluate a condition by rewriting it to Python: a second opinion, which shares nothing with the product."""
    if text is None:
        return True
    words = text.replace("==", "=").replace("(", " ( ").replace(")", " ) ").replace("[", " [ ").replace("]", " ] ")
    words = words.replace(",", " , ").replace("=", " = ")
    python = [
        word if word in "()[],in not and or".split() or word in "()[]," else "==" if word == "=" else f"v({word!r})"
        for word in words.split()
    ]
    return bool(eval(" ".join(python), {"v": lambda word: answers.get(word, word)}))  # noqa: S307 - our own texts


def expected(guide: Guide, sheet: Sheet, answers: dict[str, str], case: str) -> dict[str, Any]:
    """Return what has to be shown in a case by the reference evaluator and the facts of the case."""
    facts = sheet.facts
    if elsewhere := facts.get(f"cases.{case}.elsewhere"):
        return {"elsewhere": elsewhere.key}
    top = [facts[f"cases.{case}.{name}"] for name in TOP]
    return {
        "materials": [use.material for use in guide.materials if holds(use.when, answers)],
        "steps": [str(number) for number, step in enumerate(guide.steps, 1) if holds(step.when, answers)],
        "fees": [f"{use.fee}--{use.rate}" for use in guide.fees if holds(use.when, answers)],
        "answers": [[name, fact.value, fact.text] for name, fact in zip(TOP, top, strict=True)],
    }


def cases_of(guide: Guide, sheet: Sheet) -> dict[str, dict[str, Any]]:
    """Return what is expected of every case by its id, walked through the answers by hand."""
    found: dict[str, dict[str, Any]] = {}
    ids = {path.split(".")[1] for path in sheet.facts if path.startswith("cases.")}
    for combination in itertools.product(*(question.options for question in guide.questions)):
        answers: dict[str, str] = {}
        for question, option in zip(guide.questions, combination, strict=True):
            if holds(question.when, answers):
                answers[question.id] = option.id
                if option.guide or option.advice:
                    break
        chosen = list(answers.values())
        for case in ids:  # a case's id leaves out what made no difference
            if is_within(case.split("--"), chosen) and (wanted := expected(guide, sheet, answers, case)):
                known = found.setdefault(case, wanted)
                if case == best(ids, chosen):
                    assert known == wanted, (guide.id, case)
    return found


def is_within(case: list[str], chosen: list[str]) -> bool:
    """Tell whether options occur among others in the same order."""
    rest = iter(chosen)
    return all(option in rest for option in case)


def best(ids: set[str], chosen: list[str]) -> str:
    """Return the longest case that answers fall into."""
    return max((case for case in ids if is_within(case.split("--"), chosen)), key=len)

"""The script, the static pages, the handouts and a reference evaluator agree on every case of every guide."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from accessibility import violations
from browser import printed, reading
from case_reference import reference_holds as holds
from cases_project import CASE_IDS, built_with_cases
from playwright.sync_api import Browser, Page, expect
from project import ROOT, read
from search_site import serving
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import Catalogue
from generator.facts import Sheet
from generator.kinds.guide import Guide

GUIDE_PAGE = "guides/card-renewal/"
TOP = ("fee", "time", "visits", "where")

# Chooses one case after the other in the address and returns what of the page is to be seen each time. Chromium would
# fetch the page's sign anew at every fragment.
READ = """async (ids) => {
    document.querySelectorAll("link[rel~=icon]").forEach((link) => { link.href = "data:,"; });
    const choose = (id) => new Promise((done) => {
        addEventListener("hashchange", () => setTimeout(done), {once: true});  // after the page's own listener
        location.hash = `#case=${id}`;
    });
    const shown = (part) => part.checkVisibility();
    const names = (selector) => [...document.querySelectorAll(selector)].filter(shown).map(
        (row) => row.querySelector("[data-fact]").dataset.fact.split("#")[1].split(".")[1]);
    const read = () => {
        const marks = [...document.querySelectorAll(".answers .answer [data-fact]")];
        return {
            materials: names(".materials > li"),
            steps: names(".steps > li"),
            fees: names(".fees tbody > tr").sort(),
            answers: marks.map((mark) => [mark.dataset.fact.split("#")[1], mark.dataset.value, mark.textContent]),
            elsewhere: document.querySelector(".case-said [data-fact$='.elsewhere']")?.dataset.fact,
        };
    };
    const found = {};
    for (const id of ids) {
        await choose(id);
        found[id] = read();
    }
    return found;
}"""


class Built(NamedTuple):
    """A project's catalogue and the folder of its site."""

    catalogue: Catalogue
    site: Path


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the small project with cases, built."""
    root = built_with_cases(tmp_path_factory.mktemp("cases"))
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


class Truth(NamedTuple):
    """What must be shown under some answers, found without the product's own evaluation."""

    materials: list[str]
    steps: list[str]
    fees: list[str]


def combinations(guide: Guide) -> Iterator[dict[str, str]]:
    """Yield all sets of answers that somebody can give, in the order of the questions."""
    for options in itertools.product(*(question.options for question in guide.questions)):
        answers: dict[str, str] = {}
        for question, option in zip(guide.questions, options, strict=True):
            if holds(question.when, answers):
                answers[question.id] = option.id
                if option.guide or option.advice:
                    break
        yield answers


def truth(guide: Guide, answers: dict[str, str]) -> Truth:
    """Return what applies under some answers."""
    return Truth(
        [use.material for use in guide.materials if holds(use.when, answers)],
        [str(number) for number, step in enumerate(guide.steps, 1) if holds(step.when, answers)],
        sorted(f"{use.fee}--{use.rate}" for use in guide.fees if holds(use.when, answers)),
    )


def parse(site: Path, address: str) -> LexborHTMLParser:
    """Return a page of a site."""
    return LexborHTMLParser((site / address / "index.html").read_bytes())


@cache
def next_pages(site: Path, address: str) -> tuple[str, dict[str, str]] | None:
    """Return the question that a page asks and where each option leads; None where nothing is asked."""
    page = parse(site, address)
    links = page.css(".choices a")
    if not links:
        return None
    question = page.css_first("h1 [data-fact]").attributes["data-fact"].split(".")[1]
    targets = [posixpath.normpath(posixpath.join(address, link.attributes["href"])) for link in links]
    options = [link.css_first("[data-fact]").attributes["data-fact"].split(".")[3] for link in links]
    return question, dict(zip(options, targets, strict=True))


def walked(site: Path, guide: Guide, answers: dict[str, str]) -> str:
    """Return the case at which somebody arrives who clicks their answers from the first question on."""
    address = f"{guide.path}/cases"
    while asked := next_pages(site, address):
        question, pages = asked
        address = pages[answers[question]]
    return address.rpartition("/")[2]


def shown(page: LexborHTMLParser) -> Truth:
    """Return what a static page shows, by its marks."""
    inner = [node.attributes["data-fact"].partition("#")[2].split(".") for node in page.css("main [data-fact]")]
    found = {name: list(dict.fromkeys(key[1] for key in inner if key[0] == name)) for name in Truth._fields}
    return Truth(found["materials"], found["steps"], sorted(found["fees"]))


def answers_of(page: LexborHTMLParser) -> list[tuple[str, str, str]]:
    """Return path, value and text of the answers on top of a static page."""
    nodes = page.css(".answers [data-fact*='#cases.']")
    return [(_inner(node.attributes["data-fact"]), node.attributes["data-value"], node.text()) for node in nodes]


def _inner(key: str | None) -> str:
    return (key or "").partition("#")[2]


def expected_answers(sheet: Sheet, case: str) -> list[tuple[str, str, str]]:
    """Return path, value and text of the answers of a case."""
    facts = [sheet.facts[f"cases.{case}.{name}"] for name in TOP]
    return [(fact.path, fact.value, fact.text) for fact in facts]


def guides_with_questions(catalogue: Catalogue) -> list[Guide]:
    """Return the guides in force that ask something."""
    guides = catalogue.all_of(Guide)
    return [guide for guide in guides if guide.questions and not guide.is_withdrawn(catalogue.today)]


def check_guide(built: Built, guide: Guide, page: Page, address: str) -> int:
    """Compare all ways to see a guide's cases with what is true under every set of answers; return how many cases."""
    sheet = built.catalogue.sheet(guide)
    cases: dict[str, Truth] = {}
    for answers in combinations(guide):
        case = walked(built.site, guide, answers)
        if f"cases.{case}.elsewhere" in sheet.facts:
            cases[case] = Truth([], [], [])
        else:
            assert cases.setdefault(case, truth(guide, answers)) == truth(guide, answers), (guide.id, answers)
    assert cases.keys() == {path.split(".")[1] for path in sheet.facts if path.startswith("cases.")}
    page.goto(f"{address}{guide.path}/")
    scripts = page.evaluate(READ, list(cases))
    for case, wanted in cases.items():
        check_case(built, sheet, case, wanted, scripts[case])
    return len(cases)


def check_case(built: Built, sheet: Sheet, case: str, wanted: Truth, script: Mapping[str, Any]) -> None:
    """Compare the static page, the handout and what the script shows of a case with what is true."""
    static = parse(built.site, f"{sheet.item.path}/cases/{case}")
    if elsewhere := sheet.facts.get(f"cases.{case}.elsewhere"):
        assert static.css_first(".case-elsewhere [data-fact]").attributes["data-fact"] == elsewhere.key
        assert script["elsewhere"] == elsewhere.key
        return
    handout = parse(built.site, f"handouts/{sheet.item.id}/{case}")
    assert (case, shown(static)) == (case, wanted)
    assert (case, shown(handout)) == (case, wanted)
    assert (case, Truth(*(script[name] for name in Truth._fields))) == (case, wanted)
    answers = expected_answers(sheet, case)
    assert answers_of(static) == answers_of(handout) == [tuple(row) for row in script["answers"]] == answers


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", ["tiny", "demonstration"])
def test_script_pages_handouts_and_reference_agree_on_every_case(
    request: pytest.FixtureRequest, chromium: Browser, name: str
) -> None:
    built: Built = request.getfixturevalue(name)
    guides = guides_with_questions(built.catalogue)
    with serving(built.site) as address, reading(chromium, address) as reader:
        count = sum(check_guide(built, guide, reader.page, address) for guide in guides)
    cases = [path for guide in guides for path in built.catalogue.sheet(guide).facts if is_label(path)]
    assert count == len(cases)
    assert name != "tiny" or count == len(CASE_IDS)


def is_label(path: str) -> bool:
    """Tell whether a fact names a case."""
    return path.startswith("cases.") and path.endswith(".label")


@pytest.mark.browser
def test_the_keyboard_alone_answers_and_starts_anew(chromium: Browser, tiny_address: str) -> None:
    with reading(chromium, tiny_address) as reader:
        page = reader.open(GUIDE_PAGE)
        page.locator("#case input").first.focus()
        page.keyboard.press("Space")
        expect(page.get_by_role("group", name="办证的人多大？")).to_be_visible()
        page.keyboard.press("ArrowDown")  # an arrow moves the answer, and the focus stays on it
        expect(page).to_have_url(f"{tiny_address}{GUIDE_PAGE}#case=lost")
        assert page.evaluate("document.activeElement.value") == "lost"
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        said = page.get_by_role("status").filter(has_text="已按您的情形显示")
        expect(said).to_contain_text("已按您的情形显示：丢了 · 不满 16 岁，带 1 件（另有 1 件免提交）。")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "单独看这种情形"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.href") == f"{tiny_address}handouts/card-renewal/lost--child/"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{tiny_address}{GUIDE_PAGE}")
        assert page.evaluate("document.activeElement.value") == "expired"
        expect(page.locator(".materials > li:visible")).to_have_count(3)


@pytest.mark.browser
def test_the_case_is_in_the_address_and_nowhere_else(chromium: Browser, tiny_address: str) -> None:
    asked: list[str] = []
    with reading(chromium, tiny_address) as reader:
        page = reader.open(f"{GUIDE_PAGE}#case=expired--adult")
        before = page.inner_text("main")
        expect(page.locator(".answers")).to_contain_text("20 元/证")
        expect(page.locator(".materials > li:visible")).to_have_count(1)
        page.on("request", lambda request: asked.append(request.url))
        page.get_by_label("16 岁以上").first.focus()
        page.get_by_label("丢了").check()
        page.get_by_label("16 岁以上").check()
        expect(page.locator(".answers")).to_contain_text("40 元/证")
        expect(page.locator("#place")).not_to_contain_text("09:00", use_inner_text=True)
        page.evaluate("location.hash = '#steps'")  # another place on the page leaves the case as it is
        expect(page.locator("#case .case-said")).to_contain_text("丢了 · 16 岁以上")
        page.go_back()
        page.go_back()
        expect(page).to_have_url(f"{tiny_address}{GUIDE_PAGE}#case=lost")
        page.go_back()
        expect(page.locator("#case .case-said")).to_contain_text("到期了 · 16 岁以上")
        assert page.inner_text("main") == before
        page.evaluate("location.hash = '#case=nothing--like--this'")
        page.evaluate("location.hash = '#case=constructor'")
        expect(page.locator("#case .case-said")).to_contain_text("到期了 · 16 岁以上")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    # The browser asks for the page's sign anew at every fragment, and for nothing else.
    assert set(asked) <= {f"{tiny_address}assets/mark.svg"}


@pytest.mark.browser
def test_it_is_readable_for_all_and_prints_as_shown(chromium: Browser, tiny_address: str) -> None:
    found = {}
    cases = f"{GUIDE_PAGE}cases/"
    places = (GUIDE_PAGE, f"{GUIDE_PAGE}#case=lost--child", f"{GUIDE_PAGE}#case=abroad", cases, f"{cases}lost--child/")
    with reading(chromium, tiny_address, 360) as reader:
        for place in places:
            page = reader.open("handouts/card-renewal/expired--adult/")  # so that a fragment alone is a new visit
            page = reader.open(place)
            assert page.evaluate("document.documentElement.scrollWidth") == 360, place
            small = "links => links.filter(link => link.getBoundingClientRect().height < 44).length"
            assert page.locator(".choices :is(a, label)").evaluate_all(small) == 0, place
            if broken := violations(page):
                found[place] = broken
        reader.open("handouts/card-renewal/expired--adult/")
        text = "".join(printed(reader.open(f"{GUIDE_PAGE}#case=expired--adult")))
    assert found == {}
    assert "已按您的情形显示：到期了 · 16 岁以上，带 1 件。" in text
    for hidden in ("监护人同意书", "40 元/证", "重新选", "为什么要换", "全部 5 种情形", "登记丢失"):
        assert hidden not in text

"""Fee boards and plans of a hall: the fees that its windows charge, and where each window is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import MakeCatalogue
from hypothesis import given, settings
from hypothesis import strategies as st
from project import ROOT, read, run, tiny_project
from selectolax.lexbor import LexborHTMLParser
from test_handouts import shown, site_over, words

from generator.catalogue import Catalogue
from generator.kinds.fee import Fee
from generator.kinds.hall import Hall
from generator.render.boards import board_outputs
from generator.render.plans import plan_outputs

BOARDS = ["hall/main/fees/index.html", "hall/main/fees/a3/index.html", "hall/main/fees/screen/index.html"]
REDUCTION = """\
reductions:
  - {who: 特困人员, how: 免收, from: 2026-11-01, until: 2026-11-30, basis: [{policy: small-law, article: 第八条}]}
"""
BOTH_RATES = """\
fees:
  - {fee: small-card, rate: renewal, case: 期满换领}
  - {fee: small-card, rate: loss, case: 丢失补领}
"""


def boards_of(catalogue: Catalogue) -> dict[str, str]:
    """Return the fee boards by their paths."""
    return {output.path: output.data.decode() for output in board_outputs(site_over(catalogue))}


@pytest.fixture(scope="module")
def demonstration() -> Catalogue:
    """Return the catalogue of the demonstration district."""
    return read(ROOT)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return the catalogue of the small project."""
    return read(tiny_project(tmp_path_factory.mktemp("tiny") / "project"))


def test_a_hall_has_a_board_for_each_paper_and_the_screen(tiny: Catalogue) -> None:
    assert list(boards_of(tiny)) == BOARDS


def test_it_names_just_the_rates_that_guides_of_the_hall_charge(make_catalogue: MakeCatalogue) -> None:
    for html in boards_of(make_catalogue().catalogue).values():
        assert {key for key in shown(html) if key.endswith(".condition")} == {"fees/small-card#rates.renewal.condition"}
    for html in boards_of(make_catalogue({"guides/card-renewal": BOTH_RATES}).catalogue).values():
        assert shown(html)["fees/small-card#rates.loss.amount"] == "40 元/证"


@pytest.mark.parametrize("snippet", ["status: 取消", "planned_end: 2026-11-22", "planned_start: 2026-11-24"])
def test_nothing_is_charged_for_an_item_that_is_not_in_force(make_catalogue: MakeCatalogue, snippet: str) -> None:
    for html in boards_of(make_catalogue({"guides/card-renewal": snippet}).catalogue).values():
        assert "在本大厅办事，都不收费。" in words(html)
        assert not [key for key in shown(html) if key.startswith("fees/")]


def test_every_rate_of_the_demonstration_stands_with_its_basis_department_and_fund(demonstration: Catalogue) -> None:
    for path, html in boards_of(demonstration).items():
        seen = shown(html)
        rates = {key.removesuffix(".condition") for key in seen if key.endswith(".condition")}
        assert len(rates) > 30
        for rate in rates:
            fee = demonstration.sheet(demonstration.by_path[rate.split("#")[0]])
            for inner in ("name", "department", "fund", f"{rate.split('#')[1]}.amount"):
                assert seen[fee.facts[inner].key] == fee.facts[inner].text
            assert f"{rate}.basis_today.1.document" in seen
            assert f"<code>{fee.fingerprint}</code>" in html
        assert "不在本表里的项目，不得收费。" in words(html)
        assert "价格举报 12345" in words(html)
        assert seen["hall/main#complaint_phone"] == "0123-6000199", path


def test_a_change_is_announced_and_then_made_on_all_boards(make_catalogue: MakeCatalogue) -> None:
    for html in boards_of(make_catalogue(today="2026-12-31").catalogue).values():
        assert "20 元/证2027年1月1日起 15 元/证" in words(html)
    for html in boards_of(make_catalogue(today="2027-01-01").catalogue).values():
        assert "15 元/证" in words(html)
        assert "20 元/证" not in words(html)


@settings(max_examples=25, deadline=None)
@given(st.dates(date(2016, 1, 1), date(2020, 12, 31)))
def test_on_every_day_all_boards_say_that_days_amounts(demonstration: Catalogue, day: date) -> None:
    catalogue = demonstration.as_of(day)
    fees = {fee.path: fee for fee in catalogue.all_of(Fee)}
    seen = {key: text for html in boards_of(catalogue).values() for key, text in shown(html).items()}
    for key in [key for key in seen if key.endswith(".amount")]:
        path, _, inner = key.partition("#")
        rate = fees[path].rate(inner.split(".")[1])
        assert rate is not None
        starts = [(period.start or date.min, period) for period in rate.periods]
        begun = [period for start, period in starts if start <= day and (period.until or date.max) >= day]
        assert seen[key] == (rate.describe(begun[-1])[1] if begun else "今日不收取")


@pytest.mark.parametrize(
    ("today", "there"), [("2026-10-31", False), ("2026-11-01", True), ("2026-11-30", True), ("2026-12-01", False)]
)
def test_a_reduction_is_shown_while_it_is_in_force(make_catalogue: MakeCatalogue, today: str, there: bool) -> None:
    for html in boards_of(make_catalogue({"fees/small-card": REDUCTION}, today).catalogue).values():
        assert ("特困人员" in words(html)) is there
        assert ("《小证管理办法》第八条" in words(html)) is there


def test_the_screen_pages_rows_of_one_rate_each(tiny: Catalogue) -> None:
    page = LexborHTMLParser(boards_of(tiny)[BOARDS[2]])
    assert [node.tag for node in page.css("[data-paged] > *")] == ["section"]
    assert [node.attributes["data-valid-until"] for node in page.css("html")] == ["2026-12-31"]
    assert page.css_first(".screen-notice[hidden]") is not None
    assert [node.attributes["src"] for node in page.css("script")] == ["../../../../assets/screen.js"]


def test_the_plan_lists_every_window_on_its_floor_with_what_it_handles(demonstration: Catalogue) -> None:
    (hall,) = demonstration.all_of(Hall)
    sheet = demonstration.sheet(hall)
    outputs = {output.path: output.data.decode() for output in plan_outputs(site_over(demonstration))}
    for path in ("hall/main/plan/index.html", "hall/main/plan/a3/index.html"):
        seen = shown(outputs[path])
        wanted = [f for key, f in sheet.facts.items() if key.startswith("windows.") and key.endswith((".no", ".guide"))]
        assert len(wanted) > 37
        assert {fact.key: fact.text for fact in wanted}.items() <= seen.items()
        floors = LexborHTMLParser(outputs[path]).css(".floor")
        numbers = [[node.text() for node in floor.css("tbody th")] for floor in floors]
        assert numbers == [[w.no for w in hall.windows if w.floor == floor.number] for floor in hall.floors]


def test_each_floor_is_a_drawing_of_its_own(demonstration: Catalogue) -> None:
    (hall,) = demonstration.all_of(Hall)
    outputs = {output.path: output.data for output in plan_outputs(site_over(demonstration))}
    for floor in hall.floors:
        drawing = ElementTree.fromstring(outputs[f"hall/main/plan/{floor.number}.svg"])
        space = "{http://www.w3.org/2000/svg}"
        assert drawing.tag == f"{space}svg"
        texts = {node.text for node in drawing.iter(f"{space}text")}
        zones = {zone.name for zone in floor.zones}
        assert texts == zones | {window.no for window in hall.windows if window.floor == floor.number}
        assert ".plan-floor" in (drawing.findtext(f"{space}style") or "")


@pytest.mark.parametrize(("today", "amount"), [("2026-12-31", "20"), ("2027-01-01", "15")])
def test_a_build_as_of_a_day_says_that_days_fee_in_handout_and_boards(tmp_path: Path, today: str, amount: str) -> None:
    folder = tiny_project(tmp_path / "project")
    done = run(folder, "build", "--no-search", "--as-of", today, "--site-dir", "out")
    assert done.returncode == 0, done.stderr
    for path in ("handouts/card-renewal/index.html", *BOARDS):
        seen = shown((folder / "out" / path).read_text(encoding="utf-8"))
        amounts = {text for key, text in seen.items() if key.endswith(".amount")}
        assert amounts == {f"{amount} 元/证"}, path

"""The thesis about cases: for every combination of answers to every guide's questions, the facts of the case that one
is led to say what the reference in `case_reference` finds in the guide by trying every answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from case_reference import End, combinations, end_of, reference_holds
from conftest import MakeCatalogue
from project import ROOT, TODAY
from test_cases import walk

from generator.catalogue import Catalogue, catalogue_of
from generator.guide_parts import CaseDifference, FeeUse, MaterialUse, Step
from generator.kinds.fee import Fee
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.reading import read_items

SMALL = """\
fees:
  - {fee: small-card, rate: renewal, when: reason = old}
  - {fee: small-card, rate: loss, when: not reason = old}
questions:
  - id: reason
    text: 为什么要办？
    why: 不同。
    options: [{id: old, text: 到期}, {id: lost, text: 丢了}, {id: name, text: 改名, advice: 到派出所办}]
  - id: age
    text: 多大？
    why: 不同。
    when: not reason = name
    options: [{id: child, text: 未成年}, {id: adult, text: 成年人}]
materials:
  - {material: small-card, form: 原件, source: 政府部门核发, when: reason = old or age = child}
  - {material: photo, form: 原件, exempt: true, source: 政府部门核发, when: age = adult}
steps:
  - {name: 受理, actor: 窗口, action: 核对}
  - {name: 声明, actor: 窗口, action: 核对, when: reason = lost and not age = child}
differences:
  - {when: age = child, promised: {number: 3}, windows: [A02], visits: 2}
  - {when: reason = lost and age = adult, place: 派出所}
"""


@pytest.fixture(scope="module")
def demonstration() -> Catalogue:
    """Return the demonstration's items."""
    return catalogue_of(read_items(ROOT).items, date.fromisoformat(TODAY))


def asking(catalogue: Catalogue) -> list[Guide]:
    """Return the guides that have questions."""
    return [guide for guide in catalogue.all_of(Guide) if guide.questions]


def held(parts: Sequence[MaterialUse | Step | FeeUse | CaseDifference], end: End) -> list[int]:
    """Return the numbers, from 1, of what applies."""
    return [number for number, part in enumerate(parts, 1) if reference_holds(part.when, end.answers)]


def fee_value(uses: Sequence[FeeUse], catalogue: Catalogue) -> str:
    """Return what is paid today: every choice among alternatives added up, the least and the most."""
    rates: list[tuple[FeeUse, str, str, Decimal | None]] = []
    words: dict[str, list[Decimal]] = {}
    for number, use in enumerate(uses):
        fee = catalogue.find("fee", use.fee)
        assert isinstance(fee, Fee)
        (rate,) = [rate for rate in fee.rates if rate.id == use.rate]
        for index, period in enumerate(rate.periods):
            if (period.start or date.min) <= catalogue.today <= rate.last_day(index):
                rates.append((use, *rate.describe(period), period.amount))
                words.setdefault(use.one_of or str(number), []).append(period.amount or Decimal(0))
    costing = [(use, value) for use, value, _, amount in rates if amount != 0]
    if len(costing) < 2:
        return costing[0][1] if costing else "0"
    if None in [amount for *_, amount in rates]:
        return ""
    sums = [sum(way) for way in product(*words.values())]
    if any(use.counted for use, _ in costing):
        return f"{min(sums):f}-"
    return f"{min(sums):f}" if min(sums) == max(sums) else f"{min(sums):f}-{max(sums):f}"


def expected(guide: Guide, end: End, catalogue: Catalogue) -> dict[str, str]:
    """Return the values that the facts of the case have to have."""
    if end.away:
        other = catalogue.find("guide", end.away.guide) if end.away.guide else None
        return {"elsewhere": other.id if other else str(end.away.advice)}
    materials = [guide.materials[number - 1] for number in held(guide.materials, end)]
    found = {"promised": guide.time.promised, "visits": guide.visit.count, "windows": guide.windows}
    place = None
    for number in held(guide.differences, end):
        difference = guide.differences[number - 1]
        said = {"promised": difference.promised, "visits": difference.visits, "windows": difference.windows or None}
        found.update({key: value for key, value in said.items() if value is not None})
        place = difference.place or place
    return {
        "bring": ",".join(use.material for use in materials),
        "do": ",".join(map(str, held(guide.steps, end))),
        "fee": fee_value([guide.fees[number - 1] for number in held(guide.fees, end)], catalogue),
        "time": str(found["promised"].number),  # type: ignore[union-attr]
        "visits": str(found["visits"]),
        **where(guide, place, found["windows"], catalogue),  # type: ignore[arg-type]
    }


def where(guide: Guide, place: str | None, windows: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    """Return the place of a case where the guide names one; online only is left to the guide."""
    hall = catalogue.find("hall", guide.hall) if guide.hall else None
    if place is None and windows and isinstance(hall, Hall):
        return {"where": ",".join(windows)}
    return {"where": place or guide.visit.place or ("网上办理" if guide.online.available else "—")}


def assert_as_the_reference_says(guide: Guide, catalogue: Catalogue) -> None:
    """Compare the facts of every case with the reference, and every case with an answer that leads to it."""
    tree, sheet = guide.cases(), catalogue.sheet(guide)
    come_to = set()
    for chosen in combinations(guide.questions):
        end, case = end_of(guide.questions, chosen), walk(tree, chosen)
        come_to.add(case.id)
        label = " · ".join(chosen[question.id].text for question, _ in case.chosen)  # type: ignore[attr-defined]
        wanted = {"label": case.id, **expected(guide, end, catalogue)}
        prefix = f"cases.{case.id}."
        facts = {path.removeprefix(prefix): fact for path, fact in sheet.facts.items() if path.startswith(prefix)}
        assert {name: fact.value for name, fact in facts.items()} == wanted, (guide.id, end.answers)
        assert facts["label"].text == label
    assert come_to == {path.split(".")[1] for path in sheet.facts if path.startswith("cases.")}


def test_a_guide_with_every_sort_of_difference(make_catalogue: MakeCatalogue) -> None:
    catalogue = make_catalogue({"guides/card-renewal": SMALL, "materials/photo": "name: 照片\n"}).catalogue
    (guide,) = asking(catalogue)
    assert_as_the_reference_says(guide, catalogue)
    facts = catalogue.sheet(guide).facts
    assert {
        path.removeprefix("cases."): fact.text for path, fact in facts.items() if path.startswith("cases.lost--")
    } == {
        "lost--child.label": "丢了 · 未成年",
        "lost--child.fee": "40 元/证",
        "lost--child.time": "3 个工作日",
        "lost--child.visits": "2",
        "lost--child.where": "1 楼 A02",
        "lost--child.bring": "1 件",
        "lost--child.do": "1 步",
        "lost--adult.label": "丢了 · 成年人",
        "lost--adult.fee": "40 元/证",
        "lost--adult.time": "15 个工作日",
        "lost--adult.visits": "1",
        "lost--adult.where": "派出所",
        "lost--adult.bring": "不用带材料（另有 1 件免提交）",
        "lost--adult.do": "2 步",
    }
    assert facts["cases.name.elsewhere"].text == "到派出所办"


def test_facts_of_every_case_in_the_demonstration_are_what_the_reference_finds(demonstration: Catalogue) -> None:
    guides = asking(demonstration)
    for guide in guides:
        assert_as_the_reference_says(guide, demonstration)
    assert len([guide for guide in guides if len(guide.cases().cases) > 1]) >= 15

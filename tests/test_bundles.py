"""Bundles: order, time, fees, materials and the way through a hall, against brute force; pages, checklists, checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise, permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import FEE, GUIDE, MATERIAL, ROOT, TODAY, dead_links, read, run, tiny_project
from selectolax.lexbor import LexborHTMLParser

from generator.bundle_sums import Need, fee_of, fees_either, fees_together, wanted, working_days
from generator.catalogue import Catalogue
from generator.checks import findings_of
from generator.itinerary import (
    EXACT_STOPS,
    Before,
    Spot,
    all_before,
    cost_of,
    kept,
    longest_chain,
    ring,
    steps_of,
    walk,
)
from generator.kinds.bundle import Bundle

BUNDLE = """\
name: 小证全套
summary: 小证和小照一起办。
department: police
targets: [自然人]
guides:
  - guide: card-renewal
  - guide: card-photo
    after: [card-renewal]
consult: {phone: 0123-5550101}
complain: {phone: 0123-5550199}
owner: 公安局证件科
revised: 2026-10-12
review_by: 2027-10-12
"""
PHOTO_GUIDE = (
    GUIDE.replace("name: 小证期满换领", "name: 小照办理")
    .replace("aliases: [小证到期, 换小证]", "aliases: [拍小照]")
    .replace("XQ-0101", "XQ-0102")
    .replace("promised: {number: 15}", "promised: {number: 7, unit: 自然日}")
    .replace("rate: renewal, case: 期满换领", "rate: loss, case: 丢失补领")
    .replace("  material: small-card\n  delivery", "  delivery")
    .replace("windows: [A01, A02]", "windows: [A02]")
    .replace("  name: 小证\n", "  name: 小照\n")
)
FILES = {"items/bundles/all.yml": BUNDLE, "items/guides/card-photo.yml": PHOTO_GUIDE}
QUESTIONS = """\
questions:
  - id: photo
    text: 要不要小照？
    why: 要小照的多办一件。
    options:
      - {id: with, text: 要小照}
      - {id: without, text: 不要小照}
"""
ASKING = BUNDLE.replace("guides:\n", f"{QUESTIONS}guides:\n")
ASKING = ASKING.replace("    after: [card-renewal]\n", "    after: [card-renewal]\n    when: photo = with\n")

AGES = """\
questions:
  - id: age
    text: 几岁？
    why: 小孩免收。
    options:
      - {id: child, text: 小孩}
      - {id: adult, text: 大人}
differences:
  - {when: age = child, promised: {number: 3}, visits: 0}
"""
TOWN_AND_AGES = """\
questions:
  - id: town
    text: 住哪里？
    why: 外地的快。
    options:
      - {id: here, text: 本地}
      - {id: away, text: 外地}
  - id: age
    text: 几岁？
    why: 小孩更快。
    when: town = away
    options:
      - {id: child, text: 小孩}
      - {id: adult, text: 大人}
differences:
  - {when: age = child, promised: {number: 3}}
  - {when: age = adult, promised: {number: 5}}
"""
NAMES = "abcdef"


@st.composite
def orders(draw: st.DrawFn, most: int = 6) -> dict[str, tuple[str, ...]]:
    """Draw an order of a few errands without rings, its errands listed in any order."""
    names = NAMES[: draw(st.integers(1, most))]
    order = {
        name: tuple(draw(st.lists(st.sampled_from(names[:at]), unique=True, max_size=3)) if at else ())
        for at, name in enumerate(names)
    }
    return {name: order[name] for name in draw(st.permutations(list(names)))}


def allowed(before: Before) -> list[tuple[str, ...]]:
    """Return every order of the errands in which each comes after those before it."""
    return [
        way
        for way in permutations(before)
        if all(way.index(earlier) < way.index(name) for name in before for earlier in before[name])
    ]


@settings(deadline=None)
@given(orders())
def test_a_step_is_the_earliest_that_any_order_allows(before: dict[str, tuple[str, ...]]) -> None:
    @cache
    def longest_before(name: str) -> int:
        return max((longest_before(earlier) + 1 for earlier in before[name]), default=0)

    steps = steps_of(before)
    assert list(steps) == list(before)
    assert steps == {name: longest_before(name) + 1 for name in before}
    by_step = sorted(before, key=steps.__getitem__)
    assert tuple(by_step) in allowed(before)


@settings(deadline=None)
@given(orders(), st.lists(st.integers(0, 20), min_size=6, max_size=6))
def test_the_longest_chain_is_the_longest_of_all_paths(before: dict[str, tuple[str, ...]], times: list[int]) -> None:
    days = dict(zip(NAMES, times, strict=True))

    def paths(name: str) -> list[tuple[str, ...]]:
        return [(name,), *((*path, name) for earlier in before[name] for path in paths(earlier))]

    every = [path for name in before for path in paths(name)]
    total, chain = longest_chain(before, days)
    assert total == max(sum(days[name] for name in path) for path in every)
    assert chain in every and sum(days[name] for name in chain) == total


@settings(deadline=None)
@given(orders(), st.sets(st.sampled_from(NAMES)))
def test_leaving_errands_out_keeps_the_order_of_the_rest(before: dict[str, tuple[str, ...]], chosen: set[str]) -> None:
    rest = kept(before, chosen)
    assert list(rest) == [name for name in before if name in chosen]
    whole, left = all_before(before), all_before(rest)
    assert {name: left[name] for name in rest} == {name: whole[name] & chosen for name in rest}


@settings(deadline=None)
@given(orders(), st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2)), min_size=6, max_size=6))
def test_the_walk_is_the_cheapest_of_all_permutations(
    before: dict[str, tuple[str, ...]], places: list[tuple[int, int]]
) -> None:
    spots = {name: Spot("main", floor, (f"A{window}",)) for name, (floor, window) in zip(NAMES, places, strict=True)}
    found = walk(before, {name: spots[name] for name in before})
    ways = allowed(before)
    assert tuple(found) in ways
    assert cost_of([spots[n] for n in found]) == min(cost_of([spots[n] for n in way]) for way in ways)


def test_a_long_walk_stays_on_a_floor_while_it_can() -> None:
    names = [f"e{number}" for number in range(EXACT_STOPS + 2)]
    before: dict[str, tuple[str, ...]] = dict.fromkeys(names, ())
    before["e1"] = ("e8",)
    spots = {name: Spot("main", number % 2, (f"A{number}",)) for number, name in enumerate(names)}
    assert walk(before, spots) == ["e0", "e2", "e4", "e6", "e8", "e1", "e3", "e5", "e7", "e9"]


def test_floors_of_different_halls_differ() -> None:
    assert cost_of([Spot("main", 1, ("A1",)), Spot("other", 1, ("A1",)), Spot("other", 2, ("B1",))]) == (2, 2)


@settings(deadline=None)
@given(orders(), st.data())
def test_a_ring_is_found_where_there_is_one(before: dict[str, tuple[str, ...]], data: st.DataObject) -> None:
    assert ring(before) == ()
    first = data.draw(st.sampled_from(list(before)))
    last = data.draw(st.sampled_from([name for name in before if first in all_before(before)[name] or name == first]))
    closed = {**before, first: (*before[first], last)}
    found = ring(closed)
    assert found and all(a in closed[b] for a, b in pairwise((*found, found[0])))


amounts = st.decimals(0, 1000, places=2)


@settings(deadline=None)
@given(st.lists(st.tuples(amounts, amounts)))
def test_fees_add_up_at_both_ends(ends: list[tuple[Decimal, Decimal]]) -> None:
    fees = [fee_of("x", f"{min(pair)}-{max(pair)}", "元") for pair in ends]
    total = fees_together(fees)
    assert (total.low, total.high) == (sum(min(pair) for pair in ends), sum(max(pair) for pair in ends))
    if fees:
        either = fees_either(fees)
        assert (either.low, either.high) == (min(fee.low for fee in fees), max(fee.high or Decimal(0) for fee in fees))


@pytest.mark.parametrize(
    ("fees", "value", "text"),
    [
        ([], "0", "不收费"),
        ([("0", "不收费"), ("0", "免收")], "0", "不收费"),
        ([("20", "20 元/证"), ("0.5", "0.5 元/页")], "20.5", "20.5 元"),
        ([("20-40", "20～40 元/证"), ("10", "10 元/本")], "30-50", "30～50 元"),
        ([("90-", "90 元起"), ("10", "10 元/本")], "100-", "100 元起"),
        ([("90-", "90 元起"), ("", "按情形收费")], "90-+x", "90 元起，另有 1 件按情形收费"),
        ([("", "按情形收费"), ("0", "免收")], "0+x", "按情形收费"),
        ([("0.5", "成交额的 0.5%"), ("40", "40 元/证")], "40+x", "40 元，另有 1 件按情形收费"),
        (
            [("按省定标准", "按省定标准"), ("40", "40 元/证"), ("", "按情形收费")],
            "40+x+x",
            "40 元，另有 2 件按情形收费",
        ),
    ],
)
def test_a_total_fee_reads_like_this(fees: list[tuple[str, str]], value: str, text: str) -> None:
    total = fees_together(fee_of("x", *said) for said in fees)
    assert (total.value, total.text) == (value, text)


@settings(deadline=None)
@given(st.integers(0, 365))
def test_calendar_days_become_working_days_rounded_up(number: int) -> None:
    assert working_days(number, "工作日") == number
    assert 5 * number <= 7 * working_days(number, "自然日") < 5 * number + 7


needs_drawn = st.builds(
    Need,
    st.sampled_from("xyz"),
    st.sampled_from(NAMES[:4]),
    st.integers(0, 3),
    st.integers(0, 3),
    st.booleans(),
    st.sampled_from(["", "", "代办"]),
    st.booleans(),
)


@settings(deadline=None)
@given(st.lists(needs_drawn, unique_by=lambda need: (need.material, need.errand)), orders(4), st.booleans())
def test_materials_are_put_together_as_a_plain_count_says(
    needs: list[Need], before: dict[str, tuple[str, ...]], makes_x: bool
) -> None:
    needs = [need for need in needs if need.errand in before]
    earlier = all_before(before)
    makes = {next(iter(before)): "x"} if makes_x else {}
    found = {entry.material: entry for entry in wanted(needs, earlier, makes)}
    assert list(found) == list(dict.fromkeys(need.material for need in needs))
    for material, entry in found.items():
        asked = [need for need in needs if need.material == material and not need.exempt]
        brought = [
            need
            for need in asked
            if not any(made == material and e in earlier[need.errand] for e, made in makes.items())
        ]
        shown = [need.originals for need in brought if need.returned]
        handed_in = [need.originals for need in brought if not need.returned]
        assert entry.originals == max(shown, default=0) + sum(handed_in)
        assert entry.photocopies == sum(need.photocopies for need in brought)
        assert entry.exempt == (not asked)
        assert bool(entry.made_by) == (len(brought) < len(asked))
        assert bool(entry.cases) == (bool(brought) and all(need.case for need in brought))


def facts(folder: Path, today: str = TODAY) -> Mapping[str, str]:
    """Return the texts of the facts of the only bundle of a project."""
    catalogue = read(folder, today)
    (bundle,) = catalogue.of_kind("bundle")
    return {path: fact.text for path, fact in catalogue.sheet(bundle).facts.items()}


def below(said: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return the facts below a prefix, without it."""
    return {path.removeprefix(prefix): text for path, text in said.items() if path.startswith(prefix)}


def test_a_bundle_says_what_its_guides_come_to(tmp_path: Path) -> None:
    said = facts(tiny_project(tmp_path, FILES))
    assert below(said, "total.") == {
        "guides": "2 件",
        "fee": "60 元",
        "days": "20 个工作日",
        "materials": "1 件",
        "chain": "小证期满换领 → 小照办理",
        "converted": "自然日按每 7 日算 5 个工作日折算",
        "next_fee": "55 元",
        "next_from": "2027年1月1日",
    }
    assert below(said, "plan.card-photo.") == {
        "guide": "小照办理",
        "step": "第 2 步",
        "fee": "40 元/证",
        "time": "7 日（自然日）",
        "where": "1 楼 A02",
        "visits": "跑 1 次",
        "after": "小证期满换领",
    }
    assert below(said, "union.") == {
        "small-card.material": "小证",
        "small-card.for": "小证期满换领",
        "small-card.copies": "原件 1 份",
    }
    assert below(said, "route.") == {
        "1.where": "1 楼 A01、A02",
        "1.for": "小证期满换领",
        "2.where": "1 楼 A02",
        "2.for": "小照办理",
    }


def test_a_result_is_not_brought_where_an_earlier_guide_gives_it(tmp_path: Path) -> None:
    renewal = GUIDE.replace("  - {material: small-card, form", "  - {material: form, form")
    form = MATERIAL.replace("name: 小证", "name: 小表").replace("aliases: [证]\n", "")
    files = {**FILES, "items/guides/card-renewal.yml": renewal, "items/materials/form.yml": form}
    said = facts(tiny_project(tmp_path, files))
    assert said["union.small-card.made"] == "办「小证期满换领」后取得，不用先准备"
    assert said["total.materials"] == "1 件"


def test_an_original_that_two_look_at_is_prepared_once(tmp_path: Path) -> None:
    files = {**FILES, "items/bundles/all.yml": BUNDLE.replace("    after: [card-renewal]\n", "")}
    said = below(facts(tiny_project(tmp_path, files)), "union.small-card.")
    assert (said["copies"], said["once"]) == ("原件 1 份", "2 处都要，备 1 份")


def test_a_form_that_two_windows_keep_is_prepared_twice(tmp_path: Path) -> None:
    material = MATERIAL.replace("证件证书证明", "申请表格文书")
    files = {
        **FILES,
        "items/bundles/all.yml": BUNDLE.replace("    after: [card-renewal]\n", ""),
        "items/materials/small-card.yml": material,
    }
    said = below(facts(tiny_project(tmp_path, files)), "union.small-card.")
    assert said["copies"] == "原件 2 份" and "once" not in said


def test_a_percentage_is_not_added_up_as_yuan(tmp_path: Path) -> None:
    fee = FEE.replace("      - amount: 40\n", "      - percent: 0.5\n        percent_of: 成交额\n")
    said = facts(tiny_project(tmp_path, {**FILES, "items/fees/small-card.yml": fee}))
    assert said["plan.card-photo.fee"] == "成交额的 0.5%"
    assert said["total.fee"] == "20 元，另有 1 件按情形收费"


def test_questions_give_a_plan_for_each_case_and_ranges_on_top(tmp_path: Path) -> None:
    said = facts(tiny_project(tmp_path, {**FILES, "items/bundles/all.yml": ASKING}))
    assert below(said, "total.") == {
        "guides": "1～2 件",
        "fee": "20～60 元",
        "days": "最多 20 个工作日",
        "materials": "1 件",
        "next_fee": "15～55 元",
        "next_from": "2027年1月1日",
    }
    assert (said["cases.with.label"], said["cases.with.fee"]) == ("要小照", "60 元")
    assert (said["cases.without.fee"], said["cases.without.days"]) == ("20 元", "15 个工作日")
    assert "cases.without.plan.card-photo.step" not in said and "plan.card-photo.step" not in said


def test_a_case_of_a_guide_decides_its_fee_time_and_materials(tmp_path: Path) -> None:
    asking = (
        GUIDE.replace("fees:\n", f"{AGES}fees:\n")
        .replace("case: 期满换领}", "case: 期满换领, when: age = adult}")
        .replace("source: 政府部门核发}", "source: 政府部门核发, case: 大人, when: age = adult}")
    )
    bundle = BUNDLE.replace("  - guide: card-renewal\n", "  - guide: card-renewal\n    case: child\n")
    files = {**FILES, "items/guides/card-renewal.yml": asking, "items/bundles/all.yml": bundle}
    said = facts(tiny_project(tmp_path / "child", files))
    assert below(said, "plan.card-renewal.") == {
        "guide": "小证期满换领",
        "step": "第 1 步",
        "fee": "不收费",
        "time": "3 个工作日",
        "where": "1 楼 A01、A02",
        "visits": "不用到现场",
    }
    assert (said["total.fee"], said["total.days"]) == ("40 元", "8 个工作日")
    undecided = facts(tiny_project(tmp_path / "any", {**files, "items/bundles/all.yml": BUNDLE}))
    assert undecided["union.small-card.perhaps"] == "大人"
    assert (undecided["plan.card-renewal.fee"], undecided["plan.card-renewal.time"]) == ("0～20 元", "15 个工作日")
    assert (undecided["plan.card-renewal.visits"], undecided["total.fee"]) == ("跑 1 次", "40～60 元")
    assert undecided["total.materials"] == "不用带材料，看情形另加 1 件"


def test_the_first_answers_of_a_guide_leave_the_rest_open(tmp_path: Path) -> None:
    guide = GUIDE.replace("fees:\n", f"{TOWN_AND_AGES}fees:\n")
    told = {}
    for case in ("here", "away", "away--child"):
        bundle = BUNDLE.replace("  - guide: card-renewal\n", f"  - guide: card-renewal\n    case: {case}\n")
        files = {**FILES, "items/guides/card-renewal.yml": guide, "items/bundles/all.yml": bundle}
        told[case] = facts(tiny_project(tmp_path / case, files))["plan.card-renewal.time"]
    assert told == {"here": "15 个工作日", "away": "5 个工作日", "away--child": "3 个工作日"}


def test_a_guide_that_ends_is_no_longer_counted_and_that_is_announced(tmp_path: Path) -> None:
    ending = GUIDE.replace("hall: main\n", "planned_end: 2026-11-25\nhall: main\n")
    folder = tiny_project(tmp_path, {**FILES, "items/guides/card-renewal.yml": ending})
    said = facts(folder)
    assert (said["total.fee"], said["total.next_fee"], said["total.next_from"]) == ("60 元", "40 元", "2026年11月26日")
    after = facts(folder, "2026-11-26")
    assert (after["total.guides"], after["total.fee"], after["plan.card-photo.step"]) == ("1 件", "40 元", "第 1 步")


@settings(deadline=None, max_examples=15)
@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_the_total_fee_of_a_day_is_the_sum_of_that_days_rates(day: date) -> None:
    catalogue = _periods().as_of(day)
    (bundle,) = catalogue.of_kind("bundle")
    said = catalogue.sheet(bundle).facts
    rate = {2026: 20, 2027: 15}
    assert said["total.fee"].value == str(40 + (rate[2027] if day >= date(2027, 1, 1) else rate[2026]))
    if "total.next_from" in said:
        start = date.fromisoformat(said["total.next_from"].value)
        eve = catalogue.as_of(start - timedelta(days=1)).sheet(bundle).facts["total.fee"]
        then = catalogue.as_of(start).sheet(bundle).facts["total.fee"]
        assert (eve.value, then.value) == (said["total.fee"].value, said["total.next_fee"].value)


@cache
def _periods() -> Catalogue:
    with TemporaryDirectory() as folder:
        return read(tiny_project(Path(folder) / "site", FILES))


def found(folder: Path, files: Mapping[str, str], today: str = TODAY) -> list[tuple[str, str, str, str]]:
    """Return path, code, message and hint of what the rules find in bundles."""
    findings = findings_of(read(tiny_project(folder, {**FILES, **files}), today))
    return [
        (".".join(map(str, entry.path)), entry.code, entry.message, entry.hint)
        for entry in findings
        if isinstance(entry.item, Bundle)
    ]


RING = BUNDLE.replace("  - guide: card-renewal\n", "  - guide: card-renewal\n    after: [card-photo]\n")


@pytest.mark.parametrize(
    ("bundle", "finding"),
    [
        (
            RING,
            (
                "guides.0.after.0",
                "order-ring",
                "先后次序绕成了圈：小证期满换领 → 小照办理 → 小证期满换领",
                "谁也没法先办；请核对哪一件真的要先办好，删掉多余的 after。",
            ),
        ),
        (
            BUNDLE.replace("after: [card-renewal]", "after: [card-renewal, card-fotos]"),
            (
                "guides.1.after.1",
                "unknown-step",
                "「card-fotos」不在这件事要办的事里",
                "是不是 card-photo？after 只写本条 guides 里有的编号：card-renewal、card-photo。",
            ),
        ),
        (
            BUNDLE.replace("    after: [card-renewal]\n", "    after: [card-renewal]\n  - guide: card-renewal\n"),
            (
                "guides.2.guide",
                "duplicate-step",
                "「card-renewal」写了两次",
                "每份指南只写一条；几种情况下都要办的，用 or 连接条件。",
            ),
        ),
        (
            BUNDLE.replace("  - guide: card-photo\n    after: [card-renewal]\n", ""),
            ("guides", "single-guide", "只有一份办事指南，不用写成一件事", "请补上一起要办的指南，或删掉这一条。"),
        ),
        (
            BUNDLE.replace("    after:", "    case: lost\n    after:"),
            (
                "guides.1.case",
                "unknown-case",
                "「小照办理」（guides/card-photo）没有「lost」这种情形",
                "请删掉 case。",
            ),
        ),
        (
            BUNDLE.replace("    after:", "    when: photo = with\n    after:"),
            (
                "guides.1.when",
                "condition-without-questions",
                "写了条件「photo = with」，却没有情形问题",
                "请在 questions 写上要问的问题，或删掉这个条件。",
            ),
        ),
        (
            ASKING.replace("when: photo = with", "when: photo = with and not foto = with"),
            ("guides.1.when", "unknown-question", "没有「foto」这个问题", "是不是 photo？可用的问题：photo。"),
        ),
        (
            ASKING.replace("when: photo = with", "when: photo in [with, wihtout]"),
            (
                "guides.1.when",
                "unknown-option",
                "问题「photo」没有「wihtout」这个选项",
                "是不是 without？可用的选项：with、without。",
            ),
        ),
        (
            ASKING.replace("    when: photo = with\n", ""),
            (
                "questions.0",
                "question-without-effect",
                "怎样回答要办的事都一样",
                "请删掉这个问题，或在 guides 的 when 里用到它。",
            ),
        ),
        (
            ASKING.replace("  - guide: card-renewal\n", "  - guide: card-renewal\n    when: photo = with\n"),
            (
                "guides",
                "empty-case",
                "选「不要小照」时一件要办的事也没有",
                "请补上指南，或在选项的 advice 写到哪里办、找谁。",
            ),
        ),
        (
            ASKING.replace("{id: without,", "{id: with,"),
            (
                "questions.0.options.1.id",
                "duplicate-option",
                "选项编号「with」写了两次",
                "同一问题的每个选项一个编号；请改其中一个。",
            ),
        ),
        (
            BUNDLE.replace("    after: [card-renewal]\n", ""),
            (
                "guides.1",
                "order-contradicts-materials",
                "要用「小证期满换领」办成的结果，却没有排在它后面",
                "请写 after: [card-renewal]；不用等它的，在 accepted 说明理由。",
            ),
        ),
    ],
)
def test_a_wrong_bundle_is_told_with_place_and_hint(
    bundle: str, finding: tuple[str, str, str, str], tmp_path: Path
) -> None:
    assert found(tmp_path, {"items/bundles/all.yml": bundle}) == [finding]


def test_the_cases_of_a_guide_are_named_to_who_names_another(tmp_path: Path) -> None:
    guide = PHOTO_GUIDE.replace("fees:\n", f"{TOWN_AND_AGES}fees:\n")
    bundle = BUNDLE.replace("    after:", "    case: away--chld\n    after:")
    assert found(tmp_path, {"items/bundles/all.yml": bundle, "items/guides/card-photo.yml": guide}) == [
        (
            "guides.1.case",
            "unknown-case",
            "「小照办理」（guides/card-photo）没有「away--chld」这种情形",
            "是不是 away--child？可用的情形：here、away、away--child、away--adult。",
        )
    ]


def test_a_withdrawn_guide_is_told(tmp_path: Path) -> None:
    ended = PHOTO_GUIDE.replace("hall: main\n", "planned_end: 2026-11-01\nhall: main\n")
    assert found(tmp_path, {"items/guides/card-photo.yml": ended}) == [
        (
            "guides.1.guide",
            "step-withdrawn",
            "「小照办理」（guides/card-photo）现在不能办，不算在这件事里",
            "请换成现在能办的指南，或删掉这一条。",
        )
    ]


def test_a_good_bundle_has_nothing_to_tell(tmp_path: Path) -> None:
    assert found(tmp_path / "plain", {}) == []
    assert found(tmp_path / "asking", {"items/bundles/all.yml": ASKING}) == []


def test_a_ring_is_a_problem_with_its_line_and_no_traceback(tmp_path: Path) -> None:
    done = run(tiny_project(tmp_path, {**FILES, "items/bundles/all.yml": RING}), "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert "items/bundles/all.yml:7:13: 错误: 「要办的事第1条·先办第1条」先后次序绕成了圈：" in done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site with a plain bundle and one that asks."""
    asking = ASKING.replace("name: 小证全套", "name: 小证或全套")
    folder = tiny_project(tmp_path_factory.mktemp("bundles"), {**FILES, "items/bundles/asking.yml": asking})
    done = run(folder, "build", "--no-search")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("：0 处不一致。\n")
    return folder / "site"


def test_every_question_case_and_checklist_has_a_page(site: Path) -> None:
    pages = {path.parent.relative_to(site / "bundles").as_posix() for path in (site / "bundles").rglob("index.html")}
    own = {page for page in pages if not page.startswith("by/")}
    cases = {f"asking/cases{rest}" for rest in ("", "/with", "/without", "/with/checklist", "/without/checklist")}
    assert own == {".", "all", "all/checklist", "asking", *cases}
    links = [link.partition(": ") for link in dead_links(site)]
    in_the_frame = {url.lstrip("./") for page, _, url in links if page == "about/index.html"}
    dead = [
        (page, url) for page, _, url in links if page.startswith("bundles/") and url.lstrip("./") not in in_the_frame
    ]
    assert not dead


def test_the_way_from_question_to_case_is_plain_links(site: Path) -> None:
    start = (site / "bundles/asking/index.html").read_text(encoding="utf-8")
    assert '<a href="cases/with/"><b><span data-fact="bundles/asking#questions.photo.options.with.text"' in start
    case = (site / "bundles/asking/cases/without/index.html").read_text(encoding="utf-8")
    assert 'data-fact="bundles/asking#cases.without.fee" data-value="20"' in case
    assert "小照办理" not in case


def test_bundles_are_named_where_people_look(site: Path) -> None:
    def links(page: str, within: str) -> list[tuple[str, str]]:
        found = LexborHTMLParser((site / page).read_bytes()).css(f"{within} a[href*='bundles/']")
        return [(link.attributes["href"] or "", link.text().strip()) for link in found]

    both = [("bundles/all/", "小证全套"), ("bundles/asking/", "小证或全套")]
    assert links("index.html", "section[aria-labelledby=bundles-title] .words") == both
    assert links("sitemap/index.html", ".browse") == [
        ("../bundles/", "一件事"),
        *((f"../{address}", name) for address, name in both),
    ]
    assert links("guides/card-photo/index.html", "#related") == [(f"../../{address}", name) for address, name in both]


def test_every_page_of_a_case_has_the_phone(site: Path) -> None:
    for page in ("cases", "cases/with", "cases/without/checklist"):
        text = (site / "bundles/asking" / page / "index.html").read_text(encoding="utf-8")
        assert 'data-fact="bundles/asking#consult.phone"' in text


def test_a_checklist_is_good_until_a_fee_behind_its_guides_turns(site: Path) -> None:
    sheet = (site / "bundles/all/checklist/index.html").read_text(encoding="utf-8")
    # A change is announced 60 days ahead, so it is on the sheet already; the sheet is wrong from the change on.
    assert 'data-valid-until="2026-12-31"' in sheet
    assert "2027年1月1日" in sheet and "55 元" in sheet


def test_the_data_hold_the_plan(site: Path) -> None:
    item = json.loads((site / "api/v1/bundles/all.json").read_text(encoding="utf-8"))
    assert item["facts"]["total.fee"] == {"value": "60", "text": "60 元", "label": "费用合计"}


def test_a_fee_that_turns_turns_its_bundle(tmp_path: Path) -> None:
    done = run(tiny_project(tmp_path, FILES), "due", "--format", "json")
    turns = [entry for entry in json.loads(done.stdout)["turns"] if "bundles/all" in json.dumps(entry)]
    assert [entry["after"] for entry in turns if entry["label"] == "费用合计"] == ["55 元"]


def test_the_demonstration_has_bundles_and_some_ask() -> None:
    catalogue = read(ROOT)
    bundles = catalogue.of_kind("bundle")
    asking = [bundle for bundle in bundles if any("cases." in path for path in catalogue.sheet(bundle).facts)]
    assert len(bundles) >= 9 and len(asking) >= 4

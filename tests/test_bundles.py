"""Bundles: order, time, fees, materials and the way through a hall, against brute force; pages, checklists, checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import FEE, GUIDE, HALL, MATERIAL, ROOT, TODAY, dead_links, read, run, tiny_project

from generator.bundle_sums import Fee, Need, fee_of, fees_either, fees_together, wanted, working_days
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
ASKING = BUNDLE.replace("guides:\n", f"{QUESTIONS}guides:\n") + ""
ASKING = ASKING.replace("    after: [card-renewal]\n", "    after: [card-renewal]\n    when: photo = with\n")

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


@given(orders(), st.lists(st.integers(0, 20), min_size=6, max_size=6))
def test_the_longest_chain_is_the_longest_of_all_paths(before: dict[str, tuple[str, ...]], times: list[int]) -> None:
    days = dict(zip(NAMES, times, strict=True))

    def paths(name: str) -> list[tuple[str, ...]]:
        return [(name,), *((*path, name) for earlier in before[name] for path in paths(earlier))]

    every = [path for name in before for path in paths(name)]
    total, chain = longest_chain(before, days)
    assert total == max(sum(days[name] for name in path) for path in every)
    assert chain in every and sum(days[name] for name in chain) == total


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
    spots = {
        name: Spot("main", floor, (f"A{window}",)) for name, (floor, window) in zip(NAMES, places, strict=True)
    }
    found = walk(before, {name: spots[name] for name in before})
    ways = allowed(before)
    assert tuple(found) in ways
    assert cost_of([spots[n] for n in found]) == min(cost_of([spots[n] for n in way]) for way in ways)


def test_a_long_walk_stays_on_a_floor_while_it_can() -> None:
    names = [f"e{number}" for number in range(EXACT_STOPS + 2)]
    before: dict[str, tuple[str, ...]] = {name: () for name in names}
    before["e1"] = ("e8",)
    spots = {name: Spot("main", number % 2, (f"A{number}",)) for number, name in enumerate(names)}
    assert walk(before, spots) == ["e0", "e2", "e4", "e6", "e8", "e1", "e3", "e5", "e7", "e9"]


def test_floors_of_different_halls_differ() -> None:
    assert cost_of([Spot("main", 1, ("A1",)), Spot("other", 1, ("A1",)), Spot("other", 2, ("B1",))]) == (2, 2)


@given(orders(), st.data())
def test_a_ring_is_found_where_there_is_one(before: dict[str, tuple[str, ...]], data: st.DataObject) -> None:
    assert ring(before) == ()
    first = data.draw(st.sampled_from(list(before)))
    last = data.draw(st.sampled_from([name for name in before if first in all_before(before)[name] or name == first]))
    closed = {**before, first: (*before[first], last)}
    found = ring(closed)
    assert found and all(a in closed[b] for a, b in pairwise((*found, found[0])))


amounts = st.decimals(0, 1000, places=2)


@given(st.lists(st.tuples(amounts, amounts)))
def test_fees_add_up_at_both_ends(ends: list[tuple[Decimal, Decimal]]) -> None:
    fees = [fee_of("x", f"{min(pair)}-{max(pair)}") for pair in ends]
    total = fees_together(fees)
    assert (total.low, total.high) == (sum(min(pair) for pair in ends), sum(max(pair) for pair in ends))
    if fees:
        either = fees_either(fees)
        assert (either.low, either.high) == (min(fee.low for fee in fees), max(fee.high for fee in fees))


@pytest.mark.parametrize(
    ("fees", "value", "text"),
    [
        ([], "0", "不收费"),
        (["0", "0"], "0", "不收费"),
        (["20", "0.5"], "20.5", "20.5 元"),
        (["20-40", "10"], "30-50", "30～50 元"),
        (["", "0"], "0+x", "1 件按情形收费"),
        (["0.05%", "40", "按省定标准"], "40+x+x", "40 元，另有 2 件按情形收费"),
    ],
)
def test_a_total_fee_reads_like_this(fees: list[str], value: str, text: str) -> None:
    total = fees_together(fee_of("x", fee) for fee in fees)
    assert (total.value, total.text) == (value, text)


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
            need for need in asked if not any(made == material and e in earlier[need.errand] for e, made in makes.items())
        ]
        shown = [need.originals for need in brought if need.returned]
        handed_in = [need.originals for need in brought if not need.returned]
        assert entry.originals == max(shown, default=0) + sum(handed_in)
        assert entry.photocopies == sum(need.photocopies for need in brought)
        assert entry.exempt == (not asked)
        assert bool(entry.made_by) == (len(brought) < len(asked))
        assert bool(entry.cases) == (bool(brought) and all(need.case for need in brought))

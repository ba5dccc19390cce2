"""The fee of a case: what applies adds up, of alternatives one is charged, by brute force and as it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import product

import pytest
from conftest import MakeCatalogue
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue import Catalogue
from generator.checks import case_fees
from generator.checks.finding import Finding
from generator.guide_fees import Charge, Cost, cost_among, cost_of, cost_over

charges = st.builds(
    lambda amount, unit, one_of, counted: Charge(
        f"{amount:f}", f"{amount:f} 元/{unit}" if amount else "免收", amount, unit, one_of, counted
    ),
    st.sampled_from([Decimal(number) for number in ("0", "5", "10", "12.5", "80")]),
    st.sampled_from(["证", "本", "件"]),
    st.sampled_from([None, None, "按年限", "按大小"]),
    st.sampled_from([False, False, False, True]),
)
PERCENT = Charge("0.5", "成交额的 0.5%", None, "件")
WORDS = Charge("按省定标准", "按省定标准", None, "件")


def charge(amount: str, unit: str, one_of: str | None = None, *, counted: bool = False) -> Charge:
    return Charge(amount, f"{amount} 元/{unit}" if amount != "0" else "免收", Decimal(amount), unit, one_of, counted)


def paid_in_every_way(case: Sequence[Charge]) -> list[Decimal]:
    """Return what is paid for every choice among the alternatives, each thing taken once."""
    words = dict.fromkeys(entry.one_of for entry in case if entry.one_of)
    chosen = [[entry for entry in case if entry.one_of == word] for word in words]
    always = [[entry] for entry in case if entry.one_of is None]
    return [sum((entry.amount or Decimal(0) for entry in way), Decimal(0)) for way in product(*always, *chosen)]


@given(case=st.lists(charges, max_size=7))
@settings(max_examples=500)
def test_a_case_costs_what_every_choice_among_alternatives_costs(case: list[Charge]) -> None:
    cost, ways = cost_of(case), paid_in_every_way(case)
    if cost.low is None:  # nothing is sure but that more may be asked for
        assert min(ways) == 0 and any(entry.counted for entry in case)
        return
    assert cost.low == min(ways)
    assert cost.high in (None, max(ways))
    groups = {entry.one_of or number for number, entry in enumerate(case) if entry.amount}
    assert (cost.high is None) == (len(groups) > 1 and any(entry.counted for entry in case if _pays(entry, case)))


def _pays(entry: Charge, case: Sequence[Charge]) -> bool:
    """Tell whether a charge, or one that can be chosen for it, costs anything."""
    return bool(entry.amount) or any(entry.one_of and other.one_of == entry.one_of and other.amount for other in case)


@given(cases=st.lists(st.lists(charges.filter(lambda entry: not entry.counted), max_size=4), min_size=1, max_size=5))
def test_over_cases_it_is_the_least_and_the_most(cases: list[list[Charge]]) -> None:
    cost = cost_over(map(cost_of, cases))
    ways = [way for case in cases for way in paid_in_every_way(case)]
    assert (cost.low, cost.high) == (min(ways), max(ways))


@pytest.mark.parametrize(
    ("case", "value", "text"),
    [
        ([], "0", "不收费"),
        ([charge("0", "证")], "0", "免收"),
        ([charge("20", "证")], "20", "20 元/证"),
        ([charge("100", "副"), charge("10", "本"), charge("10", "本")], "120", "120 元"),
        ([charge("80", "件"), charge("0", "本")], "80", "80 元/件"),
        ([charge("10", "本"), charge("10", "本")], "20", "20 元"),  # for two books, and not 20 for each
        ([charge("80", "件"), charge("10", "本", counted=True)], "90-", "90 元起"),
        ([charge("10", "本", counted=True)], "10", "10 元/本"),
        ([charge("80", "件", "年限"), charge("240", "件", "年限")], "80-240", "80～240 元/件"),
        ([charge("80", "件", "年限"), charge("240", "件", "年限"), charge("20", "张")], "100-260", "100～260 元"),
        ([charge("0", "件", "年限"), charge("80", "件", "年限")], "0-80", "0～80 元/件"),
        ([PERCENT], "0.5", "成交额的 0.5%"),
        ([PERCENT, charge("0", "证")], "0.5", "成交额的 0.5%"),
        ([PERCENT, charge("10", "证")], "", "按情形收费"),
        ([WORDS], "按省定标准", "按省定标准"),
    ],
)
def test_the_fee_of_a_case_reads_like_this(case: list[Charge], value: str, text: str) -> None:
    assert cost_of(case)[:2] == (value, text)


@pytest.mark.parametrize(
    ("cases", "value", "text"),
    [
        ([[charge("15", "件")], [charge("30", "件")]], "15-30", "15～30 元/件"),
        ([[charge("6", "本")], [charge("0", "本")]], "0-6", "0～6 元/本"),
        ([[charge("6", "本")], [charge("10", "证")]], "6-10", "6～10 元"),
        ([[charge("80", "件")], [charge("80", "件"), charge("10", "本", counted=True)]], "80-", "80 元起"),
        ([[], [charge("80", "件"), charge("10", "本", counted=True)]], "", "按情形收费"),
        ([[PERCENT], [charge("10", "证")]], "", "按情形收费"),
        ([[PERCENT], [PERCENT]], "0.5", "成交额的 0.5%"),
    ],
)
def test_a_fee_over_cases_reads_like_this(cases: list[list[Charge]], value: str, text: str) -> None:
    assert cost_over(map(cost_of, cases))[:2] == (value, text)


def test_where_nobody_asks_different_things_make_no_range() -> None:
    assert cost_among([]) == Cost("0", "不收费", Decimal(0), Decimal(0))
    assert cost_among([charge("6", "本"), charge("10", "本"), charge("0", "证")])[:2] == ("0-10", "0～10 元/本")
    assert cost_among([charge("6", "本"), charge("10", "证")])[:2] == ("", "按情形收费")


RATES = """\
rates:
  - id: renewal
    condition: 期满换领
    unit: 证
    periods: [{amount: 20, basis: [{policy: small-law, checked: 2026-10-12}]}]
  - id: loss
    condition: 丢失补领
    unit: 证
    periods: [{amount: 40, basis: [{policy: small-law, checked: 2026-10-12}]}]
  - id: photo
    condition: 现场照相
    unit: 张
    periods: [{amount: 5, basis: [{policy: small-law, checked: 2026-10-12}]}]
"""
ASKING = """\
questions:
  - id: place
    text: 在哪里照相？
    why: 现场照相要收费。
    options: [{id: here, text: 现场照}, {id: own, text: 自己带}]
fees:
  - {fee: small-card, rate: renewal}
  - {fee: small-card, rate: photo, when: place = here}
"""
CHOOSING = ASKING.replace("rate: renewal}", "rate: renewal, one_of: 按原因}") + (
    "  - {fee: small-card, rate: loss, one_of: 按原因}\n"
)


@pytest.mark.parametrize(
    ("guide", "here", "own", "over"),
    [(ASKING, "25 元", "20 元/证", "20～25 元"), (CHOOSING, "25～45 元", "20～40 元/证", "20～45 元")],
)
def test_facts_of_a_case_and_of_the_guide(
    make_catalogue: MakeCatalogue, guide: str, here: str, own: str, over: str
) -> None:
    catalogue = make_catalogue({"guides/card-renewal": guide, "fees/small-card": RATES}).catalogue
    facts = catalogue.sheet(catalogue.by_path["guides/card-renewal"]).facts
    assert {path: facts[path].text for path in ("cases.here.fee", "cases.own.fee", "fee.amount")} == {
        "cases.here.fee": here,
        "cases.own.fee": own,
        "fee.amount": over,
    }


def test_who_pays_nothing_is_told_so_in_the_case_and_the_guide_says_the_standard(make_catalogue: MakeCatalogue) -> None:
    exempt = ASKING.replace("rate: renewal}", "rate: renewal, when: place = own}").replace(
        "  - {fee: small-card, rate: photo, when: place = here}\n", ""
    )
    catalogue = make_catalogue({"guides/card-renewal": exempt, "fees/small-card": RATES}).catalogue
    facts = catalogue.sheet(catalogue.by_path["guides/card-renewal"]).facts
    assert (facts["cases.here.fee"].text, facts["fee.amount"].text) == ("不收费", "20 元/证")


@pytest.mark.parametrize(
    ("rule", "guide", "wanted"),
    [
        (
            case_fees.alternatives_are_several,
            CHOOSING.replace("rate: loss, one_of: 按原因", "rate: loss"),
            ["guides/card-renewal fees.0.one_of error choice-of-one"],
        ),
        (case_fees.alternatives_are_several, CHOOSING, []),
        (
            case_fees.alternatives_meet_in_a_case,
            CHOOSING.replace("renewal,", "renewal, when: place = here,").replace("loss,", "loss, when: place = own,"),
            [
                "guides/card-renewal fees.0.one_of warning choice-decided",
                "guides/card-renewal fees.2.one_of warning choice-decided",
            ],
        ),
        (case_fees.alternatives_meet_in_a_case, CHOOSING, []),
        (case_fees.fees_of_a_case_are_meant, ASKING, ["guides/card-renewal fees.1 warning charged-together"]),
        (
            case_fees.fees_of_a_case_are_meant,
            CHOOSING,
            [
                "guides/card-renewal fees.1 warning charged-together",
                "guides/card-renewal fees.2 warning charged-together",
            ],
        ),
        (
            case_fees.fees_of_a_case_are_meant,
            CHOOSING.replace("  - {fee: small-card, rate: photo, when: place = here}\n", ""),
            [],
        ),
    ],
)
def test_checks(
    make_catalogue: MakeCatalogue, rule: Callable[[Catalogue], Iterator[Finding]], guide: str, wanted: list[str]
) -> None:
    found = make_catalogue({"guides/card-renewal": guide, "fees/small-card": RATES}).found(rule)
    assert found[::3] == wanted


def test_findings_in_full(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue({"guides/card-renewal": ASKING, "fees/small-card": RATES})
    assert world.found(case_fees.fees_of_a_case_are_meant)[1:] == [
        "「期满换领」和「现场照相」加在一起收：情形「现场照」",
        "只收其中一条的，几条都写同样的 one_of 或分清 when；各收各的，在 accepted 里说明。",
    ]
    alone = CHOOSING.replace("rate: loss, one_of: 按原因", "rate: loss")
    world = make_catalogue({"guides/card-renewal": alone, "fees/small-card": RATES})
    assert world.found(case_fees.alternatives_are_several)[1:] == [
        "「按原因」只收其一，却只有这一条这样写",
        "请在可以替代它的那几条收费上写同样的词；没有别的可选，就删掉 one_of。",
    ]
    decided = CHOOSING.replace("renewal,", "renewal, when: place = here,").replace("loss,", "loss, when: place = own,")
    world = make_catalogue({"guides/card-renewal": decided, "fees/small-card": RATES})
    assert world.found(case_fees.alternatives_meet_in_a_case)[1:3] == [
        "没有一种情形里它和别的「按原因」同时收，不用再选",
        "情形问题已经分清了的，删掉 one_of；还要选的，请核对 when。",
    ]

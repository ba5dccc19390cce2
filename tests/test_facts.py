"""Facts: their keys, values, marks, fingerprint and differences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import FEE, GUIDE, HALL, ROOT, read, tiny_project

from generator.catalogue import Catalogue, catalogue_of
from generator.facts import MISSING, Fact, difference, fingerprint
from generator.item import Part
from generator.reading import read_items
from generator.render.templates import environment
from generator.schema import fields_of
from generator.source import parse_text


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return read(tiny_project(tmp_path_factory.mktemp("tiny")))


def facts(catalogue: Catalogue, path: str) -> Mapping[str, Fact]:
    return catalogue.sheet(catalogue.by_path[path]).facts


def with_changed(catalogue: Catalogue, path: str, old: str, new: str) -> Mapping[str, Fact]:
    """Return the facts of an item after its YAML was changed in one place."""
    written = {"fees/small-card": FEE, "guides/card-renewal": GUIDE, "hall/main": HALL}[path]
    assert written.count(old) == 1
    values, problems = parse_text(written.replace(old, new), "item.yml")
    assert values and not problems
    item = catalogue.by_path[path]
    changed = type(item).model_validate({**values, "id": item.id})
    others = [entry for entry in catalogue.items if entry.path != path]
    return facts(catalogue_of([*others, changed], catalogue.today), path)


def test_a_fee_says_all_of_this(tiny: Catalogue) -> None:
    said = {path: (fact.value, fact.text) for path, fact in facts(tiny, "fees/small-card").items()}
    assert said == {
        "name": ("小证工本费", "小证工本费"),
        "department": ("police", "小区公安局"),
        "level": ("中央", "中央"),
        "fund": ("缴入中央国库", "缴入中央国库"),
        "rates.renewal.condition": ("期满换领", "期满换领"),
        "rates.renewal.unit": ("证", "证"),
        "rates.renewal.periods.1.until": ("2026-12-31", "2026年12月31日"),
        "rates.renewal.periods.1.amount": ("20", "20"),
        "rates.renewal.periods.1.basis.1.policy": ("small-law", "小证管理办法"),
        "rates.renewal.periods.1.basis.1.checked": ("2026-10-12", "2026年10月12日"),
        "rates.renewal.periods.2027-01-01.from": ("2027-01-01", "2027年1月1日"),
        "rates.renewal.periods.2027-01-01.amount": ("15", "15"),
        "rates.renewal.periods.2027-01-01.basis.1.policy": ("small-law", "小证管理办法"),
        "rates.renewal.periods.2027-01-01.basis.1.checked": ("2026-10-12", "2026年10月12日"),
        "rates.loss.condition": ("丢失补领", "丢失补领"),
        "rates.loss.unit": ("证", "证"),
        "rates.loss.periods.1.amount": ("40", "40"),
        "rates.loss.periods.1.basis.1.policy": ("small-law", "小证管理办法"),
        "rates.loss.periods.1.basis.1.checked": ("2026-10-12", "2026年10月12日"),
        "rates.renewal.amount": ("20", "20 元/证"),
        "rates.renewal.basis_today.1.document": ("small-law", "小政发〔2016〕5号"),
        "rates.renewal.next_amount": ("15", "15 元/证"),
        "rates.renewal.next_from": ("2027-01-01", "2027年1月1日"),
        "rates.loss.amount": ("40", "40 元/证"),
        "rates.loss.basis_today.1.document": ("small-law", "小政发〔2016〕5号"),
    }


def test_keys_stay_when_rows_move(tiny: Catalogue) -> None:
    window = "  - {no: A01, name: 证件办理, floor: 1, zone: cards, x: 5, y: 5, kind: 部门窗口, departments: [police]}\n"
    other = "  - {no: A02, name: 证件领取, floor: 1, zone: cards, x: 15, y: 5, kind: 部门窗口, departments: [police]}\n"
    moved = with_changed(tiny, "hall/main", window + other, other + window)
    before = facts(tiny, "hall/main")
    assert list(moved) != list(before)
    assert moved == before
    assert difference(before, moved) == []
    assert fingerprint(before) == fingerprint(moved)


def test_rows_without_a_name_are_counted(tiny: Catalogue) -> None:
    found = facts(tiny, "guides/card-renewal")
    assert (found["steps.1.name"].text, found["steps.2.name"].text) == ("受理", "发证")
    moved = with_changed(tiny, "guides/card-renewal", "aliases: [小证到期, 换小证]", "aliases: [换小证, 小证到期]")
    assert [entry.path for entry in difference(found, moved)] == ["aliases.1", "aliases.2"]


def test_a_headline_part_says_itself_in_one_fact(tiny: Catalogue) -> None:
    found = facts(tiny, "guides/card-renewal")
    assert found["time.promised"][1:4] == ("15", "15 个工作日", "承诺办结时限")
    assert found["time.statutory"][1:3] == ("60", "60 日（自然日）")
    assert found["steps.1.days"][1:3] == ("0", "当场办结")
    assert not [path for path in found if path.endswith((".number", ".unit"))]
    hours = "工作日（周一至周五，法定节假日除外） 09:00–12:00，13:00–17:00"
    assert facts(tiny, "hall/main")["hours.1"][1:3] == (hours, hours)


def test_derived_lists_have_plain_paths_and_a_list_in_the_tree(tiny: Catalogue) -> None:
    sheet = tiny.sheet(tiny.by_path["hall/main"])
    assert sheet.facts["windows.A02.guides.card-renewal.guide"].target == "guides/card-renewal"
    second = sheet.tree.windows[1]
    assert [entry.guide.text for entry in second.guides] == ["小证期满换领"]
    assert not any("[]" in path for found in tiny.items for path in facts(tiny, found.path))


def test_a_reference_shows_the_name_and_leads_to_the_item(tiny: Catalogue) -> None:
    fact = facts(tiny, "guides/card-renewal")["department"]
    assert fact == ("guides/card-renewal#department", "police", "小区公安局", "实施主体", "departments/police")
    assert fact.path == "department"


def test_a_value_changes_with_its_day(tiny: Catalogue) -> None:
    path = "guides/card-renewal"
    last, first = tiny.as_of(date(2026, 12, 31)), tiny.as_of(date(2027, 1, 1))
    assert facts(last, path)["fee.amount"][1:3] == ("20", "20 元/证")
    assert facts(first, path)["fee.amount"][1:3] == ("15", "15 元/证")
    changed = {entry.path: (entry.before, entry.after) for entry in difference(facts(last, path), facts(first, path))}
    prefix = "fees.small-card--renewal"
    assert set(changed) == {"fee.amount", f"{prefix}.amount", f"{prefix}.next_amount", f"{prefix}.next_from"}
    assert changed[f"{prefix}.next_from"][1] is None


@pytest.mark.parametrize(
    ("uses", "said"),
    [
        ("[{fee: small-card, rate: renewal}, {fee: small-card, rate: loss}]", ("20-40", "20～40 元/证")),
        ("[{fee: small-card, rate: loss}, {fee: small-card, rate: first}]", ("0-40", "0～40 元/证")),
        ("[{fee: small-card, rate: first}]", ("0", "免收")),
        ("[{fee: small-card, rate: loss}, {fee: small-card, rate: again}]", ("40", "40 元/证")),
        ("[{fee: small-card, rate: loss}, {fee: small-card, rate: book}]", ("", "按情形收费")),
        ("[{fee: small-card, rate: loss}, {fee: small-card, rate: share}]", ("", "按情形收费")),
        ("[{fee: small-card, rate: share}]", ("0.5", "成交额的 0.5%，最低 10 元")),
        ("[]", ("0", "不收费")),
    ],
)
def test_the_amount_on_top_of_a_guide_sums_up_its_rates(tmp_path: Path, uses: str, said: tuple[str, str]) -> None:
    more = "".join(
        f"  - {{id: {name}, condition: {name}, unit: {unit},"
        f" periods: [{{{amount}, basis: [{{policy: small-law}}]}}]}}\n"
        for name, unit, amount in (
            ("first", "证", "amount: 0"),
            ("again", "证", "amount: 40"),
            ("book", "本", "amount: 40"),
            ("share", "件", "percent: 0.5, percent_of: 成交额, floor: 10"),
        )
    )
    guide = GUIDE.replace("\n  - {fee: small-card, rate: renewal, case: 期满换领}", f" {uses}")
    made = read(
        tiny_project(tmp_path, {"items/fees/small-card.yml": FEE + more, "items/guides/card-renewal.yml": guide})
    )
    assert facts(made, "guides/card-renewal")["fee.amount"][1:3] == said


@given(st.data())
def test_the_fingerprint_ignores_order_and_sees_every_change(tiny: Catalogue, data: st.DataObject) -> None:
    found = facts(tiny, data.draw(st.sampled_from([item.path for item in tiny.items])))
    mark = fingerprint(found)
    assert re.fullmatch(r"[A-Z2-7]{10}", mark)
    assert fingerprint(dict(data.draw(st.permutations(list(found.items()))))) == mark
    path = data.draw(st.sampled_from(list(found)))
    fact = found[path]
    said = data.draw(st.text(max_size=20))
    member = data.draw(st.sampled_from(["value", "text"]))
    changed = {**found, path: fact._replace(**{member: said})}
    assert (fingerprint(changed) == mark) == (said == getattr(fact, member))
    assert (difference(found, changed) == []) == (said == getattr(fact, member))
    assert fingerprint({key: value for key, value in found.items() if key != path}) != mark


def test_difference_names_what_came_went_and_changed() -> None:
    old = {path: Fact(f"guides/a#{path}", path, path, "") for path in ("a", "b", "c")}
    new = {"a": old["a"]._replace(label="新"), "b": old["b"]._replace(text="B"), "d": Fact("guides/a#d", "d", "d", "")}
    assert [(path, before and before.text, after and after.text) for path, before, after in difference(old, new)] == [
        ("b", "b", "B"),
        ("c", "c", None),
        ("d", None, "d"),
    ]


@pytest.mark.parametrize(
    ("value", "text", "marked"),
    [
        ("20", "20 元/证", '<span data-fact="fees/a#x" data-value="20">20 元/证</span>'),
        ("a&b", "a&b", '<span data-fact="fees/a#x" data-value="a&amp;b">a&amp;b</span>'),
        ('"a"', '"a"', '<span data-fact="fees/a#x" data-value="&quot;a&quot;">"a"</span>'),
        ("<b>", "<b>", '<span data-fact="fees/a#x" data-value="&lt;b&gt;">&lt;b&gt;</span>'),
        ("1", '"<&', '<span data-fact="fees/a#x" data-value="1">"&lt;&amp;</span>'),
    ],
)
def test_marks_escape_what_html_would_read(value: str, text: str, marked: str) -> None:
    assert Fact("fees/a#x", value, text, "").__html__() == marked


def test_an_absent_value_is_false_and_cannot_be_printed() -> None:
    assert not MISSING and list(MISSING) == []
    with pytest.raises(ValueError, match="a value that the item does not have"):
        str(MISSING)
    template = environment(ROOT / "site_theme").from_string("{% if item %}x{% endif %}{% for a in item %}x{% endfor %}")
    assert template.render(item=MISSING) == ""
    with pytest.raises(ValueError, match="a value that the item does not have"):
        environment(ROOT / "site_theme").from_string("{{ item }}").render(item=MISSING)


def test_canonical_values_have_no_units_and_dates_are_iso() -> None:
    catalogue = catalogue_of(read_items(ROOT).items, date(2026, 11, 23))
    forms = {bool: r"true|false", int: r"\d+", date: r"\d{4}-\d\d-\d\d"}
    wrong = [
        f"{item.path}#{path}: {value!r}"
        for item in catalogue.items
        for path, kind, value in _typed(item, "", facts(catalogue, item.path))
        if not re.fullmatch(forms.get(kind, r"\d+(\.\d*[1-9])?"), value)
    ]
    assert not wrong


def _typed(part: Part, outer: str, found: Mapping[str, Fact]) -> list[tuple[str, type, str]]:
    """Return path, type and canonical value of the facts that are numbers, dates and booleans, not in lists."""
    entries = []
    for spec in fields_of(type(part)):
        value, path = getattr(part, spec.attribute), f"{outer}{spec.key}"
        if isinstance(value, Part):
            entries += _typed(value, f"{path}.", found)
        elif path in found and not isinstance(value, str | tuple) and value is not None:
            entries.append((path, type(value), found[path].value))
    return entries

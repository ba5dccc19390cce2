"""Values turn on their days and on no other; whoever builds on each day that is named shows them right every day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import yaml
from conftest import MakeCatalogue
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import ROOT, run, tiny_project

from generator.catalogue import Catalogue
from generator.due import DAYS_KNOWN, coming_days, coming_turns, last_valid_day
from generator.item import Part, turning_days
from generator.kinds.fee import Fee
from generator.reading import read_items
from generator.render.changes import changes_ahead

START = date(2026, 11, 23)
DAY = timedelta(days=1)
ANNOUNCED = 30
worlds = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def period_lists(draw: st.DrawFn) -> list[dict[str, object]]:
    """Draw periods that follow each other without a gap, open at both ends, some saying their end and some not."""
    offsets = sorted(draw(st.sets(st.integers(-40, 160), min_size=1, max_size=4)))
    borders = [START + offset * DAY for offset in offsets]
    periods: list[dict[str, object]] = []
    for number in range(len(borders) + 1):
        period: dict[str, object] = {"amount": draw(st.integers(0, 500)), "basis": [{"policy": "small-law"}]}
        if number:
            period["from"] = borders[number - 1]
        if number < len(borders) and draw(st.booleans()):
            period["until"] = borders[number] - DAY
        periods.append(period)
    return periods


def amount_on(day: date, periods: list[dict[str, object]]) -> object:
    """Read the periods as they are written: the last one that has begun."""
    begun = [entry for entry in periods if "from" not in entry or entry["from"] <= day]  # type: ignore[operator]
    return begun[-1]["amount"]


def fee_text(periods: list[dict[str, object]]) -> str:
    loss = [{"amount": 40, "basis": [{"policy": "small-law"}]}]
    rates = [
        {"id": "renewal", "condition": "期满换领", "unit": "证", "periods": periods},
        {"id": "loss", "condition": "丢失补领", "unit": "证", "periods": loss},
    ]
    return yaml.safe_dump({"rates": rates}, allow_unicode=True, sort_keys=False)


@given(period_lists())
@worlds
def test_the_value_of_every_day_is_what_the_file_says(
    make_catalogue: MakeCatalogue, periods: list[dict[str, object]]
) -> None:
    catalogue = make_catalogue({"fees/small-card": fee_text(periods)}).catalogue
    borders = [entry["from"] for entry in periods if "from" in entry]
    days = {START} | {border + lag * DAY for border in borders for lag in (-1, 0, 1)}  # type: ignore[operator]
    for day in days:
        then = catalogue.as_of(day)
        fee = then.find("fee", "small-card")
        assert isinstance(fee, Fee)
        amount = str(amount_on(day, periods))
        assert then.sheet(fee).facts["rates.renewal.amount"].value == amount
        guide = then.find("guide", "card-renewal")
        assert guide is not None
        assert then.sheet(guide).facts["fees.small-card--renewal.amount"].value == amount


def published(catalogue: Catalogue) -> tuple[Mapping[str, str], list[str], list[str]]:
    """Return all that may change by itself: fingerprints, what is withdrawn, what is announced."""
    sheets = {item.path: catalogue.sheet(item).fingerprint for item in catalogue.items}
    withdrawn = [item.path for item in catalogue.items if item.is_withdrawn(catalogue.today)]
    announced = [f"{change.day} {change.sheet.item.path}" for change in changes_ahead(catalogue, ANNOUNCED)]
    return sheets, withdrawn, announced


@st.composite
def turning_worlds(draw: st.DrawFn) -> Mapping[str, str]:
    """Draw the files of a project in which a fee, a guide and a notice turn on any days."""
    days = st.integers(-20, 150).map(lambda offset: START + offset * DAY)
    guide = draw(st.sampled_from(["planned_start", "planned_end"]))
    return {
        "fees/small-card": fee_text(draw(period_lists())),
        "guides/card-renewal": f"{guide}: {draw(days)}\n",
        "announcements/notice": f"expires: {draw(days)}\n",
    }


@given(turning_worlds())
@worlds
def test_nothing_changes_before_the_day_that_is_named(make_catalogue: MakeCatalogue, files: Mapping[str, str]) -> None:
    catalogue = make_catalogue(files, today=START.isoformat()).catalogue
    last = last_valid_day(catalogue, ANNOUNCED)
    assert START <= last < START + DAYS_KNOWN * DAY
    now = published(catalogue)
    for day in _sample(START, last):
        assert published(catalogue.as_of(day)) == now, day
    if last + DAY in coming_days(catalogue, ANNOUNCED):
        turned = published(catalogue.as_of(last + DAY))
        # A notice that ends is announced nowhere, and a rate may follow with the same amount.
        assert turned != now or last + DAY + ANNOUNCED * DAY in coming_days(catalogue, 0) or _same_amount(files)


def _same_amount(files: Mapping[str, str]) -> bool:
    amounts = [period["amount"] for period in yaml.safe_load(files["fees/small-card"])["rates"][0]["periods"]]
    return len(set(amounts)) < len(amounts)


def _sample(first: date, last: date) -> Iterator[date]:
    days = (last - first).days
    yield from (first + number * DAY for number in sorted({0, 1, days // 2, days - 1, days}) if 0 <= number <= days)


def test_turns_are_told_with_both_values(make_catalogue: MakeCatalogue) -> None:
    """20 元 until 2026-12-31, 15 元 from 2027-01-01, as the small project has it."""
    catalogue = make_catalogue(today="2026-11-23").catalogue
    said = [(str(turn.day), turn.item.path, turn.label, turn.before, turn.after)
            for turn in coming_turns(catalogue, date(2027, 1, 1))]  # fmt: skip
    assert ("2027-01-01", "fees/small-card", "收费标准", "20 元/证", "15 元/证") in said
    assert ("2027-01-01", "guides/card-renewal", "收费标准", "20 元/证", "15 元/证") in said
    assert {day for day, *_ in said} == {"2027-01-01"}
    assert list(coming_turns(catalogue, date(2026, 12, 31))) == []


def test_a_guide_that_ends_is_told_on_the_day_after_its_last(make_catalogue: MakeCatalogue) -> None:
    catalogue = make_catalogue({"guides/card-renewal": "planned_end: 2026-11-30\n"}, today="2026-11-23").catalogue
    turns = [turn for turn in coming_turns(catalogue, date(2026, 12, 5)) if turn.label == "状态"]
    assert [(str(turn.day), turn.item.path, turn.before, turn.after) for turn in turns] == [
        ("2026-12-01", "guides/card-renewal", "有效", "不再有效")
    ]


def test_the_command_tells_when_to_build_again(tmp_path: Path) -> None:
    """Announcements reach 90 days: on 2026-09-01 that of the new rate of 2027-01-01 is still to come."""
    folder = tiny_project(tmp_path)
    done = run(folder, "due", "--as-of", "2026-09-01", "--days", "122", "--format", "json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["as_of"], document["due"]) == ("2026-09-01", "2026-10-03")
    assert {turn["day"] for turn in document["turns"]} == {"2027-01-01"}
    text = run(folder, "due", "--as-of", "2026-12-01").stdout
    assert text.startswith("下一次要重新生成：2027-01-01\n\n截至 2026-12-01，看到 2027-03-01：共 2 项。")
    assert "  2027-01-01  小证工本费 · 收费标准：20 元/证 → 15 元/证\n" in text


def test_a_build_names_the_day_on_which_it_is_no_longer_right(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    done = run(folder, "build", "--as-of", "2026-12-01", "--no-search")
    assert "内容到 2026-12-31 为止正确，2027-01-01 要重新生成。\n" in done.stderr
    index = json.loads((folder / "site/api/v1/index.json").read_text(encoding="utf-8"))
    assert index["valid_until"] == "2026-12-31"


def test_turning_days_are_found_wherever_a_part_with_days_may_stand() -> None:
    def everywhere(part: Part) -> Iterator[date]:
        for attribute, lag in (*((name, 0) for name in part.first_days), *((name, 1) for name in part.last_days)):
            if day := getattr(part, attribute):
                yield day + timedelta(days=lag)
        for value in part.__dict__.values():
            for entry in value if isinstance(value, tuple) else (value,):
                if isinstance(entry, Part):
                    yield from everywhere(entry)

    found = {item.path: sorted(turning_days(item)) for item in read_items(ROOT).items}
    assert found == {item.path: sorted(everywhere(item)) for item in read_items(ROOT).items}
    assert sum(map(len, found.values())) > 50

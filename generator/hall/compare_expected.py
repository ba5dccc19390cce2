"""What the source says about a field of an item or a window, and whether a text shown says the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.facts import Fact
from generator.fields import boolean_canonical, boolean_text
from generator.hall.compare_fields import FEE_FIELDS, GUIDE_FIELDS, HALL_FIELDS, case_in, paths_of, without_case
from generator.hall.compare_hours import hours, lines_of
from generator.hall.compare_numbers import clean
from generator.hall.matching import windows_meant
from generator.hall.notation import Sort, Verdict, bare, compare, money, same_money, sort_of
from generator.item import Item
from generator.kinds.fee import Fee
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.render.opening import in_season


class Expected(NamedTuple):
    """The facts that a field speaks of; any of them is right unless it is a list. `doubt` says why there are none."""

    facts: tuple[Fact, ...] = ()
    cases: tuple[Fact, ...] = ()
    """The rates of a guide or a fee in all its cases, which a notice may list one by one."""
    doubt: str = ""


def expected_text(expected: Expected, today: date) -> str:
    """Return what should be shown; of hours for several seasons those of the present one."""
    now = [fact.text for fact in expected.facts if in_season(fact.text, today)]
    return "；".join(dict.fromkeys(now or [fact.text for fact in expected.facts]))


def guide_field(catalogue: Catalogue, guide: Guide, name: str) -> Expected:
    """Return the facts of a guide that a field's name speaks of, by its usual names, its label or its path."""
    facts = catalogue.sheet(guide).facts
    paths = paths_of(name, GUIDE_FIELDS)
    rates = tuple(fact for path, fact in facts.items() if re.fullmatch(r"fees\..+\.amount", path))
    if "fee.amount" in paths:
        return _of_case(rates, name, (facts["fee.amount"],), facts)
    if "fee" in paths:
        free = facts["fee.amount"].value == "0"
        return Expected((facts["fee.amount"]._replace(value=boolean_canonical(not free), text=boolean_text(not free)),))
    if "materials" in paths:
        count = str(len(guide.materials))
        return Expected((Fact(f"{guide.path}#materials", count, count, "申请材料件数"),))
    if "place.hours" in paths:
        return _found(_below("place.hours", facts.values()), name)
    if paths:
        return _found([facts[path] for path in paths if path in facts][:1], name)
    return _found(_labelled(name, facts.values()), name)


def fee_field(catalogue: Catalogue, fee: Fee, name: str) -> Expected:
    """Return the facts of a fee that a field's name speaks of; of several rates the case in brackets says which."""
    facts = catalogue.sheet(fee).facts
    paths = paths_of(name, FEE_FIELDS)
    if "rates" in paths:
        rates = tuple(fact for path, fact in facts.items() if re.fullmatch(r"rates\.[^.]+\.amount", path))
        texts = {fact.text for fact in rates}
        alone = rates[:1] if len(texts) == 1 else ()
        found = _of_case(rates, name, alone, facts)
        return found if found.facts or found.doubt else Expected((), rates, "这个收费项目有几种情形，要写明是哪一种")
    return _found([facts[path] for path in paths if path in facts] or _labelled(name, facts.values()), name)


def hall_field(catalogue: Catalogue, hall: Hall, windows: Sequence[str], name: str) -> Expected:
    """Return the facts of a window, or of the hall, that a field's name speaks of."""
    facts = catalogue.sheet(hall).facts
    for path in paths_of(name, HALL_FIELDS):
        filled = [path.format(no) for no in windows] if "{}" in path else [path]
        if found := [fact for one in filled for fact in (_below(one, facts.values()) or _at(one, facts.values()))]:
            return Expected(tuple(found))
    return _found(_labelled(name, facts.values()), name)


_NO_CASE = re.compile(r"元.*|工作日|天|日|次|个|份|件|人民币|单位.*|必填|全部|合计|标准|窗口公示|现行|当前")


def _of_case(rates: tuple[Fact, ...], name: str, otherwise: tuple[Fact, ...], facts: object) -> Expected:
    case = case_in(name)
    if not case or _NO_CASE.fullmatch(clean(case)):
        return Expected(otherwise, rates)
    found = [rate for rate in rates if bare(case) in _case_names(rate, facts)]
    return Expected(tuple(found)) if found else Expected(doubt=f"没有「{case}」这种收费情形")


def _case_names(rate: Fact, facts: object) -> set[str]:
    assert isinstance(facts, dict)
    stem = rate.path.removesuffix(".amount")
    return {bare(facts[path].text) for path in (f"{stem}.case", f"{stem}.condition") if path in facts}


def _found(facts: Iterable[Fact], name: str) -> Expected:
    found = tuple(facts)
    return Expected(found) if found else Expected(doubt=f"来源里没有「{name}」这一项")


def _below(path: str, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.path.startswith(f"{path}.")]


def _at(path: str, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.path == path]


def _labelled(name: str, facts: Iterable[Fact]) -> list[Fact]:
    said = {bare(name), bare(without_case(name))}
    return [fact for fact in facts if bare(fact.label) in said or fact.path == name.strip()]


def verdict(catalogue: Catalogue, hall: Hall, item: Item, expected: Expected, shown: str) -> Verdict:
    """Tell whether a text says what the facts say; with several facts one of them, or all as a list, is enough."""
    facts = expected.facts
    if isinstance(item, Guide) and facts[0].path == "place.where":
        return _same_windows(item, hall, shown)
    if expected.cases and _lists_cases(catalogue, item, expected.cases, shown):
        return Verdict.SAME
    if sort_of(facts[0].path, facts[0].value, facts[0].text, facts[0].label) is Sort.HOURS:
        return _same_hours(catalogue, facts, shown)
    found = [_compare(catalogue, fact, shown) for fact in facts]
    if Verdict.SAME in found or _is_list(catalogue, facts, shown):
        return Verdict.SAME
    return Verdict.DIFFERENT if Verdict.DIFFERENT in found else Verdict.UNREADABLE


def _compare(catalogue: Catalogue, fact: Fact, shown: str) -> Verdict:
    target = catalogue.by_path.get(fact.target)
    names = (*target.terms(), getattr(target, "short_name", "")) if target else ()
    if bare(shown) and bare(shown) in {bare(name) for name in names if name}:
        return Verdict.SAME
    return compare(sort_of(fact.path, fact.value, fact.text, fact.label), shown, fact.value, fact.text)


def _is_list(catalogue: Catalogue, facts: Sequence[Fact], shown: str) -> bool:
    parts = [part for part in re.split(r"[、，,；;/\n]", shown) if part.strip()]
    if len(facts) < 2 or len(parts) != len(facts):
        return False
    return all(any(_compare(catalogue, fact, part) is Verdict.SAME for part in parts) for fact in facts)


def _same_windows(guide: Guide, hall: Hall, shown: str) -> Verdict:
    if not guide.windows:
        return Verdict.DIFFERENT
    meant = windows_meant(shown, hall)
    if meant.possible and set(guide.windows) & set(meant.possible) and len(guide.windows) == 1:
        return Verdict.SAME  # of the windows of this number only one handles the item
    if not meant.sure and not re.search(r"\d", clean(shown)):
        return Verdict.UNREADABLE
    return Verdict.SAME if set(meant.sure) == set(guide.windows) else Verdict.DIFFERENT


def _same_hours(catalogue: Catalogue, facts: Sequence[Fact], shown: str) -> Verdict:
    """Compare each part of the text; one that names neither days nor season means the present ones of working days."""
    now = [fact for fact in facts if in_season(fact.text, catalogue.today)]
    found = []
    for part in lines_of(shown):
        seen = hours(clean(part))
        named = now if seen and not seen.seasons else list(facts)
        chosen = named if seen and seen.days else named[:1]
        said = [compare(Sort.HOURS, part, fact.value, fact.text) for fact in (chosen if not _all_said(seen) else facts)]
        found.append(min(said, key=list(Verdict).index, default=Verdict.DIFFERENT))
    return max(found, key=lambda one: (one is Verdict.DIFFERENT, one is Verdict.UNREADABLE))


def _all_said(seen: object) -> bool:
    return bool(getattr(seen, "seasons", ())) and bool(getattr(seen, "days", ()))


def _lists_cases(catalogue: Catalogue, item: Item, rates: Sequence[Fact], shown: str) -> bool:
    """Tell whether a text names every case with its amount, and no other."""
    parts = [part for part in re.split(r"[，,；;、\n]", shown) if part.strip()]
    if len(parts) < 2 or len(parts) != len(rates):
        return False
    facts = catalogue.sheet(item).facts
    return all(any(_says_case(part, rate, _case_names(rate, facts)) for part in parts) for rate in rates)


def _says_case(part: str, rate: Fact, names: set[str]) -> bool:
    text = clean(part)
    for name in sorted(names, key=len, reverse=True):
        start = next((end for end in range(1, len(text)) if bare(text[:end]) == name), 0)
        amount, meant = money(text[start:].lstrip(":为收")), money(clean(rate.text))
        if start and amount and meant and same_money(amount, meant):
            return True
    return False

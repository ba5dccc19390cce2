"""Wording of items: answers that say nothing, demands without an end, wrong or superseded names; tables are data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.finding import Finding
from generator.checks.texts import ItemTexts, TextAt
from generator.house_rules import HouseRules
from generator.kinds.policy import Policy
from generator.wording import group, rules_for, slips_of

QUOTATIONS = frozenset({"excerpt", "wording"})
"""Fields that quote a source; what stands there is not ours to mend."""
OPEN_SPEECH = frozenset({"question", "answer", "rights"})
"""Fields that talk about demands instead of making them."""

_EDGES = " \t\n。．.，,、；;：:！!…"
_LONGEST_PLACEHOLDER = 40


def answers_say_something(texts: ItemTexts) -> Iterator[Finding]:
    """Find values such as 按规定, 待定, 相关材料, which count as missing (audit rule 15)."""
    table = group("placeholder-text")
    for entry in _own(texts):
        if len(entry.text) <= _LONGEST_PLACEHOLDER and table.regex.fullmatch(entry.text.strip(_EDGES)):
            yield Finding(
                item=texts.item,
                path=entry.path,
                code=table.code,
                message=f"「{entry.text}」{table.fault}",
                hint=table.advice or "",
            )


def demands_have_an_end(texts: ItemTexts) -> Iterator[Finding]:
    """Find catch-all conditions and materials, which guides must not have (江苏 不见面审批指南编写规范; 国办检查)."""
    yield from _findings(texts, "catch-all", once=True)


def names_are_right(texts: ItemTexts) -> Iterator[Finding]:
    """Find wrong political, geographical and official terms (涉台用语意见; 新华社禁用词)."""
    yield from _findings(texts, "wrong-wording")


def bodies_bear_their_present_name(texts: ItemTexts) -> Iterator[Finding]:
    """Warn of bodies that no longer exist (机构改革, remembered); documents keep the names of their time."""
    yield from _findings(texts, "superseded-body", besides="basis")


def laws_are_in_force(texts: ItemTexts) -> Iterator[Finding]:
    """Warn of laws that others have replaced (民法典第一千二百六十条, remembered)."""
    yield from _findings(texts, "superseded-law")


def words_are_spelt_right(texts: ItemTexts) -> Iterator[Finding]:
    """Warn of the usual slips of official writing (现代汉语词典; GB/T 9704-2012)."""
    yield from _findings(texts, "wrong-word")


def own_wordings(texts: ItemTexts, house: HouseRules) -> Iterator[Finding]:
    """Warn of words that the district writes in another way (items/checks.yml)."""
    for entry in _own(texts):
        for slip in house.slips(entry.text):
            message = f"{entry.line(slip.start)}{slip.message}"
            yield Finding(
                item=texts.item,
                path=entry.path,
                code=slip.code,
                message=message,
                hint=slip.hint,
                severity=slip.severity,
            )


def _findings(texts: ItemTexts, code: str, besides: str = "", once: bool = False) -> Iterator[Finding]:
    """Yield where an item breaks the rules of a table, by rule; of demands only the first in each field."""
    table = group(code)
    if table.quotes and isinstance(texts.item, Policy):
        return
    possible = rules_for(texts.whole)
    rules = [rule for number, rule in enumerate(table.rules) if (code, number) in possible]
    told: set[tuple[str | int, ...]] = set()
    for rule in rules:
        for entry in _own(texts):
            if besides in entry.path or (once and (entry.path in told or _only_talks(entry))):
                continue
            for slip in list(slips_of(table, rule, entry.text))[: 1 if once else None]:
                told.add(entry.path)
                message = f"{entry.line(slip.start)}{slip.message}"
                yield Finding(
                    item=texts.item,
                    path=entry.path,
                    code=code,
                    message=message,
                    hint=slip.hint,
                    severity=slip.severity,
                )


def _only_talks(entry: TextAt) -> bool:
    return entry.spec.is_markdown or bool(OPEN_SPEECH.intersection(entry.path))


def _own(texts: ItemTexts) -> Iterator[TextAt]:
    """Yield what the site says in its own words: no aliases, which are how people talk, and no quotations."""
    for entry in texts.entries:
        if entry.shown and entry.path[0] != "aliases" and entry.spec.key not in QUOTATIONS:
            yield entry

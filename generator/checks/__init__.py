"""Rules across items: each a small function in a module of this folder, found by listing it.

A rule takes the catalogue and yields findings; here they become problems with their places. A module's rules are its
public functions of one parameter, `catalogue` or, for rules about wording, `texts`: the texts of one item, which are
walked once for all of them. One rule takes a bound from the settings besides. Each rule cites the clause that it
enforces.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain

from generator.catalogue import Catalogue
from generator.checks.cases import CASE_LIMIT, cases_are_few
from generator.checks.finding import Finding
from generator.checks.texts import ItemTexts, texts_of
from generator.checks.wording import own_wordings
from generator.house_rules import HouseRules
from generator.item import Item
from generator.problems import Place, Problem
from generator.schema import label_at
from generator.sound import Sound, digest_of
from generator.source import Source

# Modules of rules that hold for drafts too.
_FOR_DRAFTS = ("privacy",)

Rule = Callable[[Catalogue], Iterator[Finding]]
TextRule = Callable[[ItemTexts], Iterator[Finding]]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return the rules that take the catalogue, by module and name."""
    return _functions_of("catalogue")


@cache
def all_text_rules() -> tuple[TextRule, ...]:
    """Return the rules that take the texts of an item, by module and name."""
    return _functions_of("texts")


def _functions_of(parameter: str) -> tuple[Callable[..., Iterator[Finding]], ...]:
    found: list[Callable[..., Iterator[Finding]]] = []
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        found += [
            value
            for name, value in sorted(vars(module).items())
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
        ]
    return tuple(function for function in found if list(inspect.signature(function).parameters) == [parameter])


def run_checks(
    catalogue: Catalogue,
    sources: Mapping[str, Source],
    case_limit: int = CASE_LIMIT,
    house: HouseRules | None = None,
    sound: Sound | None = None,
) -> list[Problem]:
    """Return what all rules find, without the warnings that an item accepts with a reason.

    Texts that are known to be sound are not looked at again; those that turn out to be are noted.
    """
    findings = chain(findings_of(catalogue, house, sound), cases_are_few(catalogue, case_limit))
    used: set[tuple[str, str]] = set()
    kept = [finding for finding in findings if not _is_accepted(finding, used)]
    # Where something is wrong, a rule may not have come as far as to the warning that is accepted.
    wrong = {finding.item.path for finding in kept if finding.severity == "error"}
    acceptances = () if catalogue.unread else _unused(catalogue, used)
    unused = (finding for finding in acceptances if finding.item.path not in wrong)
    return [_problem(finding, sources) for finding in chain(kept, unused)]


def draft_problems(catalogue: Catalogue) -> list[Problem]:
    """Return what must not even stand in a draft: private numbers."""
    rules = [rule for rule in all_text_rules() if rule.__module__.rpartition(".")[2] in _FOR_DRAFTS]
    sources = {draft.path: draft.source for draft in catalogue.drafts.values()}
    texts = (texts_of(draft.sketch) for draft in catalogue.drafts.values())
    return [_problem(finding, sources) for each in texts for rule in rules for finding in rule(each)]


def findings_of(catalogue: Catalogue, house: HouseRules | None = None, sound: Sound | None = None) -> Iterator[Finding]:
    """Yield what all rules find."""
    house, sound = house or HouseRules(), sound or Sound()
    for rule in all_rules():
        yield from rule(catalogue)
    for item in catalogue.items:
        digest = _digest(item) if sound.remembers else ""
        if sound.is_known(digest):
            continue
        found = list(_in_texts(item, house))
        sound.add([] if found else [digest])
        yield from found


def _digest(item: Item) -> str:
    return digest_of(item.path.encode(), item.__pydantic_serializer__.to_json(item))


def _in_texts(item: Item, house: HouseRules) -> Iterator[Finding]:
    """Yield what the rules about texts find, which depends on the item alone."""
    texts = texts_of(item, house.numbers)
    for rule in all_text_rules():
        yield from rule(texts)
    if house.wordings:
        yield from own_wordings(texts, house)


def _is_accepted(finding: Finding, used: set[tuple[str, str]]) -> bool:
    codes = {acceptance.code for acceptance in finding.item.accepted}
    if finding.severity != "warning" or finding.code not in codes:
        return False
    used.add((finding.item.path, finding.code))
    return True


def _unused(catalogue: Catalogue, used: set[tuple[str, str]]) -> Iterator[Finding]:
    """Yield the acceptances that accept nothing any more."""
    for item in catalogue.items:
        for number, acceptance in enumerate(item.accepted):
            if (item.path, acceptance.code) not in used:
                yield Finding(
                    item=item,
                    path=("accepted", number),
                    code="unused-acceptance",
                    message=f"这里已经没有 {acceptance.code} 这个提醒",
                    hint="请删去这一条。",
                    severity="warning",
                )


def _problem(finding: Finding, sources: Mapping[str, Source]) -> Problem:
    source = sources.get(finding.item.path)
    return Problem(
        place=source.place(*finding.path, key=finding.at_key) if source else Place(path=finding.item.path),
        code=finding.code,
        field=label_at(type(finding.item), finding.path) if finding.path else "",
        message=finding.message,
        hint=finding.hint,
        severity=finding.severity,
    )

"""Rules across items: each a small function in a module of this folder, found by listing it.

A rule takes the catalogue and yields findings; here they become problems with their places. A module's rules are its
public functions of one parameter, `catalogue`, each citing the clause that it enforces.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from generator.catalogue import Catalogue
from generator.checks.finding import Finding
from generator.problems import Place, Problem
from generator.schema import label_at
from generator.source import Source

Rule = Callable[[Catalogue], Iterator[Finding]]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by module and name."""
    rules: list[Rule] = []
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        rules += [
            value
            for name, value in sorted(vars(module).items())
            if inspect.isfunction(value) and value.__module__ == module.__name__ and _is_rule(name, value)
        ]
    return tuple(rules)


def _is_rule(name: str, function: Callable[..., object]) -> bool:
    return not name.startswith("_") and list(inspect.signature(function).parameters) == ["catalogue"]


def run_checks(catalogue: Catalogue, sources: Mapping[str, Source]) -> list[Problem]:
    """Return what all rules find, without the warnings that an item accepts with a reason."""
    findings = [finding for rule in all_rules() for finding in rule(catalogue)]
    return [_problem(finding, sources) for finding in findings if not _is_accepted(finding)]


def _is_accepted(finding: Finding) -> bool:
    codes = {acceptance.code for acceptance in finding.item.accepted}
    return finding.severity == "warning" and finding.code in codes


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

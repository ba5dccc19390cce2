"""The rule book: one rule for each code of a problem, in modules by area, found by listing this folder.

Severity goes by public harm. An error is what would publish something false, something that people cannot use, that
breaks the law or an inspected standard, or that leaks. A warning is what only a person can judge, what rests on a
regulation that is remembered but not seen, and what is a matter of style.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from generator.rulebook.rule import Rule


class Area(NamedTuple):
    """The rules of one area: the name of its module, its title, and the rules in their order."""

    name: str
    title: str
    rules: tuple[Rule, ...]


@cache
def areas() -> tuple[Area, ...]:
    """Return the areas of the book in the order that their modules state."""
    names = [entry.name for entry in pkgutil.iter_modules(__path__)]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names if name != "rule"]
    modules.sort(key=lambda module: int(module.PLACE))
    return tuple(Area(module.__name__.rpartition(".")[2], module.TITLE, tuple(module.RULES)) for module in modules)


@cache
def rules() -> Mapping[str, Rule]:
    """Return the rules by their codes."""
    return {rule.code: rule for area in areas() for rule in area.rules}

"""The content kinds, found by listing this folder: a new module with an `Item` subclass is a new kind."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from generator.item import Item


@cache
def all_kinds() -> Mapping[str, type[Item]]:
    """Return the model of each kind by the kind's name, in the order of navigation."""
    models = []
    for module_info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        models += [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Item) and value.__module__ == module.__name__
        ]
    models.sort(key=lambda model: (model.kind.order, model.kind.name))
    return {model.kind.name: model for model in models}

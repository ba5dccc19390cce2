"""What a rule finds: an item, the path inside it, and what is wrong; and the words that rules share."""

from __future__ import annotations

from dataclasses import dataclass

from generator.addresses import Ledger
from generator.catalogue import Catalogue
from generator.item import Item
from generator.kinds.department import Department
from generator.problems import Severity
from generator.thesaurus import Thesaurus

PathInItem = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One finding of a rule, in an item, in the thesaurus or in the ledger of addresses.

    `path` leads to the value, keys as written in YAML: ("materials", 2, "copies").
    """

    item: Item | Thesaurus | Ledger
    path: PathInItem
    code: str
    message: str
    hint: str
    severity: Severity = "error"
    at_key: bool = False


def called(item: Item) -> str:
    """Name another item so that an editor finds its file: 「居民身份证换领」（guides/id-card-renewal）."""
    return f"「{item.name}」（{item.path}）"


def body_name(catalogue: Catalogue, identifier: str) -> str:
    """Name a department by its short name, or by its id where it is not in the catalogue."""
    department = catalogue.find("department", identifier)
    return department.short_name if isinstance(department, Department) else f"「{identifier}」"

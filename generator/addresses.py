"""The ledger of published addresses, `items/addresses.yml`: one line for each, kept when the item is gone.

Addresses are printed on notices and in codes that people scan for years, so that none may lead nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from generator.fields import Date, Name, Text, field
from generator.item import Part


class Address(Part):
    """A published address: since when, and where it leads once the item is there no more."""

    address: Name = field("地址", "公布过的地址，例如 guides/id-card-renewal。")
    since: Date = field("首次公布", "第一次公布的日子。")
    redirect: Name | None = field("改到", "换了编号的，写新的地址；旧地址会转过去。", default=None)
    gone: Text | None = field("撤下原因", "不再公布的，写原因，给打开旧地址的人看。", default=None)
    day: Date | None = field("改址或撤下日期", "从哪一天起。", default=None)
    successor: Name | None = field("以后看哪里", "撤下的，写接替它的内容的地址。", default=None)
    document: Text | None = field("撤下依据", "撤下的，写依据的文件。", default=None)
    name: Name | None = field("原来的名称", "撤下或换了编号的，写原来叫什么。", default=None)

    @property
    def is_left(self) -> bool:
        """Tell whether the ledger says that the item is no longer there."""
        return bool(self.redirect or self.gone)


class Ledger(Part):
    """All addresses that were ever published; empty where a district keeps no ledger."""

    path: ClassVar[str] = "addresses"
    """What its problems go by, as an item's do by its address."""
    name: ClassVar[str] = "地址登记"
    accepted: ClassVar[tuple[()]] = ()

    published: tuple[Address, ...] = field("公布过的地址", "每个地址一行，不删行，不改日期。", default=())

    @cached_property
    def by_address(self) -> Mapping[str, Address]:
        """The entries by their addresses."""
        return {entry.address: entry for entry in self.published}

    @property
    def left(self) -> tuple[Address, ...]:
        """The addresses whose items are no longer there."""
        return tuple(entry for entry in self.published if entry.is_left)

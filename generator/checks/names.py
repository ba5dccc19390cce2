"""Names: one thing bears one name, and no name stands for two things of a kind."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, called
from generator.item import Item
from generator.kinds import all_kinds
from generator.kinds.announcement import Announcement
from generator.kinds.policy import Policy

# Notices and policy documents may repeat a title in another year; policies have a rule of their own.
_MAY_REPEAT = (Announcement, Policy)


def names_are_unique(catalogue: Catalogue) -> Iterator[Finding]:
    """Find items of a kind with one name (fee notices list one twice; 国发〔2016〕55号: consistency)."""
    for holders, item in _each_with_names(catalogue):
        holder = holders[item.name]
        if holder is not item:
            yield Finding(
                item=item,
                path=("name",),
                code="duplicate-name",
                message=f"名称「{item.name}」与 {holder.path} 相同",
                hint="两份写的是同一件事就合并，不是就改名，让人分得清。",
            )


def aliases_are_no_names(catalogue: Catalogue) -> Iterator[Finding]:
    """Find aliases that are the name of another item of the kind, so that searching leads astray (国发〔2016〕55号)."""
    for holders, item in _each_with_names(catalogue):
        for index, alias in enumerate(_aliases(item)):
            holder = holders.get(alias)
            if holder and holder.name != item.name:
                yield Finding(
                    item=item,
                    path=("aliases", index),
                    code="alias-is-a-name",
                    message=f"别名「{alias}」是{called(holder)}的名称",
                    hint="请删掉这个别名；两条说的是同一件事的，合并成一条。",
                )


def aliases_are_unique(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of an alias on two items of a kind (政府网站检查指标 搜索: what is looked for comes first)."""
    for kind in all_kinds():
        first: dict[str, Item] = {}
        for item in catalogue.of_kind(kind):
            for index, alias in enumerate(_aliases(item)):
                holder = first.setdefault(alias, item)
                if holder is not item:
                    yield Finding(
                        item=item,
                        path=("aliases", index),
                        code="duplicate-alias",
                        message=f"别名「{alias}」也是{called(holder)}的别名",
                        hint="搜这个词会出现两条；请留给最贴切的一条，或写得更具体。",
                        severity="warning",
                    )


def _each_with_names(catalogue: Catalogue) -> Iterator[tuple[dict[str, Item], Item]]:
    """Yield each item with the first holder of each name of its kind."""
    for kind, model in all_kinds().items():
        if issubclass(model, _MAY_REPEAT):
            continue
        holders: dict[str, Item] = {}
        for item in catalogue.of_kind(kind):
            holders.setdefault(item.name, item)
        for item in catalogue.of_kind(kind):
            yield holders, item


def _aliases(item: Item) -> tuple[str, ...]:
    aliases: tuple[str, ...] = getattr(item, "aliases", ())
    return aliases

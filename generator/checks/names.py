"""Names: one thing bears one name, and no name stands for two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, called
from generator.item import Item
from generator.kinds import all_kinds
from generator.kinds.announcement import Announcement
from generator.kinds.policy import Policy
from generator.normalise import normalise

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
    """Find aliases that are the name of another item, so that searching leads astray (国发〔2016〕55号)."""
    kinds = {name for name, model in all_kinds().items() if not issubclass(model, _MAY_REPEAT)}
    holders: dict[str, Item] = {}
    for item in catalogue.items:
        if item.kind.name in kinds:
            holders.setdefault(normalise(item.name), item)
    for item in catalogue.items:
        for index, alias in enumerate(aliases_of(item)):
            holder = holders.get(normalise(alias), item)
            # Of another kind it may be the same thing: the fee that a guide charges, the certificate that it gives.
            if holder.name != item.name and (holder.kind is item.kind or not are_linked(catalogue, item, holder)):
                yield Finding(
                    item=item,
                    path=("aliases", index),
                    code="alias-is-a-name",
                    message=f"别名「{alias}」是{called(holder)}的名称",
                    hint="请删掉这个别名；两条说的是同一件事的，合并成一条。",
                )


def aliases_are_unique(catalogue: Catalogue) -> Iterator[Finding]:
    """Find an alias on two items that have nothing to do with each other (政府网站检查指标 搜索)."""
    shared = {normalise(entry.alias) for entry in catalogue.thesaurus.shared}
    holders: defaultdict[str, list[Item]] = defaultdict(list)
    for item in catalogue.items:
        for index, alias in enumerate(aliases_of(item)):
            said = normalise(alias)
            others = [one for one in holders[said] if one is not item and not are_linked(catalogue, item, one)]
            holders[said].append(item)
            if others and said not in shared:
                yield Finding(
                    item=item,
                    path=("aliases", index),
                    code="duplicate-alias",
                    message=f"别名「{alias}」也是{called(others[0])}的别名",
                    hint="请留给最贴切的一条，或写得更具体；确实共用的，在 items/thesaurus.yml 的 shared 里写明理由。",
                )


def are_linked(catalogue: Catalogue, one: Item, other: Item) -> bool:
    """Tell whether one of two items refers to the other."""
    return _refers(catalogue, one, other) or _refers(catalogue, other, one)


def _refers(catalogue: Catalogue, one: Item, other: Item) -> bool:
    target = (other.kind.name, other.id)
    return any((link.kind, link.identifier) == target for link in catalogue.links[one.path])


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


def aliases_of(item: Item) -> tuple[str, ...]:
    """Return the everyday names that an editor wrote for an item."""
    aliases: tuple[str, ...] = getattr(item, "aliases", ())
    return aliases

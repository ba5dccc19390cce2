"""Rules about the ledger of addresses: what was published once may move or go, but never vanish.

Codes printed on handouts and notices lead to these addresses for years; an address that is published keeps its meaning.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator

from generator.addresses import Address, Ledger
from generator.catalogue import Catalogue
from generator.checks.finding import Finding
from generator.fields import date_text
from generator.kinds import all_kinds
from generator.near_miss import guess

_SAY_WHERE = "换了编号的写 redirect: 新地址，撤下的写 gone: 原因，都写 day: 日期。这一行不要删。"


def addresses_do_not_vanish(catalogue: Catalogue) -> Iterator[Finding]:
    """Find published addresses without an item that the ledger says nothing more of (国发〔2016〕55号)."""
    for number, entry in enumerate(catalogue.addresses.published):
        if entry.address in catalogue.by_path or entry.is_left or _is_unread(entry.address, catalogue):
            continue
        plural, _, identifier = entry.address.partition("/")
        if plural not in _plurals() or not identifier:
            hint = f"{guess(plural, _plurals())}写成 类别/编号，例如 guides/id-card-renewal。"
            yield _finding(catalogue, number, "address", "address-form", f"「{entry.address}」不是内容的地址", hint)
            continue
        message = f"{entry.address} {date_text(entry.since)}公布过，现在没有这一项了"
        yield _finding(
            catalogue, number, "address", "address-vanished", message, _renamed(entry, catalogue) + _SAY_WHERE
        )


def addresses_stand_once(catalogue: Catalogue) -> Iterator[Finding]:
    """Find addresses that stand in the ledger twice (国发〔2016〕55号: one item, one place)."""
    seen: Counter[str] = Counter()
    for number, entry in enumerate(catalogue.addresses.published):
        seen[entry.address] += 1
        if seen[entry.address] == 2:
            message = f"{entry.address} 登记了两次"
            hint = "留日期早的一行，删掉另一行。"
            yield _finding(catalogue, number, "address", "address-twice", message, hint)


def left_addresses_are_free(catalogue: Catalogue) -> Iterator[Finding]:
    """Find addresses that are said to have moved or gone, but an item stands there (国发〔2016〕55号)."""
    for number, entry in enumerate(catalogue.addresses.published):
        item = catalogue.by_path.get(entry.address)
        if item and entry.is_left:
            left, field = ("改址", "redirect") if entry.redirect else ("撤下", "gone")
            message = f"登记说 {entry.address} 已经{left}，但「{item.name}」还在这个地址"
            hint = "又恢复的，删掉这一行里的 redirect、gone、day；要撤下的，删掉那一项的文件。"
            yield _finding(catalogue, number, field, "address-occupied", message, hint)


def left_addresses_say_when(catalogue: Catalogue) -> Iterator[Finding]:
    """Find addresses that moved or went without a day, too early, or both at once (国发〔2016〕55号)."""
    for number, entry in enumerate(catalogue.addresses.published):
        if entry.redirect and entry.gone:
            message, hint = f"{entry.address} 既写了改到哪里，又写了撤下", "redirect 和 gone 只留一个。"
            yield _finding(catalogue, number, "gone", "address-both", message, hint)
        elif entry.is_left and not entry.day:
            message, hint = f"{entry.address} 没有写从哪一天起", "加上 day: 日期。"
            yield _finding(catalogue, number, "address", "address-without-day", message, hint)
        elif entry.day and entry.day < entry.since:
            message = f"{entry.address} 的日期 {entry.day} 早于首次公布的 {entry.since}"
            yield _finding(catalogue, number, "day", "address-day", message, "请核对 day；since 不要改。")


def redirects_arrive(catalogue: Catalogue) -> Iterator[Finding]:
    """Find redirects and successors that lead to nothing, to a redirect, or round in a circle (国发〔2016〕55号)."""
    for number, entry in enumerate(catalogue.addresses.published):
        for field in ("redirect", "successor"):
            target = getattr(entry, field)
            if target and (found := _astray(entry, target, catalogue)):
                yield _finding(catalogue, number, field, *found)


def _astray(entry: Address, target: str, catalogue: Catalogue) -> tuple[str, str, str] | None:
    """Return code, message and hint where a target is no item."""
    if target in catalogue.by_path or _is_unread(target, catalogue):
        return None
    known = catalogue.addresses.by_address
    chain = [entry.address]
    while target in known and known[target].redirect and target not in chain:
        chain.append(target)
        target = known[target].redirect or ""
    if target in chain:
        said = " → ".join([*chain, target])
        return "address-loop", f"改址绕成了圈：{said}", "其中至少有一个要写现在真正的地址。"
    if target in catalogue.by_path:
        return "address-chain", f"{chain[1]} 自己也改到了 {target}", f"直接写 {target}，免得转两次。"
    if target in known and known[target].gone:
        return "address-target", f"{target} 已经撤下，不能转到那里", "写现在还在的内容；没有的，写 gone: 原因。"
    near = guess(target, catalogue.by_path)
    return "address-target", f"没有 {target} 这一项", f"{near}写已有内容的地址，例如 guides/id-card-renewal。"


def _renamed(entry: Address, catalogue: Catalogue) -> str:
    """Suggest the item that is not in the ledger and is most like the one that is missing."""
    plural, _, identifier = entry.address.partition("/")
    recorded = catalogue.addresses.by_address
    fresh = [path for path in catalogue.by_path if path.startswith(f"{plural}/") and path not in recorded]
    near = difflib.get_close_matches(entry.address, fresh, n=1, cutoff=0.5 + 0.4 * len(plural) / len(entry.address))
    return f"是不是改名成了 {near[0]}？" if near and identifier else ""


def _is_unread(address: str, catalogue: Catalogue) -> bool:
    plural, _, identifier = address.partition("/")
    return any(_plurals().get(plural) == kind and identifier == name for kind, name in catalogue.unread)


def _plurals() -> dict[str, str]:
    return {model.kind.plural: name for name, model in all_kinds().items()}


def _finding(catalogue: Catalogue, number: int, field: str, code: str, message: str, hint: str) -> Finding:
    ledger: Ledger = catalogue.addresses
    path = ("published", number, field)
    return Finding(item=ledger, path=path, code=code, message=message, hint=hint)

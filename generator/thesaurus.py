"""The district's thesaurus, `items/thesaurus.yml`: everyday words and what they mean, first answers, shared aliases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import ClassVar

from generator.fields import Name, Text, field
from generator.item import Part


class Synonym(Part):
    """Everyday words and the official wording; each saying means all of it."""

    say: tuple[Name, ...] = field("说法", "人们平常怎么说，每条一个，例如 老赖。", min_length=1)
    mean: tuple[Name, ...] = field("意思", "内容里用的正式说法，每条一个，例如 失信被执行人。", min_length=1)


class BestBet(Part):
    """Queries whose first result is decided by people."""

    queries: tuple[Name, ...] = field("搜索词", "搜这些词时把它排在第一，例如 身份证、sfz。", min_length=1)
    item: Name = field("排第一的内容", "写它的地址，例如 guides/id-card-renewal。")


class SharedAlias(Part):
    """An alias that may stand on several items."""

    alias: Name = field("共用的别名", "可以写在几条内容上的别名。")
    reason: Text = field("理由", "为什么可以共用。")


class Thesaurus(Part):
    """What people say and what it means here; empty where a district keeps none."""

    path: ClassVar[str] = "thesaurus"
    """What its problems go by, as an item's do by its address."""
    accepted: ClassVar[tuple[()]] = ()

    synonyms: tuple[Synonym, ...] = field("同义词", "平常的说法和正式的说法，每组一条。", default=())
    best_bets: tuple[BestBet, ...] = field("首选结果", "最要紧的几个搜索词和它们的第一条结果。", default=())
    shared: tuple[SharedAlias, ...] = field("共用别名", "可以写在几条内容上的别名和理由。", default=())
    case_words: tuple[Synonym, ...] = field(
        "情形用语", "人们怎么说自己的情况，选项里怎么写，例如 按揭 说的是 贷款。", default=()
    )

    def sayings(self) -> Iterator[tuple[int, int, str]]:
        """Yield each saying with the numbers, from 0, of its group and of its place there."""
        for number, synonym in enumerate(self.synonyms):
            for place, saying in enumerate(synonym.say):
                yield number, place, saying

    @cached_property
    def meanings(self) -> Mapping[str, tuple[str, ...]]:
        """The official wordings of each saying, those included that its wordings mean in turn."""
        direct: dict[str, dict[str, None]] = {}
        for number, _, saying in self.sayings():
            direct.setdefault(saying, {}).update(dict.fromkeys(self.synonyms[number].mean))
        return {saying: _reached(saying, direct) for saying in direct}

    def pairs(self) -> list[tuple[str, str]]:
        """Return each saying with each of its wordings, the longest saying first."""
        pairs = [(saying, wording) for saying, wordings in self.meanings.items() for wording in wordings]
        return sorted(pairs, key=lambda pair: -len(pair[0]))


def _reached(saying: str, direct: Mapping[str, Mapping[str, None]]) -> tuple[str, ...]:
    """Return all that a saying means, near before far; a loop, which is a problem by itself, ends where it began."""
    found: dict[str, None] = {}
    pending = list(direct[saying])
    while pending:
        wording = pending.pop(0)
        if wording != saying and wording not in found:
            found[wording] = None
            pending += direct.get(wording, ())
    return tuple(found)

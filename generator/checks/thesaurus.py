"""The thesaurus: every saying leads somewhere, none leads in a circle, and each first answer exists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.case_parts import CaseQuestion
from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem, called
from generator.checks.names import aliases_of
from generator.checks.texts import texts_of
from generator.kinds import all_kinds
from generator.near_miss import guess
from generator.normalise import normalise


def words_can_be_typed(catalogue: Catalogue) -> Iterator[Finding]:
    """Find words of signs alone, which no query equals (国办发〔2017〕47号 政府网站发展指引: 通俗语言搜索)."""
    for path, written in _words(catalogue):
        if not normalise(written):
            yield Finding(
                item=catalogue.thesaurus,
                path=path,
                code="no-words",
                message=f"「{written}」里没有汉字、字母或数字，搜索时不算",
                hint="请写人们会输入的词，或删掉这一条。",
                severity="warning",
            )


def sayings_stand_once(catalogue: Catalogue) -> Iterator[Finding]:
    """Find sayings that are explained twice (国办发〔2017〕47号 政府网站发展指引: 通俗语言搜索)."""
    first: dict[str, tuple[int, int]] = {}
    for group, place, saying in catalogue.thesaurus.sayings():
        earlier = first.setdefault(normalise(saying), (group, place))
        if earlier != (group, place):
            yield Finding(
                item=catalogue.thesaurus,
                path=("synonyms", group, "say", place),
                code="duplicate-saying",
                message=f"说法「{saying}」在第 {earlier[0] + 1} 组里写过",
                hint="一个说法只写一次；它有几个意思的，都写在同一组的 mean 里。",
                severity="warning",
            )


def sayings_mean_something_else(catalogue: Catalogue) -> Iterator[Finding]:
    """Find sayings that mean themselves (国办发〔2017〕47号 政府网站发展指引: 通俗语言搜索)."""
    for group, place, saying in catalogue.thesaurus.sayings():
        meant = {normalise(wording) for wording in catalogue.thesaurus.synonyms[group].mean}
        if normalise(saying) in meant:
            yield Finding(
                item=catalogue.thesaurus,
                path=("synonyms", group, "say", place),
                code="saying-means-itself",
                message=f"说法「{saying}」的意思还是它自己",
                hint="两边相同的不用写；请删掉这个说法，或写出正式的说法。",
                severity="warning",
            )


def sayings_end_somewhere(catalogue: Catalogue) -> Iterator[Finding]:
    """Find sayings that explain each other in a circle (国办发〔2017〕47号 政府网站发展指引: 通俗语言搜索)."""
    means = _meanings(catalogue)
    told: set[str] = set()
    for group, place, saying in catalogue.thesaurus.sayings():
        circle = _circle(normalise(saying), means)
        if len(circle) > 2 and not told.intersection(circle):
            told.update(circle)
            yield Finding(
                item=catalogue.thesaurus,
                path=("synonyms", group, "say", place),
                code="thesaurus-loop",
                message=f"互相解释，转了一圈：{' → '.join(circle)}",
                hint="请留下从平常的说法到正式说法的方向，删掉往回的那一条。",
            )


def _meanings(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """Return in normalised form what each saying means."""
    means: defaultdict[str, list[str]] = defaultdict(list)
    for group, _, saying in catalogue.thesaurus.sayings():
        means[normalise(saying)] += map(normalise, catalogue.thesaurus.synonyms[group].mean)
    return means


def _circle(start: str, means: Mapping[str, list[str]]) -> list[str]:
    """Return the shortest way from a saying back to itself, both ends included, empty where there is none."""
    before: dict[str, str] = {}
    pending = [start]
    while pending:
        word = pending.pop(0)
        for meant in means.get(word, ()):
            if meant == start:
                return [*_way(word, start, before), start]
            if meant not in before:
                before[meant] = word
                pending.append(meant)
    return []


def _way(word: str, start: str, before: Mapping[str, str]) -> list[str]:
    way = [word]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def sayings_are_no_names(catalogue: Catalogue) -> Iterator[Finding]:
    """Find sayings that are an item's name already (国办发〔2017〕47号 政府网站发展指引: 通俗语言搜索)."""
    names = {normalise(item.name): item for item in reversed(catalogue.items)}
    for group, place, saying in catalogue.thesaurus.sayings():
        if item := names.get(normalise(saying)):
            yield Finding(
                item=catalogue.thesaurus,
                path=("synonyms", group, "say", place),
                code="saying-is-a-name",
                message=f"说法「{saying}」就是{called(item)}的名称",
                hint="名称不用解释；请删掉这个说法，或写出人们平常怎么说。",
                severity="warning",
            )


def wordings_occur(catalogue: Catalogue) -> Iterator[Finding]:
    """Find official wordings that no item uses (国办发〔2017〕47号 政府网站发展指引: 通俗语言搜索)."""
    if catalogue.unread:  # nobody knows what they say
        return
    missing = _not_occurring(catalogue)
    for group, synonym in enumerate(catalogue.thesaurus.synonyms):
        for place, wording in enumerate(synonym.mean):
            if normalise(wording) in missing:
                yield Finding(
                    item=catalogue.thesaurus,
                    path=("synonyms", group, "mean", place),
                    code="dead-wording",
                    message=f"「{wording}」没有在任何内容里出现，搜这个说法什么也找不到",
                    hint="请写内容里真正用的词；内容已经删掉的，这一条也删掉。",
                )


def case_wordings_occur(catalogue: Catalogue) -> Iterator[Finding]:
    """Find words for cases that no option of a question uses (国办发〔2017〕47号 政府网站发展指引: 通俗语言搜索)."""
    if catalogue.unread:
        return
    options = [normalise(option.text) for question in _questions(catalogue) for option in question.options]
    for group, synonym in enumerate(catalogue.thesaurus.case_words):
        for place, wording in enumerate(synonym.mean):
            if not any(normalise(wording) in option for option in options):
                yield Finding(
                    item=catalogue.thesaurus,
                    path=("case_words", group, "mean", place),
                    code="dead-case-wording",
                    message=f"「{wording}」没有在任何情形问题的选项里出现",
                    hint="请写选项里真正用的词；选项已经改掉的，这一条也改。",
                )


def _questions(catalogue: Catalogue) -> Iterator[CaseQuestion]:
    for item in catalogue.items:
        yield from getattr(item, "questions", ())


def _not_occurring(catalogue: Catalogue) -> set[str]:
    """Return in normalised form the wordings that stand in no name, alias or text and are no saying either."""
    means = _meanings(catalogue)
    missing = {wording for wordings in means.values() for wording in wordings} - means.keys()
    for look in (_names, _texts):
        for text in look(catalogue) if missing else ():
            missing = {wording for wording in missing if wording not in text}
            if not missing:
                break
    return missing


def _names(catalogue: Catalogue) -> Iterator[str]:
    return (normalise(name) for item in catalogue.items for name in (item.name, *item.terms()))


def _texts(catalogue: Catalogue) -> Iterator[str]:
    return (normalise(texts_of(item).whole) for item in catalogue.items)


def best_bets_lead_somewhere(catalogue: Catalogue) -> Iterator[Finding]:
    """Find first answers that are missing or withdrawn (国办发〔2017〕47号 政府网站发展指引: 搜索结果排序)."""
    unread = {f"{all_kinds()[kind].kind.plural}/{identifier}" for kind, identifier in catalogue.unread}
    for number, bet in enumerate(catalogue.thesaurus.best_bets):
        item = catalogue.by_path.get(bet.item)
        path = ("best_bets", number, "item")
        if item is None and bet.item not in unread:
            near = guess(bet.item, catalogue.by_path)
            hint = f"{near}写成 类别文件夹/编号，例如 guides/id-card-renewal。"
            message = f"没有「{bet.item}」这条内容"
            yield Finding(item=catalogue.thesaurus, path=path, code="unknown-best-bet", message=message, hint=hint)
        elif item and item.is_withdrawn(catalogue.today):
            message = f"{called(item)}现在不在用，不能排第一"
            hint = "请改成现在办理的那一条，或删掉这条首选结果。"
            yield Finding(item=catalogue.thesaurus, path=path, code="withdrawn-best-bet", message=message, hint=hint)


def best_bets_are_clear(catalogue: Catalogue) -> Iterator[Finding]:
    """Find queries with two first answers (国办发〔2017〕47号 政府网站发展指引: 搜索结果排序)."""
    first: dict[str, PathInItem] = {}
    for number, bet in enumerate(catalogue.thesaurus.best_bets):
        for place, query in enumerate(bet.queries):
            path = ("best_bets", number, "queries", place)
            earlier = first.setdefault(normalise(query), path)
            if earlier != path:
                yield Finding(
                    item=catalogue.thesaurus,
                    path=path,
                    code="duplicate-best-bet",
                    message=f"搜索词「{query}」在第 {int(earlier[1]) + 1} 条首选结果里写过",
                    hint="一个搜索词只能有一个第一；请留下一处。",
                )


def shared_aliases_are_shared(catalogue: Catalogue) -> Iterator[Finding]:
    """Find exceptions for aliases that stand on one item at most (国发〔2016〕55号: 数据准确)."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for item in catalogue.items:
        for alias in aliases_of(item):
            holders[normalise(alias)].add(item.path)
    for number, shared in enumerate(catalogue.thesaurus.shared):
        count = len(holders.get(normalise(shared.alias), ()))
        if count < 2:
            yield Finding(
                item=catalogue.thesaurus,
                path=("shared", number, "alias"),
                code="dead-shared-alias",
                message=f"别名「{shared.alias}」{'只写在一条内容上' if count else '没有写在任何内容上'}，不用说明共用",
                hint="请删掉这一条；写错了的，改成内容里的写法。",
                severity="warning",
            )


def _words(catalogue: Catalogue) -> Iterator[tuple[PathInItem, str]]:
    """Yield path and text of everything that is compared with a query or with contents."""
    words = catalogue.thesaurus
    for group, synonym in enumerate(words.synonyms):
        yield from ((("synonyms", group, "say", place), saying) for place, saying in enumerate(synonym.say))
        yield from ((("synonyms", group, "mean", place), wording) for place, wording in enumerate(synonym.mean))
    for group, synonym in enumerate(words.case_words):
        yield from ((("case_words", group, "say", place), saying) for place, saying in enumerate(synonym.say))
        yield from ((("case_words", group, "mean", place), wording) for place, wording in enumerate(synonym.mean))
    for number, bet in enumerate(words.best_bets):
        yield from ((("best_bets", number, "queries", place), query) for place, query in enumerate(bet.queries))
    yield from ((("shared", number, "alias"), shared.alias) for number, shared in enumerate(words.shared))

"""Every reference leads to an item, and to another one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.finding import Finding
from generator.item import Item
from generator.kinds import all_kinds
from generator.near_miss import guess
from generator.schema import Reference


def references_resolve(catalogue: Catalogue) -> Iterator[Finding]:
    """Find references to items that do not exist (online information must be complete, 国发〔2016〕55号)."""
    for item in catalogue.items:
        for link in catalogue.links[item.path]:
            if catalogue.find(link.kind, link.identifier) or (link.kind, link.identifier) in catalogue.unread:
                continue
            if catalogue.draft(link.kind, link.identifier):
                yield from _to_a_draft(catalogue, item, link)
                continue
            kind = all_kinds()[link.kind].kind
            known = [other.id for other in catalogue.of_kind(link.kind)]
            yield Finding(
                item=item,
                path=link.path,
                code="dangling-reference",
                message=f"「{link.identifier}」不在{kind.label}里",
                hint=f"{guess(link.identifier, known)}请核对编号，"
                f"或先在 items/{kind.plural}/ 下新建 {link.identifier}.yml。",
            )


def _to_a_draft(catalogue: Catalogue, item: Item, link: Reference) -> Iterator[Finding]:
    draft = catalogue.draft(link.kind, link.identifier)
    if draft and not catalogue.shows_drafts:
        yield Finding(
            item=item,
            path=link.path,
            code="draft-reference",
            message=f"「{link.identifier}」还是草稿（{draft.source.path}），没有公布",
            hint="公布的内容不能引用草稿；请先把它写完整、删掉 status: 草稿，或者暂时删掉这一处引用。",
        )


def nothing_refers_to_itself(catalogue: Catalogue) -> Iterator[Finding]:
    """Find items that refer to themselves: a related, succeeding or repealed item is another one (GB/T 39554.2)."""
    for item in catalogue.items:
        for link in catalogue.links[item.path]:
            if (link.kind, link.identifier) == (item.kind.name, item.id):
                yield Finding(
                    item=item,
                    path=link.path,
                    code="self-reference",
                    message=f"「{link.identifier}」就是本条自己",
                    hint="请改成另一条的编号，或删掉这一行。",
                )

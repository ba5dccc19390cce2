"""The pages of a guide's cases: a page for every question on the way, one for every end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.cases import CaseTree, Node
from generator.facts import Sheet
from generator.kinds.guide import Guide
from generator.outputs import Output
from generator.render.case_views import (
    CaseView,
    answered_at,
    case_tree_of,
    case_views,
    cases_address,
    choices_at,
    node_address,
    question_of,
)
from generator.render.handouts import case_handout, handout_address
from generator.render.items import column_tags
from generator.render.site import Site
from generator.shell import Page

BLOCK = "我是哪种情形"


class CaseEntry(NamedTuple):
    """A case as a search or a list may name it."""

    address: str
    title: str
    label: str


def case_outputs(site: Site, guide: Guide) -> Iterator[Output]:
    """Yield the pages of all questions and cases of a guide and the cases' handouts; none of one that is withdrawn."""
    tree = None if guide.is_withdrawn(site.today) else case_tree_of(guide)
    if tree is None:
        return
    sheet = site.catalogue.sheet(guide)
    views = {view.id: view for view in case_views(guide, sheet.tree, tree)}
    for node in tree.nodes:
        if node.question:
            yield _question_page(site, sheet, guide, node)
            continue
        yield _case_page(site, sheet, guide, node, views[node.id])
        if not views[node.id].is_elsewhere:
            yield case_handout(site, guide, sheet, views[node.id])


def case_entries(site: Site, guide: Guide) -> list[CaseEntry]:
    """Return every case of a guide that has a page."""
    tree = None if guide.is_withdrawn(site.today) else case_tree_of(guide)
    return [_entry(site, guide, node) for node in _cases(tree)]


def _cases(tree: CaseTree | None) -> list[Node]:
    return tree.cases if tree else []


def _entry(site: Site, guide: Guide, node: Node) -> CaseEntry:
    return CaseEntry(node_address(guide, node), _title(site, guide, node), node.label)


def _title(site: Site, guide: Guide, node: Node) -> str:
    return f"{site.called(guide)} — {node.title}"


def _question_page(site: Site, sheet: Sheet, guide: Guide, node: Node) -> Output:
    return _page(
        site,
        sheet,
        guide,
        node,
        "question",
        question=question_of(guide, sheet.tree, node),
        choices=choices_at(guide, sheet.tree, node),
        answered=answered_at(guide, sheet.tree, node),
    )


def _case_page(site: Site, sheet: Sheet, guide: Guide, node: Node, view: CaseView) -> Output:
    template = "case-elsewhere" if view.is_elsewhere else "case"
    return _page(site, sheet, guide, node, template, case=view, answered=view.answered)


def _page(site: Site, sheet: Sheet, guide: Guide, node: Node, template: str, **context: object) -> Output:
    address = node_address(guide, node)
    article = site.article(
        f"kinds/guide/{template}.html",
        address,
        item=sheet.tree,
        path=guide.path,
        within=guide.within.rstrip("/"),
        fingerprint=sheet.fingerprint,
        cases_base=f"{guide.path}/cases/",
        guide_url=f"{site.settings.url}{guide.path}/",
        handouts=f"{handout_address(guide)}/",
        withdrawn=False,
        **context,
    )
    kind = guide.kind
    above = (*site.above(guide), (guide.name, guide.path), (BLOCK, cases_address(guide)))
    page = Page(
        title=_title(site, guide, node),
        description=_description(site.called(guide), node),
        article=article,
        address=address,
        breadcrumbs=above if node.chosen else above[:-1],
        tags=column_tags(guide, _title(site, guide, node)),
    )
    return site.page(page, kind.plural, made_from=(guide.path,))


def _description(name: str, node: Node) -> str:
    if node.question:
        return f"{name}：回答问题，看清自己是哪种情形、带什么、多少钱。"
    return f"{name}，{node.label}：带什么、怎么办、多少钱、到哪里。"

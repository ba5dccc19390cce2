"""Bundles beside their pages: a page for each question and each case, and a checklist to print for each case."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cases import CaseTree, Node
from generator.facts import Group, Sheet
from generator.item import Item
from generator.kinds.bundle import Bundle
from generator.outputs import Output
from generator.render.items import column_tags
from generator.render.site import Site
from generator.shell import Page


def bundle_outputs(site: Site, bundle: Bundle) -> Iterator[Output]:
    """Yield the pages of a bundle's cases, and the checklist of each, or of the bundle where it has no cases."""
    sheet = site.catalogue.sheet(bundle)
    nodes = bundle.cases()
    if nodes.nodes[0].is_case:
        yield _checklist(site, sheet, bundle, f"{bundle.path}/checklist", sheet.tree, nodes.nodes[0])
        return
    by_id = {case.label.value: case for case in sheet.tree.cases}
    for node in nodes.nodes:
        yield _page(site, sheet, bundle, nodes, node, by_id.get(node.id))
        if node.is_case and not node.elsewhere:
            address = f"{case_address(bundle, node)}/checklist"
            yield _checklist(site, sheet, bundle, address, by_id[node.id], node)


def case_address(bundle: Bundle, node: Node) -> str:
    """Return the address of a question or a case below the site root."""
    return f"{bundle.path}/cases/{node.id}".removesuffix("/")


def _page(site: Site, sheet: Sheet, bundle: Bundle, nodes: CaseTree, node: Node, case: Group | None) -> Output:
    address = case_address(bundle, node)
    chosen = node.label
    title = f"{bundle.name}：{node.title or '选情形'}"
    article = site.article(
        "kinds/bundle/case.html",
        address,
        item=sheet.tree,
        path=bundle.path,
        data=bundle,
        nodes=nodes,
        node=node,
        case=case,
        asked_at=[case_address(bundle, above) for above in _way(nodes, node)],
    )
    page = Page(
        title=title,
        description=f"{bundle.name}{f'（{chosen}）' if chosen else ''}：要办的事、先后次序、费用、时限、材料和窗口。",
        article=article,
        address=address,
        breadcrumbs=((bundle.kind.label, bundle.kind.plural), (bundle.name, bundle.path)),
        tags=column_tags(bundle, title),
    )
    return site.page(page, bundle.kind.plural, made_from=(bundle.path,))


def _way(nodes: CaseTree, node: Node) -> list[Node]:
    """Return the nodes of the questions that were answered on the way to a node, the first one first."""
    above = nodes.above(node)
    return [*_way(nodes, above), above] if above else []


def _checklist(site: Site, sheet: Sheet, bundle: Bundle, address: str, plan: Group, node: Node) -> Output:
    return site.document(
        "hall/bundle-checklist.html",
        address,
        made_from=(bundle.path,),
        item=sheet.tree,
        path=bundle.path,
        plan=plan,
        total=sheet.tree.total if plan is sheet.tree else plan,
        is_case=plan is not sheet.tree,
        page=bundle.path if plan is sheet.tree else case_address(bundle, node),
        fingerprint=sheet.fingerprint,
        announced_until=site.announced_until,
        valid_until=site.valid_until_for(_said_of(site, bundle, node)),
    )


def _said_of(site: Site, bundle: Bundle, node: Node) -> list[Item]:
    """Return the items whose turning days turn what is said: fees are a step further, behind the guides."""
    found = (site.catalogue.find("guide", step.guide) for step in bundle.applying(node.answers))
    return [bundle, *(guide for guide in found if guide)]

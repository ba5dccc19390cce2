"""A guide's questions and cases on the touch-screen of a hall, from link to link within the touch-screen's folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.cases import CaseTree, Node
from generator.facts import Sheet
from generator.kinds.guide import Guide
from generator.notes import ITEM, Query
from generator.outputs import Output, page_path
from generator.render.case_views import answered_at, case_tree_of, case_views, choices_at, question_of
from generator.render.handouts import handout_address
from generator.render.kiosk import Kiosk, kiosks, watched_kiosk
from generator.render.site import Site
from generator.render.unit import Unit
from generator.seen import WHOLE


def kiosk_case_units(site: Site) -> list[Unit]:
    """Return the cases of all touch-screens, guide by guide."""
    return [
        Unit(
            f"{kiosk.address}/{guide.path}/cases",
            partial(_pages, kiosk, sheet, guide, tree),
            frozenset({Query(ITEM, path=guide.path, fields=WHOLE)}),
            notes=notes,
        )
        for known in kiosks(site)
        for kiosk, notes in [watched_kiosk(site, known.hall)]
        for sheet, guide, tree in _with_cases(known)
    ]


def _pages(kiosk: Kiosk, sheet: Sheet, guide: Guide, tree: CaseTree, _: Site) -> Iterator[Output]:
    return case_pages(kiosk, sheet, guide, tree)


def kiosk_case_paths(kiosk: Kiosk) -> list[str]:
    """Return the paths of the cases' pages below the touch-screen's folder."""
    return [page_path(_inner(guide, node)) for _, guide, tree in _with_cases(kiosk) for node in tree.nodes]


def kiosk_case_handouts(kiosk: Kiosk) -> list[str]:
    """Return the paths of the cases' handouts below the site root."""
    return [
        page_path(f"{handout_address(guide)}/{node.id}")
        for _, guide, tree in _with_cases(kiosk)
        for node in tree.cases
        if not node.elsewhere
    ]


def _with_cases(kiosk: Kiosk) -> Iterator[tuple[Sheet, Guide, CaseTree]]:
    for sheet in kiosk.guides:
        guide = sheet.item
        if isinstance(guide, Guide) and (tree := case_tree_of(guide)):
            yield sheet, guide, tree


def _inner(guide: Guide, node: Node) -> str:
    """Return the address of a node below the touch-screen."""
    return f"{guide.path}/cases/{node.id}".rstrip("/")


def case_pages(kiosk: Kiosk, sheet: Sheet, guide: Guide, tree: CaseTree) -> Iterator[Output]:
    """Yield the pages of all questions and cases of a guide."""
    here = {entry.item.path for entry in kiosk.guides}
    views = {view.id: view for view in case_views(guide, sheet.tree, tree)}
    for node in tree.nodes:
        above = tree.above(node)
        yield kiosk.page(
            "question" if node.question else "case",
            _inner(guide, node),
            f"{guide.name}：{node.title}",
            up=f"{_inner(guide, above) if above else guide.path}/",
            made_from=(guide.path,),
            item=sheet.tree,
            path=guide.path,
            fingerprint=sheet.fingerprint,
            handout=page_path(f"{handout_address(guide)}/{node.id}"),
            case=views.get(node.id),
            question=question_of(guide, sheet.tree, node) if node.question else None,
            choices=choices_at(guide, sheet.tree, node),
            answered=answered_at(guide, sheet.tree, node),
            here=here,
        )

"""Bundles: an order that can be kept, guides that can be done, conditions and cases that are there."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError

from generator.bundle_parts import BundleStep
from generator.cases import ROOT, CaseTree, TooManyCases
from generator.catalogue import Catalogue
from generator.checks.case_survey import tree_of
from generator.checks.finding import Finding, called
from generator.guide_parts import MaterialUse
from generator.itinerary import all_before, ring
from generator.kinds.bundle import Bundle
from generator.kinds.guide import Guide
from generator.near_miss import guess

FEWEST_GUIDES = 2
MOST_NAMED = 6


def bundles_hold_several_guides(catalogue: Catalogue) -> Iterator[Finding]:
    """Find bundles of a single guide, which need no bundle (国发〔2024〕3号)."""
    for bundle in catalogue.all_of(Bundle):
        if len({step.guide for step in bundle.guides}) < FEWEST_GUIDES:
            message, hint = "只有一份办事指南，不用写成一件事", "请补上一起要办的指南，或删掉这一条。"
            yield Finding(
                item=bundle,
                path=("guides",),
                code="single-guide",
                message=message,
                hint=hint,
                severity="warning",
            )


def guides_come_once(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides that a bundle lists twice (国发〔2024〕3号)."""
    for bundle in catalogue.all_of(Bundle):
        for index, step in enumerate(bundle.guides):
            if step.guide in {earlier.guide for earlier in bundle.guides[:index]}:
                path = ("guides", index, "guide")
                message, hint = f"「{step.guide}」写了两次", "每份指南只写一条；几种情况下都要办的，用 or 连接条件。"
                yield Finding(item=bundle, path=path, code="duplicate-step", message=message, hint=hint)


def guides_can_be_done(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of guides that are not in force, which a bundle leaves out by itself (国发〔2024〕3号)."""
    for bundle in catalogue.all_of(Bundle):
        for index, step in enumerate(bundle.guides):
            guide = catalogue.find("guide", step.guide)
            if guide and guide.is_withdrawn(catalogue.today):
                yield Finding(
                    item=bundle,
                    path=("guides", index, "guide"),
                    code="step-withdrawn",
                    message=f"{called(guide)}现在不能办，不算在这件事里",
                    hint="请换成现在能办的指南，或删掉这一条。",
                    severity="warning",
                )


def order_names_guides_of_the_bundle(catalogue: Catalogue) -> Iterator[Finding]:
    """Find names in `after` that are no guides of the bundle (国发〔2024〕3号)."""
    for bundle in catalogue.all_of(Bundle):
        known = [step.guide for step in bundle.guides]
        for index, step in enumerate(bundle.guides):
            for place, name in enumerate(step.after):
                if name not in known:
                    yield Finding(
                        item=bundle,
                        path=("guides", index, "after", place),
                        code="unknown-step",
                        message=f"「{name}」不在这件事要办的事里",
                        hint=f"{guess(name, known)}after 只写本条 guides 里有的编号：{'、'.join(known)}。",
                    )


def order_has_no_ring(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides that wait for each other, at the `after` that closes the ring (国发〔2024〕3号)."""
    for bundle in catalogue.all_of(Bundle):
        found = ring(bundle.before)
        if not found:
            continue
        index, step = next((at, step) for at, step in enumerate(bundle.guides) if step.guide in found)
        at = found.index(step.guide)
        waited = found[at - 1]
        named = [*found[at:], *found[:at], step.guide]
        names = " → ".join(_name(catalogue, identifier) for identifier in named)
        yield Finding(
            item=bundle,
            path=("guides", index, "after", step.after.index(waited)),
            code="order-ring",
            message=f"先后次序绕成了圈：{names}",
            hint="谁也没法先办；请核对哪一件真的要先办好，删掉多余的 after。",
        )


def _name(catalogue: Catalogue, identifier: str) -> str:
    guide = catalogue.find("guide", identifier)
    return guide.name if guide else identifier


def cases_of_steps_are_there(catalogue: Catalogue) -> Iterator[Finding]:
    """Find steps that name a case which their guide does not have (国发〔2024〕3号)."""
    for bundle in catalogue.all_of(Bundle):
        for index, step in enumerate(bundle.guides):
            guide = catalogue.find("guide", step.guide)
            if step.case and isinstance(guide, Guide):
                known = _cases(guide)
                if step.case not in known:
                    usable = "、".join(known[:MOST_NAMED]) + ("等" if len(known) > MOST_NAMED else "")
                    hint = f"{guess(step.case, known)}可用的情形：{usable}。" if known else "请删掉 case。"
                    yield Finding(
                        item=bundle,
                        path=("guides", index, "case"),
                        code="unknown-case",
                        message=f"{called(guide)}没有「{step.case}」这种情形",
                        hint=hint,
                    )


def _cases(guide: Guide) -> list[str]:
    try:
        return [node.id for node in guide.cases().nodes if node.id != ROOT and not node.elsewhere]
    except TooManyCases:  # the guide's own problem
        return []


def questions_of_bundles_matter(catalogue: Catalogue) -> Iterator[Finding]:
    """Find questions without effect and cases without a guide (国发〔2024〕3号)."""
    for bundle in catalogue.all_of(Bundle):
        if tree := tree_of(bundle):
            yield from _of_tree(bundle, tree)


def _of_tree(bundle: Bundle, tree: CaseTree) -> Iterator[Finding]:
    asked = {node.question.id for node in tree.nodes if node.question}
    for index, question in enumerate(bundle.questions):
        if question.id not in asked:
            path, message = ("questions", index), "怎样回答要办的事都一样"
            hint = "请删掉这个问题，或在 guides 的 when 里用到它。"
            yield Finding(item=bundle, path=path, code="question-without-effect", message=message, hint=hint)
    for node in tree.cases:
        if not node.elsewhere and not bundle.applying(node.answers):
            chosen = "、".join(option.text for _, option in node.chosen)
            message, hint = f"选「{chosen}」时一件要办的事也没有", "请补上指南，或在选项的 advice 写到哪里办、找谁。"
            yield Finding(item=bundle, path=("guides",), code="empty-case", message=message, hint=hint)


def results_come_before_their_use(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of guides that need what another of the bundle results in, but do not wait for it (国发〔2024〕3号)."""
    for bundle in catalogue.all_of(Bundle):
        try:
            earlier = all_before(bundle.before)
        except CycleError:
            continue  # told by a rule of its own
        makes = {step.guide: _result(catalogue, step) for step in bundle.guides}
        for index, step in enumerate(bundle.guides):
            guide = catalogue.find("guide", step.guide)
            wanted = {use.material for use in guide.materials if _is_sure(use)} if isinstance(guide, Guide) else set()
            makers = [name for name, made in makes.items() if made in wanted - {makes[step.guide]}]
            if set(step.after) - makes.keys():
                continue  # told by a rule of its own; the maker may be meant
            if makers and not earlier[step.guide] & set(makers):
                yield Finding(
                    item=bundle,
                    path=("guides", index),
                    code="order-contradicts-materials",
                    message=f"要用「{_name(catalogue, makers[0])}」办成的结果，却没有排在它后面",
                    hint=f"请写 after: [{makers[0]}]；不用等它的，在 accepted 说明理由。",
                    severity="warning",
                )


def _result(catalogue: Catalogue, step: BundleStep) -> str:
    guide = catalogue.find("guide", step.guide)
    return (guide.result.material or "") if isinstance(guide, Guide) else ""


def _is_sure(use: MaterialUse) -> bool:
    """Tell whether a material is wanted in every case and has to be brought."""
    return not (use.when or use.case or use.exempt)

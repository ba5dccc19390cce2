"""Bundles: an order that can be kept, guides that can be done, conditions and cases that are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError

from generator.bundle_parts import BundleStep
from generator.case_parts import CaseQuestion
from generator.cases import MOST_COMBINATIONS, ROOT, CaseTree, TooManyCases
from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem, called, guess
from generator.conditions import Is, mentions
from generator.guide_parts import MaterialUse
from generator.itinerary import all_before, ring
from generator.kinds.bundle import Bundle
from generator.kinds.guide import Guide

FEWEST_GUIDES = 2
MOST_CASES = 64
MOST_NAMED = 6


def bundles_hold_several_guides(catalogue: Catalogue) -> Iterator[Finding]:
    """Find bundles of a single guide, which need no bundle (一件事, issue 4)."""
    for bundle in catalogue.all_of(Bundle):
        if len({step.guide for step in bundle.guides}) < FEWEST_GUIDES:
            message, hint = "只有一份办事指南，不用写成一件事", "请补上一起要办的指南，或删掉这一条。"
            yield Finding(item=bundle, path=("guides",), code="single-guide", message=message, hint=hint)


def guides_come_once(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides that a bundle lists twice (一件事, issue 4)."""
    for bundle in catalogue.all_of(Bundle):
        for index, step in enumerate(bundle.guides):
            if step.guide in {earlier.guide for earlier in bundle.guides[:index]}:
                path = ("guides", index, "guide")
                message, hint = f"「{step.guide}」写了两次", "每份指南只写一条；几种情况下都要办的，用 or 连接条件。"
                yield Finding(item=bundle, path=path, code="duplicate-step", message=message, hint=hint)


def guides_can_be_done(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of guides that are not in force, which a bundle leaves out by itself (一件事, issue 4)."""
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
    """Find names in `after` that are no guides of the bundle (一件事, issue 4)."""
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
    """Find guides that wait for each other, at the `after` that closes the ring (一件事, issue 4)."""
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
    """Find steps that name a case which their guide does not have (一件事, issue 4)."""
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


def conditions_of_bundles_are_there(catalogue: Catalogue) -> Iterator[Finding]:
    """Find conditions of a bundle with a question or answer that is not there or comes later (情形引导, issue 4)."""
    for bundle in catalogue.all_of(Bundle):
        for index, question in enumerate(bundle.questions):
            yield from _condition(bundle, ("questions", index, "when"), question.when, bundle.questions[:index])
        for index, step in enumerate(bundle.guides):
            yield from _condition(bundle, ("guides", index, "when"), step.when, bundle.questions)


def _condition(
    bundle: Bundle, path: PathInItem, when: str | None, questions: Sequence[CaseQuestion]
) -> Iterator[Finding]:
    for named in dict.fromkeys(mentions(when)):
        question = next((entry for entry in questions if entry.id == named.question), None)
        if question:
            yield from _options(bundle, path, named, question)
            continue
        known = [entry.id for entry in questions]
        usable = f"可用的问题：{'、'.join(known)}。" if known else "请先在 questions 写上要问的问题，或删掉这个条件。"
        yield Finding(
            item=bundle,
            path=path,
            code="unknown-question",
            message=f"前面没有「{named.question}」这个问题",
            hint=f"{guess(named.question, known)}{usable}",
        )


def _options(bundle: Bundle, path: PathInItem, named: Is, question: CaseQuestion) -> Iterator[Finding]:
    known = [option.id for option in question.options]
    for option in dict.fromkeys(named.options):
        if option not in known:
            message = f"问题「{question.id}」没有「{option}」这个选项"
            hint = f"{guess(option, known)}可用的选项：{'、'.join(known)}。"
            yield Finding(item=bundle, path=path, code="unknown-option", message=message, hint=hint)


def questions_of_bundles_matter(catalogue: Catalogue) -> Iterator[Finding]:
    """Find ids used twice, questions without effect, empty and too many cases of bundles (情形引导, issue 4)."""
    for bundle in catalogue.all_of(Bundle):
        doubled = list(_doubled(bundle))
        yield from doubled
        if doubled or not bundle.questions:
            continue
        try:
            yield from _of_tree(bundle, bundle.cases())
        except TooManyCases:
            yield _too_many(bundle, f"情形多得算不完：各种回答的组合超过 {MOST_COMBINATIONS} 种")


def _of_tree(bundle: Bundle, tree: CaseTree) -> Iterator[Finding]:
    if len(tree.cases) > MOST_CASES:
        yield _too_many(bundle, f"有 {len(tree.cases)} 种情形，最多 {MOST_CASES} 种")
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


def _too_many(bundle: Bundle, message: str) -> Finding:
    hint = "请减少选项，或只在需要时才问（when）。"
    return Finding(item=bundle, path=("questions",), code="too-many-cases", message=message, hint=hint)


def _doubled(bundle: Bundle) -> Iterator[Finding]:
    for index, question in enumerate(bundle.questions):
        if question.id in {entry.id for entry in bundle.questions[:index]}:
            message, hint = f"问题编号「{question.id}」写了两次", "每个问题一个编号；请改其中一个，条件也跟着改。"
            path: PathInItem = ("questions", index, "id")
            yield Finding(item=bundle, path=path, code="duplicate-question", message=message, hint=hint)
        for place, option in enumerate(question.options):
            if option.id in {entry.id for entry in question.options[:place]}:
                message, hint = f"选项编号「{option.id}」写了两次", "同一问题的每个选项一个编号；请改其中一个。"
                path = ("questions", index, "options", place, "id")
                yield Finding(item=bundle, path=path, code="duplicate-option", message=message, hint=hint)


def results_come_before_their_use(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of guides that need what another of the bundle results in, but do not wait for it (一件事, issue 4)."""
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

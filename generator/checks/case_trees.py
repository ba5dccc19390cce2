"""Cases as they come out: every question makes a difference, every part is used, no case is empty or contradictory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

from generator.case_parts import CaseOption, CaseQuestion
from generator.cases import CaseTree, Node, child_id
from generator.catalogue import Catalogue
from generator.checks.case_survey import (
    Way,
    cases_here,
    conditioned_parts,
    conditioned_questions,
    labels_of,
    tree_of,
    ways,
)
from generator.checks.finding import Finding, PathInItem
from generator.checks.service import offered
from generator.conditions import holds
from generator.guide_parts import CaseDifference
from generator.kinds.guide import Guide


def questions_make_a_difference(catalogue: Catalogue) -> Iterator[Finding]:
    """Find questions whose answer changes nothing in any case (国发〔2016〕55号: 准确)."""
    for guide, tree in _trees(catalogue):
        needed = {node.question.id for node in tree.nodes if node.question}
        asked = {name for way in ways(guide.questions) for name in way.answers}
        for index, question in enumerate(guide.questions):
            if question.id in asked - needed:
                yield Finding(
                    item=guide,
                    path=("questions", index, "text"),
                    code="question-without-effect",
                    message="这个问题怎样回答，结果都一样",
                    hint="请在因它不同的材料、环节、收费或差别上写 when；都没有不同的，删掉这个问题。",
                )


def options_make_a_difference(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of options that lead to the same whatever else is answered (国发〔2016〕55号: 准确)."""
    for guide, tree in _trees(catalogue):
        signatures = _Signatures(guide, tree)
        for row, question in enumerate(guide.questions):
            met: dict[Hashable, CaseOption] = {}
            for index, option in enumerate(question.options if question.id in signatures.asking else ()):
                first = met.setdefault(signatures.of(question, option), option)
                if first is not option and (not option.leads_away or _all_lead_away(question)):
                    yield Finding(
                        item=guide,
                        path=("questions", row, "options", index, "text"),
                        code="options-alike",
                        message=f"选「{first.text}」和选「{option.text}」，结果总是一样",
                        hint="请合并成一个选项；为了让人看懂要分开写的，在 accepted 里说明。",
                        severity="warning",
                    )


# Several reasons to be served in one other place may stand side by side: people know their own by its name.
def _all_lead_away(question: CaseQuestion) -> bool:
    return all(option.leads_away for option in question.options)


class _Signatures:
    """What options lead to: equal for options that need not be told apart."""

    def __init__(self, guide: Guide, tree: CaseTree) -> None:
        self.guide = guide
        self.by_node: dict[str, Hashable] = {}
        self.asking: defaultdict[str, list[Node]] = defaultdict(list)
        """The nodes at which a question is asked, by its id."""
        for node in reversed(tree.nodes):  # those below come first
            self.by_node[node.id] = self._signature(node)
            if node.question:
                self.asking[node.question.id].append(node)

    def _signature(self, node: Node) -> Hashable:
        if node.elsewhere:
            return node.elsewhere.guide, node.elsewhere.advice
        if node.question is None:
            return self.guide.applying(node.answers).numbers
        return node.question.id, *(self.by_node[child_id(node, option)] for option in node.question.options)

    def of(self, question: CaseQuestion, option: CaseOption) -> Hashable:
        """Return what an option leads to wherever its question is asked."""
        return tuple(self.by_node[child_id(node, option)] for node in self.asking[question.id])


def conditions_can_hold(catalogue: Catalogue) -> Iterator[Finding]:
    """Find conditions that hold in no case (国发〔2016〕55号: 准确)."""
    for guide, path, when, what, times in _conditions(catalogue):
        if not any(times):
            yield Finding(
                item=guide,
                path=path,
                code="condition-never",
                message=f"条件「{when}」在任何情形下都不成立，这个{what}用不到",
                hint=f"请核对条件；真的用不到的，删掉这个{what}。",
            )


def conditions_can_fail(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of conditions that hold in every case (国发〔2016〕55号: 准确)."""
    for guide, path, when, what, times in _conditions(catalogue):
        if times and all(times):
            told = "把不同之处直接写进指南，删掉这条差别" if what == "差别" else "删掉 when"
            yield Finding(
                item=guide,
                path=path,
                code="condition-always",
                message=f"条件「{when}」在每种情形下都成立",
                hint=f"请核对条件；每种情形都一样的，{told}。",
                severity="warning",
            )


def _conditions(catalogue: Catalogue) -> Iterator[tuple[Guide, PathInItem, str, str, list[bool]]]:
    """Yield each condition with its place, what it is of, and in which ways to answer it holds."""
    for guide, _ in _trees(catalogue):
        found = list(ways(guide.questions))
        for index, question, when in conditioned_questions(guide):
            times = [question.id in way.answers for way in found if _comes_to(way, guide.questions[:index])]
            yield guide, ("questions", index, "when"), when, "问题", times
        for part in conditioned_parts(guide):
            times = [holds(part.when, way.answers) for way in found if way.away is None]
            yield guide, part.path, part.when, part.what, times


def _comes_to(way: Way, earlier: Sequence[CaseQuestion]) -> bool:
    """Tell whether none of the questions before another led away."""
    chosen = (question.option(way.answers.get(question.id, "")) for question in earlier)
    return not any(option.leads_away for option in chosen if option)


def differences_agree(catalogue: Catalogue) -> Iterator[Finding]:
    """Find differences that contradict each other in some case (国发〔2016〕55号: 同一事实处处一致)."""
    for guide, _ in _trees(catalogue):
        for (first, one), (second, other) in combinations(enumerate(guide.differences), 2):
            labels = _contradicted(one, other)
            both = [
                case for case in cases_here(guide) if all(holds(entry.when, case.answers) for entry in (one, other))
            ]
            if labels and both:
                yield Finding(
                    item=guide,
                    path=("differences", second),
                    code="differences-contradict",
                    message=f"{labels_of(both)}里，与第 {first + 1} 条差别写的{'、'.join(labels)}不一样",
                    hint="一种情形只能有一种写法；请改条件，让两条差别不同时成立。",
                )


def _contradicted(one: CaseDifference, other: CaseDifference) -> list[str]:
    """Return the labels of what two differences say differently."""
    found = []
    if one.promised and other.promised and one.promised.headline() != other.promised.headline():
        found.append("承诺办结时限")
    places = [(difference.windows, difference.place) for difference in (one, other)]
    if all(windows or place for windows, place in places) and places[0] != places[1]:
        found.append("办理地点")
    if None not in (one.visits, other.visits) and one.visits != other.visits:
        found.append("到办事现场次数")
    return found


def cases_have_steps(catalogue: Catalogue) -> Iterator[Finding]:
    """Find cases without any step (国办秘函〔2019〕19号: 办理流程 is a key element)."""
    for guide in offered(catalogue):
        if empty := [case for case in cases_here(guide) if not guide.applying(case.answers).steps]:
            message, hint = f"{labels_of(empty)}没有办理环节", "请补上这些情形的环节，或改环节的 when。"
            yield Finding(item=guide, path=("steps",), code="case-without-steps", message=message, hint=hint)


def cases_have_materials(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of cases without materials in guides that have some (国办秘函〔2019〕19号: 办理材料 is a key element)."""
    for guide in offered(catalogue):
        empty = [case for case in cases_here(guide) if not guide.applying(case.answers).materials]
        if guide.materials and empty:
            yield Finding(
                item=guide,
                path=("materials",),
                code="case-without-materials",
                message=f"{labels_of(empty)}不用交任何材料",
                hint="请核对材料的 when；确实什么都不用交的，在 accepted 里说明。",
                severity="warning",
            )


def _trees(catalogue: Catalogue) -> Iterator[tuple[Guide, CaseTree]]:
    """Yield the guides that ask, with their trees."""
    for guide in offered(catalogue):
        if tree := tree_of(guide):
            yield guide, tree

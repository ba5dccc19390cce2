"""Cases as written: conditions name questions and answers that are there, and what is written can be told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.case_parts import CaseQuestion
from generator.cases import MOST_COMBINATIONS, TooManyCases
from generator.catalogue import Catalogue
from generator.checks.case_survey import Asking, asking, conditioned_parts, conditioned_questions, most_multiplying
from generator.checks.finding import Finding, PathInItem, called
from generator.checks.service import certainly_longer, offered
from generator.conditions import KEYWORDS, Is, mentions
from generator.guide_parts import CaseDifference, FeeUse, MaterialUse
from generator.kinds.guide import Guide
from generator.near_miss import guess

CASE_LIMIT = 64
"""Cases that a guide may have where no settings say otherwise."""


def conditions_name_what_is_there(catalogue: Catalogue) -> Iterator[Finding]:
    """Find conditions with an unknown question or answer, or one that comes later (国发〔2016〕55号: 准确)."""
    for item in asking(catalogue):
        for index, question, when in conditioned_questions(item):
            path = ("questions", index, "when")
            for named in dict.fromkeys(mentions(when)):
                yield from _order_finding(item, path, named, question, item.questions[:index])
                yield from _naming_findings(item, path, named)
        for part in conditioned_parts(item):
            for named in dict.fromkeys(mentions(part.when)):
                yield from _naming_findings(item, part.path, named)


def _order_finding(
    item: Asking, path: PathInItem, named: Is, question: CaseQuestion, earlier: Sequence[CaseQuestion]
) -> Iterator[Finding]:
    ids = {entry.id for entry in item.questions}
    if named.question in ids - {entry.id for entry in earlier}:
        itself = named.question == question.id
        message = "条件用到了这个问题自己" if itself else f"条件用到了后面的问题「{named.question}」"
        hint = "什么时候问，只能由前面问题的回答决定；请改条件，或把用到的问题移到前面。"
        yield Finding(item=item, path=path, code="condition-order", message=message, hint=hint)


def _naming_findings(item: Asking, path: PathInItem, named: Is) -> Iterator[Finding]:
    ids = [entry.id for entry in item.questions]
    if len(set(ids)) < max(len(ids), 1):
        return  # no question at all, or two with one id: told once for the item, by rules of their own
    question = next((entry for entry in item.questions if entry.id == named.question), None)
    if question is None:
        known = list(dict.fromkeys(entry.id for entry in item.questions))
        message = f"没有「{named.question}」这个问题"
        hint = f"{guess(named.question, known)}可用的问题：{'、'.join(known)}。"
        yield Finding(item=item, path=path, code="unknown-question", message=message, hint=hint)
        return
    known = [option.id for option in question.options]
    for option in dict.fromkeys(named.options):
        if option not in known:
            message = f"问题「{question.id}」没有「{option}」这个选项"
            hint = f"{guess(option, known)}可用的选项：{'、'.join(known)}。"
            yield Finding(item=item, path=path, code="unknown-option", message=message, hint=hint)


def conditions_have_questions(catalogue: Catalogue) -> Iterator[Finding]:
    """Find conditions in an item that asks nothing (国发〔2016〕55号: 准确)."""
    for item in asking(catalogue):
        for part in () if item.questions else conditioned_parts(item):
            message = f"写了条件「{part.when}」，却没有情形问题"
            hint = "请在 questions 写上要问的问题，或删掉这个条件。"
            yield Finding(item=item, path=part.path, code="condition-without-questions", message=message, hint=hint)


def questions_are_distinct(catalogue: Catalogue) -> Iterator[Finding]:
    """Find two questions with one id, and ids that are words of conditions (国发〔2016〕55号: 准确)."""
    for item in asking(catalogue):
        for index, question in enumerate(item.questions):
            path = ("questions", index, "id")
            if question.id in KEYWORDS:
                message = f"「{question.id}」是条件里的连接词，不能作问题编号"
                yield Finding(
                    item=item, path=path, code="question-keyword", message=message, hint="请换一个词，例如 reason。"
                )
            if question.id in {entry.id for entry in item.questions[:index]}:
                message, hint = f"问题编号「{question.id}」写了两次", "每个问题一个编号；请改其中一个，条件也跟着改。"
                yield Finding(item=item, path=path, code="duplicate-question", message=message, hint=hint)


def options_are_distinct(catalogue: Catalogue) -> Iterator[Finding]:
    """Find two options of a question with one id or one text (国发〔2016〕55号: 准确)."""
    for item in asking(catalogue):
        for row, question in enumerate(item.questions):
            for index, option in enumerate(question.options):
                path, earlier = ("questions", row, "options", index), question.options[:index]
                if option.id in KEYWORDS:
                    message, hint = f"「{option.id}」是条件里的连接词，不能作选项编号", "请换一个词，例如 lost。"
                    yield Finding(item=item, path=(*path, "id"), code="option-keyword", message=message, hint=hint)
                if option.id in {entry.id for entry in earlier}:
                    message, hint = f"选项编号「{option.id}」写了两次", "同一问题的每个选项一个编号；请改其中一个。"
                    yield Finding(item=item, path=(*path, "id"), code="duplicate-option", message=message, hint=hint)
                if option.text in {entry.text for entry in earlier}:
                    message, hint = f"选项「{option.text}」写了两次", "请合并，或把两个选项写得分得清。"
                    yield Finding(item=item, path=(*path, "text"), code="same-option-text", message=message, hint=hint)


def options_lead_to_what_can_be_done(catalogue: Catalogue) -> Iterator[Finding]:
    """Find options that lead to the item itself or to one that is withdrawn (国发〔2016〕55号: 准确)."""
    for item in asking(catalogue):
        for row, question in enumerate(item.questions):
            for index, option in enumerate(question.options):
                other = catalogue.find("guide", option.guide) if option.guide else None
                if other is item:
                    code, message = "option-to-itself", f"选项「{option.text}」改办的就是这件事自己"
                    hint = "要在这里办的，删掉选项的 guide；改办别的事，写那件事的编号。"
                elif other and other.is_withdrawn(catalogue.today) and not item.is_withdrawn(catalogue.today):
                    code, message = "option-withdrawn", f"选项「{option.text}」要改办的{called(other)}现在不能办"
                    hint = "请改为现在能办的事项，或删掉 guide，在 advice 写到哪里办、找谁。"
                else:
                    continue
                path = ("questions", row, "options", index, "guide")
                yield Finding(item=item, path=path, code=code, message=message, hint=hint)


def differences_say_something(catalogue: Catalogue) -> Iterator[Finding]:
    """Find differences that say nothing, or windows and another place at once (国发〔2016〕55号: 准确)."""
    for guide in catalogue.all_of(Guide):
        for index, difference in enumerate(guide.differences):
            path = ("differences", index)
            if difference == CaseDifference(when=difference.when):
                message, hint = "这条差别只有条件，没有写哪里不同", "请写 promised、windows、place、visits 或 note。"
                yield Finding(item=guide, path=path, code="empty-difference", message=message, hint=hint)
            if difference.windows and difference.place:
                message, hint = "又写了窗口，又写了大厅以外的地点", "在大厅办的只写 windows，不在大厅办的只写 place。"
                yield Finding(item=guide, path=(*path, "place"), code="difference-places", message=message, hint=hint)


def differences_keep_the_statute(catalogue: Catalogue) -> Iterator[Finding]:
    """Find promises for a case that are longer than the statutory limit (优化营商环境条例第三十六条)."""
    for guide in offered(catalogue):
        statutory = guide.time.statutory
        for index, difference in enumerate(guide.differences):
            promised = difference.promised
            if statutory and promised and certainly_longer(promised, statutory):
                yield Finding(
                    item=guide,
                    path=("differences", index, "promised", "number"),
                    code="promise-exceeds-statute",
                    message=f"承诺 {promised.headline()[1]}，超过法定的 {statutory.headline()[1]}",
                    hint="承诺时限不得长于法定时限（优化营商环境条例第三十六条）；请核对数字和单位。",
                )


def cases_in_words_are_conditions_too(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of materials and fees for a case in words only, in a guide that asks (行政许可法第三十条: 全部材料)."""
    for guide in offered(catalogue):
        for key, index, use in _uses_in_words(guide) if guide.questions else ():
            yield Finding(
                item=guide,
                path=(key, index, "case"),
                code="case-without-condition",
                message=f"「{use.case}」只写成了文字，没有写条件，每种情形的清单里都会有它",
                hint="请补上 when，例如 when: reason = lost；哪种情形都要的，删掉 case。",
                severity="warning",
            )


def _uses_in_words(guide: Guide) -> Iterator[tuple[str, int, MaterialUse | FeeUse]]:
    """Yield uses with a case and no condition; of fees only where there are several and none has one.

    A fee's case also tells what one pays for, such as 第一本证书.
    """
    for index, material in enumerate(guide.materials):
        if material.case and material.when is None:
            yield "materials", index, material
    if len(guide.fees) > 1 and not any(fee.when for fee in guide.fees):
        for index, fee in enumerate(guide.fees):
            if fee.case:
                yield "fees", index, fee


def cases_are_few(catalogue: Catalogue, case_limit: int) -> Iterator[Finding]:
    """Find guides and bundles with more cases than the settings allow (国发〔2016〕55号: 准确)."""
    mend = "请减少选项，或只在需要时才问（when）"
    for item in asking(catalogue):
        try:
            cases = item.cases().cases if item.questions else []
        except TooManyCases:
            message = f"情形多得算不完：各种回答的组合超过 {MOST_COMBINATIONS} 种"
            hint = f"{mend}；不相干的事分开写。"
            yield Finding(item=item, path=("questions",), code="too-many-cases", message=message, hint=hint)
            continue
        if len(cases) > case_limit:
            question = most_multiplying(item, cases)
            message = f"有 {len(cases)} 种情形，最多 {case_limit} 种；「{question.text}」这个问题使情形增加得最多"
            hint = f"{mend}；确实要这么多的，在 mkdocs.yml 的 extra.site 写 case_limit。"
            yield Finding(item=item, path=("questions",), code="too-many-cases", message=message, hint=hint)

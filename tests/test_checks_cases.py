"""The rules about cases: for each a finding, in full, and what raises none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from case_reference import combinations, end_of, reference_holds
from conftest import MakeCatalogue, World
from hypothesis import given, settings
from test_cases import guides as drawn_guides
from test_cases import walk

from generator.case_parts import CaseQuestion
from generator.catalogue import catalogue_of
from generator.checks import all_rules, case_orders, case_trees, cases, guides, run_checks, service, windows
from generator.checks.case_orders import Means
from generator.guide_parts import Step
from generator.json_schemas import json_schema
from generator.kinds.guide import Guide
from generator.scaffold import starting_text

MakeGuide = Callable[..., World]
GUIDE = "guides/card-renewal"
MATERIALS = {
    "materials/photo": "name: 照片\naliases: []\n",
    "materials/report": "name: 声明\naliases: []\n",
}
QUESTIONS = """\
questions:
  - id: reason
    text: 为什么要补办？
    why: 丢了的要声明，坏了的要交回旧证。
    options: [{id: lost, text: 丢了}, {id: damaged, text: 坏了}]
  - id: age
    text: 办证的人多大？
    why: 孩子由监护人陪同。
    when: reason = lost
    options: [{id: child, text: 未成年}, {id: adult, text: 成年人}]
"""
PARTS = """\
materials:
  - {material: small-card, form: 原件, source: 政府部门核发, case: 坏了, when: reason = damaged}
  - {material: photo, form: 原件}
  - {material: report, form: 原件, when: age = child}
"""
GOOD = QUESTIONS + PARTS


@pytest.fixture
def guide(make_catalogue: MakeCatalogue) -> MakeGuide:
    """Return a function that makes the small project with a guide that says this, and two materials more."""

    def made(text: str, **others: str) -> World:
        more = {f"guides/{name.replace('_', '-')}": snippet for name, snippet in others.items()}
        return make_catalogue({GUIDE: text, **MATERIALS, **more})

    return made


def edited(*changes: tuple[str, str]) -> str:
    """Return the good guide with passages replaced."""
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def test_a_guide_with_cases_raises_nothing(guide: MakeGuide) -> None:
    world = guide(GOOD)
    assert run_checks(world.catalogue, world.sources, case_limit=3) == []


def test_conditions_name_questions_and_options_that_are_there(guide: MakeGuide) -> None:
    wrong = guide(
        edited(("when: age = child", "when: 'not aeg = child or reason in [lost, damage]'"), ("= lost", "= lots"))
    )
    assert wrong.found(cases.conditions_name_what_is_there) == [
        f"{GUIDE} questions.1.when error unknown-option",
        "问题「reason」没有「lots」这个选项",
        "是不是 lost？可用的选项：lost、damaged。",
        f"{GUIDE} materials.2.when error unknown-question",
        "没有「aeg」这个问题",
        "是不是 age？可用的问题：reason、age。",
        f"{GUIDE} materials.2.when error unknown-option",
        "问题「reason」没有「damage」这个选项",
        "是不是 damaged？可用的选项：lost、damaged。",
    ]


def test_every_list_of_a_guide_may_have_conditions_and_all_are_looked_at(guide: MakeGuide) -> None:
    wrong = guide(
        GOOD
        + """\
steps: [{name: 受理, actor: 窗口, action: 核对, when: x = a}]
fees: [{fee: small-card, rate: renewal, when: x = a}]
differences: [{when: x = a, visits: 2}]
"""
    )
    places = wrong.found(cases.conditions_name_what_is_there)[::3]
    assert places == [f"{GUIDE} {key}.0.when error unknown-question" for key in ("steps", "fees", "differences")]


def test_a_question_depends_on_earlier_ones_only(guide: MakeGuide) -> None:
    wrong = guide(edited(("why: 丢", "when: age = adult\n    why: 丢"), ("when: reason = lost", "when: age = child")))
    assert wrong.found(cases.conditions_name_what_is_there) == [
        f"{GUIDE} questions.0.when error condition-order",
        "条件用到了后面的问题「age」",
        "什么时候问，只能由前面问题的回答决定；请改条件，或把用到的问题移到前面。",
        f"{GUIDE} questions.1.when error condition-order",
        "条件用到了这个问题自己",
        "什么时候问，只能由前面问题的回答决定；请改条件，或把用到的问题移到前面。",
    ]


def test_conditions_need_questions(guide: MakeGuide) -> None:
    wrong = guide(PARTS)
    assert wrong.found(cases.conditions_have_questions) == [
        f"{GUIDE} materials.0.when error condition-without-questions",
        "写了条件「reason = damaged」，却没有情形问题",
        "请在 questions 写上要问的问题，或删掉这个条件。",
        f"{GUIDE} materials.2.when error condition-without-questions",
        "写了条件「age = child」，却没有情形问题",
        "请在 questions 写上要问的问题，或删掉这个条件。",
    ]
    assert wrong.found(cases.conditions_name_what_is_there) == []
    assert guide(GOOD).found(cases.conditions_have_questions) == []


def test_ids_of_questions_are_distinct_and_no_words_of_conditions(guide: MakeGuide) -> None:
    wrong = guide(edited(("- id: age", "- id: reason"), ("when: age = child", "when: reason = child")))
    assert wrong.found(cases.questions_are_distinct) == [
        f"{GUIDE} questions.1.id error duplicate-question",
        "问题编号「reason」写了两次",
        "每个问题一个编号；请改其中一个，条件也跟着改。",
    ]
    wrong = guide(edited(("- id: age", "- id: in"), (", when: age = child", "")))
    assert wrong.found(cases.questions_are_distinct) == [
        f"{GUIDE} questions.1.id error question-keyword",
        "「in」是条件里的连接词，不能作问题编号",
        "请换一个词，例如 reason。",
    ]


def test_options_of_a_question_are_distinct(guide: MakeGuide) -> None:
    wrong = guide(edited(("{id: damaged, text: 坏了}", "{id: lost, text: 坏了}, {id: damaged, text: 丢了}")))
    assert wrong.found(cases.options_are_distinct) == [
        f"{GUIDE} questions.0.options.1.id error duplicate-option",
        "选项编号「lost」写了两次",
        "同一问题的每个选项一个编号；请改其中一个。",
        f"{GUIDE} questions.0.options.2.text error same-option-text",
        "选项「丢了」写了两次",
        "请合并，或把两个选项写得分得清。",
    ]
    keyword = guide(edited(("{id: adult,", "{id: not,")))
    assert keyword.found(cases.options_are_distinct) == [
        f"{GUIDE} questions.1.options.1.id error option-keyword",
        "「not」是条件里的连接词，不能作选项编号",
        "请换一个词，例如 lost。",
    ]
    same_in_two_questions = guide(edited(("{id: adult, text: 成年人}", "{id: lost, text: 丢了}")))
    assert same_in_two_questions.found(cases.options_are_distinct) == []


OTHER = "name: 小证补领\ncodes: {local: XQ-0102}\naliases: [补小证]\n"


def test_options_lead_to_other_guides_that_are_done(guide: MakeGuide) -> None:
    text = edited(
        ("text: 坏了}", "text: 坏了, guide: card-loss}"), ("text: 成年人}", "text: 成年人, guide: card-renewal}")
    )
    text = text.replace("reason = damaged", "reason = lost")
    wrong = guide(text, card_loss=OTHER + "planned_end: 2026-11-22\n")
    assert wrong.found(cases.options_lead_to_what_can_be_done) == [
        f"{GUIDE} questions.0.options.1.guide error option-withdrawn",
        "选项「坏了」要改办的「小证补领」（guides/card-loss）现在不能办",
        "请改为现在能办的事项，或删掉 guide，在 advice 写到哪里办、找谁。",
        f"{GUIDE} questions.1.options.1.guide error option-to-itself",
        "选项「成年人」改办的就是这件事自己",
        "要在这里办的，删掉选项的 guide；改办别的事，写那件事的编号。",
    ]
    right = guide(text.replace("guide: card-renewal", "advice: 到派出所办"), card_loss=OTHER)
    assert right.found(cases.options_lead_to_what_can_be_done) == []
    both_over = guide(text + "planned_end: 2026-11-22\n", card_loss=OTHER + "planned_end: 2026-11-22\n")
    assert len(both_over.found(cases.options_lead_to_what_can_be_done)) == 3


def test_an_option_that_leads_nowhere_is_a_dangling_reference(guide: MakeGuide) -> None:
    wrong = guide(edited(("text: 坏了}", "text: 坏了, guide: card-los}")), card_loss=OTHER)
    assert wrong.said("dangling-reference") == (
        "items/guides/card-renewal.yml:5:68: 错误: 「情形问题第1条·选项第2条·改办事项」「card-los」不在办事指南里 "
        "[dangling-reference]\n"
        "    是不是 card-loss？请核对编号，或先在 items/guides/ 下新建 card-los.yml。\n共 1 个错误，0 个提醒。"
    )


def test_differences_say_one_thing_at_least_and_one_place(guide: MakeGuide) -> None:
    wrong = guide(
        GOOD
        + """\
differences:
  - {when: age = child}
  - {when: reason = damaged, windows: [A01], place: 派出所}
  - {when: age = adult, note: 带户口簿}
"""
    )
    assert wrong.found(cases.differences_say_something) == [
        f"{GUIDE} differences.0 error empty-difference",
        "这条差别只有条件，没有写哪里不同",
        "请写 promised、windows、place、visits 或 note。",
        f"{GUIDE} differences.1.place error difference-places",
        "又写了窗口，又写了大厅以外的地点",
        "在大厅办的只写 windows，不在大厅办的只写 place。",
    ]


def test_a_promise_for_a_case_keeps_the_statute(guide: MakeGuide) -> None:
    wrong = guide(GOOD + "differences: [{when: age = child, promised: {number: 61}}]\n")
    assert wrong.found(cases.differences_keep_the_statute) == [
        f"{GUIDE} differences.0.promised.number error promise-exceeds-statute",
        "承诺 61 个工作日，超过法定的 60 日（自然日）",
        "承诺时限不得长于法定时限（优化营商环境条例第三十六条）；请核对数字和单位。",
    ]
    right = guide(GOOD + "differences: [{when: age = child, promised: {number: 60}}]\n")
    assert right.found(cases.differences_keep_the_statute) == []


def test_a_case_in_words_is_a_condition_too(guide: MakeGuide) -> None:
    fees = "fees: [{fee: small-card, rate: renewal, case: 期满换领}, {fee: small-card, rate: loss}]\n"
    wrong = guide(edited(("{material: photo, form: 原件}", "{material: photo, form: 原件, case: 未成年}")) + fees)
    assert wrong.found(cases.cases_in_words_are_conditions_too) == [
        f"{GUIDE} materials.1.case warning case-without-condition",
        "「未成年」只写成了文字，没有写条件，每种情形的清单里都会有它",
        "请补上 when，例如 when: reason = lost；哪种情形都要的，删掉 case。",
        f"{GUIDE} fees.0.case warning case-without-condition",
        "「期满换领」只写成了文字，没有写条件，每种情形的清单里都会有它",
        "请补上 when，例如 when: reason = lost；哪种情形都要的，删掉 case。",
    ]
    assert (
        guide(GOOD + fees.replace("loss}", "loss, when: age = child}")).found(cases.cases_in_words_are_conditions_too)
        == []
    )
    assert guide(GOOD).found(cases.cases_in_words_are_conditions_too) == []
    assert guide(PARTS + fees).found(cases.cases_in_words_are_conditions_too) == []


def many(count: int, when: str = "") -> str:
    """Return a guide with yes-or-no questions, a material for each answer, the last question with three options."""
    lines = ["questions:"]
    for number in range(count):
        more = ", {id: c, text: 丙}" if number == count - 1 else ""
        lines.append(f"  - {{id: q{number}, text: 问{number}？, why: 不同。, {when}")
        lines.append(f"     options: [{{id: a, text: 甲}}, {{id: b, text: 乙}}{more}]}}")
    return "\n".join(lines) + "\n"


def several(count: int) -> str:
    """Return steps, one for each of the first questions' first answers, and two for the last."""
    whens = [f"q{number} = a" for number in range(count)] + [f"q{count - 1} = b"]
    steps = [
        f"  - {{name: 第{number}步, actor: 窗口, action: 核对, when: {when}}}" for number, when in enumerate(whens)
    ]
    return "\n".join(["steps:", "  - {name: 受理, actor: 窗口, action: 核对}", *steps]) + "\n"


def test_there_are_no_more_cases_than_the_settings_allow(guide: MakeGuide) -> None:
    world = guide(many(3) + several(3))

    def said(limit: int) -> list[tuple[str, str, str]]:
        found = cases.cases_are_few(world.catalogue, limit)
        return [(".".join(map(str, finding.path)), finding.message, finding.hint) for finding in found]

    assert said(11) == [
        (
            "questions",
            "有 12 种情形，最多 11 种；「问2？」这个问题使情形增加得最多",
            "请减少选项，或只在需要时才问（when）；确实要这么多的，在 mkdocs.yml 的 extra.site 写 case_limit。",
        )
    ]
    assert said(12) == []
    assert "too-many-cases" in [problem.code for problem in run_checks(world.catalogue, world.sources, 11)]
    assert "too-many-cases" not in [problem.code for problem in run_checks(world.catalogue, world.sources)]


def test_more_combinations_than_can_be_counted_are_told_and_break_nothing(guide: MakeGuide) -> None:
    world = guide(many(16) + several(16))
    (problem,) = [found for found in run_checks(world.catalogue, world.sources) if found.is_error()]
    assert str(problem.place) == "items/guides/card-renewal.yml:2:3"
    assert (problem.field, problem.message, problem.hint, problem.severity) == (
        "情形问题",
        "情形多得算不完：各种回答的组合超过 20000 种",
        "请减少选项，或只在需要时才问（when）；不相干的事分开写。",
        "error",
    )
    assert "cases" not in vars(world.catalogue.sheet(world.catalogue.by_path[GUIDE]).tree)


def test_every_question_makes_a_difference(guide: MakeGuide) -> None:
    wrong = guide(edited((", when: age = child", "")))
    assert wrong.found(case_trees.questions_make_a_difference) == [
        f"{GUIDE} questions.1.text error question-without-effect",
        "这个问题怎样回答，结果都一样",
        "请在因它不同的材料、环节、收费或差别上写 when；都没有不同的，删掉这个问题。",
    ]
    nothing_said = guide(QUESTIONS)
    assert [line.split()[1] for line in nothing_said.found(case_trees.questions_make_a_difference)[::3]] == [
        "questions.0.text",
        "questions.1.text",
    ]
    only_leads_away = guide(QUESTIONS.replace("text: 坏了", "text: 坏了, advice: 到派出所办").split("  - id: age")[0])
    assert only_leads_away.found(case_trees.questions_make_a_difference) == []


def test_every_option_makes_a_difference(guide: MakeGuide) -> None:
    wrong = guide(edited(("{id: adult, text: 成年人}", "{id: adult, text: 成年人}, {id: old, text: 老年人}")))
    assert wrong.found(case_trees.options_make_a_difference) == [
        f"{GUIDE} questions.1.options.2.text warning options-alike",
        "选「成年人」和选「老年人」，结果总是一样",
        "请合并成一个选项；为了让人看懂要分开写的，在 accepted 里说明。",
    ]
    away = edited(
        ("text: 未成年}", "text: 未成年, advice: 找派出所}"), ("text: 成年人}", "text: 成年人, advice: 找派出所}")
    )
    assert guide(away).found(case_trees.options_make_a_difference)[1] == "选「未成年」和选「成年人」，结果总是一样"
    reasons = "{id: name, text: 改名, advice: 找派出所}, {id: place, text: 搬家, advice: 找派出所}"
    side_by_side = edited(("{id: damaged, text: 坏了}", f"{{id: damaged, text: 坏了}}, {reasons}"))
    assert guide(side_by_side).found(case_trees.options_make_a_difference) == []
    different_elsewhere = edited(
        ("    when: reason = lost\n", ""),
        ("{id: adult, text: 成年人}", "{id: adult, text: 成年人}, {id: old, text: 老年人}"),
        ("when: reason = damaged", "when: reason = damaged and not age = old"),
    )
    assert guide(different_elsewhere).found(case_trees.options_make_a_difference) == []


def test_every_condition_holds_in_some_case(guide: MakeGuide) -> None:
    wrong = guide(
        edited(
            ("age = child", "age = child and reason = damaged"),
            ("when: reason = lost", "when: not reason in [lost, damaged]"),
        )
    )
    assert wrong.found(case_trees.conditions_can_hold) == [
        f"{GUIDE} questions.1.when error condition-never",
        "条件「not reason in [lost, damaged]」在任何情形下都不成立，这个问题用不到",
        "请核对条件；真的用不到的，删掉这个问题。",
        f"{GUIDE} materials.2.when error condition-never",
        "条件「age = child and reason = damaged」在任何情形下都不成立，这个材料用不到",
        "请核对条件；真的用不到的，删掉这个材料。",
    ]
    # What applies only to those who are served elsewhere is used by nobody.
    away = guide(edited(("text: 坏了}", "text: 坏了, advice: 到派出所办}")))
    assert away.found(case_trees.conditions_can_hold)[0] == f"{GUIDE} materials.0.when error condition-never"


def test_every_condition_fails_in_some_case(guide: MakeGuide) -> None:
    wrong = guide(
        edited(("{material: photo, form: 原件}", "{material: photo, form: 原件, when: 'reason in [lost, damaged]'}"))
        + "differences: [{when: not reason = lost or reason = lost, visits: 2}]\n"
    )
    assert wrong.found(case_trees.conditions_can_fail) == [
        f"{GUIDE} materials.1.when warning condition-always",
        "条件「reason in [lost, damaged]」在每种情形下都成立",
        "请核对条件；每种情形都一样的，删掉 when。",
        f"{GUIDE} differences.0.when warning condition-always",
        "条件「not reason = lost or reason = lost」在每种情形下都成立",
        "请核对条件；每种情形都一样的，把不同之处直接写进指南，删掉这条差别。",
    ]
    # A question that all come to who are not led away before it need not say when.
    asked_anyway = guide(edited(("text: 坏了}", "text: 坏了, advice: 到派出所办}")))
    assert asked_anyway.found(case_trees.conditions_can_fail) == [
        f"{GUIDE} questions.1.when warning condition-always",
        "条件「reason = lost」在每种情形下都成立",
        "请核对条件；每种情形都一样的，删掉 when。",
    ]


def test_differences_of_one_case_agree(guide: MakeGuide) -> None:
    wrong = guide(
        GOOD
        + """\
differences:
  - {when: reason = lost, promised: {number: 5}, windows: [A01], visits: 1}
  - {when: age = child, promised: {number: 6}, place: 派出所, visits: 2}
  - {when: age = adult, promised: {number: 5}, windows: [A01], note: 早上来}
  - {when: reason = damaged, promised: {number: 9}, windows: [A02], visits: 3}
"""
    )
    assert wrong.found(case_trees.differences_agree) == [
        f"{GUIDE} differences.1 error differences-contradict",
        "情形「丢了 · 未成年」里，与第 1 条差别写的承诺办结时限、办理地点、到办事现场次数不一样",
        "一种情形只能有一种写法；请改条件，让两条差别不同时成立。",
    ]


def test_no_case_is_without_steps(guide: MakeGuide) -> None:
    wrong = guide(GOOD + "steps: [{name: 受理, actor: 窗口, action: 核对, when: age = child}]\n")
    assert wrong.found(case_trees.cases_have_steps) == [
        f"{GUIDE} steps error case-without-steps",
        "情形「丢了 · 成年人」、「坏了」没有办理环节",
        "请补上这些情形的环节，或改环节的 when。",
    ]
    assert guide(GOOD).found(case_trees.cases_have_steps) == []
    in_no_case = "steps: [{name: 受理, actor: 窗口, action: 核对, when: age = child and reason = damaged}]\n"
    wrong = guide(QUESTIONS + in_no_case)
    assert wrong.found(case_trees.cases_have_steps)[1] == "所有情形没有办理环节"


def test_cases_without_materials_are_looked_at(guide: MakeGuide) -> None:
    text = edited(("  - {material: photo, form: 原件}\n", ""))
    assert guide(text).found(case_trees.cases_have_materials) == [
        f"{GUIDE} materials warning case-without-materials",
        "情形「丢了 · 成年人」不用交任何材料",
        "请核对材料的 when；确实什么都不用交的，在 accepted 里说明。",
    ]
    assert guide(GOOD).found(case_trees.cases_have_materials) == []
    nothing_for_anybody = QUESTIONS + "# without materials\ndifferences: [{when: age = child, visits: 2}]\n"
    assert guide(nothing_for_anybody).found(case_trees.cases_have_materials) == []


def test_many_cases_are_counted_and_not_all_named(guide: MakeGuide) -> None:
    options = ", ".join(f"{{id: {identifier}, text: {identifier * 2}}}" for identifier in "abcdef")
    questions = f"questions: [{{id: which, text: 哪种？, why: 不同。, options: [{options}]}}]\n"
    materials = "".join(
        f"  - {{material: {name}, form: 原件, when: '{when}'}}\n"
        for name, when in (
            ("small-card", "which in [a, b, c]"),
            ("photo", "which in [a, c, e]"),
            ("report", "which in [a, d, e]"),
        )
    )
    steps = "steps: [{name: 受理, actor: 窗口, action: 核对, when: which = f}]\n"
    wrong = guide(f"{questions}materials:\n{materials}{steps}")
    assert wrong.found(case_trees.cases_have_steps)[1] == "「aa」、「bb」、「cc」等 5 种情形没有办理环节"


def test_the_fewest_questions_are_asked(guide: MakeGuide) -> None:
    text = """\
questions:
  - {id: age, text: 多大？, why: 不同。, options: [{id: child, text: 未成年}, {id: adult, text: 成年人}]}
  - id: reason
    text: 为什么？
    why: 不同。
    options: [{id: lost, text: 丢了}, {id: damaged, text: 坏了}, {id: old, text: 旧了}]
materials:
  - {material: small-card, form: 原件, when: reason = damaged}
  - {material: photo, form: 原件, when: reason = old}
  - {material: report, form: 原件, when: age = child and reason = lost}
"""
    assert guide(text).found(case_orders.questions_are_asked_in_the_best_order) == [
        f"{GUIDE} questions warning more-questions-than-needed",
        "平均要问 2.0 个问题，换个次序只要问 1.3 个",
        "按这个次序写：reason→age；有理由不换的，在 accepted 里说明。",
    ]
    assert guide(GOOD).found(case_orders.questions_are_asked_in_the_best_order) == []
    # The other order would ask fewer, and lead a child who is abroad to another place than now.
    both_lead_away = text.replace("text: 未成年}", "text: 未成年, advice: 找学校}").replace(
        "text: 旧了}", "text: 旧了, advice: 找派出所}"
    )
    assert guide(both_lead_away).found(case_orders.questions_are_asked_in_the_best_order) == []


@settings(max_examples=60, deadline=None)
@given(drawn_guides())
def test_the_mean_of_questions_is_that_over_all_combinations(drawn: tuple[list[CaseQuestion], list[str]]) -> None:
    questions, conditions = drawn
    steps = [Step(name="受理", actor="窗口", action="核对", when=condition) for condition in conditions]
    guide = Guide.model_construct(questions=tuple(questions), steps=tuple(steps), materials=(), fees=(), differences=())
    tree = guide.cases()
    asked = [len(walk(tree, chosen).chosen) for chosen in combinations(questions)]
    assert Means(guide).of(questions) == pytest.approx(sum(asked) / len(asked))


BROKEN = [
    ("- id: age", "- id: reason"),
    ("{id: damaged,", "{id: lost,"),
    ("when: reason = lost", "when: reason = none"),
    ("when: reason = lost", "when: age = child"),
    ("when: age = child", "when: nothing = child"),
]


@pytest.mark.parametrize("change", BROKEN)
def test_rules_about_the_tree_wait_until_conditions_are_right(change: tuple[str, str], guide: MakeGuide) -> None:
    wrong = guide(edited(change))
    rules = [rule for rule in all_rules() if rule.__module__ == case_trees.__name__]
    rules.append(case_orders.questions_are_asked_in_the_best_order)
    assert len(rules) == 8
    assert [line for rule in rules for line in wrong.found(rule)] == []
    assert any(problem.is_error() for problem in run_checks(wrong.catalogue, wrong.sources))


# What older rules say of cases.


def test_windows_of_a_case_exist_and_are_the_departments(guide: MakeGuide) -> None:
    wrong = guide(GOOD + "differences: [{when: age = child, windows: [A02, A30]}]\n")
    assert wrong.found(windows.guides_name_existing_windows) == [
        f"{GUIDE} differences.0.windows.1 error unknown-window",
        "「小区政务服务中心」没有 A30 窗口",
        "请核对墙上挂的号，或先在大厅文件里加上这个窗口。",
    ]
    without_hall = guide(
        GOOD + "# without hall\n# without windows\ndifferences: [{when: age = child, windows: [A02]}]\n"
    )
    assert without_hall.found(windows.guides_name_existing_windows) == [
        f"{GUIDE} differences.0.windows error windows-without-hall",
        "写了窗口号，没有写是哪个大厅",
        "请补上 hall，或把地点写在 visit.place。",
    ]
    stopped = guide(GOOD + "status: 暂停\n# without windows\ndifferences: [{when: age = child, windows: [A02]}]\n")
    assert stopped.found(windows.stopped_items_leave_their_windows) == [
        f"{GUIDE} differences.0.windows error withdrawn-with-windows",
        "事项状态是「暂停」，还写着窗口 A02",
        "停办的事项要从窗口屏和平面图撤下；请删掉 windows，恢复办理时再写。",
    ]
    only_there = guide(GOOD + "windows: [A01]\ndifferences: [{when: age = child, windows: [A02]}]\n")
    assert only_there.found(windows.department_windows_handle_something) == []


STEPS = """\
steps:
  - {name: 受理, actor: 窗口, days: {number: 6}, action: 核对}
  - {name: 补件, actor: 窗口, days: {number: 8}, action: 核对, when: reason = lost}
  - {name: 鉴定, actor: 窗口, days: {number: 8}, action: 核对, when: reason = damaged}
"""


def test_only_steps_of_one_case_are_added(guide: MakeGuide) -> None:
    assert guide(GOOD + STEPS).found(service.steps_keep_the_promise) == []
    sooner = "differences: [{when: reason = damaged, promised: {number: 10}}]\n"
    assert guide(GOOD + STEPS + sooner).found(service.steps_keep_the_promise) == [
        f"{GUIDE} steps error steps-exceed-promise",
        "情形「坏了」：各环节时限合计 14 个工作日（6 + 8），超过承诺的 10 个工作日",
        "请缩短环节时限，或改承诺办结时限。",
    ]


def test_a_licence_has_all_steps_in_every_case(guide: MakeGuide) -> None:
    names = ("受理", "审查", "决定", "办结", "送达")
    steps = [f"  - {{name: {name}, actor: 窗口, action: 核对}}" for name in names]
    text = "\n".join([f"{GOOD}type: 行政许可\nsteps:", *steps]) + "\n"
    assert guide(text).found(service.licences_show_all_steps) == []
    assert guide(text.replace("办结, actor: 窗口", "办结, actor: 窗口, when: reason = lost")).found(
        service.licences_show_all_steps
    ) == [
        f"{GUIDE} steps warning licence-steps",
        "情形「坏了」：行政许可的办理流程缺「办结」",
        "行政许可的流程依次写明受理→审查→决定→办结→送达，环节名称里要有这些词。",
    ]


def test_a_material_with_two_conditions_is_written_once(guide: MakeGuide) -> None:
    wrong = guide(GOOD + "  - {material: report, form: 原件, when: reason = damaged}\n")
    assert wrong.found(guides.materials_are_listed_once) == [
        f"{GUIDE} materials.3.material error duplicate-material",
        "材料「report」写了两次",
        "同一材料只写一条，几种情形都要的用 or 连在一个 when 里；份数不同的写在 note 里。",
    ]


# The rule: what rules about the tree find is what trying every answer finds.


@settings(max_examples=100, deadline=None)
@given(drawn_guides())
def test_what_is_never_always_or_needlessly_so_is_what_brute_force_finds(
    drawn: tuple[list[CaseQuestion], list[str]],
) -> None:
    questions, conditions = drawn
    steps = [Step(name="受理", actor="窗口", action="核对", when=condition) for condition in conditions]
    guide = Guide.model_construct(
        id="x", questions=tuple(questions), steps=tuple(steps), materials=(), fees=(), differences=()
    )
    one = catalogue_of([guide], date(2026, 11, 23))
    ends = [(chosen, end_of(questions, chosen)) for chosen in combinations(questions)]
    here = [end.answers for _, end in ends if end.away is None]
    times = {
        ("steps", row, "when"): [reference_holds(when, answers) for answers in here]
        for row, when in enumerate(conditions)
    }
    for row, question in enumerate(questions):
        if question.when is not None:
            earlier = {entry.id for entry in questions[:row]}
            come = [end for _, end in ends if end.away is None or list(end.answers)[-1] not in earlier]
            times["questions", row, "when"] = [question.id in end.answers for end in come]
    never = {path for path, held in times.items() if not any(held)}
    always = {path for path, held in times.items() if held and all(held)}
    assert {finding.path for finding in case_trees.conditions_can_hold(one)} == never
    assert {finding.path for finding in case_trees.conditions_can_fail(one)} == always
    asked = {name for _, end in ends for name in end.answers}
    needless = {
        ("questions", row, "text")
        for row, question in enumerate(questions)
        if question.id in asked and not _changes_something(question, questions, conditions)
    }
    assert {finding.path for finding in case_trees.questions_make_a_difference(one)} == needless


def _changes_something(question: CaseQuestion, questions: list[CaseQuestion], conditions: list[str]) -> bool:
    """Tell whether some answers exist of which changing this one alone changes what comes of them."""
    for chosen in combinations(questions):
        results = set()
        for option in question.options:
            end = end_of(questions, {**chosen, question.id: option})
            said = tuple(reference_holds(condition, end.answers) for condition in conditions)
            results.add(end.away.advice if end.away else said)
        if len(results) > 1:
            return True
    return False


def test_editors_are_told_of_questions_and_conditions(tmp_path: Path) -> None:
    text = starting_text(tmp_path, Guide)
    assert "# 情形问题：问清是哪种情形，材料、费用等才说得准；没有就不写。\n# questions:\n#   - id: reason\n" in text
    assert re.search("还可以写：[^\n]*when（何时有）", text)
    parts = json_schema(Guide)["$defs"]
    for name in ("CaseQuestion", "MaterialUse", "FeeUse", "Step", "CaseDifference"):
        assert "问题怎样回答时" in parts[name]["properties"]["when"]["description"]

"""Cases: questions, options, conditions and differences of guides and bundles."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 12, "情形问题"
_RIGHT = "不同情形的清单要准确（国发〔2016〕55号）。"
_WHERE = "要到哪里办、带什么，每种情形只能有一种说法。"
_HEAD = "questions:\n"


def _asked(identifier: str, *options: str, when: str = "", text: str = "为什么换领？") -> str:
    """Return a question with options, each from id and text."""
    condition = f", when: {when}" if when else ""
    listed = "\n".join(f"      - {{{option}}}" for option in options)
    return f"  - id: {identifier}\n    text: {text}\n    why: 材料不同{condition and chr(10) + '    when: ' + when}\n    options:\n{listed}\n"


def _material(when: str, more: str = "") -> str:
    return f"materials:\n  - {{material: small-card, form: 原件, when: {when}{more}}}"


_LOST, _OLD = "id: lost, text: 丢了", "id: old, text: 到期了"
_REASON = _asked("reason", _LOST, _OLD)
_PLACE_ASKED = _asked("place", "id: here, text: 本区", "id: there, text: 外区", text="户口在哪里？")
_GOOD = _HEAD + _REASON + _material("reason = lost")
_STEPS = "steps:\n  - {name: 受理, actor: 窗口, action: 收件, when: reason = lost}\n"
_AWAY = "id: other, text: 别的, guide: %s"
_OTHER = "# items/guides/card-loss.yml\nname: 小证补领\naliases: [补小证]\ncodes: {local: XQ-0102}\n"


def _difference(*lines: str) -> str:
    return _GOOD + "\ndifferences:\n" + "\n".join(f"  - {{{line}}}" for line in lines)


# ruff: noqa: E501
RULES = (
    Rule(
        "condition-order",
        "unusable",
        "条件用到后面的问题",
        "问题的 when 用到了它自己或后面的问题。",
        "还没问到的问题没有回答，条件没法判断。",
        _HEAD + _asked("reason", _LOST, _OLD, when="place = here") + _PLACE_ASKED + _material("reason = lost"),
        _GOOD,
    ),
    Rule(
        "unknown-question",
        "false",
        "没有这个问题",
        "条件里写的问题编号，本条没有。",
        _RIGHT,
        _HEAD + _REASON + _material("reson = lost"),
        _GOOD,
        sure="S",
    ),
    Rule(
        "unknown-option",
        "false",
        "没有这个选项",
        "条件里写的选项编号，那个问题没有。",
        _RIGHT,
        _HEAD + _REASON + _material("reason = loss"),
        _GOOD,
        sure="S",
    ),
    Rule(
        "condition-without-questions",
        "false",
        "写了条件没有问题",
        "写了 when，却一个情形问题也没有。",
        _RIGHT,
        _material("reason = lost"),
        _GOOD,
        sure="S",
    ),
    Rule(
        "question-keyword",
        "unusable",
        "问题编号是连接词",
        "问题编号用了条件里的连接词，如 and、or。",
        "条件里分不清它是编号还是连接词。",
        _HEAD + _asked("or", _LOST, _OLD),
        _GOOD,
    ),
    Rule(
        "option-keyword",
        "unusable",
        "选项编号是连接词",
        "选项编号用了条件里的连接词，如 and、or。",
        "条件里分不清它是编号还是连接词。",
        _HEAD + _asked("reason", "id: or, text: 丢了", _OLD),
        _GOOD,
    ),
    Rule(
        "duplicate-question",
        "false",
        "问题编号重复",
        "两个问题用了同一个编号。",
        "条件里分不清说的是哪一个。",
        _HEAD + _REASON + _REASON + _material("reason = lost"),
        _GOOD,
    ),
    Rule(
        "duplicate-option",
        "false",
        "选项编号重复",
        "一个问题的两个选项用了同一个编号。",
        "条件里分不清说的是哪一个。",
        _HEAD + _asked("reason", _LOST, "id: lost, text: 到期了"),
        _GOOD,
    ),
    Rule(
        "same-option-text",
        "unusable",
        "选项文字重复",
        "一个问题的两个选项文字一样。",
        "两个一样的选项，谁也不知道选哪一个。",
        _HEAD + _asked("reason", _LOST, "id: old, text: 丢了") + _material("reason = lost"),
        _GOOD,
    ),
    Rule(
        "option-to-itself",
        "false",
        "选项改办的就是这件事",
        "选项写的改办事项就是本条自己。",
        "转来转去还在原处。",
        _HEAD + _asked("reason", _LOST, _OLD, _AWAY % "card-renewal") + _material("reason = lost"),
        _GOOD,
    ),
    Rule(
        "option-withdrawn",
        "unusable",
        "选项改办的事停办了",
        "选项写的改办事项已取消或暂停。",
        "指过去的人还是办不了。",
        _HEAD
        + _asked("reason", _LOST, _OLD, _AWAY % "card-loss")
        + _material("reason = lost")
        + "\n"
        + _OTHER
        + "status: 取消\nrevision_note: 不再办理。\n# 不写 windows",
        _HEAD
        + _asked("reason", _LOST, _OLD, _AWAY % "card-loss")
        + _material("reason = lost")
        + "\n"
        + _OTHER.rstrip(),
    ),
    Rule(
        "empty-difference",
        "unusable",
        "差别没写哪里不同",
        "一条差别只有条件，没有内容。",
        "空的差别什么也没有告诉群众。",
        _difference("when: reason = lost"),
        _difference("when: reason = lost, note: 先登报声明。"),
    ),
    Rule(
        "difference-places",
        "false",
        "差别写了两个地点",
        "一条差别又写窗口，又写大厅以外的地点。",
        _WHERE,
        _difference("when: reason = lost, windows: [A02], place: 政和路 6 号 102 室"),
        _difference("when: reason = lost, windows: [A02]"),
    ),
    Rule(
        "differences-contradict",
        "false",
        "两条差别矛盾",
        "同一种情形里，两条差别写的时限、地点或次数不一样。",
        _WHERE,
        _difference("when: reason = lost, visits: 1", "when: reason = lost, visits: 2"),
        _difference("when: reason = lost, visits: 2"),
    ),
    Rule(
        "case-without-condition",
        "doubtful",
        "情形只写成文字",
        "材料或收费的适用情形只有文字，没有 when。",
        "行政许可法第三十条：全部材料；没有条件，每种情形的清单里都会有它。",
        _HEAD + _REASON + "materials:\n  - {material: small-card, form: 原件, case: 丢了的}",
        _GOOD,
        sure="S",
    ),
    Rule(
        "too-many-cases",
        "unusable",
        "情形太多",
        "情形的数目超过上限。",
        "群众不会回答这么多问题；页面也做不出来。",
        "几十种情形的问题",
        "只在需要时才问",
        not_run="要 64 种以上的情形",
    ),
    Rule(
        "question-without-effect",
        "unusable",
        "问题怎样回答都一样",
        "问题的回答不影响任何内容。",
        "让人白白多答一个问题。",
        _HEAD + _REASON,
        _GOOD,
    ),
    Rule(
        "options-alike",
        "doubtful",
        "两个选项结果一样",
        "两个选项引出的结果总是相同。",
        "可以合并；也可能是忘了写条件。",
        _HEAD + _asked("reason", _LOST, _OLD, "id: bad, text: 坏了") + _material("reason = lost"),
        _GOOD,
    ),
    Rule(
        "condition-never",
        "false",
        "条件永远不成立",
        "条件在任何情形下都不成立。",
        _RIGHT,
        _HEAD + _REASON + _material("reason = lost and reason = old"),
        _GOOD,
        sure="S",
    ),
    Rule(
        "condition-always",
        "doubtful",
        "条件总是成立",
        "条件在每种情形下都成立。",
        _RIGHT,
        _HEAD + _REASON + _material("reason = lost or reason = old"),
        _GOOD,
        sure="S",
    ),
    Rule(
        "case-without-steps",
        "inspected",
        "有的情形没有环节",
        "某种情形里一个办理环节也没有。",
        "办理流程是重点要素（国办秘函〔2019〕19号）。",
        _HEAD + _REASON + _STEPS.rstrip(),
        _HEAD + _REASON + _STEPS + "  - {name: 换证, actor: 窗口, action: 收旧证, when: reason = old}",
        sure="S",
    ),
    Rule(
        "case-without-materials",
        "doubtful",
        "有的情形不用交材料",
        "某种情形里一份材料也不用交。",
        "办理材料是重点要素（国办秘函〔2019〕19号）。",
        _HEAD + _REASON + _material("reason = lost"),
        _HEAD + _REASON + _STEPS + "  - {name: 换证, actor: 窗口, action: 收旧证, when: reason = old}",
        sure="S",
    ),
    Rule(
        "more-questions-than-needed",
        "style",
        "换个次序可以少问",
        "换个次序，平均少问几个问题。",
        "少问一个问题，少走一批人。",
        _HEAD
        + _asked("place", "id: here, text: 本区", "id: there, text: 外区", text="户口在哪里？")
        + _asked("reason", _LOST, _OLD)
        + _material("reason = lost and place = there").replace("when: reason", "when: reason"),
        _GOOD,
        not_run="要一整份分情形的指南",
    ),
)

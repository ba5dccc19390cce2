"""Bundles: several guides of one event."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 13, "一件事"
_BUNDLE = "items/bundles/moving.yml"
_ONE = "高效办成一件事（国发〔2024〕3号）：要办的事、先后和材料一次说清。"
_OTHER = "\n# items/guides/card-loss.yml\nname: 小证补领\naliases: [补小证]\ncodes: {local: XQ-0102}"
_TWO = "guides:\n  - {guide: card-renewal}\n  - {guide: card-loss%s}"
_GOOD = _TWO % "" + _OTHER
_ASKED = "questions:\n  - id: lost\n    text: 小证丢了吗？\n    why: 要办的事不同\n    options:\n      - {id: yes, text: 丢了}\n      - {id: no, text: 没丢}\n"
# ruff: noqa: E501
RULES = (
    Rule(
        "single-guide",
        "style",
        "只有一份指南",
        "一件事里只有一份办事指南。",
        "一份指南自己就说清了，不用再写一件事。",
        "guides: [{guide: card-renewal}]",
        _GOOD,
        file=_BUNDLE,
    ),
    Rule(
        "duplicate-step",
        "false",
        "指南写了两次",
        "一件事里同一份指南写了两条。",
        _ONE,
        "guides:\n  - {guide: card-renewal}\n  - {guide: card-renewal}\n  - {guide: card-loss}" + _OTHER,
        _GOOD,
        sure="S",
        file=_BUNDLE,
    ),
    Rule(
        "step-withdrawn",
        "doubtful",
        "有一件停办了",
        "一件事里有一份指南已取消或暂停。",
        _ONE,
        _GOOD + "\nstatus: 取消\nrevision_note: 不再办理。\n# 不写 windows",
        _GOOD,
        sure="S",
        file=_BUNDLE,
    ),
    Rule(
        "unknown-step",
        "false",
        "先办的不在这件事里",
        "after 写的编号，本条 guides 里没有。",
        _ONE,
        _TWO % ", after: [card-renewel]" + _OTHER,
        _TWO % ", after: [card-renewal]" + _OTHER,
        sure="S",
        file=_BUNDLE,
    ),
    Rule(
        "order-ring",
        "unusable",
        "先后绕成了圈",
        "几件事互相要对方先办。",
        "谁也没法先办。",
        "guides:\n  - {guide: card-renewal, after: [card-loss]}\n  - {guide: card-loss, after: [card-renewal]}"
        + _OTHER,
        _TWO % ", after: [card-renewal]" + _OTHER,
        file=_BUNDLE,
    ),
    Rule(
        "unknown-case",
        "false",
        "指南没有这种情形",
        "写的办的情形，那份指南里没有。",
        _ONE,
        _TWO % ", case: lost" + _OTHER,
        _GOOD,
        sure="S",
        file=_BUNDLE,
    ),
    Rule(
        "empty-case",
        "unusable",
        "有的情形没有事要办",
        "某种情形里一件要办的事也没有。",
        _ONE,
        _ASKED
        + "guides:\n  - {guide: card-renewal, when: lost = yes}\n  - {guide: card-loss, when: lost = yes}"
        + _OTHER,
        _ASKED
        + "guides:\n  - {guide: card-renewal, when: lost = no}\n  - {guide: card-loss, when: lost = yes}"
        + _OTHER,
        sure="S",
        file=_BUNDLE,
    ),
    Rule(
        "order-contradicts-materials",
        "doubtful",
        "先后与材料矛盾",
        "一件要用另一件的结果，却没有排在它后面。",
        _ONE,
        _GOOD + "\nresult: {kind: 无, delivery: [窗口领取]}",
        _TWO % ", after: [card-renewal]" + _OTHER + "\nresult: {kind: 无, delivery: [窗口领取]}",
        sure="S",
        file=_BUNDLE,
    ),
)

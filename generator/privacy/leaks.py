"""What is found: kinds of personal information, with what an editor is told of each, and the forms of masking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.problems import Severity


class Leak(NamedTuple):
    """Personal information in a text: its kind, where it stands, and how it is masked."""

    kind: str
    start: int
    end: int
    masked: str


class Span(NamedTuple):
    """What a detector has found, before anybody asks whether it is allowed."""

    kind: str
    start: int
    end: int
    masked: str


class Kind(NamedTuple):
    """What is said of a kind of personal information: 「138****8000」是手机号码, and what to do."""

    label: str
    hint: str
    severity: Severity = "error"


_LAW = "政府信息公开条例第十五条"
_SENSITIVE = "个人信息保护法第二十八条"
# The forms in which districts publish: first six and last four, 138****3210, last four of a card, village or estate.
KINDS: Mapping[str, Kind] = {
    "identity-number": Kind("公民身份号码", f"公民身份号码不得公开（{_LAW}）；请删去，样例用校验位不对的虚构号码。"),
    "mobile-number": Kind("手机号码", "不公布个人手机号；请写带区号的办公电话或 12345。"),
    "bank-card": Kind("银行卡号", f"银行卡号是敏感个人信息（{_SENSITIVE}）；请删去，确须公示的只留后四位。"),
    "passport-number": Kind("护照号码", f"护照号码不得公开（{_LAW}）；请删去。"),
    "travel-permit": Kind("出入境证件号码", f"港澳台和外国人的证件号码不得公开（{_LAW}）；请删去。"),
    "thin-mask": Kind(
        "遮盖得不够的号码",
        "身份证号最多留前六位和后四位，手机号留前三位和后四位，其余用 * 代替。",
        "warning",
    ),
    "plate-number": Kind("车牌号", "个人车辆的号牌能认出人（个人信息保护法第四条）；请删去，或遮盖后四位。", "warning"),
    "personal-email": Kind(
        "个人邮箱", "请写单位的邮箱；确实是办公用的，在 items/checks.yml 的 public 里写明理由。", "warning"
    ),
    "home-address": Kind("家庭住址", f"住址不得写到门牌号（{_LAW}）；请只写到村或小区。", "warning"),
    "health-detail": Kind("个人的健康情况", f"健康情况是敏感个人信息（{_SENSITIVE}）；请删去病名或姓名。"),
}


def masked_number(number: str, head: int, tail: int) -> str:
    """Return a number without separators, its middle as asterisks."""
    plain = re.sub(r"[ \-]", "", number)
    return f"{plain[:head]}{'*' * (len(plain) - head - tail)}{plain[len(plain) - tail :]}"


def masked_name(name: str) -> str:
    """Return a person's name as districts publish it: 张* and 李*敏."""
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"

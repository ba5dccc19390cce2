"""The detectors of personal information: every kind and form is found, and nothing that only looks like it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some
from private_numbers import HARMLESS, Planted, card_number, identity_number, planted
from stdnum.cn import ric, uscc

from generator.privacy import KINDS, Leak, allowed_form, columns, find
from generator.privacy.names import is_personal_name

ALL = planted(seed=5, fewest=100)


def shown(text: str) -> list[tuple[str, str]]:
    return [(leak.kind, leak.masked) for leak in find(text)]


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.code)
def test_every_form_is_found_as_what_it_is(entry: Planted) -> None:
    assert [leak.kind for leak in find(entry.text)] == [entry.code]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证 110101199003070038", "110101********0038"),
        ("电话 +86 138-0013-3210", "138****3210"),
        ("6222 0202 0009 8765 437", "***************5437"),
        ("护照 E12345678", "E1*****78"),
        ("车牌 京A12345", "京A1****"),
        ("住址：明川区柳树小区 3 栋 201 室", "明川区柳树小区****"),
        ("zhangsan@qq.com", "zh****@qq.com"),
        ("村民李小敏，患有癌症", "李*敏，患有癌"),
    ],
)
def test_the_masked_form_is_that_in_which_districts_publish(text: str, masked: str) -> None:
    assert [leak.masked for leak in find(text)] == [masked]


@given(some.integers(0, 10**9))
def test_an_identity_number_is_found_by_its_check_character(seed: int) -> None:
    number = identity_number(random.Random(seed))
    assert shown(f"甲{number}乙") == [("identity-number", f"{number[:6]}********{number[-4:]}")]
    wrong = number[:-1] + next(sign for sign in "0123456789X" if sign != ric.calc_check_digit(number))
    assert not any(kind == "identity-number" for kind, _ in shown(f"甲{wrong}乙"))


@given(some.integers(0, 10**9), some.sampled_from([16, 17, 19]))
def test_a_card_is_found_by_luhn_alone(seed: int, length: int) -> None:
    number = card_number(random.Random(seed), length)
    assert [kind for kind, _ in shown(f"甲{number}乙")] == ["bank-card"]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert shown(f"甲{wrong}乙") == []


@given(some.from_regex(r"[19][1-3][1-9][0-9]{5}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True))
def test_codes_of_organisations_are_no_identity_numbers(body: str) -> None:
    assert shown(f"信用代码 {body}{uscc.calc_check_digit(body)}") == []


@given(some.text())
def test_offsets_are_those_of_the_text_as_given(text: str) -> None:
    written = f"{text}\n电话：１３８-００１３-８０００。"
    leak = list(find(written))[-1]
    assert leak == Leak("mobile-number", len(text) + 4, len(written) - 1, "138****8000")


def test_published_numbers_are_left_alone() -> None:
    allowed = frozenset({allowed_form("138 0013 8000"), allowed_form("Bangong@163.com")})
    assert list(find("值班手机 +86 138-0013-8000，bangong@163.com", allowed)) == []
    assert [leak.kind for leak in find("13800138001", allowed)] == ["mobile-number"]


def test_every_kind_can_be_told() -> None:
    assert {entry.code for entry in ALL} == KINDS.keys()


@pytest.mark.parametrize(
    ("title", "value", "tells"),
    [
        ("身份证号", "110101199003070011", True),
        ("身份证号码", "110101********0011", False),
        ("身份证号", "1101011990****0011", True),
        ("身份证号", "略", False),
        ("手机号", "13800138000", True),
        ("手机号码", "138****8000", False),
        ("联系电话", "0123-5550101", False),
        ("银行账号", "40012345678901", True),
        ("银行卡号", "************1111", False),
        ("家庭住址", "柳树村 3 组 12 号", True),
        ("家庭住址", "柳树村", False),
        ("病种", "尿毒症", True),
    ],
)
def test_a_cell_tells_by_the_title_of_its_column(title: str, value: str, tells: bool) -> None:
    assert columns.tells(columns.kind_of(title), value) is tells


@pytest.mark.parametrize("title", ["咨询电话", "办公地址", "序号", "金额（元）", "单位名称"])
def test_ordinary_columns_are_left_alone(title: str) -> None:
    assert columns.kind_of(title) == ""


def test_names_of_persons_are_told_from_offices_and_programs() -> None:
    assert all(map(is_personal_name, ["张三", "欧阳小敏", "Zhang San"]))
    assert not any(
        map(
            is_personal_name,
            ["明川区（演示）", "黄山区", "高新办", "Administrator", "Microsoft Office User", "WPS", ""],
        )
    )

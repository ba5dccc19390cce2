"""Private numbers of every kind and form, invented by a seeded generator, and numbers that only look like them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from stdnum import luhn
from stdnum.cn import ric


class Planted(NamedTuple):
    """A text that tells of a person, and the code by which it has to be found."""

    code: str
    text: str


REGIONS = ("110101", "310104", "440305", "510107", "620102", "999999", "330106", "810000")
PLATE_AREAS = "京沪粤川浙苏鲁豫鄂湘"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def identity_number(pick: random.Random) -> str:
    """Return a number that passes every check, born between 1930 and 2019."""
    born = f"{pick.randint(1930, 2019)}{pick.randint(1, 12):02}{pick.randint(1, 28):02}"
    body = f"{pick.choice(REGIONS)}{born}{pick.randint(0, 999):03}"
    return body + ric.calc_check_digit(body + "0")


def card_number(pick: random.Random, length: int, prefix: str = "62") -> str:
    """Return a card number with the right check digit."""
    body = prefix + "".join(pick.choice("0123456789") for _ in range(length - len(prefix) - 1))
    return body + luhn.calc_check_digit(body)


def mobile_number(pick: random.Random) -> str:
    """Return a mobile number."""
    return f"1{pick.choice('3456789')}{pick.randint(0, 999_999_999):09}"


def _full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() and sign.isascii() else sign for sign in text)


def _identities(pick: random.Random) -> Iterator[str]:
    number = identity_number(pick)
    yield number
    yield f"身份证号：{number[:6]} {number[6:14]} {number[14:]}"
    yield f"公民身份号码{_full_width(number)}"
    yield f"张三（{number}）"
    yield f"ID{number}"
    yield f"身份证 110101{pick.randint(30, 99)}0{pick.randint(1, 9)}1{pick.randint(0, 9)}{pick.randint(0, 999):03}"


def _mobiles(pick: random.Random) -> Iterator[str]:
    number = mobile_number(pick)
    yield number
    yield f"{number[:3]} {number[3:7]} {number[7:]}"
    yield f"{number[:3]}-{number[3:7]}-{number[7:]}"
    yield f"+86 {number}"
    yield f"+86-{number[:3]}-{number[3:7]}-{number[7:]}"
    yield f"联系电话：{_full_width(number)}"
    yield f"手机 {number[:3]} {number[3:6]} {number[6:]}"
    yield f"老王{number}下班后找"


def _cards(pick: random.Random) -> Iterator[str]:
    yield card_number(pick, 19)
    yield card_number(pick, 16)
    grouped = card_number(pick, 19)
    yield " ".join(grouped[place : place + 4] for place in range(0, 19, 4))
    yield f"开户行账号 {card_number(pick, 16, '4')}"
    yield f"卡号：{card_number(pick, 17)}"


def _papers(pick: random.Random) -> Iterator[Planted]:
    digits = f"{pick.randint(0, 99_999_999):08}"
    yield Planted("passport-number", f"护照号码：E{digits}")
    yield Planted("passport-number", f"持护照 E{pick.choice('ABCDEFGH')}{digits[:7]} 入境")
    yield Planted("passport-number", f"Passport No. G{digits}")
    yield Planted("travel-permit", f"往来港澳通行证 C{digits}")
    yield Planted("travel-permit", f"回乡证号码 H{digits}")
    yield Planted("travel-permit", f"台胞证号：{digits}")
    area, letter = pick.choice(PLATE_AREAS), pick.choice(LETTERS)
    yield Planted("plate-number", f"车牌 {area}{letter}{digits[:5]}")
    yield Planted("plate-number", f"{area}{letter}·D{digits[:5]}")
    yield Planted("plate-number", f"车主的车 {area}{letter}{pick.choice(LETTERS)}{digits[:4]} 停在门口")
    yield Planted(
        "home-address",
        f"家庭住址：明川区政和路 {pick.randint(1, 99)} 号 {pick.randint(1, 9)} 单元 {pick.randint(101, 909)} 室",
    )
    yield Planted("home-address", f"户籍地址：明川区柳树村{pick.randint(1, 9)}组{pick.randint(1, 99)}号")
    yield Planted("personal-email", f"邮箱 zhang{digits}@{pick.choice(('qq', '163', '126', 'foxmail'))}.com")
    yield Planted(
        "health-detail",
        f"患者张{pick.choice('三四伟芳')}，{pick.choice('男女')}，患有{pick.choice(('尿毒症', '糖尿病', '肺结核'))}",
    )
    yield Planted("thin-mask", f"身份证号 {identity_number(pick)[:14]}****")
    yield Planted("thin-mask", f"手机 {mobile_number(pick)[:9]}**")


def planted(seed: int, fewest: int) -> list[Planted]:
    """Return at least so many planted texts, of all kinds and forms."""
    pick = random.Random(seed)
    found: list[Planted] = []
    while len(found) < fewest:
        found += [Planted("identity-number", text) for text in _identities(pick)]
        found += [Planted("mobile-number", text) for text in _mobiles(pick)]
        found += [Planted("bank-card", text) for text in _cards(pick)]
        found += _papers(pick)
    return found


HARMLESS = (
    "电话 0123-5550101，转 8012",
    "拨打 12345 或 400-123-4567",
    "统一社会信用代码 91110000100003962T",
    "统一社会信用代码 1199010160201301XR",
    "信用代码 911101010828000004",
    "基本编码 000109001000，实施编码 1199010160201301XR4000109001000",
    "业务办理项编码 1199010160201301XR400010900100001",
    "样例 999999199001010017、000123199003070010",
    "ISBN 978-7-80185-988-6，9787801859886",
    "金额 13800138000元，150 2000 3000 4500",
    "面积 15912345678 平方米",
    "发票号码 24112000000012345678，流水号 20260101123000123456",
    "项目代码 2112-330106-04-01-123456",
    "卡号 6222020200098765438 的校验位不对",
    "国发〔2016〕55号、GB/T 39554.1-2020",
    "2026年11月22日 20261122 09:00-12:00",
    "京公网安备 00000000000000 号，京ICP备2026000001号-1，苏B2-20090191",
    "办公地址：明川区政和路 18 号 3 楼 301 室",
    "邮箱 dzb@mingchuan.gov.cn、bangong@mingchuan.example",
    "持护照、往来港澳通行证的，2026 年 1 月 1 日起",
    "身份证号 110101********0038，手机 138****3210",
    "见 https://a.example/13800138000/110101199003070038.html",
    "患有精神病、癌症的人可以申请医疗救助；王法官因病住院",
    "海拔 1380013800012 米，编号 A13800138000",
    "云A类窗口、新A0001号窗口、川菜",
)
"""Numbers and sayings that are no leak."""

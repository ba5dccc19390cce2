"""Columns of tables by their titles: which must not be filled with what tells of a person, and how they are masked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.privacy.numbers import is_masked_enough

_NUMBER = re.compile(r"[0-9Xx*＊•]+")
_HOUSE = re.compile(r"[0-9一二三四五六七八九十百]+ ?(?:号楼|号|幢|栋|座|单元|室|组|弄|房)")
_EMPTY = re.compile(r"[\s\-—/\\_.…]*|无|略|不公开|已隐去|保密|见.*|[×xX*＊]+|.*(?:样例|示例|虚构|填写).*")


class Column(NamedTuple):
    """A kind of column: its titles, and what is told of it."""

    titles: re.Pattern[str]
    label: str
    example: str


_COLUMNS: Mapping[str, Column] = {
    "identity": Column(
        re.compile("身份证|公民身份号码|证件号|身份号码|证件编号"), "身份证号", "110101********0038（前六位和后四位）"
    ),
    "phone": Column(
        re.compile("手机|移动电话|(?:本人|家庭|个人|申请人|家长|监护人|户主|联系人?).{0,4}电话"),
        "手机号",
        "138****3210（前三位和后四位）",
    ),
    "account": Column(
        re.compile("银行.{0,4}[账帐卡]号?|银行卡|[账帐]号|卡号|一卡通|社保卡号|存折"),
        "银行账号",
        "************1111（后四位）",
    ),
    "home": Column(
        re.compile("家庭住址|家庭地址|住址|户籍地址|户口所在地|居住地址|家庭详细"), "家庭住址", "只写到村或小区"
    ),
    "health": Column(
        re.compile("病种|病名|疾病|病情|患病|诊断|残疾(?:类别|类型|等级)|健康状况"), "健康情况", "删去这一列"
    ),
}
_NAMES = re.compile(
    r"^(?:户主|申请人|本人|患者|学生|家长|负责人)?姓 ?名$|^(?:户主|受助人|救助对象|补贴对象|领取人)(?:姓名)?$"
)
_LONGEST_TITLE = 16


def kind_of(title: str) -> str:
    """Return the kind of a column by its title, empty where the column may be filled."""
    written = re.sub(r"\s", "", title)
    if len(written) > _LONGEST_TITLE or re.search(r"[\d*＊]", written):
        return ""
    if _NAMES.search(written):
        return "name"
    return next((kind for kind, column in _COLUMNS.items() if column.titles.search(written)), "")


def label_of(kind: str) -> str:
    """Return what a column of a kind holds."""
    return _COLUMNS[kind].label


def advice_for(kind: str) -> str:
    """Return how a column of a kind is published, if at all."""
    return (
        f"请删去这一列；确须公示的，遮盖后再公布，例如 {_COLUMNS[kind].example}。"
        if kind != "health"
        else "请删去这一列。"
    )


def tells(kind: str, value: str) -> bool:
    """Tell whether a cell of such a column tells of a person: filled, and not masked enough."""
    written = value.strip()
    if _EMPTY.fullmatch(written):
        return False
    number = re.sub(r"[ \-'=\"]", "", written).replace("＊", "*").replace("•", "*")
    if kind == "identity":
        return _is_open(number, 15)
    if kind == "phone":
        return bool(re.match(r"(?:\+?86)?1[3-9*]", number)) and _is_open(number, 11)
    if kind == "account":
        return bool(re.fullmatch(r"[0-9*]{10,25}", number)) and sum(sign.isdigit() for sign in number) > 4
    if kind == "home":
        return bool(_HOUSE.search(written)) and "*" not in number
    return kind == "health" and written not in ("良好", "健康", "一般", "正常")


def _is_open(number: str, fewest: int) -> bool:
    """Tell whether a number of so many characters is shown whole, or masked too little."""
    if not _NUMBER.fullmatch(number) or len(number) < fewest:
        return False
    return not is_masked_enough(number)

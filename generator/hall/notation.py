"""Whether what a notice shows means what the source says, however people write it: each reader a pure function.

A reader takes a cleaned text and returns what it means in a form that can be compared, None where it cannot tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from generator.hall.compare_hours import same_hours
from generator.hall.compare_numbers import NUMBER, clean, number, with_digits_for_letters


class Verdict(Enum):
    """What a comparison found out."""

    SAME = "一致"
    DIFFERENT = "不一致"
    UNREADABLE = "看不懂"


class Sort(Enum):
    """How a statement is written, and so how it is read."""

    MONEY = "金额"
    DURATION = "时限"
    COUNT = "数目"
    PHONE = "电话"
    DATE = "日期"
    HOURS = "时间"
    FLAG = "是否"
    TEXT = "文字"


class Money(NamedTuple):
    """An amount or a range in yuan, or a percentage; nothing to pay is zero without a unit."""

    lowest: Decimal
    highest: Decimal
    unit: str = ""
    percent: bool = False


class Duration(NamedTuple):
    """A number of days or other units; zero means at once."""

    number: Decimal
    unit: str


class Phone(NamedTuple):
    """The digits of a number with its area code if written, and of its extension."""

    digits: str
    extension: str = ""


_FREE = re.compile(
    r"(本项目|此项|该项|现)?(免费(办理)?|全免|不收取?任何费用|不收取?费用?|免(收|征|缴|交)?(工本)?费?|零收费|无|不收)"
)
_MONEY_WORDS = r"(?:人民币|RMB|CNY|收费标准|收费|工本费|费用|标准|每人|:|¥)*"
_COUNTER = r"(?:平方米|人次|[证本张件副面次页户人月套个份宗辆])"
_YUAN = r"(?:元|块钱?|圆|RMB|CNY)?(?:人民币)?[整正]?"
_MONEY = re.compile(
    rf"{_MONEY_WORDS}(?:(?:每|一|1){_COUNTER})?"
    rf"{_MONEY_WORDS}(?P<low>{NUMBER}){_YUAN}(?:(?:-|至|到)¥?(?P<high>{NUMBER}){_YUAN})?"
    rf"(?:(?:/|每|一|1)?(?P<unit>{_COUNTER}))?[整正。.;]?"
)
_EACH = re.compile(rf"(?:每|一|1)({_COUNTER})(?=.*(?:元|块|圆|¥|\d))")
_PERCENT = re.compile(rf"(?:按|照)?(?:\D*?的)?(?P<number>\d+(?:\.\d+)?)%(?:收取|收费|计收)?|百分之(?P<word>{NUMBER})")


def money(text: str) -> Money | None:
    """Read an amount: 20元/证, ¥20, 贰拾元整, 每证20元, 10-40元, 免费, 0.5%."""
    if _FREE.fullmatch(text):
        return Money(Decimal(0), Decimal(0))
    if match := _PERCENT.fullmatch(text):
        rate = number(match["number"] or match["word"])
        return None if rate is None else Money(rate, rate, "", True)
    each = _EACH.match(re.sub(rf"^{_MONEY_WORDS}", "", text))
    match = _MONEY.fullmatch(text)
    if not match:
        return None
    low, high = number(match["low"]), number(match["high"] or match["low"])
    if low is None or high is None:
        return None
    unit = match["unit"] or (each[1] if each else "")
    return Money(low, high, "" if high == 0 else unit)


def same_money(shown: Money, meant: Money) -> bool:
    """Tell whether two amounts are equal; a unit that is not written fits any."""
    units = shown.unit == meant.unit or "" in (shown.unit, meant.unit)
    return shown[:2] == meant[:2] and shown.percent == meant.percent and units


_AT_ONCE = re.compile(
    r"(马上|即时|即刻|立即|立等|当场|现场|窗口)?(即办(件)?|当场|现场|可取|即时|立等可取|立即|马上就办)(办结|办理|办|取证|完成)?"
)
_TIME_WORDS = (
    r"(?:自|从|在|受理|申请|之日|起|后|法定|承诺|办结|办理|办|时限|期限|不超过|不多于|最长|最多|一般|约|为|:|,)*"
)
_AFTER = r"(?:[以之]?内|办结|办理|办完|完成|完毕|出证|领证|发证|取证|答复|决定|作出|做出|,|。|;)*"
_UNITS = dict.fromkeys(("工作日", "工作天"), "工作日") | dict.fromkeys(
    ("自然日", "日历日", "自然天", "天", "日"), "自然日"
)
_UNITS |= {"小时": "小时", "钟头": "小时", "分钟": "分钟", "周": "周", "星期": "周", "月": "月", "年": "年"}
_DURATION = re.compile(
    rf"{_TIME_WORDS}(?P<number>{NUMBER})个?(?P<unit>{'|'.join(_UNITS)})(?P<bracket>\((?:工作日|自然日|日历日)\))?{_AFTER}"
)


def duration(text: str) -> Duration | None:
    """Read a time limit: 5个工作日, 五个工作日内, 法定5工作日, 15日(自然日), 即办."""
    if _AT_ONCE.fullmatch(text):
        return Duration(Decimal(0), "")
    match = _DURATION.fullmatch(text)
    amount = number(match["number"]) if match else None
    if match is None or amount is None:
        return None
    unit = _UNITS[(match["bracket"] or "").strip("()") or match["unit"]]
    return Duration(amount, unit if amount else "")


_COUNT_WORDS = r"(?:最多|至多|只需?|仅需?|需要?|须|要|应|共|第|约|跑|去|来|到|现场|到场|大厅|窗口|交|提交|[×xX*:])*"
_COUNTERS = r"(?:[次趟回份件个层楼项种张本套页号趟遍条]|F)"
_COUNT = re.compile(rf"{_COUNT_WORDS}(?P<number>{NUMBER}){_COUNTERS}?(?:材料|现场|即可|办结|办成)*")
_NOT_ONCE = re.compile(r"(零跑动|不用跑|不用到现场|不跑|不见面|一次(都|也)?不(用)?跑|无需到场|全程网办|无|没有)")


def count(text: str) -> Decimal | None:
    """Read a number of things: 1, 1次, 最多跑一次, 2份, 零跑动."""
    if _NOT_ONCE.fullmatch(text):
        return Decimal(0)
    match = _COUNT.fullmatch(text)
    return number(match["number"]) if match else None


_EXTENSION = re.compile(r"(?:转|分机|内线|ext\.?|EXT\.?|#)+(\d{1,5})$|(?<=\d{7})-(\d{1,5})$")


def phone(text: str) -> Phone | None:
    """Read one phone number, whatever its dashes and brackets."""
    bare = re.sub(r"^(?:[^\d(+]*[电热]?[话线]|TEL|Tel|tel)?[:.]?", "", text)
    bare = re.sub(r"^\(?\+86\)?-?", "", bare)
    extension = _EXTENSION.search(bare)
    digits = bare[: extension.start()] if extension else bare
    if not re.fullmatch(r"[\d().·/-]+", digits):
        return None
    only = re.sub(r"\D", "", digits)
    found = (extension[1] or extension[2]) if extension else ""
    return Phone(only, found) if 3 <= len(only) <= 13 else None


def same_phone(shown: Phone, meant: str) -> bool:
    """Tell whether a number is the one meant, written `area-number-extension`; the area code may be left out."""
    area, *rest = meant.split("-") if re.match(r"0\d{2,3}-", meant) else ("", *meant.split("-"))
    local, extension = (rest[0], "".join(rest[1:])) if area else ("".join(rest), "")
    # A spreadsheet takes a number with its area code for a figure and drops the leading zero.
    spellings = {local, area + local, (area + local).lstrip("0")}
    return shown.digits in spellings and shown.extension == extension


_DATE = re.compile(
    rf"(?P<year>\d{{4}}|\d{{2}}|[〇零一二三四五六七八九]{{4}})[年./-](?P<month>{NUMBER})[月./-](?P<day>{NUMBER})[日号]?"
)


def day(text: str) -> date | None:
    """Read a date: 2026-10-12, 2026.10.12, 2026年10月12日, 20261012, 二〇二六年十月十二日."""
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    match = _DATE.fullmatch(re.sub(r"(00:00:00|起|止)$", "", text))
    parts = [number(match[name]) for name in ("year", "month", "day")] if match else [None]
    if any(part is None or part % 1 for part in parts):
        return None
    year, month, month_day = (int(part) for part in parts if part is not None)
    try:
        return date(year + 2000 if year < 100 else year, month, month_day)
    except ValueError:
        return None


_YES = re.compile(
    r"(是|收费|可|可以|能|支持|有|会|提供|√|✓|✔|对|Y|YES|TRUE)(网上)?(办理?|预约|支付|缴费|快递)?", re.IGNORECASE
)
_NO = re.compile(
    r"(否|不收费|免费|不|不可|不可以|不能|不支持|没有|无|暂不支持|不提供|×|✗|✘|X|N|NO|FALSE)(网上)?(办理?|预约|支付|缴费|快递)?",
    re.IGNORECASE,
)


def flag(text: str) -> bool | None:
    """Read yes or no: 是, 可, 支持, √; 否, 不可, 不支持, ×."""
    return True if _YES.fullmatch(text) else False if _NO.fullmatch(text) else None


def bare(text: str) -> str:
    """Return a text without blanks, punctuation and letter case; figures that a sign parts stay apart."""
    half = unicodedata.normalize("NFKC", clean(text)).casefold()
    parted = re.sub(r"(?<=\d)[^\w]+(?=\d)", "·", half)
    return re.sub(r"[^\w·]|_", "", parted)


_LABELLED = re.compile(r"^[\w/]{2,10}[:](?=.)")
_Reader = Callable[[str], object]
_READERS: Mapping[Sort, _Reader] = {
    Sort.MONEY: money, Sort.DURATION: duration, Sort.COUNT: count, Sort.DATE: day, Sort.FLAG: flag,
}  # fmt: skip


def compare(sort: Sort, shown: str, value: str, text: str) -> Verdict:
    """Compare a text shown with a fact of the sort, given its canonical value and its text."""
    if bare(shown) == bare(text) and bare(text):
        return Verdict.SAME
    half = clean(shown)
    said = _LABELLED.sub("", half) if sort is not Sort.HOURS else half
    verdict = _compare(sort, said, value, text)
    mended = with_digits_for_letters(said)
    if verdict is Verdict.UNREADABLE and mended != said:
        # Letters written for the digits that they look like: nobody can search for such a number or dial it.
        return verdict if _compare(sort, mended, value, text) is Verdict.UNREADABLE else Verdict.DIFFERENT
    return verdict


def _compare(sort: Sort, said: str, value: str, text: str) -> Verdict:
    if sort is Sort.TEXT:
        return Verdict.DIFFERENT
    if sort is Sort.HOURS:
        same = same_hours(said, clean(text))
    elif sort is Sort.PHONE:
        same = _some_phone(said, value)
    else:
        reader = _READERS[sort]
        seen, meant = reader(said), _meant(sort, value, text)
        same = None if seen is None else _equal(seen, meant)
    return Verdict.UNREADABLE if same is None else Verdict.SAME if same else Verdict.DIFFERENT


def _equal(seen: object, meant: object) -> bool:
    if isinstance(seen, Money):
        return isinstance(meant, Money) and same_money(seen, meant)
    return seen == meant


def _some_phone(said: str, value: str) -> bool | None:
    """Compare one or several numbers; each must be right. Letters in a number leave it unread."""
    numbers = [phone(part) for part in re.split(r"[、,;/]|或", said) if part]
    if not numbers or None in numbers:
        return None
    return all(one is not None and same_phone(one, value) for one in numbers)


def _meant(sort: Sort, value: str, text: str) -> object:
    """Return what a fact means: by its value, and by its text only for the unit."""
    if sort is Sort.DATE:
        return date.fromisoformat(value)
    if sort is Sort.FLAG:
        return value == "true"
    if sort is Sort.COUNT:
        return Decimal(value)
    if sort is Sort.DURATION:
        unit = "工作日" if "工作日" in text else "自然日"
        return Duration(Decimal(value), unit if value != "0" else "")
    return _meant_money(value, text)


def _meant_money(value: str, text: str) -> Money | None:
    low, _, high = value.partition("-")
    if not re.fullmatch(r"[\d.]+", low) or value.endswith("-"):
        return None  # 按情形收费, 90 元起 and the like: no amount is right
    return Money(Decimal(low), Decimal(high or low), text.partition("/")[2], "%" in text)


def sort_of(path: str, value: str, text: str, label: str) -> Sort:
    """Tell how a fact is written, from its path, its value and its text."""
    if value in ("true", "false") and text in ("是", "否"):
        return Sort.FLAG
    if path.endswith("amount"):
        return Sort.MONEY
    if re.search(r"工作日$|自然日）$|^当场办结$", text) and value.isdigit():
        return Sort.DURATION
    if re.search(r"\d\d:\d\d", text) and ("hours" in path or label == "办理时间"):
        return Sort.HOURS
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return Sort.DATE
    if path.endswith("phone"):
        return Sort.PHONE
    return Sort.COUNT if re.fullmatch(r"\d+", value) and value == text else Sort.TEXT

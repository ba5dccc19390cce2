"""What was surely meant by a value in another form: 20元, 2026年7月1日, 9：00～12：00. Empty where it is not sure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_DATE = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})|([0-9]{4})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?(?:[T ]?[0-9:.]{4,})?"
)
_UNITS = "元|圆|块|份|个|件|次|张|本|人|户|米|层|楼|天|日|个?工作日"
_NUMBER = re.compile(rf"[￥¥]?([0-9][0-9,]*(?:\.[0-9]+)?)(?:{_UNITS})?(?:/\w{{1,3}})?")
_ONE_DIGIT = {sign: str(number) for number, sign in enumerate("一二三四五六七八九", 1)} | {"两": "2"}
# Excel counts days from here; its numbers below are years and amounts, those above are no dates of our age.
_EXCEL_BEGINS, _EXCEL_NUMBERS = date(1899, 12, 30), range(30_000, 70_000)
_DASHES = re.compile("[~～—–−‐‑―至到-]+")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")
_PHONE = re.compile(r"\(?(0[0-9]{2,3})[) -]*([0-9]{7,8})(?:(?:转|-|#|分机)([0-9]{1,5}))?")


def _plain(value: object) -> str:
    return unicodedata.normalize("NFKC", str(value)).strip()


def meant_date(value: object) -> str:
    """Return the date meant by 2026年7月1日, 2026/7/1, 20260701 or by Excel's number of a day, as 2026-07-01."""
    text = _plain(value).replace(" ", "")
    if re.fullmatch("[0-9]{5}", text) and int(text) in _EXCEL_NUMBERS:
        return (_EXCEL_BEGINS + timedelta(days=int(text))).isoformat()
    match = _DATE.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups() if part)).isoformat() if match else ""
    except ValueError:
        return ""


def is_excel_day(value: object) -> bool:
    """Tell whether a value is the number by which Excel keeps a date."""
    return bool(re.fullmatch("[0-9]{5}", str(value))) and int(str(value)) in _EXCEL_NUMBERS


def meant_number(value: object) -> str:
    """Return the number meant by 20元, ２０, 1,200 or 一份."""
    text = _plain(value).replace(" ", "")
    match = _NUMBER.fullmatch(_ONE_DIGIT.get(text[:1], text[:1]) + text[1:])
    return re.sub("^0+(?=[0-9])", "", match[1].replace(",", "")) if match else ""


def meant_hours(value: object) -> list[str]:
    """Return the hours meant by 9:00～12：00, those over midnight in two pieces."""
    match = _CLOCK.fullmatch(_DASHES.sub("-", _plain(value).replace(" ", "")))
    if not match:
        return []
    hours = [int(part) for part in match.groups()]
    begin, end = (f"{hour:02d}:{minute:02d}" for hour, minute in (hours[:2], hours[2:]))
    if begin == "24:00":
        begin = "00:00"
    if hours[0] > 24 or hours[2] > 24 or hours[1] > 59 or hours[3] > 59 or begin > "24:00" or end > "24:00":
        return []
    if 17 <= hours[0] < 24 and hours[2] <= 8 and end != "00:00":  # a night
        return [f"{begin}-24:00", f"00:00-{end}"]
    return [f"{begin}-{end}"] if begin < end else []


def meant_phone(value: str) -> str:
    """Return the phone meant by （0123）5550101 or 0123-5550101转8012."""
    match = _PHONE.fullmatch(_DASHES.sub("-", _plain(value)))
    return "-".join(part for part in match.groups() if part) if match else ""


def meant_url(value: str) -> str:
    """Return the web address meant by http://… or by one without a scheme."""
    text = _plain(value)
    if re.fullmatch(r"(?i)(?:http://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\"']*)?", text):
        return "https://" + re.sub("(?i)^http://", "", text)
    return ""

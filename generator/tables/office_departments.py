"""Rows of a 机构名录 → departments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator import codelists
from generator.tables.office_account import Record
from generator.tables.office_draft import Desk, Draft, choice, name_of, said, texts
from generator.tables.office_grid import squeezed
from generator.tables.office_guides import phone_of

_SPAN = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})[-—–~～至到]+([0-9]{1,2})[:：]([0-9]{2})")


def drafts(records: Sequence[Record], desk: Desk) -> list[Draft]:
    """Return a draft for each row that has a name."""
    return [draft for record in records if (draft := _draft(record))]


def _draft(record: Record) -> Draft | None:
    name = name_of(record, "name")
    if not name:
        record.leave_all("这一行没有机构名称")
        return None
    values = said(
        {
            "name": name,
            "short_name": _plain(record, "short_name"),
            "credit_code": _plain(record, "credit_code"),
            "nature": choice(record, "nature", codelists.BODY_NATURES, {}),
            "duties": texts(record, "duties"),
            "address": _plain(record, "address"),
            "phone": phone_of(record, "phone"),
            "complaint_phone": phone_of(record, "complaint_phone"),
            "hours": _hours(record),
            "website": _website(record),
            "parent": _plain(record, "superior"),
        }
    )
    _rest(record)
    return Draft("department", name, values, record.source, tuple(record.comments))


def _rest(record: Record) -> None:
    """Say of the other columns what becomes of them; a person's name is not copied into the file either."""
    kept = list(record.comments)
    if record.text("head"):
        record.leave("head", "部门里不写个人")
    record.comments[:] = kept
    for field in ("fax", "postcode", "note"):
        record.note(field)


def _plain(record: Record, field: str) -> str:
    text = squeezed(record.text(field))
    record.place(field) if text else None
    return text


def _website(record: Record) -> str:
    text = squeezed(record.text("website"))
    if text and not text.startswith("https://"):
        record.leave("website", "网址要以 https:// 开头，请核对后填写")
        return ""
    if text:
        record.place("website")
    return text


def _hours(record: Record) -> list[dict[str, object]]:
    """Return the hours of working days, where nothing else is said than these."""
    text = squeezed(record.text("hours"))
    if not text:
        return []
    spans = [f"{int(a):02d}:{b}-{int(c):02d}:{d}" for a, b, c, d in _SPAN.findall(text)]
    rest = re.sub(
        "工作日|周一至周五|星期一至星期五|上午|下午|法定节假日除外|[，,、；;：:（()）]", "", _SPAN.sub("", text)
    )
    if not spans or rest or not re.search("工作日|周一至周五|星期一至星期五", text):
        record.leave("hours", "看不准是哪些日子、几点到几点，请手工填写")
        return []
    record.place("hours")
    return [{"days": "工作日", "spans": spans}]

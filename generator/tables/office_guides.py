"""Rows of a 事项清单 or 权责清单 → guides as far as such a list knows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from generator import codelists
from generator.tables.office_account import Record
from generator.tables.office_cells import days_in, number_of, says_calendar_days
from generator.tables.office_draft import Desk, Draft, Values, bases, choice, department, name_of, said
from generator.tables.office_grid import squeezed

_TYPES = {name.removeprefix("行政"): name for name in codelists.ITEM_TYPES} | {
    "其他权力": "其他行政权力", "其他": "其他行政权力", "其他职权": "其他行政权力", "其他类": "其他行政权力",
}  # fmt: skip
_HANDLING = {"即办": "即办件", "承诺": "承诺件", "承诺办": "承诺件", "即时办结": "即办件"}
_TARGETS = {"个人": "自然人", "公民": "自然人", "企业": "企业法人", "事业单位": "事业法人", "社会组织": "社会组织法人"}
_AT_ONCE = re.compile("^(?:即办|当场|即时|立即|当日|现场)(?:办结|办理|办)?(?:件)?$|^0(?:个?工作日|天|日)?$")
_NO = ("否", "不收费", "免费", "不收取", "免收", "×")
_PHONE = re.compile(r"[（(]?(0[0-9]{2,3})[)）]?[-—\s]*([0-9]{7,8})")
_CODE_KEYS = {12: "basic", 31: "implementation", 33: "handling"}


def drafts(records: Sequence[Record], desk: Desk) -> list[Draft]:
    """Return a draft for each row that has a name."""
    return [draft for record in records if (draft := _draft(record, desk))]


def _draft(record: Record, desk: Desk) -> Draft | None:
    name = name_of(record, "sub", "name")
    if not name:
        record.leave_all("这一行没有事项名称")
        return None
    if "sub" in record.given and squeezed(record.text("sub")) == name:
        record.note("name")  # the main item; the smallest unit that is handled is what gets a guide
    values = said({"name": name, **_columns(record, desk)})
    _charged(record)
    for field in ("duties", "liability"):
        if record.text(field):
            record.leave(field, f"办事指南里没有「{record.heading(field)}」这一项")
    record.note("note")
    return Draft("guide", name, values, record.source, tuple(record.comments), unsure=frozenset(record.unsure))


def _columns(record: Record, desk: Desk) -> Values:
    """Return what the columns beside the names say."""
    return {
        "codes": _codes(record),
        "type": choice(record, "type", codelists.ITEM_TYPES, _TYPES),
        "department": department(record, desk),
        "targets": _targets(record),
        "handling": said({"kind": choice(record, "handling", codelists.HANDLING_KINDS, _HANDLING)}),
        "time": said({"statutory": _duration(record, "statutory"), "promised": _duration(record, "promised")}),
        **_places(record, desk),
        "online": _online(record),
        "basis": bases(record, desk),
        "consult": said({"phone": phone_of(record, "phone")}),
        "complain": said({"phone": phone_of(record, "complaint")}),
    }


def _codes(record: Record) -> Values:
    text = squeezed(record.text("codes"))
    if not text:
        return {}
    record.place("codes")
    is_national = re.fullmatch("[0-9A-Z]+", text) is not None
    return {_CODE_KEYS.get(len(text), "local") if is_national else "local": text}


def _targets(record: Record) -> list[str]:
    names = [name for name in re.split("[、，,；;/\\s]+", record.text("targets")) if name]
    found = [name if name in codelists.TARGETS else _TARGETS.get(name, "") for name in names]
    if rest := [name for name, target in zip(names, found, strict=True) if not target]:
        why = f"不在可选的服务对象里，可选：{'、'.join(codelists.TARGETS)}"
        record.leave("targets", why, "、".join(rest), partly=any(found))
    elif names:
        record.place("targets")
    return list(dict.fromkeys(filter(None, found)))


def _duration(record: Record, field: str) -> Values:
    """Return a time limit; a number without a unit is said; 日 counts calendar days until somebody says more."""
    text = squeezed(record.text(field))
    if not text:
        return {}
    plain = unicodedata.normalize("NFKC", text)
    if _AT_ONCE.match(plain):
        record.place(field)
        return {"number": 0, "wording": text}
    if plain.isdigit() and (unit := next((u for u in codelists.TIME_UNITS if u in record.heading(field)), "")):
        record.place(field)
        return {"number": int(plain), "unit": unit}
    days = days_in(plain)
    if days is None:
        why = "没有写单位，工作日还是自然日？" if plain.isdigit() else "看不出是多少天"
        record.leave(field, why)
        return {}
    if says_calendar_days(plain):
        record.comments.append(f"{record.heading(field)}：「{text}」没有写明工作日，按自然日，请核对")
        record.unsure.add("time")
    record.place(field)
    short = re.fullmatch("[0-9]+个?(?:工作日|自然日)", plain)
    return said({"number": days[0], "unit": days[1], "wording": "" if short else text})


def _places(record: Record, desk: Desk) -> Values:
    """Return the windows and the visits; windows are those of the main hall."""
    hall = desk.known.catalogue.find("hall", desk.settings.main_hall)
    numbers = {window.no for window in getattr(hall, "windows", ())}
    windows = [squeezed(name) for name in re.split("[、，,；;\\s]+", record.text("windows")) if name]
    plain = [re.sub("号?(?:窗口?)?$", "", name) for name in windows]
    if rest := [name for name, number in zip(windows, plain, strict=True) if number not in numbers]:
        record.leave("windows", "大厅里没有这个窗口号", "、".join(rest), partly=len(rest) < len(windows))
    elif windows:
        record.place("windows")
    visit = said({"count": _visits(record), "place": squeezed(record.text("place"))})
    record.place("place")
    known = [number for number in plain if number in numbers]
    return {"hall": desk.settings.main_hall if known else "", "windows": known, "visit": visit}


def _visits(record: Record) -> int | None:
    text = squeezed(record.text("visits"))
    if not text:
        return None
    count = number_of(re.sub("^(?:最多)?(?:跑)?|次$", "", text))
    if count < 0:
        record.leave("visits", "看不出是几次")
        return None
    record.place("visits")
    return count


def _online(record: Record) -> Values:
    text = squeezed(record.text("online"))
    if not text:
        return {}
    if text in ("是", "否", "√"):
        record.place("online")
        return {"available": text != "否"}
    record.leave("online", "这里应是「是」或「否」")
    return {}


def _charged(record: Record) -> None:
    """Place a 否, which the model says by naming no fee; a 是 needs the fee, which the list does not name."""
    text = squeezed(record.text("charged"))
    if text in _NO:
        record.place("charged")
    elif text:
        record.leave("charged", "要收费，但清单没有写是哪项收费，请在 fees 里写明")


def phone_of(record: Record, field: str) -> str:
    """Return a telephone number with its area code; others, and those of people, are said."""
    text = squeezed(record.text(field))
    if not text:
        return ""
    plain = unicodedata.normalize("NFKC", text)
    found = [f"{area}-{number}" for area, number in _PHONE.findall(plain)]
    if re.fullmatch("1[0-9]{4}|1[0-9]{2}", plain):
        found = [plain]
    if not found:
        is_mobile = re.search("1[3-9][0-9]{9}", plain)
        record.leave(field, "这是个人手机号，不公布" if is_mobile else "没有区号，不是完整的公开电话")
        return ""
    if rest := _PHONE.sub("", plain).strip("、,;/ ") if plain != found[0] else "":
        record.leave(field, "这一部分不是电话", rest, partly=True)
    elif len(found) > 1:
        record.leave(field, "只能写一个电话，取了第一个", "、".join(found[1:]), partly=True)
    else:
        record.place(field)
    return found[0]

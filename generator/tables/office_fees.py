"""Rows of a 收费公示 or 收费目录清单 → fees: rates with their conditions and units; no figure that is not written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal

from generator import codelists
from generator.fields import number_text
from generator.tables.office_account import Record
from generator.tables.office_cells import amount_of
from generator.tables.office_draft import Desk, Draft, Values, bases, choice, department, name_of, said
from generator.tables.office_grid import squeezed
from generator.tables.office_ids import id_of

_FREE = re.compile("(?:免收|免费|不收费|免征|停征|取消|暂免)(?:收取|征收)?$|^0(?:元)?(?:/.*)?$")
_RATE = re.compile(
    r"(?P<case>[^0-9：:]*?)[：:]?(?:每(?P<per>[\u4e00-\u9fff]{1,4}))?(?:收取|收)?(?P<amount>[0-9,]+(?:\.[0-9]+)?)元?"
    r"(?:(?<=元)[/每](?P<unit>[\u4e00-\u9fff]{1,4}))?"
)
_PERCENT = re.compile(r"(?P<case>[^0-9：:]*?)[：:]?(?P<percent>[0-9]+(?:\.[0-9]+)?)%")
_LEVELS = {
    "国家": "中央", "国家级": "中央", "中央级": "中央", "省": "省定", "省级": "省定", "省定价": "省定",
    "市": "市县", "县": "市县", "市级": "市县", "县级": "市县", "市县级": "市县",
}  # fmt: skip
_FUNDS = {
    "缴入中央和地方国库": "缴入中央和地方国库", "中央和地方国库": "缴入中央和地方国库", "中央国库": "缴入中央国库",
    "地方国库": "缴入地方国库", "财政专户": "缴入财政专户", "上缴财政专户": "缴入财政专户",
    "缴入中央、地方国库": "缴入中央和地方国库",
}  # fmt: skip


def drafts(records: Sequence[Record], desk: Desk) -> list[Draft]:
    """Return a draft for each fee; rows with one name are the rates of one fee."""
    groups: dict[tuple[str, str], list[Record]] = {}
    names: list[str] = [""]
    for record in records:
        name = name_of(record, "name")
        if not name and record.text("condition") and names[-1]:
            name = names[-1]  # a merged name that the format could not merge
        if not name:
            record.leave_all("这一行没有收费项目的名称")
            continue
        names.append(name)
        groups.setdefault((name, squeezed(record.text("department"))), []).append(record)
    return [_fee(name, rows, desk) for (name, _), rows in groups.items()]


def _fee(name: str, records: Sequence[Record], desk: Desk) -> Draft:
    rates: list[Values] = []
    for record in records:
        rates += _rates(record, desk)
    firsts = {key: [found for record in records if (found := value(record))] for key, value in _shared(desk).items()}
    notes = [text for record in records if (text := _note(record))]
    for record in records:
        for field in ("reductions", "audience"):
            if record.text(field):
                record.leave(field, f"「{record.heading(field)}」要写明依据和起止日期，请手工补上")
    values = said(
        {
            "name": name,
            "department": _one(firsts["department"]),
            "level": _one(firsts["level"]),
            "fund": _one(firsts["fund"]),
            "rates": _with_ids(rates),
            "note": "；".join(dict.fromkeys(notes)),
        }
    )
    comments = tuple(dict.fromkeys(comment for record in records for comment in record.comments))
    return Draft("fee", name, values, "、".join(record.source for record in records), comments)


def _shared(desk: Desk) -> dict[str, Callable[[Record], str]]:
    """Return how the fields are read that all rows of a fee have in common."""
    return {
        "department": lambda record: department(record, desk),
        "level": lambda record: choice(record, "level", codelists.FEE_LEVELS, _LEVELS),
        "fund": lambda record: choice(record, "fund", codelists.FEE_FUNDS, _FUNDS),
    }


def _one(found: Sequence[str]) -> str:
    return found[0] if found else ""


def _note(record: Record) -> str:
    text = squeezed(record.text("note"))
    record.place("note")
    return text


def _rates(record: Record, desk: Desk) -> list[Values]:
    """Return the rates of a row: one for each amount that its cell names."""
    basis = bases(record, desk)
    condition = squeezed(record.text("condition"))
    record.place("condition")
    column_unit = _unit(squeezed(record.text("unit")))
    parts = [part for part in re.split("[；;\n]", record.text("amount")) if squeezed(part)]
    found = [(part, _period(squeezed(part))) for part in parts]
    if wrong := [part for part, period in found if period is None]:
        why = "不是金额，请查明后手工填写" if len(wrong) == len(parts) else "这一部分不是金额"
        record.leave("amount", why, "；".join(wrong), partly=len(wrong) < len(parts))
    elif parts:
        record.place("amount")
    _say_unit(record, column_unit, [unit for _, period in found if period for unit in (period[1],)])
    rates: list[Values] = []
    for _, period in found:
        if period is not None:
            case, unit, amount = period
            cases = "，".join(filter(None, (condition, case)))
            rate = {"condition": cases, "unit": unit or column_unit, "periods": [said({**amount, "basis": basis})]}
            rates.append(said(rate))
    if not rates and (basis or condition):
        rates.append(said({"condition": condition, "unit": column_unit, "periods": [said({"basis": basis})]}))
    return rates


def _say_unit(record: Record, unit: str, others: Sequence[str]) -> None:
    """Say what became of the column of units; another unit in the amount's cell contradicts it."""
    if not record.text("unit"):
        return
    if not unit:
        record.leave("unit", f"不在可选的计费单位里，可选：{'、'.join(codelists.FEE_UNITS)}")
    elif contrary := [other for other in others if other and other != unit]:
        record.leave("unit", f"与收费标准里的单位「{contrary[0]}」不一致，按收费标准")
    else:
        record.place("unit")


def _unit(text: str) -> str:
    """Return the unit of the code list that a text means: 元/证, 每证 and 证 are one."""
    plain = unicodedata.normalize("NFKC", text).removeprefix("元").lstrip("/每")
    return plain if plain in codelists.FEE_UNITS else ""


def _period(text: str) -> tuple[str, str, Values] | None:
    """Return the condition, the unit and the amount that a text names, None where it names no amount for certain."""
    plain = unicodedata.normalize("NFKC", text).rstrip("。,，")
    if free := _FREE.search(plain):
        return plain[: free.start()].strip("：:，,"), "", {"amount": 0}
    if percent := _PERCENT.fullmatch(plain):
        return percent["case"], "", {"percent": _number(Decimal(percent["percent"]))}
    found = _RATE.fullmatch(plain)
    amount = amount_of(found["amount"]) if found else None
    written = (found["unit"] or found["per"] or "") if found else ""
    if found is None or amount is None or (written and not _unit(written)):
        return None
    return found["case"].strip("：:，, "), _unit(written), {"amount": _number(amount)}


def _number(amount: Decimal) -> int | float:
    text = number_text(amount)
    return float(text) if "." in text else int(text)


def _with_ids(rates: Sequence[Values]) -> list[Values]:
    """Return the rates with ids from their conditions; a rate without one is called `standard`."""
    taken: set[str] = set()
    found = []
    for rate in rates:
        identifier = id_of(str(rate.get("condition", "")), taken, otherwise="standard")
        taken.add(identifier)
        found.append({"id": identifier, **rate})
    return found

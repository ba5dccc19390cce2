"""`items/audit.yml`: what the office says to a finding that it lets stand, with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.audit.indicator import Found
from generator.item_files import ITEMS_FOLDER, REMARKS
from generator.problems import Place, Problem
from generator.source import read_source

FILE = f"{ITEMS_FOLDER}/{REMARKS}"
_KEYS = {"indicator", "address", "says", "reason"}
_REQUIRED = ("indicator", "reason")


class Remark(NamedTuple):
    """One explanation: for which indicator, for which pages and words (all where empty), and the reason."""

    indicator: str
    address: str
    says: str
    reason: str

    def fits(self, indicator: str, found: Found) -> bool:
        """Tell whether the explanation is about a finding."""
        return indicator == self.indicator and found.address.startswith(self.address) and self.says in found.message


def read_remarks(root: Path, known: frozenset[str]) -> tuple[list[Remark], list[Problem]]:
    """Return the explanations below a folder, none where there is no such file, and the problems of the file."""
    file = root / FILE
    if not file.is_file():
        return [], []
    source, problems = read_source(file, FILE)
    if source is None:
        return [], problems
    entries = source.values.get("remarks")
    if not isinstance(entries, list) or set(source.values) != {"remarks"}:
        hint = "文件只写一个 remarks，下面每条有 indicator 和 reason。"
        return [], [Problem(place=Place(path=FILE), code="wrong-remarks", message="写法不对", hint=hint)]
    remarks, faults = [], []
    for number, entry in enumerate(entries):
        if fault := _fault(entry, known):
            place = source.place("remarks", number)
            faults.append(Problem(place=place, code="wrong-remark", message=fault, hint=_HINT))
        else:
            remarks.append(Remark(**{key: str(entry.get(key, "")).strip() for key in Remark._fields}))
    return remarks, faults


_HINT = "每条写 indicator（指标代码）和 reason（理由），可以再写 address（网址开头）、says（消息里的字）。"


def _fault(entry: object, known: frozenset[str]) -> str:
    if not isinstance(entry, dict):
        return "这一条不是一组字段"
    if unknown := sorted(str(key) for key in entry if key not in _KEYS):
        return f"没有「{unknown[0]}」这个字段"
    if missing := [key for key in _REQUIRED if not str(entry.get(key) or "").strip()]:
        return f"缺少 {'、'.join(missing)}"
    if entry["indicator"] not in known:
        return f"没有「{entry['indicator']}」这个指标"
    return ""

"""What a comparison of snapshots with the source has found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from generator.hall.snapshot_types import Leftover, Origin
from generator.kinds.hall import Hall

KINDS = ("不一致", "窗口缺少", "已停办仍在显示", "窗口不对", "不认识的事项", "看不懂")


class Difference(NamedTuple):
    """One difference: its kind (one of `KINDS`), where it stands, and what should stand there by which fact."""

    kind: str
    origin: Origin
    window: str
    item: str
    field: str
    shown: str
    expected: str
    fact: str = ""
    note: str = ""


class Remark(NamedTuple):
    """Something that the clerk should know although it is no difference."""

    origin: Origin
    shown: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found in all snapshots together."""

    hall: Hall
    day: date
    files: tuple[str, ...]
    checked: int
    """How many statements were compared with a fact."""
    differences: tuple[Difference, ...]
    unread: tuple[Difference, ...]
    """Statements that could not be read; differences only for the strict."""
    remarks: tuple[Remark, ...]
    leftovers: tuple[Leftover, ...]
    empty_cells: int = 0

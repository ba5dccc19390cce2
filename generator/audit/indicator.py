"""What an indicator is, and what its check finds.

Indicators are values: the modules of a group list theirs, with points, threshold and source, so that a newer version
of the national list is a change of data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from generator.audit.site import Audited
from generator.item import Item

CHECKLIST = "国办秘函〔2019〕19号"
GUIDELINES = "国办发〔2017〕47号"
PLATFORM = "国办公开办函〔2019〕61号"
REGULATION = "政府信息公开条例"

VETO = "单项否决"
PUBLISHING = "发布解读"
SERVICES = "办事服务"
INTERACTION = "互动交流"
FUNCTIONS = "功能设计"
DISCLOSURE = "政府信息公开"
BONUS = "加分"

CERTAINTIES = {
    "S1": "出自法规原文",
    "S2": "出自公开的检查通知",
    "M+": "多处印证，未见原件全文",
    "M": "一般做法，分值为估计",
    "M-": "分值和口径为估计",
}


class Found(NamedTuple):
    """One thing that a check finds: on which page, from which source, what it is and what to do.

    `item` with the path inside it, or `file`, names the source; without either it follows from the address.
    """

    message: str
    hint: str
    address: str = ""
    item: Item | None = None
    path: tuple[str | int, ...] = ()
    file: str = ""


Check = Callable[[Audited], Iterator[Found]]


class Indicator(NamedTuple):
    """One indicator of the inspection.

    A veto is hit by `limit` findings. Otherwise each finding costs `each`, all together no more than `points`; an
    indicator without points is asked for by another document and costs nothing.
    """

    id: str
    group: str
    name: str
    threshold: str
    source: str
    certainty: str
    how: str
    check: Check
    points: Decimal = Decimal(0)
    each: Decimal = Decimal(0)
    limit: int = 1


class Unchecked(NamedTuple):
    """An indicator that no program can check on the files of a site: why, and what a person does instead."""

    group: str
    name: str
    reason: str
    advice: str
    certainty: str = "S2"

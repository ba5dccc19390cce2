"""What is due about the calendar: working days are known only as far as the yearly holiday notice reaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.agenda.entry import Due
from generator.catalogue import Catalogue
from generator.kinds.hall import Hall
from generator.workdays import is_announced

_FIRST_YEAR = 2004  # the library's


def holidays_are_known(catalogue: Catalogue) -> Iterator[Due]:
    """Yield for each hall the last day for which the holidays are known."""
    year = catalogue.today.year
    while is_announced(year + 1):
        year += 1
    while year > _FIRST_YEAR and not is_announced(year):
        year -= 1
    for hall in catalogue.all_of(Hall):
        yield Due(
            kind="holidays",
            day=date(year, 12, 31),
            item=hall,
            path=("hours",),
            message=(f"{year + 1} 年的放假和调休安排还没有收录，以后的日子按周一至周五算工作日",),
            action="国务院办公厅公布下一年安排后，请技术人员更新节假日数据，再重新生成。",
        )

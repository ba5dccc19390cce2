"""The empty form for a walk through the hall: what to note at each window, without what is expected there.

What it writes as CSV or XLSX is a table that `compare` reads back once the last column is filled in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.catalogue import Catalogue
from generator.fields import date_text
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.render.templates import render

HEAD = ("窗口", "事项编码", "事项", "字段", "实际显示")
OF_WINDOW = ("窗口名称", "办公时间", "咨询电话", "监督投诉电话")
OF_ITEM = ("收费标准", "承诺办结时限", "咨询电话", "监督投诉电话", "材料件数")
_TITLE_ROW, _WIDTHS = 1, (9, 15, 38, 16, 44)


class Line(NamedTuple):
    """One thing to note: the window, the item's code and name (empty for the window itself), and the field."""

    window: str
    code: str
    item: str
    field: str


def lines(catalogue: Catalogue, hall: Hall, windows: Sequence[str] = ()) -> list[Line]:
    """Return what to note at the windows of a hall, at all of them if none are named."""
    found = []
    for window in hall.windows:
        if windows and window.no not in windows:
            continue
        found += [Line(window.no, "", "", name) for name in OF_WINDOW]
        for guide in _guides_at(catalogue, hall, window.no):
            found += [Line(window.no, guide.codes.local, guide.name, name) for name in OF_ITEM]
    return found


def _guides_at(catalogue: Catalogue, hall: Hall, no: str) -> list[Guide]:
    return [
        guide
        for guide in catalogue.all_of(Guide)
        if guide.hall == hall.id and no in guide.windows and not guide.is_withdrawn(catalogue.today)
    ]


def as_csv(form: Sequence[Line]) -> bytes:
    """Return the form as CSV in UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows((*line, "") for line in form)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(form: Sequence[Line], hall: Hall) -> bytes:
    """Return the form as an XLSX workbook with its head fixed and repeated on each printed page."""
    from openpyxl import Workbook  # takes a third of a second, which no other command should wait for

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "核对表"
    sheet.append(HEAD)
    for line in form:
        sheet.append((*line, None))
    _lay_out(sheet, hall)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lay_out(sheet: Any, hall: Hall) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.properties import PageSetupProperties

    for cell in sheet[_TITLE_ROW]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E6EEEE")
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=_TITLE_ROW + 1):
        row[-1].number_format = "@"  # text: a spreadsheet would make a date of 1-2 and drop the 0 of an area code
        row[-1].alignment = row[2].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight = 9, "portrait", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = f"{hall.name}　第 &P 页，共 &N 页"


def as_html(form: Sequence[Line], catalogue: Catalogue, hall: Hall, theme: Path) -> str:
    """Return the form for print, a table a window."""
    names = {window.no: window for window in hall.windows}
    groups: dict[str, dict[tuple[str, str], list[str]]] = {}
    for line in form:
        groups.setdefault(line.window, {}).setdefault((line.code, line.item), []).append(line.field)
    pages = [(names[no], items) for no, items in groups.items()]
    return render(theme, "hall/checklist.html", hall=hall, day=date_text(catalogue.today), pages=pages)

"""The empty form for the walk: what it asks for, and that `compare` reads it back once it is filled in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from project import ROOT, read, run, tiny_project

from generator.catalogue import Catalogue
from generator.hall import checklist
from generator.hall.compare import compare_snapshots
from generator.hall.compare_expected import expected_text, guide_field, hall_field
from generator.hall.compare_result import Comparison
from generator.hall.snapshot import read_snapshot
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall


@pytest.fixture(scope="module")
def district() -> Catalogue:
    """Return the demonstration content on a fixed day."""
    return read(ROOT)


def hall_of(catalogue: Catalogue) -> Hall:
    hall = catalogue.find("hall", "main")
    assert isinstance(hall, Hall)
    return hall


def true_text(catalogue: Catalogue, line: checklist.Line) -> str:
    """Return what the window should show."""
    guide = next((one for one in catalogue.all_of(Guide) if one.codes.local == line.code), None)
    hall = hall_of(catalogue)
    found = (
        guide_field(catalogue, guide, line.field) if guide else hall_field(catalogue, hall, [line.window], line.field)
    )
    return expected_text(found, catalogue.today).split("；")[0]


def compared(catalogue: Catalogue, file: Path) -> Comparison:
    return compare_snapshots(catalogue, hall_of(catalogue), [read_snapshot(file)])


def test_the_form_asks_for_every_item_of_every_window_and_not_for_withdrawn_ones(district: Catalogue) -> None:
    form = checklist.lines(district, hall_of(district))
    assert [line.window for line in form if line.field == "窗口名称"] == [one.no for one in hall_of(district).windows]
    handled = {(no, one.codes.local) for one in district.all_of(Guide) for no in one.windows}
    assert {(line.window, line.code) for line in form if line.code} == handled
    assert "社会保险登记证核发" not in {line.item for line in form}


def test_the_form_says_nothing_of_what_is_expected(district: Catalogue, tmp_path: Path) -> None:
    form = checklist.lines(district, hall_of(district), ["A03"])
    rows = list(csv.reader(io.StringIO(checklist.as_csv(form).decode("utf-8-sig"))))
    assert rows[0] == ["窗口", "事项编码", "事项", "字段", "实际显示"]
    assert {row[-1] for row in rows[1:]} == {""}
    page = checklist.as_html(form, district, hall_of(district), ROOT / "site_theme")
    assert "居民身份证期满换领" in page
    assert "20 元" not in page
    assert "0123-" not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_form_filled_in_with_the_truth_has_no_differences(district: Catalogue, tmp_path: Path, kind: str) -> None:
    hall = hall_of(district)
    form = checklist.lines(district, hall)
    file = tmp_path / f"form.{kind}"
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(checklist.as_csv(form).decode("utf-8-sig"))))
        filled = [rows[0], *([*row[:-1], true_text(district, line)] for row, line in zip(rows[1:], form, strict=True))]
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(filled)
    else:
        book = load_workbook(io.BytesIO(checklist.as_workbook(form, hall)))
        for number, line in enumerate(form, 2):
            book["核对表"].cell(number, 5, true_text(district, line))
        book.save(file)
    result = compared(district, file)
    assert (result.differences, result.unread, result.leftovers, result.remarks) == ((), (), (), ())
    assert (result.checked, result.empty_cells) == (len(form), 0)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_is_changed_on_the_form_is_found_and_what_is_left_out_is_counted(
    district: Catalogue, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    window = data.draw(st.sampled_from([one.no for one in hall_of(district).windows]))
    form = checklist.lines(district, hall_of(district), [window])
    places = st.sets(st.sampled_from(range(len(form))), max_size=3)
    changed, empty = data.draw(places), data.draw(places)
    file = tmp_path_factory.mktemp("form") / "form.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow(checklist.HEAD)
        for number, line in enumerate(form):
            text = "另一件事 9876" if number in changed else true_text(district, line)
            csv.writer(out).writerow((*line, "" if number in empty else text))
    result = compared(district, file)
    found = {entry.origin.row - 2 for entry in (*result.differences, *result.unread)}
    assert found == changed - empty
    assert result.empty_cells == len(empty)


def test_the_command_prints_and_writes_forms(tmp_path: Path) -> None:
    project = tiny_project(tmp_path / "project")
    said = run(project, "hall", "checklist", "--window", "A1窗", "--format", "csv")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.splitlines()[5] == "A01,XQ-0101,小证期满换领,收费标准,"
    said = run(project, "hall", "checklist", "--format", "xlsx", "--out", "form.xlsx")
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "核对表写在 form.xlsx，2 个窗口。\n")
    said = run(project, "hall", "compare", "form.xlsx")
    assert (said.returncode, said.stdout) == (
        0,
        "没有填的格：18 个，没有核对。\n\n小区政务服务中心，按 2026年11月23日 的内容：没有可以核对的内容。\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--window", "A09"], "小区政务服务中心没有窗口「A09」。现有窗口：A01、A02。\n"),
        (["--hall", "x"], "没有编号为「x」的大厅。现有的大厅：main（小区政务服务中心）。\n"),
        (["--format", "xlsx"], "xlsx 不能打印在屏幕上，请用 --out 写明文件名，例如 --out 核对表.xlsx。\n"),
    ],
)
def test_a_form_that_cannot_be_made_gets_one_message_and_3(tmp_path: Path, arguments: list[str], message: str) -> None:
    said = run(tiny_project(tmp_path / "project"), "hall", "checklist", *arguments)
    assert (said.returncode, said.stdout, said.stderr) == (3, "", message)

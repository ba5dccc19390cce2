"""The README tells of the cases that are there."""

from __future__ import annotations

from datetime import date

from case_table import README, demonstration, table, with_table
from project import TODAY


def test_the_readme_shows_the_cases_of_every_guide() -> None:
    readme = README.read_text(encoding="utf-8")
    made = table(demonstration(date.fromisoformat(TODAY)))
    assert with_table(readme, made) == readme, "run: python -m tests.case_table"
    assert made.count("\n") > 15  # at least fifteen guides have cases

"""The table of the README that shows how many cases were compared: `python -m tests.case_table` writes it anew."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.catalogue import Catalogue, catalogue_of
from generator.kinds.guide import Guide
from generator.reading import read_items

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
START, END = "<!-- cases -->\n", "<!-- /cases -->\n"


def table(catalogue: Catalogue) -> str:
    """Return the table of all guides with questions, and their sums."""
    rows = list(_rows(catalogue))
    sums = (f"**{sum(column)}**" for column in zip(*(row[1:] for row in rows), strict=True))
    lines = ["| guide | questions | sets of answers | cases | of these elsewhere |", "|---|---|---|---|---|"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join([*lines, f"| **{len(rows)} guides** | {' | '.join(sums)} |", ""])


def _rows(catalogue: Catalogue) -> Iterator[tuple[str, int, int, int, int]]:
    for guide in catalogue.all_of(Guide):
        if guide.questions and not guide.is_withdrawn(catalogue.today):
            cases = guide.cases().cases
            combinations = itertools.product(*(question.options for question in guide.questions))
            away = sum(node.elsewhere is not None for node in cases)
            yield guide.name, len(guide.questions), len(list(combinations)), len(cases), away


def demonstration(today: date) -> Catalogue:
    """Return the demonstration's items as of a day."""
    return catalogue_of(read_items(ROOT).items, today)


def with_table(readme: str, made: str) -> str:
    """Return the README's text with the table in its place."""
    before, _, rest = readme.partition(START)
    return f"{before}{START}\n{made}\n{END}{rest.partition(END)[2]}"


def main() -> int:
    """Write the table into the README."""
    made = table(demonstration(date.today()))
    README.write_text(with_table(README.read_text(encoding="utf-8"), made), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

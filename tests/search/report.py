"""The tables of the measure."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from tests.search.measure import SLOWER, Asked, First, Recall, Scores, scores_of, worst
from tests.search.queries import KINDS

_HEAD = f"{'queries':>9}{'success@1':>11}{'success@3':>11}{'MRR':>8}{'nothing':>9}"


def print_scores(asked: Mapping[str, Sequence[Asked]]) -> None:
    """Print a row for each engine."""
    print(f"\n{'':20}{_HEAD}")
    for name, answers in asked.items():
        print(f"{name:20}{_row(scores_of(answers))}")


def print_kinds(asked: Sequence[Asked]) -> None:
    """Print a row for each kind of query."""
    print(f"\n{'ours, by kind':20}{_HEAD}")
    for kind in KINDS:
        answers = [one for one in asked if one.query.kind == kind]
        if answers:
            print(f"{kind:20}{_row(scores_of(answers))}")


def _row(scores: Scores) -> str:
    shares = f"{scores.first:11.3f}{scores.third:11.3f}{scores.reciprocal:8.3f}"
    return f"{scores.queries:9}{shares}{scores.nothing:9}"


def print_recall(recalls: Mapping[str, Recall], names: int) -> None:
    """Print how many parts of names find their items."""
    print(f"\n{'':20}{'recall':>9}{'found':>8}{'of':>8}   parts of 2 to 4 characters of {names} names")
    for name, recall in recalls.items():
        print(f"{name:20}{recall.found / recall.asked:9.3f}{recall.found:8}{recall.asked:8}")
        for part, path in recall.missing[:5]:
            print(f"{'':20}{part} does not find {path}")


def print_costs(costs: Mapping[str, Mapping[str, First]]) -> None:
    """Print bytes and time until first results."""
    print(f"\nA new visitor, processor slowed {SLOWER} times, n queries")
    times = f"{'ms, asked':>12}{'max':>8}{'from the page':>16}{'max':>8}{'in all':>9}{'max':>8}"
    print(f"{'':20}{'KB, median':>12}{'max':>8}{times}{'n':>5}")
    for name, firsts in costs.items():
        if not firsts:
            print(f"{name:20}no results")
            continue
        sizes = [first.size / 1000 for first in firsts.values()]
        row = f"{statistics.median(sizes):12.0f}{max(sizes):8.0f}"
        for wide, times in (
            (12, [first.typed for first in firsts.values()]),
            (16, [first.after_page for first in firsts.values()]),
            (9, [first.opened for first in firsts.values()]),
        ):
            row += f"{statistics.median(times):{wide}.0f}{max(times):8.0f}"
        print(f"{name:20}{row}{len(sizes):5}")
    print("KB: what is fetched for the search beyond the page and its own files, texts compressed by the server.")
    print("ms, asked: from Enter on the open page; from the page: the query's address is opened, from the moment")
    print("its HTML has been read; in all: from asking for that address.")


def print_worst(asked: Sequence[Asked], count: int = 10) -> None:
    """Print the queries that went worst."""
    print("\nours, the worst queries")
    for one in worst(asked, count):
        came = one.found[0] if one.found else "nothing"
        print(f"{one.rank or '-':>4}  {one.query.text} ({one.query.kind}): {came}, not {min(one.query.expected)}")

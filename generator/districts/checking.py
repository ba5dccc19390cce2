"""The rules across items, applied to what each district has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.catalogue import Catalogue, DistrictCatalogue
from generator.checks import run_checks
from generator.districts.overlay import Layered
from generator.house_rules import HouseRules
from generator.problems import Place, Problem
from generator.source import Source


def check_districts(city: Catalogue, found: Iterable[Problem], limit: int, house: HouseRules) -> list[Problem]:
    """Return what the rules find in the districts and not in the city: that is `found`, and said once."""
    known = set(found)
    return [problem for district in city.districts for problem in _of_district(district, known, limit, house)]


def _of_district(district: DistrictCatalogue, known: set[Problem], limit: int, house: HouseRules) -> Iterator[Problem]:
    sources = district.sources
    own = {source.path for source in sources.values()}
    own |= {layer.source.path for source in _layered(sources.values()) for layer in source.layers[:-1]}
    below = {source.layers[-1].source.path: source for source in _layered(sources.values())}
    for problem in run_checks(district, sources, limit, house):
        if problem.place.path in own:
            yield problem
        elif problem.place.path in below and problem not in known and problem.code != "unused-acceptance":
            yield _here(problem, below[problem.place.path], district)


def _layered(sources: Iterable[Source]) -> Iterator[Layered]:
    return (source for source in sources if isinstance(source, Layered))


def _here(problem: Problem, source: Layered, district: DistrictCatalogue) -> Problem:
    """Say of what the city writes, and is right there, that it is wrong in the district."""
    name = district.district.name
    return replace(
        problem,
        place=Place(path=source.path),
        message=f"{problem.message}（沿用 {problem.place.path} 第 {problem.place.line} 行的内容，在{name}就不对了）",
        hint=f"请在这个地区的文件里写本地的内容。{problem.hint}",
    )

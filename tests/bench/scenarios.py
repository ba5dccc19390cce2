"""The scenarios: after what a build is measured."""

from __future__ import annotations

from typing import NamedTuple

from tests.bench.edits import Edit, one_fee, one_guide, one_policy, one_template


class Scenario(NamedTuple):
    """A cold build starts from nothing; any other finds what the build before it left, and an edit."""

    name: str
    label: str
    search: bool = True
    cold: bool = False
    edit: Edit | None = None


SCENARIOS = (
    Scenario("cold", "cold, without search", search=False, cold=True),
    Scenario("cold-search", "cold, with search", cold=True),
    Scenario("same", "nothing changed"),
    Scenario("guide", "one guide edited", edit=one_guide),
    Scenario("fee", "one fee of 200 guides edited", edit=one_fee),
    Scenario("policy", "one policy repealed", edit=one_policy),
    Scenario("template", "one template edited", edit=one_template),
)
COLD = ("cold", "cold-search")
LABELS = {scenario.name: scenario.label for scenario in SCENARIOS}

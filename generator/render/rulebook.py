"""The page of the rule book, for those who write the content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.problems import SEVERITY_LABELS
from generator.render.site import Site
from generator.rulebook import areas
from generator.rulebook.rule import HARMS, STOPPING, SURENESS, Rule

_NUMBER = re.compile(r"(?<!\d)(\d{3})\d{4,}(\d{3}[\dX])(?!\d)")


def rulebook_context(site: Site) -> Mapping[str, Any]:
    """Return what the page shows: the areas with their rules, and the words for severity, harm and sureness."""
    return {
        "areas": areas(),
        "severities": SEVERITY_LABELS,
        "harms": HARMS,
        "stopping": [harm for harm in HARMS if harm in STOPPING],
        "sureness": SURENESS,
        "shown": shown_example,
    }


def shown_example(rule: Rule, example: str) -> str:
    """Return an example as it may be published: the number of a person is masked even where it is made up."""
    return _NUMBER.sub(r"\1****\2", example) if rule.harm == "leaked" else example

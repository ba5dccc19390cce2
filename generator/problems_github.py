"""Problems as GitHub workflow commands, which show them beside the changed lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from generator.problems import Problem, in_order, said
from generator.problems_excerpt import Sources, written_length
from generator.rulebook import rules


def as_github(problems: Sequence[Problem], sources: Sources) -> str:
    """Lay problems out as workflow commands, one a line."""
    return "\n".join(_command(problem, sources) for problem in in_order(problems))


def _command(problem: Problem, sources: Sources) -> str:
    place = problem.place
    line = sources.line(place.path, place.line)
    rule = rules().get(problem.code)
    properties = {
        "file": place.path,
        "line": str(place.line),
        "endLine": str(place.line),
        "col": str(place.column),
        "endColumn": str(place.column + written_length(problem, line)),
        "title": f"{rule.title}（{problem.code}）" if rule else problem.code,
    }
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{problem.severity} {written}::{_data(said(problem) + (chr(10) + problem.hint if problem.hint else ''))}"


def _data(text: str) -> str:
    """Escape what would end the command; a line end shows as one."""
    return text.strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape what would end a property, besides."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")

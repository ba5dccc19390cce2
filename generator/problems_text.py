"""Problems for a terminal: by file, each with its source line, a caret, what is wrong, how to mend it, an example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from generator.problems import SEVERITY_LABELS, Problem, counts, in_order, said, summary
from generator.problems_excerpt import Sources, excerpt, written_length
from generator.rulebook import rules

MANY = 10
"""From so many problems on it helps to know what is most common."""
MOST_COMMON = 5
WIDTH = 100
_CODES = {"error": "31;1", "warning": "33;1", "path": "1", "faint": "2", "mark": "36;1"}
_CAUSE_ABOVE = frozenset({"bad-indentation", "unexpected-colon", "tab-indentation", "wide-space-indentation"})
"""What is wrong with a line is often seen by the line above it."""

Example = Callable[[Problem], str]


class Terminal:
    """How a terminal shows text: how wide it is and whether in colours."""

    def __init__(self, *, width: int = WIDTH, colours: bool = False) -> None:
        self.width = width
        self._colours = colours

    def paint(self, text: str, what: str) -> str:
        """Return the text in the colour of what it is, unchanged where there are no colours."""
        return f"\033[{_CODES[what]}m{text}\033[0m" if self._colours and text else text


def as_excerpts(problems: Sequence[Problem], sources: Sources, example: Example, terminal: Terminal) -> str:
    """Lay problems out for people at a terminal; an example is given where its code first comes up."""
    ordered = in_order(problems)
    lines: list[str] = []
    told: set[str] = set()
    for path, group in groupby(ordered, lambda problem: problem.place.path):
        found = list(group)
        lines += [_head(path, found, terminal), ""]
        for problem in found:
            accepted = "" if problem.code in told else example(problem)
            told.add(problem.code)
            lines += [*_told(problem, sources, accepted, terminal), ""]
    if len(ordered) >= MANY:
        lines.append(_most_common(ordered))
    lines.append(summary(ordered))
    if ordered:
        lines.append(f"看一条规则的说明：tongchuang check --explain {ordered[0].code}")
    return "\n".join(lines)


def _head(path: str, found: Sequence[Problem], terminal: Terminal) -> str:
    errors, warnings = counts(found)
    numbers = "，".join(
        f"{number} 个{label}"
        for number, label in zip((errors, warnings), SEVERITY_LABELS.values(), strict=True)
        if number
    )
    return f"{terminal.paint(path, 'path')}（{numbers}）"


def _told(problem: Problem, sources: Sources, accepted: str, terminal: Terminal) -> Iterator[str]:
    place, label = f"{problem.place}:", terminal.paint(SEVERITY_LABELS[problem.severity], problem.severity)
    yield f"{terminal.paint(place, 'faint')} {label}: {said(problem)} {terminal.paint(f'[{problem.code}]', 'faint')}"
    gutter = " " * (len(str(problem.place.line)) + 2)
    bar = terminal.paint("│", "faint")
    yield from _source(problem, sources, terminal)
    if problem.hint:
        yield f"{gutter}{bar} {problem.hint}"
    if accepted:
        for number, line in enumerate(accepted.split("\n")):
            yield f"{gutter}{bar} {'例：' if number == 0 else '　　'}{line}"


def _source(problem: Problem, sources: Sources, terminal: Terminal) -> Iterator[str]:
    """Yield the line that a problem is about with a caret below, after the line above where that is the cause."""
    place = problem.place
    line = sources.line(place.path, place.line)
    if not line.strip():
        return
    digits, bar = len(str(place.line)), terminal.paint("│", "faint")
    room = max(20, terminal.width - digits - 4)
    above = sources.line(place.path, place.line - 1) if problem.code in _CAUSE_ABOVE else ""
    if above.strip():
        yield f" {place.line - 1:>{digits}} {bar} {excerpt(above, 1, 1, room).text}"
    shown = excerpt(line, place.column, written_length(problem, line), room)
    yield f" {place.line} {bar} {shown.text}"
    yield f"{' ' * (digits + 2)}{bar} {' ' * shown.before}{terminal.paint('^' * shown.marked, 'mark')}"


def _most_common(problems: Sequence[Problem]) -> str:
    """Say which rules are broken most, with their titles."""
    common = Counter(problem.code for problem in problems).most_common(MOST_COMMON)
    names = (f"{rules()[code].title if code in rules() else code}（{code}）{number} 处" for code, number in common)
    return f"最常见的：{'；'.join(names)}。"

"""The causes behind what the YAML parser says: slips are mended in a draft to see whether it then gets further.

A slip that explains a fault is told instead of the fault, and reading goes on behind it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from generator.problems import Problem, in_order
from generator.yaml_errors import SyntaxFault, fault_problem
from generator.yaml_slips import INDENTATION_CODES, Draft, Slip, grouped, growth, slips_of_line
from generator.yaml_survey import At, Survey


class Parser(Protocol):
    """What is needed of the parser, which only `source` knows."""

    def survey(self, text: str, relative: str) -> Survey:
        """Read a text with the places of everything."""

    def first_fault(self, text: str) -> SyntaxFault | None:
        """Return where the parser gives up, if it does."""


def diagnose(text: str, relative: str, parser: Parser) -> list[Problem]:
    """Return every problem of a text, and for each the cause rather than what the parser says of it."""
    draft = Draft(text)
    survey = parser.survey(text, relative)
    # Each round reads the whole text again, so a large text gets fewer of them.
    for _ in range(max(2, min(60, 600_000 // (len(text) + 1)))):
        mendable = [slip for slip in survey.slips if slip.mended is not None]
        mendable = mendable or _explanation(draft, survey, parser)
        if not mendable:
            break
        draft.mend(mendable)
        survey = parser.survey(draft.text(), relative)
    return _told(draft, survey, relative)


def _explanation(draft: Draft, survey: Survey, parser: Parser) -> list[Slip]:
    """Return slips near the fault whose mending takes the parser further than it came."""
    fault = survey.fault
    if fault is None:
        return []
    numbers = _lines_near(draft.lines, fault, survey.quoted)
    likely = [slip for number in numbers for slip in slips_of_line(draft.lines[number], number)]
    for trial in [*([slip] for slip in likely), likely]:
        after = parser.first_fault(draft.with_mended(trial)) if trial else fault
        if after is None or _is_further(after, fault, trial):
            return trial
    return []


def _is_further(after: SyntaxFault, before: SyntaxFault, trial: list[Slip]) -> bool:
    line, column = before.position()
    shift = growth(slip for slip in trial if slip.line == line)
    return after.position() > (line, column + max(0, shift))


def _lines_near(lines: list[str], fault: SyntaxFault, quoted: tuple[At, At] | None) -> list[int]:
    """Return the numbers of lines that may hold the fault's cause, the likeliest first."""
    numbers = [fault.position()[0], fault.at[0]]
    numbers += [fault.began[0]] if fault.began else []
    numbers += [quoted[0][0]] if quoted else []
    above = fault.at[0] - 1
    while (
        above >= 0
        and fault.at[0] - above < 30
        and (not lines[above].strip() or any(slips_of_line(lines[above], above)))
    ):
        numbers.append(above)
        above -= 1
    return [number for number in dict.fromkeys([*numbers, above]) if 0 <= number < len(lines)]


def _told(draft: Draft, survey: Survey, relative: str) -> list[Problem]:
    slips = draft.slips + [slip for slip in survey.slips if slip.mended is None]
    problems = grouped(slips, relative)
    if any(slip.code in INDENTATION_CODES for slip in slips):
        return in_order(problems)  # the mended indentation is a guess, so nothing that follows from it is told
    fault = survey.fault
    for problem in survey.problems:
        place = problem.place
        column = draft.original_column(place.line - 1, place.column - 1) + 1
        problems.append(replace(problem, place=replace(place, column=column)))
    if slips or (fault and not survey.is_list()):
        problems = [problem for problem in problems if problem.code != "not-a-mapping"]
    if fault and not survey.is_list() and not _is_explained(fault, slips, survey):
        problems.append(fault_problem(fault, draft.lines, survey.quoted, relative))
    return in_order(problems)


def _is_explained(fault: SyntaxFault, slips: list[Slip], survey: Survey) -> bool:
    """Tell whether the fault most likely follows from something that is told anyway."""
    lines = {fault.at[0], fault.position()[0]}
    told = {problem.place.line - 1 for problem in survey.problems if problem.code in ("anchor", "tag", "merge-key")}
    return bool(lines & (told | {slip.line for slip in slips} | {slip.line + 1 for slip in slips}))

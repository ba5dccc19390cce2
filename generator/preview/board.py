"""What open pages and the terminal are told: what is wrong right now, and whether something is being built."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.problems import Problem, has_errors

Tell = Callable[[list[Problem]], None]
_FIRST = ("settings", "items")
"""Sorts of problems that make what was found elsewhere earlier moot: wrong settings, files that cannot be read."""


@dataclass(frozen=True, slots=True)
class Status:
    """What open pages are told."""

    number: int = 0
    """Grows whenever a page may look otherwise."""
    building: bool = True
    problems: tuple[Problem, ...] = ()


class Board:
    """Problems by the sort of work that found them. Whoever changes it holds the preview's lock."""

    def __init__(self, tell: Tell) -> None:
        self.status = Status()
        self.has_ended = False
        self._tell = tell
        self._wrong: dict[str, list[Problem]] = {}
        self._told: list[Problem] | None = None
        self._changed = threading.Condition()

    def found(self, sort: str) -> list[Problem]:
        """Return what a sort of work found."""
        return self._wrong.get(sort, [])

    def find(self, sort: str, problems: list[Problem]) -> None:
        """Take up what was found, instead of what the same work found before; tell what has not been told."""
        if self._wrong.get(sort) == problems:
            return
        self._wrong[sort] = problems
        if problems != self._told:
            self._told = problems
            self._tell(problems)
        self.announce()

    def clear(self, sort: str) -> None:
        """Forget what a sort of work found; if it comes up again, it is told again."""
        if self._wrong.pop(sort, None):
            self._told = None

    def announce(self, *, building: bool | None = None) -> None:
        """Let open pages know that there is something new."""
        with self._changed:
            was = self.status.building if building is None else building
            self.status = replace(self.status, number=self.status.number + 1, building=was, problems=self._current())
            self._changed.notify_all()

    def _current(self) -> tuple[Problem, ...]:
        for sort in _FIRST:
            if has_errors(self.found(sort)):
                return tuple(self.found(sort))
        return tuple(problem for found in self._wrong.values() for problem in found)

    def after(self, number: int, seconds: float) -> Status:
        """Wait until there is more to tell than at a number, at most so many seconds, and return what is known."""
        with self._changed:
            self._changed.wait_for(lambda: self.has_ended or self.status.number != number, seconds)
            return self.status

    def end(self) -> None:
        """Let go of those who wait."""
        self.has_ended = True
        with self._changed:
            self._changed.notify_all()

"""Who is meant: windows by their numbers, items by code, name, alias or a near match, as people write them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from generator.catalogue import Catalogue
from generator.hall.compare_numbers import clean, number
from generator.hall.notation import bare
from generator.item import Item
from generator.kinds.fee import Fee
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall, Window

NEAR_ENOUGH = 80
"""From this likeness on, in percent, a name is taken for a known one, if it is the only one so near."""
CLEARLY_NEARER = 8
MOST_SLIPS = 2


class Windows(NamedTuple):
    """Windows that a text means: sure ones, or those that it may mean; neither where the hall has no such window."""

    sure: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


_SEPARATOR = re.compile(r"[、,;/&+\n]|和|及|与")
_LETTERED = re.compile(r"([A-Z])-?(\d+)")
_RANGE = re.compile(r"([A-Z])-?0*(\d{1,3})(?:号|窗口?)*(?:-|至|到)([A-Z]?)-?0*(\d{1,3})(?:号|窗口?|柜台)*")
_FIGURE = r"\d{1,3}|[零一二三四五六七八九十]{1,3}"
_UNLETTERED = re.compile(rf"(?:({_FIGURE})(?:楼|层|F))?第?({_FIGURE})?号?(?:窗口?|柜台?|台)?")


def windows_meant(text: str, hall: Hall) -> Windows:
    """Tell which windows of a hall a text means: A01, A1窗, A-01, A01-A03, A03、04, 3楼C01, 1号窗口, 户籍业务."""
    sure: list[str] = []
    letter = ""
    for part in _SEPARATOR.split(clean(text).upper()):
        if not part:
            continue
        figure = re.fullmatch(r"0*(\d{1,3})(?:号|窗口?|柜台)*", part)
        found = _windows_of(f"{letter}{figure[1]}" if figure and letter else part, hall)
        letters = _LETTERED.findall(part)
        letter = letters[-1][0] if letters else letter
        if not found.sure:
            return found if not sure else Windows()
        sure += found.sure
    return Windows(tuple(dict.fromkeys(sure)))


def _windows_of(part: str, hall: Hall) -> Windows:
    if match := _RANGE.search(part):
        first, last = int(match[2]), int(match[4])
        if match[3] in ("", match[1]) and first < last <= first + 50:
            return Windows(tuple(no for n in range(first, last + 1) for no in _numbered(hall, match[1], n)))
    if lettered := _LETTERED.findall(part):
        longest = max(len(window.no) for window in hall.windows) - 1
        found = [_numbered(hall, letter, int(figure)) if len(figure) <= longest else [] for letter, figure in lettered]
        return Windows(tuple(no for numbers in found for no in numbers)) if all(found) else Windows()
    match = _UNLETTERED.fullmatch(part)
    if match and match[2] and (figure := number(match[2])) is not None:
        floor = number(match[1]) if match[1] else None
        alike = [window for window in hall.windows if int(re.sub(r"\D", "", window.no)) == figure]
        return _sure_if_single([window for window in alike if floor is None or window.floor == floor])
    return _sure_if_single([window for window in hall.windows if bare(window.name) == bare(part)])


def _numbered(hall: Hall, letter: str, figure: int) -> list[str]:
    return [window.no for window in hall.windows if re.fullmatch(rf"{letter}0*{figure}", window.no)]


def _sure_if_single(windows: list[Window]) -> Windows:
    numbers = tuple(window.no for window in windows)
    return Windows(numbers) if len(numbers) == 1 else Windows((), numbers)


class Match(NamedTuple):
    """The items that a text names, and the name by which a near match was made; or the items that it may mean."""

    items: tuple[Item, ...] = ()
    near: str = ""
    possible: tuple[str, ...] = ()


class Names:
    """The names of all guides and fees of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.items: list[Item] = [*catalogue.all_of(Guide), *catalogue.all_of(Fee)]

    @cached_property
    def exact(self) -> dict[str, list[Item]]:
        """The items by codes, names and aliases without punctuation; a name goes before another item's alias."""
        names: dict[str, list[Item]] = {}
        aliases: defaultdict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            names.setdefault(bare(item.name), []).append(item)
            for term in {bare(term) for term in (*_terms(item), item.id)}:
                aliases[term].append(item)
        return {**aliases, **names}

    def find(self, text: str, windows: tuple[str, ...] = ()) -> Match:
        """Return what a text means; the windows decide between items of the same name."""
        candidates = self.exact.get(bare(text), [])
        if not candidates and (several := self._several(text)):
            return Match(tuple(several))
        if not candidates:
            return self._near(text, windows)
        here = [item for item in candidates if set(windows) & set(getattr(item, "windows", ()))]
        chosen = here or candidates
        guides = [item for item in chosen if isinstance(item, Guide)] or chosen
        return Match((guides[0],)) if len(guides) == 1 else Match(possible=tuple(item.name for item in guides))

    def _several(self, text: str) -> list[Item]:
        """Read a list of names such as a window's screen shows; a name may hold the sign that parts the list."""
        parts = [part for part in re.split(r"[\n;；、,，/|]+", text) if part.strip()]
        found: list[Item] = []
        while parts:
            size = next((size for size in range(len(parts), 0, -1) if self._single(parts[:size])), 0)
            if not size:
                return []
            found += self._single(parts[:size])
            parts = parts[size:]
        return found if len(found) > 1 else []

    def _single(self, parts: list[str]) -> list[Item]:
        found = self.exact.get(bare("".join(parts)), [])
        return found if len(found) == 1 else []

    def _near(self, text: str, windows: tuple[str, ...]) -> Match:
        said = bare(text)
        if not re.search("[\u4e00-\u9fff]", said):
            return Match()  # a code that is nearly another's is another code
        scored = process.extract(said, self.exact.keys(), scorer=fuzz.ratio, score_cutoff=60, limit=12)
        best: dict[str, tuple[float, str]] = {}
        for name, score, _ in scored:
            for item in self.exact[name]:
                # The item of this window is likelier than one of another with as good a name.
                bonus = CLEARLY_NEARER if set(windows) & set(getattr(item, "windows", ())) else 0
                best[item.path] = max(best.get(item.path, (0.0, "")), (score + bonus, name))
        ranked = sorted(best.items(), key=lambda entry: -entry[1][0])
        if not ranked:
            return Match()
        path, (score, name) = ranked[0]
        slips = Levenshtein.distance(said, name)
        runner_up = ranked[1][1][0] if len(ranked) > 1 else 0
        near = fuzz.ratio(said, name) >= NEAR_ENOUGH and slips <= MOST_SLIPS and score - runner_up >= CLEARLY_NEARER
        if near:
            return Match((self.catalogue.by_path[path],), self.catalogue.by_path[path].name)
        return Match(possible=tuple(self.catalogue.by_path[entry].name for entry, _ in ranked[:2]))


def _terms(item: Item) -> Iterator[str]:
    yield from item.terms() if not isinstance(item, Fee) else item.aliases
    if isinstance(item, Guide):
        yield from (code for _, code in item.codes if code)

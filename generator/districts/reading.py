"""`items/districts/` → what each district has, with the sources, and every problem found on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from generator.district import Deviation, District, Local, is_laid_over
from generator.districts.files import DistrictFiles, district_files, is_city, kinds_of_districts
from generator.districts.laying import (
    DEFAULTS,
    DIFFERS,
    Twin,
    about_defaults,
    deviations,
    laid_item,
    not_local,
    without,
)
from generator.item import Item
from generator.item_files import shown_path
from generator.near_miss import guess
from generator.problems import Place, Problem
from generator.processes import in_parts
from generator.reading import Read
from generator.source import Source, read_source
from generator.validation import validate

Parsed = Mapping[Path, tuple[Source | None, list[Problem]]]


class Districts(NamedTuple):
    """What the districts have, in their order, and all problems."""

    local: tuple[Local, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictSource(Source):
    """A district's source, together with the files that hold some of its deviations."""

    beside: Mapping[int, tuple[Source, int]]
    """Source and number there, by the number of a deviation."""

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Return the place of a value, in the file that it stands in."""
        if len(path) > 1 and path[0] == DIFFERS and isinstance(path[1], int) and path[1] in self.beside:
            source, number = self.beside[path[1]]
            return source.place(DIFFERS, number, *path[2:], key=key)
        return Source.place(self, *path, key=key)


def read_districts(root: Path, read: Read, jobs: int = 1) -> Districts:
    """Read what districts say beside the items that were read; nothing where there are no districts."""
    if not is_city(root):
        return Districts((), ())
    listed, problems = district_files(root)
    files = [file for each in listed.values() for file in _files(each)]
    parts = in_parts(lambda part: [(file, read_source(file, shown_path(file, root))) for file in part], files, jobs)
    parsed = {file: found for part in parts for file, found in part}
    problems += [problem for _, found in parsed.values() for problem in found]
    local = []
    for identifier, each in listed.items():
        made, found = _district(identifier, each, parsed, read)
        problems += found
        local += [made] if made else []
    local.sort(key=lambda own: (own.district.order, own.district.id))
    return Districts(tuple(local), tuple(problems))


def _files(each: DistrictFiles) -> Iterator[Path]:
    if each.main:
        yield each.main
    for files in each.of_kind.values():
        yield from files


def _district(identifier: str, files: DistrictFiles, parsed: Parsed, read: Read) -> tuple[Local | None, list[Problem]]:
    """Return what a district has; None where its own file cannot be used."""
    main = parsed[files.main][0] if files.main else None
    if main is None:
        return None, []
    defaults = main.values.get(DEFAULTS, {})
    if not isinstance(defaults, dict):
        return None, [_no_group(main)]
    own = replace(main, values={key: value for key, value in main.values.items() if key != DEFAULTS})
    district, problems = validate(District, own, {"id": (identifier, "")})
    if district is None:
        return None, problems
    reading = _Reading(district, main, defaults, parsed, read)
    for plural, model in kinds_of_districts().items():
        listed = files.of_kind.get(plural, [])
        reading.lay_over(model, listed) if is_laid_over(model) else reading.complete(model, listed)
    return reading.found(), reading.problems


class _Reading:
    """One district while its files are read."""

    def __init__(
        self, district: District, main: Source, defaults: dict[str, object], parsed: Parsed, read: Read
    ) -> None:
        self.district, self.main, self.defaults = district, main, defaults
        self.parsed, self.read = parsed, read
        self.items: list[Item] = []
        self.sources: dict[str, Source] = {}
        self.problems: list[Problem] = []
        self.deviations: list[tuple[Deviation, Source, int]] = []

    def complete(self, model: type[Item], files: Sequence[Path]) -> None:
        """Take the district's own items of a kind."""
        for identifier, source in self._by_id(files).items():
            item, problems = validate(model, source, {"id": (identifier, "")})
            self.problems += problems
            if item:
                self._take(item.placed(self.district.within), source)

    def lay_over(self, model: type[Item], files: Sequence[Path]) -> None:
        """Take the city's items of a kind that the district has, with what it says of them."""
        self.problems += about_defaults(model, self.main, self.defaults)
        defaults = without(self.defaults, not_local(model, self.defaults))
        own = self._by_id(files)
        items = {item.id: item for item in self.read.items if type(item) is model}
        self.problems += self._about_files(model, own, items)
        for identifier, item in items.items():
            if self._has(identifier):
                self._lay(item, own.get(identifier), defaults)

    def _lay(self, item: Item, own: Source | None, defaults: dict[str, object]) -> None:
        city = self.read.sources[item.path]
        twin = Twin(item=item, source=city, district=self.district, main=self.main, defaults=defaults, own=own)
        made, source, reasons, problems = laid_item(twin)
        self.problems += problems
        if made:
            self._take(made, source)
        for number, deviation in enumerate(deviations(item, reasons)):
            assert own
            self.deviations.append((deviation, own, number))

    def _take(self, item: Item, source: Source) -> None:
        self.items.append(item)
        self.sources[item.path] = source

    def _has(self, identifier: str) -> bool:
        return not self.district.guides or identifier in self.district.guides

    def _by_id(self, files: Sequence[Path]) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for file in files:
            source = self.parsed[file][0]
            if source and file.stem in found:
                self.problems.append(_twice(file.stem, source, found[file.stem]))
            elif source:
                found[file.stem] = source
        return found

    def _about_files(
        self, model: type[Item], own: Mapping[str, Source], items: Mapping[str, Item]
    ) -> Iterator[Problem]:
        """Yield a problem for each file about an item that the city, or the district, does not have."""
        for identifier, source in own.items():
            path = f"{model.kind.plural}/{identifier}"
            if path in self.read.drafts or (model.kind.name, identifier) in self.read.unread:
                continue
            if identifier not in items:
                yield Problem(
                    place=Place(path=source.path),
                    code="unknown-city-item",
                    message=f"没有统一的「{identifier}」，不知道这是哪一项的不同",
                    hint=f"{guess(identifier, items)}文件名要与 items/{model.kind.plural}/ 里的那个文件相同。",
                )
            elif not self._has(identifier):
                yield Problem(
                    place=Place(path=source.path),
                    code="not-handled-here",
                    message=f"{self.district.name}不办「{items[identifier].name}」，这个文件没有用",
                    hint=f"要办的，在 {self.main.path} 的 guides 里加上 {identifier}；不办的，请删掉这个文件。",
                )

    def found(self) -> Local:
        """Return what the district has."""
        first = len(self.district.differs)
        beside = {first + number: (source, at) for number, (_, source, at) in enumerate(self.deviations)}
        told = (*self.district.differs, *(deviation for deviation, _, _ in self.deviations))
        district = self.district.model_copy(update={"differs": told})
        self.sources[district.path] = DistrictSource(
            path=self.main.path, text=self.main.text, values=self.main.values, beside=beside
        )
        return Local(district, tuple(self.items), self.sources)


def _no_group(main: Source) -> Problem:
    return Problem(
        place=main.place(DEFAULTS),
        code="wrong-type",
        field="本地内容",
        message="local 后面应是一组字段",
        hint="换行后缩进两格，写「字段名: 内容」，例如 hall: main。",
    )


def _twice(identifier: str, source: Source, earlier: Source) -> Problem:
    return Problem(
        place=Place(path=source.path),
        code="duplicate-id",
        field="编号",
        message=f"「{identifier}」已被 {earlier.path} 使用",
        hint="两个文件不能同名（子文件夹不算在地址里）；请把内容并到一个文件里。",
    )

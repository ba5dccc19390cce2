"""`items/districts/` → the files of each district, and a problem for everything else that lies there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from generator.district import is_laid_over
from generator.fields import ID_PATTERN
from generator.item import Item
from generator.item_files import (
    DISTRICTS,
    ITEM_SUFFIX,
    ITEMS_FOLDER,
    NOTES,
    Entry,
    entries,
    is_folder,
    link_problem,
    printable,
    shown_path,
)
from generator.kinds import all_kinds
from generator.near_miss import guess
from generator.problems import Place, Problem

MAIN = "district.yml"
"""The file in which a district says who it is."""


@dataclass(slots=True)
class DistrictFiles:
    """The files of one district."""

    folder: Path
    main: Path | None = None
    of_kind: dict[str, list[Path]] = field(default_factory=dict)
    """The files of each kind by the name of its folder."""


def is_city(root: Path) -> bool:
    """Tell whether a project has a folder for districts."""
    return is_folder(root / ITEMS_FOLDER / DISTRICTS)


@cache
def kinds_of_districts() -> dict[str, type[Item]]:
    """Return the kinds of which districts have items, laid over the city's or complete ones, by their folders."""
    models = all_kinds().values()
    return {model.kind.plural: model for model in models if model.kind.of_districts or is_laid_over(model)}


def district_files(root: Path) -> tuple[dict[str, DistrictFiles], list[Problem]]:
    """Return the files of each district by its id, and what does not belong there."""
    top = root / ITEMS_FOLDER / DISTRICTS
    found: dict[str, DistrictFiles] = {}
    problems: list[Problem] = []
    for entry in entries(top):
        parts = entry.path.relative_to(top).parts
        if entry.path.name == NOTES:
            continue
        if wrong := _problem(entry, parts, shown_path(entry.path, root)):
            problems.append(wrong)
        elif len(parts) == 1:
            found[parts[0]] = DistrictFiles(entry.path)
        elif parts[0] in found and entry.is_file:
            _put(found[parts[0]], parts, entry.path)
    # A folder with nothing in it is what is left of one that was taken away: git keeps none.
    kept = {name: files for name, files in found.items() if files.main or files.of_kind}
    return kept, [*problems, *_without_main(kept, root)]


def _put(files: DistrictFiles, parts: tuple[str, ...], path: Path) -> None:
    if len(parts) == 2:
        files.main = path
    else:
        files.of_kind.setdefault(parts[1], []).append(path)


def _problem(entry: Entry, parts: tuple[str, ...], path: str) -> Problem | None:
    """Return what is wrong with an entry, None where it is in its place."""
    known = kinds_of_districts()
    if entry.is_link:
        return link_problem(path)
    if len(parts) == 1:
        return None if entry.is_folder and re.fullmatch(ID_PATTERN, parts[0]) else _no_district(entry, path)
    if len(parts) == 2 and not ((entry.is_file and parts[1] == MAIN) or (entry.is_folder and parts[1] in known)):
        folders = "、".join(f"{plural}/（{model.kind.label}）" for plural, model in known.items())
        hint = f"{guess(parts[1], [MAIN, *known])}一个地区的文件夹里只有 {MAIN} 和 {folders}。"
        return _stray(path, "这里不放这样的文件或文件夹，不会发布", hint)
    if len(parts) > 2 and parts[1] in known and entry.is_file and entry.path.suffix != ITEM_SUFFIX:
        return _stray(path, "这不是内容文件，不会发布", "内容写在 .yml 文件里，扩展名用小写。")
    return None


def _no_district(entry: Entry, path: str) -> Problem:
    name = printable(entry.path.name)
    if entry.is_folder:
        return Problem(
            place=Place(path=path),
            code="wrong-id",
            field="编号",
            message=f"文件夹名「{name}」不能作地区的编号",
            hint="只用小写英文字母、数字和 -，例如 east-lake；公布后不要再改。",
        )
    return _stray(path, "文件没有放在哪个地区的文件夹里，不会发布", f"每个地区一个文件夹，里面写 {MAIN}。")


def _without_main(found: dict[str, DistrictFiles], root: Path) -> Iterator[Problem]:
    for files in found.values():
        if files.main is None:
            yield Problem(
                place=Place(path=shown_path(files.folder, root)),
                code="missing-district",
                message=f"没有 {MAIN}，不知道这是哪个地区，里面的文件不会发布",
                hint=f"请在这个文件夹里写 {MAIN}：name（地区名称）和 phone（咨询电话）。",
            )


def _stray(path: str, message: str, hint: str) -> Problem:
    return Problem(place=Place(path=path), code="stray-file", message=message, hint=hint)

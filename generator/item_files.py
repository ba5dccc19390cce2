"""`items/` → the files of each kind, and a problem for everything else that lies there.

Nothing that an editor put there is passed over in silence, and no link leads the reading out of the folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.near_miss import near_miss
from generator.problems import Place, Problem

ITEMS_FOLDER = "items"
ITEM_SUFFIX, BODY_SUFFIX = ".yml", ".md"
# What systems and office programs leave beside the files that people work on, and how the names of such files begin.
_NOT_OURS = ("Thumbs.db", "desktop.ini")
_NOT_OURS_FIRST = ("~$", "._", ".#", ".~")
NOTES = "README.md"
"""Editors may leave notes to each other among the items."""
THESAURUS = "thesaurus.yml"
"""What people say and what it means here; no item, it stands beside the folders."""
HOUSE_RULES = "checks.yml"
"""What a district states about its own checks; it stands beside the folders too."""
ADDRESSES = "addresses.yml"
"""The ledger of published addresses, beside the folders too."""
REMARKS = "audit.yml"
"""What the office says to findings of the inspection rehearsal, beside the folders too."""
DISTRICTS = "districts"
"""The folder of a city's districts, each in a folder of its own: what there is other than in the whole city."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something below a folder: a folder, a file, a link, or a device (which is none of these)."""

    path: Path
    is_link: bool
    is_folder: bool
    is_file: bool


def entries(folder: Path) -> Iterator[Entry]:
    """Yield everything below a folder in a stable order, without following links; what systems leave is left out."""
    for found in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if found.name in _NOT_OURS or found.name.startswith(_NOT_OURS_FIRST):
            continue
        if found.name.startswith(".") and not found.name.endswith((ITEM_SUFFIX, BODY_SUFFIX)):
            continue
        is_folder = found.is_dir(follow_symlinks=False)
        yield Entry(Path(found.path), found.is_symlink(), is_folder, found.is_file(follow_symlinks=False))
        if is_folder:
            yield from entries(Path(found.path))


def is_folder(path: Path) -> bool:
    """Tell whether a path leads to a folder and not to a link."""
    return path.is_dir() and not path.is_symlink()


def shown_path(file: Path, root: Path) -> str:
    """Return a path relative to the root, with signs escaped that would break a line or could not be printed."""
    whole, base = str(file), f"{root}{os.sep}"
    below = whole[len(base) :] if whole.startswith(base) else os.path.relpath(file, root)
    return printable(below.replace(os.sep, "/"))


def printable(text: str) -> str:
    r"""Escape what is not printable in a file's name: `\n` for a line end, `\udcd6` for a byte that is not UTF-8."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def link_problem(path: str) -> Problem:
    """Say that a link lies where a file or folder should be."""
    return Problem(
        place=Place(path=path),
        code="symlink",
        message="这是一个链接（快捷方式），指向别的地方，不会读取",
        hint="请把真正的文件放在这里，再删掉链接。",
    )


def item_files(root: Path, plurals: Iterable[str]) -> tuple[Mapping[str, list[Path]], list[Problem]]:
    """Return the files of each kind, YAML and Markdown, by its folder's name, and what does not belong there."""
    files: dict[str, list[Path]] = {plural: [] for plural in plurals}
    problems: list[Problem] = []
    folder = root / ITEMS_FOLDER
    if not is_folder(folder):
        return files, [link_problem(ITEMS_FOLDER) if folder.is_symlink() else _missing_folder()]
    for entry in entries(folder):
        parts = entry.path.relative_to(folder).parts
        if entry.path.name == NOTES or is_of_district(entry, parts):
            continue
        if found := _problem(entry, parts, files, shown_path(entry.path, root)):
            problems.append(found)
        elif entry.is_file and parts[0] in files:
            files[parts[0]].append(entry.path)
    return files, problems


def is_of_district(entry: Entry, parts: tuple[str, ...]) -> bool:
    """Tell whether an entry of `items/` is the folder of the districts, or in it: that is read in another place."""
    return parts[0] == DISTRICTS and (len(parts) > 1 or (entry.is_folder and not entry.is_link))


def _problem(entry: Entry, parts: tuple[str, ...], plurals: Iterable[str], path: str) -> Problem | None:
    """Return what is wrong with an entry of `items/`, None where it is in its place."""
    if entry.is_link:
        return link_problem(path)
    if parts in ((THESAURUS,), (HOUSE_RULES,), (ADDRESSES,), (REMARKS,)) and entry.is_file:
        return None
    if parts[0] not in plurals:  # said once, of the folder or file at the top
        return _not_a_kind(entry, plurals, path) if len(parts) == 1 else None
    suffix = entry.path.suffix.lower()
    if entry.is_folder:
        return _folder_like_a_file(path, suffix) if suffix in (ITEM_SUFFIX, ".yaml", BODY_SUFFIX) else None
    if len(parts) == 1 or not entry.is_file:
        return _stray(path, "这不是文件夹，也不是内容文件，不会发布", "请删掉它，或改成文件夹。")
    if entry.path.suffix in (ITEM_SUFFIX, BODY_SUFFIX):
        return None
    if suffix in (ITEM_SUFFIX, ".yaml", BODY_SUFFIX):
        right = BODY_SUFFIX if suffix == BODY_SUFFIX else ITEM_SUFFIX
        return _stray(path, f"扩展名是 {entry.path.suffix}，不会发布", f"请改成 {right}（小写）。")
    hint = "内容写在 .yml 文件里；存成 .yml.txt 的请去掉 .txt；附件和表格放在 content/files/ 下。"
    return _stray(path, "这不是内容文件，不会发布", hint)


def _not_a_kind(entry: Entry, plurals: Iterable[str], path: str) -> Problem:
    known = sorted(plurals)
    near = near_miss(entry.path.stem, known)
    guess = f"是不是想写 {near}？" if near else ""
    folders = f"内容放在 {ITEMS_FOLDER}/ 下的这些文件夹里：{'、'.join(known)}。"
    if entry.is_folder:
        return _stray(path, f"没有「{printable(entry.path.name)}」这一类内容，里面的文件不会发布", guess + folders)
    return _stray(path, "文件没有放在任何一类的文件夹里，不会发布", folders)


def _folder_like_a_file(path: str, suffix: str) -> Problem:
    message = f"这是文件夹，名字却以 {suffix} 结尾，像一个内容文件"
    return _stray(path, message, f"请给文件夹改名，去掉 {suffix}；内容写在文件夹里的 .yml 文件中。")


def _stray(path: str, message: str, hint: str) -> Problem:
    return Problem(place=Place(path=path), code="stray-file", message=message, hint=hint)


def _missing_folder() -> Problem:
    return Problem(
        place=Place(path=ITEMS_FOLDER),
        code="missing-folder",
        message=f"没有 {ITEMS_FOLDER} 文件夹，一项内容也没有",
        hint=f"请在 mkdocs.yml 旁边建 {ITEMS_FOLDER} 文件夹，或用 --config 指明正确的配置文件。",
    )

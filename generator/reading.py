"""`items/` → items with their sources, and every problem found on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.item import Item
from generator.kinds import all_kinds
from generator.problems import Place, Problem
from generator.schema import fields_of
from generator.source import Source, read_source
from generator.text_files import read_text
from generator.validation import validate

ITEMS_FOLDER = "items"
_MARKUP = re.compile(r"<[A-Za-z/!?]|\{\{|\{%|\{#")
_UNSAFE_LINK = re.compile(r"(?i)\b(javascript|vbscript|data)\s*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Everything below `items/`: items that are well formed, their sources, and all problems."""

    items: tuple[Item, ...]
    sources: Mapping[str, Source]
    """Source of each item by the item's path, for finding the places of later problems."""
    problems: tuple[Problem, ...]
    unread: frozenset[tuple[str, str]] = frozenset()
    """Kind and id of each file that could not be read."""


def read_items(root: Path) -> Read:
    """Read and validate every item file below `root/items`; never stop at the first problem."""
    items: list[Item] = []
    sources: dict[str, Source] = {}
    problems: list[Problem] = list(_stray_folders(root / ITEMS_FOLDER))
    unread: set[tuple[str, str]] = set()
    for model in all_kinds().values():
        for file in item_files(root, model.kind.plural):
            item, source, found = read_item(model, root, file)
            problems += found
            if item is None or source is None:
                unread.add((model.kind.name, file.stem))
                continue
            if item.path in sources:
                problems.append(_duplicate(item, source, sources[item.path]))
                continue
            items.append(item)
            sources[item.path] = source
    return Read(items=tuple(items), sources=sources, problems=tuple(problems), unread=frozenset(unread))


def item_files(root: Path, plural: str) -> list[Path]:
    """Return the YAML files of a kind, sub-folders included, in a stable order."""
    folder = root / ITEMS_FOLDER / plural
    return sorted(path for path in folder.rglob("*.yml") if path.is_file())


def read_item(model: type[Item], root: Path, file: Path) -> tuple[Item | None, Source | None, list[Problem]]:
    """Read one file with the Markdown body beside it."""
    relative = file.relative_to(root).as_posix()
    source, problems = read_source(file, relative)
    extra: dict[str, object] = {"id": file.stem}
    body_file = file.with_suffix(".md")
    if body_file.is_file() and _takes_body(model):
        body, found = read_body(body_file, body_file.relative_to(root).as_posix())
        problems += found
        extra["body"] = body
    if source is None:
        return None, None, problems
    item, found = validate(model, source, extra)
    return item, source, problems + found


def _takes_body(model: type[Item]) -> bool:
    return any(spec.is_markdown and spec.key == "body" for spec in fields_of(model))


def read_body(file: Path, relative: str) -> tuple[str, list[Problem]]:
    """Read a Markdown body; raw HTML, template marks and script links are problems."""
    text, problems = read_text(file, relative)
    text = text or ""
    return text, [*problems, *markdown_problems(text, relative)]


def markdown_problems(text: str, relative: str, first_line: int = 1) -> Iterator[Problem]:
    """Yield a problem for each line with raw HTML, template marks or a link that runs a script."""
    for number, line in enumerate(text.splitlines(), first_line):
        if match := _MARKUP.search(line):
            yield _unsafe(relative, number, match.start(), f"「{line[match.start() :][:20]}」", "网页代码或模板符号")
        if match := _UNSAFE_LINK.search(line):
            yield _unsafe(relative, number, match.start(), f"「{match[0]}」", "会运行程序的链接")


def _unsafe(relative: str, line: int, column: int, written: str, what: str) -> Problem:
    return Problem(
        place=Place(path=relative, line=line, column=column + 1),
        code="unsafe-markdown",
        field="正文",
        message=f"{written}是{what}，正文里不能用",
        hint="正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。",
    )


def _duplicate(item: Item, source: Source, earlier: Source) -> Problem:
    return Problem(
        place=Place(path=source.path),
        code="duplicate-id",
        field="编号",
        message=f"编号「{item.id}」已被 {earlier.path} 使用",
        hint="两个文件不能同名（子文件夹不算在地址里）；请改其中一个的文件名，已公布的不要改。",
    )


def _stray_folders(folder: Path) -> Iterable[Problem]:
    """Yield a problem for each entry of `items/` that no kind reads, lest an editor's file be silently ignored."""
    known = {model.kind.plural for model in all_kinds().values()}
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if entry.name.startswith(".") or entry.name in known:
            continue
        if entry.is_dir() or entry.suffix in (".yml", ".yaml"):
            yield Problem(
                place=Place(path=f"{ITEMS_FOLDER}/{entry.name}"),
                code="stray-file",
                message=f"没有「{entry.stem}」这一类内容，不会发布",
                hint=f"内容放在 {ITEMS_FOLDER}/ 下的这些文件夹里：{'、'.join(sorted(known))}。",
            )
    for entry in sorted(folder.rglob("*.yaml")) if folder.is_dir() else []:
        yield Problem(
            place=Place(path=f"{ITEMS_FOLDER}/{entry.relative_to(folder).as_posix()}"),
            code="stray-file",
            message="扩展名是 .yaml，不会发布",
            hint="请改成 .yml。",
        )

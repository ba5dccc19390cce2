"""Checks of the prose in `content/`: front matter, raw HTML, links to items."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.catalogue import Catalogue
from generator.kinds import all_kinds
from generator.problems import Place, Problem
from generator.reading import markdown_problems
from generator.schema import label_at, local_paths
from generator.source import Source, read_front_matter

FRONT_MATTER = {"title": "标题", "description": "摘要", "hide": "隐藏", "search": "搜索"}
PORTAL_ADDRESSES = frozenset({"", "search", "browse", "data", "sitemap"})
_LINK_HINT = "链接到内容页写 /类别/编号/，例如 /guides/id-card-renewal/；链接到别的文字页用相对路径的 .md。"
_PAGE_HINT = "写站内已有页面的地址，例如 fees/ 或 guides/id-card-renewal/。"
_FILE_HINT = "把文件放到 content/files/ 下，名字与这里写的完全一致（大小写也要一致）。"
_ROOT_LINK = re.compile(r"\]\(/([^)#?\s]*)")


def known_addresses(folder: Path, catalogue: Catalogue) -> frozenset[str]:
    """Return the addresses of all pages, without slashes at the ends: prose, lists, items, portal pages."""
    prose = (file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.md"))
    lists = (model.kind.plural for model in all_kinds().values())
    return frozenset(
        {
            *PORTAL_ADDRESSES,
            *(address.removesuffix("index").rstrip("/") for address in prose),
            *lists,
            *catalogue.by_path,
            *(f"{all_kinds()[kind].kind.plural}/{identifier}" for kind, identifier in catalogue.unread),
        }
    )


def check_content(folder: Path, root: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield the problems of every prose page."""
    addresses = known_addresses(folder, catalogue)
    for file in sorted(folder.rglob("*.md")):
        yield from _page_problems(file, file.relative_to(root).as_posix(), addresses)


def check_local_paths(folder: Path, catalogue: Catalogue, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Yield a problem for each file or page that an item names and that is not there."""
    addresses = known_addresses(folder, catalogue)
    for item in catalogue.items:
        for path, spec, written in local_paths(item):
            there = (folder / written).is_file() if spec.is_file else _page_of(written) in addresses
            if not there:
                yield Problem(
                    place=sources[item.path].place(*path),
                    code="missing-file" if spec.is_file else "dangling-link",
                    field=label_at(type(item), path),
                    message=f"没有「{written}」这个{'文件' if spec.is_file else '页面'}",
                    hint=_FILE_HINT if spec.is_file else _PAGE_HINT,
                )


def _page_of(written: str) -> str:
    return written.partition("#")[0].strip("/")


def _page_problems(file: Path, relative: str, addresses: frozenset[str]) -> Iterator[Problem]:
    values, body, first_line, problems = read_front_matter(file, relative)
    yield from problems
    if problems:
        return
    for key in values.keys() - FRONT_MATTER.keys():
        near = difflib.get_close_matches(str(key), FRONT_MATTER, n=1)
        guess = f"是不是想写 {near[0]}（{FRONT_MATTER[near[0]]}）？" if near else f"可以写：{'、'.join(FRONT_MATTER)}。"
        yield _problem(relative, 1, 1, "unknown-key", f"页首没有「{key}」这个字段", guess)
    if not isinstance(values.get("title"), str):
        yield _problem(relative, 1, 1, "missing-key", "页首缺少 title", "在文件最前面写：--- 换行 title: 标题 换行 ---。")
    yield from markdown_problems(body, relative, first_line)
    yield from _dangling_links(body, relative, first_line, addresses, file)


def _dangling_links(
    body: str, relative: str, first_line: int, addresses: frozenset[str], file: Path
) -> Iterator[Problem]:
    content = file.parents[len(Path(relative).parts) - 2]
    for number, line in enumerate(body.splitlines(), first_line):
        for match in _ROOT_LINK.finditer(line):
            target = _page_of(match[1])
            if target in addresses or (content / target).is_file():
                continue
            message = f"站内链接 /{target}/ 没有对应的页面"
            yield _problem(relative, number, match.start(1), "dangling-link", message, _LINK_HINT)


def _problem(path: str, line: int, column: int, code: str, message: str, hint: str) -> Problem:
    return Problem(place=Place(path=path, line=line, column=column), code=code, message=message, hint=hint, field="正文")

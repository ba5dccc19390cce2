"""Checks of the prose in `content/`: front matter, raw HTML, links to items."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from generator.catalogue import Catalogue
from generator.kinds import all_kinds
from generator.problems import Place, Problem
from generator.reading import markdown_problems
from generator.source import read_front_matter

FRONT_MATTER = {"title": "标题", "description": "摘要", "hide": "隐藏", "search": "搜索"}
PORTAL_ADDRESSES = frozenset({"", "search", "browse", "data", "sitemap", "changes", "verify"})
_ROOT_LINK = re.compile(r"\]\(/([^)#?\s]*)")


def check_content(folder: Path, root: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield the problems of every prose page."""
    for file in sorted(folder.rglob("*.md")):
        yield from _page_problems(file, file.relative_to(root).as_posix(), catalogue)


def _page_problems(file: Path, relative: str, catalogue: Catalogue) -> Iterator[Problem]:
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
    yield from _dangling_links(body, relative, first_line, catalogue)


def _dangling_links(body: str, relative: str, first_line: int, catalogue: Catalogue) -> Iterator[Problem]:
    lists = {model.kind.plural for model in all_kinds().values()}
    for number, line in enumerate(body.splitlines(), first_line):
        for match in _ROOT_LINK.finditer(line):
            target = match[1].strip("/")
            if target in catalogue.by_path or target in lists or target in PORTAL_ADDRESSES:
                continue
            if target.startswith("files/") and (Path(relative).parts[0] and "." in target):
                continue
            yield _problem(
                relative, number, match.start(1), "dangling-link", f"站内链接 /{target}/ 没有对应的页面",
                "链接到内容页写 /类别/编号/，例如 /guides/id-card-renewal/；链接到别的文字页用相对路径的 .md。",
            )  # fmt: skip


def _problem(path: str, line: int, column: int, code: str, message: str, hint: str) -> Problem:
    return Problem(place=Place(path=path, line=line, column=column), code=code, message=message, hint=hint, field="正文")

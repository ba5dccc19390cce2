"""Markdown → the places of raw HTML, template marks and links that run a script.

Renderers escape and refuse these too; they are told here so that an editor learns of them instead of finding odd text
on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from generator.item_files import printable
from generator.problems import Place, Problem

# A web address in angle brackets is Markdown, not HTML.
_MARKUP = re.compile(r"<(?!https?://[^\s<>]*>)[A-Za-z/!?][A-Za-z0-9-]{0,20}>?|\{[{%#]")
# Attributes that Markdown extensions put on elements: `[text](address){ onclick="…" }`.
_ATTRIBUTE = re.compile(r"(?i)\{:?[^{}\n]*?(?<![\w-])(on\w+|style|href|src\w*|action|formaction|xlink:href)\s*=")
_SCRIPT = re.compile(r"(?i)(?:java|vb|live)script:|data:(?=[a-z]+/|[,;])")
# What browsers and Markdown undo before they look at an address: entities, backslashes before signs, white space.
_UNDONE = re.compile(r"&#?\w{1,32};?|\\[!-/:-@\[-`{-~]|\s")
_LONGEST_QUOTE = 20


def markdown_problems(text: str, relative: str, first_line: int = 1) -> Iterator[Problem]:
    """Yield a problem for each line with raw HTML or template marks, and for each link that runs a script."""
    for number, line in enumerate(text.split("\n"), first_line):
        if match := _MARKUP.search(line):
            what = "网页代码" if match[0].startswith("<") else "模板符号"
            yield _unsafe(relative, number, match.start(), match[0], what)
        if match := _ATTRIBUTE.search(line):
            yield _unsafe(relative, number, match.start(1), match[1], "网页代码的属性")
    for start, end in script_links(text):
        row = text.count("\n", 0, start)
        yield _unsafe(relative, first_line + row, start - text.rfind("\n", 0, start) - 1, text[start:end], _LINK)


def script_links(text: str) -> list[tuple[int, int]]:
    """Return start and end of everything that a browser may read as the beginning of a script's address."""
    if not _SCRIPT.search("".join(unescape(text).replace("\\", "").split())):
        return []
    signs: list[str] = []
    origins: list[tuple[int, int]] = []
    position = 0
    for match in [*_UNDONE.finditer(text), None]:
        until = match.start() if match else len(text)
        plain = [(sign, (index, index + 1)) for index, sign in enumerate(text[position:until], position)]
        undone = [(sign, match.span()) for sign in _meaning(match[0])] if match else []
        for sign, origin in plain + undone:
            signs.append(sign)
            origins.append(origin)
        position = match.end() if match else until
    return [(origins[found.start()][0], origins[found.end() - 1][1]) for found in _SCRIPT.finditer("".join(signs))]


def _meaning(written: str) -> str:
    """Return what an entity or an escaped sign stands for; white space and control characters mean nothing."""
    meant = written[1:] if written.startswith("\\") else unescape(written)
    return "".join(sign for sign in meant if sign.isprintable() and not sign.isspace())


_LINK = "会运行程序的链接"


def _unsafe(relative: str, line: int, column: int, written: str, what: str) -> Problem:
    return Problem(
        place=Place(path=relative, line=line, column=column + 1),
        code="unsafe-markdown",
        field="正文",
        message=f"「{printable(written[:_LONGEST_QUOTE])}」是{what}，正文里不能用",
        hint="正文只用普通文字和 Markdown 标题、列表、链接、表格；要说明代码本身时改用文字描述。",
    )


def script_link_problem(place: Place, field: str, written: str) -> Problem:
    """Say that a Markdown field of an item has a link that runs a script."""
    return Problem(
        place=place,
        code="unsafe-markdown",
        field=field,
        message=f"「{printable(written[:_LONGEST_QUOTE])}」是{_LINK}，不能用",
        hint="链接只写 https:// 开头的网址，或本站的地址。",
    )

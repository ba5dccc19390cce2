"""Checks of the prose in `content/`: front matter, raw HTML, links to items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from generator.catalogue import Catalogue
from generator.fields import quoted
from generator.house_rules import HouseRules
from generator.item import Item
from generator.item_files import BODY_SUFFIX, entries, link_problem, shown_path
from generator.kinds import all_kinds
from generator.near_miss import guess, meant_key
from generator.problems import Place, Problem
from generator.prose_check import prose_problems
from generator.schema import label_at, local_paths
from generator.settings import Settings
from generator.source import Source, read_front_matter
from generator.unsafe_markdown import markdown_problems

FRONT_MATTER = {"title": "标题", "description": "摘要", "hide": "隐藏", "search": "搜索", "accepted": "已说明的提醒"}
TEXTS = ("title", "description")
BROWSING = ("a-z", "codes", "departments", "events", "topics", "windows")
PORTAL_ADDRESSES = frozenset(
    {"", "search", "browse", "data", "sitemap", "verify", "office", "changes", *(f"browse/{name}" for name in BROWSING)}
)
_LINK_HINT = "链接到内容页写 /类别/编号/，例如 /guides/id-card-renewal/；链接到别的文字页用相对路径的 .md。"
_PAGE_HINT = "写站内已有页面的地址，例如 fees/ 或 guides/id-card-renewal/。"
_FILE_HINT = "把文件放到 content/files/ 下，名字与这里写的完全一致（大小写也要一致）。"
_ROOT_LINK = re.compile(r"\]\(/([^)#?\s]*)")


def made_addresses() -> frozenset[str]:
    """Return the addresses of the pages that are made from items: portal pages and the lists of kinds."""
    return PORTAL_ADDRESSES | {model.kind.plural for model in all_kinds().values()}


def prose_addresses(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield address and file of every prose page."""
    for entry in entries(folder) if folder.is_dir() else ():
        if entry.is_file and entry.path.suffix == ".md":
            page = entry.path.relative_to(folder).with_suffix("")
            address = (page.parent if page.name == "index" else page).as_posix()
            yield ("" if address == "." else address), entry.path


def known_addresses(folder: Path, catalogue: Catalogue) -> frozenset[str]:
    """Return the addresses of all pages, without slashes at the ends: prose, lists, items, portal pages."""
    unread = (f"{all_kinds()[kind].kind.plural}/{identifier}" for kind, identifier in catalogue.unread)
    prose = (address for address, _ in prose_addresses(folder))
    districts = [item.path for each in catalogue.local for item in (each.district, *each.items)]
    districts += ["districts"] if districts else []
    return frozenset({*made_addresses(), *prose, *catalogue.by_path, *unread, *districts})


def check_content(folder: Path, root: Path, catalogue: Catalogue, house: HouseRules | None = None) -> Iterator[Problem]:
    """Yield the problems of every prose page."""
    addresses = known_addresses(folder, catalogue)
    for entry in entries(folder) if folder.is_dir() else ():
        if entry.is_link:
            yield link_problem(shown_path(entry.path, root))
        elif entry.is_file and entry.path.suffix == ".md":
            yield from _page_problems(
                entry.path, folder, shown_path(entry.path, root), addresses, house or HouseRules()
            )


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
        yield from _body_links(item, sources[item.path], addresses, folder)


def _body_links(item: Item, source: Source, addresses: frozenset[str], folder: Path) -> Iterator[Problem]:
    """Yield the dangling links of a Markdown body: with their lines where it has a file of its own."""
    beside = str(Path(source.path).with_suffix(BODY_SUFFIX))
    for problem in _dangling_links(item.prose(), beside, 1, addresses, folder):
        yield replace(problem, place=source.place("body")) if "body" in source.values else problem


def check_settings(settings: Settings, config: str, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a problem for each item that the configuration names and that is not there."""
    text = (settings.root / config).read_text(encoding="utf-8")
    named = [("main_hall", "hall", settings.main_hall), *(("popular", "guide", name) for name in settings.popular)]
    for key, kind, identifier in named:
        if not catalogue.find(kind, identifier) and (kind, identifier) not in catalogue.unread:
            known = [item.id for item in catalogue.of_kind(kind)]
            label = all_kinds()[kind].kind.label
            line = text.count("\n", 0, text.find(identifier)) + 1
            hint = f"{guess(identifier, known)}{key} 里只写已有的{label}的编号。"
            yield _problem(
                Place(path=config, line=line), "dangling-reference", f"「{identifier}」不在{label}里", hint, key
            )


def _page_of(written: str) -> str:
    return written.partition("#")[0].strip("/")


def _page_problems(
    file: Path, folder: Path, relative: str, addresses: frozenset[str], house: HouseRules
) -> Iterator[Problem]:
    values, body, first_line, problems = read_front_matter(file, relative)
    yield from problems
    if not problems:
        head = _front_matter(file, relative, values, first_line)
        yield from _front_matter_problems(relative, head)
        yield from prose_problems(body, first_line, head, house)
    yield from markdown_problems(body, relative, first_line)
    yield from _dangling_links(body, relative, first_line, addresses, folder)


def _front_matter(file: Path, relative: str, values: dict[str, object], first_line: int) -> Source:
    # The lines between the two `---`, with an empty one before them so that they keep their numbers.
    lines = file.read_text(encoding="utf-8").split("\n")[1 : first_line - 2] if values else []
    return Source(path=relative, text="\n".join(["", *lines, ""]), values=values)


def _front_matter_problems(relative: str, head: Source) -> Iterator[Problem]:
    values = head.values
    unknown = {key: meant_key(str(key), FRONT_MATTER) for key in values.keys() - FRONT_MATTER.keys()}
    for key, meant in unknown.items():
        hint = f"可以写：{'、'.join(FRONT_MATTER)}。"
        if meant:
            named = key == FRONT_MATTER[meant]
            hint = f"「{key}」的字段名是 {meant}。" if named else f"是不是想写 {meant}（{FRONT_MATTER[meant]}）？"
        yield _problem(head.place(key, key=True), "unknown-key", f"没有{quoted(key)}这个字段", hint, "页首")
    for key in TEXTS:
        value = values.get(key)
        if value is not None and not isinstance(value, str):
            hint = '文字直接写在冒号后面；像数字的文字用半角引号 " 括起来。'
            yield _problem(head.place(key), "wrong-type", f"写的是{quoted(value)}，应是文字", hint, FRONT_MATTER[key])
    if "title" in values and values["title"] is None:
        yield _problem(
            head.place("title"), "empty-value", "后面没有写内容", "请写上这一页的标题。", FRONT_MATTER["title"]
        )
    elif "title" not in values and "title" not in unknown.values():
        hint = "在文件最前面写三行：「---」，「title: 标题」，「---」。"
        yield _problem(Place(path=relative), "missing-key", "缺少 title", hint, "页首")


def _dangling_links(
    body: str, relative: str, first_line: int, addresses: frozenset[str], folder: Path
) -> Iterator[Problem]:
    for number, line in enumerate(body.split("\n"), first_line):
        for match in _ROOT_LINK.finditer(line):
            target = _page_of(match[1])
            if target in addresses or (folder / target).is_file():
                continue
            place = Place(path=relative, line=number, column=match.start(1) + 1)
            if Path(target).suffix:
                yield _problem(place, "missing-file", f"没有「{target}」这个文件", _FILE_HINT, "正文")
            else:
                yield _problem(place, "dangling-link", f"站内链接 /{target}/ 没有对应的页面", _LINK_HINT, "正文")


def _problem(place: Place, code: str, message: str, hint: str, field: str) -> Problem:
    return Problem(place=place, code=code, message=message, hint=hint, field=field)

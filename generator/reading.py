"""`items/` → items with their sources, and every problem found on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.addresses import Ledger
from generator.drafts import Draft, draft_of, in_chinese, is_draft
from generator.item import Item, Part
from generator.item_files import (
    ADDRESSES,
    BODY_SUFFIX,
    ITEM_SUFFIX,
    ITEMS_FOLDER,
    THESAURUS,
    is_folder,
    item_files,
    shown_path,
)
from generator.kinds import all_kinds
from generator.problems import Place, Problem
from generator.processes import in_parts
from generator.schema import fields_of
from generator.source import Source, packed, read_source
from generator.text_files import read_text
from generator.thesaurus import Thesaurus
from generator.unsafe_markdown import markdown_problems, script_link_problem, script_links
from generator.validation import validate

Beside = TypeVar("Beside", bound=Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Everything below `items/`: items that are well formed, their sources, and all problems."""

    items: tuple[Item, ...]
    sources: Mapping[str, Source]
    """Source of each item by the item's path, for finding the places of later problems."""
    problems: tuple[Problem, ...]
    unread: frozenset[tuple[str, str]] = frozenset()
    """Kind and id of each file that could not be read."""
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    thesaurus_source: Source | None = None
    """The thesaurus' own file, where the district keeps one and it can be read."""
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    """Drafts by their paths."""
    addresses: Ledger = field(default_factory=Ledger)
    addresses_source: Source | None = None
    """The ledger's own file, where the district keeps one and it can be read."""
    is_missing: bool = False
    """There is no `items/` at all, so that nothing else is worth saying."""

    @property
    def all_sources(self) -> Mapping[str, Source]:
        """Source of everything that checks find problems in: items, thesaurus, ledger, by their paths."""
        extra = {Thesaurus.path: self.thesaurus_source, Ledger.path: self.addresses_source}
        return {**self.sources, **{path: source for path, source in extra.items() if source}}


ItemFile = tuple[Item | None, Source | None, list[Problem], Draft | None]
"""What a file gives: its item, its source, what is wrong with it, and the draft that it is, as far as there are any."""


@dataclass(slots=True)
class Known:
    """What was read before and need not be read again: what files give, and which files there are."""

    files: dict[Path, ItemFile] = field(default_factory=dict)
    listing: tuple[Mapping[str, list[Path]], list[Problem]] | None = None


def read_items(root: Path, jobs: int = 1, *, shows_drafts: bool = False, known: Known | None = None) -> Read:
    """Read and validate every item file below `root/items`; never stop at the first problem.

    Drafts are no items, those that are complete excepted where they are shown. What is `known` is not read again; the
    rest is added there.
    """
    known = known or Known()
    gathered = _Gathered(shows_drafts)
    unread: set[tuple[str, str]] = set()
    known.listing = known.listing or item_files(root, [model.kind.plural for model in all_kinds().values()])
    files, problems = known.listing[0], [*known.listing[1]]
    unknown = (file for some in files.values() for file in some if file not in known.files)
    parsed = _parsed([file for file in unknown if file.suffix == ITEM_SUFFIX], root, jobs)
    for model in all_kinds().values():
        problems += _stray_bodies(model, root, files[model.kind.plural])
        for file in files[model.kind.plural]:
            if file.suffix != ITEM_SUFFIX:
                continue
            if file in parsed:
                known.files[file] = _item(model, root, file, parsed.pop(file))
            item, source, found, draft = known.files[file]
            problems += found
            if source is None or (item is None and draft is None):
                unread.add((model.kind.name, file.stem))
            else:
                problems += gathered.take(item, source, draft)
    thesaurus, thesaurus_source, found = read_thesaurus(root)
    addresses, addresses_source, more = read_addresses(root)
    return Read(
        items=tuple(gathered.items),
        sources=gathered.sources,
        problems=(*problems, *found, *more),
        unread=frozenset(unread),
        thesaurus=thesaurus,
        drafts=gathered.drafts,
        thesaurus_source=thesaurus_source,
        addresses=addresses,
        addresses_source=addresses_source,
        is_missing=not is_folder(root / ITEMS_FOLDER),
    )


class _Gathered:
    """Items and drafts as they are read, each id once."""

    def __init__(self, shows_drafts: bool) -> None:
        self.items: list[Item] = []
        self.sources: dict[str, Source] = {}
        self.drafts: dict[str, Draft] = {}
        self._shows_drafts = shows_drafts
        self._taken: dict[str, Source] = {}

    def take(self, item: Item | None, source: Source, draft: Draft | None) -> Iterator[Problem]:
        """Keep what a file holds; yield a problem where another holds the same id."""
        named = draft.sketch if draft else item
        assert named is not None
        if earlier := self._taken.get(named.path):
            yield _duplicate(named, source, earlier)
            return
        self._taken[named.path] = source
        if draft:
            self.drafts[draft.path] = draft
        if item is not None and (draft is None or self._shows_drafts):
            self.items.append(item)
            self.sources[item.path] = source


def read_thesaurus(root: Path) -> tuple[Thesaurus, Source | None, list[Problem]]:
    """Read the thesaurus with its source and all problems; it is empty where there is none or it is not well formed."""
    thesaurus, source, problems = _beside(Thesaurus, root, THESAURUS)
    return thesaurus or Thesaurus(), source, problems


def read_addresses(root: Path) -> tuple[Ledger, Source | None, list[Problem]]:
    """Read the ledger of addresses with its source and all problems; it is empty where there is none to be read."""
    ledger, source, problems = _beside(Ledger, root, ADDRESSES)
    return ledger or Ledger(), source, problems


def _beside(model: type[Beside], root: Path, name: str) -> tuple[Beside | None, Source | None, list[Problem]]:
    """Read a file that stands beside the folders of items; there need not be one."""
    file = root / ITEMS_FOLDER / name
    if not file.is_file() or file.is_symlink() or file.parent.is_symlink():
        return None, None, []
    source, problems = read_source(file, shown_path(file, root))
    if source is None:
        return None, None, problems
    made, faults = validate(model, source, {})
    return made, source, [*problems, *faults]


class Parsed(NamedTuple):
    """What the YAML of a file gives, if it can be read, the same in less memory, and what is wrong."""

    source: Source | None
    packed: Source | None
    problems: list[Problem]


def _parsed(files: Sequence[Path], root: Path, jobs: int) -> dict[Path, Parsed]:
    """Return what the YAML of each file gives; plain values, which other processes can hand over quickly."""
    parts = in_parts(lambda part: [(file, _parse(file, root)) for file in part], files, jobs)
    return {file: parsed for part in parts for file, parsed in part}


def _parse(file: Path, root: Path) -> Parsed:
    source, problems = read_source(file, shown_path(file, root))
    return Parsed(source, packed(source) if source else None, problems)


def _item(model: type[Item], root: Path, file: Path, parsed: Parsed) -> ItemFile:
    """Return the item of a file with the Markdown body beside it, and the draft that the file is, if it is one."""
    source, kept, problems = parsed
    body_file = file.with_suffix(BODY_SUFFIX)
    relative = shown_path(body_file, root)
    extra: dict[str, tuple[object, str]] = {"id": (file.stem, "")}
    if _takes_body(model) and body_file.is_file() and not body_file.is_symlink():
        body, found = read_body(body_file, relative)
        problems += found
        if body is not None:
            extra["body"] = (body, relative)
    if source is None:
        return None, None, problems, None
    if other := _other_kind(model, source):
        return None, None, [_misplaced(model, other, source)], None
    source = in_chinese(source)
    item, found = validate(model, source, extra)
    found = [*problems, *found, *_script_links(model, source)]
    if not is_draft(source.values):
        return item, kept, found, None
    values = {**source.values, **{key: value for key, (value, _) in extra.items()}}
    draft, wrong = draft_of(model, source, values, found)
    return item, source, wrong, draft


FEWEST_FOREIGN_KEYS = 4
"""Keys that only another kind has, more than slips explain."""


def _other_kind(model: type[Item], source: Source) -> type[Item] | None:
    """Return the kind that a file was surely written as, where that is not the kind of its folder."""
    written = source.values.keys()
    strangers = {other: len(written - {spec.key for spec in fields_of(other)}) for other in all_kinds().values()}
    best = min(strangers, key=lambda other: strangers[other])
    return best if strangers[model] >= FEWEST_FOREIGN_KEYS + 2 * strangers[best] else None


def _misplaced(model: type[Item], other: type[Item], source: Source) -> Problem:
    """Say once that the file belongs into another folder, instead of refusing key after key."""
    return Problem(
        place=Place(path=source.path),
        code="wrong-folder",
        message=f"写的像「{other.kind.label}」，却放在「{model.kind.label}」的文件夹里",
        hint=f"请移到 items/{other.kind.plural}/ 下面。",
    )


def _takes_body(model: type[Item]) -> bool:
    return any(spec.is_markdown and spec.key == "body" for spec in fields_of(model))


def read_body(file: Path, relative: str) -> tuple[str | None, list[Problem]]:
    """Read a Markdown body; raw HTML, template marks and script links are problems. None if it cannot be used."""
    text, problems = read_text(file, relative)
    if text is None:
        return None, problems
    if not text.strip():
        return None, [*problems, _empty_body(relative)]
    return text, [*problems, *markdown_problems(text, relative)]


def _script_links(model: type[Item], source: Source) -> Iterator[Problem]:
    """Yield a problem for each script link in the Markdown fields of a file; the reader of YAML knows no Markdown."""
    for spec in fields_of(model):
        written = source.values.get(spec.key) if spec.is_markdown else None
        for start, end in script_links(written) if isinstance(written, str) else ():
            assert isinstance(written, str)
            yield script_link_problem(source.place(spec.key), spec.label, written[start:end])


def _stray_bodies(model: type[Item], root: Path, files: list[Path]) -> Iterator[Problem]:
    """Yield a problem for each Markdown file that is no item's body, lest its text be silently left out."""
    known = set(files)
    for file in files:
        if file.suffix == BODY_SUFFIX and not (_takes_body(model) and file.with_suffix(ITEM_SUFFIX) in known):
            name = file.with_suffix(ITEM_SUFFIX).name
            message, hint = f"旁边没有 {name}，这个文件不会发布", "正文要与它的 .yml 文件同名，放在同一个文件夹里。"
            if not _takes_body(model):
                message, hint = (
                    f"「{model.kind.label}」没有正文，这个文件不会发布",
                    "请把内容写进 .yml 文件，再删掉它。",
                )
            yield Problem(place=Place(path=shown_path(file, root)), code="stray-file", message=message, hint=hint)


def _empty_body(relative: str) -> Problem:
    return Problem(
        place=Place(path=relative),
        code="empty-file",
        field="正文",
        message="文件是空的",
        hint="请写上正文；不需要正文就删掉这个文件。",
    )


def _duplicate(item: Item, source: Source, earlier: Source) -> Problem:
    return Problem(
        place=Place(path=source.path),
        code="duplicate-id",
        field="编号",
        message=f"「{item.id}」已被 {earlier.path} 使用",
        hint="两个文件不能同名（子文件夹不算在地址里）；请改其中一个的文件名，已公布的不要改。",
    )

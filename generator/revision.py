"""The catalogue of another time: the items of a commit, read by today's models, as of the same day as today's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.addresses import Ledger
from generator.catalogue import Catalogue, catalogue_of
from generator.git import Contents, commit_of, common_ancestor, day_of, files_at, is_shallow
from generator.item import Item, Part
from generator.item_files import ADDRESSES, ITEM_SUFFIX, ITEMS_FOLDER, THESAURUS
from generator.kinds import all_kinds
from generator.past import Files, Reader, item_path, items_of
from generator.source import Source, parse_text
from generator.thesaurus import Thesaurus
from generator.validation import validate

MAIN_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""Where edits are merged, by the names under which a clone may know it."""

Beside = TypeVar("Beside", bound=Part)


class NoRevision(Exception):
    """The commit to compare with is not here; the message says what to do."""


class Revision(NamedTuple):
    """The items of a commit."""

    commit: str
    day: date
    """The day in 东八区 on which it was made."""
    catalogue: Catalogue
    files: Files
    """The blob of each file below `items/`."""
    unread: tuple[str, ...]
    """Files that today's models refuse, or whose content a partial clone lacks."""


def base_of(root: Path, wanted: str | None = None) -> str:
    """Return the commit to compare the work tree with: the wanted one, else where this branch left the main one.

    Raises `NoRevision` where there is no repository, or a shallow clone lacks the commit.
    """
    shallow = is_shallow(root)
    if shallow is None:
        raise NoRevision("这里没有 git 仓库（或没有安装 git），没有可以比较的旧版本。")
    if wanted:
        return _wanted(root, wanted, shallow=shallow)
    for branch in MAIN_BRANCHES:
        if commit_of(root, branch):
            if fork := common_ancestor(root, "HEAD", branch):
                return fork
            raise NoRevision(f"找不到本分支从 {branch} 分出来的地方。{_deepen(shallow=shallow)}")
    if head := commit_of(root, "HEAD"):
        return head
    raise NoRevision("仓库里还没有提交，没有可以比较的旧版本。")


def _wanted(root: Path, wanted: str, *, shallow: bool) -> str:
    if found := commit_of(root, wanted):
        return found
    raise NoRevision(f"仓库里没有「{wanted}」这个版本。{_deepen(shallow=shallow) or '请核对分支名或提交号。'}")


def _deepen(*, shallow: bool) -> str:
    """Say what to fetch where a clone left out older commits."""
    if not shallow:
        return ""
    return "仓库没有取全（浅克隆）：请先运行 git fetch --unshallow；在 CI 里把取代码的深度 fetch-depth 设为 0。"


def revision_at(root: Path, commit: str, now: Catalogue) -> Revision:
    """Return the items of a commit as of the day of today's catalogue, from which what is the same is taken."""
    files = files_at(root, commit, ITEMS_FOLDER)
    with Contents(root) as contents:
        reader = Reader(contents.read, root, now)
        wanted = {path for file in files if file.endswith(ITEM_SUFFIX) and (path := item_path(file))}
        found = items_of(files, wanted, reader)
        thesaurus = _beside(Thesaurus, THESAURUS, files, contents.read)
        addresses = _beside(Ledger, ADDRESSES, files, contents.read)
    items = [entry[0] for entry in sorted(filter(None, found.values()), key=_place)]
    unread = frozenset((_kind_of(path), path.partition("/")[2]) for path, entry in found.items() if entry is None)
    lost = sorted(file for file in files if file.endswith(ITEM_SUFFIX) and found.get(item_path(file) or "", 1) is None)
    return Revision(
        commit=commit,
        day=day_of(root, commit),
        catalogue=catalogue_of(items, now.today, unread, thesaurus, addresses=addresses),
        files=files,
        unread=tuple(lost),
    )


def _place(entry: tuple[Item, tuple[str, ...]]) -> tuple[int, tuple[str, ...]]:
    """Order items as reading the folder does: by kind, then by file."""
    return list(all_kinds()).index(entry[0].kind.name), entry[1]


def _kind_of(path: str) -> str:
    plural = path.partition("/")[0]
    return next(name for name, model in all_kinds().items() if model.kind.plural == plural)


def _beside(model: type[Beside], name: str, files: Files, read: Callable[[str], bytes | None]) -> Beside | None:
    """Return what stood beside the folders of items in a commit, None where it had none that can be read."""
    file = f"{ITEMS_FOLDER}/{name}"
    data = read(files[file]) if file in files else None
    with suppress(UnicodeDecodeError):
        text = data.decode() if data else ""
        values = parse_text(text, file)[0] if text else None
        if values is not None:
            return validate(model, Source(path=file, text=text, values=values), {})[0]
    return None

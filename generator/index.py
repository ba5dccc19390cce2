"""Search documents → the search index that browsers load, made by the Pagefind program; the only user of subprocess.

Pagefind takes 0.37 MB of memory a document, so a large site's documents are divided among several runs, each with an
index of its own that the browser merges. Which run a document goes to depends on its item alone: after an edit one
index is made anew, the others stay as they are, and all have the bytes that they have in a clean build.
"""

from __future__ import annotations

import hashlib
import importlib
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zlib import crc32

from generator.cache_files import read_cached, write_cached
from generator.index_documents import Documents, item_of, rendered
from generator.index_order import UnknownFormat, settle
from generator.processes import beside
from generator.render.search import index_folders
from generator.standing import stand_as_written, written_below

# Pagefind's own interfaces, 460 KB that our pages never load.
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.*")


class IndexFailed(Exception):
    """The index could not be made; the message is for the person who runs the build."""


class Kept(NamedTuple):
    """An index as it was made: from what, and its files with size and time."""

    digest: str
    files: Mapping[str, tuple[int, int]]


class Indexed(NamedTuple):
    """A finished index, in one part or several."""

    parts: Mapping[str, Kept]
    """What to keep of each part for the next build, by its folder."""
    still: tuple[str, ...]
    """The files of the old site that belong to it."""


class _Made(NamedTuple):
    """An index in a folder of its own, before it is part of a site: the digests of its parts, and the old parts."""

    new: dict[str, str]
    old: dict[str, Kept]


def build_index(
    documents: Documents,
    staging: Path,
    site_folder: Path,
    earlier: Mapping[str, Kept],
    jobs: int = 1,
    meanwhile: Callable[[], object] = lambda: None,
) -> Indexed:
    """Put the index into a staging folder, but for the parts of the earlier one that would come out the same.

    After an edit a part of it is made in another process, `meanwhile` something else here. A whole one takes all
    processes and memory there are: then the other comes first.
    """
    with TemporaryDirectory(prefix="tongchuang-search-") as folder:

        def make() -> _Made:
            return _make_index(documents, Path(folder), site_folder, earlier, jobs)

        if jobs > 1 and earlier:
            made = beside(make, meanwhile, both=True)
        else:
            meanwhile()
            made = make()
        parts = dict(made.old)
        for part, digest in made.new.items():
            shutil.rmtree(staging / part, ignore_errors=True)
            shutil.copytree(Path(folder, "made", part), staging / part)
            parts[part] = Kept(digest, written_below(staging, part))
    return Indexed(parts, tuple(path for kept in made.old.values() for path in kept.files))


def _make_index(documents: Documents, folder: Path, site_folder: Path, earlier: Mapping[str, Kept], jobs: int) -> _Made:
    """Make the parts of an index that would not come out as they were, in a folder."""
    parts = index_folders(len(documents.digests))
    divided: dict[str, list[str]] = {part: [] for part in parts}
    for address in documents.digests:
        divided[parts[_number(address, len(parts))]].append(address)
    made = _Made({}, {})
    for part, addresses in divided.items():
        digest = _digest(documents, addresses)
        kept = earlier.get(part)
        if kept and kept.digest == digest and stand_as_written(kept.files, site_folder):
            made.old[part] = kept
        else:
            _make(rendered(documents, part, addresses, jobs), folder, folder / "made" / part)
            if part != parts[0]:
                _leave_out_program(folder / "made" / part)
            made.new[part] = digest
    return made


def read_index(file: Path, key: str) -> dict[str, Kept]:
    """Return what was kept of an index under a key; nothing where it is absent, of another or damaged."""
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        kept = read_cached(file)
        parts = kept["parts"] if kept["key"] == key else {}
        return {
            folder: Kept(digest, {path: (size, time) for path, (size, time) in files.items()})
            for folder, (digest, files) in parts.items()
        }
    return {}


def write_index(file: Path, key: str, parts: Mapping[str, Kept]) -> None:
    """Keep what an index was made from, and its files."""
    write_cached(file, {"key": key, "parts": {folder: list(kept) for folder, kept in parts.items()}})


def _number(address: str, parts: int) -> int:
    """Return the part of an item's document, which does not change with the number of its entry."""
    return crc32(item_of(address).encode()) % parts


def _digest(documents: Documents, addresses: Sequence[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for address in sorted(addresses):
        digest.update(b"%b\0%b\0" % (address.encode(), documents.digests[address]))
    return digest.hexdigest()


def _make(texts: Mapping[str, str], folder: Path, target: Path) -> None:
    """Make the index of some documents, by their addresses, at a target; the folder takes what is needed meanwhile."""
    program = _program()
    with TemporaryDirectory(dir=folder) as inner:
        source = Path(inner)
        for address, text in texts.items():
            page = source / address / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
        target.mkdir(parents=True)
        if texts:
            _run(program, source, target)
            _tidy(target)


def _leave_out_program(folder: Path) -> None:
    """Take away what browsers load from the first part only."""
    for pattern in ("*.js", "wasm.*"):
        for file in folder.glob(pattern):
            file.unlink()


def _tidy(output: Path) -> None:
    for pattern in UNUSED:
        for file in output.glob(pattern):
            file.unlink()
    try:
        settle(output)
    except UnknownFormat as error:
        message = f"不认识这个版本的 Pagefind 写出的文件（{error}）。请运行 make site 装回规定的版本。"
        raise IndexFailed(message) from error


def _program() -> Path:
    """Return the Pagefind program that its package brings along."""
    try:
        program: Path = importlib.import_module("pagefind_bin").get_executable()
    except (ImportError, FileNotFoundError) as error:
        raise IndexFailed("缺少检索程序 Pagefind。请运行 make site 重新安装，或用 --no-search 先不建检索。") from error
    return program


def _run(program: Path, source: Path, output: Path) -> None:
    command = [str(program), "--site", str(source), "--output-path", str(output), "--silent"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except OSError as error:
        raise IndexFailed(f"检索程序 Pagefind 不能运行：{error.strerror or error}。") from error
    if done.returncode or not (output / "pagefind-entry.json").is_file():
        said = (done.stderr or done.stdout).strip() or "没有说明原因"
        raise IndexFailed(f"建立检索失败（Pagefind 退出码 {done.returncode}）：{said}")

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
from generator.index_order import UnknownFormat, settle
from generator.processes import in_parts
from generator.render.search import index_folders
from generator.standing import stand_as_written, written_below

# Pagefind's own interfaces, 460 KB that our pages never load.
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.*")


class IndexFailed(Exception):
    """The index could not be made; the message is for the person who runs the build."""


class Documents(NamedTuple):
    """What is to be found."""

    digests: Mapping[str, bytes]
    """A digest of what each document is made from, by its address."""
    render: Callable[[str], str]
    """Makes the document at an address."""


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


def build_index(
    documents: Documents, staging: Path, site_folder: Path, earlier: Mapping[str, Kept], jobs: int = 1
) -> Indexed:
    """Put the index into a staging folder, but for the parts of the earlier one that would come out the same."""
    folders = index_folders(len(documents.digests))
    divided: dict[str, list[str]] = {folder: [] for folder in folders}
    for address in documents.digests:
        divided[folders[_number(address, len(folders))]].append(address)
    made: dict[str, Kept] = {}
    still: list[str] = []
    for folder, addresses in divided.items():
        digest = _digest(documents, addresses)
        kept = earlier.get(folder)
        if kept and kept.digest == digest and stand_as_written(kept.files, site_folder):
            still += kept.files
        else:
            _make(documents, addresses, staging / folder, jobs)
            if folder != folders[0]:
                _leave_out_program(staging / folder)
            kept = Kept(digest, written_below(staging, folder))
        made[folder] = kept
    return Indexed(made, tuple(still))


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
    return crc32(address.rpartition("/")[0].encode()) % parts


def _digest(documents: Documents, addresses: Sequence[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for address in sorted(addresses):
        digest.update(b"%b\0%b\0" % (address.encode(), documents.digests[address]))
    return digest.hexdigest()


def _make(documents: Documents, addresses: Sequence[str], target: Path, jobs: int) -> None:
    """Make the index of some documents in place of a target folder."""
    program = _program()
    with TemporaryDirectory(prefix="tongchuang-search-") as folder:
        source, output = Path(folder, "source"), Path(folder, "output")

        def write(part: Sequence[str]) -> None:
            for address in part:
                page = source / address / "index.html"
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(documents.render(address), encoding="utf-8")

        in_parts(write, sorted(addresses), jobs)
        output.mkdir()
        if addresses:
            _run(program, source, output)
            _tidy(output)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(output, target)


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

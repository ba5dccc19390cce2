"""A repository of any size, and how long one pass over it takes: `python -m tests.bench.history 10000 5000`.

The commits are made by `git fast-import`: one guide edited in each, a fee, a material or the hall in some.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from generator.catalogue import Catalogue, catalogue_of
from generator.history import History, history_of
from generator.reading import read_items

from .guides import SEED, write_project

DEMONSTRATION = Path(__file__).parents[2]
LAST_DAY = date(2026, 11, 22)


def write_repository(folder: Path, items: int, commits: int) -> None:
    """Write a project of so many guides with so many commits, the last of which is checked out."""
    folder.mkdir(parents=True)
    write_project(DEMONSTRATION, folder, items)
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, check=True)
    stream = b"".join(_stream(folder, commits))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=stream, check=True)
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=folder, check=True)


def _stream(folder: Path, commits: int) -> Iterator[bytes]:
    """Yield what fast-import reads: everything in the first commit, then one edit in each."""
    files = (file for file in sorted((folder / "items").rglob("*")) if file.is_file())
    texts = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    guides = sorted(name for name in texts if name.startswith("items/guides/"))
    others = sorted(
        name for name in texts if name.startswith(("items/fees/", "items/materials/")) and name.endswith(".yml")
    )
    chance = random.Random(SEED)
    yield _commit(0, commits, texts)
    for number in range(1, commits):
        name = chance.choice(others if number % 50 == 0 else guides)
        texts[name] = _edited(texts[name], number)
        yield _commit(number, commits, {name: texts[name]})


def _edited(data: bytes, number: int) -> bytes:
    """Return a file with another remark on its time limit, another phone or another note, right after every edit.

    A time limit itself cannot be just any number: the law sets the most, the steps the least.
    """
    text = data.decode()
    promised = re.search(r"(?m)^  promised:\n(?:    .+\n)+", text)
    if promised and number % 3:
        block = re.sub(r"    note: .+\n", "", promised[0]) + f"    note: 第 {number} 次修改的承诺\n"
        return text.replace(promised[0], block, 1).encode()
    if "phone: " in text:
        return re.sub(r"(phone: '?\d+-)\d{7}", rf"\g<1>{6000000 + number:07d}", text, count=1).encode()
    return (re.sub(r"\nnote: .*", "", text).rstrip() + f"\nnote: 第 {number} 次修改。\n").encode()


def _commit(number: int, commits: int, files: dict[str, bytes]) -> bytes:
    day = LAST_DAY - timedelta(days=(commits - number) // 5)
    seconds = int(time.mktime(day.timetuple())) + 43_200
    head = f"commit refs/heads/main\ncommitter x <x@y.example> {seconds} +0800\ndata 4\nedit\n"
    written = (f"M 100644 inline {name}\ndata {len(data)}\n".encode() + data + b"\n" for name, data in files.items())
    return head.encode() + b"".join(written)


def measure(folder: Path) -> None:
    """Walk over the history without the cache, then with it, and say how long each took."""
    gc.set_threshold(100_000)  # as a build does
    read = read_items(folder, os.cpu_count() or 1)
    catalogue = catalogue_of(read.items, LAST_DAY, read.unread, read.thesaurus)
    for item in catalogue.items:  # a build has made these already
        catalogue.sheet(item)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    first, history = _timed(folder, catalogue)
    again, _ = _timed(folder, catalogue)
    print(f"{len(catalogue.items)} items: {first}; from the cache {again}; {len(history.changes)} changes")


def _timed(folder: Path, catalogue: Catalogue) -> tuple[str, History]:
    """Return how long it took, with the processor time of all processes, because others may be at work."""
    start, before = time.monotonic(), os.times()
    history = history_of(folder, catalogue, os.cpu_count() or 1)
    spent = sum(after - then for after, then in zip(os.times()[:4], before[:4], strict=True))
    return f"{time.monotonic() - start:.1f} s ({spent:.1f} s of processor)", history


def main() -> None:
    """Make the repository, unless the folder is there already, and measure."""
    options = argparse.ArgumentParser()
    options.add_argument("items", type=int)
    options.add_argument("commits", type=int)
    options.add_argument("--folder", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary) / "project"
        if not folder.exists():
            write_repository(folder, chosen.items, chosen.commits)
        measure(folder)


if __name__ == "__main__":
    main()

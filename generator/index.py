"""Search documents → the search index that browsers load, made by the Pagefind program; the only user of subprocess."""

from __future__ import annotations

import importlib
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.index_order import UnknownFormat, settle

# Pagefind's own interfaces, 460 KB that our pages never load.
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.*")


class IndexFailed(Exception):
    """The index could not be made; the message is for the person who runs the build."""


def build_index(documents: Mapping[str, str], target: Path) -> None:
    """Make the search index of documents, keyed by their addresses, in place of the target folder."""
    program = _program()
    with TemporaryDirectory(prefix="tongchuang-search-") as folder:
        source, output = Path(folder, "source"), Path(folder, "output")
        for path, document in sorted(documents.items()):
            page = source / path / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(document, encoding="utf-8")
        output.mkdir()
        if documents:
            _run(program, source, output)
            _tidy(output)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(output, target)


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

"""The peers: installed into an environment of their own, and their sites, of the same items, one page each."""

from __future__ import annotations

import shutil
import subprocess
import venv
from collections.abc import Sequence
from html import escape
from pathlib import Path

from tests.search.content import Item, article

LOCK = Path(__file__).parent / "requirements.lock"

_MKDOCS = """\
site_name: 明川区
site_url: https://www.mingchuan.example/
theme: {name: material, language: zh, font: false}
plugins: [{search: {lang: zh, separator: '[\\s\\u200b\\-]'}}]
nav: [{首页: index.md}]
validation: {nav: {omitted_files: ignore}}
"""
_PAGEFIND_PAGE = """\
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>搜索</title></head>
<body><main><h1>搜索</h1><ol id="results"></ol></main><script type="module">
const pagefind = await import("/pagefind/pagefind.js");
const urls = new Map();
const urlOf = async (result) => {
  if (!urls.has(result.id)) urls.set(result.id, (await result.data()).url);
  return urls.get(result.id);
};
window.ask = async (query, limit) => {
  const { results } = await pagefind.search(query);
  return Promise.all(results.slice(0, limit).map(urlOf));
};
window.show = async (query) => {
  for (const url of await window.ask(query, 10)) {
    document.querySelector("#results").insertAdjacentHTML("beforeend", `<li><a href="${url}">${url}</a></li>`);
  }
};
const query = new URLSearchParams(location.search).get("q");
if (query) await window.show(query);
document.body.dataset.ready = "";
</script></body></html>
"""


def peers_python(cache: Path) -> Path | None:
    """Return the Python of the peers' environment, installed once from the lock; None where that fails."""
    folder = cache / "search-venv"
    python, stamp = folder / "bin" / "python", folder / "installed.lock"
    if python.exists() and stamp.exists() and stamp.read_bytes() == LOCK.read_bytes():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
    if subprocess.run(install, capture_output=True).returncode:
        return None
    shutil.copy(LOCK, stamp)
    return python


def make_material(python: Path, items: Sequence[Item], folder: Path) -> Path | None:
    """Make a site with Material's own search, its settings for Chinese as documented; return its folder."""
    docs = folder / "docs"
    for item in items:
        file = docs / f"{item.path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {escape(item.name)}\n\n{article(item)}\n", encoding="utf-8")
    (docs / "index.md").write_text("# 明川区\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
    return _made([str(python), "-m", "mkdocs", "build", "--quiet"], folder, folder / "site")


def make_pagefind(python: Path, items: Sequence[Item], folder: Path) -> Path | None:
    """Make a site with an index by Pagefind extended, nothing set; return its folder."""
    site = folder / "site"
    for item in items:
        page = site / item.path / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_html(item), encoding="utf-8")
    made = _made([str(python), "-m", "pagefind_bin_extended", "--site", str(site)], folder, site)
    (site / "index.html").write_text(_PAGEFIND_PAGE, encoding="utf-8")
    return made


def _html(item: Item) -> str:
    name = escape(item.name)
    head = f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{name}</title></head>'
    return f"{head}<body><main data-pagefind-body><h1>{name}</h1>\n{article(item)}</main></body></html>"


def _made(command: list[str], folder: Path, site: Path) -> Path | None:
    done = subprocess.run(command, cwd=folder, capture_output=True)
    return site if done.returncode == 0 else None

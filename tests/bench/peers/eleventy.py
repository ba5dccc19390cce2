"""The peer Eleventy: the same guides, and what they refer to, as global data from the same YAML; one Nunjucks template.

Its page is that of `hugo_site/guide.html`, mark for mark. Installed by npm from a lock of its own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.bench.guides import KINDS_BESIDE, Project
from tests.bench.peers.frame import framed
from tests.bench.peers.peer import Absent, Installed, Peer

SITE = Path(__file__).parent / "eleventy_site"
_SAID = {
    "title": "{{ guides[id].name }}",
    "summary": "{{ guides[id].summary }}",
    "address": "https://www.mingchuan.example/guides/{{ id }}/",
    "revised": "{{ guides[id].revised }}",
    "department": "{{ departments[guides[id].department].name }}",
    "aliases": "{{ (guides[id].aliases or []) | join(';') }}",
}


def write_eleventy_site(project: Project, page: Path, folder: Path) -> None:
    """Write an Eleventy site with the guides of a project and the frame of one of our pages."""
    (folder / "src").mkdir()
    (folder / "src" / "guide.njk").write_text(framed(page, SITE / "guide.njk", _SAID), encoding="utf-8")
    for name in ("eleventy.config.js", "package.json"):
        shutil.copy(SITE / name, folder)
    for kind in ("guides", *KINDS_BESIDE):
        (folder / "data" / kind).mkdir(parents=True)
        for file in (project.folder / "items" / kind).rglob("*.yml"):
            shutil.copy(file, folder / "data" / kind)
    (folder / "data" / "site.json").write_text(json.dumps({"today": project.day}), encoding="utf-8")
    shutil.copytree(project.folder / "content" / "files", folder / "static" / "files")
    shutil.copytree(project.folder / "site_theme" / "assets", folder / "static" / "assets")


def _install(cache: Path) -> Installed | Absent:
    if not (shutil.which("npm") and shutil.which("node")):
        return Absent("Node.js with npm is not there")
    folder = cache / "bench-eleventy"
    modules = folder / "node_modules"
    if not _is_installed(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SITE / name, folder)
        install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        if subprocess.run(install, cwd=folder, capture_output=True).returncode:
            shutil.rmtree(modules, ignore_errors=True)
            return Absent("its packages of tests/bench/peers/eleventy_site/package-lock.json cannot be installed")

    def write(project: Project, page: Path, site: Path) -> None:
        write_eleventy_site(project, page, site)
        (site / "node_modules").symlink_to(modules)

    version = json.loads((modules / "@11ty" / "eleventy" / "package.json").read_text(encoding="utf-8"))["version"]
    return Installed(f"Eleventy {version}", write, _command)


def _is_installed(folder: Path) -> bool:
    lock = folder / "package-lock.json"
    same = lock.exists() and lock.read_bytes() == (SITE / "package-lock.json").read_bytes()
    return same and (folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs").exists()


def _command(_: Path, site: Path) -> list[str]:
    return ["node", "node_modules/@11ty/eleventy/cmd.cjs", f"--output={site}", "--quiet"]


PEER = Peer("eleventy", _install)

"""The peer Material for MkDocs: every guide a Markdown page, kept out of the navigation, or each in it as is usual."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from tests.bench.guides import Project
from tests.bench.peers.markdown import write_pages
from tests.bench.peers.peer import Absent, Installed, Peer

_SETTINGS = """\
site_name: 明川区
site_url: https://www.mingchuan.example/
theme: {name: material, language: zh, font: false}
plugins: []
markdown_extensions: [tables, def_list, attr_list]
validation: {nav: {omitted_files: ignore}}
nav:
  - 首页: index.md
"""


def write_material_site(project: Project, folder: Path, in_nav: bool) -> None:
    """Write a MkDocs site with the guides of a project."""
    pages = write_pages(project.folder, folder)
    settings = _SETTINGS + (navigation(pages) if in_nav else "")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")


def navigation(pages: Mapping[str, str]) -> str:
    """Return the entries of the guides in the navigation, in YAML."""
    return "  - 办事指南:\n" + "".join(f"      - {name}: {path}\n" for path, name in pages.items())


def _installed(in_nav: bool) -> Installed:
    def write(project: Project, _: Path, folder: Path) -> None:
        write_material_site(project, folder, in_nav)

    label = f"MkDocs Material {version('mkdocs-material')}"
    return Installed(f"{label}, all in nav" if in_nav else label, write, _command)


def _command(_: Path, site: Path) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]


def _install(_: Path) -> Installed | Absent:
    return _installed(in_nav=False)


def _install_in_nav(_: Path) -> Installed | Absent:
    return _installed(in_nav=True)


PEER = Peer("material", _install)
IN_NAV = Peer("material-nav", _install_in_nav, in_nav=True)

"""The peer Zensical: the same Markdown pages as Material's, kept out of the navigation.

It makes an index for a search of its own in any case, and keeps a cache, which a cold build does not find.
"""

from __future__ import annotations

from pathlib import Path

from tests.bench.guides import Project
from tests.bench.peers.markdown import write_pages
from tests.bench.peers.peer import NOT_INSTALLED, Absent, Installed, Peer, python_packages, version_of

_SETTINGS = """\
site_name: 明川区
site_url: https://www.mingchuan.example/
site_dir: public
theme: {name: material, language: zh, font: false}
plugins: []
markdown_extensions: [tables, def_list, attr_list]
nav:
  - 首页: index.md
"""


def write_zensical_site(project: Project, _: Path, folder: Path) -> None:
    """Write a Zensical site with the guides of a project."""
    write_pages(project.folder, folder)
    (folder / "mkdocs.yml").write_text(_SETTINGS, encoding="utf-8")


def _install(cache: Path) -> Installed | Absent:
    programs = python_packages(cache)
    if programs is None or not (programs / "zensical").exists():
        return NOT_INSTALLED

    def command(_: Path, site: Path) -> list[str]:
        return [str(programs / "zensical"), "build"]

    return Installed(f"Zensical {version_of('zensical')}", write_zensical_site, command)


PEER = Peer("zensical", _install, warm=True, leaves=(".cache",))

"""The peer Hugo: the same guides from the same YAML as front matter, the rest of the items as data files.

Compared with our guide page, Hugo gives the same frame and the same article with the same marks; what its template
leaves out stands at the top of `hugo_site/guide.html`. Ours is measured with everything it makes.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.bench.guides import KINDS_BESIDE, Project
from tests.bench.peers.frame import framed
from tests.bench.peers.peer import NOT_INSTALLED, Absent, Installed, Peer, python_packages, version_of

TEMPLATE = Path(__file__).parent / "hugo_site" / "guide.html"

_SETTINGS = """\
baseURL: https://www.mingchuan.example/
title: 明川区
disableKinds: [home, section, taxonomy, term, RSS, sitemap, robotsTXT, "404"]
params: {{today: "{today}"}}
"""
_SAID = {
    "title": "{{ .Title }}",
    "summary": "{{ $g.summary }}",
    "address": "{{ .Permalink }}",
    "revised": "{{ $g.revised }}",
    "department": "{{ $department.name }}",
    "aliases": "{{ delimit (default slice $g.also_called) `;` }}",
}


def write_hugo_site(project: Project, page: Path, folder: Path) -> None:
    """Write a Hugo site with the guides of a project and the frame of one of our pages."""
    (folder / "layouts" / "guides").mkdir(parents=True)
    layout = framed(page, TEMPLATE, _SAID)
    (folder / "layouts" / "guides" / "single.html").write_text(layout, encoding="utf-8")
    (folder / "hugo.yaml").write_text(_SETTINGS.format(today=project.day), encoding="utf-8")
    for kind in KINDS_BESIDE:
        (folder / "data" / kind).mkdir(parents=True)
        for file in (project.folder / "items" / kind).rglob("*.yml"):
            shutil.copy(file, folder / "data" / kind)
    shutil.copytree(project.folder / "content" / "files", folder / "static" / "files")
    shutil.copytree(project.folder / "site_theme" / "assets", folder / "static" / "assets")
    (folder / "content" / "guides").mkdir(parents=True)
    for file in sorted((project.folder / "items" / "guides").glob("*.yml")):
        (folder / "content" / "guides" / f"{file.stem}.md").write_text(_front_matter(file), encoding="utf-8")


def _front_matter(file: Path) -> str:
    """Put an item's YAML below `params`, where no key means anything to Hugo; its own are `title` and nothing else."""
    text = file.read_text(encoding="utf-8")
    # Dates stay texts, as in data files; Hugo would otherwise make a clock time of each.
    text = re.sub(r"(?m)^(\s*(?:- )?\w+: )(\d{4}-\d{2}-\d{2})$", r"\1'\2'", text)
    text = text.replace("\naliases:", "\nalso_called:")
    title = text.partition("\n")[0].removeprefix("name: ")
    return f"---\ntitle: {title}\nparams:\n  " + text.rstrip().replace("\n", "\n  ") + "\n---\n"


def _install(cache: Path) -> Installed | Absent:
    programs = python_packages(cache)
    # What its package puts among the programs is a Python script that starts this one.
    found = list(programs.parent.glob("lib/python*/site-packages/hugo/binaries/hugo")) if programs else []
    if not found:
        return NOT_INSTALLED

    def command(folder: Path, site: Path) -> list[str]:
        return [str(found[0]), "--source", str(folder), "--destination", str(site), "--quiet"]

    return Installed(f"Hugo {version_of('hugo')}", write_hugo_site, command)


PEER = Peer("hugo", _install, warm=True)

"""The peer Hugo: the same guides from the same YAML as front matter, the rest of the items as data files.

Compared with our guide page, Hugo gives the same frame and the same article with the same marks; what its template
leaves out stands at the top of `hugo_site/guide.html`. Ours is measured with everything it makes.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.bench.guides import KINDS_BESIDE, Project
from tests.bench.peers.peer import NOT_INSTALLED, Absent, Installed, Peer, python_packages, version_of

HERE = Path(__file__).parent

_SETTINGS = """\
baseURL: https://www.mingchuan.example/
title: 明川区
disableKinds: [home, section, taxonomy, term, RSS, sitemap, robotsTXT, "404"]
params: {{today: "{today}"}}
"""
# What differs from page to page in the frame, as Hugo says it.
_SLOTS = (
    (r"<title>.*?</title>", "<title>{{ .Title }} - 明川区政务服务与信息公开</title>"),
    (r'(?<=name="description" content=")[^"]*', "{{ .Title }}。{{ $g.summary }}"),
    (r'<link rel="canonical" href="[^"]*">', '<link rel="canonical" href="{{ .Permalink }}">'),
    (r'<meta name="ArticleTitle" content="[^"]*">', '<meta name="ArticleTitle" content="{{ .Title }}">'),
    (r'<meta name="PubDate" content="[^"]*">', '<meta name="PubDate" content="{{ $g.revised }} 00:00">'),
    (r'<meta name="ContentSource" content="[^"]*">', '<meta name="ContentSource" content="{{ $department.name }}">'),
    (r'(?<=name="Keywords" content=")[^"]*', "{{ .Title }};{{ delimit (default slice $g.also_called) `;` }}"),
)


def write_hugo_site(project: Project, page: Path, folder: Path) -> None:
    """Write a Hugo site with the guides of a project and the frame of one of our pages."""
    (folder / "layouts" / "guides").mkdir(parents=True)
    (folder / "layouts" / "guides" / "single.html").write_text(_layout(page), encoding="utf-8")
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


def _layout(page: Path) -> str:
    html = page.read_text(encoding="utf-8")
    head, _, rest = html.partition("<main")
    foot = rest.partition("</main>")[2]
    for pattern, said in _SLOTS:
        head = re.sub(pattern, said.replace("\\", r"\\"), head, flags=re.DOTALL)
    template = (HERE / "hugo_site" / "guide.html").read_text(encoding="utf-8")
    return template.replace("@@head@@", head).replace("@@foot@@", foot)


def _install(cache: Path) -> Installed | Absent:
    programs = python_packages(cache)
    if programs is None or not (programs / "hugo").exists():
        return NOT_INSTALLED

    def command(folder: Path, site: Path) -> list[str]:
        return [str(programs / "hugo"), "--source", str(folder), "--destination", str(site), "--quiet"]

    return Installed(f"Hugo {version_of('hugo')}", write_hugo_site, command)


PEER = Peer("hugo", _install)

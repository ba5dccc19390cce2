"""A build of what did not change does nothing, and whatever did change is built; one build at a time into a folder."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from project import ROOT, read, run, tiny_project, tree

from generator.build_lock import locked
from generator.build_need import look_at, still_stands
from generator.cache_files import cache_file, read_cached, write_cached
from generator.mkdocs_build import load
from generator.mkdocs_plugin import project_of
from generator.standing import Sources, Standing, read_sources, read_standing, write_standing

PAGE = "site/guides/card-renewal/index.html"
STOOD = re.compile(
    r"什么都没有变，站点照旧：\d+ 个文件，用时 \d+\.\d 秒。\n内容到 2026-12-31 为止正确，2027-01-01 要重新生成。\n"
)


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=编辑", "-c", "user.email=editor@example.invalid")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def build(folder: Path, *arguments: str) -> str:
    """Build, and return what was said."""
    done = run(folder, "build", "--no-search", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project in a repository, built."""
    folder = tiny_project(tmp_path_factory.mktemp("standing") / "project")
    (folder / "site_theme").unlink()  # which leads to ours
    shutil.copytree(ROOT / "site_theme", folder / "site_theme")
    (folder / ".gitignore").write_text("/site/\n/.cache/\n", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    build(folder)
    return folder


def stands(folder: Path, *arguments: str) -> bool:
    before = (folder / PAGE).stat().st_ino if (folder / PAGE).exists() else 0
    stood = STOOD.fullmatch(build(folder, *arguments)) is not None
    assert not stood or (folder / PAGE).stat().st_ino == before
    return stood


def would_stand(folder: Path) -> bool:
    """Tell whether a build of a folder would find nothing to do."""
    config, plugin = load(str(folder / "mkdocs.yml"), search=False)
    return still_stands(look_at(project_of(config, plugin.config))) is not None


def test_nothing_changed_nothing_written(built: Path) -> None:
    first, files = run(built, "build", "--no-search", "--clean"), tree(built / "site")
    again = run(built, "build", "--no-search")
    assert STOOD.fullmatch(again.stderr)
    assert again.stdout == first.stdout
    assert tree(built / "site") == files


def test_files_written_anew_with_the_same_text_are_no_change(built: Path) -> None:
    for file in (built / "items").rglob("*.yml"):
        file.write_bytes(file.read_bytes())
    assert stands(built)


def appended(path: str, text: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def removed(path: str) -> Callable[[Path], object]:
    return lambda folder: (folder / path).unlink()


def committed(folder: Path) -> None:
    git(folder, "commit", "--allow-empty", "-qm", "nothing")


@pytest.mark.parametrize(
    "change",
    [
        appended("items/guides/card-renewal.yml", "# 一句说明\n"),
        appended("items/departments/new.yml", "name: 林业局\n"),
        appended("content/new.md", "---\ntitle: 新页\n---\n\n# 新页\n"),
        appended("site_theme/kinds/guide/page.html", "<!-- x -->"),
        appended("site_theme/assets/site.css", "/* x */"),
        appended("mkdocs.yml", "\n# 一句说明\n"),
        appended("site/index.html", " "),
        appended("site/left-by-somebody.html", "x"),
        removed(PAGE),
        removed("site/sitemap.xml"),
        committed,
    ],
    ids=["item", "new item", "prose", "template", "asset", "settings", "page", "extra", "gone", "map", "commit"],
)
def test_whatever_changed_is_built(built: Path, tmp_path: Path, change: Callable[[Path], object]) -> None:
    folder = tmp_path / "copy"
    subprocess.run(["cp", "-a", built, folder], check=True)
    assert would_stand(folder)
    change(folder)
    assert not would_stand(folder)


def test_what_somebody_left_in_the_site_is_gone_after_the_next_build(built: Path) -> None:
    assert would_stand(built)
    appended("site/left-by-somebody.html", "x")(built)
    assert not stands(built)
    assert not (built / "site/left-by-somebody.html").exists()
    assert would_stand(built)


def test_another_day_search_or_code_is_built(built: Path) -> None:
    assert stands(built)
    assert not stands(built, "--clean")
    assert stands(built)
    assert "2026-12-31" in build(built, "--as-of", "2026-11-30")
    assert not stands(built)


def test_what_a_build_warned_of_is_said_again(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project", {"content/files/alone.csv": "a,b\n"})
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("strict: true", "strict: false"), encoding="utf-8")
    first, again = build(folder), build(folder)
    assert "「附件」没有一个页面链接它" in first
    assert first.partition("\n已生成")[0] == again.partition("\n什么都没有变")[0]
    assert "什么都没有变" in again


@pytest.mark.parametrize("harm", [lambda _: b"", lambda data: data[:-1], lambda data: data[:-1] + b"\0"])
def test_a_damaged_note_is_none(built: Path, harm: Callable[[bytes], bytes]) -> None:
    assert stands(built) or stands(built)
    file = cache_file(built, built / "site", "standing")
    file.write_bytes(harm(file.read_bytes()))
    assert read_standing(built, built / "site") is None
    assert not stands(built)


def test_a_note_of_another_form_is_none(tmp_path: Path) -> None:
    file = cache_file(tmp_path, tmp_path / "site", "standing")
    for value in ({}, [], "x", {"key": "a"}, {"key": "a", "sources": [{}, {"a": 1}, 2], "site": {}, "report": {}}):
        write_cached(file, value)
        assert read_cached(file) == value
        assert read_standing(tmp_path, tmp_path / "site") is None
    standing = Standing("a", Sources({"b": "c"}, {"b": (1, 2, 3, 4)}, 5), {"d": (6, 7)}, {"files": 8})
    write_standing(tmp_path, tmp_path / "site", standing)
    assert read_standing(tmp_path, tmp_path / "site") == standing


def test_only_files_that_the_disk_says_were_touched_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1", encoding="utf-8")
    first = read_sources(tmp_path, [tmp_path], None)
    lied = first._replace(digests={"./a": "as it was"})
    assert read_sources(tmp_path, [tmp_path], lied).digests == first.digests  # written a moment ago: read again
    later = lied._replace(taken=lied.taken + 10**11)
    assert read_sources(tmp_path, [tmp_path], later).digests == {"./a": "as it was"}
    os.utime(tmp_path / "a", ns=(0, 0))  # a clock set back
    assert read_sources(tmp_path, [tmp_path], later).digests == first.digests


def test_a_source_written_during_the_build_is_not_taken_as_seen(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    script = (
        "import pathlib\n"
        "from generator import build, cli\n"
        "known = build.renew\n"
        "def renew(*given):\n"
        "    file = pathlib.Path('items/guides/card-renewal.yml')\n"
        "    file.write_text(file.read_text('utf-8') + '# 边生成边改\\n', 'utf-8')\n"
        "    known(*given)\n"
        "build.renew = renew\n"
        "cli.main(['build', '--no-search'])\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    assert not stands(folder)
    assert stands(folder)


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    command = [sys.executable, "-m", "generator", "build", "--no-search", "--clean"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    lock = locked(folder, folder / "site")
    assert lock
    both = [
        subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        for _ in range(2)
    ]
    for process in both:
        assert process.stderr
        assert process.stderr.readline() == f"另一个程序正在生成 {folder / 'site'}，等它做完再开始。\n"
    assert not (folder / "site").exists()
    lock.release()
    for process in both:
        assert "Traceback" not in process.communicate()[1]
        assert process.returncode == 0
    files = tree(folder / "site")
    build(folder, "--clean")
    assert tree(folder / "site") == files


def test_a_disk_that_takes_no_more_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    build(folder)
    files = tree(folder / "site")
    guide = folder / "items/guides/card-renewal.yml"
    guide.write_text(guide.read_text(encoding="utf-8").replace("5550101", "5550139"), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--no-search"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 3
    assert done.stderr.startswith("读写文件失败：")
    assert "Traceback" not in done.stderr
    assert tree(folder / "site") == files
    build(folder)
    assert tree(folder / "site") != files
    assert read(folder).items

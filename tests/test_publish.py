"""Publishing: what is published is verified and whole at every moment, and one can go back. With a real nginx."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
from project import ROOT, run, tiny_project, tree
from system_parts import needed

from generator import releases

DAY = date(2026, 11, 23)
PAGES = 40


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small project, built with search; tests copy it."""
    root = tiny_project(tmp_path_factory.mktemp("publish") / "project")
    done = run(root, "build")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the small project with its site."""
    return shutil.copytree(built, tmp_path / "project", symlinks=True)


def small_site(folder: Path, letter: str) -> Path:
    """Make a site whose every page holds one letter, so that a mixture of two would show."""
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(PAGES):
        page = folder / f"{number}" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(letter * 2000, encoding="utf-8")
    return folder


def put(site: Path, target: Path) -> str:
    """Publish a folder without looking into it."""
    with releases.only_publisher(target):
        name = releases.release(releases.copied(site, target), target, DAY, {}).name
        releases.keep_latest(target, 3)
    return name


def test_a_site_is_published_and_published_again(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    first = run(project, "publish", str(target))
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("已发布 000001-20261123，内容日期 2026-11-23，保证到 2026-")
    assert first.stdout.endswith("条事实。\n这是第一个版本。\n")
    assert tree(target / "current") == tree(project / "site")
    second = run(project, "publish", str(target))
    assert second.stdout.splitlines()[1] == f"之前是 000001-20261123；要退回：tongchuang publish {target} --rollback"
    page = Path("guides/card-renewal/index.html")
    # Unchanged files take no further space.
    assert (target / "releases/000001-20261123" / page).samefile(target / "current" / page)
    assert [line[:18] for line in run(project, "publish", str(target), "--list").stdout.splitlines()] == [
        "  000001-20261123 ",
        "* 000002-20261123 ",
    ]


def test_a_site_that_differs_from_its_source_is_refused_and_the_old_one_stays(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    run(project, "publish", str(target))
    page = project / "site/guides/card-renewal/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace(">20 元/证<", ">10 元/证<"), encoding="utf-8")
    done = run(project, "publish", str(target))
    assert done.returncode == 1
    assert done.stderr == "站点与来源不一致，没有发布。请重新运行 tongchuang build。\n"
    assert "应为「20 元/证」，实为「10 元/证」" in done.stdout
    assert releases.current_of(target) == "000001-20261123"
    assert ">20 元/证<" in (target / "current/guides/card-renewal/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("rm -r site/pagefind", "{site} 没有建检索，没有发布。请运行 tongchuang build，不加 --no-search。"),
        ("rm -r site", "没有生成好的站点 {site}。请重新运行 tongchuang build。"),
        ("rm site/api/v1/index.json", "{site} 里的数据文件损坏，没有发布。请重新运行 tongchuang build。"),
        ("echo '[]' > site/api/v1/index.json", "{site} 里的数据文件损坏，没有发布。请重新运行 tongchuang build。"),
        ("mkdir -p ../www; touch ../www/mail", "{target} 里有不是发布时放进去的东西，没有动它。请换一个空文件夹。"),
        ("touch ../www", "{target} 里有不是发布时放进去的东西，没有动它。请换一个空文件夹。"),
    ],
)
def test_what_is_not_fit_is_refused(project: Path, tmp_path: Path, harm: str, said: str) -> None:
    subprocess.run(["sh", "-c", harm], cwd=project, check=True)
    done = run(project, "publish", str(tmp_path / "www"))
    expected = said.format(site=project / "site", target=tmp_path / "www")
    assert (done.returncode, done.stderr) == (1, f"{expected}\n")
    assert not (tmp_path / "www/current").exists()


def test_a_site_whose_content_ran_out_is_refused(project: Path, tmp_path: Path) -> None:
    done = run(project, "publish", str(tmp_path / "www"), "--as-of", "2027-01-02")
    assert done.returncode == 1
    assert done.stderr.startswith(f"{project / 'site'} 的内容只保证到 2026-")


def test_mistakes_in_content_are_said_and_nothing_is_published(project: Path, tmp_path: Path) -> None:
    (project / "items/fees/small-card.yml").write_text("name: [", encoding="utf-8")
    done = run(project, "publish", str(tmp_path / "www"))
    assert done.returncode == 1
    assert "items/fees/small-card.yml:" in done.stderr
    assert not (tmp_path / "www/current").exists()


def test_one_goes_back_to_the_release_before_or_to_a_named_one(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    for _ in range(3):
        run(project, "publish", str(target), "--keep", "2")
    assert [one.name for one in releases.releases_of(target)] == ["000002-20261123", "000003-20261123"]
    back = run(project, "publish", str(target), "--rollback")
    assert back.stdout.startswith("已从 000003-20261123 退回 000002-20261123，内容日期 2026-11-23，")
    further = run(project, "publish", str(target), "--rollback")
    assert (further.returncode, further.stderr) == (1, "没有更早的版本可以退回。\n")
    named = run(project, "publish", str(target), "--rollback", "000003-20261123")
    assert named.stdout.startswith("已从 000002-20261123 退回 000003-20261123，")
    wrong = run(project, "publish", str(target), "--rollback", "000009-20261123")
    assert (wrong.returncode, wrong.stderr) == (
        2, "没有版本 000009-20261123，有：000002-20261123、000003-20261123。\n",
    )  # fmt: skip


def test_the_current_release_stays_however_few_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "www"
    names = [put(small_site(tmp_path / "site", letter), target) for letter in "abc"]
    releases.change_over(target, names[0])
    assert releases.keep_latest(target, 1) == [names[1]]
    assert [one.name for one in releases.releases_of(target)] == [names[0], names[2]]


def test_two_publishers_do_not_meet(tmp_path: Path) -> None:
    target = tmp_path / "www"
    with (
        releases.only_publisher(target),
        pytest.raises(releases.NotPublished, match="另一个发布正在进行"),
        releases.only_publisher(target),
    ):
        pass


PUBLISH = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_publish import put
put(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_publisher_killed_at_any_moment_leaves_the_old_release_or_the_new_one(tmp_path: Path) -> None:
    target, chance = tmp_path / "www", random.Random(7)
    put(small_site(tmp_path / "old", "a"), target)
    new = small_site(tmp_path / "new", "b")
    command = [sys.executable, "-c", PUBLISH, str(new), str(target), str(ROOT / "tests")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.monotonic()
    subprocess.run(command, check=True, env=environment)
    usual = time.monotonic() - started
    for _ in range(25):
        process = subprocess.Popen(command, env=environment)
        time.sleep(usual * chance.uniform(0.5, 1.1))
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        process.wait()
        pages = {page.read_text(encoding="utf-8")[:1] for page in (target / "current").rglob("*.html")}
        assert len(pages) == 1
        assert len(list((target / "current").rglob("*.html"))) == PAGES
    put(new, target)
    left = {entry.name for entry in (target / "releases").iterdir()}
    whole = {one.name for one in releases.releases_of(target)}
    assert left == {".lock"} | whole | {f"{name}.json" for name in whole}


@contextmanager
def nginx(folder: Path, root: Path) -> Iterator[str]:
    """Serve a folder by a real nginx and yield its address."""
    program = needed("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir()
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; daemon off; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;"
        f" fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;\n"
        f"server {{ listen 127.0.0.1:{port}; root {root}/current; }} }}\n",
        encoding="utf-8",
    )
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # its workers would otherwise be somebody who may not read here
        command += ["-g", "user root;"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    for _ in range(100):
        with suppress(OSError):
            urllib.request.urlopen(f"{address}0/index.html", timeout=5).close()
            break
        time.sleep(0.05)
    try:
        yield address
    finally:
        process.terminate()
        process.wait()


def test_readers_never_notice_a_change_over(tmp_path: Path) -> None:
    target = tmp_path / "www"
    sites = [small_site(tmp_path / letter, letter) for letter in "ab"]
    put(sites[0], target)
    seen: list[str] = []
    stop = threading.Event()

    def read(address: str) -> None:
        number = 0
        while not stop.is_set():
            with urllib.request.urlopen(f"{address}{number % PAGES}/index.html", timeout=10) as answer:
                seen.append(answer.read().decode())
            number += 1

    with nginx(tmp_path / "nginx", target) as address:
        reader = threading.Thread(target=read, args=(address,))
        reader.start()
        for turn in range(20):
            put(sites[(turn + 1) % 2], target)
        stop.set()
        reader.join()
    assert set(seen) == {"a" * 2000, "b" * 2000}

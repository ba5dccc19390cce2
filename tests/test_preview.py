"""The preview, as an editor has it: a real server over real files, asked for pages while files are saved."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from project import ABOUT, CONFIG, FILES, GUIDE, MATERIAL, ROOT, run, tiny_project, tree

from generator.preview import watching
from generator.preview.server import _site_path
from generator.preview.telling import fragment, headline, with_preview
from generator.preview.watching import Watch
from generator.problems import Place, Problem

PATIENCE = 40
CONFIG = CONFIG.replace(f'"{"2026-11-23"}"', '"2026-11-23", search: false')
PAGE = "/guides/card-renewal/"
GUIDE_FILE = "items/guides/card-renewal.yml"
WRONG_TYPE = GUIDE.replace("type: 行政确认", "type: 行政确&")
TOLD = "「事项类型」「行政确&」不在可选范围内"


class Answer(NamedTuple):
    """What the server answered."""

    status: int
    text: str
    headers: dict[str, str]


class Preview:
    """A running preview of a small project."""

    def __init__(self, folder: Path, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
        self.folder, self.process, self.address = folder, process, f"http://127.0.0.1:{port}"
        self.own = folder / ".cache" / "preview" / str(port)
        self._log = log

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def get(self, path: str, method: str = "GET") -> Answer:
        request = urllib.request.Request(self.address + path, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.read().decode(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(), dict(error.headers))

    def stamp(self, path: str = PAGE) -> str:
        return self.get(f"/_preview/stamp?path={path}").text

    def news(self) -> dict[str, Any]:
        """Return what an open page is told first."""
        with urllib.request.urlopen(f"{self.address}/_preview/events", timeout=PATIENCE) as events:
            line = events.readline().decode()
        return dict(json.loads(line.removeprefix("data: ")))

    def save(self, name: str, text: str | bytes) -> None:
        """Save as many programs do: under another name first, which then takes the file's place."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.tmp")
        draft.write_bytes(text if isinstance(text, bytes) else text.encode())
        draft.replace(file)

    def until(self, holds: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"{self.news()}\n{self.said}"
            time.sleep(0.05)

    def until_ended(self) -> None:
        while self.process.poll() is None and not self.said.endswith("预览结束。\n"):
            time.sleep(0.02)

    def rest(self) -> None:
        """Wait until nothing is being built."""
        self.until(lambda: not self.news()["building"])


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def previewing(folder: Path, files: dict[str, str] | None = None) -> Iterator[Preview]:
    tiny_project(folder, {"mkdocs.yml": CONFIG, **(files or {})})
    (folder / "site_theme").unlink()
    shutil.copytree(ROOT / "site_theme", folder / "site_theme")
    port, log = free_port(), folder.with_suffix(".log")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "generator", "serve", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
    preview = Preview(folder, port, process, log)
    try:
        preview.until(lambda: "预览：" in preview.said)
        yield preview
    finally:
        process.send_signal(signal.SIGINT)
        preview.until_ended()
        process.send_signal(signal.SIGINT)  # someone who is impatient
        status = process.wait(PATIENCE)
    assert (status, preview.said.splitlines()[-1]) == (0, "预览结束。")
    assert "Traceback" not in preview.said
    assert not preview.own.exists()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Yield a preview whose first whole build is there."""
    with previewing(tmp_path_factory.mktemp("preview") / "project") as preview:
        preview.rest()
        yield preview


@pytest.fixture
def preview(running: Preview) -> Iterator[Preview]:
    """Yield the preview at rest and put all files back afterwards."""
    yield running
    changed = False
    for name, text in {**FILES, "mkdocs.yml": CONFIG}.items():
        file = running.folder / name
        if not file.is_file() or file.read_bytes() != text.encode():
            running.save(name, text)
            changed = True
    if changed:
        running.until(lambda: running.get(PAGE).status == 200 and not running.news()["told"])


def test_pages_are_served_with_the_preview_in_them_and_files_as_they_are(preview: Preview) -> None:
    page = preview.get(PAGE)
    assert page.status == 200
    assert "小证期满换领" in page.text
    assert f'src="/_preview/preview.js" data-stamp="{preview.stamp()}"></script></head>' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    style = preview.get("/assets/site.css")
    assert (style.status, style.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert style.text == (preview.folder / "site_theme/assets/site.css").read_text(encoding="utf-8")
    assert preview.get(PAGE, "HEAD").text == ""
    assert preview.get(PAGE.rstrip("/")).text == page.text, "led to the address with a slash"


def test_what_is_not_there_is_told_on_the_page_of_the_site(preview: Preview) -> None:
    answer = preview.get("/guides/nothing/")
    assert answer.status == 404
    assert "没有这个页面" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/../mkdocs.yml", "/%2e%2e/mkdocs.yml", "/..%2f..%2fmkdocs.yml", "//etc/passwd", "/a%00b", "/..%5cmkdocs.yml"],
)
def test_no_path_leads_out_of_the_site(preview: Preview, path: str) -> None:
    answer = preview.get(path)
    assert answer.status == 404
    assert "plugins" not in answer.text


def test_the_path_of_an_address() -> None:
    assert _site_path("/") == "index.html"
    assert _site_path("/guides/a/") == "guides/a/index.html"
    assert _site_path("/files/%E8%A1%A8.pdf") == "files/表.pdf"
    assert [_site_path(path) for path in ("/..", "/a/../b", "/a//b", "/./a", "/a/.")] == [""] * 5


def test_another_question_is_refused_in_chinese(preview: Preview) -> None:
    answer = preview.get(PAGE, "POST")
    assert answer.status == 501
    assert "预览只回答打开网页的请求。" in answer.text


def test_a_save_shows_in_the_page_which_then_is_the_built_one(preview: Preview) -> None:
    preview.rest()
    before = preview.stamp()
    preview.save(GUIDE_FILE, GUIDE.replace("name: 小证期满换领", "name: 小证到期换领"))
    saved = time.monotonic()
    preview.until(lambda: preview.stamp() != before)
    assert time.monotonic() - saved < 5, "far less when the machine is idle"
    assert "小证到期换领" in preview.get(PAGE).text
    rendered = preview.stamp()
    preview.rest()
    assert preview.stamp() == rendered, (
        "the page of the whole build has the same bytes: nobody's page is reloaded again"
    )
    assert "小证到期换领" in preview.get("/guides/").text


def test_a_mistake_is_told_at_once_and_the_last_page_stays(preview: Preview) -> None:
    before = preview.stamp()
    preview.save(GUIDE_FILE, WRONG_TYPE)
    preview.until(lambda: preview.news()["wrong"])
    news = preview.news()
    assert news["told"] == "1 个错误"
    assert "items/guides/card-renewal.yml 第 5 行第 7 个字" in news["html"]
    assert "「事项类型」「行政确&amp;」不在可选范围内" in news["html"]
    assert "<pre>type: <mark>行政确&amp;</mark></pre>" in news["html"]
    assert f"items/guides/card-renewal.yml:5:7: 错误: {TOLD} [not-in-list]\n 5 │ type: 行政确&\n" in preview.said
    assert preview.stamp() == before
    page = preview.get(PAGE).text
    assert '<noscript><p class="preview-note">预览：内容有 1 个错误，<a href="/_preview/problems">' in page
    assert "行政确&amp;" in preview.get("/_preview/problems").text
    preview.save(GUIDE_FILE, GUIDE)
    preview.until(lambda: not preview.news()["told"])
    times = preview.said.count(TOLD)
    preview.save(GUIDE_FILE, WRONG_TYPE)
    preview.until(lambda: preview.news()["wrong"])
    assert preview.said.count(TOLD) == times + 1, "the same mistake made again is told again"
    assert not preview.news()["building"], "there is nothing to build"
    preview.save(GUIDE_FILE, GUIDE)
    preview.until(lambda: not preview.news()["told"])
    assert "noscript><p" not in preview.get(PAGE).text


def test_what_does_not_fit_together_follows_when_all_is_checked(preview: Preview) -> None:
    preview.save(GUIDE_FILE, GUIDE.replace("{fee: small-card, rate: renewal", "{fee: smal-card, rate: renewal"))
    preview.until(lambda: preview.news()["wrong"])
    assert "smal-card" in preview.news()["html"]
    assert preview.get(PAGE).status == 200


TROUBLES: dict[str, tuple[str, str | bytes | None, str]] = {
    "not UTF-8": (GUIDE_FILE, GUIDE.encode("gbk"), "文件是 GBK 编码；应为 UTF-8。"),
    "YAML that breaks off": (GUIDE_FILE, GUIDE.replace("targets: [自然人]", "targets: [自然人"), GUIDE_FILE),
    "a file that others need is deleted": (
        "items/materials/small-card.yml",
        None,
        "先在 items/materials/ 下新建 small-card.yml",
    ),
    "broken settings": ("mkdocs.yml", CONFIG.replace("site_name: ", "site_name: : "), "mkdocs.yml"),
    "settings that lack something": (
        "mkdocs.yml",
        CONFIG.replace("    district: 小区\n", ""),
        "extra.site 缺少 district",
    ),
    "no settings": ("mkdocs.yml", None, "mkdocs.yml"),
    "a link to nowhere": ("content/about.md", ABOUT + "\n[那里](/guides/nowhere/)\n", "nowhere"),
}


@pytest.mark.parametrize(("name", "text", "told"), TROUBLES.values(), ids=TROUBLES)
def test_trouble_is_told_and_the_server_goes_on(
    preview: Preview, name: str, text: str | bytes | None, told: str
) -> None:
    if text is None:
        (preview.folder / name).unlink()
    else:
        preview.save(name, text)
    preview.until(lambda: preview.news()["wrong"])
    assert told in preview.news()["html"]
    assert preview.get(PAGE).status == 200


def test_prose_shows_without_a_whole_build_before(preview: Preview) -> None:
    preview.save("content/about.md", ABOUT.replace("# 关于本站", "# 本站说明"))
    preview.until(lambda: "本站说明" in preview.get("/about/").text)


def test_a_template_that_breaks_is_told_by_name_and_line(preview: Preview) -> None:
    name = "site_theme/kinds/guide/steps.html"
    whole = (preview.folder / name).read_text(encoding="utf-8")
    preview.save(name, whole + "\n{% if %}\n")
    preview.until(lambda: preview.news()["wrong"])
    assert "kinds/guide/steps.html 第 " in preview.news()["html"]
    preview.save(name, whole)
    preview.until(lambda: not preview.news()["wrong"])


def test_items_come_and_go_and_drafts_are_shown(preview: Preview) -> None:
    name = "items/materials/photo.yml"
    preview.save(name, MATERIAL.replace("name: 小证", "name: 照片").replace("aliases: [证]", "aliases: [相片]"))
    preview.until(lambda: preview.get("/materials/photo/").status == 200)
    preview.rest()
    (preview.folder / name).unlink()
    preview.until(lambda: preview.get("/materials/photo/").status == 404)
    draft = "items/materials/sketch.yml"
    preview.save(draft, "name: 没写完的材料\nstatus: 草稿\n")
    preview.until(lambda: "没写完的材料" in preview.get("/materials/sketch/").text)
    (preview.folder / draft).unlink()
    preview.until(lambda: preview.get("/materials/sketch/").status == 404)


def test_a_folder_that_goes_is_told_and_comes_back(preview: Preview) -> None:
    items = preview.folder / "items"
    items.rename(preview.folder / "elsewhere")
    preview.until(lambda: "没有 items 文件夹" in preview.news()["html"])
    (preview.folder / "elsewhere").rename(items)
    preview.until(lambda: not preview.news()["told"])
    before = preview.stamp()
    preview.save(GUIDE_FILE, GUIDE.replace("name: 小证期满换领", "name: 小证到期换领"))
    preview.until(lambda: preview.stamp() != before)


def test_a_thousand_files_at_once(preview: Preview) -> None:
    for number in range(1000):
        preview.save(f"items/materials/many/paper-{number}.yml", MATERIAL.replace("小证", f"材料{number}号"))
    preview.until(lambda: preview.get("/materials/paper-999/").status == 200)
    shutil.rmtree(preview.folder / "items/materials/many")
    preview.until(lambda: preview.get("/materials/paper-999/").status == 404)


def test_no_file_has_what_the_preview_adds(preview: Preview) -> None:
    preview.rest()
    done = run(preview.folder, "build", "--site-dir", "built")
    assert done.returncode == 0, done.stderr
    built = tree(preview.folder / "built")
    (whole,) = preview.own.glob("*/site")
    assert tree(whole) == built
    assert not [path for path, data in built.items() if b"_preview" in data or "preview" in path]
    shutil.rmtree(preview.folder / "built")


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    tiny_project(tmp_path / "project")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(tmp_path / "project", "serve", "--port", str(port))
    other_port = port + 1 if port < 65535 else port - 1
    said = f"端口 {port} 已经有程序在用，预览没有开始。换一个：tongchuang serve --port {other_port}\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", said)


def test_it_starts_with_a_mistake_and_goes_on_when_that_is_mended(tmp_path: Path) -> None:
    with previewing(tmp_path / "project", {GUIDE_FILE: WRONG_TYPE}) as preview:
        preview.rest()
        answer = preview.get("/")
        assert answer.status == 503
        assert "内容有 1 个错误，改好保存后页面会自己打开。" in answer.text
        assert "行政确&amp;" in answer.text
        preview.save(GUIDE_FILE, GUIDE)
        preview.until(lambda: preview.get("/").status == 200)


def test_a_save_is_taken_together_and_reading_is_no_save(tmp_path: Path) -> None:
    folder = tmp_path / "items"
    folder.mkdir()
    watch = Watch(tmp_path, lambda: [folder, tmp_path / "mkdocs.yml"])
    try:
        (folder / ".a.yml.swp").write_text("x")
        (folder / "a.yml").write_text("x")
        (folder / "b.yml").write_text("x")
        (tmp_path / "mkdocs.yml").write_text("x")
        (tmp_path / "notes.yml").write_text("x")
        assert watch.saved(5) == {folder / "a.yml", folder / "b.yml", tmp_path / "mkdocs.yml"}
        assert (folder / "a.yml").read_text() == "x"
        assert watch.saved(0.3) == set()
    finally:
        watch.stop()
    assert watch.saved(None) is None


def test_where_no_more_folders_may_be_watched_they_are_looked_at_every_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Exhausted(watching.Observer):  # type: ignore[misc,valid-type]
        def schedule(self, *_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(watching, "Observer", Exhausted)
    folder = tmp_path / "items"
    folder.mkdir()
    watch = Watch(tmp_path, lambda: [folder])
    try:
        (folder / "a.yml").write_text("x")
        assert watch.saved(10) == {folder / "a.yml"}
    finally:
        watch.stop()


def test_a_page_without_a_head_has_the_preview_in_front() -> None:
    page = with_preview(b"<p>x</p>", "1-0", [])
    assert page.endswith(b'data-stamp="1-0"></script><p>x</p>')


def test_problems_are_escaped_and_many_are_cut(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(f"name: {'长' * 200}<i>\n", encoding="utf-8")
    wrong = Problem(place=Place(path="a.yml", column=207), code="x", message="<script>", hint="<b>")
    text = fragment([wrong], tmp_path)
    assert f"<pre>…{'长' * 60}<mark>&lt;</mark>i&gt;</pre>" in text
    assert "&lt;script&gt;" in text and "<script>" not in text and "<b>&" not in text
    many = [Problem(place=Place(path="b.yml", line=line), code="x", message="错") for line in range(1, 71)]
    assert fragment(many, tmp_path).endswith("<p>另有 10 个，见终端或 tongchuang check。</p>")
    assert headline(many) == "70 个错误"


def test_a_reader_sees_a_mistake_and_then_the_mended_page(preview: Preview, chromium: Any) -> None:
    preview.rest()
    with chromium.new_context(locale="zh-CN", viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(preview.address + PAGE)
        page.evaluate("scrollTo(0, 300)")
        preview.save(GUIDE_FILE, WRONG_TYPE)
        panel = page.locator("[role=alertdialog]")
        panel.get_by_text(TOLD).wait_for()
        assert page.get_by_role("heading", level=1, name="小证期满换领").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.keyboard.press("Escape")
        panel.wait_for(state="hidden")
        page.get_by_role("button", name="1 个错误").click()
        panel.wait_for()
        preview.save(GUIDE_FILE, GUIDE.replace("name: 小证期满换领", "name: 小证到期换领"))
        page.get_by_role("heading", level=1, name="小证到期换领").wait_for()
        panel.wait_for(state="hidden")
        page.wait_for_function("scrollY === 300")
        assert wrong == []

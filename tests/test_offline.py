"""Screens and the touch-screen without network: the server is really stopped, or answers with errors."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from project import TODAY, run, tiny_project

KIOSK = "hall/main/kiosk"
READY = "document.documentElement.dataset.offline === 'ready' && navigator.serviceWorker.controller !== null"
HEAD = '<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="{up}assets/notice.css"></head>'
NOTICE = f'{HEAD.format(up="../../")}<body><p id="notice">告知单</p>'


class Server:
    """A server over a folder that can be stopped, made to fail or to be slow, and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.status = HTTPStatus.OK
        self.delay = 0.0
        self.asked: list[str] = []
        self.port = 0
        self.start()

    def start(self) -> None:
        server = self

        class Handler(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                time.sleep(server.delay)
                if server.status == HTTPStatus.OK:
                    super().do_GET()
                else:
                    self.send_error(server.status)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", self.port), partial(Handler, directory=str(self.folder)))
        self.port = self.http.server_port
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small project's site."""
    root = tiny_project(tmp_path_factory.mktemp("offline") / "project")
    done = run(root, "build", "--no-search", "--site-dir", str(root / "site"), "--as-of", TODAY)
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture
def server(built: Path, tmp_path: Path) -> Iterator[Server]:
    """Yield a server over a copy of the site with a notice of its own look to print."""
    shutil.copytree(built, tmp_path / "site")
    notice = tmp_path / "site/handouts/card-renewal/index.html"
    notice.parent.mkdir(parents=True, exist_ok=True)
    notice.write_text(NOTICE, encoding="utf-8")
    (tmp_path / "site/assets/notice.css").write_text("#notice { color: rgb(1, 2, 3) }", encoding="utf-8")
    server = Server(tmp_path / "site")
    yield server
    server.stop()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(locale="zh-CN", viewport={"width": 1080, "height": 1920}) as context:
        yield context


@contextmanager
def without_network(server: Server) -> Iterator[None]:
    server.stop()
    yield
    server.start()


def ready(context: BrowserContext, server: Server) -> Page:
    """Open the start page and wait until the worker has everything."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(server.address(f"{KIOSK}/index.html"))
    page.wait_for_function(READY)
    return page


def wait_for_caches(page: Page, fits: Callable[[list[str]], bool]) -> None:
    """Wait until the names of the browser's caches fit; a version is the last word of a name."""
    for _ in range(300):
        if fits([name.rpartition(" ")[2] for name in page.evaluate("caches.keys()")]):
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.evaluate("caches.keys()"))


def test_the_list_of_what_is_kept_names_only_what_there_is(built: Path) -> None:
    call = re.fullmatch(
        r'importScripts\("\.\./\.\./\.\./assets/offline\.js"\);\nkeepOffline\((.*)\);\n',
        (built / KIOSK / "worker.js").read_text(encoding="utf-8"),
    )
    assert call
    task = json.loads(call[1])
    assert [path for path in task["keep"] if not (built / KIOSK / path).is_file()] == []
    assert task["try"] == ["../../../handouts/card-renewal/index.html"]
    own = {path.relative_to(built / KIOSK).as_posix() for path in (built / KIOSK).rglob("*") if path.is_file()}
    assert own - set(task["keep"]) == {"worker.js"}
    for folder in ("windows", "fees"):
        worker = (built / "hall/main" / folder / "worker.js").read_text(encoding="utf-8")
        assert worker == (
            'importScripts("../../../assets/offline.js");\nkeepOffline({"keep":[],"try":[],"version":""});\n'
        )


def test_a_changed_fee_makes_a_new_version_and_the_same_items_do_not(built: Path, tmp_path: Path) -> None:
    def worker(project: Path) -> str:
        done = run(project, "build", "--no-search", "--site-dir", str(project / "site"), "--as-of", TODAY)
        assert done.returncode == 0, done.stderr
        return (project / "site" / KIOSK / "worker.js").read_text(encoding="utf-8")

    same = tiny_project(tmp_path / "same")
    changed = tiny_project(tmp_path / "changed")
    fee = changed / "items/fees/small-card.yml"
    fee.write_text(fee.read_text(encoding="utf-8").replace("amount: 20", "amount: 30"), encoding="utf-8")
    before = (built / KIOSK / "worker.js").read_text(encoding="utf-8")
    assert worker(same) == before
    assert worker(changed) != before


def test_the_kiosk_goes_on_through_pages_never_visited_with_search_and_print_when_the_server_is_gone(
    context: BrowserContext, server: Server
) -> None:
    page = ready(context, server)
    with without_network(server):
        page.click(".way-search a")
        for key in "xzqm":
            page.click(f"[data-key={key}]")
        page.click("#results a")
        assert page.inner_text(".answers .answer >> nth=0") == "20 元/证"
        page.evaluate("window.print = () => {}")
        page.click(".print")
        page.wait_for_function("document.querySelector('.print').textContent === '已送去打印'")
        notice = page.frame_locator(".printing").locator("#notice")
        assert notice.inner_text() == "告知单"
        assert notice.evaluate("node => getComputedStyle(node).color") == "rgb(1, 2, 3)"
        page.click(".words.windows a >> nth=1")
        assert page.inner_text(".window-no") == "A02"
        page.reload()
        assert page.inner_text(".window-no") == "A02"
        page.click(".bar-home")
        page.reload()
        assert page.inner_text("h1") == "小区政务服务中心"
        page.goto(server.address(f"{KIOSK}/"))
        assert page.inner_text("h1") == "小区政务服务中心"
        page.goto(server.address(f"{KIOSK}/no-such-page/"))  # better the start than an error page
        assert page.inner_text("h1") == "小区政务服务中心"


def test_errors_and_slowness_of_the_server_do_not_replace_good_content(context: BrowserContext, server: Server) -> None:
    page = ready(context, server)
    for status in (HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.NOT_FOUND, HTTPStatus.BAD_GATEWAY):
        server.status = status
        page.goto(server.address(f"{KIOSK}/windows/a01/index.html"))
        assert page.inner_text(".window-no") == "A01"
    server.status, server.delay = HTTPStatus.OK, 8.0
    begun = time.monotonic()
    page.goto(server.address(f"{KIOSK}/windows/a02/index.html"), wait_until="commit")
    page.wait_for_selector(".window-no")
    assert 3.5 < time.monotonic() - begun < 7.5
    server.delay = 0.0


def test_a_new_version_is_taken_over_whole_or_not_at_all(context: BrowserContext, server: Server) -> None:
    page = ready(context, server)
    folder = server.folder / KIOSK
    worker = (folder / "worker.js").read_text(encoding="utf-8")
    for file in folder.rglob("*.html"):
        file.write_text(file.read_text(encoding="utf-8").replace("证件办理", "新证办理"), encoding="utf-8")

    def publish(version: str) -> None:
        text = re.sub(r'"version":"[^"]*"', f'"version":"{version}"', worker)
        (folder / "worker.js").write_text(text, encoding="utf-8")
        page.goto(server.address(f"{KIOSK}/index.html"))

    def window_name() -> str:
        with without_network(server):
            page.goto(server.address(f"{KIOSK}/windows/a01/index.html"))
            return page.inner_text("h1")

    missing = folder / "windows/a02/index.html"
    kept = missing.read_bytes()
    missing.unlink()
    server.delay = 0.05  # so that the attempt can be seen
    publish("broken")
    wait_for_caches(page, lambda versions: "broken" in versions)
    wait_for_caches(page, lambda versions: "broken" not in versions)
    assert window_name() == "证件办理"
    server.delay = 0.0
    missing.write_bytes(kept)
    publish("complete")
    wait_for_caches(page, ["complete"].__eq__)
    assert window_name() == "新证办理"


@pytest.mark.parametrize("folder", ["windows", "fees"])
def test_the_other_folders_keep_what_was_opened_with_its_look(
    context: BrowserContext, server: Server, folder: str
) -> None:
    screen = server.folder / "hall/main" / folder / "screen/index.html"
    screen.parent.mkdir(parents=True, exist_ok=True)
    screen.write_text(
        f'{HEAD.format(up="../../../../")}<body><p id="notice">好的内容</p><script src="register.js"></script>',
        encoding="utf-8",
    )
    (screen.parent / "register.js").write_text("navigator.serviceWorker.register('../worker.js');", encoding="utf-8")
    address = server.address(f"hall/main/{folder}/screen/")
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.reload()
    server.status = HTTPStatus.INTERNAL_SERVER_ERROR
    page.reload()
    assert page.inner_text("#notice") == "好的内容"
    server.status = HTTPStatus.OK
    with without_network(server):
        page.goto(f"{address}index.html?again")
        assert page.inner_text("#notice") == "好的内容"
        assert page.evaluate("getComputedStyle(document.getElementById('notice')).color") == "rgb(1, 2, 3)"
    screen.write_text(screen.read_text(encoding="utf-8").replace("好的", "新的"), encoding="utf-8")
    page.reload()
    assert page.inner_text("#notice") == "新的内容"
    with without_network(server):
        page.reload()
        assert page.inner_text("#notice") == "新的内容"

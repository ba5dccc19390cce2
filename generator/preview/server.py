"""The preview's web server: files of the site as of now, with the preview's script, and the news for open pages."""

from __future__ import annotations

import json
import mimetypes
import zlib
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from generator.preview.board import Status
from generator.preview.preview import Preview
from generator.preview.telling import OWN, fragment, headline, plain_page, with_preview

HOST = "127.0.0.1"
_ASSETS = Path(__file__).parent / "assets"
_PAGE = "index.html"
_ALIVE = 15.0
"""Seconds after which a page that waits for news hears that the server is still there."""
_TEXTS = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".ics": "text/calendar"}
_TEXTS |= {".json": "application/json", ".xml": "application/xml", ".yml": "text/plain", ".csv": "text/csv"}


class Server(ThreadingHTTPServer):
    """Serves a preview on this machine only."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.preview: Preview | None = None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"  # a page that is reloaded asks for all its files again, in the same connections
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Leave the terminal to what the editor wants to know."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer in Chinese what is no question for this server."""
        self.close_connection = True  # nobody has read what else the question may hold
        self._send(HTTPStatus(code), plain_page("不能这样问", "<p>预览只回答打开网页的请求。</p>"), ".html")

    def do_HEAD(self) -> None:
        """Answer without the bytes."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer with a page, a file, or news."""
        assert self.server.preview
        address = urlsplit(self.path)
        own: dict[str, Callable[[Preview, str], None]] = {
            "events": self._events,
            "stamp": self._stamp,
            "problems": self._problems,
            "preview.js": self._asset,
            "preview.css": self._asset,
        }
        with suppress(ConnectionError):
            if address.path.startswith(OWN) and (name := address.path.removeprefix(OWN)) in own:
                own[name](self.server.preview, name)
            else:
                self._file(self.server.preview, address.path, address.query)

    def _file(self, preview: Preview, address: str, query: str) -> None:
        path = _site_path(address)
        found = preview.file(path) if path else None
        if found is None:
            if path and not address.endswith("/") and preview.file(f"{path}/{_PAGE}"):
                return self._redirect(quote(f"/{path}/") + (f"?{query}" if query else ""))
            return self._absent(preview)
        data = (
            with_preview(found.data, found.stamp, preview.board.status.problems)
            if path.endswith(".html")
            else found.data
        )
        self._send(HTTPStatus.OK, data, Path(path).suffix)

    def _absent(self, preview: Preview) -> None:
        """Answer that there is no such page, or none yet."""
        status = HTTPStatus.NOT_FOUND if preview.is_whole else HTTPStatus.SERVICE_UNAVAILABLE
        data = _absent_page(preview)
        self._send(status, with_preview(data, _stamp_of(data), preview.board.status.problems), ".html")

    def _problems(self, preview: Preview, _: str) -> None:
        problems = preview.board.status.problems
        told = f"<p>{headline(problems) or '没有发现问题'}。</p>"
        self._send(HTTPStatus.OK, plain_page("内容的问题", told + fragment(problems, preview.root)), ".html", OWN)

    def _asset(self, preview: Preview, name: str) -> None:
        self._send(HTTPStatus.OK, (_ASSETS / name).read_bytes(), Path(name).suffix)

    def _stamp(self, preview: Preview, _: str) -> None:
        """Answer with the stamp of a page as of now, so that an open page knows whether it is still right."""
        path = _site_path(parse_qs(urlsplit(self.path).query).get("path", ["/"])[0])
        found = preview.file(path) if path else None
        stamp = found.stamp if found else _stamp_of(_absent_page(preview))
        self._send(HTTPStatus.OK, stamp.encode(), ".txt")

    def _events(self, preview: Preview, _: str) -> None:
        """Tell what is known, and again whenever that changes, until the page is closed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")  # where it ends nobody knows beforehand
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        told = -1
        while not preview.board.has_ended:
            status = preview.board.after(told, _ALIVE)
            self.wfile.write(b": \n\n" if status.number == told else _news(status, preview.root))
            self.wfile.flush()
            told = status.number

    def _redirect(self, target: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", target)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, data: bytes, suffix: str, styled: str = "") -> None:
        if styled:
            data = data.replace(b"</head>", f'<link rel="stylesheet" href="{styled}preview.css"></head>'.encode(), 1)
        self.send_response(status)
        self.send_header("Content-Type", _content_type(suffix))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _absent_page(preview: Preview) -> bytes:
    """Return what stands in the place of a page that is not there."""
    problems = preview.board.status.problems
    if preview.is_whole:
        found = preview.file("404.html")
        return found.data if found else plain_page("没有这个页面", "<p>地址可能写错了，或者页面已经移走。</p>")
    if preview.board.status.building or not problems:
        return plain_page("正在生成", "<p>第一次要生成整个站点，好了会自己打开。</p>")
    told = f"<p>内容有 {headline(problems)}，改好保存后页面会自己打开。</p>"
    return plain_page("还不能生成", told + fragment(problems, preview.root))


def _stamp_of(data: bytes) -> str:
    """Return the stamp of a page that stands in the place of another."""
    return f"none-{zlib.crc32(data):08x}"


def _site_path(address: str) -> str:
    """Return the path of the file that an address means, empty where it could lead out of the site."""
    path = unquote(address, errors="replace").removeprefix("/")
    parts = path.split("/")
    inside = all(part not in ("", ".", "..") for part in parts[:-1]) and parts[-1] not in (".", "..")
    if not inside or "\\" in path or "\0" in path:
        return ""
    return path if parts[-1] else f"{path}{_PAGE}"


def _content_type(suffix: str) -> str:
    known = _TEXTS.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
    is_text = known.startswith("text/") or known in ("application/json", "application/xml")
    return f"{known}; charset=utf-8" if is_text else known


def _news(status: Status, root: Path) -> bytes:
    news = {
        "number": status.number,
        "building": status.building,
        "wrong": any(problem.is_error() for problem in status.problems),
        "told": headline(status.problems),
        "html": fragment(status.problems, root) if status.problems else "",
    }
    return f"data: {json.dumps(news, ensure_ascii=False)}\n\n".encode()

"""Serves a site as an ordinary web server does, with compressed texts, and keeps account of every byte.

Counted here and not in the page: an engine may fetch its index from a worker, which the page's own account leaves out.
"""

from __future__ import annotations

import gzip
import mimetypes
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

COMPRESSED = {".html", ".js", ".mjs", ".css", ".json", ".svg", ".txt", ".xml"}


class Sent(NamedTuple):
    """A file that was asked for: its path below the root, the moment in seconds since 1970, and its bytes."""

    path: str
    moment: float
    size: int


@dataclass
class Served:
    """A served folder: its address and what was sent so far."""

    address: str
    sent: list[Sent] = field(default_factory=list)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder and yield its address with the account."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.folder = folder.resolve()
    server.served = Served(f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    folder: Path
    served: Served
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet about a browser that was closed in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else the body of an answer waits 40 ms for the browser to acknowledge its head.
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        moment = time.time()
        path = unquote(urlsplit(self.path).path).lstrip("/")
        file = self.server.folder / path
        file = file / "index.html" if file.is_dir() else file
        if not file.resolve().is_relative_to(self.server.folder) or not file.is_file():
            self._answer(404, b"", "text/plain", compressed=False)
            return
        compressed = file.suffix in COMPRESSED
        body = _bytes_of(file, compressed)
        self.server.served.sent.append(Sent(path, moment, len(body)))
        self._answer(200, body, mimetypes.guess_type(file.name)[0] or "application/octet-stream", compressed=compressed)

    def _answer(self, status: int, body: bytes, kind: str, *, compressed: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):  # the page went on before it had everything
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Leave the table alone."""


@cache
def _bytes_of(file: Path, compressed: bool) -> bytes:
    return gzip.compress(file.read_bytes(), 6) if compressed else file.read_bytes()

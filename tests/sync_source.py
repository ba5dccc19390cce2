"""A source of packs to sync from: small packs of several editions, and an HTTP server that misbehaves when told to."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator.hall.manifest import Edition, manifest_bytes, manifest_document
from generator.hall.signing import signature_of
from generator.outputs import Output

FIRST_DAY = date(2099, 1, 1)  # so that no pack of the tests is past its last valid day


def files_of(edition: int) -> tuple[Output, ...]:
    """Return the files of an edition: some the same in all, some new in each, one that only every other has."""
    noise = random.Random(edition)
    sometimes = (Output("files/form.pdf", b"%PDF"),) if edition % 2 else (Output("files", b"no folder now"),)
    return (
        Output("index.html", f"<p>{edition}</p>".encode()),
        Output("hall/main/windows/a01/index.html", noise.randbytes(300)),
        Output("assets/screen.css", b"p { color: #1b1f24 }" * 20),
        Output("assets/screen.js", b"'use strict';" * 9000),
        Output("assets/empty.txt", b""),
        Output("handouts/card/index.html", noise.randbytes(90_000)),
        *sometimes,
    )


def write_pack(
    folder: Path, edition: int, key: Ed25519PrivateKey | None = None, *, device: str = "window-a01", day: int = -1
) -> str:
    """Put the pack of an edition into a folder in place of what is there, and return its build id."""
    shutil.rmtree(folder, ignore_errors=True)
    files = files_of(edition)
    as_of = FIRST_DAY + timedelta(days=edition if day < 0 else day)
    document = manifest_document(Edition("main", as_of, date(2199, 1, 1), 0, key is not None), device, files, {})
    raw = manifest_bytes(document)
    listed = [*files, Output("manifest.json", raw)]
    if key:
        listed.append(Output("manifest.json.sig", signature_of(raw, key)))
    for file in listed:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.data)
    return str(document["build"])


def whole_build(machine: Path, name: str = "current") -> str:
    """Return the build that a machine uses, having compared every file with the manifest; fail where one differs.

    Written again here, so that a fault in the program's own comparison shows.
    """
    pack = machine / name
    document = json.loads((pack / "manifest.json").read_bytes())
    on_disk = _hashes(pack.resolve())
    listed = {entry["path"]: entry["sha256"] for entry in document["files"]}
    assert {path: on_disk.get(path) for path in listed} == listed
    assert on_disk.keys() - listed.keys() <= {"manifest.json", "manifest.json.sig", ".new"}
    assert pack.resolve().name == document["build"]
    return str(document["build"])


def _hashes(pack: Path) -> dict[str, str]:
    files = (file for file in pack.rglob("*") if file.is_file())
    return {file.relative_to(pack).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


Fault = Callable[["Handler", bytes], None]


class Handler(BaseHTTPRequestHandler):
    """Serves a folder; the server's `faults` say what to do instead for a path, its `on_request` what to do before."""

    server: Server

    def do_GET(self) -> None:
        """Answer with a file, or with a fault."""
        path = unquote(self.path).lstrip("/")
        self.server.requested.append(path)
        self.server.on_request(path)
        try:
            data = (self.server.root / path).read_bytes()
        except OSError:
            self.send_error(404)
            return
        self.server.faults.get(path, Handler.whole)(self, data)

    def whole(self, data: bytes, length: int | None = None) -> None:
        """Send bytes, with a length that may be a lie."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        self.wfile.write(data)

    def corrupt(self, data: bytes) -> None:
        """Send one byte that is not right."""
        at = len(data) // 2
        self.whole(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] if data else b"x")

    def short(self, data: bytes) -> None:
        """Send less, and say so."""
        self.whole(data[:-2])

    def broken_off(self, data: bytes) -> None:
        """Say the right length and close the connection in mid-body."""
        self.whole(data[: len(data) // 2], len(data) + 1)

    def reset(self, data: bytes) -> None:
        """Break the connection off so hard that the other side gets an error."""
        self.whole(data[: len(data) // 2], len(data) + 1)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()

    def endless(self, data: bytes) -> None:
        """Send far more than there is."""
        self.whole(data + b"x" * 200_000)

    def gone(self, data: bytes) -> None:
        """Say that there is no such file."""
        self.send_error(404)

    def failing(self, data: bytes) -> None:
        """Say that the server is in trouble."""
        self.send_error(503)

    def moved(self, data: bytes) -> None:
        """Lead to another host."""
        self.send_response(302)
        self.send_header("Location", "http://elsewhere.example/x")
        self.end_headers()

    def garbage(self, data: bytes) -> None:
        """Answer with what is not HTTP."""
        self.wfile.write(b"\x00\x01\x02 garbage\r\n\r\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


FAULTS: tuple[Fault, ...] = (
    Handler.corrupt, Handler.short, Handler.broken_off, Handler.reset, Handler.endless, Handler.gone, Handler.failing,
    Handler.moved, Handler.garbage,
)  # fmt: skip


class Server(ThreadingHTTPServer):
    """A server over a folder."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, root: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.root = root
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.behave()

    def behave(self) -> None:
        """Forget all faults and what was requested."""
        self.faults: dict[str, Fault] = {}
        self.on_request: Callable[[str], None] = lambda path: None
        self.requested: list[str] = []

    def slow_down(self, seconds: float) -> None:
        """Wait before each answer."""
        self.on_request = lambda path: time.sleep(seconds)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients are killed in mid-answer here."""


@contextmanager
def served(root: Path) -> Iterator[Server]:
    """Serve a folder while the block runs."""
    server = Server(root)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

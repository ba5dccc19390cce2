"""The comment below a merge request: written once, then replaced. With a server that answers as each platform does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from project import ROOT

SCRIPT = ROOT / ".ci/publisher/comment.py"
MARK = "<!-- tongchuang-impact -->"


class Platform(ThreadingHTTPServer):
    """Keeps comments as the platforms do, oldest first, in pages."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.comments: list[dict[str, Any]] = []
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        """The address of the API."""
        return f"http://127.0.0.1:{self.server_address[1]}/api"


class Handler(BaseHTTPRequestHandler):
    server: Platform

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        first = (int(query["page"][0]) - 1) * 50
        self._answer(self.server.comments[first : first + 50])

    def do_POST(self) -> None:
        self.server.comments.append({"id": len(self.server.comments) + 1, **self._body()})
        self._answer(self.server.comments[-1])

    def do_PATCH(self) -> None:
        number = int(self.path.rpartition("/")[2])
        self.server.comments[number - 1] |= self._body()
        self._answer(self.server.comments[number - 1])

    do_PUT = do_PATCH

    def _body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return found

    def _answer(self, value: object) -> None:
        self.server.asked.append(f"{self.command} {urlsplit(self.path).path} {self.headers['Authorization']}")
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@pytest.fixture
def platform() -> Iterator[Platform]:
    server = Platform()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def comment(folder: Path, text: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script over a file with a text."""
    file = folder / "impact.md"
    file.write_text(text, encoding="utf-8")
    env = {**os.environ, "PROJECT": "qu/nei rong", "REQUEST": "7", "TOKEN": "secret", **environment}
    command = [sys.executable, str(SCRIPT), str(file)]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "path", "change"),
    [
        ("github", "/api/repos/qu/nei%20rong/issues/7/comments", "PATCH /api/repos/qu/nei%20rong/issues/comments/61"),
        ("gitea", "/api/repos/qu/nei%20rong/issues/7/comments", "PATCH /api/repos/qu/nei%20rong/issues/comments/61"),
        (
            "gitlab",
            "/api/projects/qu%2Fnei%20rong/merge_requests/7/notes",
            "PUT /api/projects/qu%2Fnei%20rong/merge_requests/7/notes/61",
        ),
    ],
)
def test_the_comment_is_written_once_and_then_replaced(
    platform: Platform, tmp_path: Path, name: str, path: str, change: str
) -> None:
    platform.comments = [{"id": number, "body": "好"} for number in range(1, 61)]
    first = comment(tmp_path, "一处变化", PLATFORM=name, API=platform.address)
    assert (first.returncode, first.stdout) == (0, "评论已写上。\n")
    second = comment(tmp_path, "两处变化", PLATFORM=name, API=platform.address)
    assert (second.returncode, second.stdout) == (0, "评论已更新。\n")
    assert [one["body"] for one in platform.comments[60:]] == [f"{MARK}\n两处变化"]
    pages = [f"GET {path} Bearer secret"] * 2
    assert platform.asked == [*pages, f"POST {path} Bearer secret", *pages, f"{change} Bearer secret"]


def test_without_a_token_nothing_is_asked(platform: Platform, tmp_path: Path) -> None:
    done = comment(tmp_path, "一处变化", PLATFORM="github", API=platform.address, TOKEN="")
    assert (done.returncode, done.stdout, platform.asked) == (0, "没有令牌，不写评论。\n", [])


def test_a_platform_that_does_not_answer_does_not_fail_the_check(tmp_path: Path) -> None:
    done = comment(tmp_path, "一处变化", PLATFORM="github", API="http://127.0.0.1:9")
    assert done.returncode == 0
    assert done.stderr.startswith("评论没有写上：")


def test_a_long_text_is_cut_to_what_platforms_take(platform: Platform, tmp_path: Path) -> None:
    comment(tmp_path, "变" * 100_000, PLATFORM="github", API=platform.address)
    assert len(platform.comments[0]["body"]) == 60_000 + len(MARK) + 1

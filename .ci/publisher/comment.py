"""Put a Markdown file below a merge request as one comment that later runs replace: comment.py FILE.

Read from the environment: PLATFORM (github, gitea, gitlab), API (address of the platform's API), PROJECT (owner/name,
or GitLab's number), REQUEST (number of the merge request) and TOKEN. Without a token nothing is done: requests from
forks have none, and the file is in the job's summary or artefacts all the same.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MARK = "<!-- tongchuang-impact -->"
"""`impact` begins its Markdown with it."""
A_PAGE = 50
LONGEST = 60_000
"""GitHub takes 65,536 characters."""


def main() -> int:
    """Write the comment, or replace the one that is there."""
    token = os.environ.get("TOKEN")
    if not token:
        print("没有令牌，不写评论。")
        return 0
    text = Path(sys.argv[1]).read_text(encoding="utf-8")[:LONGEST]
    if not text.startswith(MARK):
        text = f"{MARK}\n{text}"
    platform = os.environ["PLATFORM"]
    project = urllib.parse.quote(os.environ["PROJECT"], safe="/" if platform != "gitlab" else "")
    number = os.environ["REQUEST"]
    api = os.environ["API"].rstrip("/")
    if platform == "gitlab":
        every = f"{api}/projects/{project}/merge_requests/{number}/notes"
        one, change = every, "PUT"
    else:
        every = f"{api}/repos/{project}/issues/{number}/comments"
        one, change = f"{api}/repos/{project}/issues/comments", "PATCH"
    try:
        for comment in _comments(every, token):
            if str(comment.get("body", "")).startswith(MARK):
                _ask(f"{one}/{comment['id']}", token, change, {"body": text})
                print("评论已更新。")
                return 0
        _ask(every, token, "POST", {"body": text})
        print("评论已写上。")
    except (urllib.error.URLError, TimeoutError) as error:
        # A comment is a convenience: the check itself must not fail with it.
        print(f"评论没有写上：{error}", file=sys.stderr)
    return 0


def _comments(address: str, token: str) -> Iterator[dict[str, Any]]:
    """Yield the comments, page by page."""
    number = 1
    while found := _ask(f"{address}?per_page={A_PAGE}&limit={A_PAGE}&page={number}", token):
        yield from found
        if len(found) < A_PAGE:
            return
        number += 1


def _ask(address: str, token: str, method: str = "GET", body: object = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(address, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


if __name__ == "__main__":
    sys.exit(main())

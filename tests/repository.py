"""Real repositories to test with: commits with set dates, whatever the machine's own settings."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


def git(folder: Path, *arguments: str, day: str = "2026-11-01", moment: str = "") -> str:
    """Run git as someone who commits at a moment, else at noon in 东八区 on a day."""
    moment = moment or f"{day}T12:00:00+08:00"
    named = {f"GIT_{who}_{what}": "x@y.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **named, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    environment["GIT_CONFIG_GLOBAL"] = os.devnull
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def commit(folder: Path, day: str, files: Mapping[str, str | None] | None = None) -> str:
    """Write files, or remove those given as None, commit everything on a day and return the commit."""
    for name, text in (files or {}).items():
        file = folder / name
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    git(folder, "add", "-A", ".")
    git(folder, "commit", "-q", "--allow-empty", "-m", "edit", day=day)
    return git(folder, "rev-parse", "HEAD").strip()

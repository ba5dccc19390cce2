"""One build at a time into a site's folder: a second one waits; the lock goes with the process that has it."""

from __future__ import annotations

import logging
from pathlib import Path

from filelock import FileLock, Timeout

from generator.cache_files import cache_file

_log = logging.getLogger("tongchuang")


def locked(root: Path, site_folder: Path) -> FileLock | None:
    """Take the lock of a site's folder, waiting for whoever has it; None where the disk lets nobody have one."""
    file = cache_file(root, site_folder, "lock")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            _log.warning("另一个程序正在生成 %s，等它做完再开始。", site_folder)
            lock.acquire()
    except OSError:  # a full or read-only disk: the build itself will tell
        return None
    return lock

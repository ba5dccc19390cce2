"""Folders for tests that kill what writes: in memory where there is such a place, as it flushes at every step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

MEMORY = Path("/dev/shm")
ENOUGH = 32 * 1024 * 1024


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder on which flushing takes no time; what is killed loses nothing that it had written in either."""
    if not (os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH):
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)

"""Files of the cache folder: whole and as they were written, or not there. One that is damaged is ignored."""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

FOLDER = Path(".cache", "build")
_HEAD = 32


def cache_file(root: Path, site_folder: Path, what: str) -> Path:
    """Return where something is kept about the builds of a project into a site's folder."""
    name = hashlib.sha256(os.fsencode(os.path.relpath(site_folder, root))).hexdigest()[:16]
    return root / FOLDER / f"{name}.{what}"


def read_cached(file: Path) -> Any:
    """Return what was kept in a file, None where it is absent, cut off or damaged."""
    data = read_sealed(file)
    with suppress(ValueError):
        return None if data is None else orjson.loads(data)
    return None


def write_cached(file: Path, value: Any) -> None:
    """Keep a value that JSON can say."""
    write_sealed(file, orjson.dumps(value))


def read_sealed(file: Path) -> bytes | None:
    """Return the bytes that were kept in a file, None where it is absent, cut off or damaged."""
    with suppress(OSError, zlib.error):
        data = file.read_bytes()
        if hashlib.sha256(data[_HEAD:]).digest() == data[:_HEAD]:
            return zlib.decompress(data[_HEAD:])
    return None


def write_sealed(file: Path, content: bytes) -> None:
    """Keep bytes, under another name first, so that they are whole or not there; a full disk costs only time."""
    data = zlib.compress(content, 1)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(hashlib.sha256(data).digest() + data)
        draft.replace(file)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)

"""The list of what a pack holds, by which a machine of the hall can tell that it is whole and which of two is newer.

What a manifest must look like is written in `sync`, which has to stand alone; here one is made.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from generator.hall.sync import FORMAT, build_id, canonical
from generator.outputs import Output


class Edition(NamedTuple):
    """What all packs of a run have in common.

    Of two packs that one is older whose `as_of` is earlier, and of one day that whose `source_time` is. Both are taken
    from the content and not from the clock, so the same content packed twice gives the same bytes.
    """

    hall: str
    as_of: date
    valid_until: date
    source_time: int
    """When the content was last changed, in seconds since 1970."""
    signed: bool


def source_time(files: Iterable[Path]) -> int:
    """Return when content was last changed: SOURCE_DATE_EPOCH where it is set, else by the newest of the files.

    In a fresh checkout that is the time of the checkout, which a CI job should replace by the time of the commit:
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct). Raises `ValueError` when that variable is not a number.
    """
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said) if said.isascii() and said.isdigit() else _not_a_time(said)
    return max((int(file.stat().st_mtime) for file in files), default=0)


def _not_a_time(said: str) -> int:
    raise ValueError(f"环境变量 SOURCE_DATE_EPOCH 要写 1970 年以来的秒数，写的是「{said}」")


def manifest_document(
    edition: Edition, device: str, files: Iterable[Output], items: Mapping[str, str]
) -> dict[str, Any]:
    """Return the manifest of a pack: its files with sizes and SHA-256, and the fingerprints of the items it shows."""
    listed = [
        {"path": file.path, "size": len(file.data), "sha256": hashlib.sha256(file.data).hexdigest()} for file in files
    ]
    document: dict[str, Any] = {
        "format": FORMAT,
        "hall": edition.hall,
        "device": device,
        "start": "index.html",
        "as_of": edition.as_of.isoformat(),
        "valid_until": edition.valid_until.isoformat(),
        "source_time": edition.source_time,
        "signed": edition.signed,
        "files": sorted(listed, key=lambda entry: str(entry["path"])),
        "items": dict(items),
    }
    return {**document, "build": build_id(document)}


def manifest_bytes(document: Mapping[str, Any]) -> bytes:
    """Return a manifest as it is written and signed."""
    return canonical(document)
